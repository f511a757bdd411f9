"""Modals from opening to closing, and the Home tab."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox.acting import OnView, Outcome
from sandbox.outcomes import CONNECTION_TROUBLE
from sandbox.records import View
from tests.sandbox.core import cast
from tests.sandbox.core.trial import HASTY, QUICK, Trial, started

OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in ("One", "Two")]


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def _input(block: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    own = element | {"action_id": "it"}
    return {"type": "input", "block_id": block, "label": _plain(block), "element": own, **more}


def _modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    fields = blocks or (_input("name", {"type": "plain_text_input"}),)
    body = {"type": "modal", "callback_id": "form", "title": _plain("A form"), "submit": _plain("Send")}
    return body | {"blocks": list(fields)} | more


def _opened(trial: Trial, body: dict[str, Any], then: Callable[..., None] | None = None) -> View:
    """A modal, opened by a command; `then` answers its submission."""

    @trial.app.command("/tiny")
    def show(ack: Ack, command: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=body)

    if then is not None:
        trial.app.view("form")(then)
    trial.box.do(trial.box.actor.command(cast.AMIRA, cast.BUYING, "/tiny"))
    return trial.modal()


def _submit(trial: Trial, view: View, **values: Any) -> Outcome:
    entered = {block: {"it": value} for block, value in values.items()}
    outcome = trial.box.do(trial.box.actor.submit(cast.AMIRA, view.id, entered))
    trial.settle()
    return outcome


def _trigger(trial: Trial) -> str:
    return trial.box.change(lambda _: trial.box.world.triggers.issue(cast.AMIRA))


def test_a_submission_has_initial_values_nulls_and_what_was_typed(trial: Trial) -> None:
    def keep(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        trial.seen.append(body)

    fields = (
        _input("name", {"type": "plain_text_input"}),
        _input("kept", {"type": "plain_text_input", "initial_value": "as it was"}),
        _input("blank", {"type": "plain_text_input"}, optional=True),
        _input("one", {"type": "static_select", "options": OPTIONS}, optional=True),
        _input("many", {"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS[:1]}),
        _input("boxes", {"type": "checkboxes", "options": OPTIONS}, optional=True),
        _input("day", {"type": "datepicker", "initial_date": "2026-12-01"}),
    )
    view = _opened(trial, _modal(*fields, private_metadata="id-7"), keep)
    assert _submit(trial, view, name="Amira", boxes=["two"], day=None).errors == {
        "day": "Please complete this required field."
    }
    assert _submit(trial, view, day="2026-12-02").ok
    sent = trial.seen[0]["view"]
    assert {block: field["it"] for block, field in sent["state"]["values"].items()} == {
        "name": {"type": "plain_text_input", "value": "Amira"},
        "kept": {"type": "plain_text_input", "value": "as it was"},
        "blank": {"type": "plain_text_input", "value": None},
        "one": {"type": "static_select", "selected_option": None},
        "many": {"type": "multi_static_select", "selected_options": OPTIONS[:1]},
        "boxes": {"type": "checkboxes", "selected_options": OPTIONS[1:]},
        "day": {"type": "datepicker", "selected_date": "2026-12-02"},
    }
    assert sent["private_metadata"] == "id-7"
    assert trial.box.workspace.top_modal(cast.AMIRA) is None


def test_a_menu_of_channels_can_bring_a_response_url(trial: Trial) -> None:
    def reply(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        (place,) = body["response_urls"]
        WebhookClient(place["response_url"]).send(text="Done.", response_type="in_channel")

    menu = {"type": "conversations_select", "response_url_enabled": True}
    view = _opened(trial, _modal(_input("where", menu)), reply)
    assert _submit(trial, view, where=cast.BUYING).ok
    assert [m.text for m in trial.posts()] == ["Done."]


def test_the_app_can_refuse_single_fields(trial: Trial) -> None:
    def refuse(ack: Ack) -> None:
        ack(response_action="errors", errors={"name": "Too short."})

    view = _opened(trial, _modal(), refuse)
    outcome = _submit(trial, view, name="A")
    assert (outcome.acknowledged, outcome.errors, view.errors) == (True, {"name": "Too short."}, outcome.errors)
    assert trial.modal().entered == {"name": {"it": "A"}}


def test_errors_for_something_that_is_no_input_look_like_a_broken_connection(trial: Trial) -> None:
    def refuse(ack: Ack) -> None:
        ack(response_action="errors", errors={"nothing": "?"})

    view = _opened(trial, _modal(), refuse)
    assert _submit(trial, view, name="A").problem == view.problem == CONNECTION_TROUBLE


def test_a_submission_can_update_or_push_or_clear(trial: Trial) -> None:
    steps: list[dict[str, Any]] = [
        {"response_action": "update", "view": _modal(title=_plain("Updated"))},
        {"response_action": "push", "view": _modal(title=_plain("Pushed"))},
        {"response_action": "clear"},
    ]

    def step(ack: Ack) -> None:
        ack(**steps.pop(0))

    view = _opened(trial, _modal(), step)
    stack = trial.box.workspace.modals[cast.AMIRA]
    assert _submit(trial, view, name="A").ok
    assert [v.body["title"]["text"] for v in stack] == ["Updated"]
    assert _submit(trial, view).ok
    top = trial.modal()
    assert (top.body["title"]["text"], top.previous_id, top.root_id) == ("Pushed", view.id, view.id)
    assert _submit(trial, top, name="B").ok
    assert trial.box.workspace.top_modal(cast.AMIRA) is None


def test_an_unacknowledged_submission_keeps_the_modal_and_says_so() -> None:
    with started("socket", pace=HASTY) as trial:
        view = _opened(trial, _modal())
        outcome = _submit(trial, view, name="A")
        assert (outcome.acknowledged, outcome.problem) == (False, CONNECTION_TROUBLE)
        assert trial.modal() is view


def test_the_stack_is_three_high(trial: Trial) -> None:
    _opened(trial, _modal())
    client = trial.app.client
    for _ in range(2):
        client.views_push(trigger_id=_trigger(trial), view=_modal())
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=_trigger(trial), view=_modal())


def test_a_trigger_works_once_and_for_three_seconds(trial: Trial) -> None:
    client = trial.app.client
    first, second = _trigger(trial), _trigger(trial)
    client.views_open(trigger_id=first, view=_modal())
    trial.box.advance(QUICK.trigger_lives + 0.1)
    for trigger, error in ((first, "exchanged"), (second, "expired"), ("1.2.x", "invalid")):
        with pytest.raises(SlackApiError, match=f"{error}_trigger_id"):
            client.views_open(trigger_id=trigger, view=_modal())


def test_an_update_with_an_old_hash_is_a_conflict(trial: Trial) -> None:
    view = _opened(trial, _modal())
    client, old = trial.app.client, view.hash
    client.views_update(view_id=view.id, hash=old, view=_modal(title=_plain("New")))
    assert view.body["title"]["text"] == "New"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view.id, hash=old, view=_modal())


def test_an_update_keeps_what_stands_in_fields_that_stay(trial: Trial) -> None:
    def refuse(ack: Ack) -> None:
        ack(response_action="errors", errors={"stays": "Too short."})

    view = _opened(
        trial, _modal(_input("stays", {"type": "plain_text_input"}), _input("goes", {"type": "datepicker"})), refuse
    )
    _submit(trial, view, stays="typed", goes="2026-12-01")
    trial.app.client.views_update(view_id=view.id, view=_modal(_input("stays", {"type": "plain_text_input"})))
    assert view.entered == {"stays": {"it": "typed"}}


def test_a_closed_view_cannot_be_updated_and_closing_is_told_where_asked(trial: Trial) -> None:
    @trial.app.view_closed("form")
    def note(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        trial.seen.append(body)

    view = _opened(trial, _modal(notify_on_close=True))
    assert trial.box.do(trial.box.actor.close(cast.AMIRA, view.id)).acknowledged
    trial.settle()
    assert (trial.seen[0]["view"]["id"], trial.seen[0]["is_cleared"]) == (view.id, False)
    with pytest.raises(SlackApiError, match="not_found"):
        trial.app.client.views_update(view_id=view.id, view=_modal())


def test_a_press_in_a_modal_brings_what_stands_in_its_fields(trial: Trial) -> None:
    @trial.app.action("it")
    def note(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        trial.seen.append(body)

    choice = _input("choice", {"type": "static_select", "options": OPTIONS}, dispatch_action=True)
    view = _opened(trial, _modal(_input("name", {"type": "plain_text_input"}), choice))
    actor = trial.box.actor
    typed = {"name": {"it": "half a na"}}
    assert trial.box.do(actor.press(cast.AMIRA, OnView(view.id), "choice", "it", "two", typed)).acknowledged
    assert trial.box.do(actor.press(cast.AMIRA, OnView(view.id), "name", "it", "silent")).acknowledged is None
    trial.settle()
    (body,) = trial.seen
    values = body["view"]["state"]["values"]
    assert values["name"]["it"]["value"] == "half a na"
    assert values["choice"]["it"]["selected_option"] == OPTIONS[1]
    assert "response_url" not in body


def test_views_are_validated_like_slack(trial: Trial) -> None:
    client = trial.app.client
    for bad in (_modal(title=_plain("x" * 25)), _modal() | {"blocks": [{"type": "nonsense"}]}, {"type": "home"}):
        with pytest.raises(SlackApiError, match="invalid_arguments") as refusal:
            client.views_open(trigger_id=_trigger(trial), view=bad)
        assert refusal.value.response["response_metadata"]["messages"]
    with pytest.raises(SlackApiError, match="view_too_large"):
        client.views_open(trigger_id=_trigger(trial), view=_modal(private_metadata="x" * 250_001))


def test_a_name_that_the_app_gives_a_view_is_unique(trial: Trial) -> None:
    view = _opened(trial, _modal(external_id="mine"))
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        trial.app.client.views_push(trigger_id=_trigger(trial), view=_modal(external_id="mine"))
    trial.app.client.views_update(external_id="mine", view=_modal(external_id="mine", title=_plain("Same")))
    assert view.body["title"]["text"] == "Same"


def test_opening_home_lets_the_app_publish_it_and_press_on_it(trial: Trial) -> None:
    button = {"type": "button", "action_id": "it", "text": _plain("Go")}
    home = {"type": "home", "blocks": [{"type": "actions", "block_id": "b", "elements": [button]}]}

    @trial.app.event("app_home_opened")
    def publish(event: dict[str, Any], client: WebClient) -> None:
        trial.seen.append(event)
        client.views_publish(user_id=event["user"], view=home)

    @trial.app.action("it")
    def note(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        trial.seen.append(body)

    for _ in range(2):
        trial.box.do(trial.box.actor.open_home(cast.AMIRA))
        trial.settle()
    view = trial.box.workspace.homes[cast.AMIRA]
    assert [event.get("view", {}).get("id") for event in trial.seen] == [None, view.id]
    assert trial.box.do(trial.box.actor.press(cast.AMIRA, OnView(view.id), "b", "it")).acknowledged
    trial.settle()
    assert trial.seen[2]["container"] == {"type": "view", "view_id": view.id}
    assert trial.box.do(trial.box.actor.press(cast.BEN, OnView(view.id), "b", "it")).problem


def test_a_home_tab_needs_to_be_switched_on_and_its_hash_to_match() -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    with started("socket") as trial:
        client = trial.app.client
        old = client.views_publish(user_id=cast.AMIRA, view=home)["view"]["hash"]
        client.views_publish(user_id=cast.AMIRA, view=home, hash=old)
        with pytest.raises(SlackApiError, match="hash_conflict"):
            client.views_publish(user_id=cast.AMIRA, view=home, hash=old)
    with started("socket", cast.manifest(without_home=True)) as trial:
        with pytest.raises(SlackApiError, match="not_enabled"):
            trial.app.client.views_publish(user_id=cast.AMIRA, view=home)
        assert "no home tab" in trial.box.do(trial.box.actor.open_home(cast.AMIRA)).problem
