"""The questionnaire: what is filled in is what is read; Slack takes every form; nothing is lost for being late."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Problem
from bot.people import Function
from bot.surveys.questions import FUNCTION, Answers, Kind, Question, asked, checked
from bot.surveys.round import Round, RoundClosed
from handlers.ui import limits, mrkdwn, questionnaire
from handlers.ui.questionnaire import Showing
from sandbox.validation import faults_in_view
from tests.reading import words
from tests.surveys import COMMENT, EARLY, QUESTIONS, a_promise, a_round

HOSTILE = "<!channel> <script>&*_~`"
TEXTS = st.text(max_size=200)


def showing(round: Round, answers: Answers, **more: Any) -> Showing:
    return Showing(round, a_promise(round), answers, **more)


def state_of(question: Question, values: tuple[str, ...]) -> dict[str, Any]:
    """A field's state as Slack sends it."""
    if question.kind is Kind.TEXT:
        return {"type": "plain_text_input", "value": values[0] if values else None}
    if question.kind is Kind.CHOICES:
        return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}
    return {"type": "radio_buttons", "selected_option": {"value": values[0]} if values else None}


def filled(round: Round, answers: Answers) -> dict[str, Any]:
    """The form, drawn for these answers and sent with them."""
    view = questionnaire.render(showing(round, answers))
    states = {
        f"q_{each.key}": {f"q_{each.key}": state_of(each, tuple(answers.get(each.key, ())))} for each in round.asked
    }
    drawn = {block.get("block_id") for block in view["blocks"]}
    return view | {"state": {"values": {key: state for key, state in states.items() if key in drawn}}}


@st.composite
def answered(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """What somebody might answer, in any combination."""
    given: dict[str, tuple[str, ...]] = {}
    for question in a_round().asked:
        if question.kind is Kind.TEXT:
            text = mrkdwn.keepable(draw(TEXTS)).strip()
            given[question.key] = (text,) if text else ()
        elif question.kind is Kind.CHOICES:
            given[question.key] = tuple(draw(st.lists(st.sampled_from(question.values), unique=True)))
        else:
            given[question.key] = tuple(draw(st.lists(st.sampled_from(question.values), max_size=1)))
    return {key: values for key, values in given.items() if values}


@given(answered())
def test_what_is_filled_in_is_what_is_read(answers: dict[str, tuple[str, ...]]) -> None:
    round = a_round()
    way = {question.key for question in asked(round.asked, answers)}
    read = questionnaire.read(filled(round, answers), round)
    assert read == {key: values for key, values in answers.items() if key in way}


@given(answered(), st.booleans(), st.booleans())
def test_every_form_is_one_that_slack_takes(answers: Answers, is_kept: bool, is_preview: bool) -> None:
    round = a_round(title=HOSTILE, purpose=HOSTILE)
    view = questionnaire.render(showing(round, answers, is_kept=is_kept, is_preview=is_preview))
    assert faults_in_view(view) == []
    assert limits.faults(view["blocks"], most=100) == []
    assert "<!channel>" not in words(view)


def test_the_promise_stands_before_the_first_question() -> None:
    view = questionnaire.render(showing(a_round(), {}))
    kinds = [block["type"] for block in view["blocks"]]
    promised = [at for at, block in enumerate(view["blocks"]) if "confidential until this round closes" in words(block)]
    assert promised[0] < kinds.index("input")


def test_each_function_reads_about_the_other() -> None:
    read = {
        function: words(questionnaire.render(showing(a_round(), {FUNCTION: (function,)})))
        for function in (Function.PROCUREMENT, Function.DIGITAL)
    }
    assert "Digital colleagues bring me in early" in read[Function.PROCUREMENT]
    assert "Procurement colleagues bring me in early" in read[Function.DIGITAL]


def test_who_did_not_work_with_the_others_is_not_asked_about_them() -> None:
    view = questionnaire.render(showing(a_round(), {"gate": ("none",)}))
    assert "bring me in early" not in words(view)
    assert "What got in the way?" in words(view)


def test_only_fields_that_change_what_follows_tell_the_bot_at_once() -> None:
    view = questionnaire.render(showing(a_round(), {}))
    assert [block["block_id"] for block in view["blocks"] if block.get("dispatch_action")] == ["q_function", "q_gate"]


def test_a_fault_stands_at_its_field() -> None:
    round = a_round()
    view = filled(
        round, {FUNCTION: ("digital",), "gate": ("some",), "barriers": ("approvals", "skills", "budget", "nothing")}
    )
    _, wrong = checked(round.asked, questionnaire.read(view, round))
    assert questionnaire.place(view, wrong) == {"q_barriers": "Choose 3 at most."}


def test_a_fault_at_a_field_that_was_taken_out_is_a_sentence() -> None:
    view = filled(a_round(), {})
    view["blocks"] = [block for block in view["blocks"] if block.get("block_id") != "q_gate"]
    with pytest.raises(Problem, match="needs an answer"):
        questionnaire.place(view, {"gate": "This one needs an answer."})


@pytest.mark.parametrize("value", ["", "../../etc/passwd", "0" * 31, "0" * 33, None, 7, {"id": "x"}])
def test_a_round_that_we_did_not_write_is_refused(value: object) -> None:
    with pytest.raises(Problem, match="older version"):
        questionnaire.round_of({"private_metadata": value})


def test_what_comes_too_late_is_given_back_word_for_word() -> None:
    round = a_round(questions=(EARLY, COMMENT))
    text = f"Ask suppliers earlier. {HOSTILE}\n\nAnd again."
    late = questionnaire.too_late(filled(round, {"comment": (text,)}), RoundClosed(round))
    assert faults_in_view(late) == []
    assert mrkdwn.escape(text) in [block["text"]["text"] for block in late["blocks"]][-1]
    assert "closed on Tuesday 1 December" in words(late)


def test_what_came_too_late_without_a_text_is_just_the_sentence() -> None:
    assert len(questionnaire.too_late(filled(a_round(), {}), RoundClosed(a_round()))["blocks"]) == 1


def test_thanks_repeat_no_answer_and_say_until_when_it_can_be_changed() -> None:
    said = words(questionnaire.saved(a_round(), "Friday"))
    assert "until Friday" in said
    for question in QUESTIONS:
        assert not any(question.label(value) in said for value in question.values)
