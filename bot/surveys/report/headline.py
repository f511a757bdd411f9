"""The first lines of a report: who answered, the index, the gap between the two, and one sentence that says it all."""

from __future__ import annotations

from bot.people import Function
from bot.surveys.questions import Kind
from bot.surveys.release import Figure, Index, Published, Reason
from bot.surveys.report import words
from bot.surveys.report.values import Change, Item, Line, Verdict
from bot.surveys.round import response_rate
from bot.surveys.statistics.comparing import COMPARED_FROM

PROCUREMENT, DIGITAL = Function.PROCUREMENT, Function.DIGITAL
SIDES = {1: ("procurement", "digital"), -1: ("digital", "procurement")}


def participation(published: Published) -> str:
    """Who answered, of how many."""
    whole = published.sizes[0]
    about = "About " if published.rounded_to > 1 else ""
    if whole.n is None:
        few = whole.withheld is not None and whole.withheld.reason is Reason.FEW
        return f"Fewer than {published.threshold} people answered." if few else "How many answered is not shown."
    if whole.invited is None:
        return f"{about}{words.people(whole.n)} answered. How many were asked is not known."
    if not whole.invited:
        return "Nobody was asked."
    if not whole.n:
        return f"Nobody answered. {words.people(whole.invited)} {'was' if whole.invited == 1 else 'were'} asked."
    share = response_rate(whole.n, whole.invited)
    return f"{about}{whole.n:,} of {about.lower()}{words.people(whole.invited)} answered ({share}%)."


def bounds(published: Published) -> str:
    """How far the silent could move the index of everybody; empty where nobody is silent or there is no index."""
    whole = published.index()
    if whole is None or whole.figure is None or whole.bounds is None or whole.bounds[0] == whole.bounds[1]:
        return ""
    low, high = whole.bounds
    return (
        f"Had those who are silent rated everything at worst, the index of everybody would be {low}; at best, {high}."
    )


def sizes(published: Published) -> tuple[Line, ...]:
    """How many answered, of everybody and of each function."""
    lines = []
    for size in published.sizes:
        label = words.LABELS[size.group]
        reason = words.why(size.withheld) if size.withheld else ""
        said = reason or words.people(size.n or 0) + (f" of {size.invited}" if size.invited else "")
        lines.append(
            Line(
                size.group,
                label,
                size.n,
                sentence=f"{label}: {said}.",
                why=reason,
                reason=size.withheld.reason if size.withheld else None,
            )
        )
    return tuple(lines)


def indices(published: Published) -> tuple[Line, ...]:
    """The index of everybody and of each function by which the round is split."""
    withheld = {size.group for size in published.sizes if size.withheld}
    return tuple(_index(index) for index in published.indices if index.group not in withheld)


def _index(index: Index) -> Line:
    label = words.LABELS[index.group]
    if index.withheld or index.figure is None:
        reason = words.why(index.withheld) if index.withheld else "no answers"
        why = index.withheld.reason if index.withheld else Reason.NONE
        return Line(index.group, label, None, sentence=f"{label}: {reason}.", why=reason, reason=why)
    shown = words.points(index.figure)
    said = f"{label}: {shown.text} out of 100, from {words.people(index.n)}."
    return Line(index.group, label, index.n, shown, sentence=said)


def index_sentence(published: Published) -> str:
    """What the index is of."""
    if published.balanced:
        return f"With procurement and digital weighing the same: {words.points(published.balanced).text} out of 100."
    whole = published.index()
    if whole is None or whole.figure is None:
        return ""
    return "Each person weighs the same in it." if len(published.sizes) > 1 else ""


def gap(published: Published) -> Figure | None:
    """The gap between the two indices, where it may be spoken of."""
    one, other = published.index(PROCUREMENT), published.index(DIGITAL)
    if not (published.gap and one and other and min(one.n, other.n) >= COMPARED_FROM):
        return None
    return published.gap


def gap_sentence(published: Published) -> str:
    """What may be said of procurement beside digital; empty where the round is not split."""
    if len(published.sizes) < 2 or not published.indices:
        return ""
    shown = gap(published)
    if shown:
        return _gap_said(shown)
    if published.gap:
        return f"Procurement and digital are not compared: that takes {COMPARED_FROM} answers from each."
    return "Procurement and digital are not compared, because at least one of them is not shown."


def _gap_said(shown: Figure) -> str:
    if not shown.direction:
        return f"No clear difference between procurement and digital: {words.difference(shown).text} points."
    ahead, behind = SIDES[shown.direction]
    return f"{ahead.capitalize()} rates working together higher than {behind}, by {words.size_of(shown)}."


def headline(published: Published, items: tuple[Item, ...], change: Change | None) -> str:
    """The one sentence: no more than the intervals allow."""
    if published.withheld:
        return _nothing(published)
    whole = published.index()
    of = published.balanced or (whole.figure if whole else None)
    if of is None:
        return _of_questions(items) or _of_a_small_group(published)
    said = f"Working together is rated {words.points(of).text} out of 100"
    shown = gap(published)
    if shown and shown.direction:
        ahead, behind = SIDES[shown.direction]
        said += f", and {ahead} rates it higher than {behind}"
    elif shown:
        said += ", with no clear difference between procurement and digital"
    if change and change.verdict is Verdict.CHANGED:
        return f"{said}. {change.sentence}"
    return f"{said}."


def _nothing(published: Published) -> str:
    withheld = published.withheld
    if withheld is None or withheld.reason is Reason.NONE:
        return "Nobody answered, so there is nothing to show."
    return {
        Reason.FEW: f"Too few people answered to show results: that takes {withheld.threshold}.",
        Reason.CLOSE: "The answers are too close to an earlier round’s to be shown beside them.",
    }.get(withheld.reason, "The results could not be made, so nothing is shown. Ask whoever looks after the bot.")


def _of_questions(items: tuple[Item, ...]) -> str:
    """Where there is no index, the first thing that may be said of a question."""
    for item in items:
        line = item.everybody if item.lines else None
        if line and line.shown and item.kind is Kind.RATING:
            return f"“{item.text}” {line.shown.text} agree."
        if line and line.bars and item.kind in (Kind.CHOICE, Kind.CHOICES):
            top = max(bar.percent for bar in line.bars)
            first = [f"“{bar.label}”" for bar in line.bars if bar.percent == top]
            return f"Chosen most for “{item.text}”: {words.joined(first)}, {top}%{' each' if len(first) > 1 else ''}."
        if line and line.bars:
            return f"“{item.text}” {line.sentence.removeprefix('Everybody: ')}"
    if any(line.shown or line.bars for item in items for line in item.lines):
        return "The results are shown by profession."
    return ""


def _of_a_small_group(published: Published) -> str:
    """Where nothing but the leaning of a few may be shown."""
    leanings = {cell.mostly for cell in published.cells if cell.group is None and cell.mostly}
    if not leanings:
        return "Too few people answered any one question to show its results."
    how = {frozenset({1}): ", and favourably", frozenset({-1}): ", and unfavourably"}.get(frozenset(leanings), "")
    return f"Nearly all of a small group answered alike{how}. More would tell what each of them said."
