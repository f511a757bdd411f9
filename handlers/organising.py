"""An organiser looks after surveys: the list, the card, preview and test, start, pause, skip, close, archive."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.clock import Clock
from bot.errors import Problem
from bot.people import Actor
from bot.surveys.calendars import BankHolidays
from bot.surveys.preflight import Preflight, preflight
from bot.surveys.promise import Promise
from bot.surveys.questions import Answers, checked
from bot.surveys.rehearsing import rehearsal
from bot.surveys.round import RoundState
from bot.surveys.survey import NotReady, State, Survey
from handlers.messenger import Messenger
from handlers.roster import Roster
from handlers.ui import questionnaire, survey_card, survey_check, survey_test
from handlers.ui.blocks import Block
from handlers.ui.survey_form import About, about
from storage import profiles, responses, rounds, surveys
from storage.database import Database
from storage.surveys import EditedMeanwhile

Json = dict[str, Any]


@dataclass(frozen=True)
class Organising:
    """Everything that an organiser does with a survey but write it. `holidays` are read when they are needed."""

    db: Database
    clock: Clock
    messenger: Messenger
    roster: Roster
    holidays: Callable[[], BankHolidays]
    backup_days: int

    def listen(self, app: App) -> None:
        app.action(survey_card.LIST)(self.on_list)
        app.action(survey_card.OPEN)(self.on_open)
        app.action(survey_card.PREVIEW)(self.on_preview)
        app.action(survey_card.TEST)(self.on_test)
        app.action(survey_test.TRY)(self.on_try)
        app.action(questionnaire.CHANGED, matchers=[_of_a_preview])(self.on_preview_changed)
        app.view(questionnaire.PREVIEW)(self.on_preview_sent)
        app.action(survey_card.CHECK)(self.on_check)
        app.view(survey_check.START)(self.on_start)
        for action in (survey_card.PAUSE, survey_card.RESUME, survey_card.SKIP, survey_card.CLOSE, survey_card.ARCHIVE):
            app.action(action)(self.on_changed)

    # The list and the card.

    def on_surveys(self, ack: Ack, command: Json, context: BoltContext) -> None:
        """`/buying surveys` opens the list."""
        ack()
        self.messenger.open_form(command["trigger_id"], self._list(self.roster.actor(context)))

    def on_list(self, ack: Ack, body: Json, context: BoltContext) -> None:
        ack()
        self.messenger.replace_form(body["view"]["id"], self._list(self.roster.actor(context)))

    def on_open(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        ack()
        actor, survey = self._pressed(action, context)
        self.messenger.replace_form(body["view"]["id"], self.card(actor, survey))

    def _list(self, actor: Actor) -> Block:
        return survey_card.listed([self._glance(actor, each) for each in surveys.of_workspace(self.db, actor)])

    def _glance(self, actor: Actor, survey: Survey) -> survey_card.Glance:
        theirs = actor.looks_after(survey.owner)
        return survey_card.Glance(survey, self._latest(actor, survey) if theirs else None, theirs)

    def card(self, actor: Actor, survey: Survey, note: str = "") -> Block:
        """A survey as its organiser sees it now."""
        now = self.clock()
        shown = survey_card.Card(
            survey=survey,
            latest=self._latest(actor, survey),
            health=rounds.health(self.db, actor, survey.id, now),
            faults=survey.draft.faults(now) if survey.state is State.DRAFT else (),
            groups={group.id: group.name for group in self.roster.groups()},
        )
        return survey_card.card(shown, note)

    def redraw(self, view_id: str | None, actor: Actor, survey: Survey, note: str = "") -> None:
        """Draw a card that lies under a form anew. What was done is done, whether or not it can be drawn."""
        if view_id:
            with suppress(Problem):
                self.messenger.replace_form(view_id, self.card(actor, survey, note))

    def _latest(self, actor: Actor, survey: Survey) -> survey_card.Latest | None:
        known = rounds.of_survey(self.db, actor, survey.id)
        if not known:
            return None
        if known[-1].state is RoundState.OPEN:
            return survey_card.Latest(known[-1], responses.count(self.db, known[-1]))
        return survey_card.Latest(known[-1], known[-1].responses or 0)

    def _pressed(self, action: Json, context: BoltContext) -> tuple[Actor, Survey]:
        """Who pressed, and the survey that the button belongs to. Raises NotYours, or Problem."""
        actor = self.roster.actor(context)
        actor.must_organise()
        return actor, surveys.get(self.db, actor, about(action.get("value")).survey_id)

    # Preview and test.

    def on_preview(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        ack()
        _, survey = self._pressed(action, context)
        self.messenger.push_form(body["trigger_id"], self._questionnaire(survey, {}))

    def on_test(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        """The invitation comes to whoever pressed, marked as a test, and leads to the preview."""
        ack()
        actor, survey = self._pressed(action, context)
        if not survey.draft.questions:
            raise Problem("Add a question first.")
        self.messenger.tell(actor.member, survey_test.render(self._round(survey), About(survey.id, survey.revision)))
        self.redraw(body["view"]["id"], actor, survey, "*Sent to you.* Look in my Messages. Nobody else got it.")

    def on_try(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        ack()
        _, survey = self._pressed(action, context)
        self.messenger.open_form(body["trigger_id"], self._questionnaire(survey, {}))

    def on_preview_changed(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """A choice that other questions hang on was made in a preview."""
        ack()
        survey = self._previewed(body["view"], context)
        answers = questionnaire.read(body["view"], self._round(survey))
        self.messenger.replace_form(body["view"]["id"], self._questionnaire(survey, answers))

    def on_preview_sent(self, ack: Ack, view: Json, context: BoltContext) -> None:
        """The answers are checked as a member's would be, and forgotten."""
        round = self._round(self._previewed(view, context))
        _, wrong = checked(round.asked, questionnaire.read(view, round))
        if wrong:
            ack(response_action="errors", errors=questionnaire.place(view, wrong))
        else:
            ack(response_action="update", view=questionnaire.previewed())

    def _previewed(self, view: Json, context: BoltContext) -> Survey:
        return surveys.get(self.db, self.roster.actor(context), questionnaire.round_of(view))

    def _round(self, survey: Survey) -> Any:
        return rehearsal(survey, self.holidays(), self.clock())

    def _questionnaire(self, survey: Survey, answers: Answers) -> Block:
        round = self._round(survey)
        promise = Promise(round.anonymous, round.threshold, round.closes_at, self.backup_days)
        return questionnaire.render(questionnaire.Showing(round, promise, answers, is_preview=True))

    # Before and at the start.

    def on_check(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        """Looking people up may take longer than the three seconds in which a press can open a form."""
        ack()
        actor, survey = self._pressed(action, context)
        if survey.state is State.DRAFT and (faults := survey.draft.faults(self.clock())):
            raise NotReady(faults)
        opened = self.messenger.push_form(body["trigger_id"], survey_check.looking())
        try:
            view = survey_check.check(survey, self._preflight(actor, survey, self.clock()))
        except Problem as problem:  # the press has opened a form already, and can open no other
            view = survey_check.trouble(str(problem))
        self.messenger.replace_form(opened["id"], view)

    def on_start(self, ack: Ack, view: Json, context: BoltContext) -> None:
        """What was checked is started: a survey that was changed since is not."""
        actor, of = self.roster.actor(context), about(view.get("private_metadata"))
        if surveys.get(self.db, actor, of.survey_id).revision != of.revision:
            raise EditedMeanwhile
        started = surveys.activate(self.db, actor, of.survey_id, self.holidays(), self.clock())
        ack()
        self.redraw(
            view.get("previous_view_id"), actor, started, "*Started.* The first round begins on the date below."
        )

    def _preflight(self, actor: Actor, survey: Survey, now: datetime) -> Preflight:
        draft = survey.draft
        members = self.roster.members(actor.workspace, draft.audience) if draft.audience else ()
        others = [(each, self._ids(each)) for each in surveys.of_workspace(self.db, actor) if _is_another(each, survey)]
        functions = profiles.functions(self.db, actor.workspace)
        return preflight(draft, members, functions, others, self.holidays(), now)

    def _ids(self, other: Survey) -> set[str]:
        """Whom another survey asks; nobody, when its audience cannot be read."""
        with suppress(Problem):
            if other.draft.audience:
                return {member.id for member in self.roster.members(other.workspace, other.draft.audience)}
        return set()

    # While it runs.

    def on_changed(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        """Pause, resume, skip, close now, archive: done, and the card says so."""
        ack()
        actor, survey = self._pressed(action, context)
        note = self._change(action["action_id"], actor, survey.id)
        changed = surveys.get(self.db, actor, survey.id)
        self.messenger.replace_form(body["view"]["id"], self.card(actor, changed, note))

    def _change(self, action: str, actor: Actor, survey_id: str) -> str:
        """Do what a button says; gives the sentence that tells of it."""
        now = self.clock()
        if action == survey_card.PAUSE:
            surveys.pause(self.db, actor, survey_id, now)
            return "*Paused.* Nothing more is sent until you resume."
        if action == survey_card.RESUME:
            surveys.resume(self.db, actor, survey_id, self.holidays(), now)
            return "*Resumed.* Nothing is sent now; the next round begins on the date below."
        if action == survey_card.SKIP:
            surveys.skip_next(self.db, actor, survey_id, self.holidays(), now)
            return "*Skipped.* The next round is the one after it."
        if action == survey_card.CLOSE:
            rounds.close_now(self.db, actor, survey_id, now)
            return "*Closed.* The answers are unlinked and the results made within a minute."
        surveys.archive(self.db, actor, survey_id, now)
        return "*Archived.* Nothing more is sent."


def _is_another(each: Survey, survey: Survey) -> bool:
    return each.state is State.ACTIVE and each.id != survey.id


def _of_a_preview(body: Json) -> bool:
    return bool(body.get("view", {}).get("callback_id") == questionnaire.PREVIEW)
