"""An organiser writes a survey in forms, and every fault stands at its field."""

from __future__ import annotations

from typing import Any

import pytest

from bot.people import Audience, AudienceKind
from bot.surveys.schedule import EveryWeeks, Once
from bot.surveys.survey import State
from tests.conftest import Running
from tests.fakes import FakeSlack
from tests.forms import acted, chose, press, sent
from tests.handlers.surveying import a_draft, opened, the_survey
from tests.payloads import BO, BUYING, CY
from tests.reading import words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_survey_is_written_from_a_template_and_started(organised: Running, slack: FakeSlack) -> None:
    card = a_draft(organised, slack)
    assert "Choose who is asked." in words(card)
    assert "Choose when it is sent." in words(card)
    form = opened(organised, slack, card, "words")
    assert organised.receives(sent(form, title="How we work together", threshold="6")) == {}
    form = opened(organised, slack, slack.shown, "audience")
    assert organised.receives(sent(form, channels=[BUYING])) == {}
    form = opened(organised, slack, slack.shown, "schedule")
    assert organised.receives(sent(form, weeks="4", weekdays=["1"], anchor="2026-12-01")) == {}
    organised.receives(press(slack.shown, "Check and start"))
    check = words(slack.shown)
    assert "• Tuesday 1 December 2026\n• Tuesday 29 December 2026\n• Tuesday 26 January 2027" in check
    assert "3, by what they set in my Home: 3 have not said." in check
    assert organised.receives(sent(slack.shown)) == {}
    survey = the_survey(organised)
    assert (survey.state, survey.draft.title, survey.draft.threshold) == (State.ACTIVE, "How we work together", 6)
    assert survey.draft.audience == Audience(AudienceKind.CHANNEL, (BUYING,))
    assert survey.draft.schedule is not None
    assert isinstance(survey.draft.schedule.rule, EveryWeeks)
    assert survey.next_slot == "2026-12-01T10:00@Europe/London"
    assert "*Started.*" in words(slack.shown)


def test_the_check_gives_the_reason_for_each_shift(organised: Running, slack: FakeSlack) -> None:
    card = a_draft(organised, slack)
    organised.receives(sent(opened(organised, slack, card, "audience"), channels=[BUYING]))
    form = opened(organised, slack, slack.shown, "schedule")
    organised.receives(sent(form, weeks="1", weekdays=["0"], anchor="2026-12-21"))
    organised.receives(press(slack.shown, "Check and start"))
    check = words(slack.shown)
    assert "Tuesday 29 December 2026 (moved from Monday 28 December 2026: Boxing Day" in check


def test_a_blank_survey_gets_questions_of_every_kind(organised: Running, slack: FakeSlack) -> None:
    card = a_draft(organised, slack, "blank")
    listed = opened(organised, slack, card, "questions")
    given: dict[str, dict[str, Any]] = {
        "rating": {"text": "We start early enough."},
        "choice": {"text": "Which part was hardest?", "options": "Need\n\n Market \nContract", "required": ["yes"]},
        "choices": {"text": "What would help?", "options": "A person\nAn example", "most": "2"},
        "score": {"text": "How sure are you, from 0 to 10?"},
        "text": {"text": "What else?"},
    }
    for kind, fields in given.items():
        menu = next(each for block in listed["blocks"] for each in block.get("elements", []) if "options" in each)
        option = next(option for option in menu["options"] if option["value"] == kind)
        organised.receives(acted(listed, menu | {"selected_option": option}))
        assert organised.receives(sent(slack.shown, **fields)) == {}
        listed = slack.told("views.update")[-2]["view"]  # the list; the card under it came last
    asked = the_survey(organised).draft.questions
    assert [each.kind.value for each in asked] == list(given)
    assert [option.text for option in asked[1].options] == ["Need", "Market", "Contract"]
    assert (asked[1].required, asked[2].most) == (True, 2)
    assert "Questions*\n5, about" in words(slack.shown)


