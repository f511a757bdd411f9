"""The questions of a report: a line for everybody and for each function, the gap between the two, and a benchmark."""

from __future__ import annotations

from collections.abc import Iterator

from bot.people import Function
from bot.surveys.benchmarks import Benchmarks
from bot.surveys.questions import Kind, Question
from bot.surveys.release import Cell, Figure, Published, Release
from bot.surveys.report import words
from bot.surveys.report.values import Bar, Benchmark, Item, Line
from bot.surveys.statistics.comparing import COMPARED_FROM

PROCUREMENT, DIGITAL = Function.PROCUREMENT, Function.DIGITAL
NAMES = {PROCUREMENT: "procurement", DIGITAL: "digital"}


def items(release: Release, published: Published, benchmarks: Benchmarks | None) -> Iterator[Item]:
    """Every closed question of a round of which anything may be said."""
    for question in release.questions:
        cells = [cell for cell in published.cells if cell.question == question.key]
        if cells:
            yield _item(release, published, question, cells, benchmarks)


def _item(
    release: Release, published: Published, question: Question, cells: list[Cell], benchmarks: Benchmarks | None
) -> Item:
    withheld = {size.group for size in published.sizes if size.withheld}
    lines = tuple(_line(question, cell) for cell in cells if cell.group not in withheld)
    gap = _gap(published, question.key)
    return Item(
        key=question.key,
        version=question.version,
        text=words.text_of(question, release.period),
        kind=question.kind,
        in_index=question.index,
        lines=lines,
        gap=words.difference(gap) if gap else None,
        gap_sentence=_gap_sentence(published, question.key, gap),
        benchmark=_benchmark(question, cells[0], benchmarks),
    )


def _line(question: Question, cell: Cell) -> Line:
    label = words.LABELS[cell.group]
    if cell.withheld:
        reason = words.why(cell.withheld)
        return Line(cell.group, label, None, sentence=f"{label}: {reason}.", why=reason, reason=cell.withheld.reason)
    bars = tuple(_bars(question, cell))
    return Line(
        cell.group,
        label,
        cell.n,
        shown=words.percent(cell.favourable) if cell.favourable else None,
        bars=bars,
        strip=words.strip(cell.percents) if cell.percents and question.kind is Kind.RATING else "",
        sentence=f"{label}: {_said(question, cell, bars)}",
    )


def _bars(question: Question, cell: Cell) -> Iterator[Bar]:
    """A bar for each answer in the question's order; where several may be chosen, the most chosen first."""
    percents, counts = cell.percents or {}, cell.counts or {}
    values = [value for value in question.values if value in percents]
    if question.kind is Kind.CHOICES:
        values.sort(key=lambda value: -percents[value])
    for value in values:
        yield Bar(value, question.label(value), percents[value], counts[value], words.drawn(percents[value]))


def _said(question: Question, cell: Cell, bars: tuple[Bar, ...]) -> str:
    answers = words.count(cell.n, "answer")
    if cell.mostly:
        side = "favourable" if cell.mostly > 0 else "unfavourable"
        return f"mostly {side}, {answers}. In so small a group no more is said when nearly all agree."
    parts = ", ".join(f"{bar.label[0].lower()}{bar.label[1:]} {bar.percent}%" for bar in bars)
    if cell.favourable:
        return f"{words.percent(cell.favourable).text} agree, {answers}." + (f" In parts: {parts}." if parts else "")
    if cell.mean is not None:
        return f"{cell.mean // 10}.{cell.mean % 10} of 10 on average, {answers}."
    return f"{parts}; {words.people(cell.n)} answered."


def _sides(published: Published, key: str) -> tuple[Cell, Cell] | None:
    """Both functions' cells, where both are shown and large enough to be compared."""
    one, other = published.cell(key, PROCUREMENT), published.cell(key, DIGITAL)
    if one and other and one.favourable and other.favourable and min(one.n, other.n) >= COMPARED_FROM:
        return one, other
    return None


def _gap(published: Published, key: str) -> Figure | None:
    return (published.gaps or {}).get(key) if _sides(published, key) else None


def _gap_sentence(published: Published, key: str, gap: Figure | None) -> str:
    if gap is None:
        both = key in (published.gaps or {})
        return f"Not compared: that takes {COMPARED_FROM} answers from each profession." if both else ""
    if not gap.direction:
        return "No clear difference between procurement and digital."
    ahead = NAMES[PROCUREMENT if gap.direction > 0 else DIGITAL].capitalize()
    if key in published.flagged:
        return f"{ahead} is more favourable, by {words.size_of(gap)}."
    return (
        f"{ahead} is more favourable by {words.size_of(gap)} among those who answered. "
        "Where so many questions are looked at, that can be chance."
    )


def _benchmark(question: Question, whole: Cell, benchmarks: Benchmarks | None) -> Benchmark | None:
    """What a published survey found, beside a share of our own; never beside nothing."""
    found = benchmarks.item(question.benchmark) if benchmarks and question.benchmark else None
    if benchmarks is None or found is None or whole.favourable is None:
        return None
    share = int(found.median[found.year] + 0.5)
    name = f"{benchmarks.name} {found.year}, question {found.code}"
    return Benchmark(
        name,
        share,
        f"For comparison, {name}: {share}% answered {found.positive}. {benchmarks.caveat}",
        benchmarks.source.url or benchmarks.source.title,
    )
