"""The one reader of the wall clock. Everything else is told what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
LONDON = ZoneInfo("Europe/London")


def system_clock() -> datetime:
    """This moment, in UTC and aware of it."""
    return datetime.now(UTC)


def today(now: datetime) -> date:
    """The date in the United Kingdom at `now`: the day on which agreements open and end."""
    return now.astimezone(LONDON).date()
