"""Comparing groups in rank: against SciPy, and where there is nothing to tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bot.surveys.statistics.comparing import (
    Dominance,
    Size,
    adjusted,
    dominance,
    may_compare,
    may_flag_items,
    survivors,
)

# The example of Brunner & Munzel 2000: pain scores after surgery, active treatment and control.
ACTIVE = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
CONTROL = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
answers = st.lists(st.integers(1, 5).map(float), min_size=2, max_size=30)


def of(first: list[float] | list[int], second: list[float] | list[int]) -> Dominance:
    found = dominance(first, second)
    assert found is not None
    return found


def test_the_published_example_of_brunner_and_munzel() -> None:
    found = of(CONTROL, ACTIVE)
    assert round(found.chance, 4) == 0.7890
    assert found.p == pytest.approx(0.005786, abs=1e-6)


@given(answers, answers)
def test_the_test_is_scipys_wherever_the_groups_overlap(first: list[float], second: list[float]) -> None:
    ours = of(first, second)
    overlap = min(first) <= max(second) and min(second) <= max(first) and len({*first, *second}) > 1
    if overlap:
        assert ours.p == pytest.approx(stats.brunnermunzel(second, first).pvalue, abs=1e-9)


@given(answers, answers)
def test_cliffs_delta_is_that_of_scipys_u(first: list[float], second: list[float]) -> None:
    u = stats.mannwhitneyu(first, second, method="asymptotic").statistic if len({*first, *second}) > 1 else None
    expected = 0 if u is None else 2 * u / (len(first) * len(second)) - 1
    assert of(first, second).delta == pytest.approx(expected, abs=1e-12)


@given(answers, answers)
def test_groups_turned_round_are_as_far_apart_the_other_way(first: list[float], second: list[float]) -> None:
    there, back = of(first, second), of(second, first)
    assert there.delta == pytest.approx(-back.delta, abs=1e-12)
    assert there.p == pytest.approx(back.p, abs=1e-12)
    assert there.p is not None
    assert 0 <= there.p <= 1


def test_nothing_but_ties_is_no_difference() -> None:
    assert of([3] * 12, [3] * 9) == Dominance(0.5, 1.0)
    assert of([3] * 12, [3] * 9).size is Size.NONE


def test_groups_that_do_not_overlap_have_the_p_of_dealing_the_values_out() -> None:
    """SciPy gives nought here for two and two, where one deal in three looks the same."""
    assert of([4, 5], [1, 2]) == Dominance(1.0, 2 / 6)
    found = of([4, 5, 5, 4], [1, 1, 2, 3])
    assert found.p == pytest.approx(stats.mannwhitneyu([5, 6, 7, 8], [1, 2, 3, 4], method="exact").pvalue, abs=1e-9)


def test_one_answer_on_a_side_gives_a_chance_without_a_claim() -> None:
    assert of([4], [1, 2, 4, 5]) == Dominance(0.625, None)


def test_an_empty_side_compares_with_nothing() -> None:
    assert dominance([], [1, 2]) is None
    assert dominance([1, 2], []) is None
    assert dominance([], []) is None


@pytest.mark.parametrize(
    ("delta", "size"),
    [
        (0, Size.NONE),
        (0.146, Size.NONE),
        (0.148, Size.SMALL),
        (0.34, Size.MEDIUM),
        (0.475, Size.LARGE),
        (1, Size.LARGE),
    ],
)
def test_a_delta_has_a_word_on_either_side(delta: float, size: Size) -> None:
    assert Dominance((1 + delta) / 2, None).size is size
    assert Dominance((1 - delta) / 2, None).size is size


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_values_are_scipys(p_values: list[float]) -> None:
    assert adjusted(p_values) == pytest.approx(list(stats.false_discovery_control(p_values)), abs=1e-9)


def test_the_published_example_of_benjamini_and_hochberg() -> None:
    """Section 3.2 of the paper: of fifteen, the four smallest stand at 0.05."""
    p_values = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
    ]
    assert survivors(p_values) == (True,) * 4 + (False,) * 11


def test_an_item_without_a_p_takes_no_part() -> None:
    assert adjusted([0.01, None, 0.02]) == (0.02, None, 0.02)
    assert survivors([0.01, None, 0.02]) == (True, False, True)
    assert adjusted([]) == ()
    assert adjusted([None]) == (None,)


@pytest.mark.parametrize("wrong", [-0.01, 1.01, float("nan")])
def test_a_p_that_is_no_chance_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        adjusted([0.5, wrong])


def test_differences_are_called_from_ten_a_side_and_items_flagged_from_twenty() -> None:
    assert (may_compare(10, 10), may_compare(9, 100), may_compare(100, 9)) == (True, False, False)
    assert (may_flag_items(20, 20), may_flag_items(19, 100), may_flag_items(100, 19)) == (True, False, False)
