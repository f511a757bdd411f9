"""What an organiser does again and again: opens the list, starts from a template, opens a form of the card."""

from __future__ import annotations

from typing import Any

from bot.people import Actor, Role
from bot.surveys.survey import Survey
from storage import surveys
from tests.conftest import Running
from tests.directory import WORKSPACE
from tests.fakes import FakeSlack
from tests.forms import press, sent
from tests.payloads import ADA, command

ORGANISER = Actor(WORKSPACE, ADA, frozenset({Role.ORGANISER}))


def the_survey(running: Running) -> Survey:
    """The one survey that there is."""
    [survey] = surveys.of_workspace(running.db, ORGANISER)
    return survey


def a_draft(running: Running, slack: FakeSlack, template: str = "collaboration-pulse") -> dict[str, Any]:
    """From the command to the card of a new draft."""
    running.receives(command("surveys"))
    running.receives(press(slack.shown, "New survey"))
    card: dict[str, Any] = running.receives(sent(slack.shown, template=template))["view"]
    return card


def opened(running: Running, slack: FakeSlack, card: dict[str, Any], part: str) -> dict[str, Any]:
    """The form behind one of the card's *Change* buttons."""
    at = ("words", "questions", "audience", "schedule").index(part)
    running.receives(press(card, "Change", nth=at))
    return slack.shown
