"""What is kept for a time only: names of those who were asked, answers, comments, and who did what."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, literal_column, select
from sqlalchemy.orm import Session

from bot.surveys.questions import Kind
from bot.surveys.round import RoundState
from storage.database import Database
from storage.my_data import NOBODY, unname
from storage.rounds import of_row
from storage.tables import (
    AuditRow,
    InvitationRow,
    NamedAnswerRow,
    OpenAnswerRow,
    RoundRow,
    SealedAnswerRow,
    SealedCommentRow,
    SealedScoreRow,
    Table,
)

OVERDUE = timedelta(days=7)  # after its end a round must have been sealed; if not, somebody has to look


def unname_asked(db: Database, closed_before: datetime) -> int:
    """Take the names out of invitations and messages of rounds that are long closed; counts stay. Gives how many."""
    named = select(InvitationRow.round_id, InvitationRow.member_id).join(
        RoundRow, RoundRow.id == InvitationRow.round_id
    )
    theirs = named.where(*_sealed_before(closed_before), InvitationRow.member_id.not_like(f"{NOBODY}%"))
    with db.transaction() as session:
        found = session.execute(theirs).all()
        for round_id, member in found:
            unname(session, round_id, member)
        return len(found)


def forget_answers(db: Database, closed_before: datetime) -> int:
    """Delete what people chose in rounds that are long closed, and their scores: the release stays. Gives how many."""
    with db.transaction() as session:
        rounds = select(RoundRow.id).where(*_sealed_before(closed_before)).scalar_subquery()
        session.execute(delete(SealedScoreRow).where(SealedScoreRow.round_id.in_(rounds)))
        gone = _gone(session, SealedAnswerRow, SealedAnswerRow.round_id.in_(rounds))
        return gone + _gone(session, NamedAnswerRow, NamedAnswerRow.round_id.in_(rounds))


def forget_comments(db: Database, closed_before: datetime) -> int:
    """Delete what people wrote in rounds that are long closed, also where it was released. Gives how many texts.

    The receipt's fingerprint is of the whole release; it cannot be checked any more once comments are gone.
    """
    with db.transaction() as session:
        rows = session.scalars(select(RoundRow).where(*_sealed_before(closed_before))).all()
        gone = _gone(session, SealedCommentRow, SealedCommentRow.round_id.in_([row.id for row in rows]))
        for row in rows:
            texts = [question.key for question in of_row(row).questions if question.kind is Kind.TEXT]
            theirs = (NamedAnswerRow.round_id == row.id) & NamedAnswerRow.question.in_(texts)
            gone += _gone(session, NamedAnswerRow, theirs)
            row.release = row.release and {name: _without_texts(part) for name, part in row.release.items()}
        return gone


def forget_actions(db: Database, before: datetime) -> int:
    """Delete who did what to surveys, from before a moment. Gives how many."""
    with db.transaction() as session:
        return _gone(session, AuditRow, AuditRow.at < before)


def overdue(db: Database, now: datetime) -> int:
    """How many rounds ended more than a week ago and still have answers that hang on codes: there should be none."""
    ended = select(RoundRow.id).where(RoundRow.closes_at < now - OVERDUE)
    left = select(func.count(OpenAnswerRow.round_id.distinct())).where(OpenAnswerRow.round_id.in_(ended))
    with db.transaction() as session:
        return session.scalar(left) or 0


def _without_texts(part: object) -> object:
    """A part of a release: sets of figures keep how many wrote, and lose what."""
    if not isinstance(part, dict) or "comments" not in part:
        return part
    return part | {"comments": [{**each, "texts": []} for each in part["comments"]]}


def _gone(session: Session, table: type[Table], which: ColumnElement[bool]) -> int:
    return len(session.scalars(delete(table).where(which).returning(literal_column("1"))).all())


def _sealed_before(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return (RoundRow.state == RoundState.SEALED, RoundRow.closes_at < moment)
