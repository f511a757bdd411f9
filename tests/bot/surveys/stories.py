"""Stories for the attack: random ones, and for each rule one that needs it, with an engine that lacks the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from random import Random
from unittest.mock import PropertyMock, patch

from bot.people import Function
from bot.surveys.release import Release, planning, release, splitting
from bot.surveys.release.tallies import Parted, Scores, Tally
from tests.bot.surveys.attacking import VALUES, Attack, Found, Person, Story

P, D, B = Function.PROCUREMENT, Function.DIGITAL, Function.BOTH
MOODS = ((1, 1, 1, 1, 1), (1, 1, 1, 6, 6), (0, 0, 1, 9, 9), (6, 3, 1, 1, 0))
ATTENDANCES = ((1,), (2,), (3,), (1, 2), (2, 3), (1, 3))


def story(random: Random, items: Sequence[int] = (1, 2)) -> Story:
    """Three rounds of random size and mood, between which fewer people than the threshold come or go."""
    threshold, number, mood = random.choice((3, 5)), random.choice(items), random.choice(MOODS)
    functions = random.sample(list(Function), random.choice((2, 2, 3, 4)))
    kinds: list[tuple[Function, tuple[int, ...]]] = [
        (function, (1, 2, 3)) for function in functions for _ in range(random.randint(0, 12))
    ]
    kinds += [(random.choice(functions), random.choice(ATTENDANCES)) for _ in range(random.randint(0, threshold - 1))]
    return Story(
        number, threshold, tuple(Person(*kind, tuple(random.choices(VALUES, mood, k=number))) for kind in kinds)
    )


def people(function: Function, answers: str, rounds: tuple[int, ...] = (1,)) -> tuple[Person, ...]:
    """One person for each answer to the one question asked."""
    return tuple(Person(function, rounds, (answer,)) for answer in answers)


def released(told: Story, *, looks_back: bool = True) -> list[Release]:
    """What is released of every round, one after the other."""
    releases: list[Release] = []
    for number in told.rounds:
        releases.append(release(told.sealed(number), releases if looks_back else ()))
    return releases


def attacked(told: Story, *, looks_back: bool = True) -> list[Found]:
    """What an attack finds: in all rounds together, and in each on its own."""
    releases = released(told, looks_back=looks_back)
    found = list(Attack(told, releases).found())
    for each in releases if len(releases) > 1 else ():
        present = tuple(replace(one, rounds=(each.number,)) for one in told.people if each.number in one.rounds)
        found += Attack(Story(told.items, told.threshold, present), [each]).found()
    return found


@dataclass(frozen=True)
class Broken:
    """An engine without one of its rules, and the smallest story that needs it.

    One that `is_live` shows the first round anew with each of the last answers that come in.
    """

    name: str
    story: Story
    without: Callable[[], AbstractContextManager[object]]
    looks_back: bool = True
    is_live: bool = False

    def attacked(self, told: Story) -> list[Found]:
        """What an attack on the broken engine finds."""
        with self.without():
            return attacked(_as_it_came_in(told) if self.is_live else told, looks_back=self.looks_back)


def _as_it_came_in(told: Story) -> Story:
    """The first round, looked at when all but two had answered, when all but one had, and at its end."""
    present = [one for one in told.people if 1 in one.rounds]
    last: list[tuple[int, ...]] = [(2, 3), (3,)]
    looks = [(1, 2, 3)] * (len(present) - 2) + last[max(0, 2 - len(present)) :]
    return replace(told, people=tuple(replace(one, rounds=look) for one, look in zip(present, looks, strict=True)))


def _large_enough(sizes: Mapping[Function, int], threshold: int, everybody: int) -> frozenset[Function]:
    return frozenset(function for function, n in sizes.items() if n >= threshold)


def _alone_large_enough(sizes: Mapping[Function, int], threshold: int, everybody: int) -> frozenset[Function]:
    """Each function's complement is looked at, and never that of two together."""
    kept = _large_enough(sizes, threshold, everybody)
    return frozenset(each for each in kept if not 0 < everybody - sizes[each] < threshold)


@contextmanager
def _without_complements() -> Iterator[None]:
    with (
        patch.object(planning, "kept_functions", _large_enough),
        patch.object(splitting, "_leaves_enough", lambda *_, **__: True),
    ):
        yield


@contextmanager
def _without_pairs() -> Iterator[None]:
    def one_at_a_time(parted: Parted[Tally] | Parted[Scores], threshold: int, *, some_are_hidden: bool) -> bool:
        left = [parted.rest_without({each}) for each in parted.functions]
        return all(each.n >= threshold and not each.alike for each in left)

    with (
        patch.object(planning, "kept_functions", _alone_large_enough),
        patch.object(splitting, "_leaves_enough", one_at_a_time),
    ):
        yield


@contextmanager
def _without_unanimity() -> Iterator[None]:
    with ExitStack() as stack:
        for kind in (Tally, Scores):
            stack.enter_context(patch.object(kind, "alike", PropertyMock(return_value=False)))
        stack.enter_context(patch.object(planning, "_is_open", lambda *_: True))
        yield


@contextmanager
def _with_all() -> Iterator[None]:
    yield


BROKEN = (
    Broken("no complement rule", Story(1, 5, people(P, "11244555") + people(D, "1245")), _without_complements),
    Broken(
        "no pairwise rule",
        Story(1, 5, people(P, "11244555") + people(D, "1224455") + people(B, "15")),
        _without_pairs,
    ),
    Broken("live means", Story(1, 5, people(P, "1244515")), _with_all, looks_back=False, is_live=True),
    Broken(
        "per-round joiner",
        Story(1, 5, people(P, "112233445555", (1, 2)) + people(P, "1", (2,))),
        _with_all,
        looks_back=False,
    ),
    Broken("no unanimity rule", Story(1, 5, people(P, "445554")), _without_unanimity),
)
