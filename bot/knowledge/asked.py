"""An enquiry, read once: its words, what it names, which fact it asks for, and what the search finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.knowledge import tokens
from bot.knowledge.asking import Facet
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.confidence import Band, Model, shipped
from bot.knowledge.entities import Named, Names
from bot.knowledge.records import Agreement, Entry
from bot.knowledge.search import Finding, Index, Subject, of_entry
from bot.knowledge.semantic.meanings import Meanings
from bot.knowledge.synonyms import Synonyms


@dataclass(frozen=True)
class Asked:
    """One enquiry on one day. `left_over` are the words with a subject of their own that no fact accounts for."""

    text: str
    on: date
    stems: tuple[str, ...]
    named: Named
    agreements: tuple[Agreement, ...]
    facet: Facet | None
    left_over: tuple[str, ...]
    finding: Finding
    band: Band
    entries: tuple[Entry, ...]

    @property
    def best(self) -> Entry | None:
        """The entry that the search puts first, when it puts an entry first."""
        return self.entries[0] if self.entries and self.finding.matches[0].kind == "entry" else None

    @property
    def fitting(self) -> Entry | None:
        """The best entry, when it can be trusted and is not about other agreements than those named."""
        if not self.best or self.band is not Band.ANSWER:
            return None
        named, about = {each.reference for each in self.agreements}, set(self.best.agreements)
        return None if named and about and not named & about else self.best


class Reader:
    """Reads enquiries against one base."""

    def __init__(
        self, base: KnowledgeBase, model: Model | None, meanings: Meanings | None, index_file: Path | None
    ) -> None:
        """Without a `model`, the shipped one for the signals there are."""
        self._base = base
        self._model = model or shipped(with_meaning=meanings is not None)
        self.names = Names(base.agreements.values())
        self.index = Index([*_subjects(base)], Synonyms(base.terms), meanings, index_file)

    def read(self, text: str, on: date) -> Asked:
        """Everything that the rules need to know of an enquiry."""
        named, finding = self.names.find(text), self.index.find(text)
        stems = tuple(tokens.stem(word) for word in tokens.words(text) if word not in tokens.STOPPED | named.used)
        facet = self._base.asking.facet(stems, text)
        left_over = self._base.asking.left_over(_without_lots(stems, named), facet)
        return Asked(
            text=text,
            on=on,
            stems=stems,
            named=named,
            agreements=tuple(self._base.agreements[reference] for reference in named.agreements),
            facet=facet,
            left_over=tuple(left_over),
            finding=finding,
            band=self._model.band(finding),
            entries=tuple(self._base.entries[match.name] for match in finding.matches if match.kind == "entry"),
        )


def _subjects(base: KnowledgeBase) -> Iterator[Subject]:
    """Everything that may be asked about: what entries answer, what is known not to be here, what is not ours."""
    yield from map(of_entry, base.entries.values())
    for gap in base.gaps.values():
        yield Subject("gap", gap.subject, gap.asked)
    for kind, asked in base.asking.refused_as.items():
        if asked:
            yield Subject("refusal", kind, asked)


def _without_lots(stems: tuple[str, ...], named: Named) -> list[str]:
    return [stem for stem in stems if stem not in named.lots and not (named.lots and stem == "lot")]
