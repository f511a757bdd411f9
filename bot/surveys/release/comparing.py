"""Procurement beside digital: the balanced index, the gaps, and how each sees itself and is seen.

Made only of what is shown of both. The number invited is left out: what is asked is whether the two differ for a
reason, not whether those who were asked happened to on the day (Cochran 1977, *Sampling Techniques*, 2.14).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.people import Function
from bot.surveys.questions import Kind, Question
from bot.surveys.release.planning import Counted, Plan
from bot.surveys.release.rounding import Grain
from bot.surveys.release.splitting import PAIR
from bot.surveys.release.tallies import Tally
from bot.surveys.release.values import Figure, Mirror
from bot.surveys.statistics import comparing, composites, shares

ONE, OTHER = Function.PROCUREMENT, Function.DIGITAL


@dataclass(frozen=True)
class Compared:
    """The two functions side by side, as Published holds it."""

    balanced: Figure | None
    gap: Figure | None
    gaps: Mapping[str, Figure]
    flagged: tuple[str, ...]
    mirrors: tuple[Mirror, ...]


def compared(counts: Counted, plan: Plan, grain: Grain) -> Compared:
    """What may be said of procurement beside digital. A function that is not shown is not compared."""
    balanced, gap = _indices(counts, plan, grain)
    rated = {
        question.key: {each: parted.functions[each] for each in PAIR}
        for question, parted in counts.questions.items()
        if question.kind is Kind.RATING and plan.questions[question.key].functions >= PAIR
    }
    gaps = {key: _difference(sides[ONE], sides[OTHER], grain) for key, sides in rated.items()}
    return Compared(balanced, gap, gaps, _flagged(rated, plan), tuple(_mirrors(counts, rated, grain)))


def _indices(counts: Counted, plan: Plan, grain: Grain) -> tuple[Figure | None, Figure | None]:
    if not plan.index.functions >= PAIR:
        return None, None
    one, other = (composites.mean(counts.scores.functions[each].values) for each in (ONE, OTHER))
    balanced, gap = composites.index(one, other), composites.gap(one, other)
    return grain.estimate(balanced) if balanced else None, grain.estimate(gap) if gap else None


def _difference(one: Tally, other: Tally, grain: Grain) -> Figure:
    difference = shares.newcombe(shares.share(one.favourable, one.n), shares.share(other.favourable, other.n))
    if difference is None:
        raise ValueError("a side without answers cannot be compared")
    return grain.difference(difference)


def _flagged(rated: Mapping[str, Mapping[Function, Tally]], plan: Plan) -> tuple[str, ...]:
    """The questions on which the two differ beyond what chance gives when so many are looked at."""
    looked_at = [
        key
        for key, sides in rated.items()
        if key in plan.split_detail and comparing.may_flag_items(sides[ONE].n, sides[OTHER].n)
    ]
    dominances = [comparing.dominance(_ratings(rated[key][ONE]), _ratings(rated[key][OTHER])) for key in looked_at]
    stand = comparing.survivors([each.p if each else None for each in dominances])
    return tuple(key for key, stands in zip(looked_at, stand, strict=True) if stands)


def _ratings(tally: Tally) -> list[float]:
    return [float(value) for value, count in tally.counts.items() for _ in range(count)]


def _mirrors(counts: Counted, rated: Mapping[str, Mapping[Function, Tally]], grain: Grain) -> Iterator[Mirror]:
    for own in counts.questions:
        if own.key in rated and own.mirrors in rated:
            yield from (_mirror(own, rated, each, grain) for each in (ONE, OTHER))


def _mirror(own: Question, rated: Mapping[str, Mapping[Function, Tally]], function: Function, grain: Grain) -> Mirror:
    other = OTHER if function is ONE else ONE
    itself, seen = rated[own.key][function], rated[own.mirrors][other]
    return Mirror(
        own.mirrors,
        own.key,
        function,
        grain.share(_share(itself)),
        grain.share(_share(seen)),
        _difference(itself, seen, grain),
    )


def _share(tally: Tally) -> shares.Share:
    share = shares.share(tally.favourable, tally.n)
    if share is None:
        raise ValueError("nobody answered")
    return share
