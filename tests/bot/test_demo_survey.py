"""The demonstration's survey: results to look at, and a next round to wait for; nobody made up is written to."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import demo_survey
from bot.surveys.round import RoundState
from storage import deliveries, releases, rounds, surveys
from storage.database import Database
from storage.keys import KeyFolder
from storage.tables import RoundRow
from tests.bot.surveys.builders import holidays
from tests.conftest import ROOT
from tests.databases import copied
from tests.directory import WORKSPACE
from tests.rounds import rows

MOMENTS = (
    datetime(2026, 11, 26, 9, 0, tzinfo=UTC),
    datetime(2026, 12, 1, 9, 59, tzinfo=UTC),
    datetime(2026, 12, 1, 10, 0, tzinfo=UTC),
    datetime(2027, 1, 2, 23, 0, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
)


@pytest.mark.parametrize("now", MOMENTS)
def test_two_rounds_are_over_and_the_next_begins_on_the_tuesday_that_the_page_offers(
    migrated_sqlite: Path, tmp_path: Path, now: datetime
) -> None:
    db = Database(copied(migrated_sqlite, tmp_path / "demo.db"))
    demo_survey.seed(db, KeyFolder(tmp_path / "keys"), ROOT / "content", WORKSPACE, ("C0A", "C0B"), now)
    found = [rounds.get(db, row.id) for row in rows(db, RoundRow)]
    assert [(each.state, each.responses) for each in found] == [(RoundState.SEALED, 24)] * 2
    [survey] = surveys.everything(db)
    assert survey.next_round_at
    assert survey.next_round_at > now
    assert survey.next_round_at.weekday() == 1
    assert all(each.inside.fresh for each in releases.of_survey(db, survey.id))
    assert deliveries.claim(db, holidays(), survey.next_round_at) is None
    db.close()
