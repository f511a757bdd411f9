"""A round: how many of those asked have answered, in the one way in which it is rounded everywhere."""

from __future__ import annotations

import pytest

from bot.surveys.round import response_rate


@pytest.mark.parametrize(
    ("answered", "invited", "percent"),
    [(24, 28, 86), (1, 200, 1), (1, 201, 0), (0, 7, 0), (7, 7, 100), (1, 8, 13), (2, 3, 67), (1, 3, 33)],
)
def test_a_rate_is_whole_per_cent_and_halves_go_up(answered: int, invited: int, percent: int) -> None:
    assert response_rate(answered, invited) == percent
