"""Messages as they lie in the database and in Slack, for the tests of sending and reminding."""

from __future__ import annotations

from datetime import timedelta
from http.client import RemoteDisconnected
from typing import Any

from sqlalchemy import select

from bot.surveys.delivery import Delivery
from storage import deliveries
from storage.database import Database
from storage.tables import DeliveryRow
from tests.bot.surveys.builders import holidays
from tests.fakes import FakeSlack
from tests.scheduled import FIRST
from tests.ticker import Bell

POST, HISTORY, OPEN = "chat.postMessage", "conversations.history", "conversations.open"
THURSDAY = FIRST + timedelta(days=2)
BROKEN = {
    "the line is cut after Slack took it": ConnectionResetError(),
    "the answer comes after the timeout": TimeoutError(),
    "the other end hangs up": RemoteDisconnected(""),
}


def arrived(slack: FakeSlack) -> list[str]:
    """Whose conversation has an invitation or reminder, once for each."""
    return sorted(f"U{channel[1:]}" for channel, kept in slack.kept.items() for _ in kept if channel.startswith("D0"))


def rows(db: Database, **which: Any) -> list[DeliveryRow]:
    with db.transaction() as session:
        found = select(DeliveryRow).filter_by(**which).order_by(DeliveryRow.member_id, DeliveryRow.sequence)
        return list(session.scalars(found))


def states(db: Database, **which: Any) -> list[str]:
    return [row.state for row in rows(db, kind="invitation", **which)]


def claimed(bell: Bell) -> Delivery:
    found = deliveries.claim(bell.db, holidays(), bell.clock())
    assert found
    return found
