"""Which subject a vector belongs to, on points in a plane."""

from __future__ import annotations

import numpy as np
import pytest

from bot.knowledge.discriminant import Discriminant

# Two long clouds side by side: a point far up between them is told apart by the narrow direction alone.
ROWS = np.array([[0.0, -4], [0.2, 4], [-0.2, 0], [1.0, -4], [1.2, 4], [0.8, 0]])
OF = np.array([0, 0, 0, 1, 1, 1])


@pytest.mark.parametrize(("point", "subject"), [((0.1, 0), 0), ((0.9, 0), 1), ((0.4, 30), 0), ((0.7, -30), 1)])
def test_a_vector_belongs_where_the_spread_of_subjects_says(point: tuple[float, float], subject: int) -> None:
    assert int(Discriminant(ROWS, OF, 2).scores(np.array(point)).argmax()) == subject


def test_a_subject_of_one_text_can_be_found() -> None:
    found = Discriminant(np.vstack([ROWS, [[5.0, 0.0]]]), np.append(OF, 2), 3).scores(np.array([4.9, 0.1]))
    assert int(found.argmax()) == 2
