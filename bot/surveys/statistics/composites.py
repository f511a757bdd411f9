"""A person's composite, a group's, and what is made of groups' composites. All run from 0 to 100.

A group's composite is an estimate of those who were invited; a gap, an index or a pooled baseline is a weighted sum of
such estimates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.surveys.statistics import student
from bot.surveys.statistics.shares import CONFIDENCE, Answer, Interval, valid

LEAST_ITEMS = 5  # of the seven core questions: with fewer a person has no composite
SCALE = Interval(0.0, 100.0)


@dataclass(frozen=True)
class Estimate:
    """A mean of composites, or a weighted sum of such means, in points.

    `variance` is that of the estimate, not of people; None when one person alone stands for others. `invited` is None
    where it was not known or not taken into account. `limits` are what the value could be at most.
    """

    value: float
    n: int
    invited: int | None
    variance: float | None
    degrees: float
    limits: Interval = SCALE

    @property
    def is_whole(self) -> bool:
        """Whether all who were invited are in it, so that nothing is left to chance."""
        return self.n == self.invited

    @property
    def interval(self) -> Interval | None:
        """Student's interval; None when the answers do not tell how far the silent may differ.

        They do not when one person alone answered, nor when all who answered said the same and some are silent.
        """
        if self.is_whole:
            return Interval(self.value, self.value)
        if not self.variance:
            return None
        reach = student.quantile((1 + CONFIDENCE) / 2, self.degrees) * math.sqrt(self.variance)
        return Interval(max(self.limits.low, self.value - reach), min(self.limits.high, self.value + reach))

    @property
    def p(self) -> float | None:
        """The chance of a value as far from nought if the truth were nought; None when there is no interval."""
        if self.is_whole:
            return 0.0 if self.value else 1.0
        return student.two_sided(self.value / math.sqrt(self.variance), self.degrees) if self.variance else None


def composite(answers: Sequence[Answer], least: int = LEAST_ITEMS) -> float | None:
    """One person's composite: the mean of the items answered, as 100, 75, 50, 25 and 0 from strongly agree downwards.

    The weights are those of the Civil Service People Survey's indices. None when fewer than `least` items are answered.
    Raises ValueError for an answer outside 1 to 5.
    """
    given = valid(answers)
    return 25 * sum(answer - 1 for answer in given) / len(given) if given and len(given) >= least else None


def mean(composites: Sequence[float], invited: int | None = None) -> Estimate | None:
    """A group's composite; None when nobody has one.

    The variance is s²/n · (1 - n/N) with n - 1 degrees of freedom: Student 1908, *Biometrika* 6:1, with the
    finite-population correction of Cochran 1977, *Sampling Techniques*, 2.6. Raises ValueError for a composite outside
    0 to 100, or when fewer were invited than answered.
    """
    n = len(composites)
    if invited is not None and invited < n:
        raise ValueError(f"{n} answered, but only {invited} were invited")
    if wrong := [each for each in composites if not SCALE.low <= each <= SCALE.high]:
        raise ValueError(f"a composite must be 0 to 100, not {wrong[0]}")
    if not n:
        return None
    spread = sample_variance(composites)
    silent = 1 - n / invited if invited else 1.0
    variance = None if spread is None else spread / n * silent
    return Estimate(math.fsum(composites) / n, n, invited, variance, n - 1)


def sample_variance(values: Sequence[float]) -> float | None:
    """The variance with n - 1 below the line, exactly nought when all are alike; None for fewer than two values."""
    if len(values) < 2:
        return None
    if min(values) == max(values):
        return 0.0
    middle = math.fsum(values) / len(values)
    return math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)


def index(first: Estimate | None, second: Estimate | None) -> Estimate | None:
    """The role-balanced index: the two functions' composites with equal weight, however many of each answered.

    None when a function has no composite: the other alone is not the index. Intervals as for `gap`.
    """
    return weighted((0.5, first), (0.5, second))


def gap(first: Estimate | None, second: Estimate | None) -> Estimate | None:
    """The first composite less the second, -100 to 100; its `interval` and `p` are those of Welch's t.

    Welch 1947, *Biometrika* 34:28. None when a side has no composite. With the number invited it speaks of those
    people on that day; to ask whether the functions differ for a reason, leave the number out of both means
    (Cochran 1977, 2.14).
    """
    return weighted((1.0, first), (-1.0, second))


def weighted(*parts: tuple[float, Estimate | None]) -> Estimate | None:
    """A weighted sum of independent estimates; None when one is missing.

    Degrees of freedom by Satterthwaite 1946, *Biometrics Bulletin* 2:110. Raises ValueError when the number invited is
    given for some and not for others: such a sum would be about nobody in particular.
    """
    known = [(weight, part) for weight, part in parts if part is not None]
    if len(known) < len(parts):
        return None
    invited = [part.invited for _, part in known if part.invited is not None]
    if 0 < len(invited) < len(known):
        raise ValueError("give the number invited for every group or for none")
    ends = [sorted((weight * part.limits.low, weight * part.limits.high)) for weight, part in known]
    limits = Interval(math.fsum(low for low, _ in ends), math.fsum(high for _, high in ends))
    value = math.fsum(weight * part.value for weight, part in known)
    variance, degrees = _uncertainty(known)
    return Estimate(
        value=min(max(value, limits.low), limits.high),  # a rounding error must not step outside
        n=sum(part.n for _, part in known),
        invited=sum(invited) if invited else None,
        variance=variance,
        degrees=degrees,
        limits=limits,
    )


def _uncertainty(parts: Sequence[tuple[float, Estimate]]) -> tuple[float | None, float]:
    """The variance of a weighted sum, and Satterthwaite's degrees of freedom."""
    terms = [(weight * weight * part.variance, part.degrees) for weight, part in parts if part.variance is not None]
    variance = math.fsum(term for term, _ in terms)
    if len(terms) < len(parts):
        return None, 0.0
    spread = math.fsum((term / variance) ** 2 / degrees for term, degrees in terms if term)
    return variance, 1 / spread if spread else math.fsum(degrees for _, degrees in terms)
