"""python -m bot surveys …: what whoever runs the bot sees, and that they see nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot import operating
from bot.__main__ import main
from bot.surveys.rules import EveryWeeks
from storage import deliveries, responses, surveys, ticks
from storage.database import Database
from storage.keys import KeyFolder
from tests.bot.surveys.builders import TUESDAYS, a_schedule, holidays
from tests.fakes import HandClock
from tests.scheduled import ADA, BO, EVERYBODY, FIRST, a_draft, begun

CONTENT = Path(__file__).parent.parent.parent / "content"


@pytest.fixture
def db(tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database that the settings name, in an empty folder."""
    file = tmp_path / "bot.db"
    file.write_bytes(migrated_sqlite.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("CONTENT_DIR", str(CONTENT))
    with closing(Database(f"sqlite:///{file}")) as opened:
        yield opened


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["surveys", *words])
    shown = capsys.readouterr()
    return code, shown.out + shown.err


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    """What the commands take for the time."""
    hand = HandClock(FIRST + timedelta(minutes=1))
    monkeypatch.setattr(operating, "system_clock", hand)
    return hand


def test_the_list_has_a_line_for_each_survey_with_its_response_rate(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = KeyFolder(tmp_path / "keys")
    survey, round = begun(db)
    keys.make(round.id)
    responses.record(db, keys, round, BO.id, {"function": ("digital",), "gate": ("none",)}, FIRST)
    draft = surveys.create(db, ADA, a_draft(title="Later\x1b[2J"), FIRST)
    code, shown = ask(capsys, "list")
    assert code == 0
    assert f"{survey.id}  active    2026-12-15 10:00  1 of 3 answered so far    How we buy together" in shown
    assert f"{draft.id}  draft     no next date      no round yet              Later [2J" in shown


def test_one_survey_is_shown_with_its_dates_its_health_and_nobodys_name(
    db: Database, capsys: pytest.CaptureFixture[str], clock: HandClock
) -> None:
    survey, _ = begun(db)
    claimed = deliveries.claim(db, holidays(), FIRST)
    assert claimed
    deliveries.failed(db, claimed, "user_not_found")
    code, shown = ask(capsys, "show", survey.id)
    assert code == 0
    for said in (
        "Every 2 weeks on Tuesday at 10:00, London time",
        "round 1, open: 0 of 2 answered so far",
        "invitations: 1 failed, 2 waiting; reminders: 6 waiting; late: 0",
        "1 because user_not_found",
        "Tuesday 29 December 2026",
    ):
        assert said in shown
    assert [member.id for member in EVERYBODY if member.id in shown] == []
    assert ask(capsys, "show", "nothing") == (2, "There is no such survey. Run: python -m bot surveys list\n")


def test_the_next_dates_give_the_reason_for_each_shift(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    begun(db, schedule=a_schedule(EveryWeeks(1, (0,), TUESDAYS.anchor)))
    code, shown = ask(capsys, "next")
    assert code == 0
    assert "Tuesday 29 December 2026  (moved from Monday 28 December 2026: Boxing Day" in shown


def test_the_status_says_whether_anybody_should_look(
    db: Database, capsys: pytest.CaptureFixture[str], clock: HandClock
) -> None:
    assert ask(capsys, "status")[0] == 1
    ticks.beat(db, "host:1", "", clock.now)
    code, shown = ask(capsys, "status")
    assert (code, "host:1 looked 0 seconds ago: all well" in shown) == (0, True)
    begun(db)
    clock.turn(minutes=15)
    ticks.beat(db, "host:1", "", clock.now)
    code, shown = ask(capsys, "status")
    assert (code, "messages late: 3, stuck: 0, not known whether they arrived: 0" in shown) == (1, True)


def test_a_bell_with_trouble_or_none_at_all_is_not_well(
    db: Database, capsys: pytest.CaptureFixture[str], clock: HandClock
) -> None:
    ticks.beat(db, "host:1", "inviting Halted token_revoked", clock.now)
    code, shown = ask(capsys, "status")
    assert (code, "inviting Halted token_revoked" in shown) == (1, True)
    ticks.beat(db, "host:1", "", clock.now)
    clock.turn(minutes=6)
    assert ask(capsys, "status")[0] == 1
