"""The questionnaire: a round as a form, what was answered in it, and the words that stand in its place afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Problem
from bot.people import Function
from bot.surveys.promise import Promise
from bot.surveys.questions import (
    FUNCTION,
    LONGEST_TEXT,
    Answers,
    Kind,
    Question,
    asked,
    function_of,
    minutes,
)
from bot.surveys.round import Round, RoundClosed
from handlers.ui import blocks, fields, mrkdwn
from handlers.ui.blocks import Block

CALLBACK = "questionnaire"
PREVIEW = "questionnaire_preview"
WITHDRAW = "questionnaire_withdraw"
CHANGED = re.compile(r"^q_[a-z0-9_]+$")  # a field whose choice changes the questions after it
NO_NAMES = "Leave out names of people, suppliers and projects."
_ROUND = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Showing:
    """What the form is drawn from. `answers` are those given or chosen so far; `is_kept` when they are stored."""

    round: Round
    promise: Promise
    answers: Answers
    is_kept: bool = False
    is_preview: bool = False


def render(showing: Showing) -> Block:
    """The form, with the questions on the way that the answers so far take."""
    way = asked(showing.round.asked, showing.answers)
    function = function_of(showing.answers)
    parts = [*_head(showing), *(_field(each, function, showing) for each in way)]
    if showing.is_kept:
        parts.append(_withdraw(showing.round))
    callback = PREVIEW if showing.is_preview else CALLBACK
    return blocks.modal(callback, "Survey", parts, submit="Send", metadata=showing.round.id)


def _head(showing: Showing) -> list[Block]:
    round = showing.round
    last = blocks.context([f"About {_minutes(round)}. You may leave out what is marked optional."])
    parts = [
        blocks.section(f"*{mrkdwn.escape(round.title)}*\n{mrkdwn.escape(round.purpose)}"),
        blocks.section(mrkdwn.escape(showing.promise.first())),
        last,
    ]
    if showing.is_preview:
        parts.insert(0, blocks.section("*Preview.* This is what members see. Nothing that you choose here is kept."))
    if showing.is_kept:
        parts.insert(0, blocks.section("*You have answered.* Change what you like and send it again."))
    return parts


def _minutes(round: Round) -> str:
    number = minutes(round.asked)
    return "a minute" if number == 1 else f"{number} minutes"


def _field(question: Question, function: Function | None, showing: Showing) -> Block:
    block_id, chosen = _id(question), tuple(showing.answers.get(question.key, ()))
    label = question.worded(function, showing.round.period)
    optional = not question.required
    if question.kind is Kind.TEXT:
        hint = question.help or (NO_NAMES if showing.round.anonymous else "")
        first = chosen[0] if chosen else ""
        return blocks.text_input(block_id, label, hint=hint, initial=first, optional=optional, longest=LONGEST_TEXT)
    choices = [(value, question.label(value)) for value in question.values]
    if question.kind is Kind.CHOICES:
        most = f"Choose up to {question.most}." if question.most else ""
        hint = " ".join(filter(None, (question.help, most)))
        return fields.boxes(block_id, label, choices, chosen=chosen, hint=hint, optional=optional)
    one = chosen[0] if chosen else ""
    draw = fields.menu if question.kind is Kind.SCORE else fields.radios
    return draw(
        block_id, label, choices, chosen=one, hint=question.help, optional=optional, redraws=_changes_others(question)
    )


def _changes_others(question: Question) -> bool:
    return question.key == FUNCTION or any(option.goes_to for option in question.options)


def _id(question: Question) -> str:
    return f"q_{question.key}"


def _withdraw(round: Round) -> Block:
    button = blocks.button("Withdraw my answers", WITHDRAW, round.id)
    button["style"] = "danger"
    button["confirm"] = {
        "title": blocks.plain_text("Withdraw your answers?", 100),
        "text": blocks.plain_text("They are deleted now. You can answer again until the round closes.", 300),
        "confirm": blocks.plain_text("Withdraw", 30),
        "deny": blocks.plain_text("Keep them", 30),
    }
    return blocks.actions("questionnaire_actions", [button])


def round_of(view: Block) -> str:
    """The id of the round that a form belongs to. Raises Problem when it is none of ours."""
    return checked_round(view.get("private_metadata"))


def checked_round(value: object) -> str:
    """A round's id as it came back from Slack. Raises Problem when it is not one that we wrote."""
    if not isinstance(value, str) or not _ROUND.fullmatch(value):
        raise Problem("That is from an older version. Open the survey again from its newest message.")
    return value


def read(view: Block, round: Round) -> dict[str, tuple[str, ...]]:
    """What was answered, as it was typed and chosen; `checked` in bot/surveys/questions.py says what may be kept."""
    given: dict[str, tuple[str, ...]] = {}
    for question in round.asked:
        block_id = _id(question)
        if question.kind is Kind.TEXT:
            text = blocks.typed(view, block_id)
            given[question.key] = (text,) if text else ()
        else:
            given[question.key] = fields.chosen(view, block_id)
    return {key: values for key, values in given.items() if values}


def place(view: Block, wrong: Mapping[str, str]) -> dict[str, str]:
    """Faults at their fields. Raises Problem with the first when the form that was sent has no such field."""
    drawn = {block.get("block_id") for block in view["blocks"]}
    placed = {f"q_{key}": sentence for key, sentence in wrong.items()}
    if missing := [sentence for block_id, sentence in placed.items() if block_id not in drawn]:
        raise Problem(f"{missing[0]} Close this form and open the survey again.")
    return placed


def too_late(view: Block, closed: RoundClosed) -> Block:
    """What the form turns into after the round closed: a kind sentence, and all that was written, to be copied."""
    states = [state for block in view["state"]["values"].values() for state in block.values()]
    texts = [mrkdwn.keepable(str(state["value"])).strip() for state in states if state.get("value")]
    parts = [blocks.section(mrkdwn.escape(str(closed)))]
    if kept := [text for text in texts if text]:
        parts.append(blocks.section("*What you wrote, so that it is not lost:*"))
        parts += [part for text in kept for part in blocks.sections(mrkdwn.escape(text))]
    return blocks.modal("questionnaire_late", "This round has closed", parts, close="Close")


def saved(round: Round, closes: str) -> Block:
    """What the form turns into when the answers are kept. It repeats none of them."""
    words = f"*Saved. Thank you.*\nYou can change or withdraw your answers until {closes}: press *Answer* again."
    if round.anonymous:
        words += "\nYou will see the results first, soon after that. If too few people answer, they are not shown."
    return blocks.modal("questionnaire_saved", "Thank you", [blocks.section(words)], close="Close")


def withdrawn() -> Block:
    """What the form turns into when the answers are gone."""
    words = "*Your answers are deleted.* You can answer again until the round closes."
    return blocks.modal("questionnaire_withdrawn", "Withdrawn", [blocks.section(words)], close="Close")


def previewed() -> Block:
    """What a preview turns into when it is sent."""
    words = "*That works.* Nothing was kept: this was a preview."
    return blocks.modal("questionnaire_previewed", "Preview", [blocks.section(words)], close="Close")
