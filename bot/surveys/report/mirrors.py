"""How each function sees itself beside how the other sees it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.people import Function
from bot.surveys.release import Mirror, Published, Release
from bot.surveys.report import words
from bot.surveys.report.values import MirrorView
from bot.surveys.statistics.comparing import COMPARED_FROM

OTHER = {Function.PROCUREMENT: Function.DIGITAL, Function.DIGITAL: Function.PROCUREMENT}


def mirrors(release: Release, published: Published) -> Iterator[MirrorView]:
    """Every item on which each side was asked about itself and about the other, and both are shown."""
    for mirror in published.mirrors:
        question = release.question(mirror.question)
        if question is None:
            continue
        rated, by = words.LABELS[mirror.rated], words.LABELS[OTHER[mirror.rated]]
        text = words.text_of(question, release.period, OTHER[mirror.rated])
        direction = mirror.blind_spot.direction if _large_enough(mirror, published) else 0
        yield MirrorView(
            text=text,
            rated=rated,
            by=by,
            itself=words.percent(mirror.itself),
            by_the_other=words.percent(mirror.by_the_other),
            blind_spot=words.difference(mirror.blind_spot),
            is_blind_spot=direction > 0,
            sentence=_said(mirror, text, rated, by, direction, compared=_large_enough(mirror, published)),
        )


def _large_enough(mirror: Mirror, published: Published) -> bool:
    itself, seen = published.cell(mirror.own, mirror.rated), published.cell(mirror.question, OTHER[mirror.rated])
    return bool(itself and seen and min(itself.n, seen.n) >= COMPARED_FROM)


def _said(mirror: Mirror, text: str, rated: str, by: str, direction: int, *, compared: bool) -> str:
    seen = (
        f"“{text}” {by}: {words.percent(mirror.by_the_other).text} agree. "
        f"{rated} about itself: {words.percent(mirror.itself).text}. "
    )
    if not compared:
        return f"{seen}Not compared: that takes {COMPARED_FROM} answers from each."
    if not direction:
        return f"{seen}No clear difference."
    if direction > 0:
        return f"{seen}{rated} may have a blind spot here, of {words.size_of(mirror.blind_spot)}."
    return f"{seen}{by} is kinder here, by {words.size_of(mirror.blind_spot)}."
