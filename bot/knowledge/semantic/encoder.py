"""The model itself: all-MiniLM-L6-v2, six layers of BERT and the mean of their output (Reimers and Gurevych 2019,
arXiv:1908.10084), written out in numpy so that nothing heavier is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.semantic.wordpiece import WordPiece

Floats = NDArray[np.float32]
LAYERS, HEADS, WIDTH = 6, 12, 384
QUERY_PIECES = 32  # of a question; a longer one loses 0.002 of recall and saves half of the time
PASSAGE_PIECES = 128
NORM = 1e-12
TOGETHER = 16  # texts; twice as fast as one by one, and more gains nothing


class Encoder:
    """Texts in, unit vectors out."""

    def __init__(self, weights: Mapping[str, Floats], pieces: WordPiece) -> None:
        self._w = weights
        self._pieces = pieces

    def encode(self, texts: Sequence[str], most: int = PASSAGE_PIECES) -> Floats:
        """One row of length one for each text."""
        read = [self._pieces.read(text, most) for text in texts]
        rows = np.empty((len(texts), WIDTH), dtype=np.float32)
        for places in _as_long_as_each_other(read):
            rows[places] = self._encode(np.array([read[at] for at in places]))
        return rows

    def _encode(self, pieces: NDArray[np.int_]) -> Floats:
        """One row for each text; all have the same number of pieces. In between, a row is a piece."""
        w, (texts, length) = self._w, pieces.shape
        state = w["embeddings.word_embeddings.weight"][pieces] + w["embeddings.position_embeddings.weight"][:length]
        state = self._norm(state + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        state = state.reshape(texts * length, WIDTH)
        for layer in range(LAYERS):
            state = self._layer(state, f"encoder.layer.{layer}", texts)
        mean = state.reshape(texts, length, WIDTH).mean(axis=1)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)

    def _layer(self, state: Floats, at: str, texts: int) -> Floats:
        attended = self._linear(self._attend(state, f"{at}.attention.self", texts), f"{at}.attention.output.dense")
        state = self._norm(state + attended, f"{at}.attention.output.LayerNorm")
        wide = _gelu(self._linear(state, f"{at}.intermediate.dense"))
        return self._norm(state + self._linear(wide, f"{at}.output.dense"), f"{at}.output.LayerNorm")

    def _attend(self, state: Floats, at: str, texts: int) -> Floats:
        query, key, value = (
            self._linear(state, f"{at}.{name}").reshape(texts, -1, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)
            for name in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(-1, -2) / np.sqrt(np.float32(WIDTH / HEADS))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        return np.asarray(mixed.transpose(0, 2, 1, 3).reshape(len(state), WIDTH))

    def _linear(self, state: Floats, at: str) -> Floats:
        return np.asarray(state @ self._w[f"{at}.weight"].T + self._w[f"{at}.bias"])

    def _norm(self, state: Floats, at: str) -> Floats:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(NORM))
        return np.asarray(centred / spread * self._w[f"{at}.weight"] + self._w[f"{at}.bias"])


def _as_long_as_each_other(read: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The places of texts with the same number of pieces, some at a time: read together they need no padding."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for at, pieces in enumerate(read):
        by_length[len(pieces)].append(at)
    for places in by_length.values():
        yield from (places[start : start + TOGETHER] for start in range(0, len(places), TOGETHER))


def _gelu(x: Floats) -> Floats:
    """x times the normal distribution function of x (Hendrycks and Gimpel 2016, arXiv:1606.08415).

    The error function by Abramowitz and Stegun 7.1.26, exact to 1.5e-7, which is below the weights' own precision.
    """
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)
