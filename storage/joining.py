"""Who is asked in a round: invited as it begins, joining and leaving while it is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlalchemy.orm import Session

from bot.people import Member
from bot.surveys.calendars import BankHolidays
from bot.surveys.delivery import DeliveryKind, DeliveryState, Reason, Standing
from bot.surveys.round import Round, RoundState
from storage.calling_off import called_off, counted_again
from storage.database import Database
from storage.inviting import Inviting
from storage.tables import DeliveryRow, InvitationRow, ProfileRow, RoundRow


def members_of(db: Database, round_id: str) -> frozenset[str]:
    """Whom a round asks: not those who left, nor those who declined. Whether they answered is not told."""
    standing = (InvitationRow.round_id == round_id, InvitationRow.standing == Standing.INVITED)
    with db.reading() as session:
        return frozenset(session.scalars(select(InvitationRow.member_id).where(*standing)))


def join(db: Database, round: Round, members: Collection[Member], holidays: BankHolidays, now: datetime) -> int:
    """Ask those who came into the audience since, until two working days before the close; give how many were new.

    Who had left and came back is asked as if they had not.
    """
    inviting = Inviting.of(round, holidays)
    if not inviting.takes_joiners(now):
        return 0
    ids = {member.id for member in members}
    with db.transaction() as session:
        if not session.scalar(_still_open(round)):
            return 0
        known = select(InvitationRow.member_id, InvitationRow.standing).where(InvitationRow.round_id == round.id)
        standings = {each.member_id: each.standing for each in session.execute(known)}
        _bring_back(session, round, {each for each in ids if standings.get(each) == Standing.LEFT}, now)
        new = [member for member in members if member.id not in standings]
        invite(session, inviting, new, now)
    return len(new)


def _still_open(round: Round) -> Select[str]:
    """Locks the round, so that two processes do not let the same people join."""
    return select(RoundRow.id).where(RoundRow.id == round.id, RoundRow.state == RoundState.OPEN).with_for_update()


def _bring_back(session: Session, round: Round, member_ids: Collection[str], now: datetime) -> None:
    theirs = (InvitationRow.round_id == round.id, InvitationRow.member_id.in_(member_ids))
    session.execute(update(InvitationRow).where(*theirs).values(standing=Standing.INVITED))
    again = update(DeliveryRow).where(
        DeliveryRow.round_id == round.id,
        DeliveryRow.member_id.in_(member_ids),
        DeliveryRow.reason == Reason.LEFT,
        (DeliveryRow.due_at > now) | (DeliveryRow.kind == DeliveryKind.INVITATION),
    )
    session.execute(again.values(state=DeliveryState.WAITING, reason=None))


def leave(db: Database, round: Round, member_ids: Collection[str]) -> None:
    """Send nothing more to those who are not in the audience any more. Whoever has been asked stays counted."""
    stand(db, round.id, member_ids, Standing.LEFT, Reason.LEFT)


def stand(
    db: Database,
    round_id: str,
    member_ids: Collection[str],
    standing: Standing,
    reason: Reason,
    *which: ColumnElement[bool],
) -> bool:
    """Change how members stand in a round and call off what has not gone out; False when none of them was asked."""
    theirs = (InvitationRow.round_id == round_id, InvitationRow.member_id.in_(member_ids), *which)
    change = update(InvitationRow).where(*theirs).values(standing=standing)
    with db.transaction() as session:
        if not session.scalars(change.returning(InvitationRow.member_id)).all():
            return False
        session.execute(called_off(reason, DeliveryRow.round_id == round_id, DeliveryRow.member_id.in_(member_ids)))
        session.execute(counted_again(RoundRow.id == round_id))
    return True


def invite(session: Session, inviting: Inviting, members: Iterable[Member], now: datetime) -> None:
    """Write the messages of members who are not asked yet, but for those who chose not to be sent surveys."""
    workspace, round_id = inviting.round.workspace, inviting.round.id
    profiles = {
        row.member_id: row for row in session.scalars(select(ProfileRow).where(ProfileRow.workspace == workspace))
    }
    stopped = {member_id for member_id, profile in profiles.items() if profile.stopped}
    asked = [member for member in members if member.id not in stopped]
    if asked:
        functions = {member_id: profile.function for member_id, profile in profiles.items()}
        session.execute(insert(InvitationRow), [inviting.invitation(each, functions.get(each.id)) for each in asked])
        session.execute(insert(DeliveryRow), inviting.deliveries(asked, now))
    session.execute(counted_again(RoundRow.id == round_id))
