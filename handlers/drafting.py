"""What every form of a survey shares: whose it is, keeping what was written, and who was second."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.clock import Clock
from bot.people import Actor
from bot.surveys.calendars import BankHolidays
from bot.surveys.survey import Draft, NotReady, Survey
from handlers.messenger import Messenger
from handlers.organising import Organising
from handlers.roster import Roster
from handlers.ui import survey_form
from handlers.ui.blocks import Block
from handlers.ui.survey_form import About, about
from storage import surveys
from storage.database import Database
from storage.surveys import EditedMeanwhile

Json = dict[str, Any]
Again = Callable[[About], Block]
"""Draws a form again, with what was written in it, for the revision that is there now."""


@dataclass(frozen=True)
class Form:
    """A form that was sent: as Slack gave it, the survey as it is now, and who sent it."""

    view: Json
    survey: Survey
    actor: Actor
    about: About


@dataclass(frozen=True)
class Drafting:
    """Between two forms a survey lies in the database; each form carries only its id and revision."""

    db: Database
    clock: Clock
    messenger: Messenger
    roster: Roster
    holidays: Callable[[], BankHolidays]
    organising: Organising

    def pressed(self, action: Json, context: BoltContext) -> Survey:
        """The survey that a button belongs to. Raises NotYours, or Problem."""
        return surveys.get(self.db, self.roster.actor(context), about(action.get("value")).survey_id)

    def sent(self, view: Json, context: BoltContext) -> Form:
        """A form and what it belongs to. Raises NotYours, or Problem."""
        actor, of = self.roster.actor(context), about(view.get("private_metadata"))
        return Form(view, surveys.get(self.db, actor, of.survey_id), actor, of)

    def revised(self, actor: Actor, of: About, draft: Draft) -> Survey:
        """Keep a draft. Raises EditedMeanwhile when the survey is not any more at the revision that was drawn."""
        return surveys.revise(self.db, actor, of.survey_id, of.revision, draft, self.holidays(), self.clock())

    def save(
        self, ack: Ack, form: Form, draft: Draft, again: Again, otherwise: str, at: Mapping[str, str] | None = None
    ) -> Survey | None:
        """Keep a draft and let its form close; or leave it open with what is wrong, and give None.

        Whoever was second gets the form again with what they wrote.
        """
        try:
            saved = self.revised(form.actor, form.about, draft)
        except EditedMeanwhile:
            there = surveys.get(self.db, form.actor, form.survey.id)
            fresh = survey_form.noted(again(of(there, form.about.key)), survey_form.CHANGED)
            ack(response_action="update", view=fresh)
            return None
        except NotReady as problem:
            ack(response_action="errors", errors=survey_form.place(problem.faults, at or {}, otherwise))
            return None
        ack()
        return saved

    def redraw(self, form: Form, saved: Survey | None) -> None:
        """The card under a form follows what was kept."""
        if saved:
            self.organising.redraw(form.view.get("previous_view_id"), form.actor, saved)


def of(survey: Survey, key: str = "") -> About:
    """What a form that is drawn now belongs to."""
    return About(survey.id, survey.revision, key)
