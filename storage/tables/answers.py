"""What is kept of answers.

Nothing that is written when somebody answers an anonymous survey names them, tells when, or lies in the order of time:
docs/anonymity.md says why, and what each table holds.
"""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table

UNORDERED = {"sqlite_with_rowid": False}  # rows lie in the order of their random keys, and tell nothing of time


class OpenAnswerRow(Table):
    """An answer of an open anonymous round, under a code that only the round's key makes. No time, no name."""

    __tablename__ = "open_answer"
    __table_args__ = UNORDERED

    round_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


class OpenCommentRow(Table):
    """A text of an open anonymous round, under another code than the same person's other answers."""

    __tablename__ = "open_comment"
    __table_args__ = UNORDERED

    round_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class SealedAnswerRow(Table):
    """An answer that belongs to nobody. Each question was shuffled on its own, so rows do not add up to a person."""

    __tablename__ = "sealed_answer"
    __table_args__ = (Index(None, "round_id", "question", "version", "function", "value"), UNORDERED)

    id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str]
    question: Mapped[str]
    version: Mapped[int]
    function: Mapped[str | None]
    value: Mapped[str]


class SealedScoreRow(Table):
    """One respondent's index, 0 to 100, that belongs to nobody: what a mean needs, without the answers behind it."""

    __tablename__ = "sealed_score"
    __table_args__ = (Index(None, "round_id", "function"), UNORDERED)

    id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str]
    function: Mapped[str | None]
    score: Mapped[float]


class SealedCommentRow(Table):
    """A text that belongs to nobody, without function, time or order."""

    __tablename__ = "sealed_comment"
    __table_args__ = (Index(None, "round_id"), UNORDERED)

    id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str]
    question: Mapped[str]
    text: Mapped[str]


class NamedAnswerRow(Table):
    """An answer of an attributed survey: the respondent was told beforehand that their name is kept."""

    __tablename__ = "named_answer"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    given: Mapped[list[str]] = mapped_column(JSON)


class WrappedKeyRow(Table):
    """A round's key, wrapped by a secret that is not in the database; only where there is no folder for keys."""

    __tablename__ = "wrapped_key"

    round_id: Mapped[str] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]
