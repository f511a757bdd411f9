"""Naive Bayes by numbers, against what is worked out by hand."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest

from bot.knowledge.likelihood import UNSEEN, from_pairs, pairs

# Texts 0 and 1 ask about subject 0, text 2 about subject 1; features 0 (in two texts), 1 (in one) and 2 (in one).
TEXTS, FEATURES, OF = np.array([0, 0, 1, 2]), np.array([0, 1, 0, 2]), np.array([0, 0, 1])
LEARNT = from_pairs(TEXTS, FEATURES, OF, (3, 2))
COMMON, RARE = log(4 / 3) + 1, log(4 / 2) + 1


def test_a_feature_is_worth_more_the_rarer_it_is() -> None:
    assert LEARNT.rarity.tolist() == pytest.approx([COMMON, RARE, RARE])
    assert LEARNT.rarest == pytest.approx(RARE)


def test_scores_are_log_likelihoods_but_for_a_constant() -> None:
    length = sqrt(COMMON**2 + RARE**2)
    amounts = np.array([[COMMON / length + 1, RARE / length, 0], [0, 0, 1]])
    likely = np.log(amounts + UNSEEN) - np.log(amounts.sum(axis=1, keepdims=True) + 3 * UNSEEN)
    asked = np.array([COMMON, 0, RARE]) / length  # features 0 and 2
    wanted, found = likely @ asked, LEARNT.scores({0: 1.0, 2: 1.0})
    assert found[0] - found[1] == pytest.approx(wanted[0] - wanted[1])


def test_a_feature_of_less_weight_counts_for_less() -> None:
    full, half = (LEARNT.scores({0: 1.0, 2: weight}) for weight in (1.0, 0.5))
    assert half[0] - half[1] > full[0] - full[1]


def test_nothing_asked_scores_all_alike() -> None:
    assert LEARNT.scores({}).tolist() == [0.0, 0.0]


def test_a_subject_holds_what_one_of_its_texts_holds() -> None:
    held = [LEARNT.holding(feature, np.array([0, 1])).tolist() for feature in range(3)]
    assert held == [[True, False], [True, False], [False, True]]


def test_cosines_compare_a_set_with_texts_and_strangers_lower_them() -> None:
    same, part = LEARNT.cosines([0, 1], 0, range(2))
    assert (same, part) == (pytest.approx(1.0), pytest.approx(COMMON / sqrt(COMMON**2 + RARE**2)))
    assert LEARNT.cosines([0, 1], 1, range(1))[0] < 0.9
    assert LEARNT.cosines([], 0, range(3)).tolist() == [0.0, 0.0, 0.0]


def test_the_share_of_a_text_is_weighted_by_rarity() -> None:
    assert LEARNT.shares([1], range(3)).tolist() == pytest.approx([RARE / (COMMON + RARE), 0.0, 0.0])
    assert LEARNT.shares([0, 1, 2], range(3)).tolist() == pytest.approx([1.0, 1.0, 1.0])
    assert LEARNT.shares([2], range(2, 3)).tolist() == pytest.approx([1.0])


def test_pairs_stand_once_and_in_order() -> None:
    texts, features = pairs(np.array([0, 0, 1, 1, 1]), np.array([1, 0, 2, 2, 0]))
    assert (texts.tolist(), features.tolist()) == ([0, 0, 1, 1], [1, 0, 2, 0])
