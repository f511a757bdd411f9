"""The whole schema, to be read from top to bottom. Every row belongs to a workspace.

No column names the person who asked: `enquiry` keeps the question (redacted), the day, and what became of it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, ForeignKey, Index, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
OUTCOMES = ("answer", "did_you_mean", "clarify", "dont_know", "out_of_scope")
DOORS = ("mention", "dm", "command", "shortcut")
RATINGS = ("helpful", "wrong", "not_what_i_asked")


class UtcTime(TypeDecorator[datetime]):
    """A moment, aware of its zone on the way in and in UTC on the way out, on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMING)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class EnquiryRow(Table):
    """A question put to the bot and what became of it. The day is kept and not the time: it is enough to learn from."""

    __tablename__ = "enquiry"
    __table_args__ = (_one_of("outcome", OUTCOMES), _one_of("door", DOORS), Index(None, "asked_on"))

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
    __table_args__ = (_one_of("rating", RATINGS), Index(None, "enquiry_id"))

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
