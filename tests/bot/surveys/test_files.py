"""Surveys as files: what is written is read back, and each fault has its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.knowledge.faults import Fault
from bot.people import Audience, AudienceKind
from bot.surveys import files, templates
from bot.surveys.calendars import Closure, Nation
from bot.surveys.questions import Kind, Option, Question
from bot.surveys.schedule import EveryWeeks, LastWorkingDay, NthWeekday, Once, Policy, Schedule
from bot.surveys.survey import Draft
from tests.builders import CONTENT
from tests.surveys import QUESTIONS

DRAFT = Draft("How we buy", "To mend one thing at a time.", QUESTIONS)
ANCHOR = date(2026, 12, 1)
SCHEDULES = [
    Schedule(rule=Once(ANCHOR), at=time(10, 0)),
    Schedule(rule=EveryWeeks(2, (0, 3), ANCHOR), at=time(9, 30), zone="Europe/Paris", policy=Policy.SKIP),
    Schedule(rule=NthWeekday(-1, 0, 3, ANCHOR), at=time(10, 0), recipient_zones=True, nations=()),
    Schedule(
        rule=LastWorkingDay(1, ANCHOR),
        at=time(11, 15),
        nations=(Nation.SCOTLAND, Nation.NORTHERN_IRELAND),
        closed=(Closure(date(2026, 12, 24), 'Christmas "shutdown"'),),
        open_days=7,
        hours=(time(9, 0), time(15, 0)),
    ),
]


def again(draft: Draft, tmp_path: Path) -> Draft:
    """The draft, written and read back."""
    file = tmp_path / "survey.toml"
    file.write_text(files.write(draft), encoding="utf-8")
    faults: list[Fault] = []
    found = files.read(file, faults)
    assert faults == []
    assert found
    return found.draft()


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda schedule: schedule.rule.kind)
@pytest.mark.parametrize(
    "audience",
    [
        Audience(AudienceKind.CHANNEL, ("C0BUYING",)),
        Audience(AudienceKind.MEMBERS, ("U0ADA", "U0BO"), guests=True),
        Audience(AudienceKind.FUNCTION, ("digital", "both"), outsiders=True),
        None,
    ],
)
def test_a_survey_that_is_exported_is_imported_as_it_was(
    tmp_path: Path, schedule: Schedule, audience: Audience | None
) -> None:
    draft = replace(
        DRAFT, schedule=schedule, audience=audience, anonymous=False, by_function=False, threshold=7, period="quarter"
    )
    assert again(draft, tmp_path) == draft


@given(some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip))
def test_any_words_survive(words: str) -> None:
    import tomllib

    options = (Option("a", words), Option("b", "b"))
    draft = Draft(words, words, (Question("q", Kind.CHOICES, words, options, help=words, most=2),))
    told = tomllib.loads(files.write(draft))
    assert (told["title"], told["questions"][0]["text"], told["questions"][0]["options"][0]["text"]) == (words,) * 3


def test_versions_stay_where_they_were_made(tmp_path: Path) -> None:
    draft = replace(DRAFT, questions=(replace(QUESTIONS[0], options=QUESTIONS[0].options[1:], version=4),))
    assert again(draft, tmp_path).questions[0].version == 1


SOUND = """title = "A"
purpose = "B"
about = "C"

[[questions]]
key = "one"
kind = "rating"
text = "I am asked early."

[[questions]]
key = "two"
kind = "choice"
text = "Which?"
options = [
    { key = "a", text = "A" },
    { key = "b", text = "B" },
]
"""


@pytest.mark.parametrize(
    ("changed", "into", "line", "says"),
    [
        ('title = "A"', "", 1, "title is missing"),
        ('kind = "rating"', 'kind = "scale"', 7, "must be one of 'rating', 'choice'"),
        ('kind = "rating"', 'kinds = "rating"', 7, "did you mean kind?"),
        ('key = "two"', 'key = "one"', 10, "Another question has the key one"),
        ('key = "one"', 'key = "function"', 5, "not be “function”"),
        ("I am asked early.", "x" * 301, 5, "Shorten the question to 300 characters."),
        ('    { key = "b", text = "B" },\n', "", 10, "from 2 to 10 answers"),
        ('text = "B" }', 'text = "B", goes_to = "one" }', 10, "skip to a question that comes later"),
        ('kind = "rating"', 'kind = "rating"\nmirrors = "nothing"', 5, "mirrors a question that is not in the index"),
        ('title = "A"', 'title = "A"\nthreshold = 2', 2, "from 3 to 50 responses"),
        ('about = "C"', "", 1, "about is missing"),
        ('about = "C"', 'about = "C"\n[schedule]\nat = 10:00:00', 4, "rule"),
        ('about = "C"', 'about = "C"\n[audience]\nkind = "channel"\ntargets = ["C0A"]', 1, "take them out"),
        ('title = "A"', 'title = "A', 1, "cannot be read as TOML"),
    ],
)
def test_a_fault_of_a_template_has_its_line_and_says_what_to_do(
    tmp_path: Path, changed: str, into: str, line: int, says: str
) -> None:
    assert changed in SOUND
    (tmp_path / "surveys").mkdir()
    (tmp_path / "surveys" / "a.toml").write_text(SOUND.replace(changed, into, 1), encoding="utf-8")
    faults: list[Fault] = []
    assert templates.load(tmp_path, faults) == ()
    assert [(fault.line, says in fault.problem) for fault in faults[-1:]] == [(line, True)], faults


def test_the_sound_template_of_these_tests_is_sound(tmp_path: Path) -> None:
    (tmp_path / "surveys").mkdir()
    (tmp_path / "surveys" / "a.toml").write_text(SOUND, encoding="utf-8")
    faults: list[Fault] = []
    [template] = templates.load(tmp_path, faults)
    assert (faults, template.slug, template.about, template.draft.template) == ([], "a", "C", "a")


def test_the_pulse_asks_what_the_study_of_surveys_proposes() -> None:
    shipped = {each.slug: each.draft for each in templates.load(CONTENT, [])}
    assert set(shipped) == {
        "collaboration-pulse",
        "collaboration-mirror",
        "discovery",
        "framework-confidence",
        "retrospective",
    }
    pulse, mirror = shipped["collaboration-pulse"], shipped["collaboration-mirror"]
    index = [question.key for question in pulse.questions if question.index]
    assert index == ["early", "timely", "usable", "fixing", "outcome", "constraints", "value"]
    assert [question.key for question in pulse.questions] == ["gate", *index, "barriers", "comment"]
    assert [question.mirrors for question in mirror.questions if question.mirrors] == index
    for question in pulse.questions:
        assert question in mirror.questions  # one series for both versions
    assert next(option.goes_to for option in pulse.questions[0].options) == "barriers"
    assert pulse.questions[-2].most == 3
