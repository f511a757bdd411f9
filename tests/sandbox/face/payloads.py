"""Blocks and views written once, small enough to be bent in one place by each test."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "words") -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "words") -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> Json:
    """A section with a text."""
    return {"type": "section", "text": mrkdwn(), **more}


def button(action_id: str = "go", **more: Any) -> Json:
    """A button."""
    return {"type": "button", "text": plain("Go"), "action_id": action_id, **more}


def actions(*elements: Json, **more: Any) -> Json:
    """An actions block; one button where nothing else is asked for."""
    return {"type": "actions", "elements": list(elements) or [button()], **more}


def option(value: str = "a", text: str = "A", **more: Any) -> Json:
    """An option of a menu or a group."""
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    """So many different options."""
    return [option(f"v{number}", f"Choice {number}") for number in range(count)]


def element(kind: str, **more: Any) -> Json:
    """An interactive element."""
    return {"type": kind, "action_id": "answer", **more}


def asked(inner: Json | None = None, **more: Any) -> Json:
    """An input block."""
    return {"type": "input", "label": plain("Question"), "element": inner or element("plain_text_input"), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal with a title and a submit button."""
    return {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": list(blocks), **more}


def image(**more: Any) -> Json:
    """An image block or element."""
    return {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A chart", **more}


def table(rows: int = 2, columns: int = 2) -> Json:
    """A table."""
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


def rich(*pieces: Json) -> Json:
    """A rich text block with one section."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}
