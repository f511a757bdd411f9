"""Responses while a round is open: kept under a code, changed, withdrawn, counted, and nothing else written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, update

from bot.people import Function
from bot.surveys.questions import FUNCTION, Kind, Question
from bot.surveys.round import NotInvited, RoundClosed
from storage import responses
from storage.database import Database
from storage.keys import KeyFolder, Keys, WrappedKeys
from storage.responses import KeyLost, Unanswerable
from storage.tables import InvitationRow, NamedAnswerRow, OpenAnswerRow, OpenCommentRow, Table
from tests.fakes import HandClock
from tests.rounds import BO, CY, DI, ED, closed, fresh, opened, rows, saying
from tests.surveys import COMMENT, QUESTIONS

DIGITAL, PROCUREMENT = Function.DIGITAL, Function.PROCUREMENT
FIRST = saying(DIGITAL, "2", "approvals", "skills", comment="Fewer forms")
SECOND = saying(PROCUREMENT, "5")
TEXT_ONLY = {"comment": ("Fewer forms",)}


@pytest.fixture(params=["folder", "wrapped"])
def keys(request: pytest.FixtureRequest, db: Database, tmp_path: Path) -> Keys:
    return KeyFolder(tmp_path / "keys") if request.param == "folder" else WrappedKeys(db, "s" * 32)


def everything(db: Database) -> list[tuple[object, ...]]:
    """Every row of every table."""
    with db.transaction() as session:
        return [tuple(row) for table in Table.metadata.sorted_tables for row in session.execute(table.select())]


@pytest.mark.parametrize("anonymous", [True, False])
class TestOfBothKinds:
    """What holds whether names are kept or not."""

    def test_answers_come_back_to_fill_the_form_in_again(
        self, db: Database, keys: Keys, clock: HandClock, anonymous: bool
    ) -> None:
        round = opened(db, [BO, DI], anonymous=anonymous)
        keys.make(round.id)
        responses.record(db, keys, round, BO, FIRST, clock())
        assert responses.of(db, keys, round, BO) == FIRST
        assert responses.of(db, keys, round, DI) is None

    def test_a_second_answer_takes_the_place_of_the_first(
        self, db: Database, keys: Keys, clock: HandClock, anonymous: bool
    ) -> None:
        round = opened(db, [BO], anonymous=anonymous)
        keys.make(round.id)
        responses.record(db, keys, round, BO, FIRST, clock())
        responses.record(db, keys, round, BO, SECOND, clock())
        assert responses.of(db, keys, round, BO) == SECOND
        assert responses.count(db, round) == 1
        assert rows(db, OpenCommentRow) == []

    def test_withdrawing_leaves_nothing(self, db: Database, keys: Keys, clock: HandClock, anonymous: bool) -> None:
        round = opened(db, [BO, DI], anonymous=anonymous)
        keys.make(round.id)
        responses.record(db, keys, round, DI, SECOND, clock())
        before = everything(db)
        responses.record(db, keys, round, BO, FIRST, clock())
        assert responses.withdraw(db, keys, round, BO, clock()) is True
        assert responses.withdraw(db, keys, round, BO, clock()) is False
        assert everything(db) == before

    def test_who_answered_can_be_worked_out_and_only_among_those_asked_about(
        self, db: Database, keys: Keys, clock: HandClock, anonymous: bool
    ) -> None:
        round = opened(db, [BO, DI, ED], anonymous=anonymous)
        keys.make(round.id)
        for member in (BO, DI):
            responses.record(db, keys, round, member, SECOND, clock())
        assert responses.answered(db, keys, round, [BO, ED]) == {BO}
        assert responses.count(db, round) == 2

    def test_fresh_without_functions_counts_people_too(
        self, db: Database, keys: Keys, clock: HandClock, anonymous: bool
    ) -> None:
        round = opened(db, [BO], anonymous=anonymous, by_function=False, questions=(COMMENT,))
        keys.make(round.id)
        responses.record(db, keys, round, BO, TEXT_ONLY, clock())
        assert responses.of(db, keys, round, BO) == TEXT_ONLY
        assert (responses.count(db, round), responses.answered(db, keys, round, [BO])) == (1, {BO})

    def test_the_longest_text_and_awkward_characters_are_kept(
        self, db: Database, keys: Keys, clock: HandClock, anonymous: bool
    ) -> None:
        round = opened(db, [BO], anonymous=anonymous)
        keys.make(round.id)
        awkward = ("naïve '; DROP TABLE round; -- 👩‍💻 % {x} <b>" + "試" * 3000)[:3000]
        responses.record(db, keys, round, BO, saying(DIGITAL, comment=awkward), clock())
        found = responses.of(db, keys, round, BO)
        assert found
        assert found["comment"] == (awkward,)

    def test_nothing_is_kept_after_the_end_though_the_caller_holds_an_old_round(
        self, db: Database, keys: Keys, clock: HandClock, anonymous: bool
    ) -> None:
        """Acceptance p: an edit after the close is refused; and only the database says whether it is open."""
        round = opened(db, [BO], anonymous=anonymous)
        keys.make(round.id)
        responses.record(db, keys, round, BO, FIRST, clock())
        closed(db, round)
        keys.destroy(round.id)
        with pytest.raises(RoundClosed, match="closed on Tuesday 1 December"):
            responses.record(db, keys, round, BO, SECOND, clock())
        with pytest.raises(RoundClosed):
            responses.withdraw(db, keys, round, BO, clock())
        assert responses.count(db, round) == 1

    def test_a_minute_is_a_minute(self, db: Database, keys: Keys, clock: HandClock, anonymous: bool) -> None:
        round = opened(db, [BO], anonymous=anonymous)
        keys.make(round.id)
        late = replace(round, closes_at=round.closes_at + timedelta(days=9))
        responses.record(db, keys, late, BO, FIRST, round.closes_at - timedelta(seconds=1))
        with pytest.raises(RoundClosed):
            responses.record(db, keys, late, BO, SECOND, round.closes_at)

    def test_who_is_not_invited_is_refused(self, db: Database, keys: Keys, clock: HandClock, anonymous: bool) -> None:
        round = opened(db, [BO], anonymous=anonymous)
        keys.make(round.id)
        before = everything(db)
        with pytest.raises(NotInvited):
            responses.record(db, keys, round, CY, FIRST, clock())
        with pytest.raises(NotInvited):
            responses.record(db, keys, fresh(anonymous=anonymous), BO, FIRST, clock())
        assert everything(db) == before

    def test_what_the_form_does_not_offer_is_refused_and_the_old_answers_stay(
        self, db: Database, keys: Keys, clock: HandClock, anonymous: bool
    ) -> None:
        round = opened(db, [BO], anonymous=anonymous)
        keys.make(round.id)
        responses.record(db, keys, round, BO, FIRST, clock())
        for wrong in (
            saying(DIGITAL, "9"),
            saying(None),
            {**SECOND, "gate": ()},
            {**SECOND, "comment": ("x" * 3001,)},
            {},
        ):
            with pytest.raises(Unanswerable):
                responses.record(db, keys, round, BO, wrong, clock())
        responses.record(db, keys, round, BO, {**SECOND, "smuggled": ("in",)}, clock())
        assert responses.of(db, keys, round, BO) == SECOND

    def test_two_submissions_at_once_never_mix(
        self, db: Database, keys: Keys, clock: HandClock, anonymous: bool
    ) -> None:
        round = opened(db, [BO], anonymous=anonymous)
        keys.make(round.id)
        with ThreadPoolExecutor(8) as pool:
            sent = [FIRST, SECOND] * 8
            list(pool.map(lambda answers: responses.record(db, keys, round, BO, answers, clock()), sent))
        assert responses.of(db, keys, round, BO) in (FIRST, SECOND)
        assert responses.count(db, round) == 1


def test_an_empty_form_is_not_a_response(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, [BO], by_function=False, questions=(COMMENT,))
    keys.make(round.id)
    with pytest.raises(Unanswerable, match="Answer at least one question"):
        responses.record(db, keys, round, BO, {"comment": ("  ",)}, clock())


def test_answers_lie_under_codes_that_differ_by_round_member_and_use(
    db: Database, keys: Keys, clock: HandClock
) -> None:
    first, second = opened(db, [BO, DI]), opened(db, [BO])
    for round in (first, second):
        keys.make(round.id)
        responses.record(db, keys, round, BO, FIRST, clock())
    responses.record(db, keys, first, DI, FIRST, clock())
    codes = {row.token for row in (*rows(db, OpenAnswerRow), *rows(db, OpenCommentRow))}
    assert len(codes) == 3 * 2
    assert {len(code) for code in codes} == {32}


def test_answering_writes_into_the_tables_of_answers_alone_and_no_name(
    db: Database, keys: Keys, clock: HandClock
) -> None:
    round = opened(db, [BO, DI])
    keys.make(round.id)
    written: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def on_statement(*told: object) -> None:
        statement = str(told[2])
        if statement.split()[0] not in ("SELECT", "BEGIN"):
            written.append(" ".join(statement.split()[:3]))
            assert BO not in str(told[3])

    responses.record(db, keys, round, BO, FIRST, clock())
    assert sorted(set(written)) == [
        "DELETE FROM open_answer",
        "DELETE FROM open_comment",
        "INSERT INTO open_answer",
        "INSERT INTO open_comment",
    ]


def test_answering_an_attributed_survey_keeps_the_name_where_it_says(
    db: Database, keys: Keys, clock: HandClock
) -> None:
    round = opened(db, [BO], anonymous=False)
    responses.record(db, keys, round, BO, FIRST, clock())
    assert {row.member_id for row in rows(db, NamedAnswerRow)} == {BO}
    assert rows(db, OpenAnswerRow) == []


@pytest.mark.parametrize("standing", ["declined", "left"])
def test_who_declined_or_left_may_think_better_of_it(db: Database, keys: Keys, clock: HandClock, standing: str) -> None:
    round = opened(db, [BO])
    keys.make(round.id)
    with db.transaction() as session:
        session.execute(update(InvitationRow).values(standing=standing))
    responses.record(db, keys, round, BO, FIRST, clock())
    assert responses.withdraw(db, keys, round, BO, clock()) is True


def test_a_lost_key_is_told_kindly_and_what_was_answered_stays(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, [BO, DI])
    keys.make(round.id)
    responses.record(db, keys, round, BO, FIRST, clock())
    keys.destroy(round.id)
    for member in (BO, DI):
        with pytest.raises(KeyLost, match="nothing was kept"):
            responses.record(db, keys, round, member, FIRST, clock())
    with pytest.raises(KeyLost):
        responses.answered(db, keys, round, [BO])
    assert responses.of(db, keys, round, BO) is None
    assert responses.count(db, round) == 1


def test_a_text_hangs_on_nothing_else_that_the_same_person_said(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, [BO], questions=(*QUESTIONS, Question("more", Kind.TEXT, "More?")))
    keys.make(round.id)
    responses.record(db, keys, round, BO, {**FIRST, "more": ("Ask sooner",)}, clock())
    assert not {row.token for row in rows(db, OpenAnswerRow)} & {row.token for row in rows(db, OpenCommentRow)}
    assert FUNCTION not in {row.question for row in rows(db, OpenCommentRow)}
