"""Acceptance m: what a round promised stays as it was, whatever becomes of the survey meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.people import Function
from bot.surveys.questions import FUNCTION
from bot.surveys.survey import NotReady
from storage import responses, rounds, sealing, surveys
from storage.database import Database
from storage.keys import KeyFolder
from storage.tables import RoundRow
from tests.bot.surveys.builders import holidays
from tests.fakes import HandClock
from tests.scheduled import ADA, BO, FIRST, begun


@pytest.mark.parametrize("changes", [{"threshold": 3}, {"anonymous": False}])
def test_a_promise_cannot_be_weakened_while_a_round_is_open(db: Database, clock: HandClock, changes: Any) -> None:
    clock.now = FIRST
    survey, round = begun(db, threshold=5)
    with pytest.raises(NotReady):
        surveys.revise(db, ADA, survey.id, survey.revision, replace(survey.draft, **changes), holidays(), clock())
    assert rounds.get(db, round.id) == round


def test_what_is_changed_in_the_survey_changes_nothing_in_its_open_round(
    db: Database, clock: HandClock, tmp_path: Path
) -> None:
    clock.now = FIRST
    keys = KeyFolder(tmp_path / "keys")
    survey, round = begun(db, threshold=5)
    keys.make(round.id)
    other = replace(survey.draft, threshold=9, by_function=False, questions=survey.draft.questions[1:])
    changed = surveys.revise(db, ADA, survey.id, survey.revision, other, holidays(), clock())
    assert changed.draft.threshold == 9

    now = rounds.get(db, round.id)
    assert (now.threshold, now.anonymous, now.by_function, now.questions) == (5, True, True, round.questions)
    answers = {FUNCTION: (Function.DIGITAL.value,), "gate": ("some",), "early": ("4",)}
    responses.record(db, keys, now, BO.id, answers, clock())
    assert rounds.close(db, round.id, now.closes_at)
    sealing.seal(db, keys, rounds.get(db, round.id), now.closes_at, lambda sealed, _: {"k": sealed.round.threshold})
    with db.reading() as session:
        row = session.get_one(RoundRow, round.id)
    assert row.release == {"k": 5}
    assert sealing.sealed(db, now).responses == {None: 1}  # one of five: the function is withheld
