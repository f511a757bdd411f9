"""Responses while a round is open: the promise of anonymity is kept here (docs/anonymity.md).

Answers of an anonymous round lie under a code: HMAC-SHA256 of workspace and member, keyed with the round's key, which
is not in the database (storage/keys.py). With key and member the code is found again, to edit, to withdraw, or not to
remind; without the key it leads nowhere. Texts lie under another code than the rest. Answering writes these rows and
nothing else: no flag, no time, no name, no log line. What is not written cannot be joined.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from bot.errors import Problem
from bot.surveys.questions import FUNCTION, Answers, Kind, checked
from bot.surveys.round import NotInvited, Round, RoundState
from bot.surveys.unlinking import ANSWERED
from storage.database import Database
from storage.keys import Keys
from storage.tables import InvitationRow, NamedAnswerRow, OpenAnswerRow, OpenCommentRow, RoundRow

Kept = dict[str, tuple[str, ...]]


class KeyLost(Problem):
    """The round's key is gone while it is open: what was answered can be sealed, but nothing added or changed."""

    def __init__(self, round: Round) -> None:
        super().__init__(
            f"I can't take answers to “{round.title}”: the key that protects them is missing, so nothing was kept. "
            "Tell whoever looks after me. Answers given before are safe, and nobody can match them to people."
        )


class Unanswerable(Problem):
    """The answers cannot be kept as they are; `faults` has one sentence for each question's key."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__(next(iter(faults.values()), "Nothing is answered yet. Answer at least one question."))


def record(db: Database, keys: Keys, round: Round, member: str, answers: Answers, now: datetime) -> None:
    """Keep what a member answered, in place of what they answered before.

    Raises RoundClosed, NotInvited, Unanswerable and KeyLost; then nothing is changed.
    """
    key = keys.get(round.id) if round.anonymous else b""
    with db.transaction() as session:
        place = _place(db, session, round, member, key, now)
        kept, faults = checked(round.asked, answers)
        if faults or not kept:
            raise Unanswerable(faults)
        place.empty(session)
        place.fill(session, {FUNCTION: (ANSWERED,)} | kept)


def withdraw(db: Database, keys: Keys, round: Round, member: str, now: datetime) -> bool:
    """Delete what a member answered; False when there was nothing. Raises RoundClosed, NotInvited and KeyLost."""
    key = keys.get(round.id) if round.anonymous else b""
    with db.transaction() as session:
        return _place(db, session, round, member, key, now).empty(session)


def of(db: Database, keys: Keys, round: Round, member: str) -> Answers | None:
    """What a member answered so far; None when they have not, or when it can no longer be found."""
    key = keys.get(round.id) if round.anonymous else b""
    if key is None:
        return None
    with db.reading() as session:
        return own(session, round, member, key)


def answered(db: Database, keys: Keys, round: Round, members: Iterable[str]) -> set[str]:
    """Those of the members who have answered. Worked out when it is needed, and never kept. Raises KeyLost."""
    key = keys.get(round.id) if round.anonymous else b""
    if key is None:
        raise KeyLost(round)
    with db.reading() as session:
        if not round.anonymous:
            there = session.scalars(select(NamedAnswerRow.member_id).where(NamedAnswerRow.round_id == round.id))
            return set(there) & set(members)
        codes = select(OpenAnswerRow.token).where(
            OpenAnswerRow.round_id == round.id, OpenAnswerRow.question == FUNCTION
        )
        found = set(session.scalars(codes))
    return {member for member in members if _code(key, "answer", round.workspace, member) in found}


def count(db: Database, round: Round) -> int:
    """How many have answered so far: all that may be told of an open round. After the seal it is in the release."""
    table = OpenAnswerRow if round.anonymous else NamedAnswerRow
    with db.reading() as session:
        people = select(func.count()).select_from(table).where(table.round_id == round.id, table.question == FUNCTION)
        return session.scalar(people) or 0


def own(session: Session, round: Round, member: str, key: bytes) -> Answers | None:
    """What a member answered, for a transaction of this room's; None when they have not."""
    kept = _place_of(round, member, key).read(session)
    if kept.get(FUNCTION) == (ANSWERED,):
        del kept[FUNCTION]
    return kept or None


def remove_own(session: Session, round: Round, member: str, key: bytes) -> bool:
    """Delete what a member answered, for a transaction of this room's; False when there was nothing."""
    return _place_of(round, member, key).empty(session)


