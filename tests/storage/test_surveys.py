"""A survey's life as it is kept: written, put on, changed, paused, archived, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, text

from bot.errors import Problem
from bot.people import Actor, NotYours, Role
from bot.surveys.rules import EveryWeeks, Once
from bot.surveys.schedule import Policy
from bot.surveys.survey import NotReady, State, Survey
from storage import rounds, surveys
from storage.database import Database
from storage.surveys import EditedMeanwhile
from storage.tables import AuditRow, DeliveryRow
from tests.bot.surveys.builders import a_schedule, holidays
from tests.directory import WORKSPACE
from tests.scheduled import ADA, EVE, EVERYBODY, FIRST, ROOT, SECOND, WRITTEN, a_draft, active, begun

THIRD = datetime(2026, 12, 29, 10, 0, tzinfo=UTC)
ELSEWHERE = Actor("T0ELSEWHERE", "U0ADA", frozenset({Role.ADMIN}))
Deed = Callable[[Database, Actor, str], object]
DEEDS: dict[str, Deed] = {
    "get": surveys.get,
    "revise": lambda db, actor, key: surveys.revise(db, actor, key, 1, a_draft(), holidays(), WRITTEN),
    "activate": lambda db, actor, key: surveys.activate(db, actor, key, holidays(), WRITTEN),
    "pause": lambda db, actor, key: surveys.pause(db, actor, key, WRITTEN),
    "resume": lambda db, actor, key: surveys.resume(db, actor, key, holidays(), WRITTEN),
    "skip_next": lambda db, actor, key: surveys.skip_next(db, actor, key, holidays(), WRITTEN),
    "archive": lambda db, actor, key: surveys.archive(db, actor, key, WRITTEN),
    "rounds": rounds.of_survey,
    "close_now": lambda db, actor, key: rounds.close_now(db, actor, key, WRITTEN),
    "health": lambda db, actor, key: rounds.health(db, actor, key, WRITTEN),
}


def when(survey: Survey) -> datetime | None:
    return survey.next_round_at


def test_a_survey_comes_back_as_it_was_written(db: Database) -> None:
    survey = surveys.create(db, ADA, a_draft(), WRITTEN)
    assert surveys.get(db, ADA, survey.id) == survey
    assert (survey.draft, survey.state, survey.revision) == (a_draft(), State.DRAFT, 1)
    assert (survey.next_slot, survey.next_round_at) == (None, None)


def test_a_half_written_draft_is_kept_and_cannot_be_put_on(db: Database) -> None:
    survey = surveys.create(db, ADA, a_draft(schedule=None, audience=None, questions=()), WRITTEN)
    with pytest.raises(NotReady) as refused:
        surveys.activate(db, ADA, survey.id, holidays(), WRITTEN)
    assert [fault.field for fault in refused.value.faults] == ["questions", "audience", "schedule"]
    assert surveys.get(db, ADA, survey.id).state is State.DRAFT


def test_what_only_the_calendar_shows_is_found_before_a_survey_is_put_on(db: Database) -> None:
    christmas = a_draft(schedule=a_schedule(Once(date(2026, 12, 25)), policy=Policy.SKIP))
    survey = surveys.create(db, ADA, christmas, WRITTEN)
    with pytest.raises(NotReady, match="Christmas Day"):
        surveys.activate(db, ADA, survey.id, holidays(), WRITTEN)


def test_putting_a_survey_on_plans_its_first_round(db: Database) -> None:
    survey = active(db)
    assert (survey.state, survey.next_slot, when(survey)) == (State.ACTIVE, "2026-12-01T10:00@Europe/London", FIRST)


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
@pytest.mark.parametrize("stranger", [EVE, ELSEWHERE], ids=["another organiser", "another workspace's admin"])
def test_nobody_else_can_touch_or_see_a_survey(db: Database, deed: Deed, stranger: Actor) -> None:
    survey = active(db)
    with pytest.raises(NotYours):
        deed(db, stranger, survey.id)
    assert surveys.get(db, ADA, survey.id) == survey


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_somebody_who_is_no_organiser_any_more_can_do_nothing(db: Database, deed: Deed) -> None:
    survey = active(db)
    with pytest.raises(Problem, match="Only organisers"):
        deed(db, replace(ADA, roles=frozenset()), survey.id)
    assert surveys.get(db, ADA, survey.id) == survey


def test_an_admin_looks_after_every_survey_of_the_workspace(db: Database) -> None:
    survey = active(db)
    assert surveys.list_for(db, ROOT) == (survey,) == surveys.list_for(db, ADA)
    assert surveys.list_for(db, EVE) == surveys.list_for(db, ELSEWHERE) == ()
    assert surveys.pause(db, ROOT, survey.id, WRITTEN).state is State.PAUSED


def test_two_people_who_edit_at_once_do_not_overwrite_each_other(db: Database) -> None:
    survey = surveys.create(db, ADA, a_draft(), WRITTEN)
    first = surveys.revise(db, ADA, survey.id, 1, a_draft(title="First"), holidays(), WRITTEN)
    with pytest.raises(EditedMeanwhile):
        surveys.revise(db, ROOT, survey.id, 1, a_draft(title="Second"), holidays(), WRITTEN)
    assert surveys.get(db, ADA, survey.id) == first


def test_a_question_worded_differently_begins_a_new_series(db: Database) -> None:
    survey = surveys.create(db, ADA, a_draft(), WRITTEN)
    gate, early, *rest = survey.draft.questions
    changed = replace(survey.draft, questions=(gate, replace(early, text="They ask me early enough."), *rest))
    revised = surveys.revise(db, ADA, survey.id, 1, changed, holidays(), WRITTEN)
    assert [question.version for question in revised.draft.questions] == [1, 2, 1, 1, 1]


def test_an_open_round_keeps_its_words_and_the_next_one_has_the_new_ones(db: Database) -> None:
    survey, round = begun(db)
    surveys.revise(db, ADA, survey.id, survey.revision, a_draft(title="New words"), holidays(), FIRST)
    assert rounds.get(db, round.id).title == "How we buy together"
    following = rounds.start(db, surveys.get(db, ADA, survey.id), EVERYBODY, holidays(), SECOND)
    assert following is not None
    assert (following.title, following.number) == ("New words", 2)


def test_a_new_schedule_begins_when_the_open_round_has_closed(db: Database) -> None:
    survey, _ = begun(db)
    daily = a_schedule(EveryWeeks(1, (0, 1, 2, 3, 4), date(2026, 12, 1)), time(14), open_days=1)
    revised = surveys.revise(db, ADA, survey.id, survey.revision, a_draft(schedule=daily), holidays(), FIRST)
    assert when(revised) == datetime(2026, 12, 8, 14, 0, tzinfo=UTC)


def test_an_edit_that_leaves_the_schedule_alone_keeps_a_skipped_date_skipped(db: Database) -> None:
    survey = surveys.skip_next(db, ADA, active(db).id, holidays(), WRITTEN)
    revised = surveys.revise(db, ADA, survey.id, survey.revision, a_draft(title="Other"), holidays(), WRITTEN)
    assert when(revised) == SECOND


def test_a_survey_that_is_on_cannot_be_edited_into_one_with_faults(db: Database) -> None:
    survey = active(db)
    with pytest.raises(NotReady, match="at least one question"):
        surveys.revise(db, ADA, survey.id, survey.revision, a_draft(questions=()), holidays(), WRITTEN)
    assert surveys.get(db, ADA, survey.id) == survey


def test_lowering_the_threshold_of_a_survey_with_an_open_round_is_refused(db: Database) -> None:
    survey, round = begun(db)
    with pytest.raises(NotReady, match="threshold"):
        surveys.revise(db, ADA, survey.id, survey.revision, a_draft(threshold=3), holidays(), FIRST)
    raised = surveys.revise(db, ADA, survey.id, survey.revision, a_draft(threshold=8), holidays(), FIRST)
    assert (raised.draft.threshold, rounds.get(db, round.id).threshold) == (8, 5)


def test_a_survey_that_has_asked_anybody_keeps_its_promise(db: Database) -> None:
    survey, round = begun(db)
    assert rounds.close(db, round.id, round.closes_at)
    with pytest.raises(NotReady, match="promise"):
        surveys.revise(db, ADA, survey.id, survey.revision, a_draft(anonymous=False), holidays(), SECOND)


def test_a_once_survey_can_still_be_edited_after_its_day(db: Database) -> None:
    survey, _ = begun(db, schedule=a_schedule(Once(date(2026, 12, 1))))
    assert when(survey) is None
    once = a_draft(schedule=a_schedule(Once(date(2026, 12, 1))), title="Other")
    assert surveys.revise(db, ADA, survey.id, survey.revision, once, holidays(), SECOND).draft.title == "Other"


def test_resuming_after_three_months_sends_nothing_now_and_keeps_parity(db: Database) -> None:
    survey = surveys.pause(db, ADA, active(db).id, WRITTEN)
    assert (survey.state, survey.next_slot) == (State.PAUSED, None)
    in_march = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)  # a Tuesday of the other fortnight, on the stroke of ten
    assert surveys.due(db, in_march) == ()
    resumed = surveys.resume(db, ADA, survey.id, holidays(), in_march)
    assert when(resumed) == datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
    assert surveys.due(db, in_march) == ()


def test_pausing_holds_back_what_has_not_gone_out_and_the_open_round_goes_on(db: Database) -> None:
    survey, round = begun(db)
    surveys.pause(db, ADA, survey.id, FIRST)
    with db.transaction() as session:
        assert set(session.scalars(select(DeliveryRow.state))) == {"cancelled"}
    assert rounds.get(db, round.id).invited == 0
    resumed = surveys.resume(db, ADA, survey.id, holidays(), FIRST + timedelta(minutes=1))
    assert when(resumed) == SECOND
    with db.transaction() as session:
        assert set(session.scalars(select(DeliveryRow.state))) == {"cancelled"}


def test_skipping_leaves_out_one_date(db: Database) -> None:
    survey = active(db)
    assert when(surveys.skip_next(db, ADA, survey.id, holidays(), WRITTEN)) == SECOND
    assert when(surveys.skip_next(db, ADA, survey.id, holidays(), WRITTEN)) == THIRD


def test_an_archived_survey_is_put_away_for_good(db: Database) -> None:
    survey = surveys.archive(db, ADA, active(db).id, WRITTEN)
    assert (survey.state, survey.next_round_at) == (State.ARCHIVED, None)
    for deed in ("revise", "activate", "pause", "resume", "skip_next", "archive"):
        with pytest.raises(Problem):
            DEEDS[deed](db, ADA, survey.id)
    assert surveys.get(db, ADA, survey.id) == survey


def test_a_survey_is_due_from_its_moment_on_until_it_is_passed_over(db: Database) -> None:
    survey = active(db)
    assert surveys.due(db, FIRST - timedelta(seconds=1)) == ()
    assert surveys.due(db, FIRST) == (survey,)
    late = FIRST + timedelta(days=3)
    assert surveys.pass_over(db, survey, holidays(), late)
    assert not surveys.pass_over(db, survey, holidays(), late)
    assert surveys.due(db, late) == ()
    assert when(surveys.get(db, ADA, survey.id)) == SECOND


def test_a_bank_holiday_that_is_announced_late_moves_the_next_round(db: Database) -> None:
    survey = active(db)
    known = holidays()
    announced = known.model_copy(
        update={"england_and_wales": {**known.england_and_wales, date(2026, 12, 1): "Day of thanks"}}
    )
    assert surveys.replan(db, known, WRITTEN) == ()
    assert surveys.replan(db, announced, WRITTEN) == (survey,)
    moved = surveys.get(db, ADA, survey.id)
    assert (moved.next_slot, when(moved)) == (survey.next_slot, FIRST + timedelta(days=1))


def test_planning_again_leaves_a_skipped_date_skipped(db: Database) -> None:
    surveys.skip_next(db, ADA, active(db).id, holidays(), WRITTEN)
    assert surveys.replan(db, holidays(), WRITTEN) == ()


def test_every_change_is_audited_without_a_word_of_what_was_written(db: Database) -> None:
    survey = active(db)
    surveys.pause(db, ROOT, survey.id, WRITTEN)
    with db.transaction() as session:
        lines = session.execute(select(AuditRow.workspace, AuditRow.actor, AuditRow.action, AuditRow.subject)).all()
    assert {(line.actor, line.action) for line in lines} == {
        (ADA.member, "create"),
        (ADA.member, "activate"),
        (ROOT.member, "pause"),
    }
    assert {(line.workspace, line.subject) for line in lines} == {(WORKSPACE, survey.id)}


def test_no_name_of_the_code_is_kept_so_renaming_a_function_loses_no_schedule(db: Database) -> None:
    active(db)
    with db.transaction() as session:
        kept = str(session.execute(text("SELECT draft FROM survey")).scalar_one())
    for name in ("bot.", "surveys.", "EveryWeeks", "Schedule", "Draft", "lambda", "pickle"):
        assert name not in kept
