"""What will be done after a round: an organiser says it, its results show it, and the next round opens with it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select

from bot.people import Actor, NotYours
from bot.surveys.report import Commitment
from storage.audits import audited
from storage.database import Database
from storage.tables import CommitmentRow, RoundRow


def promise(db: Database, actor: Actor, round_id: str, commitment: Commitment, now: datetime) -> None:
    """Keep what will be done. Raises Problem unless the actor organises, and NotYours when there is no such round."""
    actor.must_organise()
    with db.transaction() as session:
        round = session.get(RoundRow, round_id)
        if round is None or round.workspace != actor.workspace:
            raise NotYours("round")
        session.add(
            CommitmentRow(
                id=uuid.uuid4().hex,
                workspace=actor.workspace,
                round_id=round_id,
                owner=commitment.owner,
                text=commitment.text,
                due_on=commitment.due_on,
            )
        )
        session.add(audited(actor, "promise", round_id, now))


def of_round(db: Database, round_id: str) -> tuple[Commitment, ...]:
    """What was promised after a round, the first due first."""
    promised = select(CommitmentRow).where(CommitmentRow.round_id == round_id)
    with db.transaction() as session:
        rows = session.scalars(promised.order_by(CommitmentRow.due_on, CommitmentRow.id))
        return tuple(Commitment(row.text, row.owner, row.due_on) for row in rows)


def before(db: Database, survey_id: str, number: int) -> tuple[Commitment, ...]:
    """What was promised after the round before a given one."""
    earlier = select(RoundRow.id).where(RoundRow.survey_id == survey_id, RoundRow.number == number - 1)
    with db.transaction() as session:
        round_id = session.scalar(earlier)
    return of_round(db, round_id) if round_id else ()
