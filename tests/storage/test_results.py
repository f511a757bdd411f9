"""Who gets results, when, and that nobody gets them twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.people import Member
from bot.surveys.delivery import DeliveryKind, DeliveryState, Standing
from bot.surveys.round import Round, RoundState
from storage import deliveries, profiles, results, rounds
from storage.database import Database
from storage.results import Addressee
from storage.tables import DeliveryRow, InvitationRow, RoundRow
from tests.bot.surveys.builders import holidays
from tests.directory import WORKSPACE
from tests.rounds import rows
from tests.scheduled import ADA, BO, CY, DI, begun

SEALED_AT = datetime(2026, 12, 8, 11, 0, tzinfo=UTC)  # Tuesday, in working hours
CHANNEL = "C0RESULTS"


def sealed(db: Database, members: tuple[Member, ...] = (BO, CY), **changes: Any) -> Round:
    """A round of Ada's that has been sealed."""
    _, round = begun(db, members, **changes)
    with db.transaction() as session:
        session.execute(update(RoundRow).where(RoundRow.id == round.id).values(state=RoundState.SEALED))
    return replace(rounds.get(db, round.id))


def taken(db: Database, now: datetime) -> list[str]:
    """Everybody who gets results at a moment, in any order."""
    found: list[str] = []
    while addressee := results.take(db, now):
        found.append(addressee.to)
    return sorted(found)


def test_those_who_were_asked_and_the_organiser_get_results_at_once_and_the_channel_a_day_later(db: Database) -> None:
    round = sealed(db, results_channel=CHANNEL)
    assert results.announce(db, round, holidays(), SEALED_AT)
    assert taken(db, SEALED_AT) == [ADA.member, BO.id, CY.id]
    assert taken(db, SEALED_AT + timedelta(hours=23)) == []
    assert taken(db, SEALED_AT + timedelta(hours=24)) == [CHANNEL]


def test_a_round_is_announced_once_and_nobody_is_told_twice(db: Database) -> None:
    round = sealed(db)
    assert results.announce(db, round, holidays(), SEALED_AT)
    assert not results.announce(db, round, holidays(), SEALED_AT)
    assert taken(db, SEALED_AT) == [ADA.member, BO.id, CY.id]
    assert taken(db, SEALED_AT + timedelta(days=30)) == []


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
def test_nothing_is_announced_before_the_seal(db: Database, state: RoundState) -> None:
    round = sealed(db)
    with db.transaction() as session:
        session.execute(update(RoundRow).values(state=state))
    assert not results.announce(db, round, holidays(), SEALED_AT)
    assert taken(db, SEALED_AT + timedelta(days=1)) == []


def test_who_left_or_wants_no_surveys_is_left_alone(db: Database) -> None:
    round = sealed(db, (BO, CY, DI))
    profiles.stop(db, WORKSPACE, CY.id)
    with db.transaction() as session:
        session.execute(update(InvitationRow).where(InvitationRow.member_id == DI.id).values(standing=Standing.LEFT))
    results.announce(db, round, holidays(), SEALED_AT)
    assert taken(db, SEALED_AT) == [ADA.member, BO.id]


def test_results_wait_for_working_hours_where_somebody_is(db: Database) -> None:
    far = Member("U0FAR", "America/New_York")
    round = sealed(db, (BO, far))
    results.announce(db, round, holidays(), SEALED_AT)
    assert taken(db, SEALED_AT) == [ADA.member, BO.id]
    assert taken(db, datetime(2026, 12, 8, 14, 30, tzinfo=UTC)) == ["U0FAR"]


def test_the_organiser_is_told_apart_because_only_they_can_go_on_from_there(db: Database) -> None:
    round = sealed(db, (BO,))
    results.announce(db, round, holidays(), SEALED_AT)
    found = {each.to: each for each in (results.take(db, SEALED_AT), results.take(db, SEALED_AT)) if each}
    assert found[ADA.member] == Addressee(WORKSPACE, round.id, ADA.member, is_owner=True)
    assert not found[BO.id].is_owner


def test_results_are_no_invitations_and_do_not_count_as_asking(db: Database) -> None:
    round = sealed(db, (BO,))
    results.announce(db, round, holidays(), SEALED_AT)
    while results.take(db, SEALED_AT):
        pass
    kinds = {(row.kind, row.state) for row in rows(db, DeliveryRow) if row.kind == DeliveryKind.RESULT}
    assert kinds == {(DeliveryKind.RESULT, DeliveryState.SENT)}
    assert deliveries.claim(db, holidays(), SEALED_AT + timedelta(days=1)) is None
