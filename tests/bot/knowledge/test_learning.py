"""What is learnt from texts is the same, learnt now or kept by an earlier start, and never out of date."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge import kept, learning
from bot.knowledge.learning import Learnt, learnt
from bot.knowledge.likelihood import Likelihood

TEXTS = ("trim a wick", "wick trimming", "which oil for £2½ lamps?", "", "the")
OF = np.array([0, 0, 1, 1, 2])


def told(found: Learnt) -> list[object]:
    """All of it, so that it can be compared."""
    parts = [getattr(part, each.name) for part in (found.by_stem, found.by_trigram) for each in fields(Likelihood)]
    numbers = [dict(found.exact), list(found.known), dict(found.stems), dict(found.trigrams)]
    return [*numbers, *((rows.dtype.name, rows.tolist()) for rows in parts)]


def test_words_stems_and_trigrams_are_known_by_number() -> None:
    found = learnt(TEXTS, OF)
    assert found.exact["wick trimming"] == 0
    assert "oil" in found.known
    assert "the" not in found.stems
    assert found.by_stem.holding(found.stems["wick"], np.array([0, 1, 2])).tolist() == [True, False, False]
    assert found.by_trigram.holding(found.trigrams["oil"], np.array([0, 1, 2])).tolist() == [False, True, False]


def test_of_two_subjects_asked_for_in_the_same_words_the_later_one_is_meant() -> None:
    assert learnt(("Trim?", "trim"), np.array([0, 1])).exact == {"trim": 1}


def test_what_was_kept_is_what_was_learnt_and_is_not_learnt_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(learnt(TEXTS, OF, tmp_path / "index.npz"))
    assert first == told(learnt(TEXTS, OF))
    monkeypatch.setattr(learning, "_learn", lambda *_: pytest.fail("learnt again"))
    assert told(learnt(TEXTS, OF, tmp_path / "index.npz")) == first


@pytest.mark.parametrize(
    ("texts", "of"),
    [(("trim a wick", *TEXTS[1:]), OF[::-1].copy()), (("trim the wicks", *TEXTS[1:]), OF), ((), OF[:0])],
)
def test_other_texts_or_other_subjects_are_learnt_anew(texts: tuple[str, ...], of: np.ndarray, tmp_path: Path) -> None:
    learnt(TEXTS, OF, tmp_path / "index.npz")
    assert told(learnt(texts, of, tmp_path / "index.npz")) == told(learnt(texts, of))
    assert told(learnt(texts, of, tmp_path / "index.npz")) == told(learnt(texts, of))


def test_other_code_learns_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learnt(TEXTS, OF, tmp_path / "index.npz")
    (tmp_path / "code.py").write_text("# a later version")
    monkeypatch.setattr(learning, "CODE", (tmp_path / "code.py",))
    monkeypatch.setattr(learning, "_learn", lambda *_: (_ for _ in ()).throw(LookupError("learnt anew")))
    with pytest.raises(LookupError, match="learnt anew"):
        learnt(TEXTS, OF, tmp_path / "index.npz")


@pytest.mark.parametrize("without", ["exact_of", "by_stem.gains", "known"])
def test_a_file_that_lacks_something_is_learnt_anew_and_mended(without: str, tmp_path: Path) -> None:
    file = tmp_path / "index.npz"
    learnt(TEXTS, OF, file)
    whole = kept.read(file)
    kept.write(file, {name: rows for name, rows in whole.items() if name != without})
    assert told(learnt(TEXTS, OF, file)) == told(learnt(TEXTS, OF))
    assert kept.read(file).keys() == whole.keys()
