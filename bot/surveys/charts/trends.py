"""A figure over the rounds. A line joins two rounds only where both asked the same of the same people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.surveys.charts.axis import Axis
from bot.surveys.charts.chart import Chart
from bot.surveys.charts.sheet import PAPER, QUIET, RULE, SMALL, TEXT, WIDTH, Sheet
from bot.surveys.report import Point, Report, Series

LEFT, RIGHT, HIGH = 110, WIDTH - 110, 150
TICKS = (0, 50, 100)
MOST_LABELLED = 6  # more points, and their numbers would touch: then the ends and the breaks keep theirs


def charts(report: Report) -> Iterator[Chart]:
    """One picture of all series, one below the other; none before the second round."""
    series = [each for each in report.series if len(each.points) > 1 and any(point.shown for point in each.points)]
    if series:
        title = f"The index over the rounds: {report.title}, to {report.label}"
        yield Chart("trend", title, " ".join([f"{title}.", *map(_said, series)]), _drawn(title, series))


def _said(series: Series) -> str:
    return f"{series.label}: {' '.join(map(_point, series.points))}"


def _point(point: Point) -> str:
    figure = point.shown.text if point.shown else "not shown"
    return f"{point.label} {figure}{f' ({point.note})' if point.note else ''}."


def _drawn(title: str, series: Sequence[Series]) -> bytes:
    sheet = Sheet(title, "From 0 to 100, each with its interval. The line breaks where wording or audience changed.")
    for each in series:
        sheet.y += 10
        sheet.paragraph(each.label, TEXT, bold=True)
        _panel(sheet, each, is_last=each is series[-1])
    for note in _notes(series):
        sheet.paragraph(note, SMALL - 2, colour=QUIET)
    return sheet.png()


def _notes(series: Sequence[Series]) -> list[str]:
    """What there is to know of a round, each thing once; of which series, where it is not of all of them."""
    of: dict[str, list[str]] = {}
    for each in series:
        for point in each.points:
            if point.note:
                of.setdefault(f"{point.label}: {point.note}", []).append(each.label)
    return [note if len(labels) == len(series) else f"{note} ({', '.join(labels)})" for note, labels in of.items()]


def _panel(sheet: Sheet, series: Series, *, is_last: bool) -> None:
    top = sheet.y + 22
    across, up = Axis(0, len(series.points) - 1, LEFT, RIGHT), Axis(0, 100, top + HIGH, top)
    for tick in TICKS:
        sheet.line([(LEFT - 40, up.at(tick)), (RIGHT + 40, up.at(tick))], 1.5, "-", RULE)
        sheet.text(LEFT - 50, up.at(tick), str(tick), SMALL - 3, side="right", colour=QUIET)
    for at, point in enumerate(series.points):
        _place(sheet, series.points, at, across, up)
        if is_last and _labelled(series.points, at):
            sheet.text(across.at(at), top + HIGH + 28, point.label, SMALL - 2, side="center", room=200)
    sheet.y = top + HIGH + (50 if is_last else 16)


def _place(sheet: Sheet, points: Sequence[Point], at: int, across: Axis, up: Axis) -> None:
    """One round: its line from the one before, or a break; its interval, its mark and its number."""
    point, before, x = points[at], points[at - 1] if at else None, across.at(at)
    if point.shown is None:
        sheet.text(x, up.at(50), "not shown", SMALL - 2, side="center", colour=QUIET, behind=PAPER, room=180)
        return
    figure = point.shown.figure
    if before and not point.joins:
        between = across.at(at - 0.5)
        sheet.line([(between, up.at(100)), (between, up.at(0))], 3, "--", QUIET)
    elif before and before.shown:
        sheet.line([(across.at(at - 1), up.at(before.shown.figure.value)), (x, up.at(figure.value))], 5)
    up.upright(sheet, figure, x)
    sheet.mark(x, up.at(figure.value), "o", filled=True, size=14)
    if _labelled(points, at):
        sheet.text(x + 18, up.at(figure.value) - 30, str(figure.value), SMALL, bold=True, behind=PAPER)


def _labelled(points: Sequence[Point], at: int) -> bool:
    if len(points) <= MOST_LABELLED or at in (0, len(points) - 1):
        return True
    return not points[at].joins or not points[at + 1].joins
