"""Whether two groups differ beyond chance, in rank; and when a difference may be spoken of at all."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.surveys.statistics import student
from bot.surveys.statistics.composites import sample_variance

# After the Civil Service People Survey, which flags an index from 10 answers, a theme from 20 and an item from 30
# (Technical Guide 2019, pages 22 to 26). Ours are for each side of a comparison.
COMPARED_FROM = 10
ITEMS_FROM = 20
FALSE_DISCOVERIES = 0.05  # of the items flagged in a round, the share that may be flagged by chance


class Size(StrEnum):
    """Cliff's delta in words."""

    NONE = "none"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True)
class Dominance:
    """How often one of the first group stands above one of the second.

    `chance` is that of a random pair, ties counted half; `p` is the chance of one as far from a half if neither group
    tended to stand above the other, None when a side has one value only.
    """

    chance: float
    p: float | None

    @property
    def delta(self) -> float:
        """Cliff's delta, -1 to 1: pairs in which the first stands above, less those in which it stands below.

        Cliff 1993, *Psychological Bulletin* 114:494.
        """
        return 2 * self.chance - 1

    @property
    def size(self) -> Size:
        """A convention for words, not a test: Romano, Kromrey, Coraggio & Skowronek 2006, Florida AIR meeting."""
        limits = {Size.NONE: 0.147, Size.SMALL: 0.33, Size.MEDIUM: 0.474}
        return next((size for size, limit in limits.items() if abs(self.delta) < limit), Size.LARGE)


def dominance(first: Sequence[float], second: Sequence[float]) -> Dominance | None:
    """Brunner and Munzel's test of two groups of composites or answers; None when a group is empty.

    Brunner & Munzel 2000, *Biometrical Journal* 42:17, with Student's t. Where the groups do not overlap at all it has
    no variance; then `p` is that of all ways to deal the values out. Where all values are the same, `p` is 1.
    """
    if not (first and second):
        return None
    above, below = _placements(first, second), _placements(second, first)
    chance = math.fsum(above) / (len(first) * len(second))
    spreads = sample_variance(above), sample_variance(below)
    if spreads[0] is None or spreads[1] is None:
        return Dominance(chance, None)
    parts = spreads[0] / len(first) / len(second) ** 2, spreads[1] / len(second) / len(first) ** 2
    variance = sum(parts)
    if not variance:
        return Dominance(chance, 1.0 if chance == 0.5 else 2 / math.comb(len(first) + len(second), len(first)))
    spread = sum((part / variance) ** 2 / (len(group) - 1) for part, group in zip(parts, (first, second), strict=True))
    return Dominance(chance, student.two_sided((chance - 0.5) / math.sqrt(variance), 1 / spread))


def _placements(values: Sequence[float], others: Sequence[float]) -> list[float]:
    """For each value, how many of the others it stands above, ties counted half."""
    ordered = sorted(others)
    return [(bisect_left(ordered, value) + bisect_right(ordered, value)) / 2 for value in values]


def adjusted(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Each p as it stands among all that were looked at; an item without p takes no part and stays without.

    Benjamini & Hochberg 1995, *Journal of the Royal Statistical Society B* 57:289. Raises ValueError for a p outside
    0 to 1.
    """
    if wrong := [p for p in p_values if p is not None and not 0 <= p <= 1]:
        raise ValueError(f"a p must be 0 to 1, not {wrong[0]}")
    descending = sorted(((p, at) for at, p in enumerate(p_values) if p is not None), reverse=True)
    found: list[float | None] = [None] * len(p_values)
    least = 1.0
    for passed, (p, at) in enumerate(descending):
        least = min(least, p * len(descending) / (len(descending) - passed))
        found[at] = least
    return tuple(found)


def survivors(p_values: Sequence[float | None]) -> tuple[bool, ...]:
    """Which items may be flagged in one round, so that few of the flags are there by chance. Raises as `adjusted`."""
    return tuple(p is not None and p <= FALSE_DISCOVERIES for p in adjusted(p_values))


def may_compare(first_n: int, second_n: int) -> bool:
    """Whether a difference between two groups may be called one, however clear it looks."""
    return min(first_n, second_n) >= COMPARED_FROM


def may_flag_items(first_n: int, second_n: int) -> bool:
    """Whether single items may be flagged as differing between two groups."""
    return min(first_n, second_n) >= ITEMS_FROM
