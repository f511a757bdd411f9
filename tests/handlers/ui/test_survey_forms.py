"""Both ends of each form: what is drawn and sent unchanged is read as it was; what was changed is read as changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.people import Audience, AudienceKind
from bot.surveys.calendars import Closure, Nation
from bot.surveys.questions import Kind, Question
from bot.surveys.schedule import EveryWeeks, LastWorkingDay, NthWeekday, Once, Policy, Schedule
from bot.surveys.survey import LONGEST_QUESTION, MOST_QUESTIONS, Draft
from handlers.ui import limits, survey_form
from handlers.ui import survey_form_audience as of_audience
from handlers.ui import survey_form_questions as of_questions
from handlers.ui import survey_form_schedule as of_schedule
from handlers.ui.survey_form import About
from tests.forms import filled
from tests.surveys import QUESTIONS

ABOUT = About("0123456789abcdef" * 2, 7)
ANCHOR = date(2026, 12, 1)
DRAFT = Draft("How we buy", "To mend one thing at a time.", QUESTIONS, threshold=7, period="quarter")
GROUPS = [("S0TEAM", "The team"), ("S0OTHERS", "The others")]


def test_what_a_form_is_about_survives() -> None:
    for about in (ABOUT, About(ABOUT.survey_id, 1, "gate")):
        assert survey_form.about(about.kept()) == about


@pytest.mark.parametrize(
    "draft",
    [
        DRAFT,
        replace(DRAFT, anonymous=False, by_function=False, results_channel="C0BUYING"),
        replace(DRAFT, title="<!channel> & <b>", purpose="“Quotes” & *stars*"),
    ],
)
def test_words_and_terms_survive(draft: Draft) -> None:
    blank = Draft("", "", QUESTIONS)
    form = survey_form.words(draft, ABOUT)
    assert limits.view_faults(form) == []
    assert survey_form.read_words(filled(form), blank) == draft


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.kind)
def test_a_question_survives(question: Question) -> None:
    form = of_questions.question(question, About(ABOUT.survey_id, 7, question.key))
    assert limits.view_faults(form) == []
    assert of_questions.kind_of(form) is question.kind
    assert of_questions.read_question(filled(form), question, DRAFT) == question


def test_a_new_question_gets_a_key_of_its_own() -> None:
    form = of_questions.question(of_questions.fresh(Kind.RATING), ABOUT)
    read = of_questions.read_question(filled(form, text="Early"), of_questions.fresh(Kind.RATING), DRAFT)
    assert read.key == "early_2"  # there is one called early


@pytest.mark.parametrize(
    "audience",
    [
        Audience(AudienceKind.CHANNEL, ("C0BUYING", "C0OTHER")),
        Audience(AudienceKind.GROUP, ("S0TEAM",), guests=True),
        Audience(AudienceKind.MEMBERS, ("U0ADA", "U0BO"), outsiders=True),
        Audience(AudienceKind.FUNCTION, ("procurement", "both"), guests=True, outsiders=True),
    ],
    ids=lambda audience: audience.kind,
)
def test_an_audience_survives(audience: Audience) -> None:
    form = of_audience.audience(audience, ABOUT, GROUPS)
    assert limits.view_faults(form) == []
    assert of_audience.read_audience(filled(form)) == audience


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule(rule=Once(ANCHOR), at=time(10, 0), policy=Policy.IGNORE),
        Schedule(rule=EveryWeeks(2, (0, 3), ANCHOR), at=time(9, 30), zone="Europe/Paris", policy=Policy.SKIP),
        Schedule(rule=NthWeekday(-1, 0, 3, ANCHOR), at=time(15, 45), recipient_zones=True, nations=()),
        Schedule(
            rule=LastWorkingDay(1, ANCHOR),
            at=time(11, 15),
            policy=Policy.PREVIOUS,
            nations=(Nation.SCOTLAND, Nation.NORTHERN_IRELAND),
            closed=(Closure(date(2026, 12, 24), "Christmas shutdown"), Closure(date(2026, 12, 31), "stock-taking")),
            open_days=7,
            hours=(time(9, 0), time(15, 0)),
        ),
    ],
    ids=lambda schedule: schedule.rule.kind,
)
def test_a_schedule_survives(schedule: Schedule) -> None:
    form = of_schedule.schedule(schedule, ABOUT, date(2026, 11, 24))
    assert limits.view_faults(form) == []
    assert of_schedule.read_schedule(filled(form)) == (schedule, {})


def test_the_longest_survey_fits_into_its_forms() -> None:
    longest = tuple(
        Question(f"question_{number}_{'x' * 25}", Kind.RATING, "x" * LONGEST_QUESTION)
        for number in range(MOST_QUESTIONS)
    )
    form = of_questions.questions(replace(DRAFT, questions=longest), ABOUT)
    assert limits.view_faults(form) == []
    assert limits.view_faults(of_audience.audience(Audience(AudienceKind.MEMBERS, ("U0ADA",) * 50), ABOUT, [])) == []
