"""Both ends of a form: what is drawn, filled in and read back is the same; every form is one that Slack takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.enquiry import Door, Enquiry, Rating
from bot.errors import Problem
from handlers.ui import blocks, feedback, limits, mrkdwn
from handlers.ui.reply import Pressed, read
from sandbox.validation import faults_in_blocks, faults_in_view
from tests.payloads import submission
from tests.reading import words

ABOUT = Pressed("0123456789abcdef" * 2, "agreement:RM1557.14:direct_award")
TYPED = st.text(max_size=700)
WORST = "&" * 1000


def enquiry(text: str = "is it open?") -> Enquiry:
    return Enquiry("T0GOV", date(2026, 11, 24), Door.DM, text, "dont_know", ("a", "b", "c", "d"), "rev")


def filled(view: dict[str, Any], **fields: Any) -> dict[str, Any]:
    sent: dict[str, Any] = submission(view, **fields)["view"]
    return sent


@given(TYPED)
def test_a_reason_is_read_as_it_was_typed(typed: str) -> None:
    for form in (feedback.wrong(ABOUT), feedback.not_it(ABOUT)):
        said = feedback.read_reason(filled(form, reason=typed))
        assert said == feedback.Reason(ABOUT, mrkdwn.keepable(typed).strip()[:500])


@given(TYPED, st.booleans())
def test_a_question_for_a_person_is_read_as_it_was_typed(typed: str, named: bool) -> None:
    asked = feedback.read_for_a_person(filled(feedback.ask_a_person(ABOUT, "x"), question=typed, named=named))
    assert asked == feedback.ForAPerson(ABOUT, mrkdwn.keepable(typed).strip()[:500], named)


@given(st.text(max_size=2000))
def test_every_form_is_one_that_slack_takes(question: str) -> None:
    for form in (feedback.wrong(ABOUT), feedback.not_it(ABOUT), feedback.ask_a_person(ABOUT, question)):
        assert faults_in_view(form) == []
        assert limits.faults(form["blocks"], most=100) == []


def test_what_follows_a_form_is_one_that_slack_takes() -> None:
    assert faults_in_view(feedback.thanks(feedback.wrong(ABOUT))) == []


@pytest.mark.parametrize("text", [WORST, "<" * 1000, "\n" * 500, "&\n" * 250, "word " * 200, ""])
def test_what_the_curators_are_sent_fits_however_much_there_is_to_escape(text: str) -> None:
    for told in (
        feedback.for_curators(text[:500], enquiry(text), "U0ADA"),
        feedback.for_curators(text[:500], enquiry(text), None),
        feedback.told_wrong(text[:500], Rating.WRONG, enquiry(text), ABOUT.target),
    ):
        assert told.text
        assert limits.faults(told.blocks) == []
        assert faults_in_blocks(told.blocks, "message") == []


def test_the_curators_see_each_line_as_a_quotation() -> None:
    told = feedback.for_curators("one\ntwo <!here>", enquiry(), None)
    assert ">one\n>two &lt;!here&gt;" in words({"blocks": told.blocks})


def test_the_value_of_a_button_carries_ids_and_nothing_else() -> None:
    button = blocks.button("Go", "go", '{"e":"' + ABOUT.enquiry_id + '","t":"entry:call-off-length"}')
    assert read(button) == Pressed(ABOUT.enquiry_id, "entry:call-off-length")


@pytest.mark.parametrize(
    "target", ["entry:x\n", "entry:", "Entry:x", "entry:<b>", "entry:" + "x" * 121, ":x", "e" * 20]
)
def test_a_target_that_we_would_not_write_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match="not written by this bot"):
        Pressed.checked(ABOUT.enquiry_id, target)


@pytest.mark.parametrize("enquiry_id", ["", "0" * 31, "0" * 33, "0" * 32 + "\n", "G" * 32, "0" * 31 + "٣"])
def test_an_id_that_we_would_not_write_is_refused(enquiry_id: str) -> None:
    with pytest.raises(ValueError, match="not written by this bot"):
        Pressed.checked(enquiry_id, "")


def test_a_form_from_elsewhere_is_refused_with_what_to_do() -> None:
    with pytest.raises(Problem, match="Close it, ask again"):
        feedback.read_reason(filled(feedback.wrong(ABOUT) | {"private_metadata": "{}"}, reason="x"))
