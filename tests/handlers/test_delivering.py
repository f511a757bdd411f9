"""Messages on their way: whatever Slack or the network does, everybody is asked once, and nobody is lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.surveys.delivery import DeliveryState
from bot.surveys.round import Round
from storage import deliveries, rounds, surveys, ticks
from storage.database import Database
from storage.tables import ProfileRow
from tests.directory import WORKSPACE
from tests.fakes import FakeSlack, HandClock
from tests.handlers.messages import BROKEN, HISTORY, POST, THURSDAY, arrived, claimed, rows, states
from tests.scheduled import ADA, BO, CY, EVERYBODY, FIRST, active, begun
from tests.ticker import Bell

pytestmark = pytest.mark.usefixtures("slack")


@pytest.fixture
def bell(db: Database, clock: HandClock, tmp_path: Path) -> Bell:
    """A bell that has not rung yet; it is the moment of the first round."""
    clock.now = FIRST
    return Bell(db, clock, tmp_path)


@pytest.mark.parametrize("error", BROKEN.values(), ids=BROKEN)
def test_a_message_that_arrived_without_an_answer_is_found_and_not_sent_again(
    db: Database, slack: FakeSlack, bell: Bell, error: Exception
) -> None:
    active(db)
    slack.lose(POST, error)
    bell.ring()
    assert states(db).count("sending") == 1
    slack.mend(POST)
    bell.ring_for(times=12)
    assert states(db) == ["sent"] * 3
    assert arrived(slack) == [member.id for member in EVERYBODY]


def test_a_500_after_acceptance_is_looked_for(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db)
    slack.lose_with(POST, 500, {"ok": False, "error": "internal_error"})
    bell.ring()
    slack.mend(POST)
    bell.ring_for(times=12)
    assert states(db) == ["sent"] * 3
    assert arrived(slack) == [member.id for member in EVERYBODY]


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, '{"ok": false}'), (503, "<html>"), (200, "<html>"), (200, '{"ok": fal'), (200, '{"ok": false}'), (502, "")],
)
def test_an_answer_that_is_none_is_a_doubt_and_never_a_failure(
    db: Database, slack: FakeSlack, bell: Bell, status: int, body: str
) -> None:
    active(db)
    slack.answer(POST, body, status)
    bell.ring()
    assert set(states(db)) == {"sending", "waiting"}
    slack.mend(POST)
    bell.ring_for(times=15)
    assert states(db) == ["sent"] * 3
    assert arrived(slack) == [member.id for member in EVERYBODY]
    assert sum(row.doubts for row in rows(db, kind="invitation")) == 1


def test_after_three_sends_of_which_nothing_is_found_it_is_unknown_and_a_reminder_heals_it(
    db: Database, slack: FakeSlack, bell: Bell
) -> None:
    survey = active(db)
    bell.crowd.present = (BO,)
    slack.fail(POST, TimeoutError())
    bell.ring_for(times=30)
    [row] = rows(db, kind="invitation")
    assert (row.state, row.attempt, row.doubts) == ("unknown", 3, 3)
    assert len(slack.told(POST)) == 3
    health = rounds.health(db, ADA, survey.id, bell.clock())
    assert health is not None
    assert health.invitations == {DeliveryState.UNKNOWN: 1}
    slack.mend(POST)
    bell.clock.now = THURSDAY
    bell.ring()
    assert arrived(slack) == [BO.id]
    assert states(db) == ["unknown"]  # to note that it was healed would tell who had not answered


def test_a_history_that_cannot_be_read_makes_it_unknown(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db)
    bell.crowd.present = (BO,)
    slack.lose(POST, TimeoutError())
    slack.refuse(HISTORY, "channel_not_found")
    bell.ring_for(times=10)
    assert states(db) == ["unknown"]
    assert len(slack.told(POST)) == 1


def test_a_history_that_cannot_be_read_just_now_is_read_later(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db)
    bell.crowd.present = (BO,)
    slack.lose(POST, TimeoutError())
    slack.refuse(HISTORY, "ratelimited")
    bell.ring_for(times=10)
    assert states(db) == ["sending"]
    slack.mend(HISTORY)
    bell.ring_for(times=10)
    assert states(db) == ["sent"]
    assert len(slack.told(POST)) == 1


def test_slack_is_looked_into_from_just_before_the_first_attempt(db: Database, slack: FakeSlack, bell: Bell) -> None:
    active(db)
    slack.lose(POST, TimeoutError())
    bell.ring_for(times=8)
    [looked, *_] = slack.told(HISTORY)
    assert float(looked["oldest"]) == (FIRST - timedelta(seconds=5)).timestamp() + 30
    assert (looked["limit"], looked["include_all_metadata"]) == ("15", "true")


@pytest.mark.parametrize("code", ["user_not_found", "cannot_dm_bot", "channel_not_found", "user_disabled"])
def test_a_refusal_for_good_is_recorded_with_its_reason_and_not_tried_again(
    db: Database, slack: FakeSlack, bell: Bell, code: str
) -> None:
    survey = active(db)
    slack.refuse_in(CY.id, code)
    bell.ring_for(times=3)
    assert states(db) == ["sent", "failed", "sent"]
    [failed] = rows(db, state="failed")
    assert failed.reason == code
    assert len([each for each in slack.told(POST) if each["channel"] == CY.id]) == 1
    [round] = rounds.of_survey(db, ADA, survey.id)
    assert round.invited == 2
    bell.clock.now = THURSDAY
    bell.ring()
    assert [row.state for row in rows(db, member_id=CY.id, kind="reminder")] == ["cancelled", "waiting"]


def test_when_slack_asks_for_patience_everybody_waits_and_nobody_is_lost(
    db: Database, slack: FakeSlack, bell: Bell
) -> None:
    active(db)
    slack.refuse(POST, "ratelimited")
    bell.ring()
    assert len(slack.told(POST)) == 1
    assert set(states(db)) == {"waiting"}
    bell.ring(seconds=15)
    assert len(slack.told(POST)) == 1
    slack.mend(POST)
    bell.ring_for(times=3)
    assert states(db) == ["sent"] * 3
    assert arrived(slack) == [member.id for member in EVERYBODY]


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "missing_scope"])
def test_a_bot_that_slack_refuses_stops_at_once_keeps_its_queue_and_says_so(
    db: Database, slack: FakeSlack, bell: Bell, code: str
) -> None:
    active(db)
    slack.refuse(POST, code)
    bell.ring()
    assert len(slack.told(POST)) == 1
    assert set(states(db)) == {"waiting"}
    [tick] = ticks.latest(db)
    assert tick.trouble == f"inviting Halted {code}"
    slack.mend(POST)
    bell.ring(minutes=6)
    assert states(db) == ["sent"] * 3


def stop(bell: Bell, _round: Round) -> None:
    with bell.db.transaction() as session:
        session.merge(ProfileRow(workspace=WORKSPACE, member_id=BO.id, stopped=True))


CHANGES_OF_MIND: dict[str, Callable[[Bell, Round], object]] = {
    "stops": stop,
    "declines": lambda bell, round: rounds.decline(bell.db, WORKSPACE, round.id, BO.id),
    "the survey is paused": lambda bell, round: surveys.pause(bell.db, ADA, round.survey_id, bell.clock()),
    "the round is closed": lambda bell, round: rounds.close_now(bell.db, ADA, round.survey_id, bell.clock()),
}


@pytest.mark.parametrize("change", CHANGES_OF_MIND.values(), ids=CHANGES_OF_MIND)
def test_a_message_is_not_sent_when_minds_change_while_it_waits_its_turn(
    db: Database, slack: FakeSlack, bell: Bell, change: Callable[[Bell, Round], object]
) -> None:
    _, round = begun(db, (BO,))
    done: list[object] = []
    bell.while_waiting = lambda: done.append(done or change(bell, round))
    bell.ring()
    assert done
    assert slack.told(POST) == []
    assert states(db) == ["cancelled"]


@pytest.mark.parametrize("change", CHANGES_OF_MIND.values(), ids=CHANGES_OF_MIND)
def test_a_message_is_not_claimed_when_minds_changed_before(
    db: Database, slack: FakeSlack, bell: Bell, change: Callable[[Bell, Round], object]
) -> None:
    _, round = begun(db, (BO,))
    change(bell, round)
    bell.ring()
    assert slack.told(POST) == []
    assert states(db) == ["cancelled"]


def test_a_sender_who_was_asleep_can_neither_send_nor_record(db: Database, bell: Bell) -> None:
    begun(db, (BO,))
    asleep = claimed(bell)
    bell.clock.turn(seconds=121)
    lost = deliveries.expired(db, bell.clock())
    assert lost is not None
    assert lost.id == asleep.id
    assert deliveries.expired(db, bell.clock()) is None  # the other process is looking for it
    assert deliveries.not_found(db, lost, bell.clock())
    again = claimed(bell)
    assert (again.id, again.attempt, again.intent_at) == (asleep.id, 2, asleep.intent_at)
    for late in (
        deliveries.confirm(db, asleep, bell.clock()),
        deliveries.sent(db, asleep, "D0BO", "1.1", bell.clock()),
        deliveries.failed(db, asleep, "user_not_found"),
        deliveries.not_found(db, asleep, bell.clock()),
        deliveries.unknown(db, asleep),
    ):
        assert late is False
    assert deliveries.sent(db, again, "D0BO", "2.2", bell.clock())
    [row] = rows(db, kind="invitation")
    assert (row.state, row.ts) == ("sent", "2.2")


def test_a_claim_is_kept_alive_by_asking_once_more_before_it_is_sent(db: Database, bell: Bell) -> None:
    begun(db, (BO,))
    mine = claimed(bell)
    bell.clock.turn(seconds=100)
    assert deliveries.confirm(db, mine, bell.clock())
    bell.clock.turn(seconds=100)
    assert deliveries.expired(db, bell.clock()) is None
