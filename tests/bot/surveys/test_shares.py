"""Shares, their intervals and their differences: against SciPy, against printed tables, and at the edges."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bot.surveys.statistics.shares import (
    Interval,
    Share,
    bounds,
    detectable_gap,
    effective_n,
    favourable,
    newcombe,
    share,
)

# Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]
answered = st.integers(1, 200).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n), st.one_of(st.none(), st.integers(n, 4 * n)))
)


def of(count: int, n: int, invited: int | None = None) -> Share:
    found = share(count, n, invited)
    assert found is not None
    return found


@pytest.mark.parametrize("n", [1, 2, 5, 14, 70, 10_000])
def test_wilsons_interval_is_scipys_when_the_number_invited_is_not_known(n: int) -> None:
    for count in {0, 1, n // 3, n // 2, n - 1, n}:
        low, high = stats.binomtest(count, n).proportion_ci(method="wilson")
        assert of(count, n).interval.low == pytest.approx(low, abs=1e-9)
        assert of(count, n).interval.high == pytest.approx(high, abs=1e-9)


def test_wilsons_interval_is_scipys_when_very_many_were_invited() -> None:
    low, high = stats.binomtest(10, 14).proportion_ci(method="wilson")
    assert of(10, 14, 10**12).interval.low == pytest.approx(low, abs=1e-9)
    assert of(10, 14, 10**12).interval.high == pytest.approx(high, abs=1e-9)


@pytest.mark.parametrize("n", [1, 2, 14, 300])
def test_nothing_is_uncertain_when_everybody_answered(n: int) -> None:
    assert of(n // 2, n, invited=n).interval == Interval(n // 2 / n, n // 2 / n)


def test_the_designs_example_of_seven_of_ten_from_twelve_invited() -> None:
    interval = of(7, 10, invited=12).interval
    assert (round(interval.low, 2), round(interval.high, 2)) == (0.57, 0.80)


def test_an_effective_number_is_cochrans() -> None:
    assert effective_n(10, 12) == 55
    assert effective_n(10, None) == 10
    assert effective_n(10, 10) == inf


@given(answered)
def test_an_interval_lies_within_0_and_1_around_its_share(each: tuple[int, int, int | None]) -> None:
    found = of(*each)
    assert 0 <= found.interval.low <= found.value <= found.interval.high <= 1


@given(answered)
def test_an_interval_of_those_against_mirrors_that_of_those_in_favour(each: tuple[int, int, int | None]) -> None:
    count, n, invited = each
    mirrored = of(n - count, n, invited).interval
    assert of(count, n, invited).interval.low == pytest.approx(1 - mirrored.high, abs=1e-12)


@given(answered, st.integers(1, 50))
def test_more_silent_people_never_make_an_interval_narrower(each: tuple[int, int, int | None], more: int) -> None:
    count, n, invited = each
    if invited is not None:
        some, many = of(count, n, invited).interval, of(count, n, invited + more).interval
        assert many.high - many.low >= some.high - some.low - 1e-12


def test_agreeing_is_favourable_and_what_is_not_applicable_does_not_count() -> None:
    found = favourable([5, 4, 3, 2, 1, None, None], invited=10)
    assert found is not None
    assert (found.count, found.n, found.value) == (2, 5, 0.4)
    assert found.interval == of(2, 5, 10).interval


@pytest.mark.parametrize("answers", [[], [None], [None] * 12])
def test_there_is_no_share_when_nobody_answered_or_nothing_was_applicable(answers: list[int | None]) -> None:
    assert favourable(answers, invited=12) is None


def test_one_answer_says_next_to_nothing() -> None:
    interval = of(1, 1).interval
    assert (round(interval.low, 2), interval.high) == (0.21, 1.0)


@pytest.mark.parametrize(("count", "n", "invited"), [(3, 2, None), (-1, 2, None), (1, 5, 4), (0, 1, 0)])
def test_a_share_that_cannot_be_is_refused(count: int, n: int, invited: int | None) -> None:
    for what in (share, bounds):
        with pytest.raises(ValueError, match=r"no share|invited"):
            what(count, n, invited)


@pytest.mark.parametrize("answer", [0, 6, -1])
def test_an_answer_off_the_scale_is_refused(answer: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        favourable([answer])


def test_worst_case_bounds_take_the_silent_for_all_against_and_all_in_favour() -> None:
    assert bounds(10, 14, 20) == Interval(0.5, 0.8)
    assert bounds(10, 14, 14) == Interval(10 / 14, 10 / 14)
    assert bounds(0, 0, 5) == Interval(0, 1)
    assert bounds(0, 0, 0) is None
    assert bounds(10, 14, None) is None


@given(answered)
def test_worst_case_bounds_lie_around_the_share(each: tuple[int, int, int | None]) -> None:
    found = bounds(*each)
    assert found is None or 0 <= found.low <= of(*each).value <= found.high <= 1


@pytest.mark.parametrize(("first", "second", "low", "high"), NEWCOMBE)
def test_a_difference_of_shares_is_that_of_newcombes_table(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe(of(*first), of(*second))
    assert found is not None
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (low, high)


@given(answered, answered)
def test_a_difference_turned_round_is_the_same_with_the_other_sign(
    one: tuple[int, int, int | None], other: tuple[int, int, int | None]
) -> None:
    there, back = newcombe(of(*one), of(*other)), newcombe(of(*other), of(*one))
    assert there is not None
    assert back is not None
    assert -1 <= there.interval.low <= there.value <= there.interval.high <= 1
    assert there.interval.low == pytest.approx(-back.interval.high, abs=1e-12)
    assert there.interval.direction == -back.interval.direction


def test_a_difference_is_exact_when_everybody_on_both_sides_answered() -> None:
    found = newcombe(of(9, 12, 12), of(6, 12, 12))
    assert found is not None
    assert (found.value, found.interval) == (0.25, Interval(0.25, 0.25))


def test_there_is_no_difference_to_a_side_where_nobody_answered() -> None:
    assert newcombe(of(3, 4), None) is None
    assert newcombe(None, of(3, 4)) is None


@pytest.mark.parametrize(
    ("interval", "direction"),
    [((0.1, 0.2), 1), ((-0.2, -0.1), -1), ((-0.1, 0.2), 0), ((0.0, 0.2), 0), ((-0.2, 0.0), 0), ((0.0, 0.0), 0)],
)
def test_an_interval_that_holds_nought_has_no_direction(interval: tuple[float, float], direction: int) -> None:
    assert Interval(*interval).direction == direction


@pytest.mark.parametrize(("a_side", "gap"), [(12, 5 / 12), (20, 0.35), (40, 0.225), (80, 0.15)])
def test_the_smallest_gap_that_can_be_told_is_that_of_the_design(a_side: int, gap: float) -> None:
    """42, 35, 22 and 15 points."""
    assert detectable_gap(a_side, a_side) == pytest.approx(gap, abs=1e-12)


@given(st.integers(1, 25), st.integers(1, 25), st.floats(0, 1))
def test_a_gap_can_be_told_and_the_next_smaller_cannot(first: int, second: int, base: float) -> None:
    gap = detectable_gap(first, second, base)
    stands = of(int(base * first + 0.5), first)
    stands = stands if stands.value >= 0.5 else of(first - stands.count, first)
    told = [newcombe(stands, of(count, second)) for count in range(second + 1) if count / second < stands.value]
    gaps = [each.value for each in told if each and each.interval.direction]
    assert gap == (pytest.approx(min(gaps), abs=1e-12) if gaps else None)


def test_no_gap_can_be_told_among_a_handful() -> None:
    assert detectable_gap(1, 1) is None
    assert detectable_gap(0, 12) is None
    assert detectable_gap(12, 0) is None


def test_a_base_that_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        detectable_gap(12, 12, base=1.5)
