"""Results in Slack: an organiser opens them, says what will be done, takes the data; whoever may read them gets charts.

Everything shown is made of releases (bot/surveys/release): there is no other way from an answer to a reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.clock import Clock, today
from bot.errors import Problem
from bot.people import NotYours
from bot.surveys import exports
from bot.surveys.charts import charts_of
from bot.surveys.round import Round, RoundState
from handlers.messenger import File, Messenger
from handlers.reports import NONE_YET, Reports
from handlers.roster import Roster, workspace_of
from handlers.ui import commitment_form, questionnaire
from handlers.ui import report as picture
from storage import commitments, named, releases, rounds
from storage.database import Database

AHEAD = timedelta(days=28)  # the date that the form for a commitment begins with
NO_CHARTS = "Charts need the extra “charts”. Ask whoever looks after me to install it. The bars above say the same."
NOTHING_TO_DRAW = "There is nothing to draw: no figure of this round may be shown."


@dataclass(frozen=True)
class Reporting:
    """What people do with a round's results."""

    db: Database
    clock: Clock
    messenger: Messenger
    roster: Roster
    reports: Reports

    def listen(self, app: App) -> None:
        app.action(picture.RESULTS)(self.on_results)
        app.action(picture.CHARTS)(self.on_charts)
        app.action(picture.DATA)(self.on_data)
        app.action(picture.PROMISE)(self.on_promise)
        app.view(commitment_form.CALLBACK)(self.on_promised)

    def on_results(self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """The results of a survey's last sealed round, for its organiser, in their conversation with the bot."""
        ack()
        actor = self.roster.actor(context)
        known = rounds.of_survey(self.db, actor, questionnaire.checked_round(action["value"]))
        sealed = [round for round in known if round.state is RoundState.SEALED]
        if not sealed:
            raise Problem(NONE_YET)
        self.messenger.tell(actor.member, self.reports.message(sealed[-1].id, organiser=True))
        self.messenger.push_form(body["trigger_id"], picture.sent())

    def on_charts(self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """The charts, as pictures with all their figures as words, below the message that offers them."""
        ack()
        round = self._readable(action["value"], context)
        charts = charts_of(self.reports.of(round.id))
        if not charts:
            raise Problem(NO_CHARTS if charts is None else NOTHING_TO_DRAW)
        files = [File(f"{chart.name}.png", chart.title, chart.png, chart.alt) for chart in charts]
        self.messenger.upload(str(context.channel_id), files, body["message"]["ts"])

    def on_data(self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """All that was released, as files, to the organiser who asks."""
        ack()
        round, channel = self._organised(action["value"], context), str(context.channel_id)
        alt = f"The released results of {round.title}, with a codebook"
        data = File(f"survey-{round.survey_id}.zip", round.title, self.reports.files(round.id), alt)
        self.messenger.upload(channel, [data, *self._named(round, context)], body["message"]["ts"])

    def _named(self, round: Round, context: BoltContext) -> Iterator[File]:
        """Answers with names, of an attributed survey, for whoever looks after it: never in a channel."""
        actor = self.roster.actor(context)
        survey_is_theirs = actor.looks_after(rounds.owner(self.db, round.id))
        if not round.anonymous and survey_is_theirs and str(context.channel_id).startswith("D"):
            given = named.of_round(self.db, actor, round)
            alt = f"Who answered what in {round.title}"
            yield File(f"named-answers-{round.number}.csv", "Answers with names", exports.named(given), alt)

    def on_promise(self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """What will we do?"""
        ack()
        round = self._organised(action["value"], context)
        due = today(self.clock()) + AHEAD
        self.messenger.open_form(body["trigger_id"], commitment_form.render(round.id, due))

    def on_promised(self, ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        """Kept first, then acknowledged. The role is looked at again when it is kept."""
        now = self.clock()
        commitment, wrong = commitment_form.read(view, today(now))
        if commitment is None:
            ack(response_action="errors", errors=wrong)
            return
        commitments.promise(self.db, self.roster.actor(context), commitment_form.round_of(view), commitment, now)
        ack(response_action="update", view=commitment_form.saved())

    def _organised(self, round_id: object, context: BoltContext) -> Round:
        """A round of this workspace, for an organiser. Raises Problem to anybody else."""
        self.roster.actor(context).must_organise()
        return self._readable(round_id, context)

    def _readable(self, round_id: object, context: BoltContext) -> Round:
        """A round whose results whoever acts may read: they were asked, organise, or are in the results' channel."""
        round = rounds.get(self.db, questionnaire.checked_round(round_id))
        workspace, member = workspace_of(context), str(context.user_id or "")
        if round.workspace != workspace:
            raise NotYours("round")
        in_channel = bool(round.results_channel) and context.channel_id == round.results_channel
        if not in_channel and not releases.was_asked(self.db, workspace, round.id, member):
            self.roster.actor(context).must_organise()
        return round
