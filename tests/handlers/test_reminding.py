"""Reminders on their way: once, to those who have not answered, and the database does not tell who that was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.surveys.delivery import Delivery
from storage import deliveries, reminders, responses, rounds
from storage.database import Database
from tests.bot.surveys.builders import holidays
from tests.directory import WORKSPACE
from tests.fakes import FakeSlack, HandClock
from tests.handlers.messages import BROKEN, POST, THURSDAY, arrived, claimed, rows, states
from tests.scheduled import ADA, BO, CY, DI, EVERYBODY, FIRST, active, begun
from tests.ticker import Bell

pytestmark = pytest.mark.usefixtures("slack")


@pytest.fixture
def bell(db: Database, clock: HandClock, tmp_path: Path) -> Bell:
    """A bell that has not rung yet; it is the moment of the first round."""
    clock.now = FIRST
    return Bell(db, clock, tmp_path)


def test_who_has_answered_is_not_reminded_and_the_others_once(db: Database, slack: FakeSlack, bell: Bell) -> None:
    survey = active(db)
    bell.ring()
    [round] = rounds.of_survey(db, ADA, survey.id)
    answers = {"function": ("digital",), "gate": ("none",)}
    responses.record(db, bell.keys, round, CY.id, answers, bell.clock())
    slack.kept.clear()
    bell.clock.now = THURSDAY
    bell.ring_for(times=3)
    assert arrived(slack) == [BO.id, DI.id]
    assert {str(each["text"]).startswith("A reminder") for each in slack.told(POST)[3:]} == {True}


def test_the_database_does_not_tell_who_was_reminded(db: Database, bell: Bell) -> None:
    survey = active(db)
    bell.ring()
    [round] = rounds.of_survey(db, ADA, survey.id)
    responses.record(db, bell.keys, round, CY.id, {"function": ("digital",), "gate": ("none",)}, bell.clock())
    bell.clock.now = THURSDAY
    bell.ring_for(times=3)
    hidden = "" if db.is_sqlite else ", xmin::text, xmax::text"
    told = text(f"SELECT *{hidden} FROM delivery WHERE kind = 'reminder' AND sequence = 1")
    with db.transaction() as session:
        seen = [dict(row) for row in session.execute(told).mappings()]
    rest = [{key: value for key, value in row.items() if key not in ("id", "member_id")} for row in seen]
    assert rest == rest[:1] * 3
    assert (rest[0]["state"], rest[0]["channel"], rest[0]["ts"]) == ("sent", None, None)


@pytest.mark.parametrize("error", BROKEN.values(), ids=BROKEN)
def test_a_reminder_without_an_answer_is_never_sent_twice(
    db: Database, slack: FakeSlack, bell: Bell, error: Exception
) -> None:
    active(db)
    bell.ring()
    slack.kept.clear()
    bell.clock.now = THURSDAY
    slack.lose(POST, error)
    bell.ring()
    slack.mend(POST)
    bell.ring_for(times=12)
    assert len(arrived(slack)) == len(set(arrived(slack)))


def test_a_reminder_that_was_too_fast_is_tried_again(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db)
    bell.ring()
    slack.kept.clear()
    bell.clock.now = THURSDAY
    slack.answer(POST, json.dumps({"ok": False, "error": "ratelimited"}), 429, {"Retry-After": "1"})
    tries: list[int] = []
    bell.while_waiting = lambda: tries.append(1) if len(tries) < 2 else slack.mend(POST) if not slack.kept else None
    bell.ring()
    assert arrived(slack) == [member.id for member in EVERYBODY]


def test_nobody_is_reminded_within_hours_of_their_invitation(db: Database, slack: FakeSlack, bell: Bell) -> None:
    survey = active(db)
    slack.refuse(POST, "token_revoked")
    bell.ring()
    slack.mend(POST)
    bell.clock.now = THURSDAY
    bell.ring_for(times=3)
    assert arrived(slack) == [member.id for member in EVERYBODY]
    first = [row for row in rows(db, kind="reminder") if row.sequence == 1]
    assert {(row.state, row.reason) for row in first} == {
        ("cancelled", "their invitation had gone out only just before, or not at all")
    }
    assert rounds.of_survey(db, ADA, survey.id)[0].invited == 3


def test_who_wants_to_be_reminded_later_is_reminded_then_and_not_before(
    db: Database, slack: FakeSlack, bell: Bell
) -> None:
    survey = active(db)
    bell.ring()
    [round] = rounds.of_survey(db, ADA, survey.id)
    tomorrow = FIRST + timedelta(days=1)
    assert deliveries.snooze(db, WORKSPACE, round.id, BO.id, tomorrow + timedelta(days=1))
    assert not deliveries.snooze(db, WORKSPACE, round.id, BO.id, round.closes_at)
    assert not deliveries.snooze(db, WORKSPACE, round.id, "U0FAY", tomorrow)
    assert not deliveries.snooze(db, "T0ELSEWHERE", round.id, BO.id, tomorrow)
    slack.kept.clear()
    bell.clock.now = THURSDAY
    bell.ring_for(times=3)
    assert arrived(slack).count(BO.id) == 1
    assert [row.state for row in rows(db, member_id=BO.id, kind="reminder")] == ["cancelled", "waiting", "sent"]


def test_a_member_in_trouble_is_stepped_over(
    db: Database, slack: FakeSlack, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    active(db)
    real = deliveries.sent

    def broken(_db: Database, delivery: Delivery, *more: Any) -> bool:
        if delivery.member == BO.id:
            raise RuntimeError("canary of what Bo wrote")
        return real(_db, delivery, *more)

    monkeypatch.setattr(deliveries, "sent", broken)
    bell.ring()
    assert states(db) == ["sending", "sent", "sent"]
    monkeypatch.undo()
    assert arrived(slack) == [member.id for member in EVERYBODY]


def test_last_contact_is_the_last_invitation_to_another_survey(db: Database, bell: Bell) -> None:
    survey = active(db)
    assert deliveries.last_contact(db, WORKSPACE, BO.id) is None
    bell.ring()
    assert deliveries.last_contact(db, WORKSPACE, BO.id) == FIRST
    assert deliveries.last_contact(db, WORKSPACE, BO.id, besides=survey.id) is None
    assert deliveries.last_contact(db, "T0ELSEWHERE", BO.id) is None


def test_whoever_runs_the_bot_sees_what_is_late_stuck_or_unknown(db: Database, bell: Bell) -> None:
    begun(db)
    claimed(bell)
    assert deliveries.unknown(db, claimed(bell))
    queue = deliveries.queue(db, FIRST + timedelta(minutes=13))
    assert (queue.late, queue.stuck, queue.unknown) == (1, 1, 1)
    assert replace(queue, late=0) != deliveries.queue(db, FIRST)


def test_nothing_is_reminded_after_the_close(db: Database, slack: FakeSlack, bell: Bell) -> None:
    survey = active(db)
    bell.ring()
    [round] = rounds.of_survey(db, ADA, survey.id)
    slack.kept.clear()
    assert not reminders.take(db, round, holidays(), round.closes_at).members
    bell.clock.now = round.closes_at
    bell.ring()
    assert arrived(slack) == []
