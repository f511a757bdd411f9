"""Answers with names: of attributed surveys only, in words, for whoever looks after the survey and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.people import NotYours
from bot.surveys.exports import NamedAnswer
from storage import named, responses
from storage.database import Database
from storage.keys import KeyFolder
from tests.scheduled import ADA, BO, CY, EVE, FIRST, ROOT, begun

GIVEN = {"function": ("digital",), "gate": ("some",), "early": ("4",), "barriers": ("approvals", "skills")}


def test_every_answer_comes_in_words_under_its_question(db: Database, tmp_path: Path) -> None:
    _, round = begun(db, anonymous=False)
    keys = KeyFolder(tmp_path / "keys")
    responses.record(
        db, keys, round, CY.id, {"gate": ("none",), "comment": ("=HYPERLINK()",), "function": ("both",)}, FIRST
    )
    responses.record(db, keys, round, BO.id, GIVEN, FIRST)
    for actor in (ADA, ROOT):
        found = named.of_round(db, actor, round)
        assert [each.member for each in found] == [BO.id] * 4 + [CY.id] * 3
        assert found[0] == NamedAnswer(BO.id, "Which best describes your work?", "Digital, data or technology")
        assert [each.answer for each in found[1:4]] == ["Once or twice", "Agree", "Approvals; Skills"]


def test_nobody_else_gets_them(db: Database) -> None:
    _, round = begun(db, anonymous=False)
    with pytest.raises(NotYours):
        named.of_round(db, EVE, round)


def test_an_anonymous_round_has_none_whoever_asks(db: Database, tmp_path: Path) -> None:
    _, round = begun(db)
    keys = KeyFolder(tmp_path / "keys")
    keys.make(round.id)
    responses.record(db, keys, round, BO.id, GIVEN, FIRST)
    assert named.of_round(db, ROOT, round) == ()
