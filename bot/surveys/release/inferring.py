"""Whether an index would give away how a group answered one of its items, of which that is not shown.

An index is a sum over all its items. Where most of them are shown and it lies near an end of the scale, little room is
left for the others: then it must be withheld itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, fsum

from bot.surveys.release.tallies import Scores, Tally

LEVELS = 4  # from strongly disagree to strongly agree
AGREES = 3  # the level from which somebody agrees
PER_LEVEL = 25  # points of the index


@dataclass(frozen=True)
class Range:
    """An item answered by `n`, of whom it is known that from `low` to `high` agreed."""

    n: int
    low: int
    high: int

    @property
    def least(self) -> int:
        """The fewest levels that their answers can add up to."""
        return AGREES * self.low

    @property
    def most(self) -> int:
        """The most levels that their answers can add up to."""
        return LEVELS * self.high + (AGREES - 1) * (self.n - self.high)


def known(tally: Tally, *, shown: bool, is_alike: bool) -> Range:
    """What a reader knows of an item: all, that at most one stands apart, or nothing."""
    if shown and not is_alike:
        return Range(tally.n, tally.favourable, tally.favourable)
    if shown:
        return Range(tally.n, tally.n - 1, tally.n) if 2 * tally.favourable > tally.n else Range(tally.n, 0, 1)
    return Range(tally.n, 0, tally.n)


def leaves_open(scores: Scores, items: Sequence[Range]) -> bool:
    """Whether every item that a reader knows in part could still have been answered in two ways at least.

    The reader is taken to know the index as a whole number, and that everybody answered every item.
    """
    unit = scores.n * len(items) / PER_LEVEL
    shown = floor(fsum(scores.values) / scores.n + 0.5)
    least, most = (shown - 0.5) * unit, (shown + 0.5) * unit
    return all(_stays_open(item, items, least, most) for item in items if item.low < item.high)


def _stays_open(item: Range, items: Sequence[Range], least: float, most: float) -> bool:
    others_least = sum(each.least for each in items) - item.least
    others_most = sum(each.most for each in items) - item.most
    low = (least - others_most - (AGREES - 1) * item.n) / (LEVELS - AGREES + 1)
    high = (most - others_least) / AGREES
    return max(item.low, ceil(low)) < min(item.high, floor(high))
