"""Invitations on their way: claimed by one sender at a time, recorded by that one only, looked for when in doubt.

A claim has a lease, and its attempt is the fence: whoever was too slow can record nothing any more. No transaction is
open while Slack is spoken to.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, literal_column, select, update
from sqlalchemy.orm import Session

from bot.people import Function
from bot.surveys.calendars import BankHolidays
from bot.surveys.delivery import BUDGET, DOUBTS, LEASE, Delivery, DeliveryKind, DeliveryState, Reason, Standing
from bot.surveys.health import LATE, Queue
from bot.surveys.round import Round, RoundState
from bot.surveys.survey import State
from bot.surveys.timetable import Timetable
from storage import rounds
from storage.calling_off import called_off, counted_again
from storage.database import Database
from storage.inviting import APART
from storage.tables import DeliveryRow, InvitationRow, ProfileRow, RoundRow, SurveyRow

REMINDER = DeliveryRow.kind == DeliveryKind.REMINDER
CONTACT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


def claim(db: Database, holidays: BankHolidays, now: datetime, lease: timedelta = LEASE) -> Delivery | None:
    """The next invitation to be sent now, for this sender alone until the lease ends; None when there is none.

    On the way, those that may not be sent now are put off or cancelled, each with its reason: outside working hours
    where the person is; another survey less than 7 days before; people who left, declined or want no surveys.
    """
    found: Delivery | None = None
    looked = True
    while looked and not found:
        with db.transaction() as session:
            row = session.scalar(_next_due(now))
            looked = row is not None
            if row is not None and not _put_off(db, session, row, holidays, now):
                _take(row, lease, now)
                found = _delivery(session, row)
    return found


def confirm(db: Database, delivery: Delivery, now: datetime, lease: timedelta = LEASE) -> bool:
    """Whether a claimed message is still to be sent, asked right before it is; the lease begins anew.

    False when the claim is somebody else's by now, or the message is not wanted any more: then it is cancelled.
    """
    with db.transaction() as session:
        row = session.scalar(select(DeliveryRow).where(*_mine(delivery)).with_for_update())
        if row is None:
            return False
        if reason := _unwanted(session, row, now):
            _cancel(session, row, reason)
            return False
        row.lease_until = now + lease
        return True


def sent(db: Database, delivery: Delivery, channel: str, ts: str, now: datetime) -> bool:
    """Record where the message stands in Slack. False when the claim had ended and is somebody else's."""
    values = {"sent_at": now, "channel": channel, "ts": ts, "reason": None}
    return _recorded(db, delivery, DeliveryState.SENT, values)


def failed(db: Database, delivery: Delivery, reason: str) -> bool:
    """Record that Slack refuses for good, with its code. The person is not counted as asked any more."""
    recorded = _recorded(db, delivery, DeliveryState.FAILED, {"reason": reason})
    with db.transaction() as session:
        session.execute(counted_again(RoundRow.id == delivery.round.id))
    return recorded


def unknown(db: Database, delivery: Delivery) -> bool:
    """Record that nobody can tell whether the message arrived. A reminder heals it; nothing tells that it did."""
    return _recorded(db, delivery, DeliveryState.UNKNOWN, {})


def postponed(db: Database, delivery: Delivery, until: datetime, reason: Reason) -> bool:
    """Record that the message was certainly not sent, and when to try again."""
    intent_at = delivery.intent_at if delivery.doubts else None
    values = {"due_at": until, "reason": reason, "intent_at": intent_at}
    return _recorded(db, delivery, DeliveryState.WAITING, values)


def not_found(db: Database, delivery: Delivery, now: datetime) -> bool:
    """Record that a message in doubt is not in Slack's history: it is sent again, and after the third time given up."""
    if delivery.doubts + 1 >= DOUBTS:
        return _recorded(db, delivery, DeliveryState.UNKNOWN, {"doubts": delivery.doubts + 1})
    values = {"due_at": now, "reason": Reason.DOUBT, "doubts": delivery.doubts + 1}
    return _recorded(db, delivery, DeliveryState.WAITING, values)


def expired(db: Database, now: datetime, lease: timedelta = LEASE) -> Delivery | None:
    """A message whose sender has been silent for too long, for this process to look for; None when there is none."""
    silent = select(DeliveryRow).where(DeliveryRow.state == DeliveryState.SENDING, DeliveryRow.lease_until <= now)
    with db.transaction() as session:
        row = session.scalar(silent.order_by(DeliveryRow.lease_until).limit(1).with_for_update(skip_locked=True))
        if row is None:
            return None
        row.lease_until = now + lease
        return _delivery(session, row)


def snooze(db: Database, workspace: str, round_id: str, member: str, until: datetime) -> bool:
    """Remind a member at another time instead of the next one; False when the round is over by then, or not theirs."""
    with db.transaction() as session:
        row = session.get(RoundRow, round_id)
        invitation = session.get(InvitationRow, (round_id, member))
        if not row or not invitation or row.workspace != workspace or invitation.standing != Standing.INVITED:
            return False
        if row.state != RoundState.OPEN or until >= row.closes_at:
            return False
        theirs = (DeliveryRow.round_id == round_id, DeliveryRow.member_id == member, REMINDER)
        session.execute(called_off(Reason.SNOOZED, *theirs, DeliveryRow.due_at < until + APART))
        last = session.scalar(select(func.max(DeliveryRow.sequence)).where(*theirs)) or 0
        session.add(
            DeliveryRow(
                id=uuid.uuid4().hex,
                workspace=workspace,
                round_id=round_id,
                member_id=member,
                kind=DeliveryKind.REMINDER,
                sequence=last + 1,
                state=DeliveryState.WAITING,
                due_at=until,
                attempt=0,
                doubts=0,
                reason=Reason.SNOOZED,
            )
        )
    return True


