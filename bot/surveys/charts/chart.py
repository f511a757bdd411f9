"""What a chart is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chart:
    """A picture. `name` goes before .png; `alt` says in the report's own words and numbers all that is drawn."""

    name: str
    title: str
    alt: str
    png: bytes


def ended(text: str) -> str:
    """A text that ends as a sentence does, so that another may follow."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
