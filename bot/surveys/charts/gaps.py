"""How far procurement and digital are apart, for the index and for each question, with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.surveys.charts.axis import Axis
from bot.surveys.charts.chart import Chart, ended
from bot.surveys.charts.sheet import MARGIN, QUIET, SMALL, TEXT, WIDTH, Sheet
from bot.surveys.report import Report, Worded

ROWS_A_PICTURE = 5
LEFT, RIGHT = 60, 800
STEP = 58


@dataclass(frozen=True)
class Row:
    """What is compared, the gap, and what may be said of it."""

    text: str
    gap: Worded | None
    sentence: str


def charts(report: Report) -> Iterator[Chart]:
    """Pictures of the gaps; none when there is no gap to draw."""
    rows = [Row("The collaboration index", report.gap, report.gap_sentence)]
    rows += [Row(item.text, item.gap, item.gap_sentence) for item in report.items]
    rows = [row for row in rows if row.gap or row.sentence]
    if not any(row.gap for row in rows):
        return
    axis = _axis(rows)
    parts = [rows[at : at + ROWS_A_PICTURE] for at in range(0, len(rows), ROWS_A_PICTURE)]
    for number, part in enumerate(parts, start=1):
        of = f" ({number} of {len(parts)})" if len(parts) > 1 else ""
        title = f"Procurement and digital compared{of}: {report.title}, {report.label}"
        yield Chart(f"gap-{number}" if of else "gap", title, _alt(title, part), _drawn(title, part, axis))


def _alt(title: str, rows: Sequence[Row]) -> str:
    said = (f"{ended(row.text)} {f'{row.gap.text}. ' if row.gap else ''}{row.sentence}" for row in rows)
    return " ".join([f"{title}.", *said])


def _axis(rows: Sequence[Row]) -> Axis:
    """As wide as the widest interval, in tens, and the same to both sides."""
    figures = [row.gap.figure for row in rows if row.gap]
    farthest = max(abs(end) for figure in figures for end in (figure.value, figure.low or 0, figure.high or 0))
    end = min(100, max(10, -(-farthest // 10) * 10))
    return Axis(-end, end, LEFT, RIGHT)


def _drawn(title: str, rows: Sequence[Row], axis: Axis) -> bytes:
    sheet = Sheet(title, "Points between them. The line: where the true gap may lie.")
    sheet.y += 34
    sheet.text(LEFT, sheet.y, "← digital higher")
    sheet.text(RIGHT, sheet.y, "procurement higher →", side="right")
    sheet.y += 20
    for row in rows:
        sheet.y += 14
        sheet.paragraph(row.text, TEXT, bold=True)
        if row.gap:
            _gap(sheet, row.gap, axis)
        sheet.paragraph(row.sentence, SMALL, colour=QUIET)
    axis.ruled(sheet, [int(axis.low), 0, int(axis.high)], sheet.y, signed=True)
    return sheet.png()


def _gap(sheet: Sheet, gap: Worded, axis: Axis) -> None:
    middle = sheet.y + STEP / 2
    sheet.line([(axis.left, middle), (axis.right, middle)], 1.5, ":", QUIET)
    sheet.line([(axis.at(0), sheet.y + 4), (axis.at(0), sheet.y + STEP - 4)], 3, "-", QUIET)
    axis.interval(sheet, gap.figure, middle)
    sheet.mark(axis.at(gap.figure.value), middle, "o", filled=True)
    sheet.text(RIGHT + 40, middle, gap.text, room=WIDTH - RIGHT - 40 - MARGIN / 2)
    sheet.y += STEP
