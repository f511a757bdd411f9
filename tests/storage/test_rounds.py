"""Rounds as they are kept: begun once, answered by those who were asked, joined, left, closed once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from bot.errors import Problem
from bot.people import Actor, Member, NotYours, Role
from bot.surveys.delivery import DeliveryState
from bot.surveys.round import NotInvited, RoundClosed, RoundState
from bot.surveys.rules import Once
from storage import joining, results, rounds, surveys
from storage.database import Database
from storage.tables import DeliveryRow, InvitationRow, ProfileRow, RoundRow, SurveyRow
from tests.bot.surveys.builders import a_schedule, holidays
from tests.directory import WORKSPACE
from tests.scheduled import ADA, BO, CY, DI, EVERYBODY, FIRST, SECOND, WRITTEN, a_draft, active, begun

Made = TypeVar("Made")
THREADS = 8
CLOSES = datetime(2026, 12, 7, 17, 0, tzinfo=UTC)
FAY = Member("U0FAY", "Europe/London")


def at_once(work: Callable[[int], Made]) -> list[Made]:
    """Eight threads that start together."""
    barrier = Barrier(THREADS)

    def start(number: int) -> Made:
        barrier.wait(timeout=10)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(start, range(THREADS)))


def messages(db: Database, **which: Any) -> list[DeliveryRow]:
    with db.transaction() as session:
        rows = select(DeliveryRow).filter_by(**which).order_by(DeliveryRow.member_id, DeliveryRow.sequence)
        return list(session.scalars(rows))


def set_state(db: Database, state: DeliveryState, **which: Any) -> None:
    with db.transaction() as session:
        for row in session.scalars(select(DeliveryRow).filter_by(**which)):
            row.state = state


def test_a_round_begins_with_frozen_terms_and_everybodys_messages(db: Database) -> None:
    survey, round = begun(db)
    assert (round.slot, round.number, round.state) == ("2026-12-01T10:00@Europe/London", 1, RoundState.OPEN)
    assert (round.opens_at, round.closes_at, round.invited) == (FIRST, CLOSES, 3)
    assert (round.questions, round.threshold) == (survey.draft.questions, survey.draft.threshold)
    assert rounds.get(db, round.id) == round
    assert rounds.of_survey(db, ADA, survey.id) == (round,)
    assert survey.next_round_at == SECOND
    thursday, monday = FIRST + timedelta(days=2), FIRST + timedelta(days=6)
    for member in EVERYBODY:
        due = [(row.kind, row.sequence, row.due_at) for row in messages(db, member_id=member.id)]
        assert due == [("invitation", 0, FIRST), ("reminder", 1, thursday), ("reminder", 2, monday)]
    assert {row.state for row in messages(db)} == {"waiting"}


def test_eight_processes_begin_one_round(db: Database) -> None:
    survey = active(db)
    begun = at_once(lambda _: rounds.start(db, survey, EVERYBODY, holidays(), FIRST))
    assert len([round for round in begun if round]) == 1
    with db.transaction() as session:
        assert len(session.scalars(select(RoundRow.id)).all()) == 1
        assert len(session.scalars(select(InvitationRow.member_id)).all()) == 3
    assert len(messages(db)) == 9


def test_a_survey_that_was_changed_since_it_was_found_due_begins_with_its_new_words(db: Database) -> None:
    found = active(db)
    surveys.revise(db, ADA, found.id, found.revision, a_draft(title="New words"), holidays(), WRITTEN)
    assert rounds.start(db, found, EVERYBODY, holidays(), FIRST) is None
    [found] = surveys.due(db, FIRST)
    round = rounds.start(db, found, EVERYBODY, holidays(), FIRST)
    assert round is not None
    assert round.title == "New words"


def test_a_paused_survey_does_not_begin_a_round_although_it_was_found_due(db: Database) -> None:
    found = active(db)
    surveys.pause(db, ADA, found.id, FIRST)
    assert rounds.start(db, found, EVERYBODY, holidays(), FIRST) is None
    assert messages(db) == []


def test_a_round_that_became_a_bank_holiday_over_night_does_not_begin(db: Database) -> None:
    survey = active(db)
    known = holidays()
    today_off = known.model_copy(update={"england_and_wales": {date(2026, 12, 1): "Day of thanks"}})
    assert rounds.start(db, survey, EVERYBODY, today_off, FIRST) is None
    moved = surveys.get(db, ADA, survey.id)
    assert (moved.next_slot, moved.next_round_at) == (survey.next_slot, FIRST + timedelta(days=1))


def test_a_slot_has_one_round_even_if_it_is_planned_twice(db: Database) -> None:
    survey = active(db)
    assert rounds.start(db, survey, EVERYBODY, holidays(), FIRST)
    with db.transaction() as session:
        row = session.get(SurveyRow, survey.id)
        assert row
        row.next_slot, row.next_round_at = survey.next_slot, survey.next_round_at
    assert rounds.start(db, survey, EVERYBODY, holidays(), FIRST) is None
    assert surveys.get(db, ADA, survey.id).next_round_at == SECOND


def test_ten_in_the_morning_comes_once_on_both_sides_of_both_clock_changes(db: Database) -> None:
    for day, utc_hour in [((2027, 3, 26), 10), ((2027, 3, 29), 9), ((2027, 10, 29), 9), ((2027, 11, 1), 10)]:
        schedule = a_schedule(Once(date(*day)), nations=())
        _, round = begun(db, schedule=schedule)
        assert round.opens_at == datetime(*day, utc_hour, 0, tzinfo=UTC)
        assert messages(db, round_id=round.id, member_id=BO.id)[0].due_at == round.opens_at


def test_nobody_is_asked_in_the_middle_of_their_night(db: Database) -> None:
    in_auckland, nowhere = Member("U0AKL", "Pacific/Auckland"), Member("U0XX", "Mars/Olympus")
    begun(db, (in_auckland, nowhere))
    [first] = messages(db, member_id="U0AKL", kind="invitation")
    assert first.due_at == datetime(2026, 12, 1, 20, 30, tzinfo=UTC)  # Wednesday, half past nine there
    [second] = messages(db, member_id="U0XX", kind="invitation")
    assert second.due_at == FIRST


def test_a_message_that_would_come_after_the_close_is_cancelled_with_the_reason(db: Database) -> None:
    one_day = a_schedule(open_days=1)
    _, round = begun(db, (BO, Member("U0AKL", "Pacific/Auckland")), schedule=one_day)
    [row] = messages(db, member_id="U0AKL")
    assert (row.state, row.reason) == ("cancelled", "it would have come after the close")
    assert round.invited == 1


def test_who_chose_not_to_be_sent_surveys_is_not_asked(db: Database) -> None:
    with db.transaction() as session:
        session.add(ProfileRow(workspace=WORKSPACE, member_id=CY.id, stopped=True))
        session.add(ProfileRow(workspace=WORKSPACE, member_id=BO.id, function="digital"))
    _, round = begun(db)
    assert round.invited == 2
    with db.transaction() as session:
        asked = session.execute(select(InvitationRow.member_id, InvitationRow.function)).all()
    assert {(row.member_id, row.function) for row in asked} == {(BO.id, "digital"), (DI.id, None)}


def test_only_those_who_were_asked_may_answer_and_only_in_time(db: Database) -> None:
    _, round = begun(db)
    assert rounds.open_for(db, WORKSPACE, round.id, BO.id, FIRST) == round
    for workspace, round_id, member in [
        (WORKSPACE, round.id, "U0FAY"),
        ("T0ELSEWHERE", round.id, BO.id),
        (WORKSPACE, "0" * 32, BO.id),
    ]:
        with pytest.raises(NotInvited):
            rounds.open_for(db, workspace, round_id, member, FIRST)
    with pytest.raises(RoundClosed, match="closed on Monday 7 December"):
        rounds.open_for(db, WORKSPACE, round.id, BO.id, CLOSES)


def test_the_open_rounds_of_a_member_are_those_they_have_been_invited_to(db: Database) -> None:
    _, round = begun(db)
    assert rounds.open_rounds(db, WORKSPACE, BO.id, FIRST) == ()
    set_state(db, DeliveryState.SENT, kind="invitation")
    assert rounds.open_rounds(db, WORKSPACE, BO.id, FIRST) == (round,)
    assert rounds.open_rounds(db, WORKSPACE, FAY.id, FIRST) == ()
    assert rounds.open_rounds(db, "T0ELSEWHERE", BO.id, FIRST) == ()
    assert rounds.open_rounds(db, WORKSPACE, BO.id, CLOSES) == ()
    rounds.decline(db, WORKSPACE, round.id, BO.id)
    assert rounds.open_rounds(db, WORKSPACE, BO.id, FIRST) == ()


def test_who_leaves_a_round_out_is_sent_nothing_more_and_may_change_their_mind(db: Database) -> None:
    _, round = begun(db)
    rounds.decline(db, WORKSPACE, round.id, BO.id)
    assert {row.state for row in messages(db, member_id=BO.id)} == {"cancelled"}
    assert {row.state for row in messages(db, member_id=CY.id)} == {"waiting"}
    assert rounds.open_for(db, WORKSPACE, round.id, BO.id, FIRST).id == round.id
    for workspace, member in [(WORKSPACE, "U0FAY"), ("T0ELSEWHERE", CY.id)]:
        with pytest.raises(NotInvited):
            rounds.decline(db, workspace, round.id, member)


def test_joiners_are_asked_until_two_working_days_before_the_close(db: Database) -> None:
    _, round = begun(db)
    thursday = datetime(2026, 12, 3, 16, 0, tzinfo=UTC)
    assert joining.join(db, round, (*EVERYBODY, FAY), holidays(), thursday) == 1
    assert joining.join(db, round, (*EVERYBODY, FAY), holidays(), thursday) == 0
    invitation, *reminders = messages(db, member_id=FAY.id)
    assert (invitation.state, invitation.due_at) == ("waiting", thursday)
    assert [row.state for row in reminders] == ["cancelled", "waiting"]  # Thursday's would come too soon
    assert rounds.get(db, round.id).invited == 4
    friday = thursday + timedelta(days=1)
    assert joining.join(db, round, (Member("U0GUS"),), holidays(), friday) == 0


def test_a_joiner_is_asked_once_by_eight_processes(db: Database) -> None:
    _, round = begun(db)
    joined = at_once(lambda _: joining.join(db, round, (*EVERYBODY, FAY), holidays(), FIRST))
    assert sum(joined) == 1
    assert len(messages(db, member_id=FAY.id)) == 3


def test_who_left_is_sent_nothing_more_and_stays_counted_once_asked(db: Database) -> None:
    _, round = begun(db)
    set_state(db, DeliveryState.SENT, member_id=BO.id, kind="invitation")
    joining.leave(db, round, {BO.id, CY.id})
    assert joining.members_of(db, round.id) == {DI.id}
    assert [row.state for row in messages(db, member_id=BO.id)] == ["sent", "cancelled", "cancelled"]
    assert {row.state for row in messages(db, member_id=CY.id)} == {"cancelled"}
    assert rounds.open_for(db, WORKSPACE, round.id, CY.id, FIRST).id == round.id  # to change or withdraw an answer
    assert rounds.get(db, round.id).invited == 2  # Bo may have answered, and must not be told apart


def test_who_comes_back_is_asked_after_all(db: Database) -> None:
    _, round = begun(db)
    joining.leave(db, round, {CY.id})
    friday = FIRST + timedelta(days=2, hours=1)
    joining.join(db, round, EVERYBODY, holidays(), friday)
    assert [row.state for row in messages(db, member_id=CY.id)] == ["waiting", "cancelled", "waiting"]
    assert joining.members_of(db, round.id) == {BO.id, CY.id, DI.id}


def test_a_round_is_closed_once_by_eight_processes_and_then_sends_nothing(db: Database) -> None:
    _, round = begun(db)
    set_state(db, DeliveryState.SENT, member_id=BO.id, kind="invitation")
    assert rounds.to_close(db, CLOSES - timedelta(seconds=1)) == ()
    assert not rounds.close(db, round.id, CLOSES - timedelta(seconds=1))
    assert rounds.to_close(db, CLOSES) == (rounds.get(db, round.id),)
    assert sum(at_once(lambda _: rounds.close(db, round.id, CLOSES))) == 1
    closed = rounds.get(db, round.id)
    assert (closed.state, closed.invited) == (RoundState.CLOSED, 1)
    assert [row.state for row in messages(db)].count("waiting") == 0
    assert rounds.to_close(db, CLOSES) == (closed,)  # until it is sealed


def test_closing_now_ends_the_open_round_at_once(db: Database) -> None:
    survey, round = begun(db)
    with pytest.raises(Problem, match="no open round"):
        rounds.close_now(db, ADA, survey.id, CLOSES)
    at = FIRST + timedelta(hours=2)
    assert rounds.close_now(db, ADA, survey.id, at).closes_at == at
    with pytest.raises(RoundClosed):
        rounds.open_for(db, WORKSPACE, round.id, BO.id, at)
    assert rounds.close(db, round.id, at)


def test_people_are_told_of_results_once(db: Database) -> None:
    _, round = begun(db)
    assert rounds.to_report(db) == ()
    with db.transaction() as session:
        row = session.get(RoundRow, round.id)
        assert row
        row.state = RoundState.SEALED
    assert rounds.to_report(db) == (replace(round, state=RoundState.SEALED),)
    assert sum(at_once(lambda _: results.announce(db, round, holidays(), CLOSES))) == 1
    assert rounds.to_report(db) == ()


def test_an_organiser_sees_how_messages_stand_and_never_who(db: Database) -> None:
    survey, _ = begun(db)
    assert rounds.health(db, ADA, active(db).id, FIRST) is None
    set_state(db, DeliveryState.SENT, member_id=BO.id, kind="invitation")
    set_state(db, DeliveryState.UNKNOWN, member_id=CY.id, kind="invitation")
    with db.transaction() as session:
        row = session.scalar(select(DeliveryRow).filter_by(member_id=DI.id, kind="invitation"))
        assert row
        row.state, row.reason = DeliveryState.FAILED, "user_not_found"
    health = rounds.health(db, ADA, survey.id, FIRST + timedelta(days=2, minutes=11))
    assert health is not None
    assert health.invitations == {DeliveryState.SENT: 1, DeliveryState.UNKNOWN: 1, DeliveryState.FAILED: 1}
    assert (health.reminders, health.late) == ({DeliveryState.WAITING: 6}, 3)
    assert health.why == {"user_not_found": 1}
    assert [each.id for each in EVERYBODY if each.id in str(health)] == []


def test_nothing_that_an_organiser_can_call_gives_an_id_of_somebody_asked(db: Database) -> None:
    survey, round = begun(db)
    set_state(db, DeliveryState.SENT, kind="invitation")
    seen: list[object] = [
        surveys.get(db, ADA, survey.id),
        surveys.list_for(db, ADA),
        rounds.of_survey(db, ADA, survey.id),
        rounds.health(db, ADA, survey.id, FIRST),
        rounds.close_now(db, ADA, survey.id, FIRST + timedelta(hours=1)),
    ]
    assert [member.id for member in EVERYBODY if member.id in repr(seen)] == []
    assert round.id in repr(seen)


def test_a_round_of_nobody_is_not_there(db: Database) -> None:
    with pytest.raises(NotYours):
        rounds.get(db, "0" * 32)
    stranger = Actor(WORKSPACE, "U0EVE", frozenset({Role.ORGANISER}))
    survey, _ = begun(db)
    with pytest.raises(NotYours):
        rounds.of_survey(db, stranger, survey.id)
