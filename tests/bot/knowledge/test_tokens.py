"""How text becomes words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import tokens


@pytest.mark.parametrize("typed", ["G-Cloud", "g cloud", "GCloud", "G_Cloud", "g - cloud", "G‑Cloud", "Ｇ－Ｃｌｏｕｄ"])
def test_g_cloud_is_one_word_however_it_is_typed(typed: str) -> None:
    assert tokens.words(typed) == ["gcloud"]


@pytest.mark.parametrize("typed", ["G-Cloud 14", "gcloud14", "G-Cloud14", "g cloud 14"])
def test_an_iteration_is_a_word_apart_from_its_name(typed: str) -> None:
    assert tokens.words(typed) == ["gcloud", "14"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("IR35 rules", ["ir35", "rules"]),
        ("RM1557.14", ["rm1557.14"]),
        ("RM 1557.14", ["rm1557.14"]),
        ("rm-6190", ["rm6190"]),
        ("RM: 6190", ["rm6190"]),
        ("DOS7", ["dos", "7"]),
        ("lot3", ["lot", "3"]),
        ("call-offs", ["calloff"]),
        ("call off", ["calloff"]),
        ("T&M", ["tandm"]),
        ("don't", ["don"]),
        ("buyer’s guide", ["buyer", "guide"]),
        ("£207,720", ["207,720"]),
        ("café Ångström", ["café", "ångström"]),
        ("", []),
        ("🎉👩‍👩‍👧", []),
        ("!?… —", []),
    ],
)
def test_text_becomes_these_words(typed: str, words: list[str]) -> None:
    assert tokens.words(typed) == words


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x9b", "\u200b", "\u202e", "\u2028", "\ufeff"])
def test_a_control_character_parts_words_and_never_survives(character: str) -> None:
    assert character not in tokens.tidy(f"open{character}ended")
    assert tokens.words(f"open{character}ended") == ["open", "ended"]


def test_letters_that_look_alike_are_alike() -> None:
    assert tokens.words("ﬁne ＲＭ６１９０") == ["fine", "rm6190"]
    assert tokens.words("cafe\u0301") == tokens.words("caf\u00e9")


def test_stopped_words_go_and_question_words_stay() -> None:
    assert tokens.stems("what is the threshold for a council") == ["what", "threshold", "council"]


def test_words_of_one_stem_are_one_and_words_with_digits_keep_their_form() -> None:
    assert tokens.stem("awarding") == tokens.stem("awards") == tokens.stem("award")
    assert tokens.stem("ir35s") == "ir35s"


def test_trigrams_hold_the_borders_of_a_word() -> None:
    assert tokens.trigrams(["lot", "lot"]) == {" lo", "lot", "ot "}
    assert tokens.trigrams([]) == frozenset()


@given(st.lists(st.text(alphabet="aB9 -’'\n\r\tgcloudrm&£é\u200b\u2013½", max_size=30), max_size=6))
def test_many_texts_are_read_as_one_by_one(texts: list[str]) -> None:
    assert list(tokens.words_of_each(texts)) == [tokens.words(text) for text in texts]


def test_plain_leaves_only_the_words() -> None:
    assert tokens.plain("  Is *G-Cloud 14* OPEN?! ") == tokens.plain("is gcloud14 open")
