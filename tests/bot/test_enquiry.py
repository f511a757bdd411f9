"""An enquiry as it is kept: never who asked."""

from __future__ import annotations

from dataclasses import fields

from bot.enquiry import KEPT, Door, Enquiry, Feedback, Rating, enquiry_of
from bot.knowledge.reply import Outcome, Reply, Suggestion
from tests.builders import TODAY, a_source


def a_reply() -> Reply:
    return Reply(
        Outcome.ANSWER,
        "So.",
        sources=(a_source(),),
        entries=("trim-a-wick",),
        agreements=("RM6999",),
        suggestions=(Suggestion("More", "entry:oil"), Suggestion("Again", "entry:oil")),
        revision="abc",
    )


def test_an_enquiry_is_kept_redacted_with_its_outcome_and_matches() -> None:
    kept = enquiry_of("T1", TODAY, Door.DM, "ada@example.gov.uk asks: is it open?", a_reply())
    assert kept == Enquiry(
        "T1", TODAY, Door.DM, "[email] asks: is it open?", "answer", ("trim-a-wick", "RM6999", "entry:oil"), "abc"
    )


def test_nothing_that_is_kept_can_name_the_asker() -> None:
    assert {each.name for each in fields(Enquiry)} == {
        "workspace",
        "asked_on",
        "door",
        "text",
        "outcome",
        "matches",
        "revision",
    }


def test_a_long_paste_is_cut_after_it_was_redacted() -> None:
    text = "x" * (KEPT - 5) + " ada@example.gov.uk"
    kept = enquiry_of("T1", TODAY, Door.COMMAND, text, a_reply()).text
    assert len(kept) == KEPT
    assert "ada" not in kept
    assert enquiry_of("T1", TODAY, Door.COMMAND, "short", a_reply()).text == "short"


def test_a_reason_is_kept_redacted_and_cut() -> None:
    given = Feedback.of(Rating.WRONG, TODAY, f"Mr Babbage says so {'x' * 2 * KEPT}", "entry:oil", "abc")
    assert given.reason.startswith("[name] says so")
    assert len(given.reason) == KEPT
    assert (given.rating, given.given_on, given.target, given.revision) == (Rating.WRONG, TODAY, "entry:oil", "abc")
