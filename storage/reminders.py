"""Reminders: at most once, and all rows of a round end alike, so that the database never tells who had answered.

A batch is marked as sent in one transaction, before anybody looks who has answered; nothing is recorded afterwards,
neither that a reminder went out nor that there was nobody to remind. The moment and the transaction's number, which
PostgreSQL keeps with each row (xmin), are the same for the whole batch, and the batch is put together by random ids.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from bot.people import Function
from bot.surveys.calendars import BankHolidays
from bot.surveys.delivery import DeliveryKind, DeliveryState, Reason, Reminders, Standing
from bot.surveys.round import Round, RoundState
from bot.surveys.survey import State
from bot.surveys.timetable import Timetable
from storage import rounds
from storage.calling_off import called_off
from storage.database import Database
from storage.inviting import APART
from storage.tables import DeliveryRow, InvitationRow, ProfileRow, RoundRow, SurveyRow

AT_ONCE = 50
"""How many are marked together: a crash loses no more than these, and no smaller number could be told apart."""
REMINDER = DeliveryRow.kind == DeliveryKind.REMINDER
WAITING = DeliveryRow.state == DeliveryState.WAITING
WENT_OUT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


def due(db: Database, now: datetime) -> Round | None:
    """The round whose reminders have been due for longest; None when there is none."""
    first = (
        select(RoundRow)
        .join(DeliveryRow, DeliveryRow.round_id == RoundRow.id)
        .where(WAITING, REMINDER, DeliveryRow.due_at <= now)
    )
    with db.reading() as session:
        row = session.scalar(first.order_by(DeliveryRow.due_at).limit(1))
        return rounds.of_row(row) if row else None


def take(db: Database, round: Round, holidays: BankHolidays, now: datetime) -> Reminders:
    """Mark the next due reminders of a round as sent, for this process to send; nobody will try again.

    Those outside working hours where the person is are put off; those whose invitation went out less than twelve hours
    before, or not at all, are cancelled.
    """
    theirs = DeliveryRow.round_id == round.id
    mine = select(DeliveryRow).where(theirs, WAITING, REMINDER, DeliveryRow.due_at <= now)
    with db.transaction() as session:
        rows = session.scalars(mine.order_by(DeliveryRow.id).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
        if not _goes_on(session, round, now):
            session.execute(called_off(Reason.AFTER_CLOSE, DeliveryRow.id.in_([row.id for row in rows])))
            return Reminders(round, {})
        sending = [row for row in rows if not _put_off(session, row, round, holidays, now)]
        members = [row.member_id for row in sending]
        done = update(DeliveryRow).where(DeliveryRow.id.in_([row.id for row in sending]))
        session.execute(done.values(state=DeliveryState.SENT, sent_at=now, attempt=1, reason=None))
        return Reminders(round, _functions(session, round.workspace, members))


def wanted(db: Database, round: Round, member: str, now: datetime) -> bool:
    """Whether a member may still be reminded, asked right before it is done."""
    with db.transaction() as session:
        return _goes_on(session, round, now) and _unwanted(session, round, member) is None


def _goes_on(session: Session, round: Round, now: datetime) -> bool:
    row = session.get_one(RoundRow, round.id, populate_existing=True)
    active = session.get_one(SurveyRow, row.survey_id).state == State.ACTIVE
    return active and row.state == RoundState.OPEN and row.closes_at > now


def _put_off(session: Session, row: DeliveryRow, round: Round, holidays: BankHolidays, now: datetime) -> bool:
    reason = _unwanted(session, round, row.member_id)
    if reason is None and not session.scalar(_invited_before(row, now - APART)):
        reason = Reason.TOO_SOON
    if reason is None and round.schedule is not None:
        zone = session.get_one(InvitationRow, (row.round_id, row.member_id)).zone
        until = Timetable(round.schedule, holidays).next_allowed(now, zone)
        if until == now:
            return False
        row.due_at = until
        reason = Reason.AFTER_CLOSE if until >= round.closes_at else None
    if reason:
        row.state, row.reason = DeliveryState.CANCELLED, reason
    return True


def _unwanted(session: Session, round: Round, member: str) -> Reason | None:
    standing = session.get_one(InvitationRow, (round.id, member)).standing
    if standing != Standing.INVITED:
        return Reason.LEFT if standing == Standing.LEFT else Reason.DECLINED
    profile = session.get(ProfileRow, (round.workspace, member))
    return Reason.STOPPED if profile and profile.stopped else None


def _invited_before(row: DeliveryRow, moment: datetime) -> Select[str]:
    went_out = func.coalesce(DeliveryRow.sent_at, DeliveryRow.intent_at)
    return select(DeliveryRow.id).where(
        DeliveryRow.round_id == row.round_id,
        DeliveryRow.member_id == row.member_id,
        DeliveryRow.kind == DeliveryKind.INVITATION,
        DeliveryRow.state.in_(WENT_OUT),
        went_out <= moment,
    )


def _functions(session: Session, workspace: str, members: list[str]) -> dict[str, Function | None]:
    profiles = session.execute(
        select(ProfileRow.member_id, ProfileRow.function).where(
            ProfileRow.workspace == workspace, ProfileRow.member_id.in_(members)
        )
    )
    known = {each.member_id: each.function for each in profiles}
    return {member: Function(known[member]) if known.get(member) else None for member in members}
