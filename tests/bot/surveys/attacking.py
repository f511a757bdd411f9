"""An attack on releases: what somebody can work out who reads everything that was ever released of a survey.

The attacker knows who works in which function, who answered in which round, and how many of what; and takes it that
nobody changed their mind between rounds. They set up every released number as a constraint on how many people of each
kind gave which answer (a rounded one as the range that rounds to it), and ask an exact solver of integer programs
whether any other answers could have led to the same releases. Where none could, they have found something out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from bot.people import Function
from bot.surveys.questions import Kind, Question
from bot.surveys.release import Cell, Figure, Index, Published, Release
from bot.surveys.sealed import Cell as SealedCell
from bot.surveys.sealed import Sealed
from tests.surveys import a_round

VALUES = ("1", "2", "3", "4", "5")
FAVOURABLE = ("4", "5")
SMALL = 10


@dataclass(frozen=True)
class Person:
    """Somebody's function, the rounds in which they answered, and what they answered to each item, always the same."""

    function: Function
    rounds: tuple[int, ...]
    answers: tuple[str, ...]

    @property
    def score(self) -> float:
        """Their index."""
        return 25 * (sum(map(int, self.answers)) / len(self.answers) - 1)


@dataclass(frozen=True)
class Kindred:
    """People who are the same to the attacker: their function, the rounds in which they answered, and how many."""

    function: Function
    rounds: tuple[int, ...]
    n: int


@dataclass(frozen=True)
class Story:
    """What was asked, by which threshold, and who answered in which round."""

    items: int
    threshold: int
    people: tuple[Person, ...]

    @property
    def rounds(self) -> list[int]:
        """The rounds in which anybody answered."""
        return sorted({number for person in self.people for number in person.rounds})

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Ratings, all of which make up the index."""
        return tuple(Question(f"item{at}", Kind.RATING, f"Item {at}.", index=True) for at in range(self.items))

    @cached_property
    def kinds(self) -> tuple[Kindred, ...]:
        """All kinds of people, with how many there are of each."""
        found = sorted({(person.function, person.rounds) for person in self.people})
        return tuple(Kindred(*kind, len(self.those(*kind))) for kind in found)

    def those(self, function: Function, rounds: tuple[int, ...]) -> list[Person]:
        """The people of one kind."""
        return [each for each in self.people if (each.function, each.rounds) == (function, rounds)]

    def sealed(self, number: int) -> Sealed:
        """A round as it stays, with every function's answers apart: no help from the unlinking is taken."""
        present = [person for person in self.people if number in person.rounds]
        counts: dict[SealedCell, dict[str, int]] = {}
        for person in present:
            for question, value in zip(self.questions, person.answers, strict=True):
                cell = counts.setdefault((question.key, 1, person.function), {})
                cell[value] = cell.get(value, 0) + 1
        functions = sorted({person.function for person in present})
        return Sealed(
            round=a_round(questions=self.questions, number=number, threshold=self.threshold),
            invited=len(present) + 3,
            responses={each: sum(person.function == each for person in present) for each in functions},
            counts=counts,
            scores={each: tuple(sorted(p.score for p in present if p.function == each)) for each in functions},
        )


@dataclass(frozen=True)
class Found:
    """Something that the attacker knows for certain and should not."""

    what: str
    kind: Kindred | None = None


