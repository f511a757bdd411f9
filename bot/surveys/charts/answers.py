"""Each rating's five parts, for everybody and for each function: disagreement left of the middle, agreement right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.surveys.charts.chart import Chart, ended, instead
from bot.surveys.charts.lettering import width
from bot.surveys.charts.sheet import INK, LEADING, MARGIN, PAPER, QUIET, SMALL, WIDTH, Sheet
from bot.surveys.questions import AGREEMENT, Kind
from bot.surveys.report import Bar, Item, Line, Report

ITEMS_A_PICTURE = 3  # more, and a thumbnail, 360 pixels either way, could not be read
# Face, hatch and its ink, from strongly disagree to strongly agree: told apart by hatch and by lightness alone too.
FACES = (
    ("#a35200", "//", "#ffffff"),
    ("#f7cf9b", "/", "#7a3e00"),
    ("#ffffff", "", INK),
    ("#a9cdea", "", INK),
    ("#123f6d", "", INK),
)
ON = (INK, INK, INK, INK, PAPER)  # the ink of numbers on each face
BEHIND = ("#ffffff", "#f7cf9b", "", "", "")  # numbers on hatching stand on a plain ground
LEFT, RIGHT = 300, 900  # where bars may begin and end
HIGH, STEP, NUMBER = 44, 56, 26


@dataclass(frozen=True)
class Scale:
    """Where the middle is, and how many pixels are one per cent: the same in all pictures of a report."""

    middle: float
    percent: float

    @classmethod
    def of(cls, items: Sequence[Item]) -> Scale:
        """The largest scale at which every line's bars fit."""
        lines = [_rated(line) for item in items for line in item.lines]
        against = max(map(_against, lines), default=0)
        in_favour = max((sum(bar.percent for bar in bars) - _against(bars) for bars in lines), default=0)
        percent = (RIGHT - LEFT) / max(against + in_favour, 1)
        return cls(LEFT + against * percent, percent)


def charts(report: Report) -> Iterator[Chart]:
    """Pictures of a few questions each; questions of which nothing is shown are named in words below the others."""
    items = [item for item in report.items if item.kind is Kind.RATING]
    if not any(line.shown or line.bars for item in items for line in item.lines):
        return
    scale = Scale.of(items)
    parts = [items[at : at + ITEMS_A_PICTURE] for at in range(0, len(items), ITEMS_A_PICTURE)]
    for number, part in enumerate(parts, start=1):
        of = f" ({number} of {len(parts)})" if len(parts) > 1 else ""
        title = f"What people answered{of}: {report.title}, {report.label}"
        yield Chart(f"answers-{number}", title, _alt(title, part), _drawn(title, part, scale))


def _alt(title: str, items: list[Item]) -> str:
    order = "Parts are per cent from strongly disagree to strongly agree."
    return " ".join([f"{title}.", order, *(f"{ended(item.text)} {' '.join(map(_said, item.lines))}" for item in items)])


def _said(line: Line) -> str:
    if line.shown is None and not line.bars:
        return ended(f"{line.label}: {instead(line)}")
    parts = [str(bar.percent) for bar in _rated(line)]
    in_favour = f"{line.shown.text} agree" if line.shown else ""
    counted = f"{line.n} answer{'' if line.n == 1 else 's'}" if line.n is not None else ""
    in_parts = f"parts {', '.join(parts)}" if parts else ""
    return f"{line.label}: {'; '.join(filter(None, [in_favour, in_parts, counted]))}."


def _rated(line: Line) -> list[Bar]:
    """The five parts, without "not applicable"."""
    return [bar for bar in line.bars if bar.value in "12345"]


def _drawn(title: str, items: list[Item], scale: Scale) -> bytes:
    sheet = Sheet(title, "In per cent. Right: how many agree, with its interval. In brackets: answers.")
    sheet.key([(words, *face) for words, face in zip(AGREEMENT, FACES, strict=True)])
    for item in items:
        sheet.y += 18
        sheet.paragraph(item.text, bold=True)
        for line in item.lines:
            _row(sheet, line, scale)
    return sheet.png()


def _row(sheet: Sheet, line: Line, scale: Scale) -> None:
    middle = sheet.y + STEP / 2
    counted = f" ({line.n})" if line.n is not None else ""
    sheet.text(MARGIN, middle, f"{line.label}{counted}", room=LEFT - MARGIN - 12)
    if line.shown is None and not line.bars:
        sheet.y += (STEP - SMALL * LEADING) / 2
        sheet.paragraph(instead(line), SMALL, x=LEFT, colour=QUIET)
        sheet.y += (STEP - SMALL * LEADING) / 2
        return
    _bars(sheet, line, middle, scale)
    sheet.text(RIGHT + 14, middle, line.shown.text if line.shown else "", room=WIDTH - RIGHT - 14 - 8)
    sheet.y += STEP


def _bars(sheet: Sheet, line: Line, y: float, scale: Scale) -> None:
    """The parts about the middle of those who neither agree nor disagree."""
    bars = _rated(line)
    if not bars:
        sheet.text(LEFT, y, "only the share that agree is shown", colour=QUIET, room=RIGHT - LEFT)
        return
    x = scale.middle - scale.percent * _against(bars)
    for bar in bars:
        wide, at = bar.percent * scale.percent, int(bar.value) - 1
        if wide:
            sheet.box(x, y - HIGH / 2, wide, HIGH, *FACES[at])
        if width(str(bar.percent), NUMBER) + (28 if BEHIND[at] else 8) <= wide:
            sheet.text(x + wide / 2, y, str(bar.percent), NUMBER, side="center", colour=ON[at], behind=BEHIND[at])
        x += wide


def _against(bars: Sequence[Bar]) -> float:
    """How much stands left of the middle, in per cent: those who disagree, and half of those between."""
    parts = {"1": 1.0, "2": 1.0, "3": 0.5}
    return sum(bar.percent * parts.get(bar.value, 0.0) for bar in bars)
