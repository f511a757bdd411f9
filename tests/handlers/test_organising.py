"""An organiser looks after surveys: the list, the card, preview and test, two editors at once, start to archive."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.people import Member
from bot.surveys.calendars import NONE_KNOWN
from bot.surveys.survey import State
from storage import rounds
from tests.conftest import Running, Start
from tests.fakes import FakeSlack, HandClock
from tests.forms import buttons, chose, press, sent
from tests.handlers.surveying import a_draft, opened, the_survey
from tests.payloads import ADA, BO, BUYING, CY, command
from tests.reading import strings, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_whoever_is_second_loses_nothing(organised: Running, slack: FakeSlack) -> None:
    card = a_draft(organised, slack)
    mine = opened(organised, slack, card, "words")
    organised.receives(sent(mine, title="Theirs"))
    answered = organised.receives(sent(mine, title="Mine", purpose="My purpose"))
    assert answered["response_action"] == "update"
    assert "Somebody else changed this survey while you had this open." in words(answered["view"])
    assert the_survey(organised).draft.title == "Theirs"
    assert organised.receives(sent(answered["view"])) == {}  # what they wrote stands in it
    assert (the_survey(organised).draft.title, the_survey(organised).draft.purpose) == ("Mine", "My purpose")


def test_a_question_written_second_comes_back_too(organised: Running, slack: FakeSlack) -> None:
    listed = opened(organised, slack, a_draft(organised, slack), "questions")
    organised.receives(press(listed, "Edit", nth=1))
    form = slack.shown
    organised.receives(press(listed, "Down", nth=2))
    answered = organised.receives(sent(form, text="{Other} come to me in time."))
    assert answered["response_action"] == "update"
    assert organised.receives(sent(answered["view"])) == {}
    assert "{Other} come to me in time." in [each.text for each in the_survey(organised).draft.questions]


def test_a_move_by_whoever_is_second_shows_the_list_as_it_is(organised: Running, slack: FakeSlack) -> None:
    listed = opened(organised, slack, a_draft(organised, slack), "questions")
    organised.receives(press(listed, "Down", nth=1))
    kept = the_survey(organised)
    organised.receives(press(listed, "Down", nth=1))
    assert "Somebody else changed this survey" in words(slack.shown)
    assert the_survey(organised) == kept


def test_the_preview_is_the_questionnaire_that_members_see(organised: Running, slack: FakeSlack) -> None:
    organised.receives(press(a_draft(organised, slack), "Preview"))
    form = slack.shown
    assert "This is what members see." in words(form)
    assert "Which best describes your work?" in words(form)
    refused = organised.receives(sent(form))
    assert refused["response_action"] == "errors"
    done = organised.receives(sent(form, q_function="digital", q_gate="once_or_twice"))
    assert "Nothing was kept" in words(done["view"])


def test_a_preview_follows_the_profession_that_is_chosen(organised: Running, slack: FakeSlack) -> None:
    organised.receives(press(a_draft(organised, slack), "Preview"))
    organised.receives(chose(slack.shown, "q_function", "digital"))
    assert "Procurement colleagues bring me in early enough" in words(slack.shown)


def test_a_test_goes_to_its_organiser_alone_and_is_marked(organised: Running, slack: FakeSlack) -> None:
    organised.receives(press(a_draft(organised, slack), "Send me a test"))
    [message] = slack.messages
    assert message["channel"] == ADA
    assert "Only you got this" in words(message)
    button = message["blocks"][-1]["elements"][0]
    pressed = press({"blocks": [{"type": "actions", "elements": [button]}]}, "Answer")
    organised.receives(pressed | {"view": None, "channel": {"id": "D0ADA"}, "container": {"type": "message"}})
    assert "This is what members see." in words(slack.form)


def started(organised: Running, slack: FakeSlack) -> dict[str, Any]:
    """The card of a survey that is on: every Tuesday in #buying from 1 December on."""
    organised.receives(sent(opened(organised, slack, a_draft(organised, slack), "audience"), channels=[BUYING]))
    form = opened(organised, slack, slack.shown, "schedule")
    organised.receives(sent(form, weeks="1", weekdays=["1"], anchor="2026-12-01", open_days="4"))
    organised.receives(press(slack.shown, "Check and start"))
    organised.receives(sent(slack.shown))
    return slack.shown


def test_pause_resume_skip_and_archive_are_done_and_said(organised: Running, slack: FakeSlack) -> None:
    card = started(organised, slack)
    organised.receives(press(card, "Skip the next round"))
    assert the_survey(organised).next_slot == "2026-12-08T10:00@Europe/London"
    organised.receives(press(slack.shown, "Pause"))
    assert (the_survey(organised).state, the_survey(organised).next_slot) == (State.PAUSED, None)
    organised.receives(press(slack.shown, "Resume"))
    assert "Nothing is sent now" in words(slack.shown)
    assert the_survey(organised).next_slot == "2026-12-01T10:00@Europe/London"
    organised.receives(press(slack.shown, "Archive"))
    assert the_survey(organised).state is State.ARCHIVED
    assert [each["text"]["text"] for each in buttons(slack.shown)] == ["Preview", "Send me a test", "All surveys"]


