"""Which subjects an enquiry is about: how likely its words, and the shapes of its words, are for each.

Two naive Bayes models, over stems and over character trigrams, learn from everything that is known to ask about a
subject: an entry's question, variants and body; the ways of asking for what is not here; messages that are not for us.
`docs/decisions/0004-finding.md` has the measurements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import Literal

import numpy as np

from bot.knowledge import tokens
from bot.knowledge.discriminant import Discriminant
from bot.knowledge.likelihood import Floats, Likelihood, Numbers, pairs
from bot.knowledge.records import Entry
from bot.knowledge.semantic.encoder import Floats as Vector
from bot.knowledge.semantic.meanings import Meanings
from bot.knowledge.spelling import Spelling
from bot.knowledge.synonyms import Expansion, Synonyms

SHAPES = 0.7  # what trigrams count for beside stems
MEANING = 0.1  # what the discriminant of meanings counts for beside them, where the model is installed
LIKEST = 3  # texts

Kind = Literal["entry", "gap", "refusal"]


@dataclass(frozen=True)
class Subject:
    """What may be asked about: its kind and name, the ways of asking, and what is said about it."""

    kind: Kind
    name: str
    asked: tuple[str, ...]
    body: str = ""


@dataclass(frozen=True)
class Match:
    """A subject found. `belief` is its share of all belief, 0 to 1."""

    kind: Kind
    name: str
    belief: float
    coverage: float  # share of the enquiry's words, weighted by rarity, that its texts hold


@dataclass(frozen=True)
class Finding:
    """All that a search tells: matches, best first, and how plainly the best of them fits.

    Margins are between logarithms of likelihoods, from 0 to about 10; the *echo* is coverage the other way.
    """

    matches: tuple[Match, ...] = ()
    kinship: float = 0.0  # mean cosine of trigrams with the three likest texts of the best, 0 to 1
    held: int = 0  # how many different words of the enquiry the best one's texts hold
    echo: float = 0.0  # the best share of one of its ways of asking that the enquiry holds
    lead: float = 0.0  # before the middle of all subjects
    over_next: float = 0.0  # before the second best entry
    over_gap: float = 0.0  # of the best entry before the best that is no entry; below 0 when that one is first
    meant: float = 0.0  # by the model, where it is installed: mean cosine with the best one's three likest texts
    meant_next: float = 0.0  # how much nearer in meaning its likest text is than that of the next entry
    meant_gap: float = 0.0  # the same, than that of what is no entry


class Index:
    """Everything needed to find subjects; built once."""

    def __init__(self, subjects: Sequence[Subject], synonyms: Synonyms, meanings: Meanings | None = None) -> None:
        """With `meanings`, what texts mean counts too."""
        self._subjects = tuple(subjects)
        self._entries = np.array([each.kind == "entry" for each in subjects], dtype=bool)
        self._synonyms = synonyms
        self._meanings = meanings
        texts_of = [_texts(each) for each in subjects]
        texts, many = list(chain.from_iterable(texts_of)), list(map(len, texts_of))
        subject_of = np.repeat(np.arange(len(subjects)), many)
        self._places = [range(end - length, end) for length, end in zip(many, accumulate(many), strict=True)]
        worded = tokens.words_of_each(texts)
        self._exact = {" ".join(words): int(of) for words, of in zip(worded, subject_of, strict=True)}
        self._known = known = list(dict.fromkeys(chain.from_iterable(worded)))
        self._stems, stems_of = _features(known, _stem)
        self._trigrams, trigrams_of = _features(known, tokens.pieces)
        by_text, words = _numbered(worded, known)
        self._words = _likelihood(by_text, words, stems_of, subject_of, (len(self._stems), len(subjects)))
        self._shapes = _likelihood(by_text, words, trigrams_of, subject_of, (len(self._trigrams), len(subjects)))
        self._rows = meanings.of(texts) if meanings else None
        self._meaning = Discriminant(self._rows, subject_of, len(subjects)) if self._rows is not None else None

    @cached_property
    def _spelling(self) -> Spelling:
        """Made when it is first needed, so that a start does not wait for it."""
        return Spelling(self._known)

    def exactly(self, enquiry: str) -> Subject | None:
        """The subject that is asked for in just these words."""
        at = self._exact.get(tokens.plain(enquiry))
        return None if at is None else self._subjects[at]

    def find(self, enquiry: str, keep: int = 8) -> Finding:
        """The best `keep` subjects for an enquiry."""
        spelt = self._spelling.mend(enquiry)
        expansion = self._synonyms.expand(spelt)
        shape = tokens.trigrams(tokens.words(spelt))
        vector = self._meanings.vector(enquiry) if self._meanings else None
        scores = self._scores(expansion, shape, vector)
        if scores is None:
            return Finding()
        best = _best(scores, keep)
        belief = np.exp(scores - scores[best[0]])
        asked = frozenset(stem for stem, weight in expansion.weights.items() if weight == 1)
        holding = {at: self._held(at, asked, expansion) for at in best}
        matches = [
            Match(
                kind=self._subjects[at].kind,
                name=self._subjects[at].name,
                belief=float(belief[at] / belief.sum()),
                coverage=self._share(asked, holding[at], expansion),
            )
            for at in best
        ]
        return Finding(
            matches=tuple(matches),
            kinship=self._kinship(shape, best[0]),
            held=sum(_holds(holding[best[0]], stem, expansion) for stem in asked),
            echo=self._echo(self._subjects[best[0]], asked, expansion),
            **self._margins(scores),
            **(self._meant(vector, best[0]) if vector is not None else {}),
        )

    def _scores(self, expansion: Expansion, shape: frozenset[str], vector: Vector | None) -> Floats | None:
        """The logarithm of each subject's likelihood, but for a constant; None when no text holds any of the words."""
        known = {self._stems[stem]: weight for stem, weight in expansion.weights.items() if stem in self._stems}
        if not known:
            return None
        trigrams = {self._trigrams[each]: 1.0 for each in shape if each in self._trigrams}
        scores = self._words.scores(known) + SHAPES * self._shapes.scores(trigrams)
        if self._meaning and vector is not None:
            scores += MEANING * self._meaning.scores(vector)
        return scores

    def _meant(self, vector: Vector, at: int) -> dict[str, float]:
        near = self._rows @ vector if self._rows is not None else vector
        likest = np.maximum.reduceat(near, [place.start for place in self._places])
        mine, others = self._places[at], np.arange(len(likest)) != at
        return {
            "meant": float(np.sort(near[mine.start : mine.stop])[-LIKEST:].mean()),
            "meant_next": float(likest[at] - likest[self._entries & others].max(initial=0.0)),
            "meant_gap": float(likest[at] - likest[~self._entries & others].max(initial=0.0)),
        }

    def _margins(self, scores: Floats) -> dict[str, float]:
        entries, others = scores[self._entries], scores[~self._entries]
        if not len(entries):
            return {}
        two, middle = np.partition(entries, -min(2, len(entries)))[-2:], float(np.median(scores))
        first = float(two[-1])
        return {
            "lead": first - middle,
            "over_next": first - float(two[:-1].max(initial=middle)),
            "over_gap": first - float(others.max(initial=middle)),
        }

    def _kinship(self, shape: frozenset[str], at: int) -> float:
        known = [self._trigrams[each] for each in shape if each in self._trigrams]
        near = self._shapes.cosines(known, len(shape) - len(known), self._places[at])
        return float(np.sort(near)[-LIKEST:].mean())

    def _held(self, at: int, asked: frozenset[str], expansion: Expansion) -> frozenset[str]:
        """The stems of the enquiry, and of other words for it, that a subject's texts hold."""
        relevant = asked.union(*chain.from_iterable(expansion.instead.values()))
        known = {stem: self._stems[stem] for stem in relevant if stem in self._stems}
        return frozenset(stem for stem, number in known.items() if self._words.holds(at, number))

    def _echo(self, subject: Subject, asked: frozenset[str], expansion: Expansion) -> float:
        questions = [frozenset(tokens.stemmed(words)) for words in tokens.words_of_each(subject.asked)]
        return max((self._share(question, asked, expansion) for question in questions), default=0.0)

    def _share(self, wanted: frozenset[str], held: frozenset[str], expansion: Expansion) -> float:
        """The share of the wanted stems, weighted by rarity, that are held as they are or in other words."""
        rarity, rarest = self._words.rarity, self._words.rarest
        weights = {stem: float(rarity[self._stems[stem]]) if stem in self._stems else rarest for stem in wanted}
        found = sum(weight for stem, weight in weights.items() if _holds(held, stem, expansion))
        return found / (sum(weights.values()) or 1.0)


