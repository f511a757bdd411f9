"""Whether messages go out and the bell rings, in numbers: what an organiser and whoever runs the bot may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.surveys.delivery import DeliveryState

LATE = timedelta(minutes=10)
"""A message that has been due for longer than this, and waits, is late."""


@dataclass(frozen=True)
class Health:
    """How a round's messages stand, in numbers, and never who. `late` ones are due and wait; `why` counts reasons."""

    invitations: dict[DeliveryState, int]
    reminders: dict[DeliveryState, int]
    late: int
    why: dict[str, int]

    @property
    def reached(self) -> int:
        """How many invitations went out, as far as is known."""
        return self.invitations.get(DeliveryState.SENT, 0)


@dataclass(frozen=True)
class Tick:
    """The last look of one process at what is due; `trouble` is empty when all went well."""

    process: str
    at: datetime
    trouble: str


@dataclass(frozen=True)
class Queue:
    """Messages of all surveys that somebody should know of: overdue, begun and not finished, never told of by Slack."""

    late: int
    stuck: int
    unknown: int
