"""Forms as a person uses them: filled in as they were drawn but for what is changed, sent, and pressed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.directory import WORKSPACE
from tests.payloads import ADA, acting

Json = dict[str, Any]
CARD, LIST = "V0CARD", "V0LIST"
ONE = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_users_select": ("selected_users", "initial_users"),
    "plain_text_input": ("value", "initial_value"),
}


def filled(view: Json, **changes: Any) -> Json:
    """A form with its state: what stood in it, and what somebody changed. A field that is not drawn is a mistake."""
    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert set(changes) <= set(inputs), (set(changes), set(inputs))
    values = {name: {name: _state(element, changes.get(name))} for name, element in inputs.items()}
    return view | {"state": {"values": values}}


def _state(element: Json, change: Any) -> Json:
    kind = element["type"]
    if kind in ONE:
        state, initial = ONE[kind]
        return {"type": kind, state: element.get(initial) if change is None else change}
    if kind in ("radio_buttons", "static_select"):
        chosen = element.get("initial_option") if change is None else _option(element, change)
        return {"type": kind, "selected_option": chosen}
    chosen = element.get("initial_options", []) if change is None else [_option(element, each) for each in change]
    return {"type": kind, "selected_options": chosen}


def _option(element: Json, value: str) -> Json:
    return next(option for option in element["options"] if option["value"] == value)


def sent(view: Json, *, by: str = ADA, **changes: Any) -> Json:
    """A form, sent: it lies over the list of questions, and that over the card."""
    form = filled(view, **changes) | {"id": "V0FORM", "team_id": WORKSPACE, "app_installed_team_id": WORKSPACE}
    form |= {"previous_view_id": LIST if "question" in view["callback_id"] else CARD, "root_view_id": CARD}
    return acting(by, WORKSPACE) | {"type": "view_submission", "view": form, "response_url": None, "response_urls": []}


def press(view: Json, words: str, *, by: str = ADA, nth: int = 0, **changes: Any) -> Json:
    """A button of a form, pressed; the `nth` of those with the same words."""
    found = [each for each in buttons(view) if each["text"]["text"] == words]
    assert found, (words, [each["text"]["text"] for each in buttons(view)])
    return acted(view, found[nth], by=by, **changes)


def acted(view: Json, element: Json, *, by: str = ADA, **changes: Any) -> Json:
    """A button or a menu of a form, used."""
    kept = {name: element[name] for name in ("action_id", "type", "value", "selected_option") if name in element}
    action = kept | {"block_id": "any", "action_ts": "1764000003.000300"}
    form = filled(view, **changes) | {"id": CARD, "root_view_id": CARD, "previous_view_id": None}
    body = acting(by, WORKSPACE) | {"type": "block_actions", "view": form, "actions": [action]}
    body |= {"container": {"type": "view", "view_id": CARD}}
    del body["response_url"]
    return body


def chose(view: Json, block_id: str, value: str, *, by: str = ADA) -> Json:
    """A field that tells the bot at once, changed."""
    element = next(block["element"] for block in view["blocks"] if block.get("block_id") == block_id)
    chosen = {"action_id": block_id, "type": element["type"], "selected_option": _option(element, value)}
    return acted(view, chosen, by=by, **{block_id: value})


def buttons(view: Json) -> Iterable[Json]:
    """Every button of a form."""
    for block in view["blocks"]:
        yield from (each for each in block.get("elements", []) if each.get("type") == "button")
        if "accessory" in block:
            yield block["accessory"]
