"""Which entries match an enquiry: three lexical signals, mixed.

Each entry is indexed as passages (its question, each variant, question with body) and as a whole. The score is 0.2 best
passage and 0.4 whole entry (BM25, k1 1.2, b 0.75), and 0.4 character trigrams (cosine), each over its own best;
`docs/decisions/0004-finding.md` has the measurements. Standard library only: it answers in a millisecond or two for
hundreds of entries.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge import tokens
from bot.knowledge.records import Entry
from bot.knowledge.synonyms import Expansion, Synonyms

if TYPE_CHECKING:  # numpy is needed only where the model is installed
    from bot.knowledge.semantic.meanings import Meanings

K1, B = 1.2, 0.75
SHARES = (0.2, 0.4, 0.4)
MEANING = 0.5  # the share of meaning where the model is installed
Postings = Mapping[str, Sequence[tuple[int, float]]]


@dataclass(frozen=True)
class Match:
    """An entry found: `score` orders the matches of one enquiry (0 to 1); the rest feeds the confidence."""

    slug: str
    score: float
    passage: float  # BM25 of the best passage over what a perfect passage would score, 0 to 1
    likeness: float  # cosine of character trigrams with the best passage, 0 to 1
    coverage: float  # share of the enquiry's words, weighted by rarity, that the whole entry holds
    meaning: float = 0.0  # cosine of meanings with the best passage; 0 without the model


@dataclass(frozen=True)
class Finding:
    """All that a search tells: matches, best first, how many different words were looked for, and the echo.

    The *echo* is coverage the other way: the best share of one of the first entry's questions that the enquiry holds.
    """

    matches: tuple[Match, ...]
    terms: int
    echo: float


class Ranks:
    """BM25 postings over one list of texts."""

    def __init__(self, texts: Sequence[list[str]]) -> None:
        counts = [Counter(text) for text in texts]
        appears = Counter(term for count in counts for term in count)
        mean = sum(map(len, texts)) / max(len(texts), 1) or 1.0
        self.rarity = {term: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for term, n in appears.items()}
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, count in enumerate(counts):
            norm = K1 * (1 - B + B * len(texts[at]) / mean)
            for term, n in count.items():
                postings[term].append((at, self.rarity[term] * n * (K1 + 1) / (n + norm)))
        self.postings: Postings = postings

    def scores(self, weights: Mapping[str, float]) -> dict[int, float]:
        """The score of every text that holds any of the terms; `weights` says how much each term counts."""
        total: dict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            for at, score in self.postings.get(term, ()):
                total[at] += weight * score
        return total


class Shapes:
    """Trigram postings over one list of texts, for the cosine."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(tokens.trigrams(text)) for text in texts]
        appears = Counter(piece for count in counts for piece in count)
        self.rarity = {piece: math.log(1 + len(texts) / n) for piece, n in appears.items()}
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, count in enumerate(counts):
            for piece, weight in self._unit(count).items():
                postings[piece].append((at, weight))
        self.postings: Postings = postings

    def _unit(self, count: Mapping[str, int]) -> dict[str, float]:
        rarest = max(self.rarity.values(), default=1.0)
        raw = {piece: (1 + math.log(n)) * self.rarity.get(piece, rarest) for piece, n in count.items()}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {piece: weight / length for piece, weight in raw.items()}

    def cosines(self, text: str) -> dict[int, float]:
        """The cosine of `text` with every indexed text that shares a piece with it."""
        total: dict[int, float] = defaultdict(float)
        for piece, weight in self._unit(Counter(tokens.trigrams(text))).items():
            for at, other in self.postings.get(piece, ()):
                total[at] += weight * other
        return total


