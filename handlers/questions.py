"""An organiser writes the questions of a survey: adds, changes, moves and removes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.errors import Problem
from bot.people import Actor, NotYours
from bot.surveys import writing
from bot.surveys.questions import Kind, Question
from bot.surveys.survey import NotReady, Survey
from handlers.drafting import Drafting, of
from handlers.ui import survey_card, survey_form
from handlers.ui import survey_form_questions as picture
from handlers.ui.blocks import Block
from handlers.ui.survey_form import About, about
from storage.surveys import EditedMeanwhile

Json = dict[str, Any]
STEPS = {picture.UP: -1, picture.DOWN: 1}


@dataclass(frozen=True)
class Questions:
    """The list of questions over a survey's card, and the form of one question over the list."""

    drafting: Drafting

    def listen(self, app: App) -> None:
        app.action(survey_card.EDIT_QUESTIONS)(self.on_list)
        app.action(picture.ADD)(self.on_add)
        app.action(picture.EDIT)(self.on_edit)
        app.view(re.compile(f"^{picture.ONE}_"))(self.on_question)
        for action in (picture.UP, picture.DOWN, picture.REMOVE):
            app.action(action)(self.on_rearrange)

    def on_list(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        ack()
        survey = self.drafting.pressed(action, context)
        self._show(body, picture.questions(survey.draft, of(survey)))

    def on_add(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        """A kind was chosen from the menu: an empty question of that kind."""
        ack()
        survey = self.drafting.sent(body["view"], context).survey
        kind = (action.get("selected_option") or {}).get("value")
        if kind in set(Kind):
            self._show(body, picture.question(picture.fresh(Kind(kind)), of(survey)))

    def on_edit(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        ack()
        survey = self.drafting.pressed(action, context)
        asked = _asked(survey, about(action["value"]).key)
        self._show(body, picture.question(asked, of(survey, asked.key)))

    def on_question(self, ack: Ack, view: Json, context: BoltContext) -> None:
        """A question is added or changed; the list under the form and the card under the list follow."""
        form, kind = self.drafting.sent(view, context), picture.kind_of(view)
        if kind is None:
            raise Problem(survey_form.OLD)
        key, draft = form.about.key, form.survey.draft
        before = next((each for each in draft.questions if each.key == key), picture.fresh(kind))
        read = picture.read_question(view, before, draft)
        draft = replace(draft, questions=writing.put(draft.questions, read))
        if errors := picture.place_question(draft, read):
            ack(response_action="errors", errors=errors)
            return

        def again(about: About) -> Block:
            return picture.question(replace(read, key=key), about)

        if saved := self.drafting.save(ack, form, draft, again, picture.FIRST):
            self._redraw(view.get("previous_view_id"), view.get("root_view_id"), form.actor, saved)

    def on_rearrange(self, ack: Ack, action: Json, body: Json, context: BoltContext) -> None:
        """Up, down, away. Whoever was second finds the list as it is now, with a sentence."""
        ack()
        pressed, view = about(action["value"]), body["view"]
        form = self.drafting.sent(view, context)
        draft, by = form.survey.draft, STEPS.get(action["action_id"])
        left = writing.moved(draft.questions, pressed.key, by) if by else writing.without(draft.questions, pressed.key)
        try:
            saved = self.drafting.revised(form.actor, pressed, replace(draft, questions=left))
        except (EditedMeanwhile, NotReady) as problem:
            drawn = picture.questions(draft, of(form.survey))
            self.drafting.messenger.replace_form(view["id"], survey_form.noted(drawn, f":warning: {problem}"))
        else:
            self._redraw(view["id"], view.get("root_view_id"), form.actor, saved)

    def _redraw(self, list_id: str | None, card_id: str | None, actor: Actor, saved: Survey) -> None:
        if list_id:
            self.drafting.messenger.replace_form(list_id, picture.questions(saved.draft, of(saved)))
        if card_id != list_id:
            self.drafting.organising.redraw(card_id, actor, saved)

    def _show(self, body: Json, view: Block) -> None:
        self.drafting.messenger.push_form(body["trigger_id"], view)


def _asked(survey: Survey, key: str) -> Question:
    for each in survey.draft.questions:
        if each.key == key:
            return each
    raise NotYours("question")
