"""Words that are nearly ones we know."""

from __future__ import annotations

import pytest

from bot.knowledge.spelling import Spelling

KNOWN = Spelling(["framework", "trimming", "wicks", "lamp", "lot", "ir35", "rm6999"])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("framewrok", "framework"),
        ("frameworkk", "framework"),
        ("trming wiks", "trimming wicks"),
        ("Trming, please?", "trimming, please?"),
        ("a framework", "a framework"),
    ],
)
def test_a_word_nearly_known_is_read_as_the_known_one(typed: str, read: str) -> None:
    assert KNOWN.mend(typed) == read


@pytest.mark.parametrize("typed", ["lat", "ir36", "rm6998", "snuffer", "", "🎉", "frame"])
def test_short_words_names_with_digits_and_strangers_stay(typed: str) -> None:
    assert KNOWN.mend(typed) == typed


def test_who_knows_no_words_mends_none() -> None:
    assert Spelling([]).mend("framewrok") == "framewrok"