class Attack:
    """Everything released to one reader, as constraints on how many people of each kind gave which answer."""

    def __init__(self, story: Story, releases: Sequence[Release]) -> None:
        self.story = story
        self.releases = releases
        self._rows: list[dict[int, float]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        for release in releases:
            self._read(release.number, release.inside, 1)
            self._read(release.number, release.outside, 5)

    def found(self) -> Iterator[Found]:
        """Everything that is certain and should not be: of any people fewer than the threshold how many of them agreed,
        and of any fewer than ten that all of them agreed, or that none did.
        """
        for at, kind in enumerate(self.story.kinds):
            for item in range(self.story.items):
                if kind.n < SMALL and not self._is_plain(kind, item) and self._tells([at], kind.n, item):
                    yield Found(f"how many of the {kind.n} in {kind.function} of rounds {kind.rounds} agreed", kind)
        if len(self.releases) == 1:
            yield from self._withheld(self.releases[0])

    def holds_the_truth_possible(self) -> bool:
        """Whether the true answers meet every constraint."""
        known = self._known
        sums = known.A @ self._truth
        return bool(np.all(sums >= np.array(known.lb) - 1e-6) and np.all(sums <= np.array(known.ub) + 1e-6))

    def _tells(self, kinds: Sequence[int], n: int, item: int) -> bool:
        agreed = sum(self._truth[place] for place in self._sum(kinds, item, FAVOURABLE))
        return (n < self.story.threshold or agreed in (0, n)) and self._is_certain(kinds, item, FAVOURABLE)

    def _withheld(self, release: Release) -> Iterator[Found]:
        """Functions that the round withholds, of which it is certain how many agreed."""
        for item, question in enumerate(self.story.questions):
            for function in Function:
                kinds = self._present(release.number, function)
                cell = release.inside.cell(question.key, function)
                if not kinds or (cell and cell.withheld is None) or self._of_one_mind(release.number, item):
                    continue
                if self._is_certain(kinds, item, FAVOURABLE):
                    yield Found(f"how many {function} agreed in round {release.number}, which was withheld")

    def _present(self, number: int, function: Function | None) -> list[int]:
        return [
            at
            for at, kind in enumerate(self.story.kinds)
            if number in kind.rounds and function in (None, kind.function)
        ]

    def _is_plain(self, kind: Kindred, item: int) -> bool:
        """Whether it is said openly that each of them agreed, or that none did: their group is of ten or more (R6)."""
        return any(
            self._of_one_mind(number, item, function) for number in kind.rounds for function in (None, kind.function)
        )

    def _of_one_mind(self, number: int, item: int, function: Function | None = None) -> bool:
        present = [
            person.answers[item] in FAVOURABLE
            for person in self.story.people
            if number in person.rounds and function in (None, person.function)
        ]
        return len(present) >= SMALL and len(set(present)) == 1

    # What is read

    def _read(self, number: int, published: Published, step: int) -> None:
        for cell in published.cells:
            if cell.withheld is None:
                self._read_cell(number, cell, step)
        for index in published.indices:
            if index.figure is not None:
                self._read_index(number, index, index.figure, step)

    def _read_cell(self, number: int, cell: Cell, step: int) -> None:
        item = int(cell.question.removeprefix("item"))
        kinds = self._present(number, cell.group)
        n = sum(self.story.kinds[at].n for at in kinds)
        for value, count in (cell.counts or {}).items():
            self._within(self._sum(kinds, item, (value,)), count, step)
        for value, percent in (cell.percents or {}).items():
            self._within(self._sum(kinds, item, (value,)), percent, step, n / 100)
        if cell.favourable:
            self._within(self._sum(kinds, item, FAVOURABLE), cell.favourable.value, step, n / 100)
        if cell.mostly:
            low, high = (n - 1, n) if cell.mostly > 0 else (0, 1)
            self._add(self._sum(kinds, item, FAVOURABLE), low, high)

    def _read_index(self, number: int, index: Index, figure: Figure, step: int) -> None:
        """Everybody answered every item, so a group's index is a sum of all their answers."""
        kinds = self._present(number, index.group)
        n = sum(self.story.kinds[at].n for at in kinds)
        row: dict[int, float] = {}
        for item in range(self.story.items):
            for value in VALUES:
                for place in self._sum(kinds, item, (value,)):
                    row[place] = 25 * (int(value) - 1) / self.story.items
        self._within(row, figure.value, step, n)

    def _sum(self, kinds: Iterable[int], item: int, values: Iterable[str]) -> dict[int, float]:
        return {self._place(kind, item, value): 1.0 for kind in kinds for value in values}

    def _place(self, kind: int, item: int, value: str) -> int:
        return (kind * self.story.items + item) * len(VALUES) + VALUES.index(value)

    def _within(self, row: dict[int, float], value: float, step: int, unit: float = 1.0) -> None:
        """What rounds to `value` in steps, in units of so many people."""
        half = step / 2 if step > 1 or unit != 1.0 else 0.0
        self._add(row, (value - half) * unit - 1e-9, (value + half) * unit + 1e-9)

    def _add(self, row: dict[int, float], low: float, high: float) -> None:
        self._rows.append(row)
        self._low.append(low)
        self._high.append(high)

    # What follows

    def _is_certain(self, kinds: Sequence[int], item: int, values: Sequence[str]) -> bool:
        """Whether no other number of these people than the true one can have given one of the values."""
        places = self._sum(kinds, item, values)
        true = sum(self._truth[place] for place in places)
        return not (self._is_possible(places, -math.inf, true - 1) or self._is_possible(places, true + 1, math.inf))

    @cached_property
    def _truth(self) -> NDArray[np.float64]:
        truth = np.zeros(len(self.story.kinds) * self.story.items * len(VALUES))
        for at, kind in enumerate(self.story.kinds):
            for person in self.story.those(kind.function, kind.rounds):
                for item, value in enumerate(person.answers):
                    truth[self._place(at, item, value)] += 1
        return truth

    @cached_property
    def _known(self) -> LinearConstraint:
        """All that was released, and how many people there are of each kind."""
        for at, kind in enumerate(self.story.kinds):
            for item in range(self.story.items):
                self._add(self._sum([at], item, VALUES), kind.n, kind.n)
        return self._constraint(self._rows, self._low, self._high)

    def _constraint(self, rows: list[dict[int, float]], low: list[float], high: list[float]) -> LinearConstraint:
        entries = [(at, place, weight) for at, row in enumerate(rows) for place, weight in row.items()]
        at, place, weight = zip(*entries, strict=True)
        matrix = coo_array((weight, (at, place)), shape=(len(rows), len(self._truth))).tocsr()
        return LinearConstraint(matrix, low, high)

    def _is_possible(self, places: dict[int, float], low: float, high: float) -> bool:
        size = len(self._truth)
        constraints = [self._known, self._constraint([places], [low], [high])]
        solved = milp(np.zeros(size), integrality=np.ones(size), bounds=Bounds(0, np.inf), constraints=constraints)
        return bool(solved.success)
