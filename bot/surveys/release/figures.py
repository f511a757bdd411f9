"""The figures of one question or of the index, for the groups for which they may be shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.surveys.questions import Kind, Question
from bot.surveys.release.planning import Plan, fewest
from bot.surveys.release.rounding import Grain
from bot.surveys.release.splitting import SMALL, Showing
from bot.surveys.release.tallies import Parted, Scores, Tally
from bot.surveys.release.values import Cell, Figure, Group, Index, Reason, Withheld
from bot.surveys.statistics import composites, shares
from bot.surveys.statistics.shares import Interval


@dataclass(frozen=True)
class Terms:
    """By what one set of figures is made. `invited` has a number for every group, or for everybody alone."""

    threshold: int
    grain: Grain
    invited: Mapping[Group, int]


def cells(question: Question, parted: Parted[Tally], plan: Plan, terms: Terms) -> Iterator[Cell]:
    """A closed question's cells: everybody's, then each function's."""
    shown, needed = plan.questions[question.key], fewest(question, terms.threshold)
    if not shown.whole:
        yield Cell(question.key, question.version, None, withheld=Withheld(shown.reason, needed))
    elif shown.is_alike:
        yield _almost_of_one_mind(question, parted.whole, terms)
    else:
        yield _cell(question, None, parted.whole, terms, in_detail=question.key in plan.whole_detail)
    for function, part in parted.functions.items():
        if function in shown.functions:
            yield _cell(question, function, part, terms, in_detail=question.key in plan.split_detail)
        else:
            yield Cell(question.key, question.version, function, withheld=_why(part, shown, needed))


def _why(part: Tally | Scores, shown: Showing, needed: int) -> Withheld:
    is_few = part.n < needed and shown.reason is not Reason.CLOSE
    return Withheld(Reason.FEW if is_few else shown.reason, needed)


def _almost_of_one_mind(question: Question, tally: Tally, terms: Terms) -> Cell:
    mostly = 1 if 2 * tally.favourable > tally.n else -1
    return Cell(question.key, question.version, None, terms.grain.whole(tally.n), mostly=mostly)


def _cell(question: Question, group: Group, tally: Tally, terms: Terms, *, in_detail: bool) -> Cell:
    grain = terms.grain
    favourable, bounds = _share(tally, group, terms) if question.kind is Kind.RATING else (None, None)
    return Cell(
        question.key,
        question.version,
        group,
        grain.whole(tally.n),
        favourable=favourable,
        bounds=bounds,
        counts=grain.counts(tally.counts) if in_detail else None,
        percents=grain.percents(tally.counts, tally.n) if in_detail else None,
        mean=_mean(tally, grain) if question.kind is Kind.SCORE else None,
    )


def _share(tally: Tally, group: Group, terms: Terms) -> tuple[Figure | None, tuple[int, int] | None]:
    invited = terms.invited.get(group)
    share = shares.share(tally.favourable, tally.n, invited)
    bounds = shares.bounds(tally.favourable, tally.n, invited) if group is None else None
    return terms.grain.share(share) if share else None, terms.grain.span(bounds) if bounds else None


def _mean(tally: Tally, grain: Grain) -> int:
    total = sum(int(value) * count for value, count in tally.counts.items())
    return grain.whole(10 * total / tally.n)


def indices(parted: Parted[Scores], plan: Plan, terms: Terms) -> Iterator[Index]:
    """The index of everybody, then of each function."""
    shown = plan.index
    if shown.is_alike:
        yield Index(None, withheld=Withheld(Reason.ALIKE, SMALL))
    elif shown.whole:
        yield _index(None, parted.whole, terms)
    else:
        yield Index(None, withheld=Withheld(shown.reason, terms.threshold))
    for function, part in parted.functions.items():
        if function in shown.functions:
            yield _index(function, part, terms)
        else:
            yield Index(function, withheld=_why(part, shown, terms.threshold))


def _index(group: Group, scores: Scores, terms: Terms) -> Index:
    estimate = composites.mean(scores.values, terms.invited.get(group))
    variance = composites.sample_variance(scores.values) if scores.n >= SMALL else None
    return Index(
        group,
        terms.grain.whole(scores.n),
        terms.grain.estimate(estimate) if estimate else None,
        bounds=_bounds(scores, terms) if group is None else None,
        spread=None if variance is None else terms.grain.whole(math.sqrt(variance)),
    )


def _bounds(scores: Scores, terms: Terms) -> tuple[int, int] | None:
    """The whole's index if all who are silent were at 0, and if all were at 100 (Manski 1989, see shares.bounds)."""
    invited = terms.invited.get(None)
    if not invited:
        return None
    total = math.fsum(scores.values)
    return terms.grain.span(Interval(total / invited, (total + 100 * (invited - scores.n)) / invited), 1.0)
