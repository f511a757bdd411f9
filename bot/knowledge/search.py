"""Which entries match an enquiry: found by their words, then ordered by their words and by the shapes of their words.

The 32 entries with the best BM25 over the whole entry (k1 1.2, b 0.75) are looked at more closely: how much do their
three likest passages (question, variants, question with body) share with the enquiry in character trigrams? The score
is 0.6 words and 0.4 shapes, each over its own best. `docs/decisions/0004-finding.md` has the measurements, on which the
shares rest too. Standard library only: the work for one enquiry hardly grows with the number of entries.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from bot.knowledge import tokens
from bot.knowledge.records import Entry
from bot.knowledge.spelling import Spelling
from bot.knowledge.synonyms import Expansion, Synonyms

if TYPE_CHECKING:  # numpy is needed only where the model is installed
    from bot.knowledge.semantic.meanings import Meanings

K1, B = 1.2, 0.75
WORDS, SHAPES = 0.6, 0.4  # shares of the score
MEANING = 0.5  # the share of meaning where the model is installed
CANDIDATES = 32  # on the golden sets the right entry was always among them
CROWD = 400  # entries; above it, commoner words only add to entries that rarer words found
LIKEST = 3  # passages
LONGEST = 32  # different stems of an enquiry that are looked for, the rarest first


@dataclass(frozen=True)
class Match:
    """An entry found: `score` orders the matches of one enquiry (0 to 1); the rest feeds the confidence."""

    slug: str
    score: float
    likeness: float  # cosine of character trigrams with the likest passage, 0 to 1
    kinship: float  # the same, mean of the three likest passages
    coverage: float  # share of the enquiry's words, weighted by rarity, that the whole entry holds
    held: float  # how many different words of the enquiry those are
    meaning: float = 0.0  # cosine of meanings with the best passage; 0 without the model


@dataclass(frozen=True)
class Finding:
    """All that a search tells: matches, best first, and the echo.

    The *echo* is coverage the other way: the best share of one of the first entry's questions that the enquiry holds.
    """

    matches: tuple[Match, ...]
    echo: float


class Ranks:
    """BM25 over one list of texts (S. Robertson and H. Zaragoza, 2009, The Probabilistic Relevance Framework)."""

    def __init__(self, texts: Sequence[list[str]]) -> None:
        counts = [Counter(text) for text in texts]
        appears = Counter(term for count in counts for term in count)
        mean = sum(map(len, texts)) / max(len(texts), 1) or 1.0
        self.rarity = {term: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for term, n in appears.items()}
        self.rarest = max(self.rarity.values(), default=1.0)
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        for at, count in enumerate(counts):
            norm = K1 * (1 - B + B * len(texts[at]) / mean)
            for term, n in count.items():
                self._postings[term][at] = self.rarity[term] * n * (K1 + 1) / (n + norm)
        self._highest = {term: max(posting.values()) for term, posting in self._postings.items()}

    def scores(self, weights: Mapping[str, float]) -> dict[int, float]:
        """The score of every text that holds a term, each counting as `weights` says; of many, only the best are sure.

        The rarest terms come first, and when they have found a crowd, the others find nobody new (the "continue"
        strategy of A. Moffat and J. Zobel, 1996, Self-indexing inverted files for fast text retrieval). Before a term
        that many texts hold, those are left that can no longer be candidates, whatever is still to come (H. Turtle and
        J. Flood, 1995, Query evaluation: strategies and optimizations).
        """
        total: dict[int, float] = {}
        known = [term for term in weights if term in self._postings]
        rarest_first = sorted(known, key=lambda term: -self.rarity[term])[:LONGEST]
        full = False
        for place, term in enumerate(rarest_first):
            posting = self._postings[term]
            if len(posting) > CROWD and len(total) >= CANDIDATES:
                to_come = sum(weights[each] * self._highest[each] for each in rarest_first[place:])
                if (least := min(heapq.nlargest(CANDIDATES, total.values())) - to_come) > 0:
                    total, full = {at: score for at, score in total.items() if score >= least}, True
            _add(total, posting, weights[term], new=not full and len(total) < CROWD)
        return total

    def held(self, at: int, terms: Iterable[str]) -> frozenset[str]:
        """Those of the terms that text `at` holds."""
        return frozenset(term for term in terms if at in self._postings.get(term, ()))


class Shapes:
    """Texts, given as words, as trigrams for the cosine; a trigram weighs as much as it is rare.

    Trigrams are kept as tuples of numbers: sets take eight times the memory.
    """

    def __init__(self, texts: Sequence[list[str]]) -> None:
        self._number: dict[str, int] = defaultdict(itertools.count().__next__)
        self._shapes = [tuple(map(self._number.__getitem__, tokens.trigrams(text))) for text in texts]
        appears = Counter(chain.from_iterable(self._shapes))
        self._weights = [math.log(1 + len(texts) / appears[number]) ** 2 for number in range(len(appears))]
        self._rarest = max(self._weights, default=1.0)
        self._lengths = [math.sqrt(sum(map(self._weights.__getitem__, shape))) or 1.0 for shape in self._shapes]

    def of(self, text: str) -> tuple[dict[int, float], float]:
        """The weights of a text's known trigrams by their numbers, and the length of its vector."""
        pieces = tokens.trigrams(tokens.words(text))
        known = {self._number[piece]: self._weights[self._number[piece]] for piece in pieces if piece in self._number}
        return known, math.sqrt(sum(known.values()) + self._rarest * (len(pieces) - len(known))) or 1.0

    def cosine(self, shape: tuple[dict[int, float], float], at: int) -> float:
        """The cosine of a shape with that of text `at`."""
        weights, length = shape
        shared = weights.keys() & self._shapes[at]
        return sum(map(weights.__getitem__, shared)) / (self._lengths[at] * length)


