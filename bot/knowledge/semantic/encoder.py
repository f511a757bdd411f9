"""The model itself: all-MiniLM-L6-v2, six layers of BERT and the mean of their output (Reimers and Gurevych 2019,
arXiv:1908.10084), written out in numpy so that nothing heavier is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.semantic.wordpiece import WordPiece

Floats = NDArray[np.float32]
LAYERS, HEADS, WIDTH = 6, 12, 384
QUERY_PIECES = 32  # of a question; a longer one loses 0.002 of recall and saves half of the time
PASSAGE_PIECES = 128
NORM = 1e-12


class Encoder:
    """Texts in, unit vectors out."""

    def __init__(self, weights: Mapping[str, Floats], pieces: WordPiece) -> None:
        self._w = weights
        self._pieces = pieces

    def encode(self, texts: Sequence[str], most: int = PASSAGE_PIECES) -> Floats:
        """One row of length one for each text."""
        return np.stack([self._encode(self._pieces.read(text, most)) for text in texts])

    def _encode(self, pieces: list[int]) -> Floats:
        w = self._w
        state = (
            w["embeddings.word_embeddings.weight"][pieces] + w["embeddings.position_embeddings.weight"][: len(pieces)]
        )
        state = self._norm(state + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            state = self._layer(state, f"encoder.layer.{layer}")
        mean = state.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)

    def _layer(self, state: Floats, at: str) -> Floats:
        attended = self._linear(self._attend(state, f"{at}.attention.self"), f"{at}.attention.output.dense")
        state = self._norm(state + attended, f"{at}.attention.output.LayerNorm")
        wide = _gelu(self._linear(state, f"{at}.intermediate.dense"))
        return self._norm(state + self._linear(wide, f"{at}.output.dense"), f"{at}.output.LayerNorm")

    def _attend(self, state: Floats, at: str) -> Floats:
        query, key, value = (self._heads(self._linear(state, f"{at}.{name}")) for name in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(WIDTH / HEADS))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        return np.asarray(mixed.transpose(1, 0, 2).reshape(len(state), WIDTH))

    def _heads(self, state: Floats) -> Floats:
        return state.reshape(len(state), HEADS, WIDTH // HEADS).transpose(1, 0, 2)

    def _linear(self, state: Floats, at: str) -> Floats:
        return np.asarray(state @ self._w[f"{at}.weight"].T + self._w[f"{at}.bias"])

    def _norm(self, state: Floats, at: str) -> Floats:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(NORM))
        return np.asarray(centred / spread * self._w[f"{at}.weight"] + self._w[f"{at}.bias"])


def _gelu(x: Floats) -> Floats:
    """x times the normal distribution function of x (Hendrycks and Gimpel 2016, arXiv:1606.08415).

    The error function by Abramowitz and Stegun 7.1.26, exact to 1.5e-7, which is below the weights' own precision.
    """
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)
