"""The index over the rounds: where a line may be drawn, and whether it is a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from bot.knowledge.asof import day_in_words
from bot.people import Function
from bot.surveys.release import Figure, Group, Index, Published, Release
from bot.surveys.report import words
from bot.surveys.report.values import Change, Point, Series, Verdict
from bot.surveys.statistics import changing, composites
from bot.surveys.statistics.composites import Estimate

Choose = Callable[[Release], Published]
OTHERS_ASKED = "from here on other people are asked"
WORDED_ANEW = "from here on the questions of the index are not the same"
NOT_ASKED = "not asked"
NAMES = {1: "higher", -1: "lower"}


def label(release: Release, releases: Sequence[Release]) -> str:
    """The month in which a round closed; the day, where two closed in one month."""
    same = [each for each in releases if _month(each) == _month(release)]
    return day_in_words(release.closed_on) if len(same) > 1 else _month(release)


def _month(release: Release) -> str:
    return day_in_words(release.closed_on).split(" ", 1)[1]


def series(releases: Sequence[Release], chosen: Choose) -> Iterator[Series]:
    """The index of everybody and of each of the two functions, where it was shown in any round."""
    if any(chosen(release).balanced for release in releases):
        yield _series("balanced", "Procurement and digital weighing the same", None, releases, chosen)
    for group in (None, Function.PROCUREMENT, Function.DIGITAL):
        made = _series(group or "everybody", words.LABELS[group], group, releases, chosen)
        if any(point.shown for point in made.points):
            yield made


def _series(key: str, name: str, group: Group, releases: Sequence[Release], chosen: Choose) -> Series:
    points: list[Point] = []
    for at, release in enumerate(releases):
        shown, note = _figure(chosen(release), key, group)
        broken = _broken(releases[at - 1], release) if at else ""
        joins = bool(at and shown and points[-1].shown and not broken)
        points.append(
            Point(
                release.number,
                label(release, releases),
                release.closed_on,
                words.points(shown) if shown else None,
                joins,
                note or broken,
            )
        )
    return Series(key, name, group, tuple(points))


def _figure(published: Published, key: str, group: Group) -> tuple[Figure | None, str]:
    """A round's figure, or why there is none."""
    index = published.index(group)
    figure = published.balanced if key == "balanced" else index.figure if index else None
    if figure:
        return figure, ""
    withheld = published.withheld or (index.withheld if index else None)
    size = next((size for size in published.sizes if size.group == group), None)
    withheld = withheld or (size.withheld if size else None)
    if key == "balanced" and not published.withheld:
        return None, "procurement and digital are not both shown"
    return None, words.why(withheld) if withheld else NOT_ASKED


def _broken(before: Release, now: Release) -> str:
    """Why no line may join two rounds that follow each other; empty where one may."""
    if before.audience != now.audience:
        return OTHERS_ASKED
    return "" if _items(before) == _items(now) else WORDED_ANEW


def _items(release: Release) -> set[tuple[str, int]]:
    return {(question.key, question.version) for question in release.questions if question.index}


def change(releases: Sequence[Release], *, outside: bool) -> Change | None:
    """What may be said of the newest index beside the first three since wording and audience last changed.

    Outside the workspace it is said without figures, as all others are rounded there. None where the newest round has
    no index that could be judged.
    """
    unbroken = list(releases[-1:])
    for before, now in reversed(list(pairwise(releases))):
        if _broken(before, now):
            break
        unbroken.insert(0, before)
    rounds = _estimates(unbroken)
    if not rounds or rounds[-1] is None:
        return None
    found = changing.change(rounds)
    if found is None:
        return Change(
            Verdict.TOO_EARLY,
            f"Too early to speak of change: that takes {changing.BASELINE_ROUNDS} earlier rounds to compare with.",
        )
    return _said(found, outside=outside)


def _said(found: changing.Change, *, outside: bool) -> Change:
    interval = found.difference.interval
    if found.call is changing.Call.STEADY or interval is None:
        return Change(Verdict.STEADY, "Steady: no change since the first three rounds that could not be chance.")
    figure = Figure(round(found.difference.value), round(interval.low), round(interval.high))
    by = "" if outside else f", by {words.size_of(figure)}"
    way = NAMES[interval.direction]
    if found.call is changing.Call.CHANGED:
        return Change(Verdict.CHANGED, f"Two rounds in a row are {way} than the first three{by}.")
    ends = "The next round will tell whether it lasts."
    return Change(Verdict.POSSIBLE, f"A possible change: {way} than the first three rounds{by}. {ends}")


def _estimates(releases: Sequence[Release]) -> list[Estimate | None]:
    """The rounds' indices as they can be had from what is shown; procurement and digital weigh the same where shown."""
    insides = [release.inside for release in releases]
    if insides and insides[-1].balanced:
        return [
            composites.index(*(_estimate(each.index(side)) for side in (Function.PROCUREMENT, Function.DIGITAL)))
            for each in insides
        ]
    return [_estimate(each.index()) for each in insides]


def _estimate(index: Index | None) -> Estimate | None:
    if index is None or index.figure is None or index.spread is None:
        return None
    return Estimate(index.figure.value, index.n, None, index.spread**2 / index.n, index.n - 1)