class Index:
    """Everything needed to find entries; built once from a base."""

    def __init__(self, entries: Iterable[Entry], synonyms: Synonyms, meanings: Meanings | None = None) -> None:
        """With `meanings`, what passages mean counts for half."""
        self._synonyms = synonyms
        self._meanings = meanings
        self._slugs: list[str] = []
        self._places: list[range] = []  # of each entry's passages
        self._questions: list[list[str]] = []
        passages: list[str] = []
        worded: list[list[str]] = []
        wholes: list[list[str]] = []
        once: dict[str, str] = {}  # so that a word that stands in many texts is held once

        def one_of_each(text: str) -> list[str]:
            return [once.setdefault(word, word) for word in tokens.words(text)]

        for entry in entries:
            texts = [entry.question, *entry.variants]
            asked, body = [one_of_each(text) for text in texts], one_of_each(entry.body)
            self._slugs.append(entry.slug)
            self._places.append(range(len(passages), len(passages) + len(texts) + 1))
            self._questions.append(texts)
            passages += [*texts, f"{entry.question} {entry.body}"]
            worded += [*asked, asked[0] + body]
            wholes.append(tokens.stemmed(chain(*asked, body)))
        self._ranks = Ranks(wholes)
        self._shapes = Shapes(worded)
        self._spelling = Spelling(once)
        self._rows = meanings.of(passages) if meanings else None

    def find(self, enquiry: str, keep: int = 8) -> Finding:
        """The best `keep` entries for an enquiry."""
        spelt = self._spelling.mend(enquiry)
        expansion = self._synonyms.expand(spelt)
        asked = frozenset(term for term, weight in expansion.weights.items() if weight == 1)
        words, meaning = self._ranks.scores(expansion.weights), self._meaning(enquiry)
        likest = self._likest(spelt, {*_best(words, CANDIDATES), *_best(meaning, CANDIDATES)})
        mixed = _mix([(WORDS, words), (SHAPES, {at: _mean(three) for at, three in likest.items()})], likest)
        if meaning:
            mixed = _mix([(1 - MEANING, mixed), (MEANING, meaning)], likest)
        ranked = _best(mixed, keep)
        relevant = asked.union(*chain.from_iterable(expansion.instead.values()))
        holding = {at: self._ranks.held(at, relevant) for at in ranked}
        matches = tuple(
            Match(
                slug=self._slugs[at],
                score=mixed[at],
                likeness=likest[at][0],
                kinship=_mean(likest[at]),
                coverage=self._share(asked, holding[at], expansion),
                held=sum(_holds(holding[at], term, expansion) for term in asked),
                meaning=meaning.get(at, 0.0),
            )
            for at in ranked
        )
        asked_as = [frozenset(tokens.stems(text)) for at in ranked[:1] for text in self._questions[at]]
        echo = max((self._share(question, asked, expansion) for question in asked_as), default=0.0)
        return Finding(matches, echo)

    def _likest(self, text: str, entries: Iterable[int]) -> dict[int, list[float]]:
        """Of each entry, the cosines of its three likest passages, best first."""
        shape, cosine = self._shapes.of(text), self._shapes.cosine
        return {
            at: sorted([cosine(shape, passage) for passage in self._places[at]], reverse=True)[:LIKEST]
            for at in entries
        }

    def _meaning(self, enquiry: str) -> dict[int, float]:
        """Each entry's best cosine by meaning; nothing without the model."""
        if self._meanings is None or self._rows is None or not tokens.words(enquiry):
            return {}
        near = self._meanings.likeness(enquiry, self._rows)
        return {at: max(near[place.start : place.stop]) for at, place in enumerate(self._places)}

    def _share(self, wanted: frozenset[str], held: frozenset[str], expansion: Expansion) -> float:
        """The share of the wanted stems, weighted by rarity, that are held as they are or in other words."""
        rarity = {term: self._ranks.rarity.get(term, self._ranks.rarest) for term in wanted}
        found = sum(weight for term, weight in rarity.items() if _holds(held, term, expansion))
        return found / (sum(rarity.values()) or 1.0)


def _holds(held: frozenset[str], term: str, expansion: Expansion) -> bool:
    """Whether a stem is among those held, as it is or in other words."""
    return term in held or any(held.issuperset(phrase) for phrase in expansion.instead.get(term, ()))


def _best(scores: Mapping[int, float], most: int) -> list[int]:
    """The places of the best scores, best first, and of equals the first; only what may be among them is sorted."""
    least = min(heapq.nlargest(most, scores.values()), default=0.0)
    return sorted((at for at, score in scores.items() if score >= least), key=lambda at: (-scores[at], at))[:most]


def _add(total: dict[int, float], posting: Mapping[int, float], weight: float, *, new: bool) -> None:
    """Add a term's scores; to texts that are there already, unless `new`."""
    if new:
        for at, score in posting.items():
            total[at] = total.get(at, 0.0) + weight * score
        return
    fewer, other = (total, posting) if len(total) < len(posting) else (posting, total)
    for at in fewer:
        if at in other:
            total[at] += weight * posting[at]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _mix(signals: Iterable[tuple[float, Mapping[int, float]]], among: Iterable[int]) -> dict[int, float]:
    """The sum of the signals by their shares, each over its own best score."""
    total = dict.fromkeys(among, 0.0)
    for share, signal in signals:
        top = max(signal.values(), default=0.0) or 1.0
        for at in total:
            total[at] += share * signal.get(at, 0.0) / top
    return total
