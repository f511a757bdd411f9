"""An organiser writes a survey: from a template or from blank, its words, its audience, its schedule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.clock import today
from bot.errors import Problem
from bot.people import Actor, Audience, AudienceKind
from bot.surveys import templates
from bot.surveys.survey import Draft
from bot.surveys.timetable import Timetable
from handlers.drafting import Drafting, of
from handlers.ui import survey_card, survey_form
from handlers.ui import survey_form_audience as of_audience
from handlers.ui import survey_form_schedule as of_schedule
from handlers.ui.blocks import Block
from handlers.ui.survey_form import About
from storage import surveys

Json = dict[str, Any]
BLANK = Draft("Untitled survey", "", ())
NOBODY = "Nobody would be asked: it holds only bots, people who have left, guests or people from elsewhere."
NOT_IN_CHANNEL = "I am not in that channel. Invite me by typing /invite there, then save again."


@dataclass(frozen=True)
class Authoring:
    """A survey's own forms; its questions have a story of their own."""

    drafting: Drafting
    content: Path

    def listen(self, app: App) -> None:
        app.action(survey_card.NEW)(self.on_new)
        app.view(survey_form.NEW)(self.on_new_chosen)
        app.action(survey_card.EDIT_WORDS)(self.on_edit_words)
        app.view(survey_form.WORDS)(self.on_words)
        app.action(survey_card.EDIT_AUDIENCE)(self.on_edit_audience)
        app.action(of_audience.KIND)(self.on_audience_kind)
        app.view(of_audience.AUDIENCE)(self.on_audience)
        app.action(survey_card.EDIT_SCHEDULE)(self.on_edit_schedule)
        app.action(of_schedule.KIND)(self.on_schedule_kind)
        app.view(of_schedule.SCHEDULE)(self.on_schedule)

    # A new survey.

    def on_new(self, ack: Ack, body: Json, context: BoltContext) -> None:
        ack()
        self.drafting.roster.actor(context).must_organise()
        self._show_again(body, survey_form.new(templates.load(self.content, [])))

    def on_new_chosen(self, ack: Ack, view: Json, context: BoltContext) -> None:
        """The copy is kept as a draft, and its card shows what is still to be chosen."""
        actor, slug = self.drafting.roster.actor(context), survey_form.read_new(view)
        drafts = {each.slug: each.draft for each in templates.load(self.content, [])}
        survey = surveys.create(self.drafting.db, actor, drafts.get(slug, BLANK), self.drafting.clock())
        ack(response_action="update", view=self.drafting.organising.card(actor, survey))

    # Its words.

    def on_edit_words(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        ack()
        survey = self.drafting.pressed(action, context)
        self._show(body, survey_form.words(survey.draft, of(survey)))

    def on_words(self, ack: Ack, view: Json, context: BoltContext) -> None:
        form = self.drafting.sent(view, context)
        draft = survey_form.read_words(view, form.survey.draft)
        if errors := survey_form.place_words(draft):
            ack(response_action="errors", errors=errors)
            return

        def again(about: About) -> Block:
            return survey_form.words(draft, about)

        saved = self.drafting.save(ack, form, draft, again, survey_form.FIRST, survey_form.AT)
        self.drafting.redraw(form, saved)

    # Its audience.

    def on_edit_audience(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        ack()
        survey = self.drafting.pressed(action, context)
        self._show(body, of_audience.audience(survey.draft.audience, of(survey), self._groups()))
        self.drafting.roster.prepare()

    def on_audience_kind(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Another kind was chosen: the field under it follows."""
        ack()
        form = self.drafting.sent(body["view"], context)
        kind = of_audience.kind_chosen(form.view)
        self._show_again(body, of_audience.audience(form.survey.draft.audience, form.about, self._groups(), kind))

    def on_audience(self, ack: Ack, view: Json, context: BoltContext) -> None:
        form = self.drafting.sent(view, context)
        audience = of_audience.read_audience(view)
        field, groups = of_audience.field_of(audience), self._groups()
        if fault := self._fault_of(form.actor, audience):
            ack(response_action="errors", errors={field: fault})
            return

        def again(about: About) -> Block:
            return of_audience.audience(audience, about, groups)

        draft = replace(form.survey.draft, audience=audience)
        self.drafting.redraw(form, self.drafting.save(ack, form, draft, again, field))

    def _fault_of(self, actor: Actor, audience: Audience) -> str:
        """What is wrong with an audience, as the workspace is now; a function may have nobody yet."""
        roster = self.drafting.roster
        if fault := of_audience.fault(audience):
            return fault
        try:
            if audience.kind is AudienceKind.CHANNEL and not all(map(roster.is_in, audience.targets)):
                return NOT_IN_CHANNEL
            anybody = roster.members(actor.workspace, audience)
        except Problem as problem:
            return str(problem)
        return "" if anybody or audience.kind is AudienceKind.FUNCTION else NOBODY

    def _groups(self) -> list[tuple[str, str]]:
        return [(group.id, group.name) for group in self.drafting.roster.groups()]

    # Its schedule.

    def on_edit_schedule(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        ack()
        survey = self.drafting.pressed(action, context)
        self._show(body, of_schedule.schedule(survey.draft.schedule, of(survey), today(self.drafting.clock())))

    def on_schedule_kind(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Another rule was chosen: the fields under it follow."""
        ack()
        form, on = self.drafting.sent(body["view"], context), today(self.drafting.clock())
        kind = of_schedule.kind_chosen(form.view)
        self._show_again(body, of_schedule.schedule(form.survey.draft.schedule, form.about, on, kind))

    def on_schedule(self, ack: Ack, view: Json, context: BoltContext) -> None:
        form, now = self.drafting.sent(view, context), self.drafting.clock()
        read, errors = of_schedule.read_schedule(view)
        if read and read != form.survey.draft.schedule:
            errors = of_schedule.place(Timetable(read, self.drafting.holidays()).faults(now))
        if errors:
            ack(response_action="errors", errors=errors)
            return

        def again(about: About) -> Block:
            return of_schedule.schedule(read, about, today(now))

        draft = replace(form.survey.draft, schedule=read)
        self.drafting.redraw(form, self.drafting.save(ack, form, draft, again, of_schedule.KIND))

    def _show(self, body: Json, view: Block) -> None:
        """A form over the card."""
        self.drafting.messenger.push_form(body["trigger_id"], view)

    def _show_again(self, body: Json, view: Block) -> None:
        """Something else in the place of what is shown."""
        self.drafting.messenger.replace_form(body["view"]["id"], view)
