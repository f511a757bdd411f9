"""Which subjects an enquiry is about: how likely its words, and the shapes of its words, are for each.

Two naive Bayes models, over stems and over character trigrams, learn from everything that is known to ask about a
subject: an entry's question, variants and body; the ways of asking for what is not here; messages that are not for us.
`docs/decisions/0004-finding.md` has the measurements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, compress
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.knowledge import tokens
from bot.knowledge.discriminant import Discriminant
from bot.knowledge.learning import learnt
from bot.knowledge.records import Entry
from bot.knowledge.semantic.meanings import Meanings
from bot.knowledge.spelling import Spelling
from bot.knowledge.synonyms import Expansion, Synonyms

SHAPES = 0.7  # what trigrams count for beside stems
MEANING = 0.1  # what the discriminant of meanings counts for beside them, where the model is installed
LIKEST = 3  # texts

Floats = NDArray[np.floating]
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

    def __init__(
        self,
        subjects: Sequence[Subject],
        synonyms: Synonyms,
        meanings: Meanings | None = None,
        file: Path | None = None,
    ) -> None:
        """With `meanings`, what texts mean counts too; with a `file`, what is learnt is kept there for next time."""
        self._subjects = tuple(subjects)
        self._entries = np.array([each.kind == "entry" for each in subjects], dtype=bool)
        self._synonyms = synonyms
        self._meanings = meanings
        texts_of = [_texts(each) for each in subjects]
        texts, many = list(chain.from_iterable(texts_of)), list(map(len, texts_of))
        subject_of = np.repeat(np.arange(len(subjects)), many)
        self._places = [range(end - length, end) for length, end in zip(many, accumulate(many), strict=True)]
        self._learnt = learnt(texts, subject_of, file)
        self._rows = meanings.of(texts) if meanings else None
        self._meaning = Discriminant(self._rows, subject_of, len(subjects)) if self._rows is not None else None

    @cached_property
    def _spelling(self) -> Spelling:
        """Made when it is first needed, so that a start does not wait for it."""
        return Spelling(self._learnt.known)

    def exactly(self, enquiry: str) -> Subject | None:
        """The subject that is asked for in just these words."""
        at = self._learnt.exact.get(tokens.plain(enquiry))
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
        holding = self._held(best, asked, expansion)
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
            echo=self._echo(best[0], asked),
            **self._margins(scores),
            **(self._meant(vector, best[0]) if vector is not None else {}),
        )

    def _scores(self, expansion: Expansion, shape: frozenset[str], vector: Floats | None) -> Floats | None:
        """The logarithm of each subject's likelihood, but for a constant; None when no text holds any of the words."""
        stems, trigrams = self._learnt.stems, self._learnt.trigrams
        known = {stems[stem]: weight for stem, weight in expansion.weights.items() if stem in stems}
        if not known:
            return None
        pieces = {trigrams[each]: 1.0 for each in shape if each in trigrams}
        scores: Floats = self._learnt.by_stem.scores(known) + SHAPES * self._learnt.by_trigram.scores(pieces)
        if self._meaning and vector is not None:
            return scores + MEANING * self._meaning.scores(vector)
        return scores

    def _meant(self, vector: Floats, at: int) -> dict[str, float]:
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
        known = _known(shape, self._learnt.trigrams)
        near = self._learnt.by_trigram.cosines(known, len(shape) - len(known), self._places[at])
        return float(np.sort(near)[-LIKEST:].mean())

    def _held(self, best: Sequence[int], asked: frozenset[str], expansion: Expansion) -> dict[int, frozenset[str]]:
        """The stems of the enquiry, and of other words for it, that the texts of each of the best hold."""
        stems = self._learnt.stems
        relevant = [stem for stem in asked.union(*chain.from_iterable(expansion.instead.values())) if stem in stems]
        holding = np.array([self._learnt.by_stem.holding(stems[stem], np.array(best)) for stem in relevant])
        return {at: frozenset(compress(relevant, column)) for at, column in zip(best, holding.T, strict=True)}

    def _echo(self, at: int, asked: frozenset[str]) -> float:
        """The best share of one of a subject's ways of asking that the enquiry holds."""
        ways = self._places[at][: len(self._subjects[at].asked)]
        return float(self._learnt.by_stem.shares(_known(asked, self._learnt.stems), ways).max(initial=0.0))

    def _share(self, wanted: frozenset[str], held: frozenset[str], expansion: Expansion) -> float:
        """The share of the wanted stems, weighted by rarity, that are held as they are or in other words."""
        stems, rarity, rarest = self._learnt.stems, self._learnt.by_stem.rarity, self._learnt.by_stem.rarest
        weights = {stem: float(rarity[stems[stem]]) if stem in stems else rarest for stem in wanted}
        found = sum(weight for stem, weight in weights.items() if _holds(held, stem, expansion))
        return found / (sum(weights.values()) or 1.0)


def of_entry(entry: Entry) -> Subject:
    """An entry as a subject: its question, its variants, its body."""
    return Subject("entry", entry.slug, (entry.question, *entry.variants), entry.body)


def _texts(subject: Subject) -> tuple[str, ...]:
    """The ways of asking, and the first of them with the body."""
    return (*subject.asked, f"{subject.asked[0]} {subject.body}") if subject.body else subject.asked


def _known(some: Iterable[str], numbers: Mapping[str, int]) -> list[int]:
    """The numbers of those that have one."""
    return [numbers[each] for each in some if each in numbers]


def _holds(held: frozenset[str], term: str, expansion: Expansion) -> bool:
    """Whether a stem is among those held, as it is or in other words."""
    return term in held or any(held.issuperset(phrase) for phrase in expansion.instead.get(term, ()))


def _best(scores: Floats, most: int) -> list[int]:
    """The places of the best scores, best first, and of equals the first."""
    some = np.argpartition(-scores, min(most, len(scores)) - 1)[:most]
    return sorted(some.tolist(), key=lambda at: (-scores[at], at))
