"""How large a share answers favourably, and how sure that is. Shares run from 0 to 1."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

CONFIDENCE = 0.95  # of every interval of a report
FAVOURABLE = 4  # of five points: agree, and above it strongly agree
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
_Z2 = _Z * _Z

Answer = int | None  # 1 strongly disagree … 5 strongly agree; None is skipped or not applicable


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both included, in the unit of what it is about."""

    low: float
    high: float

    @property
    def direction(self) -> int:
        """1 when wholly above nought, -1 when wholly below; 0 when it holds nought: then nothing may be claimed."""
        return int(self.low > 0) - int(self.high < 0)


@dataclass(frozen=True)
class Share:
    """So many of the `n` valid answers, and the interval of the share among all who were invited."""

    count: int
    n: int
    interval: Interval

    @property
    def value(self) -> float:
        """The share itself, 0 to 1."""
        return self.count / self.n


@dataclass(frozen=True)
class Difference:
    """The first share less the second, -1 to 1, with its interval."""

    value: float
    interval: Interval


def valid(answers: Sequence[Answer]) -> list[int]:
    """The answers that count: neither skipped nor not applicable. Raises ValueError for one outside 1 to 5."""
    given = [answer for answer in answers if answer is not None]
    if wrong := [answer for answer in given if not 1 <= answer <= 5]:
        raise ValueError(f"an answer must be 1 to 5, not {wrong[0]}")
    return given


def favourable(answers: Sequence[Answer], invited: int | None = None) -> Share | None:
    """The share of valid answers that agree or strongly agree; None when there is no valid answer.

    Raises ValueError for an answer outside 1 to 5, or when fewer were invited than answered.
    """
    given = valid(answers)
    return share(sum(answer >= FAVOURABLE for answer in given), len(given), invited)


def share(count: int, n: int, invited: int | None = None) -> Share | None:
    """`count` of `n` with Wilson's score interval; None when `n` is nought.

    Wilson 1927, *Journal of the American Statistical Association* 22:209, on the effective number of answers. Raises
    ValueError unless 0 <= count <= n <= invited.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no share")
    effective = effective_n(n, invited)
    return Share(count, n, _wilson(count / n, effective)) if n else None


def effective_n(n: int, invited: int | None) -> float:
    """How many answers of an endless crowd tell as much as `n` of the `invited`: n(N-1)/(N-n).

    Cochran 1977, *Sampling Techniques*, 3.2 (the variance of a share is PQ/n · (N-n)/(N-1)). Infinite when everybody
    answered; `n` itself when the number invited is not known. Raises ValueError when fewer were invited than answered.
    """
    if invited is None:
        return n
    if invited < n:
        raise ValueError(f"{n} answered, but only {invited} were invited")
    return math.inf if n == invited else n * (invited - 1) / (invited - n)


def bounds(count: int, n: int, invited: int | None) -> Interval | None:
    """The share if all who are silent were against, and if all were in favour: what no sampling theory can narrow.

    Manski 1989, *Journal of Human Resources* 24:343 (worst-case bounds). None when nobody was invited or the number is
    not known. Raises ValueError as `share` does.
    """
    share(count, n, invited)
    return Interval(count / invited, (count + invited - n) / invited) if invited else None


def newcombe(first: Share | None, second: Share | None) -> Difference | None:
    """The first share less the second, by the hybrid score interval; None when a side has no answer.

    Newcombe 1998, *Statistics in Medicine* 17:873, method 10. It is built from the two shares' own intervals, so it is
    about those invited where they are, and narrows to nothing when everybody answered.
    """
    if first is None or second is None:
        return None
    p, q, (a, b) = first.value, second.value, (first.interval, second.interval)
    low = p - q - math.hypot(p - a.low, b.high - q)
    high = p - q + math.hypot(a.high - p, q - b.low)
    return Difference(p - q, Interval(max(-1.0, low), min(1.0, high)))


def detectable_gap(first_n: int, second_n: int, base: float = 0.75) -> float | None:
    """The smallest gap that an interval would tell from none, if the first side stands at `base`; None if none would.

    For planning, before anybody has answered: `first_n` and `second_n` are how many answers are expected, and the
    number invited is left out, which errs on the side of caution. The second side is tried from `base` towards one half
    and beyond, where a gap is harder to tell. Newcombe's interval (see `newcombe`) on whole counts. Raises ValueError
    for a base that is no share.
    """
    first = share(math.floor(base * first_n + 0.5), first_n)
    if first is None or second_n < 1:
        return None
    if first.value < 0.5:
        return detectable_gap(first_n, second_n, 1 - first.value)
    lower = range(math.ceil(first.value * second_n) - 1, -1, -1)
    told = bisect_left(lower, True, key=lambda count: _is_told(first, share(count, second_n)))
    return first.value - lower[told] / second_n if told < len(lower) else None


def _is_told(first: Share, second: Share | None) -> bool:
    difference = newcombe(first, second)
    return difference is not None and difference.interval.direction != 0


def _wilson(p: float, n: float) -> Interval:
    if math.isinf(n):
        return Interval(p, p)
    middle = p + _Z2 / (2 * n)
    reach = _Z * math.sqrt(p * (1 - p) / n + _Z2 / (4 * n * n))
    low, high = (middle - reach) / (1 + _Z2 / n), (middle + reach) / (1 + _Z2 / n)
    return Interval(min(low, p) if p > 0 else 0.0, max(high, p) if p < 1 else 1.0)
