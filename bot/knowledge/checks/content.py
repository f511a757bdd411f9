"""What every rule is given: the base, the day, the curators' own lists, and where in the files each thing stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from bot.knowledge import reading
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import Fault, line_of
from bot.knowledge.records import Agreement, Entry, Fact, Gap, Record, Term, Text
from bot.knowledge.replying import Replier


class Lint(Record):
    """`content/lint.toml`: the lists that curators keep for the rules."""

    relative_dates: tuple[Text, ...] = ()
    not_relative: tuple[Text, ...] = ()
    known_acronyms: tuple[Text, ...] = ()
    binding_sources: tuple[Text, ...] = ()
    binding_publishers: tuple[Text, ...] = ()
    references: Mapping[str, Text] = MappingProxyType({})
    meanings: Mapping[str, tuple[Text, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class Content:
    """A content folder on a day."""

    base: KnowledgeBase
    folder: Path
    on: date
    lint: Lint
    found: list[tuple[Entry, str, list[str]]] = field(default_factory=list)  # see questions.py
    _texts: dict[Path, str] = field(default_factory=dict)

    def path(self, entry: Entry) -> Path:
        return self.folder / "knowledge" / entry.topic / f"{entry.slug}.md"

    @property
    def glossary(self) -> Path:
        return self.folder / "glossary.csv"

    @cached_property
    def agreements(self) -> list[tuple[Path, Agreement]]:
        """Every agreement with its file."""
        return reading.agreements(self.folder, [])

    @cached_property
    def replier(self) -> Replier:
        """What replies from the base; learnt once for all rules."""
        return Replier(self.base)

    @cached_property
    def gaps(self) -> list[tuple[Path, Gap]]:
        """Every gap with its file."""
        return reading.gaps(self.folder, [])

    @cached_property
    def terms(self) -> list[tuple[int, Term]]:
        """Every term with its line in the glossary."""
        return reading.terms(self.folder, [])

    @cached_property
    def explained(self) -> frozenset[str]:
        """Every word of the glossary's terms and of what they stand for, in lower case."""
        named = (text for term in self.base.terms for text in (term.term, term.stands_for, *term.also_called))
        return frozenset(word for text in named for word in re.findall(r"[\w&-]+", text.lower()))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The words that need no explaining: of the glossary, of agreements' names, and those that curators list."""
        told = [text for term in self.base.terms for text in (term.term, *term.also_called, term.formerly)]
        for agreement in self.base.agreements.values():
            told += [agreement.name, agreement.reference, *agreement.also_called]
        return frozenset(re.findall(r"[\w&]+", " ".join([*told, *self.lint.references]))) | {*self.lint.known_acronyms}

    def at_key(self, path: Path, key: str, problem: str) -> Fault:
        """A fault at a key of a file's TOML."""
        return Fault(path, line_of(self._text(path), (key,)), problem)

    def at_words(self, path: Path, words: str, problem: str) -> Fault:
        """A fault where words stand in a file: the last place, because an answer stands below its head."""
        text = self._text(path)
        return Fault(path, text.count("\n", 0, max(text.rfind(words.split("\n")[0]), 0)) + 1, problem)

    def _text(self, path: Path) -> str:
        if path not in self._texts:
            self._texts[path] = path.read_text(encoding="utf-8-sig")
        return self._texts[path]


def prose_of(agreement: Agreement) -> list[tuple[Fact, str]]:
    """What an agreement says in sentences, each with its fact."""
    told = ((fact, getattr(fact, name, "")) for fact in agreement.facts().values() for name in ("text", "what", "note"))
    return [(fact, text) for fact, text in told if text]


def lint(folder: Path, faults: list[Fault]) -> Lint:
    """Read `lint.toml`; without it, or with a fault in it, the rules have no lists of the curators' own."""
    return reading.record(Lint, folder / "lint.toml", faults) or Lint()
