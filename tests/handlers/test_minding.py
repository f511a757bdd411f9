"""A member minds what is their own, in Home: what they do, whether they are asked, what is kept about them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.people import Function, Profile
from handlers.ui import mine
from storage import profiles, responses
from tests.conftest import Running
from tests.directory import WORKSPACE
from tests.fakes import FakeSlack, HandClock
from tests.handlers.test_answering import ANSWERS, CANARY, form, kept, opened, sent
from tests.payloads import BO, CY, Json, click, home_opened, submission
from tests.reading import words
from tests.scheduled import FIRST


def pressed(action_id: str, by: str = BO, **more: object) -> Json:
    """Something in Home was pressed."""
    body = click({"type": "button", "action_id": action_id, "value": "-"}, by=by)
    del body["container"], body["channel"], body["message"]
    body["actions"][0] |= more
    return body | {"view": {"id": "V0HOME", "type": "home"}}


def home(slack: FakeSlack) -> str:
    return words(slack.told("views.publish")[-1]["view"])


@pytest.mark.parametrize("function", [*Function, None])
def test_what_somebody_does_is_kept_as_they_chose_it(
    running: Running, slack: FakeSlack, function: Function | None
) -> None:
    profiles.choose_function(running.db, WORKSPACE, BO, Function.OTHER)
    running.receives(pressed(mine.FUNCTION, selected_option={"value": function or mine.UNSET}))
    assert profiles.get(running.db, WORKSPACE, BO) == Profile(function, stopped=False)
    assert slack.told("views.publish")[-1]["user_id"] == BO


def test_a_function_that_is_not_on_the_list_is_none(running: Running) -> None:
    running.receives(pressed(mine.FUNCTION, selected_option={"value": "king"}))
    assert profiles.get(running.db, WORKSPACE, BO).function is None


def test_surveys_are_stopped_and_wanted_again(running: Running, slack: FakeSlack) -> None:
    running.receives(pressed(mine.STOP))
    assert profiles.get(running.db, WORKSPACE, BO).stopped
    assert "Ask me again" in home(slack)
    running.receives(pressed(mine.RESUME))
    assert not profiles.get(running.db, WORKSPACE, BO).stopped
    assert "Stop asking me" in home(slack)


def test_home_shows_nothing_of_anybody_else(running: Running, slack: FakeSlack, clock: HandClock) -> None:
    clock.now = FIRST + timedelta(minutes=1)
    opened(running)
    running.receives(home_opened(by=CY))
    assert "No survey waits for you." in home(slack)


def test_what_is_kept_is_shown_to_whom_it_is_about_and_can_be_removed(
    running: Running, slack: FakeSlack, clock: HandClock
) -> None:
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running)
    running.receives(sent(round, form(running, round), ANSWERS))
    running.receives(pressed(mine.DATA))
    shown = slack.form
    assert CANARY in words(shown)
    assert "kept under a code while the round is open" in words(shown)
    sure = running.receives(submission(shown, by=BO))
    assert sure["response_action"] == "push"
    assert kept(running, round) == ANSWERS
    removed = running.receives(submission(sure["view"], by=BO))
    assert "Removed: your answers in one round." in words(removed["view"])
    assert responses.count(running.db, round) == 0


def test_what_is_kept_about_one_member_is_never_shown_to_another(
    running: Running, slack: FakeSlack, clock: HandClock
) -> None:
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running)
    running.receives(sent(round, form(running, round), ANSWERS))
    running.receives(pressed(mine.DATA, by=CY))
    assert CANARY not in words(slack.form)
    assert "Nothing is kept about you." in words(slack.form)
    assert "submit" not in slack.form
