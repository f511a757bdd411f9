"""Questions without their askers: kept, found again in their own workspace only, and forgotten in time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from bot.enquiry import Door, Enquiry, Feedback, Rating
from bot.knowledge.reply import Outcome
from storage import enquiries
from storage.database import Database
from storage.tables import DOORS, OUTCOMES, RATINGS, EnquiryRow, FeedbackRow, SeenEventRow, Table
from tests.directory import WORKSPACE
from tests.fakes import HandClock
from tests.payloads import ELSEWHERE

Made = TypeVar("Made")
DAY = date(2026, 11, 24)
ASKED = Enquiry(WORKSPACE, DAY, Door.DM, "is g-cloud 14 open?", "answer", ("RM1557.14", "call-off-length"), "abc123")
WRONG = Feedback.of(Rating.WRONG, DAY, "It ended in October.", "agreement:RM1557.14:overview", "abc123")
THREADS = 8


def rows(db: Database, table: type[Table]) -> list[Any]:
    with db.transaction() as session:
        return list(session.scalars(select(table)))


def at_once(work: Callable[[int], Made]) -> list[Made]:
    """Eight threads that start together."""
    barrier = Barrier(THREADS)

    def start(number: int) -> Made:
        barrier.wait(timeout=10)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(start, range(THREADS)))


def test_an_enquiry_comes_back_as_it_was_kept(db: Database) -> None:
    kept = enquiries.note(db, ASKED)
    assert enquiries.get(db, WORKSPACE, kept) == ASKED


@pytest.mark.parametrize("door", Door)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_door_and_outcome_can_be_kept(db: Database, door: Door, outcome: Outcome) -> None:
    asked = replace(ASKED, door=door, outcome=outcome)
    assert enquiries.get(db, WORKSPACE, enquiries.note(db, asked)) == asked


@pytest.mark.parametrize("rating", Rating)
def test_every_rating_can_be_kept(db: Database, rating: Rating) -> None:
    kept = enquiries.note(db, ASKED)
    assert enquiries.rate(db, WORKSPACE, kept, replace(WRONG, rating=rating))
    assert [row.rating for row in rows(db, FeedbackRow)] == [rating]


def test_the_tables_and_the_domain_know_the_same_words() -> None:
    assert set(DOORS) == set(Door)
    assert set(OUTCOMES) == set(Outcome)
    assert set(RATINGS) == set(Rating)


def test_a_door_that_does_not_exist_is_refused(db: Database) -> None:
    with pytest.raises(IntegrityError, match="ck_enquiry_door") as refused:
        enquiries.note(db, replace(ASKED, door="window"))  # type: ignore[arg-type]
    assert "[SQL parameters hidden due to hide_parameters=True]" in str(refused.value)


def test_awkward_text_is_kept_as_it_is(db: Database) -> None:
    awkward = "naïve “quotes” '; DROP TABLE enquiry; -- 👩‍💻 \t\n % \\ {x} " + "x" * 900
    kept = enquiries.note(db, replace(ASKED, text=awkward))
    found = enquiries.get(db, WORKSPACE, kept)
    assert found
    assert found.text == awkward


def test_each_enquiry_has_an_id_that_nobody_can_guess(db: Database) -> None:
    made = {enquiries.note(db, ASKED) for _ in range(20)}
    assert len(made) == 20
    assert all(uuid.UUID(each).version == 4 for each in made)


def test_leaving_a_transaction_by_an_exception_keeps_nothing(db: Database) -> None:
    def half() -> None:
        with db.transaction() as session:
            session.execute(insert(SeenEventRow).values(workspace=WORKSPACE, event_id="Ev1", seen_at=HandClock()()))
            assert session.scalar(select(SeenEventRow.event_id)) == "Ev1"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert rows(db, SeenEventRow) == []
    assert enquiries.first_seen(db, WORKSPACE, "Ev1", HandClock()())  # and the next one can begin


def test_an_event_is_seen_for_the_first_time_once(db: Database, clock: HandClock) -> None:
    assert enquiries.first_seen(db, WORKSPACE, "Ev1", clock()) is True
    assert enquiries.first_seen(db, WORKSPACE, "Ev1", clock()) is False
    assert enquiries.first_seen(db, WORKSPACE, "Ev2", clock()) is True
    assert enquiries.first_seen(db, ELSEWHERE, "Ev1", clock()) is True


def test_of_eight_deliveries_at_once_exactly_one_is_the_first(db: Database, clock: HandClock) -> None:
    for event_id in ("Ev1", "Ev2", "Ev3", "Ev4"):
        first = at_once(lambda _number, name=event_id: enquiries.first_seen(db, WORKSPACE, name, clock()))  # type: ignore[misc]
        assert sorted(first) == [False] * (THREADS - 1) + [True]


def test_eight_threads_can_keep_enquiries_at_once(db: Database) -> None:
    def keep(number: int) -> list[str]:
        return [enquiries.note(db, replace(ASKED, text=f"{number}/{each}")) for each in range(25)]

    made = [each for ids in at_once(keep) for each in ids]
    assert len(set(made)) == THREADS * 25
    assert {row.text for row in rows(db, EnquiryRow)} == {f"{n}/{each}" for n in range(THREADS) for each in range(25)}


def test_two_processes_can_write_at_once(database_url: str) -> None:
    """Each has a lock of its own, so that only the database stands between them; a rating reads and then writes."""
    both = Database(database_url), Database(database_url)

    def ask_and_rate(number: int) -> list[bool]:
        db = both[number % 2]
        return [enquiries.rate(db, WORKSPACE, enquiries.note(db, ASKED), WRONG) for _ in range(15)]

    assert at_once(ask_and_rate) == [[True] * 15] * THREADS
    assert len(rows(both[0], EnquiryRow)) == len(rows(both[1], FeedbackRow)) == THREADS * 15
    for each in both:
        each.close()


def test_an_enquiry_of_another_workspace_does_not_exist(db: Database) -> None:
    theirs = enquiries.note(db, replace(ASKED, workspace=ELSEWHERE))
    assert enquiries.get(db, WORKSPACE, theirs) is None
    assert enquiries.get(db, "", theirs) is None
    assert enquiries.get(db, ELSEWHERE, theirs) is not None


def test_nobody_can_rate_choose_or_pass_on_for_another_workspace(db: Database) -> None:
    theirs = enquiries.note(db, replace(ASKED, workspace=ELSEWHERE))
    assert enquiries.rate(db, WORKSPACE, theirs, WRONG) is False
    enquiries.chose(db, WORKSPACE, theirs, "entry:call-off-length")
    enquiries.passed_on(db, WORKSPACE, theirs)
    assert rows(db, FeedbackRow) == []
    [row] = rows(db, EnquiryRow)
    assert (row.chosen, row.for_a_person) == (None, False)


def test_a_rating_is_kept_with_what_it_is_about(db: Database) -> None:
    kept = enquiries.note(db, ASKED)
    assert enquiries.rate(db, WORKSPACE, kept, WRONG) is True
    [row] = rows(db, FeedbackRow)
    assert (row.workspace, row.enquiry_id, row.given_on) == (WORKSPACE, kept, DAY)
    assert (row.rating, row.reason) == ("wrong", "It ended in October.")
    assert (row.target, row.revision) == ("agreement:RM1557.14:overview", "abc123")


def test_several_people_may_rate_one_reply(db: Database) -> None:
    kept = enquiries.note(db, ASKED)
    at_once(lambda _number: enquiries.rate(db, WORKSPACE, kept, WRONG))
    assert len(rows(db, FeedbackRow)) == THREADS


def test_a_rating_of_what_is_gone_is_not_kept(db: Database) -> None:
    assert enquiries.rate(db, WORKSPACE, uuid.uuid4().hex, WRONG) is False
    assert rows(db, FeedbackRow) == []


def test_the_first_suggestion_that_was_opened_counts(db: Database) -> None:
    kept, other = enquiries.note(db, ASKED), enquiries.note(db, ASKED)
    enquiries.chose(db, WORKSPACE, kept, "entry:first")
    enquiries.chose(db, WORKSPACE, kept, "entry:second")
    chosen = {row.id: row.chosen for row in rows(db, EnquiryRow)}
    assert chosen == {kept: "entry:first", other: None}


def test_asking_a_person_is_noted_on_that_enquiry_alone(db: Database) -> None:
    kept, other = enquiries.note(db, ASKED), enquiries.note(db, ASKED)
    enquiries.passed_on(db, WORKSPACE, kept)
    assert {row.id: row.for_a_person for row in rows(db, EnquiryRow)} == {kept: True, other: False}


def test_forgetting_takes_old_enquiries_with_their_feedback_and_no_others(db: Database, clock: HandClock) -> None:
    old = enquiries.note(db, replace(ASKED, asked_on=DAY - timedelta(days=1)))
    of_that_day, of_elsewhere = enquiries.note(db, ASKED), enquiries.note(db, replace(ASKED, workspace=ELSEWHERE))
    for kept in (old, of_that_day):
        enquiries.rate(db, WORKSPACE, kept, WRONG)
    assert enquiries.forget(db, DAY, clock()) == 1
    assert {row.id for row in rows(db, EnquiryRow)} == {of_that_day, of_elsewhere}
    assert [row.enquiry_id for row in rows(db, FeedbackRow)] == [of_that_day]


def test_forgetting_takes_events_that_slack_will_not_send_again(db: Database, clock: HandClock) -> None:
    enquiries.first_seen(db, WORKSPACE, "EvOld", clock())
    clock.turn(hours=2)
    enquiries.first_seen(db, WORKSPACE, "EvNew", clock())
    clock.turn(hours=22, seconds=1)
    assert enquiries.forget(db, DAY, clock()) == 0
    assert [row.event_id for row in rows(db, SeenEventRow)] == ["EvNew"]


def test_a_moment_comes_back_in_utc_and_one_without_a_zone_is_refused(db: Database, clock: HandClock) -> None:
    enquiries.first_seen(db, WORKSPACE, "Ev1", clock())
    [row] = rows(db, SeenEventRow)
    assert row.seen_at == clock()
    assert row.seen_at.utcoffset() == timedelta(0)
    with pytest.raises(StatementError, match="without a time zone"):
        enquiries.first_seen(db, WORKSPACE, "Ev2", clock().replace(tzinfo=None))


def test_sqlite_waits_its_turn_and_writes_through(tmp_path: Any, migrated_sqlite: Any) -> None:
    """The settings on which the promises above rest, read back from a connection."""
    db = Database(f"sqlite:///{migrated_sqlite}")
    with db.transaction() as session:
        found = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "synchronous", "secure_delete", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "secure_delete": 1,
        "busy_timeout": 2500,
    }
    db.close()
