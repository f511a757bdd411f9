"""What holds for every schedule from 2026 to 2030, whatever its rule, policy, zone and time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.surveys.calendars import Closure, Nation
from bot.surveys.rules import EveryWeeks, LastWorkingDay, NthWeekday, Once, Rule
from bot.surveys.schedule import Policy, Schedule
from bot.surveys.timetable import Slot, Timetable
from tests.bot.surveys.builders import holidays

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
TURNS = st.sampled_from(
    [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 28), date(2027, 1, 1), date(2028, 2, 29), date(2030, 10, 27)]
)
NEAR = st.builds(lambda day, by: day + timedelta(days=by), TURNS, st.integers(-20, 10))
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(UTC))
ZONES = st.sampled_from(
    [
        "Europe/London",
        "America/New_York",
        "Australia/Lord_Howe",  # changes by half an hour
        "Africa/Casablanca",  # changes for Ramadan
        "America/St_Johns",
        "Asia/Kathmandu",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
    ]
)
WEEKDAYS, EVERY = st.integers(0, 4), st.integers(1, 12)
RULES: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Once, DAYS | NEAR),
    st.builds(EveryWeeks, EVERY, st.lists(WEEKDAYS, min_size=1, max_size=3).map(tuple), DAYS | NEAR),
    st.builds(NthWeekday, st.sampled_from((1, 2, 3, 4, -1)), WEEKDAYS, EVERY, DAYS | NEAR),
    st.builds(LastWorkingDay, EVERY, DAYS | NEAR),
)
TIMES = st.builds(time, st.integers(0, 16), st.integers(0, 59))
SCHEDULES = st.builds(
    Schedule,
    rule=RULES,
    at=TIMES,
    zone=ZONES,
    recipient_zones=st.booleans(),
    policy=st.sampled_from(Policy),
    nations=st.lists(st.sampled_from(Nation), unique=True).map(tuple),
    closed=st.lists(st.builds(Closure, DAYS | NEAR, st.just("shut")), max_size=30).map(tuple),
    open_days=st.integers(1, 30),
)


def held(slots: tuple[Slot, ...]) -> list[date]:
    return [slot.day for slot in slots if slot.day]


def shown(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@settings(max_examples=250, deadline=None)
@given(SCHEDULES, DAYS | NEAR)
def test_rounds_follow_each_other_on_days_that_are_allowed_and_each_date_counts_once(
    schedule: Schedule, after: date
) -> None:
    timetable = Timetable(schedule, holidays())
    slots = timetable.slots(after, 12)
    days = held(slots)
    assert all(day > after for day in days)
    assert all(one < two for one, two in pairwise(days))
    assert all(one.planned < two.planned for one, two in pairwise(slots))
    assert len({timetable.key(slot) for slot in slots}) == len(slots)
    assert all(day.weekday() < 5 for day in days if not isinstance(schedule.rule, Once))
    assert schedule.policy is Policy.IGNORE or all(map(timetable.working.is_working, days))
    assert all(slot.reason for slot in slots if slot.day != slot.planned)


@settings(max_examples=150, deadline=None)
@given(SCHEDULES, DAYS | NEAR, ZONES)
def test_a_clock_on_the_wall_shows_the_time_that_was_chosen_unless_it_skips_it(
    schedule: Schedule, after: date, persons: str
) -> None:
    timetable = Timetable(schedule, holidays())
    zone = persons if schedule.recipient_zones else schedule.zone
    for slot in timetable.slots(after, 6):
        if slot.day is None:
            continue
        moment, wanted = timetable.opens_at(slot, persons), datetime.combine(slot.day, schedule.at)
        clock = shown(moment, zone)
        assert moment.tzinfo is UTC
        if clock != wanted:  # the minute before is on the other side of the gap
            assert shown(moment - timedelta(minutes=1), zone) < wanted < clock
        assert shown(moment - timedelta(hours=1), zone) != wanted  # of two, the first
        assert timetable.starts_at(slot) <= moment


@settings(max_examples=100, deadline=None)
@given(SCHEDULES, DAYS | NEAR, st.integers(1, 40))
def test_whoever_asks_later_is_told_the_same_rounds(schedule: Schedule, after: date, days: int) -> None:
    timetable, later = Timetable(schedule, holidays()), after + timedelta(days=days)
    before = [slot for slot in timetable.slots(after, 60) if (slot.day or slot.planned) > later]
    assert list(timetable.slots(later, 60))[: len(before)] == before
    assert [timetable.slot(timetable.key(slot)) for slot in before[:5]] == before[:5]


@settings(max_examples=100, deadline=None)
@given(SCHEDULES, MOMENTS)
def test_the_next_round_never_begins_at_once(schedule: Schedule, now: datetime) -> None:
    timetable = Timetable(schedule, holidays())
    slot = timetable.next_slot(now)
    if slot is not None:
        assert timetable.starts_at(slot) > now
        following = timetable.next_slot(timetable.starts_at(slot))
        assert following is None or timetable.starts_at(following) > timetable.starts_at(slot)


@settings(max_examples=150, deadline=None)
@given(SCHEDULES, DAYS | NEAR, ZONES)
def test_a_round_closes_after_it_opens_and_reminds_between_in_working_hours(
    schedule: Schedule, after: date, persons: str
) -> None:
    timetable = Timetable(schedule, holidays())
    for slot in timetable.slots(after, 3):
        if slot.day is None:
            continue
        assert timetable.closes_at(slot) > timetable.opens_at(slot) or schedule.recipient_zones
        reminders = timetable.reminders_at(slot, persons)
        assert len(reminders) <= 2
        assert list(reminders) == sorted(set(reminders))
        for moment in reminders:
            assert timetable.opens_at(slot, persons) < moment < timetable.closes_at(slot)
            assert not timetable.in_quiet_hours(moment, persons if schedule.recipient_zones else None)


@settings(max_examples=100, deadline=None)
@given(SCHEDULES, ZONES, MOMENTS)
def test_what_waits_for_working_hours_is_sent_in_them_and_no_sooner(
    schedule: Schedule, zone: str, now: datetime
) -> None:
    timetable = Timetable(schedule, holidays())
    allowed = timetable.next_allowed(now, zone)
    assert allowed >= now
    assert not timetable.in_quiet_hours(allowed, zone)
    assert schedule.hours[0] <= shown(allowed, zone).time() < schedule.hours[1]
    assert timetable.in_quiet_hours(now, zone) is (allowed != now)


@settings(max_examples=150, deadline=None)
@given(SCHEDULES)
def test_a_kept_schedule_comes_back_as_it_was(schedule: Schedule) -> None:
    assert Schedule.from_dict(schedule.to_dict()) == schedule
    assert schedule.describe()
