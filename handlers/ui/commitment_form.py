"""The form in which an organiser says what will be done after a round, by whom and by when."""

from __future__ import annotations

from datetime import date

from bot.surveys.report import Commitment
from handlers.ui import blocks, fields
from handlers.ui.blocks import Block
from handlers.ui.questionnaire import checked_round

CALLBACK = "commitment"
_TEXT, _OWNER, _DUE = "text", "owner", "due"
LONGEST = 300


def render(round_id: str, on: date) -> Block:
    """What will we do?"""
    text = blocks.text_input(
        _TEXT,
        "What will you do?",
        hint="One thing that people can see done. It is shown with these results, and opens the next round.",
        longest=LONGEST,
    )
    owner = blocks.text_input(_OWNER, "Who looks after it?", hint="A role or a team, such as Commercial.", longest=80)
    owner["element"]["multiline"] = False
    due = fields.field(_DUE, "By when?", {"type": "datepicker", "initial_date": on.isoformat()})
    return blocks.modal(CALLBACK, "What we will do", [text, owner, due], submit="Save", metadata=round_id)


def round_of(view: Block) -> str:
    """The round that the form belongs to. Raises Problem when it is none of ours."""
    return checked_round(view.get("private_metadata"))


def read(view: Block, on: date) -> tuple[Commitment | None, dict[str, str]]:
    """What was said, or what is wrong by field."""
    text, owner, due = blocks.typed(view, _TEXT), blocks.typed(view, _OWNER), fields.one_chosen(view, _DUE)
    wrong = {
        _TEXT: "" if text else "Say what you will do.",
        _OWNER: "" if owner else "Say who looks after it: a role or a team.",
        _DUE: _not_a_day(due, on),
    }
    if faults := {field: sentence for field, sentence in wrong.items() if sentence}:
        return None, faults
    return Commitment(" ".join(text.split())[:LONGEST], owner[:80], date.fromisoformat(due)), {}


def _not_a_day(text: str, on: date) -> str:
    try:
        return "" if date.fromisoformat(text) >= on else "Choose a day that is still to come."
    except ValueError:
        return "Choose a day."


def saved() -> Block:
    """What the form turns into."""
    words = "*Saved.* It is shown with the results from now on, and when the next round opens."
    return blocks.modal("commitment_saved", "Saved", [blocks.section(words)], close="Close")