def _place(
    db: Database, session: Session, round: Round, member: str, key: bytes | None, now: datetime
) -> _Coded | _Named:
    """Where this member's answers lie, once it is certain that the round, as it is now, takes answers from them.

    The seal waits for those who hold the round's lock; two submissions of one member wait for each other, so that the
    answers of both never mix.
    """
    db.lock(session, f"round {round.id}", shared=True)
    row = session.connection().execute(_asked(round, member)).one_or_none()
    if row is None:
        raise NotInvited
    replace(round, state=RoundState(row.state), closes_at=row.closes_at).check_open(now)
    if key is None:
        raise KeyLost(round)
    place = _place_of(round, member, key)
    db.lock(session, place.name)
    return place


def _asked(round: Round, member: str) -> Select[str, datetime]:
    """Whoever was asked may answer, change and withdraw to the end, even if they declined or left meanwhile."""
    asked = (InvitationRow.round_id == RoundRow.id) & (InvitationRow.member_id == member)
    return select(RoundRow.state, RoundRow.closes_at).join(InvitationRow, asked).where(RoundRow.id == round.id)


def _place_of(round: Round, member: str, key: bytes) -> _Coded | _Named:
    if not round.anonymous:
        return _Named(round.id, member)
    answers, comments = (_code(key, use, round.workspace, member) for use in ("answer", "comment"))
    texts = frozenset(each.key for each in round.questions if each.kind is Kind.TEXT)
    return _Coded(round.id, answers, comments, texts)


def _code(key: bytes, use: str, workspace: str, member: str) -> bytes:
    return hmac.new(key, "\0".join((use, workspace, member)).encode(), hashlib.sha256).digest()


@dataclass(frozen=True)
class _Coded:
    """The place of one respondent's answers in an anonymous round; `texts` are the keys of open questions.

    Speaks to the connection itself: this is where many people come at once, and rows need not be objects here.
    """

    round_id: str
    answers: bytes
    comments: bytes
    texts: frozenset[str]

    @property
    def name(self) -> str:
        return f"answers {self.answers.hex()}"

    def fill(self, session: Session, kept: Kept) -> None:
        under = {"round_id": self.round_id, "token": self.answers}
        chosen = [
            {**under, "question": key, "value": value}
            for key, given in kept.items()
            if key not in self.texts
            for value in given
        ]
        session.connection().execute(insert(OpenAnswerRow), chosen)
        under["token"] = self.comments
        if texts := [{**under, "question": key, "text": kept[key][0]} for key in kept if key in self.texts]:
            session.connection().execute(insert(OpenCommentRow), texts)

    def empty(self, session: Session) -> bool:
        answer = (OpenAnswerRow.round_id == self.round_id, OpenAnswerRow.token == self.answers)
        comment = (OpenCommentRow.round_id == self.round_id, OpenCommentRow.token == self.comments)
        session.connection().execute(delete(OpenCommentRow).where(*comment))
        return bool(session.connection().execute(delete(OpenAnswerRow).where(*answer)).rowcount)

    def read(self, session: Session) -> Kept:
        answer = (OpenAnswerRow.round_id == self.round_id, OpenAnswerRow.token == self.answers)
        comment = (OpenCommentRow.round_id == self.round_id, OpenCommentRow.token == self.comments)
        kept: Kept = {}
        for key, value in session.connection().execute(
            select(OpenAnswerRow.question, OpenAnswerRow.value).where(*answer)
        ):
            kept[key] = (*kept.get(key, ()), value)
        for key, text in session.connection().execute(
            select(OpenCommentRow.question, OpenCommentRow.text).where(*comment)
        ):
            kept[key] = (text,)
        return kept


@dataclass(frozen=True)
class _Named:
    """The place of one respondent's answers in an attributed round."""

    round_id: str
    member: str

    @property
    def name(self) -> str:
        return f"answers {self.round_id} {self.member}"

    def fill(self, session: Session, kept: Kept) -> None:
        under = {"round_id": self.round_id, "member_id": self.member}
        session.execute(
            insert(NamedAnswerRow), [{**under, "question": key, "given": list(given)} for key, given in kept.items()]
        )

    def empty(self, session: Session) -> bool:
        theirs = (NamedAnswerRow.round_id == self.round_id, NamedAnswerRow.member_id == self.member)
        return bool(session.scalars(delete(NamedAnswerRow).where(*theirs).returning(NamedAnswerRow.question)).all())

    def read(self, session: Session) -> Kept:
        theirs = (NamedAnswerRow.round_id == self.round_id, NamedAnswerRow.member_id == self.member)
        found = session.execute(select(NamedAnswerRow.question, NamedAnswerRow.given).where(*theirs))
        return {key: tuple(given) for key, given in found}
