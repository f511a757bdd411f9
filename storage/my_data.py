"""What is kept about one member: shown to them, and removed when they ask for it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import Session

from bot.clock import LONDON, today
from bot.people import Function, Profile
from bot.surveys.delivery import DeliveryState, Reason
from bot.surveys.held import Asking, Forgotten, Given, Held, in_words
from bot.surveys.promise import day
from bot.surveys.round import Round, RoundState
from storage import drafts, responses
from storage.calling_off import called_off, counted_again
from storage.database import Database
from storage.keys import Keys
from storage.profiles import setting
from storage.rounds import of_row
from storage.tables import AuditRow, CommitmentRow, DeliveryRow, InvitationRow, ProfileRow, RoundRow, SurveyRow

KeysByRound = Mapping[str, bytes]
NOBODY = "nobody-"  # begins what stands where a member's id stood


def held(db: Database, keys: Keys, workspace: str, member: str) -> Held:
    """Everything that is kept about a member now. Open anonymous answers are found through their rounds' keys."""
    asked = _asked(db, workspace, member)
    known = _known(keys, asked)
    with db.transaction() as session:
        return Held(
            profile=_profile(session, workspace, member),
            asked=tuple(_asking(session, round, standing, member) for round, standing in asked),
            given=tuple(_given(session, asked, known, member)),
            surveys=tuple(_owned(session, workspace, member)),
            commitments=tuple(session.scalars(select(CommitmentRow.text).where(*_promised(workspace, member)))),
            actions=tuple((today(row.at), row.action) for row in session.scalars(_done(workspace, member))),
        )


def forget(db: Database, keys: Keys, workspace: str, member: str) -> Forgotten:
    """Remove what can be removed of a member, and see that they are not asked again.

    Their invitations and messages lose the name and stay to be counted: taking them out of a round's numbers would tell
    its organiser that somebody who had answered is gone.
    """
    asked = _asked(db, workspace, member)
    known = _known(keys, asked)
    with db.transaction() as session:
        for round, _ in asked:
            db.lock(session, f"round {round.id}")  # an answer that is just being kept is kept, and then removed
        profile = _profile(session, workspace, member)
        found = [round for round, _ in asked if round.id in known]
        answers = sum(responses.remove_own(session, round, member, known[round.id]) for round in found)
        session.execute(called_off(Reason.STOPPED, *_messages(workspace, member)))
        sending = update(DeliveryRow).where(DeliveryRow.state == DeliveryState.SENDING, *_messages(workspace, member))
        session.execute(
            sending.values(state=DeliveryState.UNKNOWN)
        )  # who sends it has no say any more, nor its channel
        session.execute(
            counted_again(RoundRow.state == RoundState.OPEN, RoundRow.id.in_(round.id for round, _ in asked))
        )
        for round, _ in asked:
            unname(session, round.id, member)
        session.execute(setting(db, workspace, member, function=None, stopped=True))
        owned = any(_owned(session, workspace, member)) or session.scalar(_done(workspace, member).limit(1)) is not None
    return Forgotten(answers, len(asked), profile.function is not None, owned)


def unname(session: Session, round_id: str, *members: str) -> None:
    """Put a random word in the place of members' ids in a round, for a transaction of this room's."""
    for member in members:
        nobody = f"{NOBODY}{uuid.uuid4().hex}"
        invitation = (InvitationRow.round_id == round_id, InvitationRow.member_id == member)
        message = (DeliveryRow.round_id == round_id, DeliveryRow.member_id == member)
        session.execute(update(InvitationRow).where(*invitation).values(member_id=nobody, zone=""))
        session.execute(update(DeliveryRow).where(*message).values(member_id=nobody, channel=None, ts=None))


def _asked(db: Database, workspace: str, member: str) -> Sequence[tuple[Round, str]]:
    theirs = (InvitationRow.workspace == workspace, InvitationRow.member_id == member)
    rows = select(RoundRow, InvitationRow.standing).join(InvitationRow, InvitationRow.round_id == RoundRow.id)
    with db.transaction() as session:
        found = session.execute(rows.where(*theirs).order_by(RoundRow.opens_at, RoundRow.id))
        return [(of_row(row), standing) for row, standing in found]


def _known(keys: Keys, asked: Sequence[tuple[Round, str]]) -> KeysByRound:
    """The rounds whose answers can be found, with their keys: open ones, and attributed ones, which need none."""
    found: dict[str, bytes] = {}
    for round, _ in asked:
        key = keys.get(round.id) if round.anonymous else b""
        if key is not None:
            found[round.id] = key
    return found


def _profile(session: Session, workspace: str, member: str) -> Profile:
    row = session.get(ProfileRow, (workspace, member))
    return Profile(Function(row.function) if row and row.function else None, bool(row and row.stopped))


def _asking(session: Session, round: Round, standing: str, member: str) -> Asking:
    theirs = (DeliveryRow.round_id == round.id, DeliveryRow.member_id == member)
    messages = session.scalars(select(DeliveryRow).where(*theirs).order_by(DeliveryRow.sequence))
    return Asking(round.title, round.closes_at, round.state, standing, tuple(map(_message, messages)))


def _message(row: DeliveryRow) -> str:
    if row.sent_at is None:
        return f"{row.kind} {row.state}"
    return f"{row.kind} {row.state} on {day(row.sent_at.astimezone(LONDON).date())}"


def _given(session: Session, asked: Sequence[tuple[Round, str]], known: KeysByRound, member: str) -> Iterator[Given]:
    for round, _ in asked:
        if round.id in known and (answers := responses.own(session, round, member, known[round.id])):
            yield Given(round.title, round.anonymous, in_words(round, answers))


def _owned(session: Session, workspace: str, member: str) -> Iterator[str]:
    for row in session.scalars(select(SurveyRow).where(SurveyRow.workspace == workspace, SurveyRow.owner == member)):
        yield drafts.written(row.draft).title


def _promised(workspace: str, member: str) -> tuple[ColumnElement[bool], ...]:
    return (CommitmentRow.workspace == workspace, CommitmentRow.owner == member)


def _done(workspace: str, member: str) -> Select[AuditRow]:
    return select(AuditRow).where(AuditRow.workspace == workspace, AuditRow.actor == member).order_by(AuditRow.at)


def _messages(workspace: str, member: str) -> tuple[ColumnElement[bool], ...]:
    return (DeliveryRow.workspace == workspace, DeliveryRow.member_id == member)
