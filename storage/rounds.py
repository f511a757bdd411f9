"""Rounds: begun once however many processes try, joined and left, open for those who were asked, closed once."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.orm import Session

from bot.errors import Problem
from bot.people import Actor, Member, NotYours
from bot.surveys.calendars import BankHolidays
from bot.surveys.delivery import DeliveryKind, DeliveryState, Reason, Standing
from bot.surveys.health import LATE, Health
from bot.surveys.planning import next_round, planned_again, slot_behind
from bot.surveys.round import NotInvited, Round, RoundState
from bot.surveys.survey import Survey
from bot.surveys.timetable import Slot, Timetable
from storage import drafts, surveys
from storage.audits import audited
from storage.calling_off import called_off, counted_again
from storage.database import Database
from storage.inviting import Inviting
from storage.joining import invite, stand
from storage.tables import DeliveryRow, InvitationRow, RoundRow, SurveyRow

WENT_OUT = (DeliveryState.SENT, DeliveryState.UNKNOWN)


def start(
    db: Database, survey: Survey, members: tuple[Member, ...], holidays: BankHolidays, now: datetime
) -> Round | None:
    """Begin the round that is due: claim its slot, freeze its terms, write everybody's messages, plan the next one.

    None when another process was first, or the survey was changed meanwhile, or the calendar has moved the round.
    Members who chose not to be sent surveys are left out.
    """
    if survey.draft.schedule is None or survey.next_slot is None:
        return None
    timetable = Timetable(survey.draft.schedule, holidays)
    slot = slot_behind(timetable, survey.next_slot)
    begins = slot is not None and slot.day is not None and timetable.starts_at(slot) <= now
    following = (
        next_round(survey.draft.schedule, holidays, now)
        if begins
        else planned_again(survey.draft.schedule, holidays, survey.next_slot, now)
    )
    with db.transaction() as session:
        if not session.scalar(surveys.moved_on(survey, following)) or slot is None or not begins:
            return None
        return _begun(session, survey, _first(session, survey, slot, timetable), members, holidays, now)


def _first(session: Session, survey: Survey, slot: Slot, timetable: Timetable) -> RoundRow | None:
    """The row of a new round; None when this slot has had its round."""
    before = session.scalars(select(RoundRow.slot).where(RoundRow.survey_id == survey.id)).all()
    if survey.next_slot is None or survey.next_slot in before:
        return None
    return RoundRow(
        id=uuid.uuid4().hex,
        workspace=survey.workspace,
        survey_id=survey.id,
        slot=survey.next_slot,
        number=len(before) + 1,
        terms=drafts.kept(survey.draft),
        opens_at=timetable.opens_at(slot),
        closes_at=timetable.closes_at(slot),
        state=RoundState.OPEN,
        invited=0,
    )


def _begun(
    session: Session,
    survey: Survey,
    row: RoundRow | None,
    members: tuple[Member, ...],
    holidays: BankHolidays,
    now: datetime,
) -> Round | None:
    if row is None:
        return None
    session.add(row)
    session.flush()
    invite(session, Inviting.of(of_row(row), holidays), members, now)
    session.refresh(row)
    return of_row(row)


def get(db: Database, round_id: str) -> Round:
    """A round. Raises NotYours when there is none."""
    with db.reading() as session:
        row = session.get(RoundRow, round_id)
        if row is None:
            raise NotYours("round")
        return of_row(row)


def owner(db: Database, round_id: str) -> str:
    """Who owns the survey of a round; empty when there is no such round."""
    theirs = select(SurveyRow.owner).join(RoundRow, RoundRow.survey_id == SurveyRow.id).where(RoundRow.id == round_id)
    with db.reading() as session:
        return session.scalar(theirs) or ""


def open_for(db: Database, workspace: str, round_id: str, member: str, now: datetime) -> Round:
    """A round that a member was asked in and may answer now. Raises NotInvited or RoundClosed.

    Who declined may think better of it, and who left the audience since may still change or withdraw what they said.
    """
    asked = _asked(workspace, member).where(RoundRow.id == round_id)
    with db.reading() as session:
        row = session.scalar(asked)
        if row is None:
            raise NotInvited
        found = of_row(row)
    found.check_open(now)
    return found


def open_rounds(db: Database, workspace: str, member: str, now: datetime) -> tuple[Round, ...]:
    """The open rounds that a member has been invited to and has not declined, the first to close first."""
    went_out = select(DeliveryRow.id).where(
        DeliveryRow.round_id == RoundRow.id,
        DeliveryRow.member_id == member,
        DeliveryRow.kind == DeliveryKind.INVITATION,
        DeliveryRow.state.in_(WENT_OUT),
    )
    rounds = _asked(workspace, member).where(
        RoundRow.state == RoundState.OPEN,
        RoundRow.closes_at > now,
        InvitationRow.standing == Standing.INVITED,
        went_out.exists(),
    )
    with db.reading() as session:
        return tuple(map(of_row, session.scalars(rounds.order_by(RoundRow.closes_at, RoundRow.id))))


def _asked(workspace: str, member: str) -> Select[RoundRow]:
    joined = select(RoundRow).join(InvitationRow, InvitationRow.round_id == RoundRow.id)
    return joined.where(RoundRow.workspace == workspace, InvitationRow.member_id == member)


def of_survey(db: Database, actor: Actor, survey_id: str) -> tuple[Round, ...]:
    """The rounds of a survey that the actor looks after, in order. Raises NotYours."""
    surveys.get(db, actor, survey_id)
    with db.reading() as session:
        rows = session.scalars(select(RoundRow).where(RoundRow.survey_id == survey_id).order_by(RoundRow.number))
        return tuple(map(of_row, rows))


def latest(db: Database) -> dict[str, tuple[Round, int | None]]:
    """The last round of every survey, with how many responded once it is sealed; for whoever runs the bot."""
    with db.reading() as session:
        rows = session.scalars(select(RoundRow).order_by(RoundRow.number))
        return {row.survey_id: (of_row(row), row.responses) for row in rows}


def running(db: Database, now: datetime) -> tuple[Round, ...]:
    """The rounds of all workspaces that take answers."""
    with db.reading() as session:
        rows = session.scalars(select(RoundRow).where(RoundRow.state == RoundState.OPEN, RoundRow.closes_at > now))
        return tuple(map(of_row, rows))


def decline(db: Database, workspace: str, round_id: str, member: str) -> None:
    """Send nothing more of this round to a member who asked for that; they may still answer. Raises NotInvited."""
    ours = InvitationRow.workspace == workspace
    if not stand(db, round_id, {member}, Standing.DECLINED, Reason.DECLINED, ours):
        raise NotInvited


def to_close(db: Database, now: datetime) -> tuple[Round, ...]:
    """Rounds to be closed and sealed: those whose end has come, and those that were closed and not sealed yet."""
    ended = (RoundRow.state == RoundState.OPEN) & (RoundRow.closes_at <= now)
    which = select(RoundRow).where(ended | (RoundRow.state == RoundState.CLOSED))
    with db.reading() as session:
        return tuple(map(of_row, session.scalars(which.order_by(RoundRow.closes_at, RoundRow.id))))


def close(db: Database, round_id: str, now: datetime) -> bool:
    """Take no more answers, and send no more messages. False when it was closed already or its end has not come."""
    ended = (RoundRow.id == round_id, RoundRow.state == RoundState.OPEN, RoundRow.closes_at <= now)
    claim = update(RoundRow).where(*ended).values(state=RoundState.CLOSED).returning(RoundRow.id)
    with db.transaction() as session:
        if session.scalar(claim) is None:
            return False
        session.execute(called_off(Reason.AFTER_CLOSE, DeliveryRow.round_id == round_id))
        session.execute(counted_again(RoundRow.id == round_id))
    return True


def close_now(db: Database, actor: Actor, survey_id: str, now: datetime) -> Round:
    """Let the open round of a survey end now: the next tick closes and seals it. Raises NotYours, or Problem."""
    surveys.get(db, actor, survey_id)
    which = (RoundRow.survey_id == survey_id, RoundRow.state == RoundState.OPEN, RoundRow.closes_at > now)
    with db.transaction() as session:
        row = session.scalar(select(RoundRow).where(*which).with_for_update())
        if row is None:
            raise Problem("This survey has no open round to close.")
        row.closes_at = now
        session.add(audited(actor, "close_now", survey_id, now))
        return of_row(row)


def to_report(db: Database) -> tuple[Round, ...]:
    """Sealed rounds whose results nobody has been told of."""
    with db.reading() as session:
        rows = session.scalars(select(RoundRow).where(RoundRow.state == RoundState.SEALED, ~RoundRow.reported))
        return tuple(map(of_row, rows))


def health(db: Database, actor: Actor, survey_id: str, now: datetime) -> Health | None:
    """How the messages of a survey's latest round stand, in numbers; None before the first. Raises NotYours."""
    surveys.get(db, actor, survey_id)
    with db.reading() as session:
        latest = select(RoundRow.id).where(RoundRow.survey_id == survey_id).order_by(RoundRow.number.desc()).limit(1)
        round_id = session.scalar(latest)
        if round_id is None:
            return None
        late = (DeliveryRow.state == DeliveryState.WAITING) & (DeliveryRow.due_at < now - LATE)
        columns = (DeliveryRow.kind, DeliveryRow.state, DeliveryRow.reason, late)
        counts = select(*columns, func.count()).where(DeliveryRow.round_id == round_id).group_by(*columns)
        return _health(session.execute(counts).all())


