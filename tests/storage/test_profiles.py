"""What members set for themselves: kept until they change it, and honoured at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import update

from bot.people import Function, Profile
from storage import profiles
from storage.database import Database
from storage.tables import DeliveryRow, RoundRow
from tests.directory import WORKSPACE
from tests.payloads import ELSEWHERE
from tests.rounds import BO, DI, opened, rows


def test_a_member_who_set_nothing_has_an_empty_profile(db: Database) -> None:
    assert profiles.get(db, WORKSPACE, BO) == Profile(None, False)


def test_each_setting_is_changed_without_the_other(db: Database) -> None:
    profiles.choose_function(db, WORKSPACE, BO, Function.DIGITAL)
    profiles.stop(db, WORKSPACE, BO)
    assert profiles.get(db, WORKSPACE, BO) == Profile(Function.DIGITAL, True)
    profiles.choose_function(db, WORKSPACE, BO, None)
    assert profiles.get(db, WORKSPACE, BO) == Profile(None, True)
    profiles.resume(db, WORKSPACE, BO)
    assert profiles.get(db, WORKSPACE, BO) == Profile(None, False)


def test_the_same_member_of_another_workspace_is_somebody_else(db: Database) -> None:
    profiles.stop(db, WORKSPACE, BO)
    assert profiles.get(db, ELSEWHERE, BO) == Profile()


def test_eight_presses_at_once_are_one_setting(db: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: profiles.stop(db, WORKSPACE, BO), range(8)))
    assert profiles.get(db, WORKSPACE, BO).stopped


def test_stopping_calls_off_what_waits_and_leaves_what_went_out_and_what_is_others(db: Database) -> None:
    opened(db, [BO, DI])
    waiting = opened(db, [BO, DI], workspace=WORKSPACE)
    theirs = opened(db, [BO], workspace=ELSEWHERE)
    with db.transaction() as session:
        for round in (waiting, theirs):
            session.execute(update(DeliveryRow).where(DeliveryRow.round_id == round.id).values(state="waiting"))
    profiles.stop(db, WORKSPACE, BO)
    states = {(row.round_id == waiting.id, row.workspace, row.member_id): row.state for row in rows(db, DeliveryRow)}
    assert states == {
        (False, WORKSPACE, BO): "sent",
        (False, WORKSPACE, DI): "sent",
        (True, WORKSPACE, BO): "cancelled",
        (True, WORKSPACE, DI): "waiting",
        (False, ELSEWHERE, BO): "waiting",
    }
    assert {row.id: row.invited for row in rows(db, RoundRow)}[waiting.id] == 1
