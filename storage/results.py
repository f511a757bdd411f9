"""Results on their way: to those who were asked and to the organiser first, then to the channel.

Like reminders they are marked as sent before they are, and so go out at most once: whoever misses them finds them in
Home. Everybody who was asked gets them, because nobody knows any more who answered.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, insert, literal_column, select, update
from sqlalchemy.orm import Session

from bot.surveys.calendars import BankHolidays
from bot.surveys.delivery import DeliveryKind, DeliveryState, Standing
from bot.surveys.round import Round, RoundState
from bot.surveys.timetable import Timetable
from storage.database import Database
from storage.tables import DeliveryRow, InvitationRow, ProfileRow, RoundRow, SurveyRow

HEAD_START = timedelta(days=1)
"""By how much those who were asked have the results before the channel."""


@dataclass(frozen=True)
class Addressee:
    """Who gets a round's results now: the id of a member or of a channel."""

    workspace: str
    round_id: str
    to: str
    is_owner: bool


def announce(db: Database, round: Round, holidays: BankHolidays, now: datetime) -> bool:
    """Plan who gets the results of a sealed round, and when. False when that was done before, or is not yet due."""
    mine = update(RoundRow).where(
        RoundRow.id == round.id, RoundRow.state == RoundState.SEALED, RoundRow.reported.is_(False)
    )
    with db.transaction() as session:
        if session.scalar(mine.values(reported=True).returning(literal_column("1"))) is None:
            return False
        if rows := [_row(round, to, at) for to, at in _planned(session, round, holidays, now)]:
            session.execute(insert(DeliveryRow), rows)
    return True


def waiting(db: Database, now: datetime) -> str | None:
    """The workspace of whoever has waited longest for results; None when nobody waits."""
    with db.transaction() as session:
        row = session.scalar(_due(now).limit(1))
        return row.workspace if row else None


def take(db: Database, now: datetime) -> Addressee | None:
    """The next who is to get results, marked as done; nobody will try again. None when nobody waits."""
    with db.transaction() as session:
        row = session.scalar(_due(now).limit(1).with_for_update(skip_locked=True))
        if row is None:
            return None
        row.state, row.sent_at, row.attempt = DeliveryState.SENT, now, 1
        return Addressee(row.workspace, row.round_id, row.member_id, _owner(session, row.round_id) == row.member_id)


def _due(now: datetime) -> Select[DeliveryRow]:
    waits = (DeliveryRow.kind == DeliveryKind.RESULT, DeliveryRow.state == DeliveryState.WAITING)
    return select(DeliveryRow).where(*waits, DeliveryRow.due_at <= now).order_by(DeliveryRow.due_at, DeliveryRow.id)


def _planned(session: Session, round: Round, holidays: BankHolidays, now: datetime) -> Iterator[tuple[str, datetime]]:
    timetable = Timetable(round.schedule, holidays) if round.schedule else None
    zones = {row.member_id: row.zone for row in session.scalars(_asked(round))}
    owner = _owner(session, round.id)
    zones |= {owner: zones.get(owner, "")} if owner else {}
    for member, zone in sorted(zones.items()):
        yield member, timetable.next_allowed(now, zone) if timetable else now
    if round.results_channel:
        later = now + HEAD_START
        yield round.results_channel, timetable.next_allowed(later) if timetable else later


def _asked(round: Round) -> Select[InvitationRow]:
    stopped = and_(ProfileRow.workspace == InvitationRow.workspace, ProfileRow.member_id == InvitationRow.member_id)
    wants_none = select(ProfileRow.member_id).where(stopped, ProfileRow.stopped.is_(True)).exists()
    return select(InvitationRow).where(
        InvitationRow.round_id == round.id, InvitationRow.standing == Standing.INVITED, ~wants_none
    )


def _owner(session: Session, round_id: str) -> str:
    owner = select(SurveyRow.owner).join(RoundRow, RoundRow.survey_id == SurveyRow.id).where(RoundRow.id == round_id)
    return session.scalar(owner) or ""


def _row(round: Round, to: str, due_at: datetime) -> dict[str, object]:
    return {
        "id": uuid.uuid4().hex,
        "workspace": round.workspace,
        "round_id": round.id,
        "member_id": to,
        "kind": DeliveryKind.RESULT,
        "sequence": 0,
        "state": DeliveryState.WAITING,
        "due_at": due_at,
        "attempt": 0,
        "doubts": 0,
    }
