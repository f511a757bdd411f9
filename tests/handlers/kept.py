"""What the database holds after a story."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from storage.tables import EnquiryRow, FeedbackRow, Table
from tests.conftest import Running


def enquiries_in(running: Running) -> list[EnquiryRow]:
    with running.db.transaction() as session:
        return list(session.scalars(select(EnquiryRow)))


def feedback_in(running: Running) -> list[FeedbackRow]:
    with running.db.transaction() as session:
        return list(session.scalars(select(FeedbackRow)))


def everything_in(running: Running) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, column by column."""
    with running.db.transaction() as session:
        return {
            table.name: [dict(row) for row in session.execute(select(table)).mappings()]
            for table in Table.metadata.sorted_tables
        }
