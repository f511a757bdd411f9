"""How fast Slack may be called: one bucket for each method of a workspace, shared by all processes.

A call takes its turn; when Slack says that it was too fast, everybody waits, and goes on more slowly. Faster again by
additive increase, slower by multiplicative decrease (Chiu and Jain 1989), as TCP finds its rate. Replies to enquiries
take no turns here: a survey of thousands must not delay them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.database import Database
from storage.tables import PaceRow

FIRST = 3.0  # calls a second; Slack allows "several hundred" messages a minute in a workspace
SLOWEST, FASTEST = 0.2, 10.0
FASTER = 0.25  # added after so many calls without trouble:
WITHOUT_TROUBLE = 50
SLOWER = 0.7  # by which the rate is multiplied when it was too high
NOW = timedelta(0)


def take(db: Database, workspace: str, method: str, within: timedelta, now: datetime) -> timedelta:
    """Take the next turn, and give how long to wait for it. When that is longer than `within`, no turn is taken."""
    with db.transaction() as session:
        row = _row(db, session, workspace, method, now)
        turn = max(row.next_at, now)
        if turn - now > within:
            return turn - now
        row.next_at = turn + timedelta(seconds=1 / row.per_second)
        row.successes += 1
        if row.successes >= WITHOUT_TROUBLE:
            row.successes, row.per_second = 0, min(FASTEST, row.per_second + FASTER)
        return turn - now


def wait(db: Database, workspace: str, method: str, now: datetime) -> timedelta:
    """How long the next turn would have to wait; none is taken."""
    with db.reading() as session:
        row = session.get(PaceRow, (workspace, method))
        return max(NOW, row.next_at - now) if row else NOW


def slow_down(db: Database, workspace: str, method: str, pause: timedelta, now: datetime) -> None:
    """Let everybody wait, and be slower afterwards."""
    with db.transaction() as session:
        row = _row(db, session, workspace, method, now)
        row.next_at = max(row.next_at, now + pause)
        row.successes, row.per_second = 0, max(SLOWEST, row.per_second * SLOWER)


def rest(db: Database, workspace: str, method: str, pause: timedelta, now: datetime) -> None:
    """Let everybody wait, and go on as before: Slack was not well, and not overrun."""
    with db.transaction() as session:
        row = _row(db, session, workspace, method, now)
        row.next_at = max(row.next_at, now + pause)


def _row(db: Database, session: Session, workspace: str, method: str, now: datetime) -> PaceRow:
    """The bucket, for this transaction alone."""
    db.lock(session, f"pace {workspace} {method}")
    row = session.scalar(select(PaceRow).where(PaceRow.workspace == workspace, PaceRow.method == method))
    if row is None:
        row = PaceRow(workspace=workspace, method=method, next_at=now, per_second=FIRST, successes=0)
        session.add(row)
    return row
