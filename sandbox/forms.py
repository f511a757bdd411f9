"""Keeps how Slack reports what a person filled in: `state.values`, initial values and nulls included.

https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload

A value comes from the page or from a test in a plain form, and is shaped here by the kind of its element:
text for inputs, dates and times; an option's `value` for one choice; a list of them for several; an id or a list
of ids for people and channels; an int for a date with time; None for "emptied". What is absent keeps its
initial value.
"""

from collections.abc import Iterator
from typing import Any

from sandbox.records import Entered, Json

_TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
_ONE_OPTION = ("static_select", "external_select", "radio_buttons")
_OPTIONS = ("multi_static_select", "multi_external_select", "checkboxes")
# element type -> (name in the state, name of its initial value)
_PLAIN = {
    **dict.fromkeys(_TEXTS, ("value", "initial_value")),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
}
_STATEFUL = frozenset((*_PLAIN, *_ONE_OPTION, *_OPTIONS))
_LISTS = ("multi_users_select", "multi_conversations_select", "multi_channels_select", "file_input")


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every block together with each interactive element in it, however deep."""
    for block in blocks:
        for element in _walk({key: part for key, part in block.items() if key != "block_id"}):
            yield block, element


def is_stateful(element: Json) -> bool:
    """Whether an element holds a value, as a button does not."""
    return element.get("type") in _STATEFUL


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """The block and the element with these ids."""
    for block, element in elements(blocks):
        if (block.get("block_id"), element["action_id"]) == (block_id, action_id):
            return block, element
    return None


def state_values(blocks: list[Json], entered: Entered) -> dict[str, dict[str, Json]]:
    """What Slack sends as `state.values`: every element that holds something, touched or not."""
    values: dict[str, dict[str, Json]] = {}
    for block, element in elements(blocks):
        if is_stateful(element):
            state = {"type": element["type"], **_state(element, entered.get(block["block_id"], {}))}
            values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def pressed(element: Json, value: Any) -> Json:
    """What a `block_actions` payload says about one element that was used."""
    kind = element["type"]
    if kind == "feedback_buttons":
        chosen = _feedback(element, value)
        return {"text": chosen["text"], "value": chosen.get("value")}
    if kind == "overflow":
        return {"selected_option": _option(element, value)}
    if is_stateful(element):
        return _given(element, value)
    return {key: element[key] for key in ("text", "value", "style") if key in element}


def is_empty(state: Json) -> bool:
    """Nothing was filled in."""
    return all(part in (None, "", []) for key, part in state.items() if key != "type")


def _walk(part: Any) -> Iterator[Json]:
    if isinstance(part, dict):
        if "action_id" in part and "type" in part:
            yield part
            return
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _walk(inner)


def _state(element: Json, entered: dict[str, Any]) -> Json:
    if element["action_id"] in entered:
        return _given(element, entered[element["action_id"]])
    return _initial(element)


def _given(element: Json, value: Any) -> Json:
    kind = element["type"]
    if kind in _OPTIONS:
        return {"selected_options": [_option(element, one) for one in value or []]}
    if kind in _ONE_OPTION:
        return {"selected_option": None if value in (None, "") else _option(element, value)}
    if kind in _LISTS:
        return {_PLAIN[kind][0]: list(value or [])}
    if kind == "rich_text_input" and isinstance(value, str):
        value = _rich(value)
    if kind == "datetimepicker" and value not in (None, ""):
        value = int(value)
    # An emptied field is null for Slack, never an empty string.
    return {_PLAIN[kind][0]: None if value == "" else value}


def _initial(element: Json) -> Json:
    kind = element["type"]
    if kind in _OPTIONS:
        return {"selected_options": list(element.get("initial_options", []))}
    if kind in _ONE_OPTION:
        return {"selected_option": element.get("initial_option")}
    name, initial = _PLAIN[kind]
    return {name: element.get(initial, [] if kind in _LISTS else None)}


def _option(element: Json, value: Any) -> Json:
    if isinstance(value, dict):  # an external select: the page knows the whole option
        return value
    groups = element.get("option_groups", [])
    for option in [*element.get("options", []), *(o for g in groups for o in g.get("options", []))]:
        if option.get("value") == value:
            return dict(option)
    raise LookupError(f"{element['action_id']} has no option {value!r}.")


def _feedback(element: Json, value: Any) -> Json:
    for name in ("positive_button", "negative_button"):
        button: Json = element[name]
        if value in (button.get("value"), name):
            return button
    raise LookupError(f"{element['action_id']} has no button {value!r}.")


def _rich(text: str) -> Json | None:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]} if text else None
