"""Keeps what Slack asks of blocks as a company: which of them live where, how many, and that their ids are distinct.

Facts: docs.slack.dev/reference/block-kit/blocks (50 blocks a message, 100 a view) and docs.slack.dev/blocks.json.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from sandbox.validation.blocks import BLOCKS
from sandbox.validation.shapes import below, fault, typed

Surface = Literal["message", "modal", "home"]

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
# Blocks and elements that some surface refuses; what is not named lives everywhere. An alert lives in modals only.
LIVES_IN: dict[str, set[str]] = {
    "alert": {"modal"},
    "card": {"message", "home"},
    "carousel": {"message", "home"},
    "context_actions": {"message"},
    "data_table": {"message"},
    "file": set(),
    "markdown": {"message"},
    "table": {"message"},
    "datetimepicker": {"message", "modal"},
    "email_text_input": {"modal"},
    "file_input": {"modal"},
    "number_input": {"modal"},
    "rich_text_input": {"modal", "home"},
    "url_text_input": {"modal"},
    "workflow_button": {"message"},
}
MOST_MARKDOWN = 12_000
_check_block = typed(BLOCKS)


def faults_in_blocks(blocks: object, surface: Surface, at: str = "/blocks") -> list[str]:
    """Everything Slack would refuse in these blocks on this surface; an empty list means that they may be shown.

    docs.slack.dev/reference/block-kit/blocks; each sentence ends in the JSON pointer of the value at fault.
    """
    if not isinstance(blocks, list):
        return [fault("must provide an array", at)]
    return [*_crowd(blocks, surface, at), *_each(blocks, surface, at), *_twins(blocks, at)]


def _crowd(blocks: list[Any], surface: Surface, at: str) -> Iterator[str]:
    if len(blocks) > MOST_BLOCKS[surface]:
        yield fault(f"no more than {MOST_BLOCKS[surface]} items allowed", at)
    # One table a message (…/blocks/table-block); 12,000 characters of markdown in all (…/blocks/markdown-block).
    if sum(_type(block) == "table" for block in blocks) > 1:
        yield fault("only_one_table_allowed", at)
    if sum(len(str(block.get("text"))) for block in blocks if _type(block) == "markdown") > MOST_MARKDOWN:
        yield fault(f"must be less than {MOST_MARKDOWN + 1} characters of markdown in all", at)
    # …/block-elements: focus_on_load "can only be set to true on one element".
    if sum(bool(element.get("focus_on_load")) for block in blocks for element, _ in elements_of(block)) > 1:
        yield fault("only one element can have focus_on_load", at)


def _each(blocks: list[Any], surface: Surface, at: str) -> Iterator[str]:
    for place, block in enumerate(blocks):
        here = below(at, place)
        yield from _check_block(block, here)
        for part, there in [(block, ""), *elements_of(block)]:
            if surface not in LIVES_IN.get(_type(part), {surface}):
                yield fault(f"unsupported type: {_type(part)} is not available in a {surface}", f"{here}{there}/type")


def _twins(blocks: list[Any], at: str) -> Iterator[str]:
    """Ids must differ: block_id in a payload, action_id in a block (…/reference/block-kit/block-elements)."""
    seen: Counter[str] = Counter()
    for place, block in enumerate(blocks):
        name = block.get("block_id") if isinstance(block, dict) else None
        seen[str(name)] += 1
        if name is not None and seen[str(name)] > 1:
            yield fault(f'`block_id` "{name}" already exists', f"{at}/{place}/block_id")
        yield from _twin_actions(block, below(at, place))


def _twin_actions(block: Any, at: str) -> Iterator[str]:
    seen: set[str] = set()
    for element, there in elements_of(block):
        name = element.get("action_id")
        if name is not None and str(name) in seen:
            yield fault(f'`action_id` "{name}" already exists for its block', f"{at}{there}/action_id")
        seen.add(str(name))


def elements_of(block: Any) -> list[tuple[dict[str, Any], str]]:
    """The interactive elements of one block, each with its pointer below the block; malformed parts are passed over."""
    if not isinstance(block, dict):
        return []
    several = block.get("elements") if block.get("type") in ("actions", "context_actions") else None
    found = [
        (element, f"/elements/{place}") for place, element in enumerate(several if isinstance(several, list) else [])
    ]
    found += [(block.get(name), f"/{name}") for name in ("accessory", "element")]
    return [(element, there) for element, there in found if isinstance(element, dict)]


def _type(part: Any) -> str:
    return str(part.get("type")) if isinstance(part, dict) else ""
