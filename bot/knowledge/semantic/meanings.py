"""What passages mean, as vectors, kept between starts so that only new words are read again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.knowledge import kept
from bot.knowledge.semantic import model
from bot.knowledge.semantic.encoder import QUERY_PIECES, Encoder, Floats


class Meanings:
    """Compares an enquiry with passages by what they mean. Built once for a model file."""

    def __init__(self, encoder: Encoder, cache: Path) -> None:
        self._encoder = encoder
        self._cache = cache
        self._known = _known(cache)

    @classmethod
    def beside(cls, file: Path) -> Meanings | None:
        """The meanings of an installed model, with its memory in the same folder; None when there is no model."""
        return cls(model.read(file), file.with_suffix(".vectors.npz")) if file.exists() else None

    def of(self, passages: Sequence[str]) -> Floats:
        """A row for each passage. Passages met for the first time are read now, some hundred a second, and kept."""
        keys = [hashlib.sha256(passage.encode()).hexdigest()[:24] for passage in passages]
        new = {key: passage for key, passage in zip(keys, passages, strict=True) if key not in self._known}
        if new:
            self._known |= dict(zip(new, self._encoder.encode(list(new.values())), strict=True))
            self._keep(set(keys))
        return np.stack([self._known[key] for key in keys])

    def vector(self, enquiry: str) -> Floats:
        """What an enquiry means, as a vector of length one."""
        return np.asarray(self._encoder.encode([enquiry], QUERY_PIECES)[0])

    def _keep(self, keys: set[str]) -> None:
        """Write what is in use."""
        self._known = {key: self._known[key] for key in keys}
        kept.write(self._cache, {"keys": np.array(list(self._known)), "rows": np.stack(list(self._known.values()))})


def _known(cache: Path) -> dict[str, Floats]:
    arrays = kept.read(cache)
    try:
        return dict(zip(arrays["keys"].tolist(), arrays["rows"], strict=True))
    except (KeyError, ValueError):
        return {}
