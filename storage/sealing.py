"""The seal: after a round has closed, its answers are unlinked from people for good (docs/anonymity.md).

What hangs on codes is copied, shuffled and without its codes, in the same transaction that deletes it and keeps what
may be shown. Then the key is destroyed, then what files still hold of deleted rows; only then the round counts as
sealed. Stopped anywhere, the job goes on from there when it is run again, and ends the same.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from secrets import SystemRandom
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from bot.clock import today
from bot.people import Function
from bot.surveys.delivery import DeliveryKind
from bot.surveys.questions import Answers, Kind
from bot.surveys.round import Round, RoundState
from bot.surveys.sealed import Receipt, Sealed, fingerprint, receipt
from bot.surveys.unlinking import Loose, put_together, unlinked
from storage.calling_off import ASKED
from storage.database import Database
from storage.keys import Keys
from storage.tables import (
    DeliveryRow,
    InvitationRow,
    NamedAnswerRow,
    OpenAnswerRow,
    OpenCommentRow,
    RoundRow,
    SealedAnswerRow,
    SealedCommentRow,
    SealedScoreRow,
    WrappedKeyRow,
)

Kept = dict[str, Any]
Release = Callable[[Sealed, Sequence[Kept]], Kept]
"""Decides what may ever be shown of a round, beside what is already shown of the survey's other rounds."""

WIPED = (OpenAnswerRow, OpenCommentRow, WrappedKeyRow)


def seal(db: Database, keys: Keys, round: Round, now: datetime, release: Release) -> Receipt:
    """Seal a round that has closed, or finish doing so; give its receipt. `release` decides what may ever be shown.

    Needs no key: a round whose key was lost is sealed like any other. Raises ValueError when the round is open, and
    DatabaseProblem when others are in the way of wiping; the round then stays closed, to be sealed later.
    """
    kept = _unlink(db, round, now, release)
    if round.anonymous:
        keys.destroy(round.id)
        db.wipe(*WIPED)
    with db.transaction() as session:
        session.execute(update(RoundRow).where(RoundRow.id == round.id).values(state=RoundState.SEALED))
    return kept


def sealed(db: Database, round: Round) -> Sealed:
    """What is left of a sealed round, for as long as it is kept (storage/retention.py)."""
    with db.transaction() as session:
        return _sealed(session, round)


def _unlink(db: Database, round: Round, now: datetime, release: Release) -> Receipt:
    with db.transaction() as session:
        db.lock(session, f"round {round.id}")  # waits for answers that were in time, and for another process's seal
        row = session.get_one(RoundRow, round.id)
        if row.state == RoundState.OPEN:
            raise ValueError("an open round cannot be sealed")
        if row.sealed_on is None:
            if round.anonymous:
                _carry_over(session, round)
            left = _sealed(session, round)
            row.release = release(left, _shown_already(db, session, row))
            row.responses = left.responded
            row.sealed_on = today(now)
            row.receipt = receipt(left, row.release, row.sealed_on).text
        return Receipt(row.receipt or "", fingerprint(row.release or {}))


def _shown_already(db: Database, session: Session, row: RoundRow) -> list[Kept]:
    """The releases of the survey's other rounds, while nobody else adds to them."""
    db.lock(session, f"releases of {row.survey_id}")
    kept = select(RoundRow.release).where(RoundRow.survey_id == row.survey_id, RoundRow.release.is_not(None))
    return [each for each in session.scalars(kept.order_by(RoundRow.number)) if each is not None]


def _carry_over(session: Session, round: Round) -> None:
    """Copy closed answers, scores and comments, each kind in an order of its own, and delete where they came from.

    The order is that of a cryptographic random source: as all rows are shuffled together, so is each question on its
    own, and neither the order of rows nor that of questions puts two answers of one person side by side.
    """
    loose = unlinked(round, _people(session, round))
    said = select(OpenCommentRow.question, OpenCommentRow.text).where(OpenCommentRow.round_id == round.id)
    comments = session.execute(said).all()
    answers = [
        {"question": key, "version": version, "function": function, "value": value}
        for key, version, function, value in loose.answers
    ]
    scores = [{"function": function, "score": score} for function, score in loose.scores]
    _keep(session, SealedAnswerRow, round, answers)
    _keep(session, SealedScoreRow, round, scores)
    _keep(session, SealedCommentRow, round, [{"question": key, "text": text} for key, text in comments])
    for table in (OpenAnswerRow, OpenCommentRow):
        session.execute(delete(table).where(table.round_id == round.id))


