"""What may be carried over when answers are unlinked: scores of those who rated enough, functions that hide nobody."""

from __future__ import annotations

from itertools import product

import pytest

from bot.people import Function
from bot.surveys.questions import FUNCTION, Answers, Kind, Question
from bot.surveys.round import RoundState
from bot.surveys.unlinking import kept_functions, put_together, score_of, unlinked
from tests.surveys import COMMENT, a_round

P, D, B, SOME = Function.PROCUREMENT, Function.DIGITAL, Function.BOTH, Function.OTHER


def items(number: int) -> tuple[Question, ...]:
    return (
        *(Question(f"item{each}", Kind.RATING, "…", index=True) for each in range(number)),
        Question("mood", Kind.RATING, "…"),
        COMMENT,
    )


def rated(*values: str) -> Answers:
    return {f"item{each}": (value,) for each, value in enumerate(values)}


@pytest.mark.parametrize(
    ("number", "values", "score"),
    [
        (7, "1111111", 0.0),
        (7, "5555555", 100.0),
        (7, "3333333", 50.0),
        (7, "4444422", 100 * (4 * 5 + 2 * 2 - 7) / (4 * 7)),
        (7, "44444", 75.0),
        (7, "4444", None),
        (6, "44444", 75.0),
        (6, "4444", None),
        (4, "222", 25.0),
        (4, "22", None),
        (3, "222", 25.0),
        (3, "22", None),
        (2, "24", 50.0),
        (2, "2", None),
        (1, "5", 100.0),
        (1, "", None),
        (0, "", None),
        (9, "44444", 75.0),
    ],
)
def test_a_score_needs_five_items_or_five_in_seven_of_fewer(number: int, values: str, score: float | None) -> None:
    found = score_of(items(number), {**rated(*values), "mood": ("1",)})
    assert found == (pytest.approx(score) if score is not None else None)


def test_not_applicable_is_not_a_rating() -> None:
    assert score_of(items(7), rated("5", "5", "5", "5", "5", "na", "na")) == 100.0
    assert score_of(items(7), rated("5", "5", "5", "5", "na", "na", "na")) is None


@pytest.mark.parametrize(
    ("sizes", "kept"),
    [
        ({P: 8, D: 6}, {P, D}),
        ({P: 8, D: 4}, set()),  # acceptance j: of twelve, eight and four, neither is shown
        ({P: 20, D: 8, B: 3, SOME: 1}, {P}),
        ({P: 20, D: 8, B: 3, SOME: 2}, {P, D}),
        ({P: 5, D: 5, B: 1}, {P}),
        ({P: 5, D: 5, B: 0}, {P, D}),
        ({P: 4, D: 4}, set()),
        ({P: 9}, {P}),
        ({}, set()),
    ],
)
def test_a_function_is_withheld_where_it_or_what_it_leaves_is_small(
    sizes: dict[Function, int], kept: set[Function]
) -> None:
    found = kept_functions(sizes, 5, sum(sizes.values()))
    assert len(found) == len(kept)
    assert {sizes[each] for each in found} == {sizes[each] for each in kept}


@pytest.mark.parametrize("threshold", [3, 5])
def test_no_difference_between_the_whole_and_what_is_kept_is_ever_small(threshold: int) -> None:
    for numbers in product(range(9), repeat=4):
        sizes = dict(zip(Function, numbers, strict=True))
        for silent in (0, 1):  # those who left the function out
            kept = kept_functions(sizes, threshold, sum(numbers) + silent)
            rest = sum(numbers) + silent - sum(sizes[each] for each in kept)
            assert all(sizes[each] >= threshold for each in kept)
            assert rest == 0 or rest >= threshold or not kept


def test_every_closed_answer_stands_alone_with_its_function() -> None:
    person: Answers = {
        FUNCTION: ("digital",),
        "gate": ("most",),
        "early": ("4",),
        "barriers": ("approvals", "skills"),
        "comment": ("Fewer forms",),
    }
    found = unlinked(a_round(), [person] * 5)
    assert set(found.answers) == {
        (FUNCTION, 1, D, ""),
        ("gate", 1, D, "most"),
        ("early", 1, D, "4"),
        ("barriers", 1, D, ""),
        ("barriers", 1, D, "approvals"),
        ("barriers", 1, D, "skills"),
    }
    assert len(found.answers) == 5 * 6
    assert found.scores == ((D, 75.0),) * 5


def test_a_small_functions_answers_lose_their_function_and_the_function_itself() -> None:
    found = unlinked(a_round(), [{FUNCTION: ("digital",), "early": ("4",)}] * 4)
    assert "digital" not in {part for answer in found.answers for part in answer}
    assert {function for function, _ in found.scores} == {None}


def test_what_is_left_counts_people_and_answers_apart() -> None:
    digital: Answers = {FUNCTION: ("digital",), "barriers": ("approvals", "skills")}
    neither: Answers = {FUNCTION: ("other",), "early": ("2",)}
    loose = unlinked(a_round(), [digital] * 5 + [neither] * 5)
    tally = {each: loose.answers.count(each) for each in loose.answers}
    left = put_together(
        a_round(), tally, [(D, 75.0), (None, 50.0), (D, 25.0)], [("comment", "b"), ("comment", "a")], {}
    )
    assert left.responses == {D: 5, SOME: 5}
    assert left.counts == {
        ("barriers", 1, D): {"approvals": 5, "skills": 5},
        ("early", 1, SOME): {"2": 5},
    }
    assert left.answered == {("barriers", 1, D): 5, ("early", 1, SOME): 5}
    assert left.scores == {D: (25.0, 75.0), None: (50.0,)}
    assert left.comments == {"comment": ("b", "a")}
    assert left.round.state is RoundState.SEALED


@pytest.mark.parametrize(
    ("invited", "total", "by_function"),
    [
        ({P: 12, D: 8}, 20, {P: 12, D: 8}),
        ({P: 12, D: 7, None: 1}, 20, None),
        ({None: 20}, 20, None),
        ({None: 2}, 10, None),  # who left after answering counts all the same
    ],
)
def test_how_many_were_invited_by_function_is_told_only_when_it_is_known_of_all(
    invited: dict[Function | None, int], total: int, by_function: dict[Function, int] | None
) -> None:
    left = put_together(a_round(), {(FUNCTION, 1, None, ""): 10}, [], [], invited)
    assert (left.invited, left.invited_by_function) == (total, by_function)
    assert left.responded == 10
