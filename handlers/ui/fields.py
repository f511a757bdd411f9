"""Fields of a form, drawn and read back: radio buttons, boxes, menus, dates. A field's block and action share one id.

Text fields are in `blocks`. Slack keeps what somebody chose when a form is redrawn with the same ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handlers.ui.blocks import Block, plain_text

LABEL = 2000
HINT = 2000
OPTION = 75
RADIOS = 10

Choices = Iterable[tuple[str, str]]
"""What can be chosen: each a value and its text."""


def radios(block_id: str, label: str, choices: Choices, *, chosen: str = "", **more: Any) -> Block:
    """One of up to ten, all in sight."""
    return _field(block_id, label, _one("radio_buttons", block_id, choices, chosen), **more)


def menu(block_id: str, label: str, choices: Choices, *, chosen: str = "", placeholder: str = "", **more: Any) -> Block:
    """One of up to a hundred, folded away."""
    element = _one("static_select", block_id, choices, chosen)
    if placeholder:
        element["placeholder"] = plain_text(placeholder, 150)
    return _field(block_id, label, element, **more)


def boxes(block_id: str, label: str, choices: Choices, *, chosen: Iterable[str] = (), **more: Any) -> Block:
    """Any of up to ten, all in sight."""
    options = _options(choices)
    element: Block = {"type": "checkboxes", "action_id": block_id, "options": options}
    ticked = set(chosen)
    if initial := [option for option in options if option["value"] in ticked]:
        element["initial_options"] = initial
    return _field(block_id, label, element, **more)


def many(block_id: str, label: str, choices: Choices, *, chosen: Iterable[str] = (), **more: Any) -> Block:
    """Any of up to a hundred, folded away."""
    options = _options(choices)[:100]
    element: Block = {"type": "multi_static_select", "action_id": block_id, "options": options}
    ticked = set(chosen)
    if initial := [option for option in options if option["value"] in ticked]:
        element["initial_options"] = initial
    return _field(block_id, label, element, **more)


def _one(kind: str, action_id: str, choices: Choices, chosen: str) -> Block:
    options = _options(choices)
    element: Block = {"type": kind, "action_id": action_id, "options": options}
    if initial := [option for option in options if option["value"] == chosen]:
        element["initial_option"] = initial[0]
    return element


def _options(choices: Choices) -> list[Block]:
    return [{"text": plain_text(text, OPTION), "value": value} for value, text in choices]


def _field(
    block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False, redraws: bool = False
) -> Block:
    """`redraws`: choosing tells the bot at once, so that the rest of the form can follow."""
    made: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, LABEL),
        "element": element,
        "optional": optional,
    }
    if hint:
        made["hint"] = plain_text(hint, HINT)
    if redraws:
        made["dispatch_action"] = True
    return made


def field(block_id: str, label: str, element: Block, **more: Any) -> Block:
    """A field around any of Slack's elements, such as `users_select`; its action gets the field's id."""
    return _field(block_id, label, element | {"action_id": block_id}, **more)


def chosen(view: Block, block_id: str) -> tuple[str, ...]:
    """What was chosen in a field of either kind, of a date, a time, people or channels; empty when nothing was."""
    state = view["state"]["values"].get(block_id, {}).get(block_id, {})
    if options := state.get("selected_options"):
        return tuple(str(option["value"]) for option in options)
    for key in ("selected_option", "selected_date", "selected_time", "selected_conversation", "selected_user"):
        if one := state.get(key):
            return (str(one["value"] if isinstance(one, dict) else one),)
    for key in ("selected_users", "selected_conversations", "selected_channels"):
        if many := state.get(key):
            return tuple(map(str, many))
    return ()


def one_chosen(view: Block, block_id: str) -> str:
    """What was chosen in a field that takes one; empty when nothing was."""
    return next(iter(chosen(view, block_id)), "")
