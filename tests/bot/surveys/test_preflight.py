"""What an organiser is told before the first round."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.people import Function, Member
from bot.surveys import calendars
from bot.surveys.preflight import Clash, coming, preflight
from bot.surveys.schedule import EveryWeeks, Once, Schedule
from bot.surveys.statistics.shares import detectable_gap
from bot.surveys.survey import Draft, State, Survey
from tests.builders import CONTENT
from tests.surveys import QUESTIONS

NOW = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)  # a Tuesday
HOLIDAYS = calendars.load(CONTENT, [])
TUESDAYS = Schedule(rule=EveryWeeks(1, (1,), date(2026, 12, 1)), at=time(10, 0))
DRAFT = Draft("Ours", "x", QUESTIONS, schedule=TUESDAYS)
PEOPLE = tuple(Member(f"U{number:03}") for number in range(20))


def theirs(schedule: Schedule | None) -> Survey:
    return Survey("1" * 32, "T0GOV", "U0BO", State.ACTIVE, 1, replace(DRAFT, title="Theirs", schedule=schedule))


def test_six_dates_that_are_still_to_come_and_those_left_out_between() -> None:
    skipping = replace(TUESDAYS, policy=TUESDAYS.policy.SKIP, closed=(calendars.Closure(date(2026, 12, 22), "shut"),))
    slots = coming(skipping, HOLIDAYS, NOW)
    held = [slot.day for slot in slots if slot.day]
    assert held[0] == date(2026, 12, 8)  # today's began half an hour ago
    assert len(held) == 6
    assert [(slot.planned, slot.reason) for slot in slots if not slot.day] == [
        (date(2026, 12, 22), "left out: closed: shut")
    ]
    assert slots[-1].day == held[-1]


def test_a_survey_that_is_sent_once_has_one_date() -> None:
    assert [slot.day for slot in coming(replace(TUESDAYS, rule=Once(date(2026, 12, 3))), HOLIDAYS, NOW)] == [
        date(2026, 12, 3)
    ]
    assert coming(None, HOLIDAYS, NOW) == ()


def test_people_are_counted_by_what_they_set_and_the_gap_is_the_statistics_own() -> None:
    functions = {member.id: Function.PROCUREMENT for member in PEOPLE[:9]}
    functions |= {member.id: Function.DIGITAL for member in PEOPLE[9:15]} | {"U0ELSE": Function.DIGITAL}
    found = preflight(DRAFT, PEOPLE, functions, [], HOLIDAYS, NOW)
    assert dict(found.by_function) == {Function.PROCUREMENT: 9, Function.DIGITAL: 6, None: 5}
    assert (found.invited, found.assumed, found.gap) == (20, False, detectable_gap(9, 6))


def test_where_too_few_have_said_what_they_do_two_halves_are_assumed() -> None:
    found = preflight(DRAFT, PEOPLE, {PEOPLE[0].id: Function.DIGITAL}, [], HOLIDAYS, NOW)
    assert (found.assumed, found.gap) == (True, detectable_gap(10, 10))
    assert preflight(DRAFT, (), {}, [], HOLIDAYS, NOW).gap is None


@pytest.mark.parametrize(
    ("day", "people", "clashes"),
    [
        (date(2026, 12, 3), {"U000", "U001"}, [Clash("Theirs", date(2026, 12, 3), 2)]),
        (date(2026, 12, 3), {"U0ELSE"}, []),
        (date(2027, 1, 18), {"U000"}, [Clash("Theirs", date(2027, 1, 18), 1)]),
        (date(2027, 1, 19), {"U000"}, []),  # seven days after the last of ours
    ],
)
def test_a_clash_is_a_date_within_seven_days_for_some_of_the_same_people(
    day: date, people: set[str], clashes: list[Clash]
) -> None:
    other = theirs(Schedule(rule=Once(day), at=time(10, 0)))
    found = preflight(DRAFT, PEOPLE, {}, [(other, people)], HOLIDAYS, NOW)
    assert list(found.clashes) == clashes


def test_beyond_the_known_bank_holidays_it_is_said() -> None:
    late = replace(DRAFT, schedule=replace(TUESDAYS, rule=EveryWeeks(4, (1,), date(2030, 1, 1))))
    assert "are not known yet" in preflight(late, PEOPLE, {}, [], HOLIDAYS, NOW).unknown
    assert preflight(DRAFT, PEOPLE, {}, [], HOLIDAYS, NOW).unknown == ""
