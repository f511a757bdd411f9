"""Change since the first rounds is called late and seldom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.surveys.statistics.changing import Call, Change, baseline, change
from bot.surveys.statistics.composites import Estimate, index, mean

SPREAD = (-12.0, -6.0, -3.0, 0.0, 3.0, 6.0, 12.0, -9.0, 9.0, 0.0)


def around(middle: float) -> Estimate | None:
    return mean([middle + each for each in SPREAD])


def rounds(*middles: float | None) -> list[Estimate | None]:
    return [None if middle is None else around(middle) for middle in middles]


def called(*middles: float | None) -> Call | None:
    found = change(rounds(*middles))
    return found.call if found else None


def test_the_baseline_is_the_first_three_rounds_with_a_result_pooled_by_answers() -> None:
    unequal = [mean([40.0, 44.0]), None, mean([50.0, 54.0]), mean([60.0, 62.0, 64.0, 66.0]), mean([90.0, 92.0])]
    found = baseline(unequal)
    assert found is not None
    assert found.value == pytest.approx((42 * 2 + 52 * 2 + 63 * 4) / 8)
    assert found.n == 8


@pytest.mark.parametrize("middles", [(), (60,), (60, 60), (60, 60, 60), (None, 60, None, 60, 60), (60, 60, None, None)])
def test_nothing_is_said_while_the_baseline_is_being_made(middles: tuple[float | None, ...]) -> None:
    assert called(*middles) is None


def test_a_round_like_the_first_is_steady() -> None:
    assert called(60, 60, 60, 60) is Call.STEADY
    assert called(60, 61, 59, 62) is Call.STEADY


def test_one_round_apart_is_a_possible_change_and_the_second_the_same_way_a_change() -> None:
    assert called(60, 60, 60, 40) is Call.POSSIBLE
    assert called(60, 60, 60, 40, 42) is Call.CHANGED
    assert called(60, 60, 60, 80, 78) is Call.CHANGED


def test_two_rounds_apart_in_opposite_ways_are_only_possible() -> None:
    assert called(60, 60, 60, 40, 80) is Call.POSSIBLE


def test_a_steady_round_between_breaks_the_row() -> None:
    assert called(60, 60, 60, 40, 60, 40) is Call.POSSIBLE
    assert called(60, 60, 60, 40, 40, 60) is Call.STEADY


def test_a_round_without_a_result_breaks_the_row_too() -> None:
    assert called(60, 60, 60, 40, None, 40) is Call.POSSIBLE
    assert called(60, 60, 60, 40, 40, None) is None


def test_the_difference_is_that_of_the_newest_round_from_the_baseline() -> None:
    found = change(rounds(60, 60, 60, 40))
    assert isinstance(found, Change)
    assert found.difference.value == pytest.approx(-20)
    assert found.difference.interval is not None
    assert found.difference.interval.direction == -1


def test_the_index_is_followed_in_the_same_way() -> None:
    both = [index(around(middle), around(middle - 10)) for middle in (60, 60, 60, 45, 45)]
    found = change(both)
    assert found is not None
    assert found.call is Call.CHANGED


def test_rounds_that_tell_too_little_are_steady() -> None:
    assert change([mean([50.0])] * 4) is not None
    alone = change([mean([50.0]), mean([50.0]), mean([50.0]), mean([90.0])])
    assert alone is not None
    assert (alone.call, alone.difference.interval) == (Call.STEADY, None)
    alike = change([mean([50.0] * 12)] * 3 + [mean([90.0] * 12)])
    assert alike is not None
    assert (alike.call, alike.difference.interval) == (Call.STEADY, None)


def test_means_of_the_invited_are_refused_because_to_them_every_change_is_real() -> None:
    with pytest.raises(ValueError, match="number invited"):
        change([*rounds(60, 60, 60), mean([55.0, 65.0], invited=2)])


@given(st.lists(st.sampled_from([35.0, 60.0, 85.0, None]), min_size=4, max_size=12))
def test_what_is_said_of_falls_is_said_of_rises(middles: list[float | None]) -> None:
    mirrored = [None if middle is None else 120 - middle for middle in middles]
    assert called(*middles) is called(*mirrored)
