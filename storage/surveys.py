"""Surveys: written, put on, paused, archived. Every change is checked, counted as a revision and audited."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Update, func, literal_column, select, update
from sqlalchemy.orm import Session

from bot.errors import Problem
from bot.people import Actor, NotYours
from bot.surveys.calendars import BankHolidays
from bot.surveys.delivery import Reason
from bot.surveys.planning import Planned, next_round, planned_again
from bot.surveys.questions import revised
from bot.surveys.round import RoundState
from bot.surveys.survey import Draft, Fault, NotReady, State, Survey
from bot.surveys.timetable import Timetable
from storage import drafts
from storage.audits import audited
from storage.calling_off import called_off, counted_again
from storage.database import Database
from storage.tables import DeliveryRow, RoundRow, SurveyRow

RUNNING = (State.ACTIVE, State.PAUSED)


class EditedMeanwhile(Problem):
    """Somebody else has changed the survey since it was opened; nothing is overwritten."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this survey while you had it open. Open it again to see their changes.")


def create(db: Database, actor: Actor, draft: Draft, now: datetime) -> Survey:
    """Keep a new survey as a draft of the actor's. Raises Problem unless they may organise."""
    actor.must_organise()
    with db.transaction() as session:
        row = SurveyRow(
            id=uuid.uuid4().hex,
            workspace=actor.workspace,
            owner=actor.member,
            state=State.DRAFT,
            revision=1,
            draft=drafts.kept(replace(draft, questions=revised((), draft.questions))),
        )
        session.add_all([row, audited(actor, "create", row.id, now)])
        return _survey(row)


def get(db: Database, actor: Actor, survey_id: str) -> Survey:
    """A survey that the actor looks after. Raises NotYours."""
    with db.transaction() as session:
        return _survey(_theirs(session, actor, survey_id))


def list_for(db: Database, actor: Actor) -> tuple[Survey, ...]:
    """The surveys that the actor looks after, by title; archived ones last. Raises Problem unless they may organise."""
    return tuple(survey for survey in of_workspace(db, actor) if actor.looks_after(survey.owner))


def of_workspace(db: Database, actor: Actor) -> tuple[Survey, ...]:
    """The surveys of all organisers, to be seen and not changed, by title. Raises Problem unless they may organise."""
    actor.must_organise()
    with db.transaction() as session:
        rows = session.scalars(select(SurveyRow).where(SurveyRow.workspace == actor.workspace)).all()
    return tuple(sorted(map(_survey, rows), key=_by_title))


def everything(db: Database) -> tuple[Survey, ...]:
    """All surveys of all workspaces, for whoever runs the bot."""
    with db.reading() as session:
        return tuple(map(_survey, session.scalars(select(SurveyRow).order_by(SurveyRow.workspace, SurveyRow.id))))


def revise(
    db: Database, actor: Actor, survey_id: str, revision: int, draft: Draft, holidays: BankHolidays, now: datetime
) -> Survey:
    """Change what a survey asks, whom and when, from its next round on. An open round stays as it is.

    A question that is worded differently begins a new series. Of an active survey the next date is planned anew. Raises
    EditedMeanwhile, NotYours, and Problem when an active or paused survey would have faults.
    """

    def change(session: Session, row: SurveyRow) -> None:
        if row.revision != revision:
            raise EditedMeanwhile
        if row.state == State.ARCHIVED:
            raise Problem("This survey is archived. Start a new one from it instead.")
        before = drafts.written(row.draft)
        after = replace(draft, questions=revised(before.questions, draft.questions))
        _keep_promises(session, row, before, after)
        if row.state in RUNNING:
            _check(after, holidays, now, new_schedule=after.schedule != before.schedule)
        row.draft = drafts.kept(after)
        if row.state == State.ACTIVE and after.schedule != before.schedule:
            _plan(row, next_round(after.schedule, holidays, _free_from(session, row, now)))

    return _changed(db, actor, survey_id, "revise", now, change)


