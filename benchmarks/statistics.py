"""Our statistics beside SciPy's, and how often they are wrong by design. `python -m benchmarks.statistics`"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from statistics import NormalDist
from typing import TypeVar

from scipy import stats

from bot.surveys.statistics.changing import Call, change
from bot.surveys.statistics.comparing import adjusted, dominance
from bot.surveys.statistics.composites import composite, gap, mean
from bot.surveys.statistics.shares import detectable_gap, newcombe, share
from bot.surveys.statistics.student import quantile

ONE = [75.0, 50.0, 85.7, 64.3, 25.0, 71.4, 67.9, 53.6, 60.7, 42.9, 78.6, 57.1]
OTHER = [39.3, 46.4, 28.6, 67.9, 50.0, 35.7, 53.6, 42.9]
P_VALUES = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719]
YEARS = 500
Value = TypeVar("Value")
Row = tuple[str, float, float]


def known(value: Value | None) -> Value:
    """What is there for these figures, though it need not be for others."""
    if value is None:
        raise ValueError("nothing to compare")
    return value


def beside_scipy() -> Iterator[Row]:
    """What is worked out, ours, SciPy's."""
    for degrees in (1, 5.5, 11, 1e6):
        yield f"t quantile 0.975, {degrees:g} degrees", quantile(0.975, degrees), stats.t.ppf(0.975, degrees)
    wilson = stats.binomtest(10, 14).proportion_ci(method="wilson")
    for name, invited in (("not known", None), ("10¹²", 10**12)):
        found = known(share(10, 14, invited)).interval
        yield f"Wilson low, 10 of 14, invited {name}", found.low, wilson.low
        yield f"Wilson high, 10 of 14, invited {name}", found.high, wilson.high
    ours = known(known(mean(ONE)).interval)
    theirs = stats.ttest_1samp(ONE, 0).confidence_interval(0.95)
    yield "composite's t interval, low", ours.low, theirs.low
    yield "composite's t interval, high", ours.high, theirs.high
    yield from _two_groups()
    corrected = stats.false_discovery_control(P_VALUES)
    yield from (
        (f"Benjamini–Hochberg, p {P_VALUES[at]}", known(adjusted(P_VALUES)[at]), corrected[at]) for at in (3, 8)
    )


def _two_groups() -> Iterator[Row]:
    welch, ours = stats.ttest_ind(ONE, OTHER, equal_var=False), known(gap(mean(ONE), mean(OTHER)))
    theirs, interval = welch.confidence_interval(0.95), known(ours.interval)
    yield "Welch, degrees of freedom", ours.degrees, welch.df
    yield "Welch, gap's low end", interval.low, theirs.low
    yield "Welch, gap's high end", interval.high, theirs.high
    yield "Welch, p", known(ours.p), welch.pvalue
    ranks = known(dominance(ONE, OTHER))
    yield "Brunner–Munzel, p", known(ranks.p), stats.brunnermunzel(OTHER, ONE).pvalue
    u = stats.mannwhitneyu(ONE, OTHER).statistic
    yield "Cliff's delta, from Mann–Whitney's U", ranks.delta, 2 * u / len(ONE) / len(OTHER) - 1


def beside_paper() -> Iterator[Row]:
    """Newcombe 1998, table II, method 10: four digits are printed there."""
    table = {(56, 70, 48, 80): (0.0524, 0.3339), (9, 10, 3, 10): (0.1705, 0.8090), (5, 56, 0, 29): (-0.0381, 0.1926)}
    for (a, m, b, n), (low, high) in table.items():
        found = known(newcombe(share(a, m), share(b, n))).interval
        yield f"Newcombe low, {a}/{m} less {b}/{n}", found.low, low
        yield f"Newcombe high, {a}/{m} less {b}/{n}", found.high, high


def answers(rng: random.Random, mood: float = 0.0) -> list[int | None]:
    """One person's seven answers, correlated by half, about 60 % favourable."""
    person = rng.gauss(mood, 1) * 0.5**0.5
    cuts = [NormalDist().inv_cdf(p) for p in (0.06, 0.18, 0.40, 0.80)]
    return [1 + sum(person + rng.gauss(0, 1) * 0.5**0.5 > cut for cut in cuts) for _ in range(7)]


def round_of(rng: random.Random, n: int, mood: float = 0.0) -> list[float]:
    """The composites of so many people."""
    return [each for _ in range(n) if (each := composite(answers(rng, mood))) is not None]


def a_year_calls(rng: random.Random, rule: Callable[[Call], bool], mood: float = 0.0, n: int = 20) -> bool:
    """Whether anything is called in twelve rounds, of which all after the third have this mood."""
    rounds = [mean(round_of(rng, n, mood if number > 2 else 0.0)) for number in range(12)]
    found = [change(rounds[: end + 1]) for end in range(12)]
    return any(each is not None and rule(each.call) for each in found)


def coverage(rng: random.Random, favourable: int, invited: int, answered: int, *, corrected: bool) -> float:
    """How often Wilson's interval holds the true share when so many of those invited answer."""
    crowd, held = [1] * favourable + [0] * (invited - favourable), 0
    for _ in range(2000):
        found = known(share(sum(rng.sample(crowd, answered)), answered, invited if corrected else None)).interval
        held += found.low <= favourable / invited <= found.high
    return held / 2000


def simulated() -> Iterator[tuple[str, float]]:
    """What was simulated, and how often it happened."""
    rng = random.Random(7)  # noqa: S311  # repeatable, nothing secret
    for corrected, name in ((False, "plain Wilson"), (True, "Wilson on effective n")):
        shares = [coverage(rng, favourable, 20, 14, corrected=corrected) for favourable in range(4, 19, 2)]
        yield f"{name}, 14 of 20 answer: lowest coverage over true shares 20 to 90 %", min(shares)
    quiet = [a_year_calls(rng, lambda call: call is Call.CHANGED) for _ in range(YEARS)]
    yield "a year of 20 people without any change: “changed” at least once", sum(quiet) / YEARS
    once = [a_year_calls(rng, lambda call: call is not Call.STEADY) for _ in range(YEARS)]
    yield "the same: anything but “steady” at least once", sum(once) / YEARS
    fallen = [a_year_calls(rng, lambda call: call is Call.CHANGED, mood=-1.1) for _ in range(YEARS // 5)]
    yield "a year with a true fall of about 30 points favourable: “changed” is called", sum(fallen) / len(fallen)


def main() -> None:
    """Print the tables."""
    for title, rows, digits in (("SciPy", beside_scipy(), 12), ("the paper", beside_paper(), 4)):
        print(f"| | ours | {title} | apart |\n|---|---:|---:|---:|")
        for name, ours, theirs in rows:
            print(f"| {name} | {ours:.{digits}f} | {theirs:.{digits}f} | {abs(ours - theirs):.0e} |")
        print()
    print("| smallest gap to be told from none, at 75 % | points |\n|---|---:|")
    for n in (12, 20, 40, 80):
        print(f"| {n} a side | {100 * known(detectable_gap(n, n)):.1f} |")
    print("\n| simulated | how often |\n|---|---:|")
    for name, often in simulated():
        print(f"| {name} | {often:.1%} |")


if __name__ == "__main__":
    main()