def _health(counts: Iterable[Row[str, str, str | None, bool, int]]) -> Health:
    by_kind: dict[str, Counter[DeliveryState]] = {kind: Counter() for kind in DeliveryKind}
    why: Counter[str] = Counter()
    for kind, state, reason, _, count in counts:
        by_kind[kind][DeliveryState(state)] += count
        if reason and kind == DeliveryKind.INVITATION:
            why[reason] += count
    late = sum(count for *_, is_late, count in counts if is_late)
    return Health(dict(by_kind[DeliveryKind.INVITATION]), dict(by_kind[DeliveryKind.REMINDER]), late, dict(why))


def of_row(row: RoundRow) -> Round:
    """A round as the domain knows it."""
    terms = drafts.written(row.terms)
    return Round(
        id=row.id,
        workspace=row.workspace,
        survey_id=row.survey_id,
        slot=row.slot,
        number=row.number,
        title=terms.title,
        purpose=terms.purpose,
        questions=terms.questions,
        anonymous=terms.anonymous,
        by_function=terms.by_function,
        threshold=terms.threshold,
        period=terms.period,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        state=RoundState(row.state),
        invited=row.invited,
        results_channel=terms.results_channel,
        schedule=terms.schedule,
        audience=terms.audience.mark if terms.audience else "",
        whom=terms.audience,
        responses=row.responses,
    )
