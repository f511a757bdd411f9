"""How likely words are when somebody asks about a subject: naive Bayes, from texts that are known to ask about it.

Each text is weighted as J. Rennie, L. Shih, J. Teevan and D. Karger found best (2003, Tackling the poor assumptions of
naive Bayes text classifiers, ICML, section 4): a feature counts once in a text, for more the rarer it is, and no text
for more than another because it is long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

UNSEEN = 0.05  # what a feature that no text of a subject holds counts for (Lidstone); little changes from 0.02 to 0.2

Floats = NDArray[np.float64]
Numbers = NDArray[np.integer]


class Likelihood:
    """Learnt from texts as sets of features, each about one subject; all three are numbers from 0."""

    def __init__(self, texts: Numbers, features: Numbers, subject_of: Numbers, sizes: tuple[int, int]) -> None:
        """`texts` and `features` are the two ends of pairs, each pair once, ordered by text.

        `subject_of` gives each text's subject; `sizes` are the numbers of features and of subjects.
        """
        vocabulary, subjects = sizes
        among = len(subject_of)
        self.rarity: Floats = np.log((1 + among) / (1 + np.bincount(features, minlength=vocabulary))) + 1
        self.rarest = float(self.rarity.max(initial=1.0))
        self._features = features
        self._starts = np.searchsorted(texts, np.arange(among + 1))
        weights = self.rarity[features]
        self.lengths = np.sqrt(np.bincount(texts, weights**2, among))
        held = weights / self.lengths[texts]
        order = _by_feature(features)
        ordered, about = features[order], subject_of[texts[order]]
        first = np.flatnonzero(_changes(ordered, about))
        amounts = np.add.reduceat(held[order], first) if len(first) else held
        self._subjects = about[first]
        self._gains = np.log1p(amounts / UNSEEN)
        self._ranges = np.searchsorted(ordered[first], np.arange(vocabulary + 1))
        self._offsets = -np.log(np.bincount(self._subjects, amounts, subjects) + UNSEEN * vocabulary)

    def scores(self, weights: dict[int, float]) -> Floats:
        """The logarithm of each subject's likelihood, but for what is the same for all; `weights` are by feature."""
        weighed = {feature: weight * self.rarity[feature] for feature, weight in weights.items()}
        length = float(np.sqrt(sum(weight * weight for weight in weighed.values()))) or 1.0
        total: Floats = self._offsets * (sum(weighed.values()) / length)
        for feature, weight in weighed.items():
            there = slice(self._ranges[feature], self._ranges[feature + 1])
            total[self._subjects[there]] += self._gains[there] * (weight / length)
        return total

    def holds(self, subject: int, feature: int) -> bool:
        """Whether one of a subject's texts holds a feature."""
        start, stop = int(self._ranges[feature]), int(self._ranges[feature + 1])
        at = bisect_left(self._subjects, subject, start, stop)
        return at < stop and bool(self._subjects[at] == subject)

    def cosines(self, features: Sequence[int], strangers: int, texts: range) -> Floats:
        """The cosines of a set of features with some texts; `strangers` are features that no text holds."""
        weights = np.zeros(len(self.rarity))
        weights[list(features)] = self.rarity[list(features)] ** 2
        length = np.sqrt(weights.sum() + strangers * self.rarest**2) or 1.0
        starts = self._starts[texts.start : texts.stop + 1]
        theirs = weights[self._features[starts[0] : starts[-1]]]
        shared = np.bincount(np.repeat(np.arange(len(texts)), np.diff(starts)), theirs, len(texts))
        return np.asarray(shared / (np.maximum(self.lengths[texts.start : texts.stop], 1e-9) * length))


def pairs(texts: Numbers, features: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair of a text and a feature once, in the order of the texts, in which they must come."""
    order = _by_feature(features)
    once = np.zeros(len(order), dtype=bool)
    once[order[_changes(features[order], texts[order])]] = True
    return texts[once], features[once]


def _by_feature(features: Numbers) -> Numbers:
    """The order by feature, otherwise as it was. Numbers below 65,536 are sorted by radix, ten times as fast."""
    small = len(features) == 0 or features.max() < 2**16
    return np.argsort(features.astype(np.uint16) if small else features, kind="stable")


def _changes(*columns: Numbers) -> NDArray[np.bool_]:
    """Where a row is not the one before it."""
    changed = np.zeros(len(columns[0]), dtype=bool)
    changed[:1] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return changed
