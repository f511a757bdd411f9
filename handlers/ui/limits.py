"""What Slack refuses, checked before a payload leaves: https://docs.slack.dev/reference/block-kit/blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from handlers.ui import blocks
from handlers.ui.blocks import Block


def faults(parts: list[Block], most: int = blocks.MESSAGE_BLOCKS) -> list[str]:
    """Everything in a message's blocks that Slack would refuse; empty when it would take them."""
    found = [f"{len(parts)} blocks, and {most} is the most"] if len(parts) > most else []
    ids = Counter(part["block_id"] for part in parts if "block_id" in part)
    found += [f"block_id {name} is used {n} times" for name, n in ids.items() if n > 1]
    return found + [fault for part in parts for fault in _block_faults(part)]


def _block_faults(part: Block) -> Iterator[str]:
    kind = part["type"]
    if kind == "section":
        yield from _length("section", part["text"]["text"], blocks.SECTION)
    elif kind == "context":
        for element in part["elements"]:
            yield from _length("context", element["text"], blocks.SECTION)
    elif kind == "header":
        yield from _length("header", part["text"]["text"], 150)
    elif kind == "actions":
        yield from _actions(part["elements"])


def _actions(elements: Iterable[Block]) -> Iterator[str]:
    ids = Counter(element["action_id"] for element in elements)
    yield from (f"action_id {name} is used {n} times" for name, n in ids.items() if n > 1)
    for element in elements:
        yield from _length("button", element["text"]["text"], blocks.BUTTON)
        yield from _length("value", element["value"], blocks.VALUE)


def _length(what: str, text: str, most: int) -> Iterator[str]:
    if not text:
        yield f"an empty {what}"
    elif len(text) > most:
        yield f"a {what} of {len(text)} characters, and {most} is the most"
