"""The moments of a round, in UTC: over clock changes, in people's own zones, its close, reminders and lateness."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

import pytest

from bot.surveys.calendars import Closure
from bot.surveys.rules import EveryWeeks, Once
from bot.surveys.schedule import Policy
from bot.surveys.timetable import Lateness, Slot
from tests.bot.surveys.builders import a_timetable

FRIDAYS = EveryWeeks(1, (4,), date(2026, 1, 2))
MONDAYS = EveryWeeks(1, (0,), date(2026, 1, 5))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def on(day: date) -> Slot:
    return Slot(day, day)


@pytest.mark.parametrize(
    ("rule", "change", "moments"),
    [
        (FRIDAYS, date(2026, 3, 29), ["2026-03-27 10:00", "2026-04-02 09:00"]),
        (MONDAYS, date(2026, 3, 29), ["2026-03-23 10:00", "2026-03-30 09:00"]),
        (FRIDAYS, date(2026, 10, 25), ["2026-10-23 09:00", "2026-10-30 10:00"]),
        (MONDAYS, date(2026, 10, 25), ["2026-10-19 09:00", "2026-10-26 10:00"]),
    ],
)
def test_ten_o_clock_stays_ten_o_clock_on_both_sides_of_a_clock_change_once_each(
    rule: EveryWeeks, change: date, moments: list[str]
) -> None:
    timetable = a_timetable(rule, policy=Policy.PREVIOUS)  # 3 April 2026 is Good Friday
    slots = timetable.slots(change - timedelta(days=7), 2)
    assert [timetable.opens_at(slot) for slot in slots] == [utc(each) for each in moments]


def test_whoever_asks_hour_by_hour_over_a_clock_change_sees_each_round_once() -> None:
    timetable = a_timetable(MONDAYS)
    hours = [utc("2026-10-18 00:00") + timedelta(minutes=30 * each) for each in range(48 * 9)]
    seen = [slot.day for slot, _ in groupby(map(timetable.next_slot, hours)) if slot]
    assert seen == [date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2)]


def test_a_time_that_a_clock_skips_is_the_first_minute_after_the_gap() -> None:
    sunday = a_timetable(Once(date(2026, 3, 29)), at=time(1, 30))
    assert sunday.opens_at(on(date(2026, 3, 29))) == utc("2026-03-29 01:00")  # 02:00 in London


def test_a_time_that_a_clock_shows_twice_is_the_first() -> None:
    sunday = a_timetable(Once(date(2026, 10, 25)), at=time(1, 30))
    assert sunday.opens_at(on(date(2026, 10, 25))) == utc("2026-10-25 00:30")


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("America/New_York", "2026-12-01 15:00"),
        ("Asia/Kolkata", "2026-12-01 04:30"),
        ("Australia/Lord_Howe", "2026-11-30 23:00"),
        ("Mars/Olympus_Mons", "2026-12-01 10:00"),
        ("", "2026-12-01 10:00"),
        (None, "2026-12-01 10:00"),
    ],
)
def test_each_person_is_asked_at_ten_where_they_are_and_at_the_schedules_ten_when_that_is_not_known(
    zone: str | None, moment: str
) -> None:
    assert a_timetable(recipient_zones=True).opens_at(on(date(2026, 12, 1)), zone) == utc(moment)


def test_a_schedule_of_its_own_zone_asks_everyone_at_one_moment() -> None:
    assert a_timetable().opens_at(on(date(2026, 12, 1)), "America/New_York") == utc("2026-12-01 10:00")


def test_an_unknown_zone_of_a_schedule_is_taken_as_london() -> None:
    assert a_timetable(zone="Europe/Atlantis").opens_at(on(date(2027, 7, 1))) == utc("2027-07-01 09:00")


def test_a_round_is_ready_when_it_first_opens_anywhere() -> None:
    slot = on(date(2026, 12, 1))
    assert a_timetable().starts_at(slot) == utc("2026-12-01 10:00")
    assert a_timetable(recipient_zones=True).starts_at(slot) == utc("2026-11-30 20:00")


@pytest.mark.parametrize(
    ("days", "closes", "reminders"),
    [
        (1, "2026-12-22 17:00", []),
        (2, "2026-12-23 17:00", ["2026-12-23 10:00"]),
        (3, "2026-12-24 17:00", ["2026-12-24 10:00"]),
        (4, "2026-12-29 17:00", ["2026-12-24 10:00", "2026-12-29 10:00"]),
        (5, "2026-12-30 17:00", ["2026-12-24 10:00", "2026-12-30 10:00"]),
    ],
)
def test_a_round_is_open_for_working_days_and_reminds_on_the_third_and_the_last(
    days: int, closes: str, reminders: list[str]
) -> None:
    timetable = a_timetable(Once(date(2026, 12, 22)), open_days=days)
    slot = on(date(2026, 12, 22))
    assert timetable.closes_at(slot) == utc(closes)
    assert timetable.reminders_at(slot) == tuple(map(utc, reminders))


def test_a_round_closes_at_five_by_the_clock_after_a_clock_change() -> None:
    assert a_timetable(FRIDAYS).closes_at(on(date(2026, 10, 23))) == utc("2026-10-29 17:00")
    assert a_timetable(FRIDAYS, open_days=4).closes_at(on(date(2026, 6, 5))) == utc("2026-06-10 16:00")


def test_a_round_closes_before_the_next_even_when_a_bank_holiday_shortens_the_week() -> None:
    slot = a_timetable(MONDAYS).slots(date(2026, 12, 21), 1)[0]
    assert slot.day == date(2026, 12, 29)
    assert a_timetable(MONDAYS).closes_at(slot) == utc("2026-12-31 17:00")


def test_reminders_come_at_ten_where_people_are_and_never_after_the_close() -> None:
    timetable = a_timetable(Once(date(2026, 12, 1)), recipient_zones=True, open_days=3)
    assert timetable.reminders_at(on(date(2026, 12, 1)), "America/New_York") == (utc("2026-12-03 15:00"),)
    assert timetable.reminders_at(on(date(2026, 12, 1)), "Pacific/Honolulu") == ()  # 20:00 in London, after the close


def test_reminders_keep_to_the_hours_in_which_messages_may_be_sent() -> None:
    timetable = a_timetable(at=time(13), hours=(time(12), time(15)))
    assert [each.hour for each in timetable.reminders_at(on(date(2026, 12, 1)))] == [12, 12]


@pytest.mark.parametrize(
    ("now", "lateness"),
    [
        ("2026-12-01 09:59:59", Lateness.TO_COME),
        ("2026-12-01 10:00", Lateness.ON_TIME),
        ("2026-12-01 10:10", Lateness.ON_TIME),
        ("2026-12-01 10:11", Lateness.CATCH_UP),
        ("2026-12-01 14:00", Lateness.CATCH_UP),
        ("2026-12-01 14:01", Lateness.MISSED),
        ("2026-12-02 10:00", Lateness.MISSED),
    ],
)
def test_how_late_a_round_is(now: str, lateness: Lateness) -> None:
    assert a_timetable().due(utc(now), on(date(2026, 12, 1))) is lateness


def test_a_round_is_missed_when_working_hours_are_over() -> None:
    assert a_timetable(at=time(14)).due(utc("2026-12-01 16:29"), on(date(2026, 12, 1))) is Lateness.CATCH_UP
    assert a_timetable(at=time(14)).due(utc("2026-12-01 16:30"), on(date(2026, 12, 1))) is Lateness.MISSED


def test_lateness_is_told_where_the_person_is() -> None:
    timetable = a_timetable(recipient_zones=True)
    now, slot = utc("2026-12-01 15:05"), on(date(2026, 12, 1))
    assert timetable.due(now, slot, "America/New_York") is Lateness.ON_TIME
    assert timetable.due(now, slot, "America/Los_Angeles") is Lateness.TO_COME
    assert timetable.due(now, slot) is Lateness.MISSED


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-12-01 09:29", "2026-12-01 09:30"),
        ("2026-12-01 09:30", "2026-12-01 09:30"),
        ("2026-12-01 16:29:59", "2026-12-01 16:29:59"),
        ("2026-12-01 16:30", "2026-12-02 09:30"),
        ("2026-12-04 18:00", "2026-12-07 09:30"),
        ("2026-12-24 17:00", "2026-12-29 09:30"),
        ("2026-03-27 20:00", "2026-03-30 08:30"),
    ],
)
def test_messages_wait_for_working_hours(moment: str, allowed: str) -> None:
    assert a_timetable().next_allowed(utc(moment)) == utc(allowed)
    assert a_timetable().in_quiet_hours(utc(moment)) is (moment != allowed)


def test_working_hours_are_those_of_the_place_where_the_person_is() -> None:
    assert a_timetable().next_allowed(utc("2026-12-01 10:00"), "America/New_York") == utc("2026-12-01 14:30")


def test_a_schedule_that_ignores_bank_holidays_may_send_on_them_and_never_at_weekends() -> None:
    timetable = a_timetable(policy=Policy.IGNORE, closed=(Closure(date(2026, 12, 29), "Shutdown"),))
    assert not timetable.in_quiet_hours(utc("2026-12-28 10:00"))
    assert not timetable.in_quiet_hours(utc("2026-12-29 10:00"))
    assert timetable.next_allowed(utc("2026-12-26 10:00")) == utc("2026-12-28 09:30")


def test_a_round_that_is_left_out_has_no_moments() -> None:
    with pytest.raises(ValueError, match="Monday 28 December 2026 is left out"):
        a_timetable().opens_at(Slot(date(2026, 12, 28), None))


def test_nobody_is_reminded_on_the_day_of_asking() -> None:
    early = a_timetable(Once(date(2026, 12, 22)), at=time(9, 30), open_days=1)
    assert early.reminders_at(on(date(2026, 12, 22))) == ()
