"""A person asks: by mention, DM, command or shortcut; reads the reply; shares it, rates it, asks a person."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse, Respond
from slack_bolt.request import BoltRequest

from bot.clock import Clock, today
from bot.enquiry import Door, Enquiry, Feedback, Rating, enquiry_of
from bot.errors import Problem
from bot.knowledge.reply import Outcome, Reply
from bot.knowledge.shelf import Shelf
from handlers.messenger import Messenger, payload, respond
from handlers.roster import workspace_of
from handlers.ui import feedback, mrkdwn
from handlers.ui import reply as picture
from handlers.ui.blocks import Message
from storage import enquiries
from storage.database import Database

SHORTCUT = "answer_this"
WRITTEN = (None, "file_share", "thread_broadcast")  # kinds of message that a person wrote just now
GONE = "That question is no longer kept. Ask it again, and use the buttons under the new answer."


@dataclass(frozen=True)
class Asking:
    """Everything that happens from a question to what was thought of its reply."""

    db: Database
    clock: Clock
    shelf: Shelf
    messenger: Messenger
    curators_channel: str

    def listen(self, app: App) -> None:
        app.middleware(self.once)
        app.event("app_mention")(self.on_mention)
        app.event("message")(self.on_message)
        app.shortcut(SHORTCUT)(self.on_shortcut)
        app.action(picture.SUGGESTION)(self.on_suggestion)
        app.action(picture.SHARE)(self.on_share)
        app.action(picture.HELPFUL)(self.on_helpful)
        app.action(picture.WRONG)(self.on_wrong)
        app.action(picture.NOT_IT)(self.on_not_it)
        app.action(picture.ASK_A_PERSON)(self.on_ask_a_person)
        app.view(feedback.WRONG)(self.on_wrong_said)
        app.view(feedback.NOT_IT)(self.on_not_it_said)
        app.view(feedback.PERSON)(self.on_person_asked)

    def once(self, req: BoltRequest, context: BoltContext, next: Any) -> BoltResponse | None:
        """Slack delivers an event again when it is unsure; the second delivery does nothing."""
        event_id = req.body.get("event_id")
        if event_id and not enquiries.first_seen(self.db, workspace_of(context), str(event_id), self.clock()):
            return BoltResponse(status=200)
        next()
        return None

    # Asking.

    def on_mention(self, event: dict[str, Any], context: BoltContext) -> None:
        """A mention in a channel is answered in its thread, for everybody to see."""
        if _from_a_person(event):
            message = self._answer(str(event.get("text", "")), Door.MENTION, context)
            self.messenger.post(event["channel"], message, thread=event.get("thread_ts") or event["ts"])

    def on_message(self, event: dict[str, Any], context: BoltContext) -> None:
        """A direct message is answered where it was written. Edits, other bots and channels are left alone."""
        if event.get("channel_type") == "im" and _from_a_person(event):
            message = self._answer(str(event.get("text", "")), Door.DM, context)
            self.messenger.post(event["channel"], message, thread=event.get("thread_ts"))

    def on_command(self, ack: Ack, command: dict[str, Any], context: BoltContext) -> None:
        """The command is answered with its acknowledgement: one trip, and only the asker sees it."""
        message = self._answer(str(command.get("text", "")), Door.COMMAND, context, private=True)
        ack(response_type="ephemeral", **payload(message))

    def on_shortcut(self, ack: Ack, shortcut: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        """*Answer this* on somebody's message: only the person who asked sees the reply."""
        ack()
        message = self._answer(str(shortcut["message"].get("text", "")), Door.SHORTCUT, context, private=True)
        _respond(respond, message, thread=_own_thread(shortcut["message"]))

    def _answer(self, typed: str, door: Door, context: BoltContext, *, private: bool = False) -> Message:
        """Reply to what was typed, and keep the enquiry without its asker."""
        text, on = mrkdwn.plain(typed), today(self.clock())
        reply = self.shelf.replier.reply(text, on)
        enquiry_id = enquiries.note(self.db, enquiry_of(workspace_of(context), on, door, text, reply))
        return self._draw(reply, enquiry_id, private=private)

    def _draw(self, reply: Reply, enquiry_id: str, *, private: bool, target: str = "", asked: str = "") -> Message:
        about = target or target_of(reply)
        return picture.render(reply, picture.Showing(enquiry_id, private, bool(self.curators_channel), about, asked))

    # Going on from a reply.

    def on_suggestion(
        self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, respond: Respond
    ) -> None:
        """A suggestion opens its reply: in a DM for good, in a channel for the person who pressed."""
        ack()
        pressed = picture.read(action)
        enquiries.chose(self.db, workspace_of(context), pressed.enquiry_id, pressed.target)
        reply = self.shelf.replier.open(pressed.target, today(self.clock()))
        in_dm = str(context.channel_id or "").startswith("D")
        message = self._draw(reply, pressed.enquiry_id, private=not in_dm, target=pressed.target)
        _respond(respond, message, in_channel=in_dm, thread=_thread(body))

    def on_share(
        self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, respond: Respond
    ) -> None:
        """A private reply is shown to the channel, with the question above it."""
        ack()
        pressed = picture.read(action)
        enquiry = self._enquiry(pressed.enquiry_id, context)
        reply = self._again(pressed, enquiry)
        message = self._draw(reply, pressed.enquiry_id, private=False, target=pressed.target, asked=enquiry.text)
        _respond(respond, message, in_channel=True, thread=_thread(body))

    def _again(self, pressed: picture.Pressed, enquiry: Enquiry) -> Reply:
        """The reply that a button stands under, made afresh: what is shared is true when it is shared."""
        replier, on = self.shelf.replier, today(self.clock())
        reply = replier.reply(enquiry.text, on)
        same = not pressed.target or target_of(reply) == pressed.target
        return reply if same and reply.outcome is Outcome.ANSWER else replier.open(pressed.target, on)

    # What was thought of a reply.

    def on_helpful(
        self, ack: Ack, action: dict[str, Any], context: BoltContext, body: dict[str, Any], respond: Respond
    ) -> None:
        """*Helpful* is kept and thanked for."""
        ack()
        pressed = picture.read(action)
        self._rate(pressed, Rating.HELPFUL, "", context)
        _respond(respond, picture.thanks(), thread=_thread(body))

    def on_wrong(self, ack: Ack, action: dict[str, Any], body: dict[str, Any]) -> None:
        ack()
        self.messenger.open_form(body["trigger_id"], feedback.wrong(picture.read(action)))

    def on_not_it(self, ack: Ack, action: dict[str, Any], body: dict[str, Any]) -> None:
        ack()
        self.messenger.open_form(body["trigger_id"], feedback.not_it(picture.read(action)))

    def on_ask_a_person(self, ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        ack()
        pressed = picture.read(action)
        enquiry = self._enquiry(pressed.enquiry_id, context)
        self.messenger.open_form(body["trigger_id"], feedback.ask_a_person(pressed, enquiry.text))

    def on_wrong_said(self, ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        """Kept first, then acknowledged, then the curators are told."""
        reason = feedback.read_reason(view)
        if faults := feedback.reason_faults(reason):
            ack(response_action="errors", errors=faults)
            return
        enquiry = self._rate(reason.about, Rating.WRONG, reason.text, context)
        ack(response_action="update", view=feedback.thanks(view))
        if self.curators_channel:
            with suppress(Problem):  # it is kept; that the channel cannot be reached is in the log
                told = feedback.told_wrong(reason.text, Rating.WRONG, enquiry, reason.about.target)
                self.messenger.post(self.curators_channel, told)

    def on_not_it_said(self, ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        reason = feedback.read_reason(view)
        self._rate(reason.about, Rating.NOT_WHAT_I_ASKED, reason.text, context)
        ack(response_action="update", view=feedback.thanks(view))

    def on_person_asked(self, ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        """The question goes to the curators' channel; the asker is named only if they ticked the box."""
        asked = feedback.read_for_a_person(view)
        if faults := feedback.faults(asked):
            ack(response_action="errors", errors=faults)
            return
        enquiry = self._enquiry(asked.about.enquiry_id, context)
        enquiries.passed_on(self.db, workspace_of(context), asked.about.enquiry_id)
        ack()
        asker = str(context.user_id)
        self._pass_on(
            feedback.for_curators(asked.question, enquiry, asker if asked.named else None), asker, named=asked.named
        )

    def _pass_on(self, question: Message, asker: str, *, named: bool) -> None:
        try:
            self.messenger.post(self.curators_channel, question)
        except Problem:
            self.messenger.tell(asker, feedback.not_passed_on())
        else:
            self.messenger.tell(asker, feedback.passed_on(named=named))

    def _rate(self, pressed: picture.Pressed, rating: Rating, reason: str, context: BoltContext) -> Enquiry:
        enquiry = self._enquiry(pressed.enquiry_id, context)
        given = Feedback.of(rating, today(self.clock()), reason, pressed.target, enquiry.revision)
        enquiries.rate(self.db, workspace_of(context), pressed.enquiry_id, given)
        return enquiry

    def _enquiry(self, enquiry_id: str, context: BoltContext) -> Enquiry:
        found = enquiries.get(self.db, workspace_of(context), enquiry_id)
        if not found:
            raise Problem(GONE)
        return found


def target_of(reply: Reply) -> str:
    """The record that a reply was made from, as its buttons name it; empty when there is none."""
    if reply.entries:
        return f"entry:{reply.entries[0]}"
    return f"agreement:{reply.agreements[0]}:overview" if reply.agreements else ""


_respond = respond  # Bolt passes its own `respond` by that name


def _from_a_person(event: dict[str, Any]) -> bool:
    """Not a bot, not an edit, not a join: something that a person wrote."""
    return not event.get("bot_id") and event.get("subtype") in WRITTEN and bool(event.get("user"))


def _own_thread(message: dict[str, Any]) -> str | None:
    """The thread that a message is a reply in. One that began a thread stands in the channel, and is answered there."""
    thread = message.get("thread_ts")
    return str(thread) if thread and thread != message.get("ts") else None


def _thread(body: dict[str, Any]) -> str | None:
    """The thread in which a button was pressed, if it was in one."""
    thread = body.get("container", {}).get("thread_ts") or body.get("message", {}).get("thread_ts")
    return str(thread) if thread else None
