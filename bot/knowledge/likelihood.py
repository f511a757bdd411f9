"""How likely words are when somebody asks about a subject: naive Bayes, from texts that are known to ask about it.

Each text is weighted as J. Rennie, L. Shih, J. Teevan and D. Karger found best (2003, Tackling the poor assumptions of
naive Bayes text classifiers, ICML, section 4): a feature counts once in a text, for more the rarer it is, and no text
for more than another because it is long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

UNSEEN = 0.05  # what a feature that no text of a subject holds counts for (Lidstone); little changes from 0.02 to 0.2
LEAST = np.float32(1e-9)  # divided by instead of 0, where a text has no features

Floats = NDArray[np.float32]
Numbers = NDArray[np.integer]


@dataclass(frozen=True)
class Likelihood:
    """Learnt from texts as sets of features, each about one subject; all three are numbers from 0.

    `features` are those of each text, one text after another; `subjects` are those that hold a feature, and what it
    gains them, one feature after another. Where the next begins stands in `text_ends` and `feature_ends`.
    """

    rarity: Floats
    features: Numbers
    text_ends: Numbers
    lengths: Floats
    subjects: Numbers
    gains: Floats
    feature_ends: Numbers
    offsets: Floats

    @cached_property
    def rarest(self) -> float:
        """The rarity of what stands in one text at most."""
        return float(self.rarity.max(initial=1.0))

    def scores(self, weights: Mapping[int, float]) -> Floats:
        """The logarithm of each subject's likelihood, but for what is the same for all; `weights` are by feature."""
        weighed = {feature: weight * float(self.rarity[feature]) for feature, weight in weights.items()}
        length = sum(weight * weight for weight in weighed.values()) ** 0.5 or 1.0
        total: Floats = self.offsets * np.float32(sum(weighed.values()) / length)
        for feature, weight in weighed.items():
            there = _part(self.feature_ends, feature)
            np.add.at(total, self.subjects[there], self.gains[there] * np.float32(weight / length))
        return total

    def holding(self, feature: int, subjects: Numbers) -> NDArray[np.bool_]:
        """Which of some subjects hold a feature in one of their texts."""
        holders = self.subjects[_part(self.feature_ends, feature)]
        return np.asarray(holders[np.searchsorted(holders[:-1], subjects)] == subjects)

    def cosines(self, features: Sequence[int], strangers: int, texts: range) -> Floats:
        """The cosines of a set of features with some texts; `strangers` are features that no text holds."""
        weights = self._only(features) ** 2
        length = (float(weights.sum()) + strangers * self.rarest**2) ** 0.5 or 1.0
        theirs = np.maximum(self.lengths[texts.start : texts.stop], LEAST)
        return np.asarray(self._sums(weights, texts) / (theirs * np.float32(length)))

    def shares(self, features: Sequence[int], texts: range) -> Floats:
        """Which share of what each of some texts says, weighted by rarity, a set of features holds."""
        return np.asarray(self._sums(self._only(features), texts) / np.maximum(self._sums(self.rarity, texts), LEAST))

    def _only(self, features: Sequence[int]) -> Floats:
        """The rarity of some features, and nothing for all others."""
        rarity = np.zeros_like(self.rarity)
        rarity[list(features)] = self.rarity[list(features)]
        return rarity

    def _sums(self, weights: Floats, texts: range) -> Floats:
        """The sum of the weights of each text's features."""
        ends = self.text_ends[texts.start : texts.stop + 1]
        theirs = weights[self.features[ends[0] : ends[-1]]]
        sums = np.bincount(np.repeat(np.arange(len(texts)), np.diff(ends)), theirs, len(texts))
        return sums.astype(np.float32)


def from_pairs(texts: Numbers, features: Numbers, subject_of: Numbers, sizes: tuple[int, int]) -> Likelihood:
    """Learn from pairs of a text and a feature, each pair once, ordered by text.

    `subject_of` gives each text's subject; `sizes` are the numbers of features and of subjects.
    """
    vocabulary, subjects = sizes
    among = len(subject_of)
    rarity = np.log((1 + among) / (1 + np.bincount(features, minlength=vocabulary))) + 1
    weights = rarity[features]
    lengths = np.sqrt(np.bincount(texts, weights**2, among))
    order = _by_feature(features)
    ordered, about = features[order], subject_of[texts[order]]
    first = np.flatnonzero(_changes(ordered, about))
    amounts = np.add.reduceat((weights / lengths[texts])[order], first) if len(first) else weights
    totals = np.bincount(about[first], amounts, subjects)
    return Likelihood(
        rarity=rarity.astype(np.float32),
        features=features,
        text_ends=np.searchsorted(texts, np.arange(among + 1)),
        lengths=lengths.astype(np.float32),
        subjects=about[first].astype(np.intp),  # the kind of number at which numpy adds without converting
        gains=np.log1p(amounts / UNSEEN).astype(np.float32),
        feature_ends=np.searchsorted(ordered[first], np.arange(vocabulary + 1)),
        offsets=-np.log(totals + UNSEEN * vocabulary).astype(np.float32),
    )


def pairs(texts: Numbers, features: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair of a text and a feature once, in the order of the texts, in which they must come."""
    order = _by_feature(features)
    once = np.zeros(len(order), dtype=bool)
    once[order[_changes(features[order], texts[order])]] = True
    return texts[once], features[once]


def _part(ends: Numbers, at: int) -> slice:
    return slice(int(ends[at]), int(ends[at + 1]))


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
