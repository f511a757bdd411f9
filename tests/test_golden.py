"""The quality that is promised: floors under the measured figures; nobody tunes on the frozen set.

The measured figures with their intervals are in docs/decisions/0005-abstention.md. A floor stands some way under its
figure, because content is edited every day; to print the table, run `python -m bot evaluate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.knowledge import evaluation
from bot.knowledge.evaluation import Judged
from bot.knowledge.shelf import Shelf

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module", params=["open", "frozen"])
def judged(request: pytest.FixtureRequest, real_shelf: Shelf) -> list[Judged]:
    """Every question of a set, asked and judged."""
    return evaluation.run(real_shelf.replier, evaluation.read(GOLDEN / f"{request.param}.jsonl"))


def share(judged: Sequence[Judged], name: str) -> float:
    """One of the measures, as a share."""
    measure = next(each for each in evaluation.MEASURES if each.name == name)
    among = [each for each in judged if measure.among(each)]
    return sum(measure.counts(each) for each in among) / len(among)


@pytest.mark.parametrize(
    ("measure", "floor"),
    [
        ("accuracy of answers given", 0.90),
        ("answer rate, answerable", 0.75),
        ("right record offered when unsure", 0.85),
        ("answers with a source", 1.0),
    ],
)
def test_what_is_answered_is_right(judged: list[Judged], measure: str, floor: float) -> None:
    assert share(judged, measure) >= floor


def test_what_cannot_be_answered_is_not(judged: list[Judged]) -> None:
    assert share(judged, "false answers, unanswerable") <= 0.05


def test_the_sets_share_no_question_and_name_only_records_that_exist(real_shelf: Shelf) -> None:
    base = real_shelf.replier.base
    questions = {path.stem: evaluation.read(path) for path in GOLDEN.glob("*.jsonl")}
    texts = [question.text.lower() for each in questions.values() for question in each]
    assert len(texts) == len(set(texts))
    named = {
        name for each in questions.values() for question in each for name in question.entries | question.agreements
    }
    assert named <= set(base.entries) | set(base.agreements)


def test_questions_are_written_apart_from_the_variants(real_shelf: Shelf) -> None:
    asked = {
        text.lower() for entry in real_shelf.replier.base.entries.values() for text in (entry.question, *entry.variants)
    }
    frozen = [question.text.lower() for question in evaluation.read(GOLDEN / "frozen.jsonl") if question.entries]
    assert sum(text in asked for text in frozen) <= len(frozen) * 0.02
