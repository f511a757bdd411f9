"""The findings as text and tables; each chart stands above the table that says the same."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from bot.site.markup import Markup, listed, outward, table, tag
from bot.surveys.charts import Chart
from bot.surveys.questions import Kind
from bot.surveys.report import Item, Line, Report, Series, Worded

FOLDER = "charts"
NOTHING = "–"
CAPTION = "In per cent of those who gave an answer"
WHOLE = {Kind.RATING: "Agree", Kind.SCORE: "On average"}


def who(report: Report) -> Iterator[Markup]:
    """How many answered, of everybody and of each function."""
    rows = [(line.label, _number(line.n), _words(line)) for line in report.sizes]
    yield table("How many people answered", ("Who", "Answered", "In words"), rows)


def index(report: Report, charts: Sequence[Chart]) -> Iterator[Markup]:
    """The index, the gap between the two functions, and both over the rounds."""
    if report.indices:
        rows = [(line.label, _number(line.n), _figure(line)) for line in report.indices]
        yield table("The collaboration index, from 0 to 100", ("Who", "Answered", "Index"), rows)
    for sentence in (report.index_sentence, report.gap_sentence):
        if sentence:
            yield tag("p", sentence)
    if _gap_rows(report):
        yield from _pictures(charts, "gap")
        heads = ("What", "Procurement less digital", "In words")
        yield table("Procurement and digital compared", heads, _gap_rows(report))
    yield from _pictures(charts, "trend")
    for series in report.series:
        if len(series.points) > 1:
            yield _trend(series)


def _gap_rows(report: Report) -> list[tuple[str, ...]]:
    rows = [("Collaboration index", report.gap, report.gap_sentence)] if report.gap else []
    rows += [(item.text, item.gap, item.gap_sentence) for item in report.items if item.gap]
    return [(text, _whole(gap), sentence) for text, gap, sentence in rows]


def _trend(series: Series) -> Markup:
    rows = [
        (point.label, _whole(point.shown) if point.shown else "not shown", point.note or NOTHING)
        for point in series.points
    ]
    return table(f"The index over the rounds: {series.label}", ("Round", "Index", "What to know"), rows)


def answers(report: Report, charts: Sequence[Chart]) -> Iterator[Markup]:
    """Every closed question with a table of its answers by group."""
    yield from _pictures(charts, "answers")
    for item in report.items:
        yield tag("h3", item.text)
        yield from _answers(item)
        if item.gap_sentence:
            yield tag("p", item.gap_sentence)
        if item.benchmark:
            source = outward(item.benchmark.source, item.benchmark.source)
            yield tag("p", item.benchmark.sentence, " Source: ", source, ".")


def _answers(item: Item) -> Iterator[Markup]:
    """A rating has a row for each group; any other question, whose answers are long or many, a row for each answer."""
    if item.kind is Kind.RATING:
        labels = list(dict.fromkeys(bar.label for line in item.lines for bar in line.bars))
        rows = [(line.label, _number(line.n), _figure(line), *_parts(line, labels)) for line in item.lines]
        yield table(CAPTION, ("Who", "Answers", "Agree or strongly agree", *labels), rows)
        return
    lines = [line for line in item.lines if line.bars]
    labels = [bar.label for bar in lines[0].bars] if lines else []
    if lines:
        columns = [_parts(line, labels) for line in lines]
        heads = ("Answer", *(f"{line.label} ({_number(line.n)} answers)" for line in lines))
        yield table(CAPTION, heads, zip(labels, *columns, strict=True))
    for line in item.lines:
        if not line.bars or item.kind is Kind.SCORE:
            yield tag("p", f"{line.label}: {_words(line)}")


def _parts(line: Line, labels: Sequence[str]) -> list[str]:
    percents = {bar.label: f"{bar.percent}%" for bar in line.bars}
    return [percents.get(label, NOTHING) for label in labels]


def mirrors(report: Report, charts: Sequence[Chart]) -> Iterator[Markup]:
    """How each function sees itself beside how the other sees it."""
    if not report.mirrors:
        return
    yield from _pictures(charts, "mirror")
    heads = ("What", "About", "About itself", "By the other", "Difference", "In words")
    rows = [
        (view.text, view.rated, view.itself.text, view.by_the_other.text, view.blind_spot.text, view.sentence)
        for view in report.mirrors
    ]
    yield table("Per cent that agree, about themselves and about the other side", heads, rows)


def comments(report: Report) -> Iterator[Markup]:
    """What people wrote, or why it is not shown."""
    for view in report.comments:
        yield tag("h3", view.text)
        yield listed(view.texts)
        if view.why:
            yield tag("p", view.why)


def _pictures(charts: Sequence[Chart], kind: str) -> Iterator[Markup]:
    """The charts of a kind."""
    for chart in charts:
        if chart.name.partition("-")[0] == kind:
            wide, high = struct.unpack(">II", chart.png[16:24])  # a PNG's first chunk holds its size
            path = f"{FOLDER}/{chart.name}.png"
            image = tag("img", src=path, alt=chart.alt, width=str(wide), height=str(high))
            larger = tag("a", f"Open the picture “{chart.title}”", href=path)
            yield tag("figure", image, tag("figcaption", larger, ". The same figures are in the tables below."))


def _number(n: int | None) -> str:
    return NOTHING if n is None else f"{n:,}"


def _figure(line: Line) -> str:
    """A line's figure on one line; what else there is to say of it where it has none."""
    if line.shown:
        return _whole(line.shown)
    return NOTHING if line.bars else _words(line)


def _whole(shown: Worded | None) -> str:
    return tag("span", shown.text, class_="day") if shown else NOTHING


def _words(line: Line) -> str:
    """What a line says besides its label."""
    if line.why:
        return f"Not shown: {line.why}"
    said = line.sentence.removeprefix(f"{line.label}: ")
    return f"{said[:1].upper()}{said[1:]}" if said else NOTHING
