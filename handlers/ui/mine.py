"""A member's own part of Home: surveys that wait for them, what they do, whether they are asked; and what is kept."""

from __future__ import annotations

from dataclasses import dataclass

from bot.people import Function
from bot.surveys.held import Forgotten, Held
from bot.surveys.questions import function_question
from bot.surveys.round import Round
from handlers.ui import blocks, fields, invitation, mrkdwn
from handlers.ui.blocks import Block

FUNCTION = "mine_function"
RESUME = "mine_resume"
STOP = "mine_stop"
DATA = "mine_data"
HELD = "mine_held"
FORGET_SURE = "mine_forget_sure"
PRESELECTED = "Chosen for you when a survey asks what you do; you can change it there. Answering never sets it."
PIECE = 500  # characters, which escaping can make five times as many
MOST_PARTS = 48  # of a form's 100 blocks
UNSET = "unset"  # an option's value for "I would rather not say"


@dataclass(frozen=True)
class Mine:
    """What a member has here: rounds that they may answer now, and what they set for themselves."""

    rounds: tuple[Round, ...] = ()
    function: Function | None = None
    stopped: bool = False


def render(mine: Mine) -> list[Block]:
    """The member's own part of the Home tab."""
    button = blocks.button("What is kept about me", DATA, "-")
    return [
        blocks.header("Your surveys"),
        *([_waiting(each) for each in mine.rounds] or [blocks.section("No survey waits for you.")]),
        _function(mine.function),
        blocks.context([PRESELECTED]),
        blocks.actions("mine_actions", [_asking(stopped=mine.stopped), button]),
    ]


def _waiting(round: Round) -> Block:
    part = blocks.section(f"*{mrkdwn.escape(round.title)}*\nOpen until {invitation.moment(round.closes_at)}")
    part["accessory"] = blocks.button(
        "Answer or change", invitation.ANSWER, round.id, label=f"Answer or change: {round.title}"
    )
    return part


def _function(function: Function | None) -> Block:
    choices = [(option.key, option.text) for option in function_question().options]
    choices.append((UNSET, "I would rather not say"))
    drawn = fields.menu("mine", "", choices, chosen=function or UNSET)["element"]
    return {
        "type": "section",
        "block_id": "mine_function",
        "text": blocks.mrkdwn("*What you do*"),
        "accessory": drawn | {"action_id": FUNCTION},
    }


def _asking(*, stopped: bool) -> Block:
    if stopped:
        return blocks.button("Ask me again", RESUME, "-", label="You have stopped surveys. Ask me again")
    return blocks.button("Stop asking me", STOP, "-", label="Send me no more surveys")


def read_function(action: Block) -> Function | None:
    """The function chosen in Home; None for *I would rather not say*, and for anything that is not on the list."""
    value = (action.get("selected_option") or {}).get("value")
    return Function(value) if value in set(Function) else None


def held(kept: Held) -> Block:
    """All that is kept about a member, in words and for a program, and a way to have it removed."""
    parts = _told(kept.lines())[:MOST_PARTS]
    parts.append(blocks.section("*The same for a program (JSON)*, to copy and take with you:"))
    parts += [blocks.section(f"```{mrkdwn.escape(piece)}```") for piece in _pieces(kept.json())][:MOST_PARTS]
    submit = "Remove what can be" if kept.can_be_removed else ""
    return blocks.modal(HELD, "What is kept about you", parts, submit=submit, close="Close")


def _pieces(text: str) -> list[str]:
    """A long text in pieces that fit a section whatever has to be escaped in them."""
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


def _told(lines: tuple[str, ...]) -> list[Block]:
    return blocks.sections(mrkdwn.escape("\n".join(lines)))


def forget() -> Block:
    """Are you sure?"""
    words = (
        "*This removes:* answers of rounds that are still open, answers given under your name, what you set in Home,"
        " and your name from the rounds in which you were asked. You will be sent no more surveys until you say so in"
        " Home.\n\n*It cannot remove:* anonymous answers of rounds that have closed. Nobody can find yours among them"
        " any more. What you wrote in Slack itself is Slack's to remove."
    )
    return blocks.modal(FORGET_SURE, "Remove my data", [blocks.section(words)], submit="Remove")


def forgotten(removed: Forgotten) -> Block:
    """What the form turns into: what was removed, and what stays and why."""
    return blocks.modal("mine_forgotten", "Removed", _told(removed.lines()), close="Close")
