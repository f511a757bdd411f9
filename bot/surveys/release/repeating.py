"""Whether a round may be shown beside the earlier ones: not if a few people make all the difference.

Somebody who knows who joined or left, and takes it that the others answered as before, can take one round from another
and is left with the answers of those few. So a round is shown only if, in each group that can be had from both rounds,
at least the threshold of answers to some one question lie between them (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor

from bot.people import Function
from bot.surveys.questions import Question
from bot.surveys.release.tallies import FAVOURABLE
from bot.surveys.release.values import Cell, Group, Published, Release

Series = tuple[str, int]
"""A question's key and version: only answers to the same wording can be taken from one another."""


@dataclass(frozen=True)
class Seen:
    """What a reader knows of a group's answers to one question: by value, or within which bounds how many agreed."""

    n: int
    low: int
    high: int
    counts: Mapping[str, int] | None = None

    def less(self, part: Seen) -> Seen:
        """What is left when a part of the group is taken away."""
        counts = None
        if self.counts is not None and part.counts is not None:
            counts = {value: count - part.counts[value] for value, count in self.counts.items()}
        return Seen(self.n - part.n, self.low - part.high, self.high - part.low, counts)

    def distance(self, other: Seen) -> int:
        """The fewest answers that can lie between the two, as closely as both are known."""
        if self.counts is not None and other.counts is not None:
            return sum(abs(count - other.counts[value]) for value, count in self.counts.items())
        more = self.n - other.n
        least, most = self.low - other.high, self.high - other.low
        return min(abs(agree) + abs(more - agree) for agree in (_within(0, least, most), _within(more, least, most)))


def apart(now: Published, then: Release, questions: Iterable[Question], threshold: int) -> bool:
    """Whether at least `threshold` answers lie between the rounds, in each group that can be had from both.

    True where they share no question. False where a function is shown in both, and its figures cannot be compared.
    """
    series = {(each.key, each.version) for each in questions} & {(each.key, each.version) for each in then.questions}
    common = _split(now) & _split(then.inside)
    return not series or (
        all(_moved(_pairs(now, then.inside, series, each, frozenset()), threshold) for each in common)
        and _rest_moved(now, then.inside, series, common, threshold)
    )


def _split(published: Published) -> frozenset[Function]:
    return frozenset(size.group for size in published.sizes if size.group is not None and size.n is not None)


Pairs = list[tuple[Seen, Seen]]


def _rest_moved(
    now: Published, then: Published, series: Iterable[Series], common: frozenset[Function], threshold: int
) -> bool:
    """The same for everybody who is in none of the functions, as far as they can be had by taking those away.

    Where no function is shown in both rounds, one round's functions could be taken from the other's whole: then the
    wholes must be comparable, and apart.
    """
    if not (_rest(now, common) or _rest(then, common)):
        return True
    pairs = _pairs(now, then, series, None, common)
    if pairs or not common:
        return _moved(pairs, threshold)
    return not (_has_indices(now, common) and _has_indices(then, common))


def _rest(published: Published, functions: frozenset[Function]) -> int:
    sizes = {size.group: size.n or 0 for size in published.sizes}
    return sizes[None] - sum(sizes[function] for function in functions)


def _has_indices(published: Published, functions: frozenset[Function]) -> bool:
    return all((index := published.index(each)) and index.figure for each in (None, *functions))


def _moved(pairs: Pairs, threshold: int) -> bool:
    return any(one.distance(other) >= threshold for one, other in pairs)


def _pairs(
    now: Published, then: Published, series: Iterable[Series], group: Group, without: frozenset[Function]
) -> Pairs:
    both = ((_seen(now, each, group, without), _seen(then, each, group, without)) for each in series)
    return [(one, other) for one, other in both if one and other]


def _seen(published: Published, series: Series, group: Group, without: frozenset[Function]) -> Seen | None:
    """What is known of a group's answers, once those of some functions are taken away; None where nothing is."""
    whole = _shown(published, series, group)
    for function in without:
        part = _shown(published, series, function)
        whole = whole.less(part) if whole and part else None
    return whole


def _shown(published: Published, series: Series, group: Group) -> Seen | None:
    cell = published.cell(series[0], group)
    if cell is None or cell.version != series[1] or cell.withheld:
        return None
    if cell.counts is None:
        return Seen(cell.n, *_agreeing(cell))
    agreeing = sum(cell.counts.get(value, 0) for value in FAVOURABLE)
    return Seen(cell.n, agreeing, agreeing, cell.counts)


def _agreeing(cell: Cell) -> tuple[int, int]:
    """Within which bounds the number lies of those who agreed."""
    if cell.mostly:
        return (cell.n - 1, cell.n) if cell.mostly > 0 else (0, 1)
    if cell.favourable is None:
        return 0, cell.n
    low, high = (cell.favourable.value - 0.5) * cell.n / 100, (cell.favourable.value + 0.5) * cell.n / 100
    return max(0, ceil(low)), min(cell.n, floor(high))


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
