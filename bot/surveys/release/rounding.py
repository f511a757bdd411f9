"""Rounding: whole numbers inside the workspace, multiples of five outside it, half upwards.

Outside, counts, percents and points are all multiples of five: whole percents beside a rounded count would give the
count away (ONS "10-5 rule": suppress below 10, round the others to 5).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.surveys.release.values import Figure
from bot.surveys.statistics.composites import Estimate
from bot.surveys.statistics.shares import Difference, Interval, Share

HUNDRED = 100.0


@dataclass(frozen=True)
class Grain:
    """Rounds to multiples of `step`."""

    step: int = 1

    def whole(self, value: float) -> int:
        """The nearest multiple."""
        return self.step * math.floor(value / self.step + 0.5)

    def share(self, share: Share) -> Figure:
        """A share in per cent."""
        return self._figure(share.value, share.interval, HUNDRED)

    def difference(self, difference: Difference) -> Figure:
        """A difference of shares in percentage points."""
        return self._figure(difference.value, difference.interval, HUNDRED)

    def estimate(self, estimate: Estimate) -> Figure:
        """An index, or a difference of two, in points."""
        return self._figure(estimate.value, estimate.interval, 1.0)

    def span(self, interval: Interval, unit: float = HUNDRED) -> tuple[int, int]:
        """Both ends."""
        return self.whole(unit * interval.low), self.whole(unit * interval.high)

    def counts(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Every count."""
        return {value: self.whole(count) for value, count in counts.items()}

    def percents(self, counts: Mapping[str, int], n: int) -> dict[str, int]:
        """Every count as a per cent of `n`, which is not nought. They need not add up to 100."""
        return {value: self.whole(HUNDRED * count / n) for value, count in counts.items()}

    def _figure(self, value: float, interval: Interval | None, unit: float) -> Figure:
        low, high = self.span(interval, unit) if interval else (None, None)
        return Figure(self.whole(unit * value), low, high)
