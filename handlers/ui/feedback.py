"""The forms behind a reply's buttons, and what the curators are told."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.enquiry import Enquiry, Rating
from bot.errors import Problem
from handlers.ui import blocks, mrkdwn
from handlers.ui.blocks import Block, Message
from handlers.ui.reply import Pressed

WRONG = "feedback_wrong"
NOT_IT = "feedback_not_what_i_asked"
PERSON = "feedback_ask_a_person"
_REASON, _QUESTION, _NAMED = "reason", "question", "named"
NO_DETAILS = "Leave out names, prices and anything from a live competition."
LONGEST = 500


@dataclass(frozen=True)
class Reason:
    """A submitted reason: what it is about and what was written."""

    about: Pressed
    text: str


@dataclass(frozen=True)
class ForAPerson:
    """A question for the curators, and whether the asker agreed to be named."""

    about: Pressed
    question: str
    named: bool


def wrong(about: Pressed) -> Block:
    """What is wrong with this answer?"""
    field = blocks.text_input(
        _REASON, "What is wrong, or what has changed?", hint=f"A link to the source helps. {NO_DETAILS}"
    )
    note = blocks.context(["The curators who own this answer will see what you write, without your name."])
    return blocks.modal(WRONG, "Wrong or out of date", [field, note], submit="Send", metadata=_kept(about))


def not_it(about: Pressed) -> Block:
    """What were you after?"""
    field = blocks.text_input(_REASON, "What were you looking for?", hint=NO_DETAILS, optional=True)
    note = blocks.context(["This is kept without your name. It shows the curators which questions the base misses."])
    return blocks.modal(NOT_IT, "Not what I asked", [field, note], submit="Send", metadata=_kept(about))


def ask_a_person(about: Pressed, question: str) -> Block:
    """The question for the curators, to be edited, and consent to be named."""
    field = blocks.text_input(_QUESTION, "Your question", hint=NO_DETAILS, initial=question, longest=LONGEST)
    named = blocks.tick_box(_NAMED, "Your name", "Tell the curators who I am, so that they can reply to me")
    note = blocks.context(
        ["Without your name nobody can reply to you. The curators may still add an answer for everybody."]
    )
    return blocks.modal(PERSON, "Ask a person", [field, named, note], submit="Ask", metadata=_kept(about))


def read_reason(view: Block) -> Reason:
    """The reason that was submitted."""
    return Reason(_about(view), blocks.typed(view, _REASON)[:LONGEST])


def read_for_a_person(view: Block) -> ForAPerson:
    """The question that was submitted for the curators."""
    return ForAPerson(_about(view), blocks.typed(view, _QUESTION)[:LONGEST], blocks.ticked(view, _NAMED))


def faults(asked: ForAPerson) -> dict[str, str]:
    """What is wrong with the form, by field; empty when nothing is."""
    return {} if asked.question else {_QUESTION: "Write your question before you send it."}


def reason_faults(reason: Reason) -> dict[str, str]:
    """What is wrong with the form, by field; empty when nothing is."""
    return {} if reason.text else {_REASON: "Say in a few words what is wrong, so that it can be put right."}


def for_curators(question: str, enquiry: Enquiry, asker: str | None) -> Message:
    """A question, for the curators' channel. `asker` is a member's id, given only with their consent."""
    who = f"Asked by <@{asker}>, who agreed to be named" if asker else "Asked by somebody who did not give their name"
    return Message(
        text="A question for a person",
        blocks=[
            blocks.header("A question for a person"),
            blocks.section(_quoted(question)),
            blocks.context([who, f"What the bot said: {enquiry.outcome.replace('_', ' ')}{_nearest(enquiry)}"]),
        ],
    )


def told_wrong(reason: str, rating: Rating, enquiry: Enquiry, target: str) -> Message:
    """A report that an answer is wrong, for the curators' channel."""
    shown = mrkdwn.escape(target or ", ".join(enquiry.matches[:2]) or "none")
    return Message(
        text="An answer was reported as wrong or out of date",
        blocks=[
            blocks.header("Reported as wrong or out of date"),
            blocks.section(_quoted(reason)),
            blocks.context([f"Answer: `{shown}`, version {mrkdwn.escape(enquiry.revision or 'unknown')}"]),
            blocks.context([f"Asked: {mrkdwn.escape(enquiry.text)}"]),
        ],
    )


def thanks(view: Block) -> Block:
    """What the modal turns into when a reason has been kept."""
    said = "Thank you. It has been kept without your name."
    return blocks.modal(str(view["callback_id"]) + "_thanks", "Thank you", [blocks.section(said)], close="Close")


def passed_on(*, named: bool) -> Message:
    """What the asker is told when the curators have the question."""
    then = (
        "They know who you are and can reply to you."
        if named
        else "They do not know who you are, so they cannot reply to you."
    )
    return Message(f"Your question is with the curators. {then}")


def not_passed_on() -> Message:
    """What the asker is told when the curators' channel cannot be reached."""
    return Message(
        "I could not reach the curators' channel, so nobody has your question yet. It is kept."
        " Ask whoever looks after me to invite me to that channel, and then ask again."
    )


def _quoted(text: str) -> str:
    return "\n".join(f">{line}" for line in mrkdwn.escape(text).splitlines()) or ">(nothing written)"


def _nearest(enquiry: Enquiry) -> str:
    return f"; nearest: {mrkdwn.escape(', '.join(enquiry.matches[:3]))}" if enquiry.matches else ""


def _kept(about: Pressed) -> str:
    return json.dumps({"e": about.enquiry_id, "t": about.target})


def _about(view: Block) -> Pressed:
    try:
        kept = json.loads(view["private_metadata"])
        return Pressed.checked(kept["e"], kept["t"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise Problem("This form is from an older version. Close it, ask again, and use the new one.") from error
