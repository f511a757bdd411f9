"""Messages to one member each: what is sent, how it stands, and why it waits or will not be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.people import Function
from bot.surveys.round import Round

BUDGET = timedelta(days=7)
"""After an invitation to a survey, nobody is invited to another one for so long."""
LEASE = timedelta(seconds=120)
"""For how long a sender may be silent: longer than a call to Slack may take, and than a message needs to show up."""
DOUBTS = 3
"""After so many sends of which nothing was found, nobody tries again."""


class DeliveryKind(StrEnum):
    """An invitation says that a round is open, a reminder says it once more to who has not answered.

    A result is what came of it, for everybody who was asked, and then for a channel.
    """

    INVITATION = "invitation"
    REMINDER = "reminder"
    RESULT = "result"


class DeliveryState(StrEnum):
    """Where a message is. `unknown`: Slack would not say whether it arrived; a reminder heals it."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """How a member stands in a round. Whether they answered is not told by it."""

    INVITED = "invited"
    LEFT = "left"
    DECLINED = "declined"


class Reason(StrEnum):
    """Why a message waits or was not sent, as an organiser reads it. A refusal has Slack's own code instead."""

    BUDGET = "another survey asked them less than 7 days before"
    QUIET = "outside working hours where they are"
    PACE = "Slack asked us to wait"
    REFUSED = "Slack refused the bot itself"
    DOUBT = "nothing of it was found, so it is sent again"
    SNOOZED = "they asked to be reminded later"
    AFTER_CLOSE = "it would have come after the close"
    PAUSED = "the survey was paused or archived"
    LEFT = "they are not in the audience any more"
    DECLINED = "they chose to leave this round out"
    STOPPED = "they chose not to be sent surveys"
    TOO_SOON = "their invitation had gone out only just before, or not at all"


@dataclass(frozen=True)
class Delivery:
    """A message for one member. `id` is random and says nothing: it is all that Slack is told beside the text.

    `attempt` is the fence: who claimed an earlier attempt can no longer record anything. `intent_at` is when the first
    attempt was made, `doubts` how often a look into Slack's history found nothing. `function` is from their profile.
    """

    id: str
    workspace: str
    round: Round
    member: str
    zone: str
    kind: DeliveryKind
    sequence: int
    attempt: int
    due_at: datetime
    intent_at: datetime
    doubts: int = 0
    function: Function | None = None


@dataclass(frozen=True)
class Reminders:
    """Those of a round who are to be reminded now, unless they have answered; with the function of their profile."""

    round: Round
    members: dict[str, Function | None]
