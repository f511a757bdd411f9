"""Schedules with good defaults, and the bank holidays that the bot ships."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from bot.surveys import calendars
from bot.surveys.calendars import BankHolidays, WorkingDays
from bot.surveys.schedule import EveryWeeks, Rule, Schedule
from bot.surveys.timetable import Timetable
from tests.builders import CONTENT

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
TUESDAYS = EveryWeeks(2, (1,), date(2026, 12, 1))


@cache
def holidays() -> BankHolidays:
    """The bank holidays of `content/bank-holidays.toml`."""
    return calendars.load(CONTENT, [])


def a_schedule(rule: Rule = TUESDAYS, at: time = time(10), **overrides: Any) -> Schedule:
    """Every second Tuesday at 10:00 in London, moved to the next working day of England and Wales."""
    return Schedule(rule=rule, at=at, **overrides)


def a_timetable(rule: Rule = TUESDAYS, at: time = time(10), **overrides: Any) -> Timetable:
    """A schedule on the shipped calendar."""
    return Timetable(a_schedule(rule, at, **overrides), holidays())


def working_days(*nations: calendars.Nation, closed: tuple[calendars.Closure, ...] = ()) -> WorkingDays:
    """The working days of nations, on the shipped calendar."""
    return WorkingDays(nations, closed, holidays())
