"""A member is asked: opens the questionnaire, answers, changes or withdraws; or answers later, not at all, never again.

What is answered is kept before it is acknowledged, and nothing here is logged: a line with a name and a moment would
tell who answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond

from bot.clock import Clock
from bot.people import Function
from bot.surveys.promise import Promise
from bot.surveys.questions import FUNCTION, Answers, checked
from bot.surveys.round import Round, RoundClosed
from handlers.messenger import Messenger, respond
from handlers.roster import workspace_of
from handlers.ui import invitation, questionnaire
from handlers.ui.questionnaire import Showing
from storage import deliveries, profiles, responses, rounds
from storage.database import Database
from storage.keys import Keys

LATER = timedelta(days=1)


@dataclass(frozen=True)
class Answering:
    """Everything that a member does with a round to which they were asked."""

    db: Database
    keys: Keys
    clock: Clock
    messenger: Messenger
    backup_days: int

    def listen(self, app: App) -> None:
        app.action(invitation.ANSWER)(self.on_open)
        app.action(invitation.ONE_CLICK)(self.on_press)
        app.action(invitation.LATER)(self.on_later)
        app.action(invitation.DECLINE)(self.on_decline)
        app.action(invitation.STOP)(self.on_stop)
        app.action(invitation.SEEN)(self.on_seen)
        app.action({"type": "block_actions", "action_id": questionnaire.CHANGED})(self.on_changed)
        app.action(questionnaire.WITHDRAW)(self.on_withdraw)
        app.view(questionnaire.CALLBACK)(self.on_submit)

    # The questionnaire.

    def on_open(self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """The form, with what was answered before; or with the function that the member set for themselves."""
        ack()
        round = self._round(action["value"], context)
        before = responses.of(self.db, self.keys, round, _member(context))
        answers = before or _preselected(self._function(context))
        showing = Showing(round, self._promise(round), answers, is_kept=before is not None)
        self.messenger.open_form(body["trigger_id"], questionnaire.render(showing))

    def on_changed(self, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """A choice on which later questions hang: the form is drawn again. What was typed stays in its fields."""
        ack()
        view = body["view"]
        round = self._round(questionnaire.round_of(view), context)
        kept = responses.of(self.db, self.keys, round, _member(context)) is not None
        showing = Showing(round, self._promise(round), questionnaire.read(view, round), is_kept=kept)
        self.messenger.replace_form(view["id"], questionnaire.render(showing))

    def on_submit(self, ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        """Kept first, then acknowledged. Too late: the member's own words are given back."""
        try:
            round = self._round(questionnaire.round_of(view), context)
            answers, wrong = checked(round.asked, questionnaire.read(view, round))
            if wrong:
                ack(response_action="errors", errors=questionnaire.place(view, wrong))
                return
            responses.record(self.db, self.keys, round, _member(context), answers, self.clock())
        except RoundClosed as closed:
            ack(response_action="update", view=questionnaire.too_late(view, closed))
        else:
            ack(response_action="update", view=questionnaire.saved(round, invitation.moment(round.closes_at)))

    def on_withdraw(self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """The member's answers are deleted."""
        ack()
        round = self._round(action["value"], context)
        responses.withdraw(self.db, self.keys, round, _member(context), self.clock())
        self.messenger.replace_form(body["view"]["id"], questionnaire.withdrawn())

    # The message.

    def on_press(self, ack: Ack, action: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        """A survey of one question, answered by one press. Kept first, then acknowledged."""
        round = self._round(action["value"], context)
        function = self._function(context)
        question = invitation.single(round, function)
        if question is not None:
            given = _preselected(function if round.by_function else None)
            answers = {**given, question.key: (invitation.value_of(action["action_id"]),)}
            responses.record(self.db, self.keys, round, _member(context), answers, self.clock())
            _respond(respond, invitation.pressed_saved(round.closes_at))
        else:
            _respond(respond, invitation.needs_the_form(round))
        ack()

    def on_later(self, ack: Ack, action: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        """Reminded tomorrow at this time, if the round is still open then and there is a reminder left."""
        ack()
        round = self._round(action["value"], context)
        until = self.clock() + LATER
        in_time = until < round.closes_at and deliveries.snooze(
            self.db, round.workspace, round.id, _member(context), until
        )
        _respond(respond, invitation.later(until) if in_time else invitation.too_late_for_later())

    def on_decline(self, ack: Ack, action: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        ack()
        round = self._round(action["value"], context)
        rounds.decline(self.db, round.workspace, round.id, _member(context))
        _respond(respond, invitation.declined())

    def on_stop(self, ack: Ack, context: BoltContext, respond: Respond) -> None:
        """No more surveys for this member, until they say otherwise in Home."""
        ack()
        profiles.stop(self.db, workspace_of(context), _member(context))
        _respond(respond, invitation.stopped())

    def on_seen(self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """Exactly what the organiser sees: counts now, and the rules for later."""
        ack()
        round = self._round(action["value"], context)
        answered = responses.count(self.db, round)
        self.messenger.open_form(body["trigger_id"], invitation.what_organisers_see(round, answered))

    def _round(self, round_id: object, context: BoltContext) -> Round:
        """The round, if it is open and this member was asked. Raises NotInvited or RoundClosed."""
        known = questionnaire.checked_round(round_id)
        return rounds.open_for(self.db, workspace_of(context), known, _member(context), self.clock())

    def _function(self, context: BoltContext) -> Function | None:
        return profiles.get(self.db, workspace_of(context), _member(context)).function

    def _promise(self, round: Round) -> Promise:
        return Promise(round.anonymous, round.threshold, round.closes_at, self.backup_days)


_respond = respond  # Bolt passes its own `respond` by that name


def _member(context: BoltContext) -> str:
    """Who acts, as Slack says; never taken from anything that a form or a button carries."""
    return str(context.user_id or "")


def _preselected(function: Function | None) -> Answers:
    return {FUNCTION: (function.value,)} if function else {}
