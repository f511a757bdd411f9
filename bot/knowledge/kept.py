"""Arrays that are kept in a file between starts, so that what was worked out once need not be again.

Such a file is never needed: without it, or when it is broken, a start takes longer and nothing else.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]


def read(file: Path) -> Arrays:
    """The arrays by name; none when there is no such file, or it is not whole. No code is ever read from it."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
            return dict(arrays)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return {}


def write(file: Path, arrays: Arrays) -> None:
    """Keep the arrays: all, or as before. A place that cannot be written is left as it is."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with beside.open("wb") as out:
            np.savez(out, allow_pickle=False, **arrays)
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def packed(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Texts without line breaks as one array."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def unpacked(array: NDArray[Any]) -> list[str]:
    """The texts again."""
    return array.tobytes().decode().split("\n") if len(array) else []