def test_what_cannot_be_undone_asks_first(organised: Running, slack: FakeSlack) -> None:
    asking = {each["text"]["text"] for each in buttons(started(organised, slack)) if "confirm" in each}
    assert asking == {"Pause", "Skip the next round", "Archive"}
    listed = opened(organised, slack, slack.shown, "questions")
    assert {each["text"]["text"] for each in buttons(listed) if "confirm" in each} == {"Remove"}


def test_an_open_round_shows_counts_and_can_be_closed(organised: Running, slack: FakeSlack, clock: HandClock) -> None:
    started(organised, slack)
    clock.now = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    members = tuple(Member(each) for each in (ADA, BO, CY))
    round = rounds.start(organised.db, the_survey(organised), members, NONE_KNOWN, clock())
    assert round is not None
    organised.receives(command("surveys"))
    assert "0 of 3 have answered (0%)" in words(slack.shown)
    organised.receives(press(slack.shown, "Open"))
    assert "Invitations: 3 waiting" in words(slack.shown)
    assert not {ADA, BO, CY} & set(strings(slack.shown["blocks"]))
    organised.receives(press(slack.shown, "Close this round now"))
    assert rounds.get(organised.db, round.id).closes_at == clock()


def test_organisers_see_each_others_surveys_and_open_only_their_own(
    start: Start, surveying: Path, slack: FakeSlack
) -> None:
    organised = start(content_dir=surveying, organisers=(ADA, BO))
    a_draft(organised, slack)
    organised.receives(command("surveys", by=BO))
    assert f"Looked after by <@{ADA}>" in words(slack.shown)
    assert [each["text"]["text"] for each in buttons(slack.shown)] == ["New survey"]


def test_a_survey_that_was_changed_since_it_was_checked_does_not_start(organised: Running, slack: FakeSlack) -> None:
    organised.receives(sent(opened(organised, slack, a_draft(organised, slack), "audience"), channels=[BUYING]))
    organised.receives(sent(opened(organised, slack, slack.shown, "schedule"), anchor="2026-12-01"))
    card = slack.shown
    organised.receives(press(card, "Check and start"))
    check = slack.shown
    organised.receives(sent(opened(organised, slack, card, "words"), title="Another"))
    answered = organised.receives(sent(check))
    assert "Somebody else changed this survey" in words(answered["view"])
    assert the_survey(organised).state is State.DRAFT


def test_another_survey_that_asks_the_same_people_is_told(organised: Running, slack: FakeSlack) -> None:
    started(organised, slack)
    organised.receives(command("surveys"))
    organised.receives(press(slack.shown, "New survey"))
    card = organised.receives(sent(slack.shown, template="discovery"))["view"]
    organised.receives(sent(opened(organised, slack, card, "audience"), channels=[BUYING]))
    organised.receives(sent(opened(organised, slack, slack.shown, "schedule"), weekdays=["3"], anchor="2026-12-03"))
    organised.receives(press(slack.shown, "Check and start"))
    said = "“How procurement and digital work together” asks 3 people of them, first on Tuesday 1 December 2026."
    assert said in words(slack.shown)


def test_only_the_whole_text_opens_a_story(organised: Running, slack: FakeSlack) -> None:
    assert organised.receives(command("  Surveys ")) == {}
    assert slack.form["callback_id"] == "surveys_list"
    answered = organised.receives(command("surveys of suppliers"))
    assert answered["response_type"] == "ephemeral"
    assert len(slack.told("views.open")) == 1
    assert "/buying surveys" in words(organised.receives(command("help")))


def test_a_channel_that_has_gone_is_said_where_the_check_would_stand(
    organised: Running, slack: FakeSlack, clock: HandClock
) -> None:
    card = started(organised, slack)
    del slack.directory.channels[BUYING]
    clock.turn(minutes=5)  # so long is Slack believed
    organised.receives(press(card, "Dates and checks"))
    assert "I am not in one of those channels." in words(slack.shown)


def test_everybody_is_looked_up_while_the_audience_is_being_chosen(organised: Running, slack: FakeSlack) -> None:
    form = opened(organised, slack, a_draft(organised, slack), "audience")
    looked_up = len(slack.told("users.list"))
    assert looked_up == 2  # three people, two at a time
    organised.receives(sent(form, channels=[BUYING]))
    assert len(slack.told("users.list")) == looked_up


def test_trouble_over_three_forms_is_told_in_a_direct_message(organised: Running, slack: FakeSlack) -> None:
    card = a_draft(organised, slack, "blank")
    slack.refuse("views.push", "push_limit_reached")
    organised.receives(press(card, "Check and start"))
    [told] = slack.messages
    assert told["channel"] == ADA
    assert "Add at least one question." in told["text"]
