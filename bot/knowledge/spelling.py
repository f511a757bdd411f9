"""Words that are nearly ones we know: "framewrok" is read as "framework".

The nearest word shares most pairs of letters with the one typed, borders included (Dice's coefficient; K. Kukich, 1992,
Techniques for automatically correcting words in text, section 2.2.3). Only a word that stands nowhere in the content is
mended: short words, and those with digits, are names and stay.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain

from bot.knowledge import tokens

NEAR = 0.65  # of the pairs of letters: "wiks" and "wicks" share 0.73, "trming" and "trimming" 0.75
SHORTEST = 4  # letters


class Spelling:
    """Knows words, and mends others."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = {word: len(_pairs(word)) for word in set(words)}
        self._holding: dict[str, list[str]] = defaultdict(list)
        for word in sorted(word for word in self._known if _is_mendable(word)):
            for pair in _pairs(word):
                self._holding[pair].append(word)

    def mend(self, text: str) -> str:
        """A text with unknown words replaced by the nearest known one, where there is one near enough."""
        mended = text
        for word in dict.fromkeys(tokens.words(text)):
            if word not in self._known and _is_mendable(word) and (other := self._nearest(word)):
                mended = re.sub(rf"\b{re.escape(word)}\b", other, mended, flags=re.IGNORECASE)
        return mended

    def _nearest(self, word: str) -> str:
        pairs = _pairs(word)
        shared = Counter(chain.from_iterable(self._holding.get(pair, ()) for pair in pairs))
        least = len(pairs) * NEAR / (2 - NEAR)  # pairs without which the likeness cannot reach NEAR
        likely = [other for other, number in shared.items() if number >= least]
        best = max(likely, key=lambda other: (self._likeness(other, shared, pairs), other), default="")
        return best if best and self._likeness(best, shared, pairs) >= NEAR else ""

    def _likeness(self, other: str, shared: Counter[str], pairs: frozenset[str]) -> float:
        return 2 * shared[other] / (len(pairs) + self._known[other])


def _is_mendable(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _pairs(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))
