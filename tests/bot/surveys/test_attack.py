"""The promise of a release, attacked: nobody who reads everything released can work out what is withheld (R10)."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.people import Function
from tests.bot.surveys.attacking import Attack, Kindred, Story
from tests.bot.surveys.knowing import told_apart
from tests.bot.surveys.stories import BROKEN, Broken, attacked, people, released, story

P, D, B = Function.PROCUREMENT, Function.DIGITAL, Function.BOTH
ONCE, TWICE, LATER = (1,), (1, 2), (2,)
RANDOM = st.randoms(use_true_random=False)
SOME = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def seeded(seed: int) -> Random:
    """Chance that is the same every time."""
    return Random(seed)


@SOME
@given(RANDOM)
def test_nobody_can_work_out_what_is_withheld(random: Random) -> None:
    assert attacked(story(random)) == []


@pytest.mark.parametrize("seed", range(3))
def test_nor_with_the_whole_of_the_core_questions(seed: int) -> None:
    assert attacked(story(seeded(seed), items=(5, 7))) == []


@pytest.mark.parametrize(
    ("threshold", "values", "kinds"),
    [
        (5, "12345", [Kindred(P, ONCE, 6)]),
        (5, "24", [Kindred(P, ONCE, 6), Kindred(D, ONCE, 7)]),
        (5, "24", [Kindred(P, ONCE, 7), Kindred(D, ONCE, 5), Kindred(B, ONCE, 5)]),
        (3, "24", [Kindred(P, ONCE, 8), Kindred(D, ONCE, 6), Kindred(B, ONCE, 2)]),
        (5, "24", [Kindred(P, TWICE, 7), Kindred(D, TWICE, 6), Kindred(P, LATER, 1)]),
        (5, "24", [Kindred(P, TWICE, 11), Kindred(P, ONCE, 2), Kindred(D, LATER, 1)]),
    ],
)
def test_nor_can_somebody_who_knows_the_engine(threshold: int, values: str, kinds: list[Kindred]) -> None:
    assert told_apart(kinds, threshold, values) == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_an_engine_without_one_of_the_rules_is_caught(broken: Broken) -> None:
    assert broken.attacked(broken.story)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_and_the_engine_with_all_of_them_is_not(broken: Broken) -> None:
    assert attacked(broken.story) == []


def test_the_attack_takes_only_what_is_true_for_given() -> None:
    """Were the truth not among the answers that it holds possible, it would find everything certain."""
    for seed in range(20):
        told = story(seeded(seed))
        assert Attack(told, released(told)).holds_the_truth_possible()


def test_the_attack_does_not_see_what_leaves_two_ways_open() -> None:
    told = Story(1, 5, people(P, "11224455"))
    assert attacked(told) == []
