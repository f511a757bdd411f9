"""Finding on public questions of other fields: a floor that our content cannot move, and a broken stemmer would break.

Of the sample here, with five variants an entry, 0.727 (BANKING77) and 0.680 (CLINC150) are right.
`tests/data/public/SOURCE.md` says where it comes from and under which licence it may be used.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.search import Index, of_entry
from bot.knowledge.synonyms import Synonyms
from tests.builders import an_entry

PUBLIC = Path(__file__).parent / "data" / "public"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PUBLIC / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "floor"), [("banking77", 0.72), ("clinc150", 0.67)])
def test_strangers_questions_find_the_right_entry_as_often_as_before(name: str, floor: float) -> None:
    entries = [an_entry().model_copy(update=entry | {"body": ""}) for entry in lines(f"{name}.entries.jsonl")]
    index = Index([*map(of_entry, entries)], Synonyms(()))
    questions = lines(f"{name}.questions.jsonl")
    right = [
        [match.name for match in index.find(question["text"], 1).matches] == [question["right"]]
        for question in questions
    ]
    assert sum(right) / len(right) >= floor
