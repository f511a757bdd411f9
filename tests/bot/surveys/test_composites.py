"""Composites, the index and the gap: against SciPy, and where answers tell too little."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bot.surveys.statistics.composites import Estimate, composite, gap, index, mean, weighted
from bot.surveys.statistics.shares import Interval

ONE = [75.0, 50.0, 85.7, 64.3, 25.0, 71.4, 67.9, 53.6, 60.7, 42.9, 78.6, 57.1]
OTHER = [39.3, 46.4, 28.6, 67.9, 50.0, 35.7, 53.6, 42.9]
people = st.lists(st.integers(0, 28).map(lambda points: 100 * points / 28), min_size=1, max_size=40)
differing = people.filter(lambda composites: len(set(composites)) > 1)


def of(composites: list[float], invited: int | None = None) -> Estimate:
    found = mean(composites, invited)
    assert found is not None
    return found


def between(first: Estimate, second: Estimate) -> Estimate:
    found = gap(first, second)
    assert found is not None
    return found


def interval(found: Estimate) -> Interval:
    assert found.interval is not None
    return found.interval


def test_a_persons_composite_is_the_mean_of_what_they_answered() -> None:
    assert composite([5, 5, 5, 5, 5, 5, 5]) == 100
    assert composite([1, 2, 3, 4, 5, None, None]) == 50
    assert composite([4, 4, 4, 4, 4, 5, 3]) == 75


@pytest.mark.parametrize("answers", [[], [None] * 7, [5, 5, 5, 5, None, None, None]])
def test_a_person_who_answered_fewer_than_five_items_has_no_composite(answers: list[int | None]) -> None:
    assert composite(answers) is None


def test_a_shorter_round_may_ask_for_fewer_items() -> None:
    assert composite([4, None, 5], least=2) == 87.5
    assert composite([None], least=0) is None


def test_an_item_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        composite([5, 5, 5, 5, 6])


@pytest.mark.parametrize("composites", [ONE, OTHER])
def test_a_groups_interval_is_scipys_when_the_number_invited_is_not_known(composites: list[float]) -> None:
    low, high = stats.ttest_1samp(composites, 0).confidence_interval(0.95)
    assert interval(of(composites)).low == pytest.approx(low, abs=1e-9)
    assert interval(of(composites)).high == pytest.approx(high, abs=1e-9)


def test_a_groups_interval_shrinks_by_the_share_that_is_silent() -> None:
    """Cochran 1977, 2.6: the standard error times the root of 1 - n/N."""
    plain, corrected = interval(of(ONE)), interval(of(ONE, invited=16))
    assert corrected.high - corrected.low == pytest.approx((plain.high - plain.low) * math.sqrt(1 - 12 / 16), abs=1e-9)


def test_nothing_is_uncertain_when_everybody_answered() -> None:
    found = of(ONE, invited=12)
    assert found.interval == Interval(found.value, found.value)
    assert of([62.5], invited=1).interval == Interval(62.5, 62.5)


def test_there_is_no_composite_of_nobody() -> None:
    assert mean([]) is None
    assert mean([], invited=7) is None
    assert mean([], invited=0) is None


def test_one_person_does_not_tell_how_others_would_differ() -> None:
    assert of([62.5]).interval is None
    assert of([62.5], invited=9).interval is None
    assert of([62.5]).p is None


def test_people_who_all_say_the_same_do_not_tell_how_the_silent_would_differ() -> None:
    assert of([400 / 7] * 12, invited=20).interval is None
    assert of([400 / 7] * 12).interval is None


@pytest.mark.parametrize("wrong", [-0.1, 100.1, float("nan")])
def test_a_composite_off_the_scale_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        mean([50.0, wrong])


def test_fewer_invited_than_answered_is_refused() -> None:
    with pytest.raises(ValueError, match="invited"):
        mean(ONE, invited=11)


@given(people, st.one_of(st.none(), st.integers(0, 60)))
def test_an_interval_lies_within_the_scale_around_the_mean(composites: list[float], silent: int | None) -> None:
    found = of(composites, None if silent is None else len(composites) + silent)
    if found.interval:
        assert 0 <= found.interval.low <= found.value <= found.interval.high <= 100


def test_a_gap_is_scipys_welch() -> None:
    theirs = stats.ttest_ind(ONE, OTHER, equal_var=False)
    low, high = theirs.confidence_interval(0.95)
    ours = between(of(ONE), of(OTHER))
    assert ours.value == pytest.approx(sum(ONE) / 12 - sum(OTHER) / 8, abs=1e-12)
    assert ours.degrees == pytest.approx(theirs.df, abs=1e-9)
    assert ours.p == pytest.approx(theirs.pvalue, abs=1e-9)
    assert interval(ours).low == pytest.approx(low, abs=1e-9)
    assert interval(ours).high == pytest.approx(high, abs=1e-9)


@given(differing, differing)
def test_a_gap_is_scipys_welch_whatever_the_groups(one: list[float], other: list[float]) -> None:
    theirs, ours = stats.ttest_ind(one, other, equal_var=False), between(of(one), of(other))
    assert ours.p == pytest.approx(theirs.pvalue, abs=1e-9)
    assert ours.degrees == pytest.approx(theirs.df, rel=1e-9)
    assert -100 <= interval(ours).low <= ours.value <= interval(ours).high <= 100


@given(people, people)
def test_a_gap_turned_round_is_the_same_with_the_other_sign(one: list[float], other: list[float]) -> None:
    there, back = between(of(one), of(other)), between(of(other), of(one))
    assert (there.value, there.variance, there.p) == (-back.value, back.variance, back.p)


def test_a_gap_between_groups_of_one_mind_each_is_a_number_without_a_claim() -> None:
    found = between(of([75.0] * 12), of([50.0] * 12))
    assert (found.value, found.interval, found.p) == (25, None, None)


def test_a_gap_is_exact_when_everybody_on_both_sides_answered() -> None:
    found = between(of([75.0] * 12, 12), of(OTHER, 8))
    assert found.interval == Interval(found.value, found.value)
    assert found.p == 0
    assert between(of(OTHER, 8), of(OTHER, 8)).p == 1


def test_a_side_where_everybody_answered_adds_no_uncertainty() -> None:
    found = between(of(ONE, 12), of(OTHER, 20))
    assert found.variance == of(OTHER, 20).variance
    assert found.degrees == pytest.approx(7)


def test_the_index_gives_the_functions_equal_weight_however_many_answered() -> None:
    found = index(of(ONE * 5), of(OTHER))
    assert found is not None
    assert found.value == pytest.approx((sum(ONE) / 12 + sum(OTHER) / 8) / 2, abs=1e-12)


def test_the_interval_of_the_index_is_half_as_wide_as_that_of_the_gap() -> None:
    """The variance of (a + b)/2 is a quarter of that of a - b, with the same degrees of freedom."""
    apart, found = between(of(ONE, 16), of(OTHER, 12)), index(of(ONE, 16), of(OTHER, 12))
    assert found is not None
    assert interval(found).high - interval(found).low == pytest.approx(
        (interval(apart).high - interval(apart).low) / 2, abs=1e-9
    )


def test_there_is_no_index_and_no_gap_without_one_of_the_functions() -> None:
    assert index(of(ONE), None) is None
    assert gap(None, of(OTHER)) is None
    assert weighted((0.5, None), (0.5, None)) is None


def test_the_number_invited_is_given_for_both_or_for_neither() -> None:
    with pytest.raises(ValueError, match="every group or for none"):
        gap(of(ONE, 16), of(OTHER))
