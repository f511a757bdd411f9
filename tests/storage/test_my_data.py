"""What is kept about a member is shown to them whole, and removed when they ask, but for what nobody can find."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.people import Function, Profile
from bot.surveys.held import NAMELESS, NOTHING, SEALED
from bot.surveys.round import NotInvited
from storage import my_data, profiles, responses, sealing
from storage.database import Database
from storage.keys import KeyFolder, Keys, WrappedKeys
from storage.tables import AuditRow, CommitmentRow, DeliveryRow, InvitationRow, OpenAnswerRow, Table
from tests.directory import WORKSPACE
from tests.fakes import HandClock
from tests.payloads import ELSEWHERE
from tests.rounds import ADA, BO, CY, DI, closed, opened, rows, saying

SAID = saying(Function.DIGITAL, "4", "approvals", "skills", comment="Fewer forms")


@pytest.fixture(params=["folder", "wrapped"])
def keys(request: pytest.FixtureRequest, db: Database, tmp_path: Path) -> Keys:
    return KeyFolder(tmp_path / "keys") if request.param == "folder" else WrappedKeys(db, "s" * 32)


def everything(db: Database) -> str:
    with db.transaction() as session:
        return str([tuple(row) for table in Table.metadata.sorted_tables for row in session.execute(table.select())])


def test_of_who_was_never_here_nothing_is_kept(db: Database, keys: Keys) -> None:
    held = my_data.held(db, keys, WORKSPACE, CY)
    assert held.lines() == (NOTHING, SEALED, NAMELESS)
    assert not held.can_be_removed


def test_all_that_is_kept_about_a_member_is_shown(db: Database, keys: Keys, clock: HandClock) -> None:
    profiles.choose_function(db, WORKSPACE, BO, Function.DIGITAL)
    for anonymous in (True, False):
        round = opened(db, [BO, DI], anonymous=anonymous, title="By code" if anonymous else "By name")
        keys.make(round.id)
        responses.record(db, keys, round, BO, SAID, clock())
    held = my_data.held(db, keys, WORKSPACE, BO)
    text = "\n".join(held.lines())
    assert held.profile == Profile(Function.DIGITAL)
    assert "What you do, as you set it: Digital, data or technology." in text
    assert "That you were asked in “By code”, which closes on Tuesday 1 December 2026" in text
    assert "(invitation sent on Tuesday 24 November 2026)" in text
    assert "What you answered in “By code”, kept under a code while the round is open:" in text
    assert "What you answered in “By name”, kept with your name:" in text
    assert text.count("  What got in the way? Approvals; Skills") == 2
    assert text.count("Fewer forms") == 2
    assert held.can_be_removed


def test_an_organiser_sees_what_they_own_promised_and_did(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, [BO])
    with db.transaction() as session:
        session.add_all(
            [
                AuditRow(id="a", workspace=WORKSPACE, at=clock(), actor=ADA, action="create", subject=round.survey_id),
                CommitmentRow(
                    id="c", workspace=WORKSPACE, round_id=round.id, owner=ADA, text="Weekly", due_on=date(2027, 1, 4)
                ),
            ]
        )
    text = "\n".join(my_data.held(db, keys, WORKSPACE, ADA).lines())
    assert f"That you own the survey “{round.title}”." in text
    assert "That you said you would do this: Weekly" in text
    assert "That you did this on Tuesday 24 November 2026: create." in text


def test_nobody_sees_what_is_kept_about_somebody_else(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, [BO, DI])
    keys.make(round.id)
    responses.record(db, keys, round, BO, SAID, clock())
    assert my_data.held(db, keys, WORKSPACE, DI).given == ()
    assert my_data.held(db, keys, ELSEWHERE, BO).lines() == (NOTHING, SEALED, NAMELESS)


def test_after_the_seal_anonymous_answers_cannot_be_found(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, [BO])
    keys.make(round.id)
    responses.record(db, keys, round, BO, SAID, clock())
    sealing.seal(db, keys, closed(db, round), clock(), lambda *_: {"n": 1})
    held = my_data.held(db, keys, WORKSPACE, BO)
    assert held.given == ()
    assert SEALED in held.lines()


def test_what_is_kept_can_be_taken_along(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, [BO], anonymous=False)
    responses.record(db, keys, round, BO, SAID, clock())
    taken = json.loads(my_data.held(db, keys, WORKSPACE, BO).json())
    assert taken["given"][0]["answers"]["What got in the way?"] == ["Approvals", "Skills"]
    assert taken["asked"][0]["round"] == round.title


def test_forgetting_removes_everything_that_names_a_member_but_that_they_are_not_asked(
    db: Database, keys: Keys, clock: HandClock
) -> None:
    profiles.choose_function(db, WORKSPACE, BO, Function.DIGITAL)
    for anonymous in (True, False):
        round = opened(db, [BO, DI], anonymous=anonymous)
        keys.make(round.id)
        for member in (BO, DI):
            responses.record(db, keys, round, member, SAID, clock())
    forgotten = my_data.forget(db, keys, WORKSPACE, BO)
    assert (forgotten.answers, forgotten.invitations, forgotten.profile) == (2, 2, True)
    assert everything(db).count(BO) == 1
    assert profiles.get(db, WORKSPACE, BO) == Profile(None, True)
    assert my_data.held(db, keys, WORKSPACE, BO).given == ()
    text = "\n".join(forgotten.lines())
    assert "Removed: your answers in 2 rounds." in text
    assert SEALED in text


def test_forgetting_touches_nobody_else_and_no_count(db: Database, keys: Keys, clock: HandClock) -> None:
    round = opened(db, [BO, DI])
    keys.make(round.id)
    for member in (BO, DI):
        responses.record(db, keys, round, member, SAID, clock())
    my_data.forget(db, keys, WORKSPACE, BO)
    assert responses.of(db, keys, round, DI) == SAID
    assert responses.count(db, round) == 1
    with pytest.raises(NotInvited):
        responses.record(db, keys, round, BO, SAID, clock())
    sealing.seal(db, keys, closed(db, round), clock(), lambda *_: {"n": 1})
    left = sealing.sealed(db, round)
    assert (left.invited, left.responded) == (2, 1)


def test_what_waits_or_is_being_sent_is_called_off(db: Database, keys: Keys) -> None:
    for state in ("waiting", "sending"):
        round = opened(db, [BO])
        with db.transaction() as session:
            session.execute(update(DeliveryRow).where(DeliveryRow.round_id == round.id).values(state=state))
    my_data.forget(db, keys, WORKSPACE, BO)
    assert sorted(row.state for row in rows(db, DeliveryRow)) == ["cancelled", "unknown"]


def test_forgetting_twice_is_forgetting_once(db: Database, keys: Keys) -> None:
    opened(db, [BO])
    my_data.forget(db, keys, WORKSPACE, BO)
    again = my_data.forget(db, keys, WORKSPACE, BO)
    assert again.lines()[0] == "There was nothing to remove."


def test_who_is_forgotten_leaves_no_two_rounds_under_one_name(db: Database, keys: Keys) -> None:
    for _ in range(2):
        opened(db, [BO])
    my_data.forget(db, keys, WORKSPACE, BO)
    with db.transaction() as session:
        assert len(set(session.scalars(select(InvitationRow.member_id)))) == 2
    assert rows(db, OpenAnswerRow) == []


def test_an_organiser_is_told_what_stays(db: Database, keys: Keys) -> None:
    opened(db, [BO])
    assert any("Surveys that you own" in line for line in my_data.forget(db, keys, WORKSPACE, ADA).lines())
