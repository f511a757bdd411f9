"""Charts: drawn in full, told in full to those who do not see them, and never needed."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.people import Function
from bot.surveys.charts import Chart, charts_of
from bot.surveys.charts.lettering import drawable, width, wrapped
from bot.surveys.report import Line, Report, Worded
from tests.bot.surveys.reported import CLEAR, EARLY, FEW, MIRROR, SERIES, a_report, not_shown, share

ROOT = Path(__file__).parents[3]
HOSTILE = "=1+1 $\\frac{x}{$ <b>&\u202e\U0001faf5\U00020000 " + "W" * 300 + "\n\t%s {0}"


def drawn(report: Report) -> dict[str, Chart]:
    charts = charts_of(report)
    assert charts is not None
    return {chart.name: chart for chart in charts}


def pixels(chart: Chart) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(chart.png)).convert("RGB"), dtype=int)


def inked(picture: np.ndarray, colour: str) -> int:
    """How many pixels have a colour."""
    rgb = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return int((np.abs(picture - rgb).sum(axis=2) < 6).sum())


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    return drawn(a_report())


def shown_by(report: Report, name: str) -> Iterator[Worded | None]:
    """Every figure that a chart draws."""
    if name == "answers-1":
        yield from (line.shown for item in report.items for line in item.lines)
    elif name == "gap":
        yield from (report.gap, *(item.gap for item in report.items))
    elif name == "mirror":
        yield from (each for view in report.mirrors for each in (view.itself, view.by_the_other, view.blind_spot))
    else:
        yield from (point.shown for series in report.series for point in series.points)


def test_there_are_four_kinds_of_chart(charts: dict[str, Chart]) -> None:
    assert list(charts) == ["answers-1", "gap", "mirror", "trend"]


@pytest.mark.parametrize("name", ["answers-1", "gap", "mirror", "trend"])
def test_the_alternative_text_has_every_figure_as_the_report_words_it(charts: dict[str, Chart], name: str) -> None:
    figures = [shown.text for shown in shown_by(a_report(), name) if shown]
    assert figures
    assert [text for text in figures if text not in charts[name].alt] == []


def test_the_alternative_text_has_every_part_of_a_bar_and_every_reason(charts: dict[str, Chart]) -> None:
    for line in EARLY.lines:
        parts = "parts " + ", ".join(str(bar.percent) for bar in line.bars)
        assert f"{line.label}: {line.shown.text if line.shown else ''} agree; {parts}; {line.n} answers." in (
            charts["answers-1"].alt
        )
    assert f"Procurement: not shown: {FEW}." in charts["answers-1"].alt
    assert charts["mirror"].alt.endswith("difference +35 (+14 to +52). Procurement may have a blind spot.")
    assert CLEAR.gap_sentence in charts["gap"].alt
    assert "August 2026 not shown (fewer than 5 answered)." in charts["trend"].alt


@pytest.mark.parametrize("name", ["answers-1", "gap", "mirror", "trend"])
def test_a_picture_is_1200_wide_fits_a_thumbnail_and_has_something_on_it(charts: dict[str, Chart], name: str) -> None:
    picture = pixels(charts[name])
    high, wide, _ = picture.shape
    assert wide == 1200
    assert 350 < high < 1200
    assert (picture.sum(axis=2) < 300).sum() > 5000
    assert inked(picture[:10], "#ffffff") == 10 * 1200


def test_bars_are_as_long_as_their_share() -> None:
    """One line, half of it strongly agree, half strongly disagree: the dark blue is half as long as all of it."""
    halves = replace(EARLY.lines[0], bars=tuple(replace(bar, percent=p) for bar, p in zip(
        EARLY.lines[0].bars, (25, 0, 0, 50, 25), strict=True)))  # fmt: skip
    picture = pixels(
        drawn(a_report(items=(replace(EARLY, lines=(halves,)),), gap=None, mirrors=(), series=()))["answers-1"]
    )
    row = picture[-37]
    agree = int((np.abs(row - [0xA9, 0xCD, 0xEA]).sum(axis=1) < 6).sum())
    strongly = int((np.abs(row - [0x12, 0x3F, 0x6D]).sum(axis=1) < 6).sum())
    assert 280 < agree <= 300
    assert 130 < strongly <= 150


def test_what_is_withheld_is_words_and_never_a_bar() -> None:
    lines = (EARLY.lines[0], not_shown(Function.PROCUREMENT, "Procurement"))
    without = pixels(drawn(a_report(items=(replace(EARLY, lines=(EARLY.lines[0],)),)))["answers-1"])
    beside = pixels(drawn(a_report(items=(replace(EARLY, lines=lines),)))["answers-1"])
    for face in ("#a9cdea", "#123f6d", "#f7cf9b"):
        assert inked(beside, face) == inked(without, face) > 0
    assert len(beside) > len(without)


def test_the_five_parts_differ_in_grey(charts: dict[str, Chart]) -> None:
    grey = {face: Image.new("RGB", (1, 1), face).convert("L").getpixel((0, 0)) for face in
            ("#a35200", "#f7cf9b", "#ffffff", "#a9cdea", "#123f6d")}  # fmt: skip
    plain = sorted(int(str(grey[face])) for face in ("#ffffff", "#a9cdea", "#123f6d"))
    assert min(later - earlier for earlier, later in pairwise(plain)) > 40  # the rest is hatched


def test_a_line_breaks_where_the_wording_changed() -> None:
    joined = tuple(replace(point, joins=True, note="") for point in SERIES[0].points if point.shown)
    broken = tuple(replace(point, joins=False) for point in joined)
    together = pixels(drawn(a_report(series=(replace(SERIES[0], points=joined),)))["trend"])
    apart = pixels(drawn(a_report(series=(replace(SERIES[0], points=broken),)))["trend"])
    assert inked(apart, "#4d4d57") > inked(together, "#4d4d57") + 500  # dashes between rounds
    assert inked(together, "#1b1b1f") > inked(apart, "#1b1b1f") + 2000  # the line


def test_nothing_shown_means_no_chart() -> None:
    items = (replace(EARLY, lines=(not_shown(None, "Everybody"),), gap=None),)
    assert drawn(a_report(items=items, gap=None, mirrors=(), series=())) == {}
    first = replace(SERIES[0], points=SERIES[0].points[:1])
    assert drawn(a_report(items=(), gap=None, gap_sentence="", mirrors=(), series=(first,))) == {}


def test_many_questions_are_several_pictures_at_one_scale() -> None:
    many = drawn(a_report(items=(EARLY,) * 9, mirrors=(MIRROR,) * 6))
    assert [name for name in many if "answers" in name] == ["answers-1", "answers-2", "answers-3"]
    assert [name for name in many if "gap" in name] == ["gap-1", "gap-2"]
    assert [name for name in many if "mirror" in name] == ["mirror-1", "mirror-2"]
    assert all(len(pixels(chart)) < 1300 for chart in many.values())


def test_whatever_is_written_is_drawn_as_it_is_and_on_the_sheet() -> None:
    items = tuple(replace(item, text=HOSTILE) for item in (EARLY, CLEAR))
    lines = (Line(None, HOSTILE, 41, share(100, 100, 100), EARLY.lines[0].bars),)
    report = a_report(title=HOSTILE, label=HOSTILE, items=(*items, replace(EARLY, lines=lines)))
    for chart in drawn(report).values():
        picture = pixels(chart)
        assert (picture[:, -1].sum(axis=1) == 3 * 255).all()
        assert HOSTILE in chart.alt


def test_a_chart_is_the_same_whenever_it_is_drawn(charts: dict[str, Chart]) -> None:
    assert drawn(a_report()) == charts


def test_text_is_broken_into_lines_that_fit() -> None:
    lines = wrapped(f"Some words and {'W' * 90} and more", 31, 600)
    assert "".join(lines).replace(" ", "") == f"Somewordsand{'W' * 90}andmore"
    assert all(width(line, 31) <= 600 for line in lines)
    assert drawable("a\n\tb \U0001faf5\x07") == "a b \ufffd\ufffd"


def test_without_matplotlib_there_are_no_charts_and_no_trouble() -> None:
    program = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from bot.surveys.charts import charts_of\n"
        "from tests.bot.surveys.reported import a_report\n"
        "print(charts_of(a_report()))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("None\n", "")
