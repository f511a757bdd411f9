"""Letters as a chart can draw them: how wide they are, where a line of them breaks, and which there are at all."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

# Matplotlib's own copies, so that a chart looks the same on every computer.
_FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_FILES = {False: str(_FOLDER / "DejaVuSans.ttf"), True: str(_FOLDER / "DejaVuSans-Bold.ttf")}
_UNKNOWN = "\ufffd"  # stands for a letter that the font does not have


@cache
def font(pixels: float, *, bold: bool = False) -> FontProperties:
    """The font at a size, at 72 pixels an inch."""
    return FontProperties(fname=_FILES[bold], size=pixels)


def drawable(text: str) -> str:
    """The text on one line, in letters that the font has."""
    return "".join(letter if _known(letter) else _UNKNOWN for letter in " ".join(text.split()))


def width(text: str, pixels: float, *, bold: bool = False) -> float:
    """How wide a drawable text is, in pixels."""
    return sum(_advance(letter, bold) for letter in text) * pixels


def wrapped(text: str, pixels: float, room: float, *, bold: bool = False) -> list[str]:
    """A text in lines that fit into `room` pixels; a word that does not fit is broken."""
    lines = [""]
    for word in drawable(text).split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if width(longer, pixels, bold=bold) <= room:
            lines[-1] = longer
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = lines[-1] or word
        while width(lines[-1], pixels, bold=bold) > room and len(lines[-1]) > 1:
            lines += [_cut(lines, pixels, room, bold=bold)]
    return lines


def _cut(lines: list[str], pixels: float, room: float, *, bold: bool) -> str:
    """Shorten the last line to what fits, and give the rest."""
    word, fits = lines[-1], 1
    while width(word[: fits + 1], pixels, bold=bold) <= room:
        fits += 1
    lines[-1] = word[:fits]
    return word[fits:]


@cache
def _face(bold: bool) -> FT2Font:
    face = FT2Font(_FILES[bold])
    face.set_size(100, 72)
    return face


@cache
def _known(letter: str) -> bool:
    return letter.isprintable() and _face(False).get_char_index(ord(letter)) > 0


@cache
def _advance(letter: str, bold: bool) -> float:
    """A letter's width, for a font 1 pixel high."""
    return _face(bold).load_char(ord(letter)).linearHoriAdvance / 65536 / 100
