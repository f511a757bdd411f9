"""Which dates a rule plans: tables of cases, whatever the month is like."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest

from bot.surveys.rules import EveryWeeks, LastWorkingDay, NthWeekday, Once, Rule

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)


def planned(rule: Rule, since: date, count: int) -> list[str]:
    return [day.isoformat() for day in islice(rule.planned(since), count)]


@pytest.mark.parametrize(
    ("since", "days"),
    [(date(2026, 12, 1), ["2026-12-01"]), (date(2026, 12, 2), []), (date(2020, 1, 1), ["2026-12-01"])],
)
def test_once(since: date, days: list[str]) -> None:
    assert planned(Once(date(2026, 12, 1)), since, 3) == days


@pytest.mark.parametrize(
    ("interval", "weekdays", "anchor", "since", "days"),
    [
        (1, (TUESDAY,), "2026-12-01", "2026-12-02", ["2026-12-08", "2026-12-15"]),
        (2, (TUESDAY,), "2026-12-01", "2026-12-02", ["2026-12-15", "2026-12-29", "2027-01-12"]),
        (2, (TUESDAY,), "2026-12-01", "2027-01-06", ["2027-01-12", "2027-01-26"]),
        (2, (TUESDAY,), "2026-12-02", "2026-12-01", ["2026-12-15"]),  # the anchor's own Tuesday has passed
        (2, (FRIDAY, MONDAY), "2026-12-01", "2026-12-01", ["2026-12-04", "2026-12-14", "2026-12-18"]),
        (3, (MONDAY, MONDAY), "2026-12-07", "2026-12-07", ["2026-12-07", "2026-12-28", "2027-01-18"]),
        (12, (WEDNESDAY,), "2026-12-02", "2026-12-03", ["2027-02-24", "2027-05-19"]),
        (1, (THURSDAY,), "2028-02-01", "2028-02-25", ["2028-03-02"]),
        (1, (TUESDAY,), "2028-02-01", "2028-02-28", ["2028-02-29", "2028-03-07"]),
        (2, (TUESDAY,), "2027-03-02", "2026-01-01", ["2027-03-02", "2027-03-16"]),  # nothing before the anchor
    ],
)
def test_every_so_many_weeks(
    interval: int, weekdays: tuple[int, ...], anchor: str, since: str, days: list[str]
) -> None:
    rule = EveryWeeks(interval, weekdays, date.fromisoformat(anchor))
    assert planned(rule, date.fromisoformat(since), len(days)) == days


@pytest.mark.parametrize(
    ("nth", "weekday", "months", "anchor", "days"),
    [
        (1, MONDAY, 1, "2026-06-01", ["2026-06-01", "2026-07-06", "2026-08-03"]),
        (1, TUESDAY, 1, "2026-12-01", ["2026-12-01", "2027-01-05", "2027-02-02"]),
        (2, TUESDAY, 1, "2026-12-01", ["2026-12-08", "2027-01-12", "2027-02-09"]),
        (4, FRIDAY, 1, "2027-01-01", ["2027-01-22", "2027-02-26", "2027-03-26"]),
        (-1, FRIDAY, 1, "2027-01-01", ["2027-01-29", "2027-02-26", "2027-03-26"]),
        (-1, MONDAY, 1, "2027-05-01", ["2027-05-31", "2027-06-28", "2027-07-26"]),  # five Mondays
        (-1, TUESDAY, 1, "2028-02-01", ["2028-02-29", "2028-03-28"]),  # leap day
        (4, MONDAY, 1, "2027-02-01", ["2027-02-22"]),  # 28 days, four of each
        (3, WEDNESDAY, 3, "2026-11-01", ["2026-11-18", "2027-02-17", "2027-05-19"]),
        (1, MONDAY, 3, "2026-11-26", ["2027-02-01", "2027-05-03"]),  # November's has passed
        (1, THURSDAY, 12, "2026-12-01", ["2026-12-03", "2027-12-02", "2028-12-07"]),
        (1, FRIDAY, 5, "2026-10-01", ["2026-10-02", "2027-03-05", "2027-08-06", "2028-01-07"]),
    ],
)
def test_a_weekday_of_the_month(nth: int, weekday: int, months: int, anchor: str, days: list[str]) -> None:
    rule = NthWeekday(nth, weekday, months, date.fromisoformat(anchor))  # type: ignore[arg-type]
    assert planned(rule, date.fromisoformat(anchor) - timedelta(days=40), len(days)) == days


@pytest.mark.parametrize(
    ("months", "anchor", "days"),
    [
        (1, "2027-01-01", ["2027-01-29", "2027-02-26", "2027-03-31", "2027-04-30", "2027-05-31"]),
        (1, "2028-02-01", ["2028-02-29", "2028-03-31", "2028-04-28"]),
        (1, "2026-11-30", ["2026-11-30", "2026-12-31"]),
        (2, "2027-01-30", ["2027-03-31", "2027-05-31"]),  # January's, the 29th, has passed
        (3, "2026-12-01", ["2026-12-31", "2027-03-31", "2027-06-30", "2027-09-30", "2027-12-31"]),
    ],
)
def test_the_last_monday_to_friday_of_the_month(months: int, anchor: str, days: list[str]) -> None:
    rule = LastWorkingDay(months, date.fromisoformat(anchor))
    assert planned(rule, date.fromisoformat(anchor), len(days)) == days


@pytest.mark.parametrize(
    "rule",
    [
        EveryWeeks(3, (TUESDAY, THURSDAY), date(2026, 1, 6)),
        NthWeekday(-1, FRIDAY, 5, date(2026, 1, 6)),
        LastWorkingDay(7, date(2026, 1, 6)),
    ],
)
def test_where_one_begins_to_ask_changes_nothing_in_what_follows(rule: Rule) -> None:
    whole = list(islice(rule.planned(date(2026, 1, 1)), 60))
    for since in whole:
        assert list(islice(rule.planned(since), 3)) == whole[whole.index(since) :][:3] or since > whole[-3]
        assert next(rule.planned(since + timedelta(days=1))) > since
