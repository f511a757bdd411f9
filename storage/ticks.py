"""When each process last looked at what is due, so that a bell that has stopped ringing is seen."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.surveys.health import Tick
from storage.database import Database
from storage.tables import TickRow

KEPT_FOR = timedelta(days=1)  # processes come and go with every deployment


def beat(db: Database, process: str, trouble: str, now: datetime) -> None:
    """Note that a process has looked, and what went wrong; forget processes that are long gone."""
    with db.transaction() as session:
        session.execute(delete(TickRow).where(TickRow.at < now - KEPT_FOR))
        session.merge(TickRow(process=process, at=now, trouble=trouble))


def latest(db: Database) -> tuple[Tick, ...]:
    """The last look of each process, the latest first."""
    with db.reading() as session:
        rows = session.scalars(select(TickRow).order_by(TickRow.at.desc(), TickRow.process))
        return tuple(Tick(row.process, row.at, row.trouble) for row in rows)
