"""What a chart is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.surveys.report import Line


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


def instead(line: Line) -> str:
    """What stands where a line has no figure to draw."""
    return f"not shown: {line.why}" if line.why else line.sentence.removeprefix(f"{line.label}: ")
