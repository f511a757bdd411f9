"""Whether collaboration has changed since the first rounds, said so cautiously that a quiet year stays quiet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.surveys.statistics.composites import SCALE, Estimate, gap, weighted

BASELINE_ROUNDS = 3


class Call(StrEnum):
    """What may be said of the newest round."""

    STEADY = "steady"
    POSSIBLE = "possible change"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """The newest round less the pooled baseline, and what may be said of it."""

    call: Call
    difference: Estimate


def baseline(rounds: Sequence[Estimate | None]) -> Estimate | None:
    """The first three rounds that have a result, pooled by how many answered; None while there are fewer.

    Rounds are taken as independent. As many people answer in several, the true variance of a change is smaller, so
    this errs on the side of calling none.
    """
    first = [each for each in rounds if each is not None][:BASELINE_ROUNDS]
    if len(first) < BASELINE_ROUNDS:
        return None
    answers = sum(each.n for each in first)
    pooled = weighted(*((each.n / answers, each) for each in first))
    return pooled and replace(pooled, limits=SCALE)


def change(rounds: Sequence[Estimate | None]) -> Change | None:
    """What may be said of the last of the rounds, oldest first; None where one had no result.

    A round departs when the interval of its difference from the baseline leaves out nought. One that departs is a
    possible change; it is a change when the round just before departed the same way. In a simulated year
    without any change it is called in 2 or 3 of 100 (`python -m benchmarks.statistics`). None also while the baseline
    is being made, and when the last round has no result.

    Give means made without the number invited: to those people on that day every change is real, however small, and
    what is asked is whether something has changed for a reason (Cochran 1977, *Sampling Techniques*, 2.14). Raises
    ValueError for others.
    """
    if any(each is not None and each.invited is not None for each in rounds):
        raise ValueError("a change is judged on means made without the number invited")
    later = _after_baseline(rounds)
    if not later:
        return None
    pooled = baseline(rounds)
    before, newest = (gap(each, pooled) for each in (None, *later)[-2:])
    if newest is None:
        return None
    departs = _direction(newest)
    if not departs:
        return Change(Call.STEADY, newest)
    return Change(Call.CHANGED if _direction(before) == departs else Call.POSSIBLE, newest)


def _after_baseline(rounds: Sequence[Estimate | None]) -> Sequence[Estimate | None]:
    """The rounds that come after those of the baseline; a round without a result keeps its place."""
    with_result = [at for at, each in enumerate(rounds) if each is not None]
    return rounds[with_result[BASELINE_ROUNDS - 1] + 1 :] if len(with_result) >= BASELINE_ROUNDS else ()


def _direction(difference: Estimate | None) -> int:
    return difference.interval.direction if difference and difference.interval else 0
