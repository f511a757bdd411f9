"""How each function sees itself and how the other sees it, and whether between them lies a blind spot."""

from __future__ import annotations

from collections.abc import Iterator

from bot.surveys.charts.axis import Axis
from bot.surveys.charts.chart import Chart, ended
from bot.surveys.charts.sheet import MARGIN, PAPER, SMALL, TEXT, WIDTH, Sheet
from bot.surveys.report import MirrorView, Report

VIEWS_A_PICTURE = 3
AXIS = Axis(0, 100, 60, 800)
TICKS = (0, 50, 100)
STEP = 92


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
    return f"{ended(view.text)} {figures} {view.sentence}"


def _drawn(title: str, views: tuple[MirrorView, ...]) -> bytes:
    sheet = Sheet(title, "Per cent that agree. Round: about themselves. Square: by the other side.")
    for view in views:
        sheet.y += 16
        sheet.paragraph(view.text, TEXT, bold=True)
        top = sheet.y
        _row(sheet, f"{view.rated} about itself", view, itself=True)
        _row(sheet, f"{view.by} about {view.rated.lower()}", view, itself=False)
        AXIS.ruled(sheet, TICKS, top)
        sheet.paragraph(f"Difference {view.blind_spot.text}. {view.sentence}", SMALL)
    return sheet.png()


def _row(sheet: Sheet, label: str, view: MirrorView, *, itself: bool) -> None:
    shown, middle = view.itself if itself else view.by_the_other, sheet.y + 62
    sheet.text(AXIS.left - 3, sheet.y + 24, label, SMALL - 2, behind=PAPER, room=AXIS.right - AXIS.left)
    AXIS.interval(sheet, shown.figure, middle)
    sheet.mark(AXIS.at(shown.figure.value), middle, "o" if itself else "s", filled=itself)
    sheet.text(AXIS.right + 40, middle, shown.text, room=WIDTH - AXIS.right - 40 - MARGIN / 2)
    sheet.y += STEP
