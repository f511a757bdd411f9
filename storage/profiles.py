"""What members set for themselves: what they do, and that they are sent no surveys."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Insert, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.people import Function, Profile
from bot.surveys.delivery import Reason
from bot.surveys.round import RoundState
from storage.calling_off import called_off, counted_again
from storage.database import Database
from storage.tables import DeliveryRow, InvitationRow, ProfileRow, RoundRow


def get(db: Database, workspace: str, member: str) -> Profile:
    """What a member set; nothing, when they never did."""
    with db.reading() as session:
        row = session.get(ProfileRow, (workspace, member))
        if row is None:
            return Profile()
        return Profile(Function(row.function) if row.function else None, row.stopped)


def functions(db: Database, workspace: str) -> dict[str, Function]:
    """What the members of a workspace say they do, by their ids; those who say nothing are left out."""
    chose = select(ProfileRow).where(ProfileRow.workspace == workspace)
    with db.transaction() as session:
        return {row.member_id: Function(row.function) for row in session.scalars(chose) if row.function}


def choose_function(db: Database, workspace: str, member: str, function: Function | None) -> None:
    """Keep what a member says they do; None when they would rather not say."""
    with db.transaction() as session:
        session.execute(setting(db, workspace, member, function=function))


def stop(db: Database, workspace: str, member: str) -> None:
    """Send a member no surveys any more, and call off what waits to be sent. They may still answer what they have."""
    theirs = (DeliveryRow.workspace == workspace, DeliveryRow.member_id == member)
    asked = select(InvitationRow.round_id).where(
        InvitationRow.workspace == workspace, InvitationRow.member_id == member
    )
    with db.transaction() as session:
        session.execute(setting(db, workspace, member, stopped=True))
        session.execute(called_off(Reason.STOPPED, *theirs))
        session.execute(counted_again(RoundRow.state == RoundState.OPEN, RoundRow.id.in_(asked)))


def resume(db: Database, workspace: str, member: str) -> None:
    """Send a member surveys again, from the next round on."""
    with db.transaction() as session:
        session.execute(setting(db, workspace, member, stopped=False))


def setting(db: Database, workspace: str, member: str, **values: Any) -> Insert:
    """Sets some of a member's settings and leaves the others."""
    insert = sqlite_insert if db.is_sqlite else postgres_insert
    row = insert(ProfileRow).values({"workspace": workspace, "member_id": member, "stopped": False, **values})
    return row.on_conflict_do_update(index_elements=["workspace", "member_id"], set_=values)
