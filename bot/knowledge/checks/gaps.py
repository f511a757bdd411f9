"""Whether each gap is one: asked for in words of its own, and answered by no entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.knowledge import tokens
from bot.knowledge.checks.content import Content
from bot.knowledge.confidence import Band, shipped
from bot.knowledge.faults import Fault
from bot.knowledge.records import Gap


def answered(content: Content) -> Iterator[Fault]:
    """A way of asking for a gap that stands elsewhere too, or for which an entry would be given."""
    band = shipped().band
    taken = {
        tokens.plain(text): entry.slug
        for entry in content.base.entries.values()
        for text in (entry.question, *entry.variants)
    }
    for path, gap in content.gaps:
        for text in gap.asked:
            if (other := taken.setdefault(tokens.plain(text), gap.subject)) != gap.subject:
                yield _at(content, path, gap, f"“{text}” also stands in {other}; keep it where it is right")
            elif band(finding := content.replier.find(text)) is Band.ANSWER:
                entry = finding.matches[0].name
                yield _at(content, path, gap, f"“{text}” gets the entry {entry}; take the gap out, or reword it")


def _at(content: Content, path: Path, gap: Gap, problem: str) -> Fault:
    return content.at_words(path, gap.subject, f"{gap.subject}: {problem}")
