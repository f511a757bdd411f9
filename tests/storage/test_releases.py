"""What may be shown of a round is worked out beside what is shown of the others, and kept as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.people import Function
from bot.surveys.release import Reason, release
from bot.surveys.round import Round
from storage import releases, responses, sealing
from storage.database import Database
from storage.keys import KeyFolder
from storage.tables import RoundRow
from tests.fakes import HandClock
from tests.rounds import closed, opened, saying

P, D = Function.PROCUREMENT, Function.DIGITAL
PEOPLE = [f"U0{number:03}" for number in range(16)]
MIXED = {member: (P if at < 6 else D, str(1 + at % 5)) for at, member in enumerate(PEOPLE[:12])}


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def sealed(
    db: Database,
    keys: KeyFolder,
    clock: HandClock,
    said: Mapping[str, tuple[Function, str]],
    number: int = 1,
    of: Round | None = None,
) -> Round:
    """A round, answered and sealed; `of` the survey of an earlier one."""
    round = opened(db, PEOPLE, number=number, slot=f"slot {number}")
    if of:
        with db.transaction() as session:
            session.execute(update(RoundRow).where(RoundRow.id == round.id).values(survey_id=of.survey_id))
        round = replace(round, survey_id=of.survey_id)
    keys.make(round.id)
    for member, (function, early) in said.items():
        responses.record(db, keys, round, member, saying(function, early), clock())
    sealing.seal(db, keys, closed(db, round), clock(), partial(releases.worked_out, release))
    return round


def test_a_release_is_read_as_it_was_worked_out(db: Database, keys: KeyFolder, clock: HandClock) -> None:
    round = sealed(db, keys, clock, MIXED)
    (kept,) = releases.of_survey(db, round.survey_id)
    cell = kept.inside.cell("early")
    assert cell is not None
    assert (kept.round_id, cell.n) == (round.id, 12)
    assert cell.counts == {"1": 3, "2": 3, "3": 2, "4": 2, "5": 2}


def test_a_joiner_changes_nothing_that_is_shown(db: Database, keys: KeyFolder, clock: HandClock) -> None:
    first = sealed(db, keys, clock, MIXED)
    sealed(db, keys, clock, {**MIXED, PEOPLE[13]: (P, "1")}, 2, first)
    one, two = releases.of_survey(db, first.survey_id)
    assert one.inside.fresh
    assert two.inside.withheld is not None
    assert two.inside.withheld.reason is Reason.CLOSE


def test_a_round_sealed_late_is_held_beside_the_later_one(db: Database, keys: KeyFolder, clock: HandClock) -> None:
    later = sealed(db, keys, clock, MIXED, 2)
    sealed(db, keys, clock, {**MIXED, PEOPLE[13]: (P, "1")}, 1, later)
    first, second = releases.of_survey(db, later.survey_id)
    assert (first.inside.fresh, second.inside.fresh) == (False, True)


def test_where_an_earlier_release_cannot_be_read_nothing_is_shown(
    db: Database, keys: KeyFolder, clock: HandClock
) -> None:
    first = sealed(db, keys, clock, MIXED)
    with db.transaction() as session:
        session.execute(update(RoundRow).where(RoundRow.id == first.id).values(release={"of": "another age"}))
    second = sealed(db, keys, clock, dict.fromkeys(PEOPLE, (D, "5")), 2, first)
    with db.transaction() as session:
        kept = session.get_one(RoundRow, second.id).release
    assert kept is not None
    assert kept["inside"]["withheld"]["reason"] == "trouble"
    assert kept["inside"]["cells"] == kept["outside"]["cells"] == []
