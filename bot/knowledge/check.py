"""What a curator should put right, beyond what can be read: reviews overdue, questions that find another entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.knowledge import base as bases
from bot.knowledge.asof import day_in_words
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.compose import add_months
from bot.knowledge.faults import Fault, line_of
from bot.knowledge.records import Entry
from bot.knowledge.replying import Replier, plain

WORDS = 120  # of an entry's body: one screen in Slack


def findings(folder: Path, on: date) -> tuple[KnowledgeBase, list[Fault]]:
    """The base, and every fault on a day, sorted by file and line. Raises ContentError when nothing can be read."""
    base, faults = bases.load(folder)
    found = [*faults, *_overdue(base, folder, on), *_entries(base, folder)]
    return base, sorted(found)


def _overdue(base: KnowledgeBase, folder: Path, on: date) -> Iterator[Fault]:
    for entry in base.entries.values():
        due = add_months(entry.reviewed, entry.review_months)
        if on > due:
            yield _at(
                _path(folder, entry),
                "reviewed",
                f"was due to be checked by {day_in_words(due)}; check it and set reviewed",
            )
    for agreement in base.agreements.values():
        due = add_months(agreement.reviewed, agreement.review_months)
        if on > due:
            problem = f"{agreement.reference} was due to be checked by {day_in_words(due)}; check it and set reviewed"
            yield Fault(folder / "agreements", 1, problem)


def _entries(base: KnowledgeBase, folder: Path) -> Iterator[Fault]:
    replier = Replier(base)
    taken: dict[str, str] = {}
    for entry in base.entries.values():
        path = _path(folder, entry)
        if (length := len(entry.body.split())) > WORDS:
            yield Fault(path, 1, f"the answer has {length} words, and {WORDS} is the most; shorten it")
        for text in (entry.question, *entry.variants):
            if (other := taken.setdefault(plain(text), entry.slug)) != entry.slug:
                yield _at(path, "variants", f"“{text}” also stands in {other}; keep it where it is answered best")
            elif (best := replier.find(text).matches[0].slug) != entry.slug:
                yield _at(path, "variants", f"“{text}” finds {best} and not this entry; reword or move it")


def _path(folder: Path, entry: Entry) -> Path:
    return folder / "knowledge" / entry.topic / f"{entry.slug}.md"


def _at(path: Path, key: str, problem: str) -> Fault:
    return Fault(path, line_of(path.read_text(encoding="utf-8"), (key,)), problem)
