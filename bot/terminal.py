"""A reply in a terminal: laid out and in bold for a person, plain when piped, JSON for a program."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.errors import Problem
from bot.knowledge.asof import day_in_words
from bot.knowledge.records import Source
from bot.knowledge.reply import Reply

WIDTH = 88
LABELS = {
    "answer": "Answer",
    "did_you_mean": "Did you mean",
    "clarify": "Which one",
    "dont_know": "Don't know",
    "out_of_scope": "Not for me",
}
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Page:
    """How wide to write, and whether bold is understood."""

    width: int = WIDTH
    styled: bool = False

    def draw(self, reply: Reply) -> str:
        """The whole reply."""
        parts = [
            self._strong(LABELS[reply.outcome]),
            self._flow(reply.lead, strong=reply.outcome == "answer"),
            "\n".join(self._flow(line) for line in reply.lines),
            self._list("Check first", reply.caveats),
            self._list("Sources", map(_source, reply.sources)),
            self._footing(reply),
            self._list("You can also ask about", (each.label for each in reply.suggestions)),
        ]
        return "\n\n".join(part for part in parts if part)

    def _footing(self, reply: Reply) -> str:
        facts = {"Owner": reply.owner, "Applies to": reply.applies_to}
        facts["Checked"] = day_in_words(reply.reviewed) if reply.reviewed else ""
        facts["As of"] = str(reply.as_of) if reply.as_of else ""
        return "\n".join(self._hang(f"{name + ':':<12}", text) for name, text in facts.items() if text)

    def _list(self, title: str, items: Iterable[str]) -> str:
        lines = [self._flow(f"- {item}") for item in items]
        return "\n".join([self._strong(title), *lines]) if lines else ""

    def _flow(self, text: str, *, strong: bool = False) -> str:
        mark = "- " if text.startswith("- ") else ""
        flowed = self._hang(f"  {mark}" if mark else "", text.removeprefix(mark))
        return self._strong(flowed) if strong else flowed

    def _hang(self, start: str, text: str) -> str:
        bare = _CONTROL.sub(" ", _LINK.sub(r"\1 <\2>", _BOLD.sub(r"\1", text)))
        return textwrap.fill(
            bare,
            self.width,
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _strong(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.styled and text else text


def as_json(question: str, reply: Reply) -> dict[str, Any]:
    """A reply for a program: the keys and their order are a promise (docs/running.md)."""
    return {
        "q": question,
        "outcome": str(reply.outcome),
        "text": reply.text,
        "entries": list(reply.entries),
        "agreements": list(reply.agreements),
        "sources": [_source_json(source) for source in reply.sources],
        "as_of": reply.as_of.iso if reply.as_of else None,
        "suggestions": [{"label": each.label, "target": each.target} for each in reply.suggestions],
    }


def read_batch(lines: Iterable[str], default: date) -> Iterator[tuple[str, date]]:
    """Questions with their dates from JSON lines. Raises Problem with the number of a line that is not one."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            yield printable(_text(asked["q"])), date.fromisoformat(asked["on"]) if asked.get("on") else default
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Problem(
                f'Line {number} is not a question. Write one a line: {{"q": "…"}}, with "on": "2026-11-24" if you like.'
            ) from error


def printable(text: str) -> str:
    """Text that can be written anywhere: bytes that were no text, and halves of characters, become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a question is text")
    return value


def _source(source: Source) -> str:
    date_said = "undated" if source.as_of.latest is None else f"as of {source.as_of}"
    section = f", {source.section}" if source.section else ""
    where = f" {source.url}" if source.url else ""
    return f"{source.title} ({source.publisher}{section}, {date_said}){where}"


def _source_json(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "section": source.section,
        "as_of": source.as_of.iso,
        "grade": str(source.grade),
    }
