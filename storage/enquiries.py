"""Questions put to the bot, without their askers; what became of them; what readers thought."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from sqlalchemy import delete, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.enquiry import Door, Enquiry, Feedback
from storage.database import Database
from storage.tables import EnquiryRow, FeedbackRow, SeenEventRow

DONT_KNOW = "dont_know"
SEEN_FOR = timedelta(days=1)  # Slack gives up on redelivering well within the hour


def first_seen(db: Database, workspace: str, event_id: str, now: datetime) -> bool:
    """Whether this is the first delivery of an event; noted, so that the next one is not."""
    insert = sqlite_insert if db.is_sqlite else postgres_insert
    row = insert(SeenEventRow).values(workspace=workspace, event_id=event_id, seen_at=now)
    with db.transaction() as session:
        return session.scalar(row.on_conflict_do_nothing().returning(literal_column("1"))) is not None


def note(db: Database, enquiry: Enquiry) -> str:
    """Keep an enquiry; give the random id by which its buttons refer to it."""
    enquiry_id = uuid.uuid4().hex
    with db.transaction() as session:
        session.add(
            EnquiryRow(
                id=enquiry_id,
                workspace=enquiry.workspace,
                asked_on=enquiry.asked_on,
                door=enquiry.door,
                text=enquiry.text,
                outcome=enquiry.outcome,
                matches=list(enquiry.matches),
                revision=enquiry.revision,
            )
        )
    return enquiry_id


def get(db: Database, workspace: str, enquiry_id: str) -> Enquiry | None:
    """An enquiry of this workspace; None when there is none (any more)."""
    with db.transaction() as session:
        row = session.get(EnquiryRow, enquiry_id)
        return _enquiry(row) if row and row.workspace == workspace else None


def unanswered(db: Database, workspace: str) -> tuple[str, ...]:
    """The texts, redacted when they were kept, of all questions of this workspace that the bot could not answer."""
    asked = select(EnquiryRow.text).where(EnquiryRow.workspace == workspace, EnquiryRow.outcome == DONT_KNOW)
    with db.transaction() as session:
        return tuple(session.scalars(asked.order_by(EnquiryRow.text)))


def rate(db: Database, workspace: str, enquiry_id: str, feedback: Feedback) -> bool:
    """Keep what a reader thought of a reply; False when the enquiry is gone."""
    with db.transaction() as session:
        row = session.get(EnquiryRow, enquiry_id)
        if not row or row.workspace != workspace:
            return False
        session.add(
            FeedbackRow(
                id=uuid.uuid4().hex,
                workspace=workspace,
                enquiry_id=enquiry_id,
                given_on=feedback.given_on,
                rating=feedback.rating,
                reason=feedback.reason,
                target=feedback.target,
                revision=feedback.revision,
            )
        )
    return True


def chose(db: Database, workspace: str, enquiry_id: str, target: str) -> None:
    """Note which suggestion was opened first: whether *did you mean* had the right one."""
    change = update(EnquiryRow).where(
        EnquiryRow.id == enquiry_id, EnquiryRow.workspace == workspace, EnquiryRow.chosen.is_(None)
    )
    with db.transaction() as session:
        session.execute(change.values(chosen=target))


def passed_on(db: Database, workspace: str, enquiry_id: str) -> None:
    """Note that a person was asked."""
    change = update(EnquiryRow).where(EnquiryRow.id == enquiry_id, EnquiryRow.workspace == workspace)
    with db.transaction() as session:
        session.execute(change.values(for_a_person=True))


def forget(db: Database, asked_before: date, now: datetime) -> int:
    """Delete enquiries from before a day, with their feedback, and old seen events; give how many enquiries."""
    with db.transaction() as session:
        session.execute(delete(SeenEventRow).where(SeenEventRow.seen_at < now - SEEN_FOR))
        gone = session.scalars(delete(EnquiryRow).where(EnquiryRow.asked_on < asked_before).returning(EnquiryRow.id))
        return len(gone.all())


def _enquiry(row: EnquiryRow) -> Enquiry:
    return Enquiry(row.workspace, row.asked_on, Door(row.door), row.text, row.outcome, tuple(row.matches), row.revision)