def _keep(
    session: Session,
    table: type[SealedAnswerRow | SealedScoreRow | SealedCommentRow],
    round: Round,
    values: list[dict[str, Any]],
) -> None:
    SystemRandom().shuffle(values)
    if values:
        session.execute(insert(table), [{"id": uuid.uuid4().hex, "round_id": round.id, **each} for each in values])


def _people(session: Session, round: Round) -> list[Answers]:
    """What each respondent answered, without who they are."""
    people: dict[object, dict[str, tuple[str, ...]]] = {}
    for who, key, given in _given(session, round):
        answers = people.setdefault(who, {})
        answers[key] = (*answers.get(key, ()), *given)
    return list(people.values())


def _given(session: Session, round: Round) -> Iterable[tuple[object, str, Iterable[str]]]:
    if round.anonymous:
        coded = select(OpenAnswerRow.token, OpenAnswerRow.question, OpenAnswerRow.value)
        rows = session.execute(coded.where(OpenAnswerRow.round_id == round.id))
        return [(token, key, (value,)) for token, key, value in rows]
    named = select(NamedAnswerRow.member_id, NamedAnswerRow.question, NamedAnswerRow.given)
    found = session.execute(named.where(NamedAnswerRow.round_id == round.id))
    return [(member, key, given) for member, key, given in found]


def _sealed(session: Session, round: Round) -> Sealed:
    invited = _invited(session, round)
    if not round.anonymous:
        return _of_names(session, round, invited)
    closed = (SealedAnswerRow.question, SealedAnswerRow.version, SealedAnswerRow.function, SealedAnswerRow.value)
    counted = select(*closed, func.count()).where(SealedAnswerRow.round_id == round.id).group_by(*closed)
    tally: dict[Loose, int] = {}
    for key, version, function, value, n in session.execute(counted):
        tally[key, version, _function(function), value] = n
    scored = select(SealedScoreRow.function, SealedScoreRow.score).where(SealedScoreRow.round_id == round.id)
    scores = [(_function(function), score) for function, score in session.execute(scored)]
    said = select(SealedCommentRow.question, SealedCommentRow.text).where(SealedCommentRow.round_id == round.id)
    texts = [(key, text) for key, text in session.execute(said.order_by(SealedCommentRow.id))]
    return put_together(round, tally, scores, texts, invited)


def _invited(session: Session, round: Round) -> dict[Function | None, int]:
    """How many were asked, by the function that they had set before; whose invitation never went out is not counted."""
    theirs = (DeliveryRow.round_id == InvitationRow.round_id) & (DeliveryRow.member_id == InvitationRow.member_id)
    went_out = (DeliveryRow.kind == DeliveryKind.INVITATION, DeliveryRow.state.in_(ASKED))
    asked = select(InvitationRow.function, func.count()).join(DeliveryRow, theirs)
    counted = asked.where(InvitationRow.round_id == round.id, *went_out).group_by(InvitationRow.function)
    return {_function(function): n for function, n in session.execute(counted)}


def _of_names(session: Session, round: Round, invited: dict[Function | None, int]) -> Sealed:
    people = _people(session, round)
    loose = unlinked(round, people)
    texts = [
        (question.key, text)
        for question in round.questions
        if question.kind is Kind.TEXT
        for person in people
        for text in person.get(question.key, ())
    ]
    return put_together(round, Counter(loose.answers), loose.scores, sorted(texts), invited)


def _function(value: str | None) -> Function | None:
    return Function(value) if value else None
