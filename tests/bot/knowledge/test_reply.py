"""A reply: an answer always has sources."""

from __future__ import annotations

import pytest

from bot.knowledge.reply import Outcome, Reply
from tests.builders import a_source


def test_an_answer_without_a_source_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no source, no answer"):
        Reply(Outcome.ANSWER, "It is so.")


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.ANSWER])
def test_every_other_outcome_may_do_without(outcome: Outcome) -> None:
    assert Reply(outcome, "Hm.").as_of is None


def test_there_are_five_outcomes() -> None:
    assert [str(each) for each in Outcome] == ["answer", "did_you_mean", "clarify", "dont_know", "out_of_scope"]


def test_an_answer_is_as_old_as_its_oldest_source() -> None:
    older, newer, undated = a_source(as_of="2025-06"), a_source(as_of="2026-01-01"), a_source(as_of="undated")
    assert Reply(Outcome.ANSWER, "So.", sources=(newer, older)).as_of == older.as_of
    assert Reply(Outcome.ANSWER, "So.", sources=(newer, undated, older)).as_of == undated.as_of


def test_the_text_is_all_that_is_said() -> None:
    reply = Reply(Outcome.DONT_KNOW, "Lead.", lines=("- one", "- two"), caveats=("Beware.",))
    assert reply.text == "Lead.\n\n- one\n- two\n\nBeware."
    assert Reply(Outcome.DONT_KNOW, "Lead.").text == "Lead."