class Index:
    """Everything needed to find entries; built once from a base."""

    def __init__(self, entries: Iterable[Entry], synonyms: Synonyms, meanings: Meanings | None = None) -> None:
        """With `meanings`, what passages mean counts for half."""
        self._synonyms = synonyms
        self._meanings = meanings
        self._slugs: list[str] = []
        self._owner: list[int] = []
        self._questions: list[list[frozenset[str]]] = []
        passages: list[str] = []
        wholes: list[str] = []
        for entry in entries:
            texts = [entry.question, *entry.variants, f"{entry.question} {entry.body}"]
            self._owner += [len(self._slugs)] * len(texts)
            self._slugs.append(entry.slug)
            passages += texts
            self._questions.append([frozenset(tokens.stems(text)) for text in texts[:-1]])
            wholes.append(" ".join([*texts[:-1], entry.body]))
        self._passages = Ranks([tokens.stems(text) for text in passages])
        self._wholes = Ranks([tokens.stems(text) for text in wholes])
        self._shapes = Shapes(passages)
        self._rows = meanings.of(passages) if meanings else None
        self._vocabulary = [frozenset(tokens.stems(text)) for text in wholes]
        self._rarest = max(self._wholes.rarity.values(), default=1.0)

    def find(self, enquiry: str, keep: int = 8) -> Finding:
        """The best `keep` entries for an enquiry."""
        expansion = self._synonyms.expand(enquiry)
        weights = expansion.weights
        asked = frozenset(term for term, weight in weights.items() if weight == 1)
        passage = self._best(self._passages.scores(weights))
        whole = self._wholes.scores(weights)
        likeness = self._best(self._shapes.cosines(enquiry))
        meaning = self._meaning(enquiry)
        mixed = _mix(zip(SHARES, (passage, whole, likeness), strict=True))
        if meaning:
            mixed = _mix([(1 - MEANING, mixed), (MEANING, meaning)])
        ranked = sorted(mixed, key=lambda at: (-mixed[at], at))[:keep]
        perfect = sum(w * self._passages.rarity.get(t, 0.0) * (K1 + 1) / (1 + K1 * 0.6) for t, w in weights.items())
        matches = tuple(
            Match(
                slug=self._slugs[at],
                score=mixed[at],
                passage=min(1.0, passage.get(at, 0.0) / (perfect or 1.0)),
                likeness=likeness.get(at, 0.0),
                coverage=self._share(asked, self._vocabulary[at], expansion),
                meaning=meaning.get(at, 0.0),
            )
            for at in ranked
        )
        asked_as = self._questions[ranked[0]] if ranked else []
        echo = max((self._share(question, asked, expansion) for question in asked_as), default=0.0)
        return Finding(matches, len(asked), echo)

    def _meaning(self, enquiry: str) -> dict[int, float]:
        """Each entry's best cosine by meaning; nothing without the model."""
        if self._meanings is None or self._rows is None:
            return {}
        return self._best(dict(enumerate(self._meanings.likeness(enquiry, self._rows))))

    def _best(self, scores: Mapping[int, float]) -> dict[int, float]:
        """The score of each entry's best passage."""
        best: dict[int, float] = {}
        for at, score in scores.items():
            owner = self._owner[at]
            if score > best.get(owner, 0.0):
                best[owner] = score
        return best

    def _share(self, wanted: frozenset[str], held: frozenset[str], expansion: Expansion) -> float:
        """The share of the wanted stems, weighted by rarity, that are held as they are or in other words."""
        rarity = {term: self._wholes.rarity.get(term, self._rarest) for term in wanted}
        found = sum(weight for term, weight in rarity.items() if term in held or _otherwise(term, held, expansion))
        return found / (sum(rarity.values()) or 1.0)


def _otherwise(term: str, held: frozenset[str], expansion: Expansion) -> bool:
    return any(held.issuperset(phrase) for phrase in expansion.instead.get(term, ()))


def _mix(signals: Iterable[tuple[float, Mapping[int, float]]]) -> dict[int, float]:
    """The sum of the signals by their shares, each over its own best score."""
    total: dict[int, float] = defaultdict(float)
    for share, signal in signals:
        top = max(signal.values(), default=0.0) or 1.0
        for at, score in signal.items():
            total[at] += share * score / top
    return total
