"""Surveys that live in a database: written by Ada, asked of people in London, every second Tuesday at 10:00."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.people import Actor, Audience, AudienceKind, Member, Role
from bot.surveys.round import Round
from bot.surveys.survey import Draft, Survey
from storage import rounds, surveys
from storage.database import Database
from tests.bot.surveys.builders import a_schedule, holidays
from tests.directory import WORKSPACE
from tests.surveys import QUESTIONS

ADA = Actor(WORKSPACE, "U0ADA", frozenset({Role.ORGANISER}))
EVE = Actor(WORKSPACE, "U0EVE", frozenset({Role.ORGANISER}))
ROOT = Actor(WORKSPACE, "U0ROOT", frozenset({Role.ADMIN}))
WRITTEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
FIRST = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)  # Tuesday; the round closes on Monday 7 December at 17:00
SECOND = datetime(2026, 12, 15, 10, 0, tzinfo=UTC)
BO, CY, DI = Member("U0BO", "Europe/London"), Member("U0CY", "Europe/London"), Member("U0DI", "Europe/London")
EVERYBODY = (BO, CY, DI)


def a_draft(**changes: Any) -> Draft:
    """A draft without faults, every second Tuesday at 10:00 in London from 1 December 2026, for a channel."""
    made: dict[str, Any] = {
        "title": "How we buy together",
        "purpose": "To choose what to mend first.",
        "questions": QUESTIONS,
        "audience": Audience(AudienceKind.CHANNEL, ("C0BUYING",)),
        "schedule": a_schedule(),
    }
    return Draft(**made | changes)


def active(db: Database, now: datetime = WRITTEN, **changes: Any) -> Survey:
    """A survey of Ada's that is on."""
    written = surveys.create(db, ADA, a_draft(**changes), now)
    return surveys.activate(db, ADA, written.id, holidays(), now)


def begun(
    db: Database, members: tuple[Member, ...] = EVERYBODY, now: datetime | None = None, **changes: Any
) -> tuple[Survey, Round]:
    """A survey with its first round open."""
    survey = active(db, **changes)
    assert survey.next_round_at
    round = rounds.start(db, survey, members, holidays(), now or survey.next_round_at)
    assert round
    return surveys.get(db, ADA, survey.id), round
