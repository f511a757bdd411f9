"""What a curator should put right, beyond what can be read: every rule of `bot/knowledge/checks/`, run over the base.

A **fault** must be mended; **advice** is a judgement that a person may leave as it is. content/README.md tells curators
each rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.knowledge import base as bases
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks import acronyms, claims, dates, duties, gaps, glossary, prose, questions, sources
from bot.knowledge.checks.content import Content, lint
from bot.knowledge.checks.prose import WORDS
from bot.knowledge.faults import Fault
from bot.knowledge.records import Entry

__all__ = ["WORDS", "Findings", "findings"]

OF_AN_ENTRY: tuple[Callable[[Content, Entry], Iterator[Fault]], ...] = (
    prose.too_long,
    prose.long_sentences,
    prose.yes_or_no,
    prose.relative_dates,
    prose.hard_to_read,
    acronyms.unexplained,
    acronyms.ambiguous,
    duties.must,
    dates.expired,
)
OF_THE_BASE: tuple[Callable[[Content], Iterator[Fault]], ...] = (
    prose.relative_dates_of_agreements,
    claims.unheard_references,
    claims.contradictions,
    dates.overdue,
    dates.in_future,
    sources.implausible,
    glossary.without_context,
    questions.near_duplicates,
    questions.not_won,
    gaps.answered,
)
ADVICE_ON_AN_ENTRY = (questions.cut_labels, dates.all_ended)
ADVICE_ON_THE_BASE = (dates.one_sided, questions.nearly_lost)


class Findings(NamedTuple):
    """The base, and what was found in it, sorted by file and line."""

    base: KnowledgeBase
    faults: list[Fault]
    advice: list[Fault]


def findings(folder: Path, on: date) -> Findings:
    """All that the rules find on a day. Raises ContentError when nothing can be read."""
    base, faults = bases.load(folder)
    content = Content(base, folder, on, lint(folder, faults))
    faults += _found(content, OF_AN_ENTRY, OF_THE_BASE)
    return Findings(base, sorted(faults), sorted(_found(content, ADVICE_ON_AN_ENTRY, ADVICE_ON_THE_BASE)))


def _found(
    content: Content,
    of_an_entry: tuple[Callable[[Content, Entry], Iterator[Fault]], ...],
    of_the_base: tuple[Callable[[Content], Iterator[Fault]], ...],
) -> Iterator[Fault]:
    for entry in content.base.entries.values():
        for rule in of_an_entry:
            yield from rule(content, entry)
    for whole in of_the_base:
        yield from whole(content)
