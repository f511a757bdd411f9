"""Questions while they are written, and the keys that nobody has to think of."""

from __future__ import annotations

import pytest

from bot.surveys import writing
from bot.surveys.questions import KEY, Kind, Option, Question
from tests.surveys import BARRIERS, EARLY, GATE, QUESTIONS


def keys(questions: tuple[Question, ...]) -> list[str]:
    return [question.key for question in questions]


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [
        ("Which part was hardest?", (), "which_part_was_hardest"),
        ("{Other} bring me in early.", (), "bring_me_in_early"),
        ("Early", ("early",), "early_2"),
        ("Early", ("early", "early_2"), "early_3"),
        ("Function", (), "function_2"),  # the key of the question about one's profession
        ("10 days", (), "q_10_days"),
        ("Beth yw’r rhwystr?", (), "beth_ywr_rhwystr"),
        ("何が", (), "q"),
        ("", ("q",), "q_2"),
        ("x" * 300, (), "x" * 32),
    ],
)
def test_a_key_is_made_of_the_words(text: str, taken: tuple[str, ...], key: str) -> None:
    made = writing.key_for(text, taken)
    assert made == key
    assert KEY.fullmatch(made)


def test_questions_are_put_moved_and_taken_out() -> None:
    new = Question("new", Kind.TEXT, "New?")
    assert keys(writing.put(QUESTIONS, new)) == [*keys(QUESTIONS), "new"]
    changed = Question("early", Kind.RATING, "Changed")
    assert writing.put(QUESTIONS, changed)[1] == changed
    assert keys(writing.moved(QUESTIONS, "early", -1)) == ["early", "gate", "likely", "barriers", "comment"]
    assert keys(writing.moved(QUESTIONS, "gate", -1)) == keys(QUESTIONS)
    assert keys(writing.moved(QUESTIONS, "comment", 1)) == keys(QUESTIONS)
    assert writing.moved(QUESTIONS, "nothing", 1) == QUESTIONS


def test_nothing_skips_to_or_mirrors_what_is_gone() -> None:
    own = Question("own_early", Kind.RATING, "We do too.", mirrors="early")
    left = writing.without((*QUESTIONS, own), "barriers")
    assert [option.goes_to for option in left[0].options] == ["", "", ""]
    assert writing.without((EARLY, own), "early")[0].mirrors == ""


def test_answers_keep_their_keys_when_they_are_reworded_moved_or_joined_by_others() -> None:
    before = GATE.options
    assert writing.options([option.text for option in before], before) == before
    reworded = writing.options(["Never", "Once or twice", "Most weeks"], before)
    assert [(each.key, each.goes_to) for each in reworded] == [("none", "barriers"), ("some", ""), ("most", "")]
    more = writing.options(["Not at all", " ", "Once or twice", "Most weeks", "Most"], before)
    assert [each.key for each in more] == ["none", "some", "most", "most_2"]
    turned = writing.options([option.text for option in reversed(before)], before)
    assert turned == before[::-1]
    assert writing.options(["One", "One"], ()) == (Option("one", "One"), Option("one_2", "One"))
    assert len(writing.options(["x"] * 5, BARRIERS.options)) == 5
