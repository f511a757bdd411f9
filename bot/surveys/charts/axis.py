"""A line of numbers on which figures and their intervals stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.surveys.charts.sheet import QUIET, RULE, SMALL, Sheet
from bot.surveys.release import Figure


@dataclass(frozen=True)
class Axis:
    """From `low` at `left` to `high` at `right`, both in pixels from the sheet's left side."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """Where a value stands; beyond an end, at the end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)

    def ruled(self, sheet: Sheet, ticks: Sequence[int], top: float, *, signed: bool = False) -> None:
        """Fine lines from `top` down to where the sheet is used, and their numbers below."""
        for tick in ticks:
            x, words = self.at(tick), f"{tick:+}".replace("-", "−") if signed and tick else str(tick)
            sheet.line([(x, top), (x, sheet.y)], 3 if tick == 0 and signed else 1.5, "-", RULE)
            sheet.text(x, sheet.y + 22, words, SMALL - 3, side="center", colour=QUIET)
        sheet.y += 44

    def interval(self, sheet: Sheet, figure: Figure, y: float) -> None:
        """A figure's interval as a level line with ends; nothing where it is not known."""
        if figure.low is not None and figure.high is not None:
            low, high = self.at(figure.low), self.at(figure.high)
            sheet.line([(low, y), (high, y)], 6)
            for end in (low, high):
                sheet.line([(end, y - 12), (end, y + 12)], 4)

    def upright(self, sheet: Sheet, figure: Figure, x: float) -> None:
        """The same for an axis that goes upwards."""
        if figure.low is not None and figure.high is not None:
            low, high = self.at(figure.low), self.at(figure.high)
            sheet.line([(x, low), (x, high)], 4)
            for end in (low, high):
                sheet.line([(x - 12, end), (x + 12, end)], 4)
