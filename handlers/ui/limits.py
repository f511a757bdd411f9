"""What Slack refuses, checked before a payload leaves: https://docs.slack.dev/reference/block-kit/blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from handlers.ui import blocks
from handlers.ui.blocks import Block

OPTION = 75
MOST = {"radio_buttons": 10, "checkboxes": 10, "static_select": 100, "multi_static_select": 100}


def faults(parts: list[Block], most: int = blocks.MESSAGE_BLOCKS) -> list[str]:
    """Everything in a message's blocks that Slack would refuse; empty when it would take them."""
    found = [f"{len(parts)} blocks, and {most} is the most"] if len(parts) > most else []
    ids = Counter(part["block_id"] for part in parts if "block_id" in part)
    found += [f"block_id {name} is used {n} times" for name, n in ids.items() if n > 1]
    return found + [fault for part in parts for fault in _block_faults(part)]


def view_faults(view: Block) -> list[str]:
    """Everything in a modal that Slack would refuse; empty when it would take it."""
    found = faults(view["blocks"], blocks.VIEW_BLOCKS)
    found += _length("title", view["title"]["text"], blocks.TITLE)
    over = len(view.get("private_metadata", "")) - blocks.METADATA
    return found + ([f"{over} characters too many in private_metadata"] if over > 0 else [])


def _block_faults(part: Block) -> Iterator[str]:
    kind = part["type"]
    if kind == "section":
        yield from _length("section", part["text"]["text"], blocks.SECTION)
        yield from _actions([part["accessory"]] if "accessory" in part else [])
    elif kind == "context":
        for element in part["elements"]:
            yield from _length("context", element["text"], blocks.SECTION)
    elif kind == "header":
        yield from _length("header", part["text"]["text"], 150)
    elif kind == "actions":
        yield from _actions(part["elements"])
    elif kind == "input":
        yield from _length("label", part["label"]["text"], 2000)
        yield from _options(part["element"])


def _actions(elements: Iterable[Block]) -> Iterator[str]:
    ids = Counter(element["action_id"] for element in elements)
    yield from (f"action_id {name} is used {n} times" for name, n in ids.items() if n > 1)
    for element in elements:
        if element["type"] == "button":
            yield from _length("button", element["text"]["text"], blocks.BUTTON)
            yield from _length("value", element["value"], blocks.VALUE)
        yield from _options(element)


def _options(element: Block) -> Iterator[str]:
    """What can be chosen from: how many, and what each says."""
    options = element.get("options", [])
    most = MOST.get(element["type"], len(options))
    if len(options) > most:
        yield f"{len(options)} options, and {most} is the most"
    for option in options:
        yield from _length("option", option["text"]["text"], OPTION)


def _length(what: str, text: str, most: int) -> Iterator[str]:
    if not text:
        yield f"an empty {what}"
    elif len(text) > most:
        yield f"a {what} of {len(text)} characters, and {most} is the most"
