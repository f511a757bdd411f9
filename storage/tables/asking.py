"""What is kept of a question, and what was thought of its reply. No column names the person who asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table, UtcTime, one_of

OUTCOMES = ("answer", "did_you_mean", "clarify", "dont_know", "out_of_scope")
DOORS = ("mention", "dm", "command", "shortcut")
RATINGS = ("helpful", "wrong", "not_what_i_asked")


class EnquiryRow(Table):
    """A question put to the bot and what became of it. The day is kept and not the time: it is enough to learn from."""

    __tablename__ = "enquiry"
    __table_args__ = (one_of("outcome", OUTCOMES), one_of("door", DOORS), Index(None, "asked_on"))

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    asked_on: Mapped[date]
    door: Mapped[str]
    text: Mapped[str]
    outcome: Mapped[str]
    matches: Mapped[list[Any]] = mapped_column(JSON)
    revision: Mapped[str]
    chosen: Mapped[str | None]
    for_a_person: Mapped[bool] = mapped_column(default=False)


class FeedbackRow(Table):
    """What somebody thought of a reply. Many people may rate a reply in a channel, so each rating is a row."""

    __tablename__ = "feedback"
    __table_args__ = (one_of("rating", RATINGS), Index(None, "enquiry_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    enquiry_id: Mapped[str] = mapped_column(ForeignKey("enquiry.id", ondelete="CASCADE"))
    given_on: Mapped[date]
    rating: Mapped[str]
    reason: Mapped[str]
    target: Mapped[str]
    revision: Mapped[str]


class SeenEventRow(Table):
    """An event that Slack has delivered, so that a second delivery does nothing. Names nobody; kept for a day."""

    __tablename__ = "seen_event"
    __table_args__ = (Index(None, "seen_at"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