def test_questions_are_changed_moved_and_removed(organised: Running, slack: FakeSlack) -> None:
    listed = opened(organised, slack, a_draft(organised, slack), "questions")
    organised.receives(press(listed, "Down", nth=1))
    listed = slack.told("views.update")[-1]["view"]
    assert [each.key for each in the_survey(organised).draft.questions][:3] == ["gate", "timely", "early"]
    organised.receives(press(listed, "Remove", nth=8))
    gone = the_survey(organised).draft.questions
    assert "barriers" not in [each.key for each in gone]
    assert [option.goes_to for option in gone[0].options] == [""] * 4  # nothing skips to what is gone


def test_a_question_keeps_its_key_and_its_answers_keys_when_it_is_reworded(
    organised: Running, slack: FakeSlack
) -> None:
    listed = opened(organised, slack, a_draft(organised, slack), "questions")
    organised.receives(press(listed, "Edit"))
    lines = "Never\nOnce or twice\nMost weeks\nMost days"
    organised.receives(sent(slack.shown, options=lines))
    [gate, *_] = the_survey(organised).draft.questions
    assert (gate.options[0].key, gate.options[0].text) == ("not_at_all", "Never")
    assert (gate.key, gate.options[0].goes_to, gate.version) == ("gate", "barriers", 2)


