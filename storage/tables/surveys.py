"""Surveys, their rounds, who is asked and what is sent; what people set for themselves; what organisers did."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table, UtcTime, one_of

SURVEY_STATES = ("draft", "active", "paused", "archived")
ROUND_STATES = ("open", "closed", "sealed")
STANDINGS = ("invited", "left", "declined")
DELIVERY_KINDS = ("invitation", "reminder", "result")
DELIVERY_STATES = ("waiting", "sending", "sent", "failed", "unknown", "cancelled")
WAITING, SENDING = text("state = 'waiting'"), text("state = 'sending'")


class SurveyRow(Table):
    """A survey. `draft` is what the organiser wrote; the next round's slot and start stand beside it to be claimed."""

    __tablename__ = "survey"
    __table_args__ = (one_of("state", SURVEY_STATES), Index(None, "next_round_at"))

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    owner: Mapped[str]
    state: Mapped[str]
    revision: Mapped[int]
    draft: Mapped[dict[str, Any]] = mapped_column(JSON)
    next_slot: Mapped[str | None]
    next_round_at: Mapped[datetime | None] = mapped_column(UtcTime)


class RoundRow(Table):
    """One asking of a survey. `terms` are its frozen questions and words; `release` is all that may ever be shown."""

    __tablename__ = "round"
    __table_args__ = (
        one_of("state", ROUND_STATES),
        UniqueConstraint("survey_id", "slot"),  # a slot is asked once, however many processes tick
        Index(None, "state", "closes_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    slot: Mapped[str]
    number: Mapped[int]
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)
    opens_at: Mapped[datetime] = mapped_column(UtcTime)
    closes_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str]
    invited: Mapped[int]
    responses: Mapped[int | None]
    sealed_on: Mapped[date | None]
    release: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    receipt: Mapped[str | None]
    reported: Mapped[bool] = mapped_column(default=False)


class InvitationRow(Table):
    """A member asked in a round. Written with the round, or on joining; answering never touches it."""

    __tablename__ = "invitation"
    __table_args__ = (one_of("standing", STANDINGS), Index(None, "workspace", "member_id"))

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    zone: Mapped[str]
    function: Mapped[str | None]
    standing: Mapped[str]


class DeliveryRow(Table):
    """A message for one member, once. A reminder ends as `sent` whether or not there was anybody to remind."""

    __tablename__ = "delivery"
    __table_args__ = (
        one_of("kind", DELIVERY_KINDS),
        one_of("state", DELIVERY_STATES),
        UniqueConstraint("round_id", "member_id", "kind", "sequence"),  # nobody is asked twice
        Index("ix_delivery_waiting", "due_at", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_delivery_sending", "lease_until", sqlite_where=SENDING, postgresql_where=SENDING),
        Index("ix_delivery_contact", "workspace", "member_id", "sent_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    member_id: Mapped[str]
    kind: Mapped[str]
    sequence: Mapped[int]
    state: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    intent_at: Mapped[datetime | None] = mapped_column(UtcTime)
    doubts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    reason: Mapped[str | None]


class ProfileRow(Table):
    """What a member set for themselves. Answering never writes here."""

    __tablename__ = "profile"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(primary_key=True)
    function: Mapped[str | None]
    stopped: Mapped[bool] = mapped_column(default=False)


class CommitmentRow(Table):
    """What will be done after a round: by whom and when."""

    __tablename__ = "commitment"
    __table_args__ = (Index(None, "round_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    owner: Mapped[str]
    text: Mapped[str]
    due_on: Mapped[date]


class PaceRow(Table):
    """How fast one of Slack's methods may be called in a workspace, shared by all processes."""

    __tablename__ = "pace"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    method: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime] = mapped_column(UtcTime)
    per_second: Mapped[float]
    successes: Mapped[int] = mapped_column(default=0)


class TickRow(Table):
    """The last look at what is due, by each process, for whoever asks whether the bell still rings."""

    __tablename__ = "tick"

    process: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    trouble: Mapped[str]


class AuditRow(Table):
    """Who did what to a survey. Nothing that anybody answered, nor that they answered."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
