"""Which days are working days: not weekends, the bank holidays of a nation, or days on which an organisation is shut.

Bank holidays are content (`content/bank-holidays.toml`, with their sources), because more are announced each year.
After the last year that the file holds, each Monday to Friday is taken as working; the preview of a schedule says so.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from bot.knowledge import reading
from bot.knowledge.faults import Fault
from bot.knowledge.records import Record, Source, Text

FILE = "bank-holidays.toml"
DAY = timedelta(days=1)
Days = Annotated[dict[date, Text], Field(min_length=1)]


class Nation(StrEnum):
    """A part of the United Kingdom with bank holidays of its own, as GOV.UK divides it."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"

    @property
    def words(self) -> str:
        """The nation's name as people write it."""
        return self.value.replace("-", " ").title().replace(" And ", " and ")


@dataclass(frozen=True)
class Closure:
    """A day on which an organisation is shut, and what for: Christmas shutdown."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    day: date
    name: str


class BankHolidays(Record):
    """The bank holidays of every nation by day, complete to the end of `last_year`; 0 when none are known."""

    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    england_and_wales: Days = Field(alias="england-and-wales")
    scotland: Days
    northern_ireland: Days = Field(alias="northern-ireland")
    last_year: int

    def of(self, nation: Nation) -> Mapping[date, str]:
        """The names of a nation's bank holidays by day."""
        return {
            Nation.ENGLAND_AND_WALES: self.england_and_wales,
            Nation.SCOTLAND: self.scotland,
            Nation.NORTHERN_IRELAND: self.northern_ireland,
        }[nation]

    @field_validator("last_year")
    @classmethod
    def _years_are_whole(cls, last_year: int, info: ValidationInfo) -> int:
        for name, days in info.data.items():
            years = {day.year for day in days if isinstance(day, date)}
            if years and (missing := {*range(min(years), last_year + 1)} - years):
                raise ValueError(f"{name.replace('_', ' ')} has no day in {min(missing)}; add that year or lower this")
        return last_year


NONE_KNOWN = BankHolidays.model_construct(
    last_year=0, sources=(), england_and_wales={}, scotland={}, northern_ireland={}
)


def load(folder: Path, faults: list[Fault]) -> BankHolidays:
    """Read `bank-holidays.toml` of a content folder; with a fault in it, none are known and the fault is added."""
    return reading.record(BankHolidays, folder / FILE, faults) or NONE_KNOWN


@dataclass(frozen=True)
class WorkingDays:
    """The working days of an organisation: no weekends, bank holidays of its nations, or closures of its own."""

    nations: tuple[Nation, ...]
    closed: tuple[Closure, ...]
    holidays: BankHolidays

    def is_working(self, day: date) -> bool:
        return day.weekday() < calendar.SATURDAY and day not in self._off

    def why_not(self, day: date) -> str:
        """Why a day is not a working day: "Saturday", "Christmas Day (bank holiday in Scotland)"; empty when it is."""
        return calendar.day_name[day.weekday()] if day.weekday() >= calendar.SATURDAY else self._off.get(day, "")

    def next(self, day: date) -> date:
        """The first working day after a day."""
        return self._towards(day, DAY)

    def previous(self, day: date) -> date:
        """The last working day before a day."""
        return self._towards(day, -DAY)

    def add(self, day: date, count: int) -> date:
        """The working day that is `count` working days after a day; the day itself for 0."""
        for _ in range(count):
            day = self.next(day)
        return day

    def last_of_month(self, day: date) -> date | None:
        """The last working day of the month in which a day lies; None when the whole month is closed."""
        last = self.previous(last_day_of_month(day) + DAY)
        return last if (last.year, last.month) == (day.year, day.month) else None

    def _towards(self, day: date, step: timedelta) -> date:
        day += step
        while not self.is_working(day):
            day += step
        return day

    @cached_property
    def _off(self) -> Mapping[date, str]:
        """Why each day that is off is off; a bank holiday goes before a closure."""
        names: dict[date, tuple[str, list[Nation]]] = {}
        for nation in Nation:
            for day, name in self.holidays.of(nation).items() if nation in self.nations else ():
                names.setdefault(day, (name, []))[1].append(nation)
        closed = {closure.day: f"closed: {closure.name}" for closure in self.closed}
        return closed | {day: _bank_holiday(name, nations) for day, (name, nations) in names.items()}


def last_day_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _bank_holiday(name: str, nations: list[Nation]) -> str:
    kind = "" if "bank holiday" in name.lower() else "bank holiday "
    return f"{name} ({kind}in {', '.join(nation.words for nation in nations)})"