def last_contact(db: Database, workspace: str, member: str, *, besides: str = "") -> datetime | None:
    """When a member was last invited to a survey, other than the one that is named; None when they never were."""
    with db.reading() as session:
        return _last_contact(session, workspace, member, besides)


def queue(db: Database, now: datetime) -> Queue:
    """How many messages of all workspaces are late, stuck or unknown."""
    waits = (DeliveryRow.state == DeliveryState.WAITING) & (DeliveryRow.due_at < now - LATE)
    stuck = (DeliveryRow.state == DeliveryState.SENDING) & (DeliveryRow.lease_until < now - LATE)
    unknown = DeliveryRow.state == DeliveryState.UNKNOWN
    with db.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(DeliveryRow).where(each))
            for each in (waits, stuck, unknown)
        ]
    return Queue(*(count or 0 for count in counts))


def _next_due(now: datetime) -> Any:
    due = select(DeliveryRow).where(
        DeliveryRow.state == DeliveryState.WAITING,
        DeliveryRow.kind == DeliveryKind.INVITATION,
        DeliveryRow.due_at <= now,
    )
    return due.order_by(DeliveryRow.due_at).limit(1).with_for_update(skip_locked=True)


def _put_off(db: Database, session: Session, row: DeliveryRow, holidays: BankHolidays, now: datetime) -> bool:
    """Whether a due message is not to be sent now; if so, it has been put off or cancelled."""
    if reason := _unwanted(session, row, now):
        _cancel(session, row, reason)
        return True
    round, zone = _round(session, row), _invitation(session, row).zone
    if round.schedule is None:
        return False
    timetable = Timetable(round.schedule, holidays)
    # Two surveys that ask the same person at the same moment must see each other.
    db.lock(session, f"contact {row.workspace} {row.member_id}")
    last = _last_contact(session, row.workspace, row.member_id, round.survey_id)
    free, reason = (last + BUDGET, Reason.BUDGET) if last and last + BUDGET > now else (now, Reason.QUIET)
    until = timetable.next_allowed(free, zone)
    if until <= now:
        return False
    if until >= round.closes_at:
        _cancel(session, row, reason)
    else:
        row.due_at, row.reason = until, reason
    return True


def _unwanted(session: Session, row: DeliveryRow, now: datetime) -> Reason | None:
    """Why a message is not to be sent at all."""
    round = session.get_one(RoundRow, row.round_id)
    if round.state != RoundState.OPEN or round.closes_at <= now:
        return Reason.AFTER_CLOSE
    if session.get_one(SurveyRow, round.survey_id).state != State.ACTIVE:
        return Reason.PAUSED
    standing = _invitation(session, row).standing
    if standing != Standing.INVITED:
        return Reason.LEFT if standing == Standing.LEFT else Reason.DECLINED
    profile = session.get(ProfileRow, (row.workspace, row.member_id))
    return Reason.STOPPED if profile and profile.stopped else None


def _cancel(session: Session, row: DeliveryRow, reason: Reason) -> None:
    row.state, row.reason, row.lease_until = DeliveryState.CANCELLED, reason, None
    session.flush()
    session.execute(counted_again(RoundRow.id == row.round_id))


def _take(row: DeliveryRow, lease: timedelta, now: datetime) -> None:
    row.state, row.attempt, row.lease_until = DeliveryState.SENDING, row.attempt + 1, now + lease
    row.intent_at = row.intent_at or now


def _mine(delivery: Delivery) -> tuple[Any, ...]:
    return (
        DeliveryRow.id == delivery.id,
        DeliveryRow.state == DeliveryState.SENDING,
        DeliveryRow.attempt == delivery.attempt,
    )


def _recorded(db: Database, delivery: Delivery, state: DeliveryState, values: dict[str, Any]) -> bool:
    record = update(DeliveryRow).where(*_mine(delivery)).values(state=state, lease_until=None, **values)
    with db.transaction() as session:
        return session.scalar(record.returning(literal_column("1"))) is not None


def _last_contact(session: Session, workspace: str, member: str, besides: str) -> datetime | None:
    contacts = (
        select(func.coalesce(DeliveryRow.sent_at, DeliveryRow.intent_at))
        .join(RoundRow, RoundRow.id == DeliveryRow.round_id)
        .where(
            DeliveryRow.workspace == workspace,
            DeliveryRow.member_id == member,
            DeliveryRow.kind == DeliveryKind.INVITATION,
            DeliveryRow.state.in_(CONTACT),
            RoundRow.survey_id != besides,
        )
    )
    return max(session.scalars(contacts), default=None)


def _round(session: Session, row: DeliveryRow) -> Round:
    return rounds.of_row(session.get_one(RoundRow, row.round_id))


def _invitation(session: Session, row: DeliveryRow) -> InvitationRow:
    return session.get_one(InvitationRow, (row.round_id, row.member_id))


def _delivery(session: Session, row: DeliveryRow) -> Delivery:
    profile = session.get(ProfileRow, (row.workspace, row.member_id))
    return Delivery(
        id=row.id,
        workspace=row.workspace,
        round=_round(session, row),
        member=row.member_id,
        zone=_invitation(session, row).zone,
        kind=DeliveryKind(row.kind),
        sequence=row.sequence,
        attempt=row.attempt,
        due_at=row.due_at,
        intent_at=row.intent_at or row.due_at,
        doubts=row.doubts,
        function=Function(profile.function) if profile and profile.function else None,
    )
