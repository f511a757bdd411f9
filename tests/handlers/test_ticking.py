"""The clock strikes: rounds begin in time or not at all, people are asked once, joiners join, rounds close."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.errors import Problem
from bot.people import Audience, AudienceKind, Member
from bot.surveys.round import RoundState
from bot.surveys.survey import Survey
from handlers.messenger import DELIVERY
from storage import enquiries, rounds, surveys, ticks
from storage.database import Database
from storage.tables import DeliveryRow
from tests.bot.surveys.builders import TUESDAYS, a_schedule, holidays
from tests.fakes import FakeSlack, HandClock
from tests.scheduled import ADA, BO, CY, DI, EVERYBODY, FIRST, SECOND, active
from tests.ticker import Bell

pytestmark = pytest.mark.usefixtures("slack")


@pytest.fixture
def bell(db: Database, clock: HandClock, tmp_path: Path) -> Bell:
    """A bell that has not rung yet; it is the moment of the first round."""
    clock.now = FIRST
    return Bell(db, clock, tmp_path)


def told(slack: FakeSlack, member: str) -> list[str]:
    """What somebody was sent, by its first words."""
    return [str(each["text"]) for each in slack.told("chat.postMessage") if each["channel"] == member]


def invited(slack: FakeSlack) -> list[str]:
    return sorted(each["channel"] for each in slack.told("chat.postMessage") if "metadata" in each)


def messages(db: Database, **which: Any) -> list[DeliveryRow]:
    with db.transaction() as session:
        rows = select(DeliveryRow).filter_by(**which).order_by(DeliveryRow.member_id, DeliveryRow.sequence)
        return list(session.scalars(rows))


def only_round(db: Database, survey: Survey) -> Any:
    [round] = rounds.of_survey(db, ADA, survey.id)
    return round


def test_everybody_is_invited_once_at_the_time_and_not_before(db: Database, slack: FakeSlack, bell: Bell) -> None:
    survey = active(db)
    bell.clock.now = FIRST - timedelta(seconds=1)
    bell.ring()
    assert slack.calls == []
    bell.ring(seconds=1)
    bell.ring_for(times=3)
    assert invited(slack) == [member.id for member in EVERYBODY]
    assert {row.state for row in messages(db, kind="invitation")} == {"sent"}
    assert [row.channel for row in messages(db, kind="invitation")] == ["D0BO", "D0CY", "D0DI"]
    assert bell.keys.get(only_round(db, survey).id) is not None


def test_slack_is_told_nothing_beside_the_text_but_a_random_mark(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db)
    bell.ring()
    marks = {str(each["metadata"]) for each in slack.told("chat.postMessage")}
    ids = {row.id for row in messages(db, kind="invitation")}
    assert marks == {str({"event_type": DELIVERY, "event_payload": {"delivery_id": each}}) for each in ids}


def test_a_bell_that_rings_three_hours_late_catches_up(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db)
    bell.ring(hours=3)
    assert len(invited(slack)) == 3


@pytest.mark.parametrize(
    ("late", "why"), [(timedelta(hours=4, minutes=1), "four hours"), (timedelta(days=40), "four hours")]
)
def test_a_round_that_was_missed_is_passed_over_and_its_organiser_told(
    db: Database, slack: FakeSlack, bell: Bell, late: timedelta, why: str
) -> None:
    survey = active(db)
    bell.clock.now = FIRST + late
    bell.ring()
    bell.ring()
    assert invited(slack) == []
    [note] = told(slack, ADA.member)
    assert "planned for Tuesday 1 December 2026 was not sent" in note
    assert why in note
    following = surveys.get(db, ADA, survey.id).next_round_at
    assert following is not None
    assert following > bell.clock.now


def test_a_round_that_could_only_begin_after_hours_is_passed_over(db: Database, slack: FakeSlack, bell: Bell) -> None:
    survey = active(db, schedule=a_schedule(at=datetime(2026, 1, 1, 16, 0).time()))  # noqa: DTZ001 -- a wall clock's
    bell.clock.now = datetime(2026, 12, 1, 16, 31, tzinfo=UTC)
    bell.ring()
    assert invited(slack) == []
    assert rounds.of_survey(db, ADA, survey.id) == ()


def test_a_survey_in_trouble_is_stepped_over_and_its_organiser_told_once(
    db: Database, slack: FakeSlack, bell: Bell
) -> None:
    broken = Audience(AudienceKind.CHANNEL, ("C0GONE",))
    survey = active(db, title="Broken", audience=broken)
    active(db, title="Sound")
    bell.crowd.trouble, bell.crowd.only_for = Problem("I am not in one of those channels."), "C0GONE"
    bell.ring_for(times=3)
    assert invited(slack) == [member.id for member in EVERYBODY]
    [note] = told(slack, ADA.member)
    assert "I am not in one of those channels." in note
    [tick] = ticks.latest(db)
    assert tick.trouble == f"beginning {survey.id} Problem"
    bell.crowd.trouble = None
    bell.ring()
    assert only_round(db, survey).number == 1


def test_an_empty_audience_is_no_round_and_its_organiser_is_told(db: Database, slack: FakeSlack, bell: Bell) -> None:
    survey = active(db)
    bell.crowd.present = ()
    bell.ring_for(times=2)
    [note] = told(slack, ADA.member)
    assert "nobody in its audience" in note
    assert rounds.of_survey(db, ADA, survey.id) == ()
    assert surveys.get(db, ADA, survey.id).next_round_at == SECOND


def test_a_second_survey_within_seven_days_is_put_off_with_the_reason(
    db: Database, slack: FakeSlack, bell: Bell
) -> None:
    active(db)
    bell.ring()
    wednesday = a_schedule(replace(TUESDAYS, weekdays=(2,)))
    survey = active(db, schedule=wednesday)
    bell.ring(days=1)
    assert invited(slack) == [member.id for member in EVERYBODY]
    second = only_round(db, survey)
    [put_off] = messages(db, member_id=BO.id, round_id=second.id, kind="invitation")
    assert (put_off.state, put_off.reason) == ("waiting", "another survey asked them less than 7 days before")
    [before] = messages(db, member_id=BO.id, kind="invitation", state="sent")
    assert before.sent_at
    assert put_off.due_at == before.sent_at + timedelta(days=7)
    health = rounds.health(db, ADA, survey.id, bell.clock.now)
    assert health is not None
    assert health.why == {"another survey asked them less than 7 days before": 3}
    bell.clock.now = put_off.due_at
    bell.ring(minutes=1)
    assert sorted(invited(slack)) == sorted([member.id for member in EVERYBODY] * 2)


def test_an_invitation_that_would_be_put_off_past_the_close_is_cancelled(
    db: Database, slack: FakeSlack, bell: Bell
) -> None:
    active(db)
    bell.ring()
    survey = active(db, schedule=a_schedule(replace(TUESDAYS, weekdays=(2,)), open_days=2))
    bell.ring(days=1)
    assert {row.state for row in messages(db, round_id=only_round(db, survey).id, kind="invitation")} == {"cancelled"}
    assert only_round(db, survey).invited == 0
    assert len(invited(slack)) == 3


def test_a_surveys_own_rounds_do_not_put_each_other_off(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db, schedule=a_schedule(replace(TUESDAYS, interval=1), open_days=4))
    bell.ring(minutes=2)
    bell.clock.now = FIRST + timedelta(days=7)
    bell.ring()
    assert len(invited(slack)) == 6


def test_two_surveys_at_the_same_moment_ask_a_person_once(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db, title="One")
    active(db, title="Two")
    bell.ring_for(times=3)
    assert invited(slack) == [member.id for member in EVERYBODY]


def test_nothing_goes_out_after_hours_though_it_was_due_before(db: Database, slack: FakeSlack, bell: Bell) -> None:
    late = a_schedule(at=time(16, 29))
    bell.crowd.present = tuple(Member(f"U{each:03}", "Europe/London") for each in range(150))
    active(db, schedule=late)
    bell.clock.now = datetime(2026, 12, 1, 16, 29, tzinfo=UTC)
    bell.ring_for(times=20)
    sent = [row.sent_at for row in messages(db, kind="invitation", state="sent")]
    assert 50 < len(sent) < 150
    assert max(filter(None, sent)) < datetime(2026, 12, 1, 16, 30, 1, tzinfo=UTC)
    waiting = {row.due_at for row in messages(db, kind="invitation", state="waiting")}
    assert waiting == {datetime(2026, 12, 2, 9, 30, tzinfo=UTC)}
    bell.clock.now = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
    bell.ring_for(times=10)
    assert len(set(invited(slack))) == len(invited(slack)) == 150


def test_joiners_are_asked_within_the_hour_and_leavers_are_left_alone(
    db: Database, slack: FakeSlack, bell: Bell
) -> None:
    survey = active(db)
    bell.ring()
    bell.crowd.present = (BO, CY, Member("U0FAY", "Europe/London"))
    bell.ring(minutes=30)
    assert "U0FAY" not in invited(slack)
    bell.ring(minutes=31)
    bell.ring()
    assert invited(slack).count("U0FAY") == 1
    assert {row.state for row in messages(db, member_id=DI.id, kind="reminder")} == {"cancelled"}
    assert only_round(db, survey).invited == 4


def test_an_audience_that_is_empty_all_at_once_loses_nobody(db: Database, bell: Bell) -> None:
    survey = active(db)
    bell.ring()
    bell.crowd.present = ()
    bell.ring(hours=2)
    assert {row.state for row in messages(db, kind="reminder")} == {"waiting"}
    assert only_round(db, survey).invited == 3


def test_a_round_closes_is_sealed_and_told_of_once(db: Database, bell: Bell) -> None:
    survey = active(db)
    bell.ring()
    round = only_round(db, survey)
    bell.clock.now = round.closes_at - timedelta(seconds=1)
    bell.ring()
    assert bell.sealed == []
    bell.ring(seconds=1)
    bell.ring_for(times=3)
    assert [each.id for each in bell.sealed] == [round.id]
    assert only_round(db, survey).state is RoundState.SEALED
    assert bell.keys.get(round.id) is None


def test_a_key_that_is_lost_while_there_are_no_answers_is_made_again(db: Database, bell: Bell) -> None:
    survey = active(db)
    bell.ring()
    round = only_round(db, survey)
    bell.keys.destroy(round.id)
    bell.ring(seconds=30)
    assert bell.keys.get(round.id) is not None


def test_one_kind_of_work_that_cannot_be_looked_for_does_not_stop_the_others(
    db: Database, slack: FakeSlack, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    active(db)

    def locked(*_: object) -> tuple[()]:
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    monkeypatch.setattr(rounds, "to_close", locked)
    bell.ring()
    assert len(invited(slack)) == 3
    [tick] = ticks.latest(db)
    assert tick.trouble.startswith("closing OperationalError")


def test_every_look_is_noted(db: Database, bell: Bell) -> None:
    bell.ring()
    [tick] = ticks.latest(db)
    assert (tick.process, tick.at, tick.trouble) == ("bell", FIRST, "")


def test_at_night_the_dates_are_planned_anew_and_an_organiser_hears_of_a_move(
    db: Database, slack: FakeSlack, bell: Bell
) -> None:
    survey = active(db)
    known = holidays()
    off = known.model_copy(update={"england_and_wales": {**known.england_and_wales, date(2026, 12, 1): "Thanks"}})
    bell.clock.now = FIRST - timedelta(days=2)
    replace(bell.ticking, holidays=lambda: off).nightly()
    [note] = told(slack, ADA.member)
    assert "planned for Wednesday 2 December 2026 at 10:00" in note
    assert surveys.get(db, ADA, survey.id).next_round_at == FIRST + timedelta(days=1)


def test_nothing_of_a_title_is_markup_in_a_note(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db, title="<!channel> & *all*")
    bell.crowd.present = ()
    bell.ring()
    [note] = slack.told("chat.postMessage")
    assert "<!channel>" not in str(note["blocks"])
    assert enquiries.first_seen(db, "T0GOV", "unrelated", FIRST)
