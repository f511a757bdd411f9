"""Questions: worded for each function, asked on the way that answers take, checked, and versioned by their wording."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people import Function
from bot.surveys.questions import (
    FUNCTION,
    LONGEST_TEXT,
    Kind,
    Option,
    Question,
    asked,
    checked,
    function_of,
    function_question,
    minutes,
    revised,
)
from tests.surveys import BARRIERS, COMMENT, EARLY, GATE, LIKELY, QUESTIONS, a_round

ALL = a_round().asked
NAMES = {question.key: question for question in ALL}


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (Function.PROCUREMENT, "Digital colleagues bring me in early enough to influence how we buy."),
        (Function.DIGITAL, "Procurement colleagues bring me in early enough to influence how we buy."),
        (Function.BOTH, "Colleagues from the other profession bring me in early enough to influence how we buy."),
        (Function.OTHER, "Colleagues from the other profession bring me in early enough to influence how we buy."),
        (None, "Colleagues from the other profession bring me in early enough to influence how we buy."),
    ],
)
def test_each_function_is_asked_about_the_other(function: Function | None, text: str) -> None:
    assert EARLY.worded(function) == text


def test_one_s_own_side_and_the_period_are_named_and_other_braces_stay() -> None:
    question = Question("own", Kind.RATING, "In the last {period}, {own} used {this}.")
    assert question.worded(Function.DIGITAL, "quarter") == "In the last quarter, digital colleagues used {this}."


def test_every_value_has_words() -> None:
    for question in ALL:
        assert all(question.label(value) for value in question.values)
    assert LIKELY.values == tuple(map(str, range(11)))
    assert EARLY.label("5") == "Strongly agree"
    assert EARLY.label("na") == "Not applicable"


def test_an_answer_that_skips_ahead_leaves_out_what_lies_between() -> None:
    assert [each.key for each in asked(ALL, {"gate": ("none",)})] == [FUNCTION, "gate", "barriers", "comment"]
    assert asked(ALL, {"gate": ("some",)}) == ALL
    assert asked(ALL, {}) == ALL


def test_what_was_answered_on_a_way_not_taken_is_not_kept() -> None:
    kept, wrong = checked(ALL, {FUNCTION: ("digital",), "gate": ("none",), "early": ("5",), "comment": ("Talk.",)})
    assert kept == {FUNCTION: ("digital",), "gate": ("none",), "comment": ("Talk.",)}
    assert wrong == {}


@pytest.mark.parametrize(
    ("key", "values", "sentence"),
    [
        ("gate", (), "This one needs an answer."),
        (FUNCTION, (), "Answer this one: the others build on it."),
        ("gate", ("   ",), "This one needs an answer."),
        ("gate", ("all",), "not one of the answers offered"),
        ("early", ("6",), "not one of the answers offered"),
        ("early", ("1", "2"), "Choose 1 at most."),
        ("likely", ("11",), "not one of the answers offered"),
        ("barriers", ("approvals", "skills", "budget", "nothing"), "Choose 3 at most."),
        ("comment", ("x" * (LONGEST_TEXT + 1),), "That is too long by 1. Shorten it to 3,000 characters."),
    ],
)
def test_an_answer_that_cannot_be_kept_is_a_sentence_at_its_question(
    key: str, values: tuple[str, ...], sentence: str
) -> None:
    answers = {FUNCTION: ("digital",), "gate": ("some",)} | {key: values}
    kept, wrong = checked(ALL, answers)
    assert set(wrong) == {key}
    assert sentence in wrong[key]
    assert key not in kept


def test_the_longest_text_is_kept_whole() -> None:
    kept, wrong = checked((COMMENT,), {"comment": ("x" * LONGEST_TEXT,)})
    assert len(kept["comment"][0]) == LONGEST_TEXT
    assert not wrong


@given(st.dictionaries(st.sampled_from([*NAMES, "nobody"]), st.lists(st.text(max_size=5)).map(tuple)))
def test_nothing_that_was_not_asked_and_offered_is_ever_kept(answers: dict[str, tuple[str, ...]]) -> None:
    kept, wrong = checked(ALL, answers)
    assert not set(kept) & set(wrong)
    for key, values in kept.items():
        question = NAMES[key]
        assert values
        assert question.kind is Kind.TEXT or set(values) <= set(question.values)


def test_the_function_is_read_from_its_question_and_from_nothing_else() -> None:
    assert function_of({FUNCTION: ("both",)}) is Function.BOTH
    assert function_of({FUNCTION: ("king",)}) is None
    assert function_of({}) is None
    assert function_question().values == tuple(Function)


@pytest.mark.parametrize(
    ("change", "version"),
    [
        ({"text": "Worded anew."}, 2),
        ({"kind": Kind.SCORE}, 2),
        ({"help": "More help."}, 1),
        ({"required": True}, 1),
        ({"index": False}, 1),
    ],
)
def test_a_new_wording_begins_a_new_series_and_nothing_else_does(change: dict[str, object], version: int) -> None:
    [now] = revised((EARLY,), (replace(EARLY, **change),))  # type: ignore[arg-type]
    assert now.version == version


def test_changed_answers_begin_a_new_series_too() -> None:
    [now] = revised((BARRIERS,), (replace(BARRIERS, options=(*BARRIERS.options, Option("law", "Law"))),))
    assert now.version == 2


def test_a_version_cannot_be_claimed_and_a_question_that_is_new_starts_at_one() -> None:
    assert [each.version for each in revised((GATE,), (replace(GATE, version=9), replace(COMMENT, version=4)))] == [
        1,
        1,
    ]


def test_a_questionnaire_takes_whole_minutes_and_at_least_one() -> None:
    assert minutes(QUESTIONS[:1]) == 1
    assert minutes(()) == 1
    assert minutes(QUESTIONS * 4) == 6
