"""An attacker who knows the engine too: every way in which a few people can have answered is tried, and what comes out.

Answers that lead to the same releases cannot be told apart by anybody. If in all of them the same is true of some
people, then it is known of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product

from tests.bot.surveys.attacking import FAVOURABLE, SMALL, Kindred, Person, Story
from tests.bot.surveys.stories import released

World = tuple[str, ...]
"""For each kind of people, what they answered, in no order: one digit for each of them."""


def told_apart(kinds: Sequence[Kindred], threshold: int, values: str) -> list[tuple[Kindred, World]]:
    """Kinds of people of whom it is known how many agreed, or that all or none did; each with a world where it is."""
    same: dict[str, list[World]] = defaultdict(list)
    for world in _worlds(kinds, values):
        releases = released(_story(kinds, world, threshold))
        same[repr([(each.inside, each.outside) for each in releases])].append(world)
    return [(kinds[at], worlds[0]) for worlds in same.values() for at in _known(kinds, worlds, threshold)]


def _worlds(kinds: Sequence[Kindred], values: str) -> Iterator[World]:
    ways = [["".join(each) for each in combinations_with_replacement(values, kind.n)] for kind in kinds]
    return product(*ways)


def _story(kinds: Sequence[Kindred], world: World, threshold: int) -> Story:
    return Story(
        1,
        threshold,
        tuple(
            Person(kind.function, kind.rounds, (answer,))
            for kind, answers in zip(kinds, world, strict=True)
            for answer in answers
        ),
    )


def _known(kinds: Sequence[Kindred], worlds: Sequence[World], threshold: int) -> Iterator[int]:
    for at, kind in enumerate(kinds):
        agreed = {_agreed(world[at]) for world in worlds}
        tells = kind.n < threshold or (kind.n < SMALL and agreed <= {0, kind.n})
        if len(agreed) == 1 and tells and not _is_plain(kinds, kind, worlds[0]):
            yield at


def _is_plain(kinds: Sequence[Kindred], kind: Kindred, world: World) -> bool:
    """Whether ten or more people, them among them, were of one mind: that is said openly (R6)."""
    for number, function in product(kind.rounds, (None, kind.function)):
        present = "".join(
            answers
            for other, answers in zip(kinds, world, strict=True)
            if number in other.rounds and function in (None, other.function)
        )
        if len(present) >= SMALL and _agreed(present) in (0, len(present)):
            return True
    return False


def _agreed(answers: str) -> int:
    return sum(answer in FAVOURABLE for answer in answers)
