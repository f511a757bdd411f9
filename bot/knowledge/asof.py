"""How sources date themselves: to the day, the month or the year, or not at all."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

HOW = 'write a date (2026-01-27), a month ("2026-01"), a year ("2026") or "undated"'


@dataclass(frozen=True)
class Dated:
    """The date of a source: `latest` is the last day that it can stand for, `None` when it shows no date.

    `iso` is as exact as the source: 2026-01-27, 2026-01, 2026 or "undated".
    """

    latest: date | None
    words: str
    iso: str

    def __str__(self) -> str:
        return self.words

    def before(self, day: date) -> bool:
        """Whether the source is known to be older than `day`; an undated source is taken to be."""
        return self.latest is None or self.latest < day


def day_in_words(day: date) -> str:
    """A date as people in the UK write it: 28 October 2026."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def read(value: Any) -> Dated:
    """Read a curator's date. Raises ValueError with the ways to write one."""
    if isinstance(value, Dated):
        return value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Dated(value, day_in_words(value), value.isoformat())
    if value == "undated":
        return Dated(None, "undated", "undated")
    if found := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(value)):
        try:
            return _from_parts(*(int(part) if part else None for part in found.groups()))
        except ValueError:  # a day or month that no calendar has
            raise ValueError(HOW) from None
    raise ValueError(HOW)


def _from_parts(year: int | None, month: int | None, day: int | None) -> Dated:
    if year is None or not (month is None or 1 <= month <= 12):
        raise ValueError(HOW)
    if month is None:
        return Dated(date(year, 12, 31), str(year), str(year))
    if day is None:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return Dated(last, f"{calendar.month_name[month]} {year}", f"{year}-{month:02}")
    return read(date(year, month, day))


AsOf = Annotated[Dated, BeforeValidator(read), PlainSerializer(str)]
