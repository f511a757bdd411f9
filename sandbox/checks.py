"""Keeps what Slack's own client refuses before it sends a modal: empty required fields, wrong lengths and forms."""

import re
from collections.abc import Callable, Iterator

from sandbox import forms
from sandbox.records import Entered, Json

REQUIRED = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NUMBER = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


def refused_fields(blocks: list[Json], entered: Entered) -> dict[str, str]:
    """block_id -> what is wrong. https://docs.slack.dev/reference/block-kit/blocks/input-block"""
    values = forms.state_values(blocks, entered)
    found: dict[str, str] = {}
    for block in blocks:
        if block.get("type") == "input":
            element = block["element"]
            fault = _fault(block, element, values[block["block_id"]][element["action_id"]])
            if fault:
                found[block["block_id"]] = fault
    return found


def _fault(block: Json, element: Json, state: Json) -> str | None:
    if forms.is_empty(state):
        return None if block.get("optional") else REQUIRED
    check = _CHECKS.get(element["type"])
    return next(check(element, state), None) if check else None


def _text(element: Json, state: Json) -> Iterator[str]:
    value = str(state["value"])
    if len(value) < element.get("min_length", 0):
        yield f"Please enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        yield f"Please enter at most {element.get('max_length', 3000)} characters."


def _number(element: Json, state: Json) -> Iterator[str]:
    value = str(state["value"])
    pattern = _DECIMAL if element.get("is_decimal_allowed") else _NUMBER
    if not pattern.fullmatch(value):
        yield "Please enter a valid number."
        return
    if "min_value" in element and float(value) < float(element["min_value"]):
        yield f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        yield f"Please enter a number of at most {element['max_value']}."


def _email(element: Json, state: Json) -> Iterator[str]:
    if not _EMAIL.fullmatch(str(state["value"])):
        yield "Please enter a valid email address."


def _url(element: Json, state: Json) -> Iterator[str]:
    if not str(state["value"]).startswith(("http://", "https://")):
        yield "Please enter a valid URL."


def _several(element: Json, state: Json) -> Iterator[str]:
    chosen = next(part for part in state.values() if isinstance(part, list))
    most = element.get("max_selected_items", element.get("max_files"))
    if most and len(chosen) > most:
        yield f"Please choose at most {most}."


_CHECKS: dict[str, Callable[[Json, Json], Iterator[str]]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "file_input": _several,
    "multi_static_select": _several,
    "multi_external_select": _several,
    "multi_users_select": _several,
    "multi_conversations_select": _several,
    "multi_channels_select": _several,
}
