"""The seal: everything is carried over, nothing leads back, and it can be stopped anywhere and run again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.errors import DatabaseProblem
from bot.people import Function
from bot.surveys.round import Round
from bot.surveys.sealed import Sealed, fingerprint
from storage import responses, sealing
from storage.database import Database
from storage.keys import KeyFolder, Keys, WrappedKeys
from storage.tables import (
    NamedAnswerRow,
    OpenAnswerRow,
    OpenCommentRow,
    RoundRow,
    SealedAnswerRow,
    SealedCommentRow,
    SealedScoreRow,
    WrappedKeyRow,
)
from tests.fakes import HandClock
from tests.rounds import closed, opened, rows, saying

DIGITAL, PROCUREMENT = Function.DIGITAL, Function.PROCUREMENT
PEOPLE = [f"U0{number:03}" for number in range(12)]
SAID = {
    member: saying(
        DIGITAL if at % 2 else PROCUREMENT,
        str(1 + at % 5),
        *("approvals", "skills")[: at % 3],
        comment=f"word {at}" if at % 3 else "",
    )
    for at, member in enumerate(PEOPLE[:10])
}

SOME = PEOPLE[1:3]  # two are enough where it is done dozens of times


class Stopped(Exception):
    """As if the process had been killed here."""


def shown(sealed: Sealed, _: object) -> dict[str, Any]:
    return {"answered": sealed.responded, "invited": sealed.invited}


@pytest.fixture(params=["folder", "wrapped"])
def keys(request: pytest.FixtureRequest, db: Database, tmp_path: Path) -> Keys:
    return KeyFolder(tmp_path / "keys") if request.param == "folder" else WrappedKeys(db, "s" * 32)


def answered(db: Database, keys: Keys, clock: HandClock, who: Iterable[str] = tuple(SAID), **overrides: Any) -> Round:
    """A closed round of twelve people, of whom ten answered."""
    round = opened(db, PEOPLE, **overrides)
    keys.make(round.id)
    for member, answers in ((each, SAID[each]) for each in who):
        responses.record(db, keys, round, member, answers, clock())
    return closed(db, round)


def of_round(db: Database, round: Round) -> RoundRow:
    with db.transaction() as session:
        return session.get_one(RoundRow, round.id)


@pytest.mark.parametrize("anonymous", [True, False])
def test_what_is_left_is_what_was_said(db: Database, keys: Keys, clock: HandClock, anonymous: bool) -> None:
    round = answered(db, keys, clock, anonymous=anonymous)
    sealing.seal(db, keys, round, clock(), shown)
    left = sealing.sealed(db, round)
    assert (left.invited, left.responses) == (12, {DIGITAL: 5, PROCUREMENT: 5})
    assert left.counts["early", 1, DIGITAL] == {"2": 1, "4": 1, "1": 1, "3": 1, "5": 1}
    chosen = Counter(value for answers in SAID.values() for value in answers.get("barriers", ()))
    people = sum("barriers" in answers for answers in SAID.values())
    found = [left.counts["barriers", 1, each] for each in (DIGITAL, PROCUREMENT)]
    assert sum(map(Counter, found), Counter()) == chosen
    assert sum(left.answered["barriers", 1, each] for each in (DIGITAL, PROCUREMENT)) == people
    assert left.scores[DIGITAL] == (0.0, 25.0, 50.0, 75.0, 100.0)
    assert sorted(left.comments["comment"]) == sorted(f"word {at}" for at in range(10) if at % 3)


def test_after_the_seal_no_row_hangs_on_a_code_and_the_key_is_gone(db: Database, keys: Keys, clock: HandClock) -> None:
    round = answered(db, keys, clock)
    sealing.seal(db, keys, round, clock(), shown)
    assert keys.get(round.id) is None
    for table in (OpenAnswerRow, OpenCommentRow, WrappedKeyRow):
        assert rows(db, table) == []
    assert (of_round(db, round).state, of_round(db, round).responses) == ("sealed", 10)


def test_the_receipt_tells_counts_the_day_and_a_fingerprint_of_the_results(
    db: Database, keys: Keys, clock: HandClock
) -> None:
    round = answered(db, keys, clock)
    receipt = sealing.seal(db, keys, round, clock(), shown)
    row = of_round(db, round)
    assert row.release == {"answered": 10, "invited": 12}
    assert receipt.fingerprint == fingerprint({"invited": 12, "answered": 10})
    assert receipt.text == row.receipt
    assert receipt.text.startswith("Sealed on Tuesday 24 November 2026: 10 of 12 answered. The codes under which")
    assert receipt.text.endswith(receipt.fingerprint)
    assert row.sealed_on == clock().date()


def test_sealing_again_changes_nothing(db: Database, keys: Keys, clock: HandClock) -> None:
    round = answered(db, keys, clock)
    first = sealing.seal(db, keys, round, clock(), shown)
    left = sealing.sealed(db, round)
    clock.turn(days=3)
    assert sealing.seal(db, keys, round, clock(), lambda *_: {"other": 1}) == first
    assert sealing.sealed(db, round) == left


def test_four_processes_that_seal_at_once_seal_once(database_url: str, db: Database, clock: HandClock) -> None:
    keys = WrappedKeys(db, "s" * 32)
    round = answered(db, keys, clock)
    processes = [Database(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda own: seal_in_time(own, round, clock), processes))
    assert len({receipt.text for receipt in receipts}) == 1
    assert len(rows(db, SealedScoreRow)) == 10
    for each in processes:
        each.close()


def seal_in_time(own: Database, round: Round, clock: HandClock) -> Any:
    """As the tick does: what was in the way of wiping this time is tried again."""
    while True:
        try:
            return sealing.seal(own, WrappedKeys(own, "s" * 32), round, clock(), shown)
        except DatabaseProblem:
            continue


def test_an_open_round_cannot_be_sealed(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, PEOPLE)
    with pytest.raises(ValueError, match="open"):
        sealing.seal(db, keys, round, clock(), shown)


def test_a_round_whose_key_was_lost_is_sealed_like_any_other(db: Database, keys: Keys, clock: HandClock) -> None:
    round = answered(db, keys, clock)
    keys.destroy(round.id)
    sealing.seal(db, keys, round, clock(), shown)
    assert sealing.sealed(db, round).responded == 10


def test_a_round_that_nobody_answered_is_sealed(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, PEOPLE)
    keys.make(round.id)
    receipt = sealing.seal(db, keys, closed(db, round), clock(), shown)
    assert "0 of 12 answered" in receipt.text


def test_an_attributed_round_keeps_its_names_and_says_so(db: Database, keys: Keys, clock: HandClock) -> None:
    round = answered(db, keys, clock, anonymous=False)
    receipt = sealing.seal(db, keys, round, clock(), shown)
    assert {row.member_id for row in rows(db, NamedAnswerRow)} == set(SAID)
    assert rows(db, SealedAnswerRow) == []
    assert "Names are kept with the answers" in receipt.text


def test_another_open_round_is_left_as_it_is(db: Database, keys: Keys, clock: HandClock) -> None:
    round, other = answered(db, keys, clock), opened(db, PEOPLE[:1])
    keys.make(other.id)
    responses.record(db, keys, other, PEOPLE[0], SAID[PEOPLE[0]], clock())
    sealing.seal(db, keys, round, clock(), shown)
    assert responses.of(db, keys, other, PEOPLE[0]) == SAID[PEOPLE[0]]


def test_sealed_rows_come_in_another_order_each_time(db: Database, keys: Keys, clock: HandClock) -> None:
    orders = set()
    for _ in range(3):
        round = answered(db, keys, clock)
        sealing.seal(db, keys, round, clock(), shown)
        with db.transaction() as session:
            found = session.scalars(select(SealedCommentRow.text).where(SealedCommentRow.round_id == round.id))
            orders.add(tuple(found))
    assert len(orders) == 3


@contextmanager
def stopping_at(db: Database, step: int) -> Iterator[list[int]]:
    """Raises at the nth statement or commit, before it is carried out."""
    seen = [0]

    def count(*_: object) -> None:
        seen[0] += 1
        if seen[0] == step:
            raise Stopped

    event.listen(db.engine, "before_cursor_execute", count)
    event.listen(db.engine, "commit", count)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
        event.remove(db.engine, "commit", count)


def test_stopped_at_any_statement_and_run_again_it_ends_the_same(db: Database, keys: Keys, clock: HandClock) -> None:
    """Acceptance P6, for every n."""
    expected = None
    for step in range(1, 100):
        round = answered(db, keys, clock, SOME)
        with stopping_at(db, step) as seen:
            try:
                sealing.seal(db, keys, round, clock(), shown)
            except Stopped:
                if of_round(db, round).sealed_on is None:  # the answers are where they were, and so is the key
                    assert keys.get(round.id)
                    assert responses.count(db, round) == len(SOME)
        sealing.seal(db, keys, round, clock(), shown)
        left = sealing.sealed(db, round)
        now = (
            left.responses,
            left.counts,
            left.answered,
            left.scores,
            {k: sorted(v) for k, v in left.comments.items()},
        )
        expected = expected or now
        assert now == expected
        assert keys.get(round.id) is None
        assert of_round(db, round).state == "sealed"
        assert rows(db, OpenAnswerRow) == []
        if seen[0] < step:
            break
    assert 10 < step < 99


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("what", ["destroy", "wipe"])
def test_stopped_between_the_steps_and_run_again_it_ends_the_same(
    db: Database, clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, when: str
) -> None:
    keys = KeyFolder(tmp_path / "keys")
    round = answered(db, keys, clock)
    owner: Any = KeyFolder if what == "destroy" else Database
    real = getattr(owner, what)

    def stopped(*given: Any) -> None:
        if when == "after":
            real(*given)
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(owner, what, stopped)
        with pytest.raises(Stopped):
            sealing.seal(db, keys, round, clock(), shown)
    assert of_round(db, round).state == "closed"  # not called sealed before it is
    receipt = sealing.seal(db, keys, round, clock(), shown)
    assert receipt.text == of_round(db, round).receipt
    assert of_round(db, round).state == "sealed"
    assert keys.get(round.id) is None
    assert len(rows(db, SealedScoreRow)) == 10


def test_a_release_that_cannot_be_made_leaves_everything_as_it_was(db: Database, keys: Keys, clock: HandClock) -> None:
    round = answered(db, keys, clock)

    def broken(_: Sealed, __: object) -> dict[str, Any]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sealing.seal(db, keys, round, clock(), broken)
    assert keys.get(round.id)
    assert responses.count(db, round) == 10
    assert rows(db, SealedAnswerRow) == []
