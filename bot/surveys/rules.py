"""On which dates a survey is planned: once, every so many weeks, or on a day of the month. Local dates, no times.

A rule is counted from its **anchor**, the first date on which it may fall, so that every second Tuesday stays every
second Tuesday whatever the year does and however long a survey is paused. Nothing is planned at weekends.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from bot.knowledge.asof import day_in_words
from bot.surveys.calendars import last_day_of_month

STRICT = ConfigDict(extra="forbid")
WEEK = timedelta(days=7)
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
TWELVE = "Choose a whole number from 1 to 12."
WEEKEND = "Choose a day from Monday to Friday: nothing is sent at weekends."
Weekday = Annotated[int, Field(ge=calendar.MONDAY, le=calendar.FRIDAY)]
"""0 is Monday and 4 is Friday, as `date.weekday()` counts."""
Every = Annotated[int, Field(ge=1, le=12)]
Faults = list[tuple[str, str]]
"""What is wrong with which field, each in a sentence for the person who filled it in."""


@dataclass(frozen=True)
class Once:
    """On one date."""

    __pydantic_config__ = STRICT

    day: date
    kind: Literal["once"] = field(default="once", kw_only=True, repr=False)

    def planned(self, since: date) -> Iterator[date]:
        """The date, when it is not before `since`."""
        if self.day >= since:
            yield self.day

    def faults(self) -> Faults:
        return [] if _is_weekday(self.day.weekday()) else [("day", f"{full_date(self.day)}? {WEEKEND}")]

    def describe(self) -> str:
        return f"Once, on {full_date(self.day)}"


@dataclass(frozen=True)
class EveryWeeks:
    """On weekdays of every `interval`-th week, counted from the week of the anchor."""

    __pydantic_config__ = STRICT

    interval: Every
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    anchor: date
    kind: Literal["every-weeks"] = field(default="every-weeks", kw_only=True, repr=False)

    def planned(self, since: date) -> Iterator[date]:
        """Every date that is neither before the anchor nor before `since`, in order and without end."""
        since, monday = max(since, self.anchor), self.anchor - timedelta(days=self.anchor.weekday())
        monday += (since - monday) // (self.interval * WEEK) * self.interval * WEEK
        while True:
            days = (monday + timedelta(days=weekday) for weekday in sorted(set(self.weekdays)))
            yield from (day for day in days if day >= since)
            monday += self.interval * WEEK

    def faults(self) -> Faults:
        wrong = [] if 1 <= self.interval <= 12 else [("interval", TWELVE)]
        if not self.weekdays:
            wrong.append(("weekdays", "Choose at least one day of the week."))
        elif not all(map(_is_weekday, self.weekdays)):
            wrong.append(("weekdays", WEEKEND))
        return wrong

    def describe(self) -> str:
        days = in_a_row([calendar.day_name[weekday] for weekday in sorted(set(self.weekdays))])
        return f"Every {_times(self.interval, 'week')} on {days}"


@dataclass(frozen=True)
class NthWeekday:
    """On the first to fourth or last (-1) such weekday of every `months`-th month, counted from the anchor's."""

    __pydantic_config__ = STRICT

    nth: Literal[1, 2, 3, 4, -1]
    weekday: Weekday
    months: Every
    anchor: date
    kind: Literal["nth-weekday"] = field(default="nth-weekday", kw_only=True, repr=False)

    def planned(self, since: date) -> Iterator[date]:
        """Every date that is neither before the anchor nor before `since`, in order and without end."""
        since = max(since, self.anchor)
        days = (_nth(first, self.nth, self.weekday) for first in _months(self.anchor, self.months, since))
        return (day for day in days if day >= since)

    def faults(self) -> Faults:
        wrong = [] if self.nth in NTH else [("nth", "Choose the first, second, third, fourth or last.")]
        wrong += [] if _is_weekday(self.weekday) else [("weekday", WEEKEND)]
        return wrong + ([] if 1 <= self.months <= 12 else [("months", TWELVE)])

    def describe(self) -> str:
        return f"Every {_times(self.months, 'month')} on the {NTH[self.nth]} {calendar.day_name[self.weekday]}"


@dataclass(frozen=True)
class LastWorkingDay:
    """On the last working day of every `months`-th month, counted from the anchor's.

    Planned for the last Monday to Friday of the month, which no bank holiday announced late can change.
    """

    __pydantic_config__ = STRICT

    months: Every
    anchor: date
    kind: Literal["last-working-day"] = field(default="last-working-day", kw_only=True, repr=False)

    def planned(self, since: date) -> Iterator[date]:
        """Every date that is neither before the anchor nor before `since`, in order and without end."""
        since = max(since, self.anchor)
        days = (_last_weekday(first) for first in _months(self.anchor, self.months, since))
        return (day for day in days if day >= since)

    def faults(self) -> Faults:
        return [] if 1 <= self.months <= 12 else [("months", TWELVE)]

    def describe(self) -> str:
        return f"Every {_times(self.months, 'month')} on the last working day"


Rule = Annotated[Once | EveryWeeks | NthWeekday | LastWorkingDay, Field(discriminator="kind")]


def full_date(day: date) -> str:
    """Monday 28 December 2026."""
    return f"{calendar.day_name[day.weekday()]} {day_in_words(day)}"


def in_a_row(words: list[str], joined_by: str = "and") -> str:
    """ "Monday, Tuesday and Friday"."""
    return f" {joined_by} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _is_weekday(weekday: int) -> bool:
    return calendar.MONDAY <= weekday <= calendar.FRIDAY


def _times(count: int, unit: str) -> str:
    return unit if count == 1 else f"{count} {unit}s"


def _months(anchor: date, every: int, since: date) -> Iterator[date]:
    """The first day of every so many months from the anchor's on, beginning at or before the month of `since`."""
    month = anchor.year * 12 + anchor.month - 1
    month += (since.year * 12 + since.month - 1 - month) // every * every
    while True:
        yield date(month // 12, month % 12 + 1, 1)
        month += every


def _nth(first: date, nth: int, weekday: int) -> date:
    if nth < 0:
        last = last_day_of_month(first)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    return first + timedelta(days=(weekday - first.weekday()) % 7) + (nth - 1) * WEEK


def _last_weekday(first: date) -> date:
    last = last_day_of_month(first)
    return last - timedelta(days=max(0, last.weekday() - calendar.FRIDAY))
