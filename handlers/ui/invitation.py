"""The direct message that asks somebody to answer, its reminder, and what its buttons are answered with."""

from __future__ import annotations

import re
from datetime import datetime

from bot.people import Function
from bot.surveys.questions import Kind, Question, minutes
from bot.surveys.round import Round
from handlers.ui import blocks, mrkdwn
from handlers.ui.blocks import Block, Message

ANSWER = "invitation_answer"
LATER = "invitation_later"
DECLINE = "invitation_decline"
STOP = "invitation_stop"
SEEN = "invitation_what_organisers_see"
ONE_CLICK = re.compile(r"^invitation_one_(?:[0-9]{1,2}|na|[a-z][a-z0-9_]{0,39})$")
FEWEST_WORDS = 10  # a single question with more answers than this is asked in the form


def render(round: Round, function: Function | None = None, *, reminder: bool = False, promised: str = "") -> Message:
    """The invitation, or its reminder. `function` is from the member's profile; `promised` what was decided last time.

    A survey of a single question is answered by one press, when the press leaves nothing to be asked.
    """
    lead = f"A reminder: “{mrkdwn.escape(round.title)}”" if reminder else mrkdwn.escape(round.title)
    parts = [
        blocks.section(f"*{lead}*\n{mrkdwn.escape(round.purpose)}"),
        blocks.context([_terms(round)]),
        *([blocks.section(f"*Promised after the last round:* {mrkdwn.escape(promised)}")] if promised else []),
        *_answering(round, function),
        blocks.actions("invitation_more", _more(round)),
    ]
    return Message(f"{lead}. {mrkdwn.escape(round.purpose)}", parts)


def moment(at: datetime) -> str:
    """A moment in the reader's own zone, with the date for where Slack cannot show it."""
    return f"<!date^{int(at.timestamp())}^{{date_long}} at {{time}}|{at:%d %B %Y, %H:%M} UTC>"


def _terms(round: Round) -> str:
    takes = minutes(round.asked)
    about = "About a minute" if takes == 1 else f"About {takes} minutes"
    who = "Confidential while it is open, unlinked from you when it closes" if round.anonymous else "*Not anonymous*"
    return f"{about}. {who}. Open until {moment(round.closes_at)}."


def single(round: Round, function: Function | None) -> Question | None:
    """The one question that a press can answer; None when there is more to ask first."""
    if len(round.questions) != 1 or (round.by_function and function is None):
        return None
    [question] = round.questions
    fits = question.kind in (Kind.RATING, Kind.CHOICE, Kind.SCORE) and len(question.values) <= FEWEST_WORDS + 1
    return question if fits else None


def _answering(round: Round, function: Function | None) -> list[Block]:
    question = single(round, function)
    if question is None:
        button = blocks.button("Answer", ANSWER, round.id, primary=True, label=f"Answer the survey {round.title}")
        return [blocks.actions("invitation_answer", [button])]
    presses = [blocks.button(question.label(value), f"invitation_one_{value}", round.id) for value in question.values]
    counted = f"Your press counts under *{function.value}*, as you set in my Home." if function else ""
    return [
        blocks.section(f"*{mrkdwn.escape(question.worded(function, round.period))}*"),
        blocks.actions("invitation_answer", presses),
        *([blocks.context([counted])] if round.by_function and counted else []),
    ]


def _more(round: Round) -> list[Block]:
    return [
        blocks.button("Remind me tomorrow", LATER, round.id),
        blocks.button("Not this round", DECLINE, round.id),
        blocks.button("What organisers see", SEEN, round.id),
        blocks.button("Stop asking me", STOP, round.id),
    ]


def value_of(action_id: str) -> str:
    """The answer that a one-click button stands for."""
    return action_id.removeprefix("invitation_one_")


def pressed_saved(closes_at: datetime) -> Message:
    """What a one-click answer is met with. It does not repeat the answer: Slack would keep it under a name."""
    return Message(f"Saved. Thank you. Press another one to change it, until {moment(closes_at)}.")


def needs_the_form(round: Round) -> Message:
    """For a press under an old message, when there is more to ask by now."""
    button = blocks.button("Answer", ANSWER, round.id, primary=True)
    words = "Nothing was kept yet: this survey needs your profession too. Press *Answer*."
    return Message(words, [blocks.section(words), blocks.actions("invitation_answer", [button])])


def later(at: datetime) -> Message:
    return Message(f"I will remind you on {moment(at)}, unless you have answered by then.")


def too_late_for_later() -> Message:
    return Message("The round closes before then, so this message is the last. You can still answer it now.")


def declined() -> Message:
    return Message("You will hear no more of this round. The next round will ask you again.")


def stopped() -> Message:
    return Message("I will send you no more surveys. You can change that in my Home, under *Your surveys*.")


def what_organisers_see(round: Round, answered: int) -> Block:
    """All that an organiser gets while the round is open, and what they will get after it."""
    k = round.threshold
    after = (
        f"• Results for groups of {k} or more. A smaller group is left out, and so is one that would give it away.\n"
        f"• Whole percentages, never a single answer.\n• Comments only when {max(10, k)} or more people wrote one,"
        " shuffled, without date or profession.\n• Never who answered, who did not, or when."
    )
    if not round.anonymous:
        after = "• Every answer, with the name of who gave it. This survey is not anonymous."
    parts = [
        blocks.section(f"*While it is open*\n• {answered} of {round.invited} people have answered."),
        blocks.section("• Whether messages could be delivered, as numbers.\n• Nothing else: no names, no answers."),
        blocks.section(f"*After it has closed*\n{after}"),
    ]
    return blocks.modal("invitation_seen", "What organisers see", parts, close="Close")
