"""Block Kit in small functions, and Slack's limits stated once: https://docs.slack.dev/reference/block-kit/blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from handlers.ui import mrkdwn as mrkdwn_text

Block = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
SECTION = 3000
CONTEXT_ELEMENTS = 10
ACTIONS = 25
BUTTON = 75
VALUE = 2000
TITLE = 24
METADATA = 3000
FALLBACK = 3000


@dataclass(frozen=True)
class Message:
    """A message: blocks to see, and `text` for notifications and screen readers."""

    text: str
    blocks: list[Block] = field(default_factory=list)


def cut(text: str, limit: int) -> str:
    """Text within a limit, cut at a word and marked as cut."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip() + "…"


def plain_text(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def mrkdwn(text: str) -> Block:
    """Markup that links and shows only what we put there ourselves."""
    return {"type": "mrkdwn", "text": cut(text, SECTION), "verbatim": True}


def section(text: str) -> Block:
    return {"type": "section", "text": mrkdwn(text)}


def sections(text: str) -> list[Block]:
    """A long text as as many sections as it needs, split between lines."""
    parts: list[str] = [""]
    for line in text.split("\n"):
        if len(parts[-1]) + len(line) + 1 > SECTION:
            parts.append("")
        parts[-1] += f"{line}\n"
    return [section(part.strip()) for part in parts if part.strip()]


def context(texts: Iterable[str]) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in list(texts)[:CONTEXT_ELEMENTS]]}


def divider() -> Block:
    return {"type": "divider"}


def header(text: str) -> Block:
    return {"type": "header", "text": plain_text(text, 150)}


def actions(block_id: str, elements: Iterable[Block]) -> Block:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)[:ACTIONS]}


def button(text: str, action_id: str, value: str, *, primary: bool = False, label: str = "") -> Block:
    """A button; `label` is what a screen reader says when the words alone say too little."""
    made: Block = {"type": "button", "action_id": action_id, "value": value, "text": plain_text(text, BUTTON)}
    if primary:
        made["style"] = "primary"
    if label:
        made["accessibility_label"] = cut(label, BUTTON)
    return made


def confirmed(button: Block, title: str, text: str, yes: str, *, no: str = "Cancel", danger: bool = True) -> Block:
    """A button that asks first. `danger` for what cannot be undone."""
    asks: Block = {"title": plain_text(title, 100), "text": plain_text(text, 300)}
    asks |= {"confirm": plain_text(yes, 30), "deny": plain_text(no, 30)}
    return button | {"confirm": asks | ({"style": "danger"} if danger else {})}


def text_input(
    block_id: str,
    label: str,
    *,
    hint: str = "",
    initial: str = "",
    optional: bool = False,
    longest: int = 500,
    one_line: bool = False,
) -> Block:
    """A field of several lines, or of one."""
    element: Block = {"type": "plain_text_input", "action_id": block_id, "multiline": not one_line}
    element["max_length"] = longest
    if initial:
        element["initial_value"] = initial[:longest]
    made: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        made["hint"] = plain_text(hint, 2000)
    return made


def tick_box(block_id: str, label: str, text: str, *, ticked: bool = False) -> Block:
    """One box to tick or leave."""
    option = {"text": plain_text(text, BUTTON), "value": "yes"}
    element: Block = {"type": "checkboxes", "action_id": block_id, "options": [option]}
    if ticked:
        element["initial_options"] = [option]
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, 2000),
        "element": element,
        "optional": True,
    }


def modal(
    callback_id: str, title: str, blocks: list[Block], *, submit: str = "", metadata: str = "", close: str = "Cancel"
) -> Block:
    """A modal view."""
    made: Block = {"type": "modal", "callback_id": callback_id, "title": plain_text(title, TITLE), "blocks": blocks}
    made["close"] = plain_text(close, TITLE)
    made["private_metadata"] = metadata
    if submit:
        made["submit"] = plain_text(submit, TITLE)
    return made


def typed(view: Block, block_id: str) -> str:
    """What was typed into a field of a submitted modal; nothing when it was left empty."""
    value = view["state"]["values"].get(block_id, {}).get(block_id, {}).get("value")
    return mrkdwn_text.keepable(str(value or "")).strip()


def ticked(view: Block, block_id: str) -> bool:
    """Whether a box of a submitted modal was ticked."""
    return bool(view["state"]["values"].get(block_id, {}).get(block_id, {}).get("selected_options"))
