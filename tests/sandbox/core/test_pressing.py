"""Buttons, menus and boxes on messages; shortcuts; ephemeral messages."""

from typing import Any

import pytest
from slack_bolt import Ack, Respond
from slack_sdk.errors import SlackApiError

from sandbox.acting import OnMessage, Outcome
from sandbox.records import Message
from tests.sandbox.core import cast
from tests.sandbox.core.trial import HASTY, Trial, started

BUTTON = {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go"}}
OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in ("One", "Two")]


def _actions(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "block_id": "b", "elements": list(elements)}]


def _post(trial: Trial, blocks: list[dict[str, Any]]) -> Message:
    trial.app.client.chat_postMessage(channel=cast.BUYING, text="fallback", blocks=blocks)
    return trial.posts()[-1]


def _press(trial: Trial, message: Message, action: str = "go", value: Any = None, block: str = "b") -> Outcome:
    place = OnMessage(message.channel, message.ts)
    outcome = trial.box.do(trial.box.actor.press(cast.AMIRA, place, block, action, value))
    trial.settle()
    return outcome


def _note(trial: Trial, *actions: str) -> None:
    for action in actions:

        @trial.app.action(action)
        def note(ack: Ack, body: dict[str, Any]) -> None:
            ack()
            trial.seen.append(body)


def test_a_press_tells_who_what_and_where(trial: Trial) -> None:
    _note(trial, "go")
    message = _post(trial, _actions(BUTTON))
    assert _press(trial, message).acknowledged
    (body,) = trial.seen
    assert body["user"]["id"] == cast.AMIRA
    assert body["actions"][0] | {"action_ts": ""} == BUTTON | {"block_id": "b", "action_ts": ""}
    container = {"type": "message", "message_ts": message.ts, "channel_id": cast.BUYING, "is_ephemeral": False}
    assert body["container"] == container
    assert body["message"]["blocks"][0]["elements"][0]["action_id"] == "go"
    assert body["channel"] == {"id": cast.BUYING, "name": "digital-buying"}


def test_a_press_can_replace_its_message(trial: Trial) -> None:
    @trial.app.action("go")
    def thank(ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="Thank you.", replace_original=True)

    message = _post(trial, _actions(BUTTON))
    _press(trial, message)
    assert [(m.ts, m.text, m.blocks) for m in trial.posts()] == [(message.ts, "Thank you.", [])]


def test_a_press_can_delete_its_message(trial: Trial) -> None:
    @trial.app.action("go")
    def away(ack: Ack, respond: Respond) -> None:
        ack()
        respond(delete_original=True)

    _press(trial, _post(trial, _actions(BUTTON)))
    assert trial.posts() == []


