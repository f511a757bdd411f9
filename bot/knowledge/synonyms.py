"""Other words for the same thing, from the glossary: "vendor" finds "supplier", "ITT" finds "invitation to tender"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge import tokens
from bot.knowledge.records import Term

Phrase = tuple[str, ...]
WEIGHT = 0.5  # an asker's own word counts for one; ours for it counts for half


@dataclass(frozen=True)
class Expansion:
    """The stems of an enquiry with their weights; `instead` gives the phrases that may stand for a stem."""

    weights: Mapping[str, float]
    instead: Mapping[str, tuple[Phrase, ...]]


class Synonyms:
    """Groups of phrases that mean the same, looked up by any of them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._others: dict[Phrase, set[Phrase]] = defaultdict(set)
        for term in terms:
            group = {_phrase(text) for text in (term.term, term.stands_for, *term.also_called, term.formerly)}
            group.discard(())
            for phrase in group:
                self._others[phrase] |= group - {phrase}
        self._longest = max(map(len, self._others), default=0)

    def expand(self, enquiry: str) -> Expansion:
        """The enquiry's own stems, and at half weight those of other words for the same things."""
        own = tokens.stems(enquiry)
        weights = dict.fromkeys(own, 1.0)
        instead: dict[str, tuple[Phrase, ...]] = {}
        for phrase in self._phrases(own):
            others = tuple(sorted(self._others[phrase]))
            for stem in phrase:
                instead[stem] = instead.get(stem, ()) + others
            for other in others:
                for stem in other:
                    weights.setdefault(stem, WEIGHT)
        return Expansion(weights, instead)

    def _phrases(self, own: list[str]) -> list[Phrase]:
        found = []
        for start in range(len(own)):
            for length in range(min(self._longest, len(own) - start), 0, -1):
                phrase = tuple(own[start : start + length])
                if self._others.get(phrase):
                    found.append(phrase)
        return found


def _phrase(text: str) -> Phrase:
    return tuple(tokens.stems(text))