def activate(db: Database, actor: Actor, survey_id: str, holidays: BankHolidays, now: datetime) -> Survey:
    """Put a draft on: its first round begins on the next date of its schedule. Raises Problem when it has faults."""

    def change(session: Session, row: SurveyRow) -> None:
        _must_be(row, State.DRAFT)
        draft = drafts.written(row.draft)
        _check(draft, holidays, now, new_schedule=True)
        row.state = State.ACTIVE
        _plan(row, next_round(draft.schedule, holidays, now))

    return _changed(db, actor, survey_id, "activate", now, change)


def pause(db: Database, actor: Actor, survey_id: str, now: datetime) -> Survey:
    """Stop sending. A round that is open closes as planned, with those whom it has reached."""

    def change(session: Session, row: SurveyRow) -> None:
        _must_be(row, State.ACTIVE)
        row.state = State.PAUSED
        _plan(row, None)
        _cancel_messages(session, row)

    return _changed(db, actor, survey_id, "pause", now, change)


def resume(db: Database, actor: Actor, survey_id: str, holidays: BankHolidays, now: datetime) -> Survey:
    """Go on with the next date of the schedule that is still to come. Nothing is sent now, and nothing is made up."""

    def change(session: Session, row: SurveyRow) -> None:
        _must_be(row, State.PAUSED)
        row.state = State.ACTIVE
        draft = drafts.written(row.draft)
        _plan(row, next_round(draft.schedule, holidays, _free_from(session, row, now)))

    return _changed(db, actor, survey_id, "resume", now, change)


def skip_next(db: Database, actor: Actor, survey_id: str, holidays: BankHolidays, now: datetime) -> Survey:
    """Leave the next round out; the one after it comes as planned."""

    def change(_session: Session, row: SurveyRow) -> None:
        _must_be(row, State.ACTIVE)
        if row.next_round_at is None:
            raise Problem("This survey has no next date to leave out.")
        _plan(row, next_round(drafts.written(row.draft).schedule, holidays, row.next_round_at))

    return _changed(db, actor, survey_id, "skip_next", now, change)


def archive(db: Database, actor: Actor, survey_id: str, now: datetime) -> Survey:
    """Put a survey away for good. A round that is open closes as planned; its results can still be read."""

    def change(session: Session, row: SurveyRow) -> None:
        if row.state == State.ARCHIVED:
            raise Problem("This survey is archived already.")
        row.state = State.ARCHIVED
        _plan(row, None)
        _cancel_messages(session, row)

    return _changed(db, actor, survey_id, "archive", now, change)


def due(db: Database, now: datetime) -> tuple[Survey, ...]:
    """Active surveys whose next round should have begun, the longest overdue first."""
    overdue = select(SurveyRow).where(SurveyRow.state == State.ACTIVE, SurveyRow.next_round_at <= now)
    with db.reading() as session:
        return tuple(map(_survey, session.scalars(overdue.order_by(SurveyRow.next_round_at, SurveyRow.id))))


def pass_over(db: Database, survey: Survey, holidays: BankHolidays, now: datetime) -> bool:
    """Give up a slot that was missed; the next one comes as planned. False when another process was first."""
    planned = next_round(survey.draft.schedule, holidays, now)
    with db.transaction() as session:
        return session.scalar(moved_on(survey, planned)) is not None


def next_of(db: Database, survey_id: str) -> datetime | None:
    """When a survey's next round begins; None without one."""
    with db.reading() as session:
        return session.scalar(select(SurveyRow.next_round_at).where(SurveyRow.id == survey_id))


def replan(db: Database, holidays: BankHolidays, now: datetime) -> tuple[Survey, ...]:
    """Plan the next dates of active surveys on the calendar as it stands now; give those that moved, as they were."""
    with db.transaction() as session:
        coming = select(SurveyRow).where(SurveyRow.state == State.ACTIVE, SurveyRow.next_round_at > now)
        surveys = [_survey(row) for row in session.scalars(coming)]
    return tuple(survey for survey in surveys if _replanned(db, survey, holidays, now))


def _replanned(db: Database, survey: Survey, holidays: BankHolidays, now: datetime) -> bool:
    if survey.draft.schedule is None or survey.next_slot is None:
        return False
    planned = planned_again(survey.draft.schedule, holidays, survey.next_slot, now)
    if planned and (planned.slot, planned.starts_at) == (survey.next_slot, survey.next_round_at):
        return False
    with db.transaction() as session:
        return session.scalar(moved_on(survey, planned)) is not None


