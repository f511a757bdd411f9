"""Answers of attributed surveys, with the names of who gave them: for whoever looks after the survey, and nobody else.

Respondents were told so before the first question. Anonymous rounds have no rows here, whatever is asked for.
"""

from __future__ import annotations

from sqlalchemy import select

from bot.people import Actor
from bot.surveys.exports import NamedAnswer
from bot.surveys.questions import Kind, Question
from bot.surveys.round import Round
from storage import surveys
from storage.database import Database
from storage.tables import NamedAnswerRow


def of_round(db: Database, actor: Actor, round: Round) -> tuple[NamedAnswer, ...]:
    """Every answer of an attributed round, by member. Raises NotYours unless the actor looks after its survey."""
    surveys.get(db, actor, round.survey_id)
    rows = select(NamedAnswerRow).where(NamedAnswerRow.round_id == round.id)
    with db.reading() as session:
        found = session.scalars(rows.order_by(NamedAnswerRow.member_id)).all()
    given = {(row.member_id, row.question): tuple(row.given) for row in found}
    members = dict.fromkeys(row.member_id for row in found)
    return tuple(
        NamedAnswer(member, question.worded(None, round.period), answer)
        for member in members
        for question in round.asked
        if (answer := _in_words(question, given.get((member, question.key), ())))
    )


def _in_words(question: Question, values: tuple[str, ...]) -> str:
    """What was answered; nothing for what only marks that somebody did."""
    if question.kind is Kind.TEXT:
        return "; ".join(values)
    return "; ".join(question.label(value) for value in values if value in question.values)
