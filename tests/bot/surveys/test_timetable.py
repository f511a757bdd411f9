"""The dates of a schedule on real days: shifts and their reasons, parity, the key of a round."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.surveys.calendars import Closure, Nation
from bot.surveys.rules import EveryWeeks, LastWorkingDay, NthWeekday, Once, Rule
from bot.surveys.schedule import Policy
from bot.surveys.timetable import Slot
from tests.bot.surveys.builders import a_timetable

MONDAYS = EveryWeeks(1, (0,), date(2026, 11, 2))
BOXING_DAY = "Boxing Day, substitute day (bank holiday in England and Wales)"
SHUTDOWN = tuple(Closure(date(2026, 12, 21) + timedelta(days=each), "Christmas shutdown") for each in range(14))


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            Policy.NEXT,
            Slot(date(2026, 12, 28), date(2026, 12, 29), f"moved from Monday 28 December 2026: {BOXING_DAY}"),
        ),
        (
            Policy.PREVIOUS,
            Slot(date(2026, 12, 28), date(2026, 12, 24), f"moved from Monday 28 December 2026: {BOXING_DAY}"),
        ),
        (Policy.SKIP, Slot(date(2026, 12, 28), None, f"left out: {BOXING_DAY}")),
        (Policy.IGNORE, Slot(date(2026, 12, 28), date(2026, 12, 28), f"kept although off: {BOXING_DAY}")),
    ],
)
def test_monday_28_december_2026_is_a_bank_holiday_and_each_policy_says_what_becomes_of_it(
    policy: Policy, expected: Slot
) -> None:
    assert a_timetable(MONDAYS, policy=policy).slots(date(2026, 12, 23), 1)[0] == expected


def test_a_round_left_out_is_shown_between_those_that_are_held_and_not_counted() -> None:
    slots = a_timetable(MONDAYS, policy=Policy.SKIP).slots(date(2026, 12, 20), 2)
    assert [(slot.planned, slot.day is None) for slot in slots] == [
        (date(2026, 12, 21), False),
        (date(2026, 12, 28), True),
        (date(2027, 1, 4), False),
    ]


def test_every_second_tuesday_stays_so_across_the_turn_of_the_year_with_its_53rd_week() -> None:
    slots = a_timetable().slots(date(2026, 12, 10), 4)
    assert [slot.day for slot in slots] == [
        date(2026, 12, 15),
        date(2026, 12, 29),
        date(2027, 1, 12),
        date(2027, 1, 26),
    ]


def test_resuming_after_three_months_sends_nothing_now_and_keeps_parity() -> None:
    timetable = a_timetable()
    resumed = datetime(2027, 3, 2, 11, 0, tzinfo=UTC)
    slot = timetable.next_slot(resumed)
    assert slot is not None
    assert slot.planned == date(2027, 3, 9)
    assert (slot.planned - date(2026, 12, 1)).days % 14 == 0
    assert timetable.opens_at(slot) - resumed > timedelta(days=6)


def test_resuming_in_the_very_minute_of_a_round_waits_for_the_next() -> None:
    timetable = a_timetable()
    opening = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
    for resumed, planned in ((opening - timedelta(seconds=1), date(2027, 3, 9)), (opening, date(2027, 3, 23))):
        slot = timetable.next_slot(resumed)
        assert slot is not None
        assert slot.planned == planned


def test_with_recipients_zones_a_round_that_has_begun_somewhere_is_not_next() -> None:
    timetable = a_timetable(recipient_zones=True)
    slot = timetable.next_slot(datetime(2027, 3, 8, 20, 30, tzinfo=UTC))  # 10:30 on the 9th in Kiritimati
    assert slot is not None
    assert slot.planned == date(2027, 3, 23)


def test_dates_moved_onto_one_day_make_one_round_and_the_one_at_home_there_is_kept() -> None:
    slots = a_timetable(MONDAYS, closed=SHUTDOWN).slots(date(2026, 12, 14), 1)
    taken = "and on Monday 4 January 2027 there is a round already"
    assert slots == (
        Slot(date(2026, 12, 21), None, f"left out: closed: Christmas shutdown, {taken}"),
        Slot(date(2026, 12, 28), None, f"left out: {BOXING_DAY}, {taken}"),
        Slot(date(2027, 1, 4), date(2027, 1, 4)),
    )


@pytest.mark.parametrize("asked_on", [date(2026, 12, 14) + timedelta(days=each) for each in range(20)])
def test_which_round_is_held_on_a_day_does_not_depend_on_when_one_asks(asked_on: date) -> None:
    wednesdays = EveryWeeks(1, (2,), date(2026, 11, 4))
    held = [slot for slot in a_timetable(wednesdays, closed=SHUTDOWN).slots(asked_on, 3) if slot.day]
    (first,) = (slot for slot in held if slot.day == date(2027, 1, 4))
    assert first.planned == date(2026, 12, 23)


def test_moved_to_the_day_before_is_never_moved_onto_the_day_asked_about_or_before_it() -> None:
    timetable = a_timetable(MONDAYS, policy=Policy.PREVIOUS)
    for asked_on in (date(2026, 12, 24), date(2026, 12, 26)):
        assert timetable.slots(asked_on, 1) == (Slot(date(2027, 1, 4), date(2027, 1, 4)),)


@pytest.mark.parametrize(
    ("rule", "planned", "held"),
    [
        (LastWorkingDay(1, date(2027, 5, 1)), date(2027, 5, 31), date(2027, 5, 28)),
        (LastWorkingDay(1, date(2026, 12, 1)), date(2026, 12, 31), date(2026, 12, 31)),
        (LastWorkingDay(1, date(2027, 2, 1)), date(2027, 2, 26), date(2027, 2, 26)),
        (Once(date(2028, 2, 29)), date(2028, 2, 29), date(2028, 2, 29)),
        (NthWeekday(1, 0, 1, date(2028, 5, 1)), date(2028, 5, 1), date(2028, 5, 2)),
    ],
)
def test_where_a_date_lands(rule: Rule, planned: date, held: date) -> None:
    (slot,) = a_timetable(rule).slots(planned.replace(day=1) - timedelta(days=1), 1)
    assert (slot.planned, slot.day) == (planned, held)


@pytest.mark.parametrize("policy", Policy)
def test_the_last_working_day_is_never_off_whatever_the_policy(policy: Policy) -> None:
    (slot,) = a_timetable(LastWorkingDay(1, date(2027, 5, 1)), policy=policy).slots(date(2027, 5, 1), 1)
    assert slot.day == date(2027, 5, 28)


def test_a_month_that_is_closed_from_end_to_end_has_no_last_working_day() -> None:
    august = tuple(Closure(date(2027, 8, each), "Summer") for each in range(1, 32))
    slots = a_timetable(LastWorkingDay(1, date(2027, 7, 1)), closed=august).slots(date(2027, 7, 31), 1)
    assert [(slot.planned, slot.day) for slot in slots] == [
        (date(2027, 8, 31), None),
        (date(2027, 9, 30), date(2027, 9, 30)),
    ]


def test_a_schedule_of_one_date_ends() -> None:
    assert a_timetable(Once(date(2026, 12, 1))).slots(date(2026, 12, 1), 6) == ()
    assert a_timetable(Once(date(2026, 12, 1))).next_slot(datetime(2026, 12, 1, 10, 0, tzinfo=UTC)) is None


def test_a_schedule_of_which_every_round_is_left_out_ends_too() -> None:
    good_fridays = tuple(Closure(date(2026, 12, 4) + timedelta(weeks=each), "Friday") for each in range(600))
    timetable = a_timetable(EveryWeeks(1, (4,), date(2026, 12, 4)), policy=Policy.SKIP, closed=good_fridays)
    assert [slot for slot in timetable.slots(date(2026, 12, 1), 6) if slot.day] == []


def test_asking_for_no_rounds_gives_none() -> None:
    assert a_timetable().slots(date(2026, 12, 1), 0) == ()


def test_the_key_of_a_round_is_what_the_clock_shows_and_finds_it_again() -> None:
    timetable = a_timetable(MONDAYS)
    (slot,) = timetable.slots(date(2026, 12, 21), 1)
    assert timetable.key(slot) == "2026-12-28T10:00@Europe/London"
    assert timetable.slot("2026-12-28T10:00@Europe/London") == slot
    assert timetable.slot("2026-12-29T10:00@Europe/London") is None
    assert timetable.slot("2026-12-28T11:00@Europe/London") is None


def test_a_key_finds_a_round_that_was_left_out_too() -> None:
    timetable = a_timetable(MONDAYS, closed=SHUTDOWN)
    slot = timetable.slot("2026-12-28T10:00@Europe/London")
    assert slot is not None
    assert slot.day is None


def test_a_bank_holiday_announced_late_moves_a_round_under_the_same_key() -> None:
    key = "2026-12-01T10:00@Europe/London"
    late = Closure(date(2026, 12, 1), "a royal wedding")
    slot = a_timetable(closed=(late,)).slot(key)
    assert slot == Slot(
        date(2026, 12, 1), date(2026, 12, 2), "moved from Tuesday 1 December 2026: closed: a royal wedding"
    )


@pytest.mark.parametrize(
    ("nations", "asked_on", "said"),
    [
        ((Nation.SCOTLAND,), date(2028, 11, 30), "Bank holidays after 2028 are not known yet."),
        ((Nation.SCOTLAND,), date(2027, 11, 30), ""),
        ((), date(2028, 11, 30), ""),
    ],
)
def test_the_preview_says_where_bank_holidays_are_not_known(
    nations: tuple[Nation, ...], asked_on: date, said: str
) -> None:
    timetable = a_timetable(at=time(10), nations=nations)
    assert timetable.unknown_after(timetable.slots(asked_on, 6)) == said