def of_entry(entry: Entry) -> Subject:
    """An entry as a subject: its question, its variants, its body."""
    return Subject("entry", entry.slug, (entry.question, *entry.variants), entry.body)


def _texts(subject: Subject) -> tuple[str, ...]:
    """The ways of asking, and the first of them with the body."""
    return (*subject.asked, f"{subject.asked[0]} {subject.body}") if subject.body else subject.asked


def _stem(word: str) -> Iterable[str]:
    return () if word in tokens.STOPPED else (tokens.stem(word),)


def _numbered(worded: Sequence[Sequence[str]], known: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Each word of each text as a pair of numbers: the text's, the word's."""
    number = {word: at for at, word in enumerate(known)}
    words = np.fromiter(map(number.__getitem__, chain.from_iterable(worded)), dtype=np.int32)
    return pairs(np.repeat(np.arange(len(worded), dtype=np.int32), list(map(len, worded))), words)


def _features(known: Iterable[str], of: Callable[[str], Iterable[str]]) -> tuple[dict[str, int], list[list[int]]]:
    """A number for each feature, and the features of each known word."""
    number: dict[str, int] = {}
    return number, [[number.setdefault(each, len(number)) for each in of(word)] for word in known]


def _likelihood(
    texts: Numbers, words: Numbers, features_of: Sequence[Sequence[int]], subject_of: Numbers, sizes: tuple[int, int]
) -> Likelihood:
    """From the words of each text to the features of its words, each feature once in a text."""
    many = np.array(list(map(len, features_of)), dtype=np.int32)
    flat = np.fromiter(chain.from_iterable(features_of), dtype=np.int32)
    starts = np.cumsum(many, dtype=np.int32) - many
    counts = many[words]
    shift = starts[words] - (np.cumsum(counts, dtype=np.int32) - counts)
    features = flat[np.repeat(shift, counts) + np.arange(counts.sum(), dtype=np.int32)]
    return Likelihood(*pairs(np.repeat(texts, counts), features), subject_of, sizes)


def _holds(held: frozenset[str], term: str, expansion: Expansion) -> bool:
    """Whether a stem is among those held, as it is or in other words."""
    return term in held or any(held.issuperset(phrase) for phrase in expansion.instead.get(term, ()))


def _best(scores: Floats, most: int) -> list[int]:
    """The places of the best scores, best first, and of equals the first."""
    some = np.argpartition(-scores, min(most, len(scores)) - 1)[:most]
    return sorted(some.tolist(), key=lambda at: (-scores[at], at))