@pytest.mark.parametrize(
    ("element", "value", "expected"),
    [
        ({"type": "static_select", "options": OPTIONS}, "two", {"selected_option": OPTIONS[1]}),
        ({"type": "multi_static_select", "options": OPTIONS}, ["one", "two"], {"selected_options": OPTIONS}),
        ({"type": "checkboxes", "options": OPTIONS}, [], {"selected_options": []}),
        ({"type": "radio_buttons", "options": OPTIONS}, "one", {"selected_option": OPTIONS[0]}),
        ({"type": "overflow", "options": OPTIONS}, "two", {"selected_option": OPTIONS[1]}),
        ({"type": "datepicker"}, "2026-12-01", {"selected_date": "2026-12-01"}),
        ({"type": "timepicker"}, "", {"selected_time": None}),
        ({"type": "users_select"}, cast.BEN, {"selected_user": cast.BEN}),
    ],
    ids=lambda part: part["type"] if isinstance(part, dict) and "type" in part else "",
)
def test_every_kind_of_element_reports_in_its_own_words(
    trial: Trial, element: dict[str, Any], value: Any, expected: dict[str, Any]
) -> None:
    _note(trial, "it")
    accessory = element["type"] in ("multi_static_select",)
    block = {"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "x"}}
    own = element | {"action_id": "it"}
    message = _post(trial, [block | {"accessory": own}] if accessory else _actions(own))
    assert _press(trial, message, "it", value).acknowledged
    action = trial.seen[0]["actions"][0]
    assert {key: action[key] for key in expected} == expected
    state = trial.seen[0]["state"]["values"].get("b", {})
    assert (state == {}) == (element["type"] == "overflow")


def test_feedback_buttons_arrive_as_ordinary_actions(trial: Trial) -> None:
    _note(trial, "rate")
    good = {"text": {"type": "plain_text", "text": "Good"}, "value": "up"}
    bad = {"text": {"type": "plain_text", "text": "Bad"}, "value": "down"}
    element = {"type": "feedback_buttons", "action_id": "rate", "positive_button": good, "negative_button": bad}
    message = _post(trial, [{"type": "context_actions", "block_id": "b", "elements": [element]}])
    assert _press(trial, message, "rate", "down").acknowledged
    assert trial.seen[0]["actions"][0]["value"] == "down"


def test_a_press_that_nobody_acknowledges_is_a_timeout() -> None:
    with started("socket", pace=HASTY) as trial:
        outcome = _press(trial, _post(trial, _actions(BUTTON)))
    assert (outcome.acknowledged, outcome.problem) == (False, "The app did not answer (operation_timeout).")


def test_an_app_without_interactivity_gets_no_presses() -> None:
    body = cast.manifest()
    body["settings"]["interactivity"]["is_enabled"] = False
    with started("socket", body) as trial:
        outcome = _press(trial, _post(trial, _actions(BUTTON)))
        assert outcome.problem == "The app did not answer (dispatch_failed)."


def test_what_is_not_there_cannot_be_pressed(trial: Trial) -> None:
    message = _post(trial, _actions({"type": "static_select", "action_id": "it", "options": OPTIONS}))
    assert _press(trial, message, "gone").problem == "This is no longer here."
    assert "has no option" in _press(trial, message, "it", "three").problem
    assert message.entered[cast.AMIRA] == {}


def test_an_ephemeral_message_is_seen_by_one_person_and_only_its_response_url_changes_it(trial: Trial) -> None:
    @trial.app.action("go")
    def change(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        ack()
        trial.seen.append(body)
        respond(text="changed", replace_original=True)

    client, workspace = trial.app.client, trial.box.workspace
    ts = client.chat_postEphemeral(channel=cast.BUYING, user=cast.AMIRA, text="psst", blocks=_actions(BUTTON))[
        "message_ts"
    ]
    assert workspace.timeline(cast.BUYING, cast.BEN) == []
    for refused in (client.chat_update, client.chat_delete):
        with pytest.raises(SlackApiError, match="message_not_found"):
            refused(channel=cast.BUYING, ts=ts, text="no")
    _press(trial, workspace.timeline(cast.BUYING, cast.AMIRA)[0])
    assert trial.seen[0]["container"]["is_ephemeral"] is True
    assert "message" not in trial.seen[0]
    assert workspace.timeline(cast.BUYING, cast.AMIRA)[0].text == "changed"
    trial.box.do(trial.box.actor.reload(cast.AMIRA))
    assert workspace.timeline(cast.BUYING, cast.AMIRA) == []


def test_nobody_presses_on_somebody_elses_ephemeral_message(trial: Trial) -> None:
    client = trial.app.client
    client.chat_postEphemeral(channel=cast.BUYING, user=cast.BEN, text="psst", blocks=_actions(BUTTON))
    message = trial.posts(person=cast.BEN)[0]
    assert _press(trial, message).problem == "This is no longer here."


def test_a_message_shortcut_brings_the_message_along(trial: Trial) -> None:
    @trial.app.shortcut("look_up")
    def look(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        ack()
        trial.seen.append(body)
        respond("Only for you.")

    message = _post(trial, _actions(BUTTON))
    actor = trial.box.actor
    outcome = trial.box.do(actor.shortcut(cast.AMIRA, "look_up", cast.BUYING, message.ts))
    assert outcome.acknowledged
    assert [m.ephemeral_to for m in trial.posts()] == [None, cast.AMIRA]
    assert trial.seen[0]["message"]["text"] == "fallback"


def test_only_declared_shortcuts_exist_each_in_its_place(trial: Trial) -> None:
    @trial.app.shortcut("begin")
    def begin(ack: Ack) -> None:
        ack()

    actor = trial.box.actor
    message = _post(trial, _actions(BUTTON))
    assert trial.box.do(actor.shortcut(cast.AMIRA, "begin")).acknowledged
    assert "no message shortcut" in trial.box.do(actor.shortcut(cast.AMIRA, "begin", cast.BUYING, message.ts)).problem
    assert "no global shortcut" in trial.box.do(actor.shortcut(cast.AMIRA, "look_up")).problem


def test_a_menu_can_ask_the_app_for_its_options(trial: Trial) -> None:
    @trial.app.options("it")
    def offer(ack: Ack, payload: dict[str, Any]) -> None:
        ack(options=[o for o in OPTIONS if payload["value"] in o["value"]])

    message = _post(trial, _actions({"type": "external_select", "action_id": "it"}))
    place = OnMessage(message.channel, message.ts)
    outcome = trial.box.do(trial.box.actor.suggest(cast.AMIRA, place, "b", "it", "tw"))
    assert outcome.options == [OPTIONS[1]]
