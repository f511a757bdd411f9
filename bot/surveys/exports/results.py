"""The latest round as the report words it, for people who open a spreadsheet; and what people wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.surveys.exports.tables import Row, Table, table
from bot.surveys.release import Release
from bot.surveys.report import Item, Line, Report, Worded

FIELDS = (
    ("about", "string", "The question, or the figure's name."),
    ("group", "string", "Whose answers are summed up."),
    ("answered", "integer", "How many answers the figure is made of."),
    ("answer", "string", "The answer that is counted; empty where the figure is not of one answer."),
    ("percent", "integer", "How many of a hundred gave this answer."),
    ("count", "integer", "How many gave this answer."),
    ("figure", "string", "The figure with its 95% interval, as it is printed everywhere."),
    ("words", "string", "What may be said of it, or why it is not shown."),
)
INDEX, BALANCED, GAP = "Collaboration index", "Collaboration index, balanced", "Procurement less digital"


def results(report: Report) -> Table:
    """Every figure of the report, in its order."""
    rows = (*_headline(report), *(row for item in report.items for row in _item(item)), *_mirrors(report))
    return table("results", f"Results of {report.label}, as they are worded everywhere", FIELDS, rows)


def comments(releases: Sequence[Release], *, outside: bool) -> Table:
    """What people wrote, where it may be shown: in random order, undated, of no function."""
    fields = (
        ("round", "integer", "The round's number within the survey."),
        ("question", "string", "The question's key."),
        ("comment", "string", "The text as it was written."),
    )
    shown = [(each.number, view) for each in releases for view in (each.outside if outside else each.inside).comments]
    rows = ((number, view.question, text) for number, view in shown for text in view.texts)
    return table("comments", "Comments", fields, rows)


def _row(about: str, group: str, shown: Worded | None, words: str, n: int | None = None) -> Row:
    return about, group, n, "", None, None, shown.text if shown else "", words


def _headline(report: Report) -> Iterator[Row]:
    for size in report.sizes:
        yield _row("Responses", size.label, size.shown, size.sentence or size.why, size.n)
    for line in report.indices:
        yield from _line(INDEX, line)
    if report.balanced:
        yield _row(BALANCED, "", report.balanced, report.index_sentence)
    if report.gap or report.gap_sentence:
        yield _row(f"{INDEX}: {GAP}", "", report.gap, report.gap_sentence)
    for series in report.series:
        for point in series.points:
            yield _row(f"{series.label}, {point.label}", "", point.shown, point.note)


def _item(item: Item) -> Iterator[Row]:
    for line in item.lines:
        yield from _line(item.text, line)
    if item.gap or item.gap_sentence:
        yield _row(f"{item.text} {GAP}", "", item.gap, item.gap_sentence)
    if item.benchmark:
        words = f"{item.benchmark.sentence} ({item.benchmark.source})"
        yield item.text, item.benchmark.name, None, "", item.benchmark.percent, None, "", words


def _line(about: str, line: Line) -> Iterator[Row]:
    yield _row(about, line.label, line.shown, line.why or line.sentence, line.n)
    for bar in line.bars:
        yield about, line.label, line.n, bar.label, bar.percent, bar.count, "", ""


def _mirrors(report: Report) -> Iterator[Row]:
    for view in report.mirrors:
        yield _row(view.text, f"{view.rated} about itself", view.itself, "")
        yield _row(view.text, f"{view.by} about {view.rated.lower()}", view.by_the_other, "")
        yield _row(view.text, "Difference", view.blind_spot, view.sentence)
