"""What is kept for a time only, and what stays when that is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.people import Function
from storage import responses, retention, sealing
from storage.database import Database
from storage.keys import KeyFolder
from storage.tables import (
    AuditRow,
    DeliveryRow,
    InvitationRow,
    NamedAnswerRow,
    RoundRow,
    SealedAnswerRow,
    SealedCommentRow,
    SealedScoreRow,
)
from tests.directory import WORKSPACE
from tests.fakes import HandClock
from tests.rounds import ADA, BO, DI, closed, opened, rows, saying

SAID = saying(Function.DIGITAL, "4", "approvals", comment="Fewer forms")
RELEASE = {
    "number": 1,
    "inside": {"threshold": 5, "comments": [{"question": "comment", "n": 2, "texts": ["Fewer forms"]}]},
}


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def sealed_round(db: Database, keys: KeyFolder, clock: HandClock, **overrides: Any) -> str:
    """A round of two people that is over and sealed; gives its id."""
    round = opened(db, [BO, DI], **overrides)
    keys.make(round.id)
    for member in (BO, DI):
        responses.record(db, keys, round, member, SAID, clock())
    sealing.seal(db, keys, closed(db, round), clock(), lambda *_: RELEASE)
    return round.id


def test_names_of_those_who_were_asked_go_and_counts_stay(db: Database, keys: KeyFolder, clock: HandClock) -> None:
    round_id = sealed_round(db, keys, clock)
    still_open = opened(db, [BO])
    over = still_open.closes_at + timedelta(seconds=1)
    assert retention.unname_asked(db, still_open.closes_at) == 0
    assert retention.unname_asked(db, over) == 2
    assert retention.unname_asked(db, over) == 0
    gone = [row for row in rows(db, InvitationRow) if row.round_id == round_id]
    messages = [row for row in rows(db, DeliveryRow) if row.round_id == round_id]
    assert {row.member_id for row in gone} == {row.member_id for row in messages}
    assert all(row.member_id.startswith("nobody-") for row in gone)
    assert {(row.channel, row.ts, row.state) for row in messages} == {(None, None, "sent")}
    assert [row.member_id for row in rows(db, InvitationRow) if row.round_id == still_open.id] == [BO]


def test_how_many_were_asked_is_known_after_their_names_are_gone(
    db: Database, keys: KeyFolder, clock: HandClock
) -> None:
    asked = {BO: Function.DIGITAL, DI: Function.PROCUREMENT}
    round = opened(db, [BO, DI], functions=asked)
    sealing.seal(db, keys, closed(db, round), clock(), lambda *_: RELEASE)
    before = sealing.sealed(db, round)
    retention.unname_asked(db, round.closes_at + timedelta(days=30))
    assert sealing.sealed(db, round) == before
    assert before.invited_by_function == {Function.DIGITAL: 1, Function.PROCUREMENT: 1}


def test_answers_go_and_the_release_stays(db: Database, keys: KeyFolder, clock: HandClock) -> None:
    for anonymous in (True, False):
        round_id = sealed_round(db, keys, clock, anonymous=anonymous)
    later = clock() + timedelta(days=800)
    assert retention.forget_answers(db, clock()) == 0
    assert retention.forget_answers(db, later) > 0
    for table in (SealedAnswerRow, SealedScoreRow, NamedAnswerRow):
        assert rows(db, table) == []
    with db.transaction() as session:
        row = session.get_one(RoundRow, round_id)
        assert (row.release, row.responses) == (RELEASE, 2)


def test_comments_go_also_where_they_were_released_or_named(db: Database, keys: KeyFolder, clock: HandClock) -> None:
    for anonymous in (True, False):
        sealed_round(db, keys, clock, anonymous=anonymous)
    assert retention.forget_comments(db, clock()) == 0
    assert retention.forget_comments(db, clock() + timedelta(days=400)) == 4
    assert rows(db, SealedCommentRow) == []
    assert "comment" not in {row.question for row in rows(db, NamedAnswerRow)}
    assert "early" in {row.question for row in rows(db, NamedAnswerRow)}
    assert rows(db, SealedScoreRow) != []
    for row in rows(db, RoundRow):
        assert row.release["inside"]["comments"] == [{"question": "comment", "n": 2, "texts": []}]
        assert row.release["inside"]["threshold"] == 5


def test_the_record_of_who_did_what_goes_in_time(db: Database, clock: HandClock) -> None:
    with db.transaction() as session:
        for days in (0, 10):
            at = clock() - timedelta(days=days)
            session.add(AuditRow(id=str(days), workspace=WORKSPACE, at=at, actor=ADA, action="create", subject="s"))
    assert retention.forget_actions(db, clock() - timedelta(days=1)) == 1
    assert [row.id for row in rows(db, AuditRow)] == ["0"]


def test_answers_that_hang_on_codes_a_week_after_the_end_raise_the_alarm(
    db: Database, keys: KeyFolder, clock: HandClock
) -> None:
    round = opened(db, [BO])
    keys.make(round.id)
    responses.record(db, keys, round, BO, SAID, clock())
    assert retention.overdue(db, round.closes_at + timedelta(days=7)) == 0
    assert retention.overdue(db, round.closes_at + timedelta(days=7, seconds=1)) == 1
    sealing.seal(db, keys, closed(db, round), clock(), lambda *_: RELEASE)
    assert retention.overdue(db, round.closes_at + timedelta(days=8)) == 0


def test_open_and_closed_rounds_are_left_alone(db: Database, keys: KeyFolder, clock: HandClock) -> None:
    round = opened(db, [BO], anonymous=False)
    responses.record(db, keys, round, BO, SAID, clock())
    with db.transaction() as session:
        session.execute(update(RoundRow).values(state="closed"))
    much_later = clock() + timedelta(days=1000)
    sums = (retention.unname_asked, retention.forget_answers, retention.forget_comments)
    assert [each(db, much_later) for each in sums] == [0, 0, 0]
