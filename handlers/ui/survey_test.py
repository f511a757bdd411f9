"""An invitation as a test: sent to its organiser alone, marked, and answered by nothing that is kept."""

from __future__ import annotations

from bot.surveys.round import Round
from handlers.ui import blocks, invitation
from handlers.ui.blocks import Message
from handlers.ui.survey_form import About

TRY = "survey_try"
MARK = "*Test. Only you got this, and nothing that you answer is kept.* Members get it without this line."


def render(round: Round, about: About) -> Message:
    """The invitation that members would get, with one button that leads to the preview."""
    drawn = invitation.render(round)
    shown = [part for part in drawn.blocks if part["type"] != "actions"]
    button = blocks.button("Answer", TRY, about.kept(), primary=True, label=f"Try the survey {round.title}")
    return Message(f"Test: {drawn.text}", [blocks.section(MARK), *shown, blocks.actions("survey_test", [button])])