def moved_on(survey: Survey, planned: Planned | None) -> Update:
    """Claim the next slot of a survey by putting another in its place; gives a row only to the first who tries."""
    claim = update(SurveyRow).where(
        SurveyRow.id == survey.id,
        SurveyRow.state == State.ACTIVE,
        SurveyRow.revision == survey.revision,
        SurveyRow.next_slot == survey.next_slot,
    )
    values = {"next_slot": planned and planned.slot, "next_round_at": planned and planned.starts_at}
    return claim.values(values).returning(literal_column("1")).execution_options(synchronize_session=False)


def _changed(
    db: Database, actor: Actor, survey_id: str, action: str, now: datetime, change: Callable[[Session, SurveyRow], None]
) -> Survey:
    """Make one change to a survey of the actor's, as one revision with a line in the audit."""
    with db.transaction() as session:
        row = _theirs(session, actor, survey_id)
        change(session, row)
        row.revision += 1
        session.add(audited(actor, action, row.id, now))
        return _survey(row)


def _theirs(session: Session, actor: Actor, survey_id: str) -> SurveyRow:
    actor.must_organise()
    row = session.scalar(select(SurveyRow).where(SurveyRow.id == survey_id).with_for_update())
    if row is None or row.workspace != actor.workspace or not actor.looks_after(row.owner):
        raise NotYours
    return row


def _must_be(row: SurveyRow, state: State) -> None:
    if row.state != state:
        raise Problem(f"That cannot be done: this survey is {row.state}, and would have to be {state}.")


def _check(draft: Draft, holidays: BankHolidays, now: datetime, *, new_schedule: bool) -> None:
    """Raises NotReady. An unchanged schedule is not judged again: its first date may well have passed."""
    faults = draft.faults(now)
    if not new_schedule:
        faults = tuple(fault for fault in faults if not fault.field.startswith("schedule:"))
    elif not faults and draft.schedule:
        faults = tuple(
            Fault(f"schedule:{field}", sentence) for field, sentence in Timetable(draft.schedule, holidays).faults(now)
        )
    if faults:
        raise NotReady(faults)


def _keep_promises(session: Session, row: SurveyRow, before: Draft, after: Draft) -> None:
    """Raises NotReady when people have been promised otherwise: what was asked under one promise stays under it."""
    rounds = session.scalars(select(RoundRow.state).where(RoundRow.survey_id == row.id)).all()
    if rounds and after.anonymous != before.anonymous:
        sentence = "People have been asked under the promise as it is. Start a new survey to make another."
        raise NotReady((Fault("anonymous", sentence),))
    if RoundState.OPEN in rounds and after.threshold < before.threshold:
        raise NotReady((Fault("threshold", "A round is open. Lower the threshold when it has closed."),))


def _free_from(session: Session, row: SurveyRow, now: datetime) -> datetime:
    """From when a new round may begin: rounds of one survey do not overlap."""
    last = session.scalar(select(func.max(RoundRow.closes_at)).where(RoundRow.survey_id == row.id))
    return max(now, last) if last else now


def _plan(row: SurveyRow, planned: Planned | None) -> None:
    row.next_slot = planned.slot if planned else None
    row.next_round_at = planned.starts_at if planned else None


def _cancel_messages(session: Session, row: SurveyRow) -> None:
    open_rounds = select(RoundRow.id).where(RoundRow.survey_id == row.id, RoundRow.state == RoundState.OPEN)
    session.execute(called_off(Reason.PAUSED, DeliveryRow.round_id.in_(open_rounds)))
    session.execute(counted_again(RoundRow.id.in_(open_rounds)))


def _by_title(survey: Survey) -> tuple[bool, str, str]:
    """For sorting: by title, archived ones last."""
    return (survey.state is State.ARCHIVED, survey.draft.title.casefold(), survey.id)


def _survey(row: SurveyRow) -> Survey:
    return Survey(
        row.id,
        row.workspace,
        row.owner,
        State(row.state),
        row.revision,
        drafts.written(row.draft),
        row.next_slot,
        row.next_round_at,
    )
