"""Student's t distribution from the standard library, right to ten digits for up to a million degrees of freedom."""

from __future__ import annotations

import math
from statistics import NormalDist

_STEPS = 100_000  # about the square root of the degrees of freedom is enough
_SMALLEST = 1e-300
_CLOSE = 1e-15


def two_sided(t: float, degrees: float) -> float:
    """The chance that Student's t is at least as far from nought as `t`, on either side.

    It is the regularised incomplete beta function I_x(degrees/2, 1/2) with x = degrees/(degrees + t²)
    (Abramowitz & Stegun 1964, 26.7.1 and 26.5.2). Degrees of freedom need not be whole. Raises ValueError when they
    are not above nought.
    """
    if not degrees > 0:
        raise ValueError(f"degrees of freedom must be above nought, not {degrees}")
    ratio = t * t / degrees
    if math.isinf(ratio):
        return 0.0
    if ratio == 0:
        return 1.0
    half, x = degrees / 2, 1 / (1 + ratio)
    front = math.exp(-half * math.log1p(ratio) + math.log(ratio * x) / 2 - _log_beta(half))
    if x < (half + 1) / (half + 2.5):
        return min(1.0, front * _fraction(half, 0.5, x) / half)
    return 1 - 2 * front * _fraction(0.5, half, ratio * x)


def quantile(p: float, degrees: float) -> float:
    """The value below which Student's t lies with chance `p`. Raises ValueError unless 0 < p < 1.

    Newton's method from the normal quantile: the tail is convex and Student's is the heavier, so each step goes
    outwards and none goes too far.
    """
    if not 0 < p < 1:
        raise ValueError(f"a chance must lie between nought and one, not {p}")
    outside = 2 * min(p, 1 - p)
    t = -NormalDist().inv_cdf(outside / 2)
    while t > 0:
        step = (two_sided(t, degrees) - outside) / (2 * _density(t, degrees))
        if step <= _CLOSE * t:
            break
        t += step
    return math.copysign(t, p - 0.5)


def _density(t: float, degrees: float) -> float:
    return math.exp(-(degrees + 1) / 2 * math.log1p(t * t / degrees) - _log_beta(degrees / 2)) / math.sqrt(degrees)


def _log_beta(a: float) -> float:
    """The logarithm of the beta function B(a, 1/2).

    For large `a` the difference of two log-gammas loses digits, so it is taken from its series
    (Abramowitz & Stegun 1964, 6.1.40).
    """
    if a < 20:
        return math.lgamma(a) + math.lgamma(0.5) - math.lgamma(a + 0.5)
    series = 1 / (8 * a) - 1 / (192 * a**3) + 1 / (640 * a**5) - 17 / (14336 * a**7)
    return math.lgamma(0.5) - math.log(a) / 2 + series


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method.

    Press, Teukolsky, Vetterling & Flannery 2007, *Numerical Recipes*, 6.4.
    """
    c, d = 1.0, 1 / _not_nought(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _not_nought(1 + even * d), _not_nought(1 + even / c)
        result *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _not_nought(1 + odd * d), _not_nought(1 + odd / c)
        result *= d * c
        if abs(d * c - 1) <= _CLOSE:
            break
    return result


def _not_nought(value: float) -> float:
    return value if abs(value) > _SMALLEST else _SMALLEST
