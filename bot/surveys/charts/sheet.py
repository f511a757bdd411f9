"""The sheet of paper on which a chart is drawn, from top to bottom, in pixels; it is as long as what stands on it.

Letters are large, so that they can be read when Slack shows the picture at 360 pixels, three tenths of its width.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from bot.surveys.charts.lettering import drawable, font, width, wrapped

WIDTH, MARGIN = 1200, 24
ROOM = WIDTH - 2 * MARGIN
TITLE, TEXT, SMALL = 38, 31, 28  # pixels: at 360 wide 11, 9 and 8
LEADING = 1.28  # from one line to the next, in heights of a letter
DOTS_AN_INCH = 72  # so that a point is a pixel
INK, QUIET, RULE, PAPER = "#1b1b1f", "#4d4d57", "#8a8a92", "#ffffff"

Side = Literal["left", "center", "right"]
Stroke = Literal["-", "--", ":"]


class Sheet:
    """Paper with a title. `y` is how far down it is used."""

    def __init__(self, title: str, below: str = "") -> None:
        self._figure = Figure(dpi=DOTS_AN_INCH, facecolor=PAPER)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self.y = float(MARGIN)
        self.paragraph(title, TITLE, bold=True)
        if below:
            self.paragraph(below, SMALL, colour=QUIET)

    def paragraph(
        self, text: str, size: float = TEXT, *, x: float = MARGIN, bold: bool = False, colour: str = INK
    ) -> None:
        """Text below what is there, over as many lines as it takes."""
        for line in wrapped(text, size, WIDTH - MARGIN - x, bold=bold):
            self.y += size * LEADING
            self.text(x, self.y - size * LEADING / 2, line, size, bold=bold, colour=colour)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = SMALL,
        *,
        side: Side = "left",
        bold: bool = False,
        colour: str = INK,
        behind: str = "",
        room: float = WIDTH,
    ) -> None:
        """Words on one line, their middle at `y`, smaller where they would not fit into `room`.

        Dollar signs are dollar signs: nothing is read as a formula.
        """
        words = drawable(words)
        size = min(size, size * room / max(width(words, size, bold=bold), 1))
        box = {"facecolor": behind, "edgecolor": "none", "pad": 3} if behind else None
        self._axes.text(
            x,
            y,
            words,
            fontproperties=font(size, bold=bold),
            ha=side,
            va="center_baseline",
            color=colour,
            parse_math=False,
            bbox=box,
            zorder=4,
        )

    def box(self, x: float, y: float, wide: float, high: float, face: str, hatch: str = "", ink: str = INK) -> None:
        """A box from its upper left corner, hatched in `ink`."""
        shape = Rectangle((x, y), wide, high, facecolor=face, edgecolor=INK, linewidth=2, hatch=hatch or None, zorder=2)
        shape.set_hatchcolor(ink)
        shape.set_hatch_linewidth(2.5)
        self._axes.add_patch(shape)

    def line(
        self, points: Sequence[tuple[float, float]], wide: float = 4, style: Stroke = "-", colour: str = INK
    ) -> None:
        """A line through points."""
        xs, ys = zip(*points, strict=True)
        self._axes.add_line(Line2D(xs, ys, linewidth=wide, linestyle=style, color=colour, zorder=1.5))

    def mark(self, x: float, y: float, shape: str, *, filled: bool, size: float = 22) -> None:
        """A mark: `o` is round, `s` square."""
        face = INK if filled else PAPER
        self._axes.add_line(
            Line2D([x], [y], marker=shape, markersize=size, markerfacecolor=face, markeredgecolor=INK,
                   markeredgewidth=4, linestyle="none", zorder=3)
        )  # fmt: skip

    def key(self, entries: Sequence[tuple[str, str, str, str]]) -> None:
        """What boxes mean: words, face, hatch and ink of each, side by side, over as many lines as it takes."""
        x, self.y = float(MARGIN), self.y + 12
        for words, face, hatch, ink in entries:
            needs = 56 + width(words, SMALL) + 26
            if x + needs - 26 > WIDTH - MARGIN:
                x, self.y = float(MARGIN), self.y + 46
            self.box(x, self.y, 44, 34, face, hatch, ink)
            self.text(x + 56, self.y + 17, words)
            x += needs
        self.y += 46

    def png(self) -> bytes:
        """The picture: the same bytes for the same drawing, whenever it is made."""
        high = self.y + MARGIN
        self._figure.set_size_inches(WIDTH / DOTS_AN_INCH, high / DOTS_AN_INCH)
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(high, 0)
        written = io.BytesIO()
        self._figure.savefig(written, format="png", metadata={"Software": None})
        return written.getvalue()
