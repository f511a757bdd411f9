"""One pace for all processes: turns are shared, trouble slows everybody down, and calm lets them speed up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import pace
from storage.database import Database
from tests.directory import WORKSPACE
from tests.storage.test_rounds import at_once

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
LONG = timedelta(hours=1)
POST = "chat.postMessage"


def seconds(db: Database, now: datetime = NOW, within: timedelta = LONG) -> float:
    return pace.take(db, WORKSPACE, POST, within, now).total_seconds()


def test_turns_come_one_after_another_at_three_a_second(db: Database) -> None:
    assert [round(seconds(db), 3) for _ in range(4)] == [0, 0.333, 0.667, 1.0]
    assert seconds(db, NOW + LONG) == 0


def test_eight_threads_never_get_the_same_turn(db: Database) -> None:
    turns = at_once(lambda _: [seconds(db) for _ in range(5)])
    taken = sorted(turn for each in turns for turn in each)
    assert [round(turn * 3) for turn in taken] == list(range(40))


def test_a_turn_that_would_come_too_late_is_not_taken(db: Database) -> None:
    for _ in range(3):
        seconds(db)
    assert round(seconds(db, within=timedelta(seconds=0.5)), 3) == 1.0
    assert round(pace.wait(db, WORKSPACE, POST, NOW).total_seconds(), 3) == 1.0
    assert round(seconds(db), 3) == 1.0


def test_when_slack_asks_for_it_everybody_waits_and_then_goes_on_more_slowly(db: Database) -> None:
    seconds(db)
    pace.slow_down(db, WORKSPACE, POST, timedelta(seconds=30), NOW)
    assert [round(seconds(db), 2) for _ in range(2)] == [30, 30.48]  # 3 × 0.7 = 2.1 a second


def test_when_slack_is_not_well_everybody_waits_and_goes_on_as_before(db: Database) -> None:
    seconds(db)
    pace.rest(db, WORKSPACE, POST, timedelta(seconds=30), NOW)
    assert [round(seconds(db), 2) for _ in range(2)] == [30, 30.33]


def test_another_method_and_another_workspace_have_their_own_pace(db: Database) -> None:
    pace.slow_down(db, WORKSPACE, POST, LONG, NOW)
    assert pace.take(db, WORKSPACE, "conversations.history", LONG, NOW) == pace.NOW
    assert pace.take(db, "T0ELSEWHERE", POST, LONG, NOW) == pace.NOW


def test_calm_makes_it_faster_up_to_ten_a_second_and_trouble_slower_down_to_one_in_five(db: Database) -> None:
    calm = [seconds(db, within=timedelta(days=1)) for _ in range(51)]
    assert calm[50] - calm[49] < calm[49] - calm[48]
    for _ in range(20):
        pace.slow_down(db, WORKSPACE, POST, pace.NOW, NOW)
    first, second = seconds(db), seconds(db)
    assert round(second - first, 3) == 5
    later = NOW + timedelta(days=1)
    for _ in range(50 * 40):
        later += timedelta(seconds=seconds(db, later))
    assert round(seconds(db, later) - seconds(db, later), 3) == -0.1
