"""Whether the bell rings: the last look of each process, until the process is long gone."""

from __future__ import annotations

from datetime import timedelta

from bot.surveys.health import Tick
from storage import ticks
from storage.database import Database
from tests.scheduled import FIRST


def test_the_last_look_of_each_process_is_kept(db: Database) -> None:
    ticks.beat(db, "one", "inviting Halted token_revoked", FIRST)
    ticks.beat(db, "two", "", FIRST + timedelta(seconds=1))
    ticks.beat(db, "one", "", FIRST + timedelta(seconds=30))
    assert ticks.latest(db) == (
        Tick("one", FIRST + timedelta(seconds=30), ""),
        Tick("two", FIRST + timedelta(seconds=1), ""),
    )


def test_a_process_that_has_been_gone_for_a_day_is_forgotten(db: Database) -> None:
    ticks.beat(db, "gone", "", FIRST)
    ticks.beat(db, "here", "", FIRST + timedelta(days=1, seconds=1))
    assert [tick.process for tick in ticks.latest(db)] == ["here"]
