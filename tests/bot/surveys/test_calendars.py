"""Working days: weekends, bank holidays by nation, closures, and how the shipped days are read."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.knowledge.faults import Fault
from bot.surveys import calendars
from bot.surveys.calendars import NONE_KNOWN, Closure, Nation, WorkingDays
from tests.bot.surveys.builders import holidays, working_days
from tests.builders import CONTENT

ENGLAND, SCOTLAND, NORTHERN_IRELAND = Nation
YEARS = range(2024, 2029)


@pytest.mark.parametrize(
    ("nation", "counts"),
    [(ENGLAND, [8, 8, 8, 8, 8]), (SCOTLAND, [9, 9, 10, 9, 9]), (NORTHERN_IRELAND, [10, 10, 10, 10, 10])],
)
def test_each_nation_has_its_bank_holidays_in_every_year_that_is_held(nation: Nation, counts: list[int]) -> None:
    days = holidays().of(nation)
    assert [sum(day.year == year for day in days) for year in YEARS] == counts
    assert holidays().last_year == max(YEARS)
    assert all(day.weekday() < 5 for day in days)


@pytest.mark.parametrize(
    ("nations", "day", "why"),
    [
        ((ENGLAND,), date(2026, 12, 25), "Christmas Day (bank holiday in England and Wales)"),
        ((ENGLAND,), date(2026, 12, 26), "Saturday"),
        ((ENGLAND,), date(2026, 12, 28), "Boxing Day, substitute day (bank holiday in England and Wales)"),
        ((ENGLAND,), date(2026, 5, 4), "Early May bank holiday (in England and Wales)"),
        ((ENGLAND,), date(2026, 11, 30), ""),
        ((SCOTLAND,), date(2026, 11, 30), "St Andrew’s Day (bank holiday in Scotland)"),
        ((SCOTLAND,), date(2027, 3, 29), ""),
        ((SCOTLAND, ENGLAND), date(2027, 3, 29), "Easter Monday (bank holiday in England and Wales)"),
        ((NORTHERN_IRELAND,), date(2027, 3, 17), "St Patrick’s Day (bank holiday in Northern Ireland)"),
        (
            tuple(Nation),
            date(2027, 1, 1),
            "New Year’s Day (bank holiday in England and Wales, Scotland, Northern Ireland)",
        ),
        ((), date(2026, 12, 25), ""),
    ],
)
def test_a_day_off_says_why(nations: tuple[Nation, ...], day: date, why: str) -> None:
    days = working_days(*nations)
    assert days.why_not(day) == why
    assert days.is_working(day) is (why == "")


def test_an_organisation_may_be_shut_and_a_bank_holiday_goes_before_that() -> None:
    shut = tuple(Closure(date(2026, 12, day), "Christmas shutdown") for day in (24, 25))
    days = working_days(ENGLAND, closed=shut)
    assert days.why_not(date(2026, 12, 24)) == "closed: Christmas shutdown"
    assert days.why_not(date(2026, 12, 25)).startswith("Christmas Day")


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 12, 23), date(2026, 12, 22), date(2026, 12, 24)),
        (date(2026, 12, 24), date(2026, 12, 23), date(2026, 12, 29)),
        (date(2026, 12, 27), date(2026, 12, 24), date(2026, 12, 29)),
        (date(2026, 12, 29), date(2026, 12, 24), date(2026, 12, 30)),
        (date(2028, 2, 29), date(2028, 2, 28), date(2028, 3, 1)),
    ],
)
def test_the_working_days_around_a_day(day: date, before: date, after: date) -> None:
    assert (working_days(ENGLAND).previous(day), working_days(ENGLAND).next(day)) == (before, after)


@pytest.mark.parametrize(
    ("count", "day"),
    [(0, date(2026, 12, 24)), (1, date(2026, 12, 29)), (4, date(2027, 1, 4)), (5, date(2027, 1, 5))],
)
def test_counting_working_days_over_christmas(count: int, day: date) -> None:
    assert working_days(ENGLAND).add(date(2026, 12, 24), count) == day


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (date(2026, 5, 1), date(2026, 5, 29)),
        (date(2027, 5, 9), date(2027, 5, 28)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2027, 2, 1), date(2027, 2, 26)),
        (date(2027, 10, 1), date(2027, 10, 29)),
        (date(2028, 12, 1), date(2028, 12, 29)),
    ],
)
def test_the_last_working_day_of_a_month(month: date, last: date) -> None:
    assert working_days(ENGLAND).last_of_month(month) == last


def test_the_last_working_day_differs_by_nation() -> None:
    assert working_days(SCOTLAND).last_of_month(date(2026, 11, 1)) == date(2026, 11, 27)  # the 30th is St Andrew's


def test_a_month_may_have_no_working_day_at_all() -> None:
    august = tuple(Closure(date(2027, 8, 1) + timedelta(days=each), "Summer") for each in range(31))
    assert working_days(closed=august).last_of_month(date(2027, 8, 1)) is None


def test_after_the_last_year_that_is_held_each_monday_to_friday_is_working() -> None:
    assert working_days(ENGLAND).is_working(date(2029, 12, 25))
    assert working_days(ENGLAND).why_not(date(2029, 12, 29)) == "Saturday"


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("2024-01-01 =", "2024-02-30 ="), "2024-02-30 =", "england-and-wales.2024-02-30.[key] must be a date"),
        (('"Good Friday"', "5"), "2024-03-29 = 5", 'england-and-wales.2024-03-29 must be text in quotes: "like this"'),
        (('"Good Friday"', '""'), '2024-03-29 = ""', "england-and-wales.2024-03-29 is empty"),
        (("[scotland]", "[wales]"), "[wales]", "wales is not a key that is known here"),
        (
            ("last_year = 2028", "last_year = 2030"),
            "last_year = 2030",
            "last_year: england and wales has no day in 2029; add that year or lower this",
        ),
        (("last_year = 2028", "last_year = soon"), "last_year = soon", "cannot be read as TOML"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_line(
    change: tuple[str, str], line: str, said: str, tmp_path: Path
) -> None:
    lines = (CONTENT / calendars.FILE).read_text(encoding="utf-8").replace(*change, 1).split("\n")
    (tmp_path / calendars.FILE).write_text("\n".join(lines), encoding="utf-8")
    faults: list[Fault] = []
    assert calendars.load(tmp_path, faults) is NONE_KNOWN
    (at,) = (number for number, each in enumerate(lines, start=1) if each.startswith(line))
    assert [fault.problem.startswith(said) for fault in faults if fault.line == at] == [True], faults


def test_without_the_file_no_bank_holidays_are_known_and_that_is_a_fault(tmp_path: Path) -> None:
    faults: list[Fault] = []
    days = WorkingDays((ENGLAND,), (), calendars.load(tmp_path, faults))
    assert days.is_working(date(2026, 12, 25))
    assert [str(fault) for fault in faults] == [
        f"{tmp_path}/bank-holidays.toml:1: cannot be read; put the file back or check who may read it"
    ]
