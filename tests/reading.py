"""What a person sees in a message or a form: its words, its buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def buttons(message: Json) -> dict[str, Json]:
    """The buttons of a message, by the words on them."""
    rows = [block for block in message.get("blocks", []) if block["type"] == "actions"]
    return {element["text"]["text"]: element for block in rows for element in block["elements"]}


def suggestions(message: Json) -> list[Json]:
    """The buttons that open another reply."""
    return [button for button in buttons(message).values() if button["action_id"].startswith("reply_suggestion")]


def words(message: Json) -> str:
    """Everything that is written in a message or a form, its fallback text included, one piece a line."""
    return "\n".join(_texts(message))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def strings(value: Any) -> Iterator[str]:
    """Every string that is sent, seen or not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
