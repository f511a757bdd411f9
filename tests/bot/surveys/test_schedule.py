"""What an organiser chose: how it is kept, said in words, and found wrong."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.surveys.calendars import Closure, Nation
from bot.surveys.rules import EveryWeeks, LastWorkingDay, NthWeekday, Once, Rule
from bot.surveys.schedule import Policy, Schedule
from tests.bot.surveys.builders import NOW, TUESDAYS, a_schedule, a_timetable

FIRST = date(2026, 12, 1)
KEPT: dict[str, Any] = {
    "rule": {"kind": "every-weeks", "interval": 2, "weekdays": [1], "anchor": "2026-12-01"},
    "at": "10:00",
    "zone": "Europe/London",
    "recipient_zones": True,
    "policy": "previous",
    "nations": ["england-and-wales", "scotland"],
    "closed": [{"day": "2026-12-24", "name": "Christmas shutdown"}],
    "open_days": 5,
    "hours": ["09:30", "16:30"],
}


def test_the_kept_form_is_words_that_no_change_of_code_can_lose() -> None:
    schedule = a_schedule(
        recipient_zones=True,
        policy=Policy.PREVIOUS,
        nations=(Nation.ENGLAND_AND_WALES, Nation.SCOTLAND),
        closed=(Closure(date(2026, 12, 24), "Christmas shutdown"),),
    )
    assert schedule.to_dict() == KEPT
    assert Schedule.from_dict(KEPT) == schedule
    assert json.loads(json.dumps(schedule.to_dict())) == KEPT


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (Once(FIRST), {"kind": "once", "day": "2026-12-01"}),
        (
            NthWeekday(-1, 4, 3, FIRST),
            {"kind": "nth-weekday", "nth": -1, "weekday": 4, "months": 3, "anchor": "2026-12-01"},
        ),
        (LastWorkingDay(1, FIRST), {"kind": "last-working-day", "months": 1, "anchor": "2026-12-01"}),
    ],
)
def test_every_rule_is_kept_in_words(rule: Rule, kept: dict[str, Any]) -> None:
    assert a_schedule(rule).to_dict()["rule"] == kept
    assert Schedule.from_dict(KEPT | {"rule": kept}).rule == rule


def test_what_was_not_yet_thought_of_when_a_schedule_was_kept_has_its_default() -> None:
    assert Schedule.from_dict({"rule": KEPT["rule"], "at": "10:00"}) == a_schedule()


def test_dates_and_times_as_toml_reads_them_are_taken_too() -> None:
    rule = {"kind": "once", "day": date(2026, 12, 1)}
    assert Schedule.from_dict({"rule": rule, "at": time(10)}) == a_schedule(Once(FIRST))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"at": 36000}, "at"),
        ({"at": "10:00:30"}, "at"),
        ({"at": "10:00Z"}, "at"),
        ({"policy": "sometimes"}, "policy"),
        ({"nations": ["wales"]}, "nations.0"),
        ({"open_days": "5"}, "open_days"),
        ({"cron": "0 10 * * 2"}, "cron"),
        ({"rule": {"kind": "cron"}}, "rule"),
        ({"rule": KEPT["rule"] | {"interval": 0}}, "rule.every-weeks.interval"),
        ({"rule": KEPT["rule"] | {"weekdays": []}}, "rule.every-weeks.weekdays"),
        ({"rule": KEPT["rule"] | {"weekdays": [5]}}, "rule.every-weeks.weekdays.0"),
        ({"rule": KEPT["rule"] | {"until": "2027-01-01"}}, "rule.every-weeks.until"),
        ({"closed": [{"day": "2026-02-30", "name": "x"}]}, "closed.0.day"),
    ],
)
def test_a_kept_form_that_is_not_ours_is_refused_with_its_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(ValueError, match=rf"(^|; ){field}: "):
        Schedule.from_dict(KEPT | change)


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (
            a_schedule(),
            "Every 2 weeks on Tuesday at 10:00, London time; "
            "on a bank holiday in England and Wales moved to the next working day",
        ),
        (
            a_schedule(EveryWeeks(1, (3, 0, 1), FIRST), nations=(), zone="America/New_York"),
            "Every week on Monday, Tuesday and Thursday at 10:00, New York time",
        ),
        (
            a_schedule(NthWeekday(-1, 4, 1, FIRST), at=time(14, 5), nations=tuple(Nation), policy=Policy.SKIP),
            "Every month on the last Friday at 14:05, London time; "
            "on a bank holiday in England and Wales, Scotland or Northern Ireland left out",
        ),
        (
            a_schedule(NthWeekday(2, 0, 3, FIRST), policy=Policy.IGNORE, closed=(Closure(FIRST, "x"),)),
            "Every 3 months on the second Monday at 10:00, London time; "
            "on a bank holiday in England and Wales or on a closed day sent all the same",
        ),
        (
            a_schedule(LastWorkingDay(2, FIRST), recipient_zones=True),
            "Every 2 months on the last working day at 10:00 in each person's own time zone "
            "(London time when it is not known); never on a bank holiday in England and Wales",
        ),
        (
            a_schedule(Once(FIRST), policy=Policy.PREVIOUS, nations=(Nation.SCOTLAND,)),
            "Once, on Tuesday 1 December 2026 at 10:00, London time; "
            "on a bank holiday in Scotland moved to the working day before",
        ),
    ],
)
def test_a_schedule_in_plain_words(schedule: Schedule, said: str) -> None:
    assert schedule.describe() == said


def test_a_sound_schedule_has_no_faults() -> None:
    for rule in (Once(FIRST), TUESDAYS, NthWeekday(1, 0, 1, FIRST), LastWorkingDay(12, FIRST)):
        assert a_timetable(rule).faults(NOW) == []


@pytest.mark.parametrize(
    ("schedule", "field", "words"),
    [
        (a_schedule(Once(date(2026, 11, 25))), "day", "Wednesday 25 November 2026 at 10:00 has passed"),
        (
            a_schedule(Once(NOW.date()), at=time(9), hours=(time(9), time(17))),
            "day",
            "26 November 2026 at 09:00 has passed",
        ),
        (a_schedule(Once(date(2026, 11, 28))), "day", "Saturday 28 November 2026? Choose a day from Monday to Friday"),
        (a_schedule(Once(date(9999, 12, 31))), "day", "Choose a date before 2032"),
        (a_schedule(LastWorkingDay(1, date(9999, 12, 31))), "anchor", "Choose a date before 2032"),
        (a_schedule(EveryWeeks(0, (1,), FIRST)), "interval", "from 1 to 12"),
        (a_schedule(EveryWeeks(13, (1,), FIRST)), "interval", "from 1 to 12"),
        (a_schedule(EveryWeeks(1, (), FIRST)), "weekdays", "at least one day"),
        (a_schedule(EveryWeeks(1, (6,), FIRST)), "weekdays", "nothing is sent at weekends"),
        (a_schedule(EveryWeeks(1, (0, 1), FIRST)), "open_days", "Choose 1 at most"),
        (a_schedule(EveryWeeks(1, (0, 1), FIRST), recipient_zones=True), "weekdays", "further apart"),
        (a_schedule(NthWeekday(5, 1, 1, FIRST)), "nth", "Choose the first"),  # type: ignore[arg-type]
        (a_schedule(NthWeekday(1, 5, 1, FIRST)), "weekday", "nothing is sent at weekends"),
        (a_schedule(NthWeekday(1, 1, 0, FIRST)), "months", "from 1 to 12"),
        (a_schedule(NthWeekday(1, 1, 1, FIRST), open_days=30), "open_days", "Choose 20 at most"),
        (a_schedule(LastWorkingDay(13, FIRST)), "months", "from 1 to 12"),
        (a_schedule(closed=(Closure(FIRST, " "),)), "closed", "what it is closed for"),
        (a_schedule(zone="Europe/Atlantis"), "zone", "not known"),
        (a_schedule(zone="../../etc/passwd"), "zone", "not known"),
        (a_schedule(zone=""), "zone", "not known"),
        (a_schedule(at=time(9, 29)), "at", "from 09:30 and before 16:30"),
        (a_schedule(at=time(16, 30)), "at", "from 09:30 and before 16:30"),
        (a_schedule(at=time(1, 30)), "at", "from 09:30 and before 16:30"),
        (a_schedule(hours=(time(12), time(12))), "hours", "begin before they end"),
        (a_schedule(hours=(time(9), time(17, 1))), "hours", "end by 17:00"),
        (a_schedule(open_days=0), "open_days", "from 1 to 30"),
        (a_schedule(open_days=31), "open_days", "from 1 to 30"),
        (a_schedule(open_days=1, recipient_zones=True), "open_days", "at least 2"),
    ],
)
def test_each_fault_is_one_sentence_at_its_field(schedule: Schedule, field: str, words: str) -> None:
    ((where, sentence),) = schedule.faults(NOW)
    assert where == field
    assert words in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(("zone", "at"), [("Europe/London", time(1, 30)), ("America/New_York", time(2, 30))])
def test_an_hour_that_comes_twice_or_not_at_all_is_refused_with_a_hint(zone: str, at: time) -> None:
    ((field, sentence),) = a_schedule(at=at, zone=zone, hours=(time(0), time(17))).faults(NOW)
    assert field == "at"
    assert "Clocks change on Sunday" in sentence
    assert "Choose an earlier or a later time." in sentence


def test_several_faults_are_told_at_once() -> None:
    wrong = a_schedule(Once(date(2026, 11, 25)), at=time(8), zone="Nowhere", open_days=0).faults(NOW)
    assert [field for field, _ in wrong] == ["day", "open_days", "zone", "at"]


@pytest.mark.parametrize(
    ("rule", "options", "field", "words"),
    [
        (Once(date(2026, 12, 28)), {"policy": Policy.SKIP}, "day", "Monday 28 December 2026 is left out: Boxing Day"),
        (Once(date(2026, 12, 2)), {"recipient_zones": True}, "day", "in some time zones this moment has passed"),
    ],
)
def test_one_date_that_would_never_be_sent_is_refused(
    rule: Rule, options: dict[str, Any], field: str, words: str
) -> None:
    ((where, sentence),) = a_timetable(rule, **options).faults(datetime(2026, 12, 1, 21, 0, tzinfo=UTC))
    assert where == field
    assert words in sentence


def test_one_date_moved_into_the_past_is_refused() -> None:
    timetable = a_timetable(Once(date(2026, 12, 28)), policy=Policy.PREVIOUS)
    ((field, sentence),) = timetable.faults(datetime(2026, 12, 26, 9, 0, tzinfo=UTC))
    assert field == "day"
    assert "the working day before has passed" in sentence


def test_a_rule_that_never_falls_on_a_working_day_is_refused() -> None:
    fridays = tuple(Closure(date.fromordinal(FIRST.toordinal() + 3 + 7 * each), "Friday") for each in range(600))
    ((field, sentence),) = a_timetable(EveryWeeks(1, (4,), FIRST), policy=Policy.SKIP, closed=fridays).faults(NOW)
    assert field == "rule"
    assert "No round would ever be held" in sentence
