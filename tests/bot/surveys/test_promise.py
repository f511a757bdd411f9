"""What is promised follows from the settings: each has one text, and no text claims more than can be kept."""

from __future__ import annotations

import re

import pytest

from tests.surveys import a_promise, a_round

FORBIDDEN = ("completely anonymous", "untraceable", "nobody can ever", "guarantee", "impossible")


@pytest.mark.parametrize("anonymous", [True, False])
@pytest.mark.parametrize("threshold", [3, 5, 12])
@pytest.mark.parametrize("backup_days", [0, 30])
def test_no_configuration_claims_what_cannot_be_kept(anonymous: bool, threshold: int, backup_days: int) -> None:
    said = a_promise(anonymous=anonymous, threshold=threshold, backup_days=backup_days).first()
    assert not [claim for claim in FORBIDDEN if claim in said.lower()]
    assert "Slack carries what you send." in said
    assert "change or withdraw" in said


def test_a_round_is_called_anonymous_only_for_the_time_after_the_backups_are_gone() -> None:
    said = a_promise().first()
    assert "confidential until this round closes on Tuesday 1 December 2026" in said
    assert "gone by Thursday 31 December 2026; from that day your answers are anonymous" in said
    assert len(re.findall("anonymous", said)) == 1
    assert "From then on your answers are anonymous." in a_promise(backup_days=0).first()


def test_an_attributed_survey_says_so_first() -> None:
    said = a_promise(a_round(anonymous=False)).first()
    assert said.startswith("This survey is not anonymous. Your name is kept with your answers")


@pytest.mark.parametrize(("threshold", "comments"), [(3, 10), (5, 10), (12, 12)])
def test_the_thresholds_are_the_round_s_own(threshold: int, comments: int) -> None:
    said = a_promise(threshold=threshold).first()
    assert f"groups of {threshold} or more" in said
    assert f"only when {comments} or more people wrote one" in said
