"""Surveys for tests: good defaults, of which a test overrides what matters to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.surveys.promise import Promise
from bot.surveys.questions import Kind, Option, Question
from bot.surveys.round import Round, RoundState
from tests.directory import WORKSPACE

OPENS = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CLOSES = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)

GATE = Question(
    "gate",
    Kind.CHOICE,
    "In the last {period}, how often did you work with {other}?",
    (Option("none", "Not at all", goes_to="barriers"), Option("some", "Once or twice"), Option("most", "Most weeks")),
    required=True,
)
EARLY = Question("early", Kind.RATING, "{Other} bring me in early enough to influence how we buy.", index=True)
BARRIERS = Question(
    "barriers",
    Kind.CHOICES,
    "What got in the way?",
    tuple(Option(key, key.title()) for key in ("approvals", "skills", "budget", "nothing")),
    most=3,
)
LIKELY = Question("likely", Kind.SCORE, "How likely are you to do it this way again?")
COMMENT = Question("comment", Kind.TEXT, "What one thing would make the next buy easier?")
QUESTIONS = (GATE, EARLY, LIKELY, BARRIERS, COMMENT)


def a_round(**changes: Any) -> Round:
    """An open anonymous round of five questions of all kinds, split by function, asked of twenty people."""
    made: dict[str, Any] = {
        "id": "0123456789abcdef" * 2,
        "workspace": WORKSPACE,
        "survey_id": "fedcba9876543210" * 2,
        "slot": "2026-11-24T10:00@Europe/London",
        "number": 1,
        "title": "How we buy together",
        "purpose": "So that both teams see where buying together works and where it does not.",
        "questions": QUESTIONS,
        "anonymous": True,
        "by_function": True,
        "threshold": 5,
        "period": "month",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "state": RoundState.OPEN,
        "invited": 20,
    }
    return Round(**made | changes)


def a_promise(round: Round | None = None, **changes: Any) -> Promise:
    """The terms of a round, with backups kept for 30 days."""
    of = round or a_round()
    made: dict[str, Any] = {
        "anonymous": of.anonymous,
        "threshold": of.threshold,
        "closes_at": of.closes_at,
        "backup_days": 30,
    }
    return Promise(**made | changes)


def later(days: float) -> datetime:
    """A moment that many days after the round of `a_round` opened."""
    return OPENS + timedelta(days=days)
