"""Sealed answers, added up: how many of a set of people gave which answer. Nothing here may be shown as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

from bot.people import Function
from bot.surveys.questions import NOT_APPLICABLE, Kind, Question
from bot.surveys.sealed import Sealed

FAVOURABLE = ("4", "5")  # agree and strongly agree
ALIKE = 25.0  # points between the lowest index and the highest: one step on the scale of every item


@dataclass(frozen=True)
class Tally:
    """What a set of people answered to one question: `n` of them gave an answer that counts.

    `counts` is by value in the question's order, without "not applicable". Where several values may be chosen it adds
    up to more than `n`.
    """

    kind: Kind
    n: int
    counts: Mapping[str, int]

    @property
    def favourable(self) -> int:
        """How many agree or strongly agree."""
        return sum(self.counts.get(value, 0) for value in FAVOURABLE)

    @property
    def alike(self) -> bool:
        """Whether at most one person stands apart, so that the figures would tell what almost each of them answered."""
        if self.kind is Kind.RATING:
            return min(self.favourable, self.n - self.favourable) <= 1
        return any(count >= self.n - 1 for count in self.counts.values())

    def plus(self, other: Tally) -> Tally:
        """Both sets of people, who must not overlap."""
        counts = {value: n + other.counts[value] for value, n in self.counts.items()}
        return Tally(self.kind, self.n + other.n, counts)


@dataclass(frozen=True)
class Scores:
    """The indices of a set of people, 0 to 100."""

    values: tuple[float, ...]

    @property
    def n(self) -> int:
        """How many have an index."""
        return len(self.values)

    @property
    def alike(self) -> bool:
        """Whether they lie so close together that their mean tells where each of them is."""
        return not self.values or max(self.values) - min(self.values) <= ALIKE

    def plus(self, other: Scores) -> Scores:
        """Both sets of people, who must not overlap."""
        return Scores(self.values + other.values)


Part = TypeVar("Part", Tally, Scores)


@dataclass(frozen=True)
class Parted(Generic[Part]):
    """One question, or the index, by function. `rest` are all whose function is withheld."""

    functions: Mapping[Function, Part]
    rest: Part

    @property
    def whole(self) -> Part:
        """Everybody."""
        return self.rest_without(())

    def rest_without(self, shown: Iterable[Function]) -> Part:
        """Everybody but the functions shown: what a reader gets by taking those from the whole."""
        hidden = (part for function, part in self.functions.items() if function not in shown)
        return reduce(lambda one, other: one.plus(other), hidden, self.rest)


def in_order(functions: Iterable[Function]) -> tuple[Function, ...]:
    """Functions as they are always listed: procurement first."""
    named = frozenset(functions)
    return tuple(function for function in Function if function in named)


def tallied(sealed: Sealed, question: Question, functions: Iterable[Function]) -> Parted[Tally]:
    """A closed question by the functions named; everybody else is the rest."""
    named = in_order(functions)
    others = {None, *Function} - set(named)
    return Parted({each: _of(sealed, question, (each,)) for each in named}, _of(sealed, question, others))


def _of(sealed: Sealed, question: Question, groups: Iterable[Function | None]) -> Tally:
    cells = [(question.key, question.version, group) for group in groups]
    counts = {
        value: sum(sealed.counts.get(cell, {}).get(value, 0) for cell in cells)
        for value in question.values
        if not (question.kind is Kind.RATING and value == NOT_APPLICABLE)
    }
    several = question.kind is Kind.CHOICES
    people = sum(sealed.answered.get(cell, 0) for cell in cells) if several else sum(counts.values())
    return Tally(question.kind, people, counts)


def scored(sealed: Sealed, functions: Iterable[Function]) -> Parted[Scores]:
    """The index by the functions named; everybody else is the rest."""
    named = in_order(functions)
    rest = (score for group in sealed.scores if group not in named for score in sealed.scores[group])
    return Parted({function: Scores(tuple(sealed.scores.get(function, ()))) for function in named}, Scores(tuple(rest)))
