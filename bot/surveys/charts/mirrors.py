"""How each function sees itself and how the other sees it, and whether between them lies a blind spot."""

from __future__ import annotations

from collections.abc import Iterator

from bot.surveys.charts.axis import Axis
from bot.surveys.charts.chart import Chart, ended
from bot.surveys.charts.sheet import MARGIN, QUIET, RULE, SMALL, TEXT, WIDTH, Sheet
from bot.surveys.report import MirrorView, Report, Worded

VIEWS_A_PICTURE = 5
AXIS = Axis(0, 100, 40, 700)
TICKS = (0, 50, 100)
STEP = 42


def charts(report: Report) -> Iterator[Chart]:
    """Pictures of the mirror views; none when the round has none."""
    views = report.mirrors
    parts = [views[at : at + VIEWS_A_PICTURE] for at in range(0, len(views), VIEWS_A_PICTURE)]
    for number, part in enumerate(parts, start=1):
        of = f" ({number} of {len(parts)})" if len(parts) > 1 else ""
        title = f"How each side sees itself, and is seen{of}: {report.title}, {report.label}"
        alt = " ".join([f"{title}.", *map(_said, part)])
        yield Chart(f"mirror-{number}" if of else "mirror", title, alt, _drawn(title, part))


def _said(view: MirrorView) -> str:
    figures = (
        f"{view.rated} about itself {view.itself.text}; {view.by} about {view.rated.lower()} {view.by_the_other.text}; "
        f"difference {view.blind_spot.text}."
    )
    return f"{ended(view.text)} {figures} {_verdict(view)}"


def _drawn(title: str, views: tuple[MirrorView, ...]) -> bytes:
    sheet = Sheet(title, "Per cent that agree. Filled: about themselves. Hollow: by the other side.")
    for view in views:
        sheet.y += 14
        sheet.paragraph(view.text, TEXT, bold=True)
        top = sheet.y
        _row(sheet, f"{view.rated}:", view.itself, "o")
        _row(sheet, f"{view.by}:", view.by_the_other, "s")
        for tick in TICKS:
            sheet.line([(AXIS.at(tick), top), (AXIS.at(tick), sheet.y)], 1.5, "-", RULE)
        sheet.paragraph(_verdict(view), SMALL, colour=QUIET)
    AXIS.ruled(sheet, TICKS, sheet.y)
    return sheet.png()


def _verdict(view: MirrorView) -> str:
    """What the sentence says after the two figures, which are drawn."""
    figures = (view.itself.text, view.by_the_other.text)
    end = max(view.sentence.rfind(text) + len(text) if text in view.sentence else 0 for text in figures)
    return view.sentence[end:].lstrip(". ")


def _row(sheet: Sheet, label: str, shown: Worded, mark: str) -> None:
    middle = sheet.y + STEP / 2
    AXIS.interval(sheet, shown.figure, middle)
    sheet.mark(AXIS.at(shown.figure.value), middle, mark, filled=mark == "o")
    sheet.text(AXIS.right + 30, middle, f"{label} {shown.text}", room=WIDTH - AXIS.right - 30 - MARGIN / 2)
    sheet.y += STEP
