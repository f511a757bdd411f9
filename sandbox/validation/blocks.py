"""Keeps the rules of each Slack block, one table row per block type. A type missing here is refused as unknown.

Facts: docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.validation.composition import ANY_ID, IMAGE_RULE, IMAGE_SOURCE, URL, plain, words
from sandbox.validation.elements import BUTTON, FEEDBACK, ICON, IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.shapes import (
    Check,
    Rule,
    Shape,
    array,
    at_least_one,
    below,
    boolean,
    fault,
    integer,
    kind,
    one_of,
    record,
    string,
    typed,
)


def _block(required: Shape, optional: Shape | None = None, *rules: Rule) -> Check:
    return kind(required, {"block_id": ANY_ID, **(optional or {})}, *rules)


def _rows_are_equally_long(block: dict[str, Any], at: str) -> Iterator[str]:
    for place, row in enumerate(block["rows"]):
        if len(row) != len(block["rows"][0]):
            yield fault("all rows must have the same number of cells", below(below(at, "rows"), place))


def _header_row_is_raw(block: dict[str, Any], at: str) -> Iterator[str]:
    for place, cell in enumerate(block["rows"][0]):
        if cell["type"] == "rich_text":
            yield fault("unsupported type: rich_text", f"{at}/rows/0/{place}/type")


def _number(value: object, at: str) -> Iterator[str]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield fault("must provide a number", at)


def _column(value: object, at: str) -> Iterator[str]:
    # A column may be skipped with null (…/blocks/table-block).
    if value is not None:
        yield from record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})(value, at)


_CELL = typed(
    {
        "raw_text": kind({"text": string(least=1)}),
        "raw_number": kind({"value": _number, "text": string(least=1)}),
        "rich_text": RICH_TEXT,
    }
)
_TEXTS = {sort: words(3000) for sort in ("plain_text", "mrkdwn")}
_IN_CONTEXT = typed({**_TEXTS, "image": IMAGE})
_CARD = _block(
    {},
    {
        "hero_image": IMAGE,
        "icon": IMAGE,
        "title": words(150),
        "subtitle": words(150),
        "body": words(200),
        "actions": array(typed({"button": BUTTON}), 3, 1),
    },
    at_least_one("hero_image", "title", "actions", "body"),
)

BLOCKS: Mapping[str, Check] = {
    # …/blocks/section-block
    "section": _block(
        {},
        {
            "text": words(3000),
            "fields": array(words(2000), 10, 1),
            "accessory": typed(IN_SECTION),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    # …/blocks/header-block
    "header": _block({"text": plain(150)}),
    # …/blocks/divider-block
    "divider": _block({}),
    # …/blocks/context-block: the texts have no limit of their own on the page; a text object's own limit is 3,000.
    "context": _block({"elements": array(_IN_CONTEXT, 10, 1)}),
    # …/blocks/actions-block
    "actions": _block({"elements": array(typed(IN_ACTIONS), 25, 1)}),
    # …/blocks/context-actions-block
    "context_actions": _block({"elements": array(typed({"feedback_buttons": FEEDBACK, "icon_button": ICON}), 5, 1)}),
    # …/blocks/input-block
    "input": _block(
        {"label": plain(2000), "element": typed(IN_INPUT)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    # …/blocks/image-block
    "image": _block({"alt_text": string(2000, 1)}, {**IMAGE_SOURCE, "title": plain(2000)}, IMAGE_RULE),
    # …/blocks/video-block
    "video": _block(
        {"alt_text": string(2000, 1), "title": plain(199), "video_url": URL, "thumbnail_url": URL},
        {
            "author_name": string(49),
            "description": plain(199),
            "provider_icon_url": URL,
            "provider_name": string(),
            "title_url": URL,
        },
    ),
    # …/blocks/file-block: Slack hands it out and takes none; surfaces.py refuses it everywhere.
    "file": _block({"external_id": ANY_ID, "source": one_of("remote")}),
    # …/blocks/rich-text-block
    "rich_text": RICH_TEXT,
    # …/blocks/markdown-block
    "markdown": _block({"text": string(12_000, 1)}),
    # …/blocks/table-block
    "table": _block({"rows": array(array(_CELL, 20, 1), 100, 1)}, {"column_settings": array(_column, 20)}),
    # …/blocks/data-table-block
    "data_table": _block(
        {"caption": string(least=1), "rows": array(array(_CELL, 20, 1), 101, 2)},
        {"page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
        _rows_are_equally_long,
        _header_row_is_raw,
    ),
    # …/blocks/alert-block
    "alert": _block({"text": words(200)}, {"level": one_of("default", "info", "warning", "error", "success")}),
    # …/blocks/card-block and …/blocks/carousel-block
    "card": _CARD,
    "carousel": _block({"elements": array(typed({"card": _CARD}), 10, 1)}),
}
