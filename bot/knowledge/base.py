"""The curated base in memory: loaded once, whole, never changed. A new reading is a new base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.knowledge import asking, reading, words
from bot.knowledge.asking import Asking
from bot.knowledge.faults import Fault, line_of, line_with
from bot.knowledge.records import Agreement, Curator, Entry, Gap, Term
from bot.knowledge.words import Words


@dataclass(frozen=True)
class KnowledgeBase:
    """Agreements by reference, entries by slug, gaps by subject, terms in the glossary's order, curators by slug."""

    agreements: Mapping[str, Agreement]
    entries: Mapping[str, Entry]
    gaps: Mapping[str, Gap]
    terms: tuple[Term, ...]
    curators: Mapping[str, Curator]
    words: Words
    asking: Asking

    def curator_name(self, slug: str) -> str:
        """The name of a curator role in words; the slug itself when the role is not described."""
        found = self.curators.get(slug)
        return found.name if found else slug

    def family(self, slug: str) -> list[Agreement]:
        """The agreements of one family, newest iteration first."""
        members = [agreement for agreement in self.agreements.values() if agreement.family == slug]
        return sorted(members, key=lambda member: member.iteration or 0, reverse=True)


def load(folder: Path) -> tuple[KnowledgeBase, list[Fault]]:
    """Read the content folder: the base of every sound record, and every fault found in the rest.

    A record with a fault is left out rather than half-read, so one broken file never silences the others.
    Raises ContentError when the sentences or the phrases of the bot itself cannot be read.
    """
    faults: list[Fault] = []
    agreements, entries = reading.agreements(folder, faults), reading.entries(folder, faults)
    gaps = reading.gaps(folder, faults)
    terms, curators = reading.terms(folder, faults), reading.curators(folder, faults)
    faults += _repeated(agreements, entries, gaps)
    base = KnowledgeBase(
        agreements=MappingProxyType({agreement.reference: agreement for _, agreement in agreements}),
        entries=MappingProxyType({entry.slug: entry for _, entry in entries}),
        gaps=MappingProxyType({gap.subject: gap for _, gap in gaps}),
        terms=tuple(term for _, term in terms),
        curators=MappingProxyType({curator.slug: curator for curator in curators}),
        words=words.load(folder, faults),
        asking=asking.load(folder),
    )
    faults += _dangling(base, agreements, entries, terms, folder)
    faults += _dangling_gaps(base, gaps)
    return base, sorted(faults)


def _repeated(
    agreements: list[tuple[Path, Agreement]], entries: list[tuple[Path, Entry]], gaps: list[tuple[Path, Gap]]
) -> Iterator[Fault]:
    """Two records that claim one name: the later of the two is at fault."""
    seen: dict[str, Path] = {}
    named = [(path, agreement.reference, "reference") for path, agreement in agreements]
    named += [(path, entry.slug, "file name") for path, entry in entries]
    named += [(path, gap.subject, "subject") for path, gap in gaps]
    for path, name, what in named:
        if name in seen:
            yield Fault(path, 1, f"the {what} {name} is already taken by {seen[name]}; give this one another")
        seen[name] = path


def _dangling(
    base: KnowledgeBase,
    agreements: list[tuple[Path, Agreement]],
    entries: list[tuple[Path, Entry]],
    terms: list[tuple[int, Term]],
    folder: Path,
) -> Iterator[Fault]:
    """References to records that do not exist."""
    for path, agreement in agreements:
        yield from _absent_curator(base, path, agreement.curator)
    for path, entry in entries:
        yield from _absent_curator(base, path, entry.curator)
        for name in entry.agreements:
            if name not in base.agreements:
                yield _fault_at(path, "agreements", f"agreements: {name} is not in content/agreements; add it there")
        for slug in entry.related:
            if slug not in base.entries:
                yield _fault_at(path, "related", f"related: there is no entry {slug}; take it out or correct it")
    for line, term in terms:
        if term.curator not in base.curators:
            yield Fault(folder / "glossary.csv", line, f"curator {term.curator} is not in content/curators.toml")


def _dangling_gaps(base: KnowledgeBase, gaps: list[tuple[Path, Gap]]) -> Iterator[Fault]:
    for path, gap in gaps:
        for slug in gap.near:
            if slug not in base.entries:
                yield _fault_near(path, gap.subject, f"near: there is no entry {slug}; take it out or correct it")
        if gap.curator not in base.curators:
            yield _fault_near(path, gap.subject, f"curator {gap.curator} is not in content/curators.toml; add it")


def _fault_near(path: Path, words: str, problem: str) -> Fault:
    """A fault on the line where the words stand."""
    return Fault(path, line_with(path.read_text(encoding="utf-8"), words), f"{words}: {problem}")


def _absent_curator(base: KnowledgeBase, path: Path, slug: str) -> Iterator[Fault]:
    if slug not in base.curators:
        yield _fault_at(path, "curator", f"curator {slug} is not in content/curators.toml; add it or name another")


def _fault_at(path: Path, key: str, problem: str) -> Fault:
    return Fault(path, line_of(path.read_text(encoding="utf-8"), (key,)), problem)