@pytest.mark.parametrize(
    ("part", "changes", "field", "says"),
    [
        ("words", {"title": "  "}, "title", "Give the survey a title."),
        ("words", {"title": "x" * 3001}, "title", "Shorten the title to 80 characters."),
        ("words", {"purpose": "x" * 3001}, "purpose", "Shorten the purpose"),
        ("words", {"purpose": ""}, "purpose", "Say in one line"),
        ("words", {"threshold": "2"}, "threshold", "from 3 to 50"),
        ("words", {"threshold": "five"}, "threshold", "from 3 to 50"),
        ("words", {"threshold": ""}, "threshold", "from 3 to 50"),
        ("audience", {"channels": []}, "channels", "Choose who is asked."),
        ("audience", {"channels": ["C0ELSEWHERE"]}, "channels", "I am not in that channel."),
        ("schedule", {"weekdays": []}, "weekdays", "Choose at least one day"),
        ("schedule", {"zone": "Mars/Olympus"}, "zone", "This time zone is not known."),
        ("schedule", {"at": "07:00"}, "at", "Choose a time from 09:30"),
        ("schedule", {"from": "18:00"}, "from", "Choose hours that begin before they end"),
        ("schedule", {"anchor": "2099-01-01"}, "anchor", "Choose a date before"),
        ("schedule", {"anchor": ""}, "anchor", "Choose a date."),
        ("schedule", {"closed": "Christmas shutdown"}, "closed", "does not begin with a date"),
        ("schedule", {"open_days": "30"}, "open_days", "at most"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_is_kept(
    organised: Running, slack: FakeSlack, part: str, changes: dict[str, Any], field: str, says: str
) -> None:
    form = opened(organised, slack, a_draft(organised, slack), part)
    before = the_survey(organised)
    answered = organised.receives(sent(form, **changes))
    assert answered["response_action"] == "errors"
    assert list(answered["errors"]) == [field]
    assert says in answered["errors"][field]
    assert the_survey(organised) == before


def test_a_date_that_has_passed_is_refused(organised: Running, slack: FakeSlack) -> None:
    form = opened(organised, slack, a_draft(organised, slack), "schedule")
    organised.receives(chose(form, "survey_schedule_kind", "once"))
    answered = organised.receives(sent(slack.shown, day="2026-11-23"))
    assert answered["errors"] == {"day": "Monday 23 November 2026 at 10:00 has passed. Choose a later day."}
    assert organised.receives(sent(slack.shown, day="2026-11-25")) == {}
    schedule = the_survey(organised).draft.schedule
    assert schedule is not None
    assert isinstance(schedule.rule, Once)


@pytest.mark.parametrize("kind", ["once", "every-weeks", "nth-weekday", "last-working-day"])
def test_every_kind_of_rule_can_be_chosen_and_is_shown_again(organised: Running, slack: FakeSlack, kind: str) -> None:
    card = a_draft(organised, slack)
    organised.receives(chose(opened(organised, slack, card, "schedule"), "survey_schedule_kind", kind))
    more = {"day": "2026-12-01"} if kind == "once" else {"anchor": "2026-12-01"}
    assert organised.receives(sent(slack.shown, **more)) == {}
    kept = the_survey(organised).draft.schedule
    assert kept is not None
    assert kept.rule.kind == kind
    again = opened(organised, slack, slack.shown, "schedule")
    assert organised.receives(sent(again)) == {}
    assert the_survey(organised).draft.schedule == kept


@pytest.mark.parametrize(
    ("kind", "field", "chosen", "audience"),
    [
        ("members", "members", [BO, CY], Audience(AudienceKind.MEMBERS, (BO, CY))),
        ("group", "groups", ["S0TEAM"], Audience(AudienceKind.GROUP, ("S0TEAM",))),
        ("function", "functions", ["digital"], Audience(AudienceKind.FUNCTION, ("digital",))),
    ],
)
def test_every_kind_of_audience_can_be_chosen(
    organised: Running, slack: FakeSlack, kind: str, field: str, chosen: list[str], audience: Audience
) -> None:
    slack.directory.groups["S0TEAM"] = [BO, CY]
    form = opened(organised, slack, a_draft(organised, slack), "audience")
    organised.receives(chose(form, "survey_audience_kind", kind))
    choice: dict[str, Any] = {field: chosen}
    assert organised.receives(sent(slack.shown, **choice)) == {}
    assert the_survey(organised).draft.audience == audience


def test_a_free_plan_offers_no_user_groups_and_says_so(organised: Running, slack: FakeSlack) -> None:
    slack.directory.paid = False
    form = opened(organised, slack, a_draft(organised, slack), "audience")
    assert "User groups come with Slack's paid plans." in words(form)
    assert "A user group" not in words(form)


def test_an_audience_of_bots_and_guests_is_nobody(organised: Running, slack: FakeSlack) -> None:
    slack.directory.add("U0GUS", is_restricted=True)
    slack.directory.add("U0ROBO", is_bot=True)
    form = opened(organised, slack, a_draft(organised, slack), "audience")
    organised.receives(chose(form, "survey_audience_kind", "members"))
    refused = organised.receives(sent(slack.shown, members=["U0GUS", "U0ROBO"]))
    assert refused["errors"]["members"].startswith("Nobody would be asked")
    assert organised.receives(sent(slack.shown, members=["U0GUS", "U0ROBO"], others=["guests"])) == {}


@pytest.mark.parametrize(
    ("kind", "changes", "field", "says"),
    [
        ("choice", {"text": "Which?", "options": "One"}, "options", "from 2 to 10"),
        ("choice", {"text": "Which?", "options": "One\none"}, "options", "the same"),
        ("choice", {"text": "Which?", "options": "One\n" + "x" * 76}, "options", "from 1 to 75"),
        ("choice", {"text": "", "options": "One\nTwo"}, "text", "Write the question."),
        ("rating", {"text": "x" * 3001}, "text", "Shorten the question"),
        ("text", {"text": "  "}, "text", "Write the question."),
    ],
)
def test_a_fault_of_a_question_stands_at_its_field(
    organised: Running, slack: FakeSlack, kind: str, changes: dict[str, Any], field: str, says: str
) -> None:
    listed = opened(organised, slack, a_draft(organised, slack), "questions")
    menu = next(each for block in listed["blocks"] for each in block.get("elements", []) if "options" in each)
    option = next(option for option in menu["options"] if option["value"] == kind)
    organised.receives(acted(listed, menu | {"selected_option": option}))
    answered = organised.receives(sent(slack.shown, **changes))
    assert {at: says in sentence for at, sentence in answered["errors"].items()} == {field: True}


def test_without_questions_it_does_not_start_and_says_what_is_missing(organised: Running, slack: FakeSlack) -> None:
    organised.receives(press(a_draft(organised, slack, "blank"), "Check and start"))
    assert slack.told("views.push")[-1]["view"]["callback_id"] == "problem"
    assert "Add at least one question." in words(slack.shown)
