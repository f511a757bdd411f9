"""The invitation: what it says before anybody presses, and when one press is enough."""

from __future__ import annotations

import pytest

from bot.people import Function
from bot.surveys.questions import Kind, Question
from handlers.ui import invitation, limits
from handlers.ui.blocks import Message
from sandbox.validation import faults_in_blocks, faults_in_view
from tests.reading import words
from tests.surveys import COMMENT, EARLY, LIKELY, a_round

HOSTILE = "<!channel> <script>&*_~`"
ONE = Question("again", Kind.RATING, "{Other} were easy to work with.")


def read(message: Message) -> str:
    return words({"blocks": message.blocks})


@pytest.mark.parametrize("reminder", [False, True])
@pytest.mark.parametrize("questions", [(EARLY, COMMENT), (ONE,), (LIKELY,), (COMMENT,)])
@pytest.mark.parametrize("function", [None, Function.DIGITAL])
def test_every_invitation_is_one_that_slack_takes(
    reminder: bool, questions: tuple[Question, ...], function: Function | None
) -> None:
    round = a_round(questions=questions, title=HOSTILE, purpose=HOSTILE)
    message = invitation.render(round, function, reminder=reminder, promised=HOSTILE)
    assert faults_in_blocks(message.blocks, "message") == []
    assert limits.faults(message.blocks) == []
    assert "<!channel>" not in words({"blocks": message.blocks, "text": message.text})


def test_it_says_how_long_it_takes_until_when_it_is_open_and_what_is_promised() -> None:
    said = read(invitation.render(a_round()))
    assert "About 2 minutes" in said
    assert "Open until <!date^1796144400^" in said
    assert "unlinked from you when it closes" in said
    assert "*Not anonymous*" in read(invitation.render(a_round(anonymous=False)))


def buttons(questions: tuple[Question, ...], function: Function | None, by_function: bool) -> list[str]:
    message = invitation.render(a_round(questions=questions, by_function=by_function), function)
    return [
        each["action_id"]
        for block in message.blocks
        if block.get("elements")
        for each in block["elements"]
        if "action_id" in each
    ]


def test_a_single_question_is_answered_by_one_press_when_nothing_else_is_to_be_asked() -> None:
    assert "invitation_one_5" in buttons((ONE,), Function.DIGITAL, by_function=True)
    assert "invitation_one_5" in buttons((ONE,), None, by_function=False)
    assert invitation.ANSWER in buttons((ONE,), None, by_function=True)
    assert invitation.ANSWER in buttons((COMMENT,), None, by_function=False)
    assert invitation.ANSWER in buttons((ONE, LIKELY), Function.DIGITAL, by_function=False)


def test_one_press_is_worded_for_the_function_and_says_under_which_it_counts() -> None:
    said = read(invitation.render(a_round(questions=(ONE,)), Function.PROCUREMENT))
    assert "Digital colleagues were easy to work with." in said
    assert "counts under *procurement*" in said


def test_every_way_out_is_offered() -> None:
    assert buttons((EARLY, COMMENT), None, by_function=True)[1:] == [
        invitation.LATER,
        invitation.DECLINE,
        invitation.SEEN,
        invitation.STOP,
    ]


def test_what_organisers_see_names_the_counts_and_the_rules() -> None:
    seen = invitation.what_organisers_see(a_round(), 14)
    assert faults_in_view(seen) == []
    assert "14 of 20" in words(seen)
    assert "groups of 5 or more" in words(seen)
    named = words(invitation.what_organisers_see(a_round(anonymous=False), 14))
    assert "with the name of who gave it" in named
