"""Student's t against SciPy's, and where it must behave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bot.surveys.statistics.student import quantile, two_sided

DEGREES = (1, 1.5, 2, 2.7, 3, 5, 9.9, 11, 19.5, 39.9, 40, 40.1, 100, 1000, 12345.6, 1e5, 1e6)


@pytest.mark.parametrize("degrees", DEGREES)
@pytest.mark.parametrize("p", [1e-6, 0.025, 0.05, 0.5, 0.5001, 0.6, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999999])
def test_a_quantile_is_scipys(p: float, degrees: float) -> None:
    assert quantile(p, degrees) == pytest.approx(stats.t.ppf(p, degrees), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("degrees", DEGREES)
@pytest.mark.parametrize("t", [0.0, 0.01, 0.3, 0.9, 1.0, 1.5, 1.7, 1.9, 2.0, 3.0, 5.0, 8.0, 30.0, 1e5])
def test_a_tail_is_scipys(t: float, degrees: float) -> None:
    assert two_sided(t, degrees) == pytest.approx(2 * stats.t.sf(t, degrees), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(
    ("p", "degrees", "tabled"), [(0.975, 1, 12.706), (0.975, 5, 2.571), (0.95, 10, 1.812), (0.995, 30, 2.750)]
)
def test_a_quantile_is_that_of_the_printed_tables(p: float, degrees: float, tabled: float) -> None:
    """Fisher & Yates 1963, table III."""
    assert round(quantile(p, degrees), 3) == tabled


@given(p=st.floats(1e-9, 1 - 1e-9), degrees=st.floats(1, 1e6))
def test_a_quantile_and_its_tail_agree(p: float, degrees: float) -> None:
    assert two_sided(quantile(p, degrees), degrees) == pytest.approx(2 * min(p, 1 - p), rel=1e-9)


@given(t=st.floats(0, 1e300), degrees=st.floats(1, 1e6))
def test_a_tail_is_a_chance_and_the_same_on_both_sides(t: float, degrees: float) -> None:
    assert 0 <= two_sided(t, degrees) == two_sided(-t, degrees) <= 1


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, float("nan")])
def test_what_is_no_chance_has_no_quantile(p: float) -> None:
    with pytest.raises(ValueError, match="chance"):
        quantile(p, 5)


@pytest.mark.parametrize("degrees", [0, -1, float("nan")])
def test_there_are_no_degrees_of_freedom_below_nought(degrees: float) -> None:
    with pytest.raises(ValueError, match="degrees"):
        two_sided(1, degrees)
