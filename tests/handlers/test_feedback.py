"""What readers think of a reply: helpful, wrong, not what they asked; and asking a person."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import Running, Start
from tests.fakes import RESPOND, FakeSlack
from tests.handlers.kept import enquiries_in, feedback_in
from tests.payloads import ADA, BO, BUYING, CURATORS, CY, DM, click, command, dm, mention, submission
from tests.reading import buttons, words

OPEN = "Is G-Cloud 14 still open?"
UNKNOWN = "zorblax quibbling snorfle"
WRONG, NOT_IT, PERSON = "Wrong or out of date", "Not what I asked", "Ask a person"


def form(running: Running, slack: FakeSlack, label: str, asked: str = OPEN) -> dict[str, Any]:
    """The form behind a button under the reply to a command."""
    running.receives(click(buttons(running.receives(command(asked)))[label], private=True))
    return slack.form


def to_curators(slack: FakeSlack) -> list[dict[str, Any]]:
    return [body for body in slack.told("chat.postMessage") if body["channel"] == CURATORS]


def to_person(slack: FakeSlack, person: str = ADA) -> list[str]:
    return [body["text"] for body in slack.told("chat.postMessage") if body["channel"] == person]


def test_helpful_is_kept_and_thanked_for_in_private(running: Running, slack: FakeSlack) -> None:
    running.receives(mention(OPEN))
    running.receives(click(buttons(slack.messages[0])["Helpful"], by=BO, thread="1764000001.000100"))
    [told] = slack.told(RESPOND)
    assert told["text"].startswith("Thank you.")
    assert (told["response_type"], told["replace_original"]) == ("ephemeral", False)
    assert told["thread_ts"] == "1764000001.000100"
    [row] = feedback_in(running)
    [asked] = enquiries_in(running)
    assert (row.rating, row.reason, row.target) == ("helpful", "", "agreement:RM1557.14:overview")
    assert (row.enquiry_id, row.revision, row.workspace) == (asked.id, asked.revision, "T0GOV")
    assert row.given_on.isoformat() == "2026-11-24"


def test_several_readers_may_find_one_reply_helpful(running: Running, slack: FakeSlack) -> None:
    running.receives(mention(OPEN))
    for reader in (BO, CY):
        running.receives(click(buttons(slack.messages[0])["Helpful"], by=reader))
    assert [row.rating for row in feedback_in(running)] == ["helpful", "helpful"]


def test_a_fact_that_was_opened_is_rated_and_not_the_first_reply(running: Running, slack: FakeSlack) -> None:
    told = running.receives(command(OPEN))
    running.receives(click(buttons(told)["G-Cloud 14: whether you can direct award"], private=True))
    running.receives(click(buttons(slack.told(RESPOND)[-1])["Helpful"], private=True))
    assert [row.target for row in feedback_in(running)] == ["agreement:RM1557.14:direct_award"]


@pytest.mark.parametrize(
    ("label", "title"), [(WRONG, "Wrong or out of date"), (NOT_IT, "Not what I asked"), (PERSON, "Ask a person")]
)
def test_a_button_opens_its_form_at_once(running: Running, slack: FakeSlack, label: str, title: str) -> None:
    opened = form(running, slack, label)
    assert opened["title"]["text"] == title
    assert slack.told("views.open")[-1]["trigger_id"] == "1.2.trigger"
    assert set(json.loads(opened["private_metadata"])) == {"e", "t"}
    assert feedback_in(running) == []


def test_a_reason_is_kept_and_the_curators_are_told(running: Running, slack: FakeSlack) -> None:
    answer = running.receives(submission(form(running, slack, WRONG), reason="It ended in <October> & not in May."))
    assert answer["response_action"] == "update"
    assert "It has been kept without your name." in words(answer["view"])
    [row] = feedback_in(running)
    assert (row.rating, row.reason) == ("wrong", "It ended in <October> & not in May.")
    [told] = to_curators(slack)
    said = words(told)
    assert ">It ended in &lt;October&gt; &amp; not in May." in said
    assert f"Asked: {OPEN}" in said
    assert f"`agreement:RM1557.14:overview`, version {enquiries_in(running)[0].revision}" in said


def test_the_curators_are_not_told_who_reported(running: Running, slack: FakeSlack) -> None:
    running.receives(submission(form(running, slack, WRONG), by=ADA, reason="It ended."))
    assert ADA not in json.dumps(to_curators(slack))
    assert "ada.lovelace" not in json.dumps(to_curators(slack))


@pytest.mark.parametrize("typed", [None, "", "   \n ", "\x00\x07"])
def test_a_report_without_a_reason_is_sent_back_to_its_field(
    running: Running, slack: FakeSlack, typed: str | None
) -> None:
    opened = form(running, slack, WRONG)
    answer = running.receives(submission(opened, reason=typed))
    [field] = [block["block_id"] for block in opened["blocks"] if block["type"] == "input"]
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [field]
    assert answer["errors"][field].startswith("Say in a few words")
    assert feedback_in(running) == []
    assert to_curators(slack) == []


def test_personal_data_in_a_reason_is_not_kept(running: Running, slack: FakeSlack) -> None:
    running.receives(submission(form(running, slack, WRONG), reason="Ask bo.buyer@council.gov.uk on 020 7946 0958."))
    assert [row.reason for row in feedback_in(running)] == ["Ask [email] on [phone]."]


def test_a_report_is_kept_when_the_curators_cannot_be_reached(running: Running, slack: FakeSlack) -> None:
    opened = form(running, slack, WRONG)
    slack.refuse("chat.postMessage", "not_in_channel")
    answer = running.receives(submission(opened, reason="It ended."))
    assert "It has been kept" in words(answer["view"])
    assert [row.reason for row in feedback_in(running)] == ["It ended."]


def test_without_a_curators_channel_a_report_is_kept_all_the_same(start: Start, slack: FakeSlack) -> None:
    running = start(curators_channel="")
    answer = running.receives(submission(form(running, slack, WRONG), reason="It ended."))
    assert answer["response_action"] == "update"
    assert len(feedback_in(running)) == 1
    assert slack.told("chat.postMessage") == []


@pytest.mark.parametrize(("typed", "kept"), [("I meant G-Cloud 13.", "I meant G-Cloud 13."), (None, ""), ("  ", "")])
def test_not_what_i_asked_is_kept_with_or_without_a_reason(
    running: Running, slack: FakeSlack, typed: str | None, kept: str
) -> None:
    answer = running.receives(submission(form(running, slack, NOT_IT), reason=typed))
    assert answer["response_action"] == "update"
    [row] = feedback_in(running)
    assert (row.rating, row.reason) == ("not_what_i_asked", kept)
    assert to_curators(slack) == []


def test_the_form_for_a_person_holds_the_question_as_it_was_kept(running: Running, slack: FakeSlack) -> None:
    opened = form(running, slack, PERSON, "zorblax for bo.buyer@council.gov.uk?")
    field = opened["blocks"][0]["element"]
    assert field["initial_value"] == "zorblax for [email]?"


def test_a_long_question_still_fits_the_form_for_a_person(running: Running, slack: FakeSlack) -> None:
    asked = "zorblax " * 70
    running.receives(dm(asked))
    running.receives(click(buttons(slack.messages[-1])[PERSON], channel=DM))
    field = slack.form["blocks"][0]["element"]
    assert len(field["initial_value"]) <= field["max_length"]


def test_with_consent_the_curators_are_told_who_asks(running: Running, slack: FakeSlack) -> None:
    opened = form(running, slack, PERSON, UNKNOWN)
    assert running.receives(submission(opened, question="What is a zorblax?", named=True)) == {}
    [told] = to_curators(slack)
    assert f"Asked by <@{ADA}>, who agreed to be named" in words(told)
    assert ">What is a zorblax?" in words(told)
    assert to_person(slack) == ["Your question is with the curators. They know who you are and can reply to you."]
    assert [row.for_a_person for row in enquiries_in(running)] == [True]


def test_without_consent_nothing_that_the_curators_get_says_who_asks(running: Running, slack: FakeSlack) -> None:
    opened = form(running, slack, PERSON, UNKNOWN)
    running.receives(submission(opened, question="What is a zorblax?", named=False))
    [told] = to_curators(slack)
    assert "Asked by somebody who did not give their name" in words(told)
    for trace in (ADA, "ada.lovelace", "<@"):
        assert trace not in json.dumps(told)
    [said] = to_person(slack)
    assert "They do not know who you are" in said


def test_the_box_for_ones_name_is_not_ticked_beforehand(running: Running, slack: FakeSlack) -> None:
    opened = form(running, slack, PERSON, UNKNOWN)
    [box] = [block["element"] for block in opened["blocks"] if block.get("element", {}).get("type") == "checkboxes"]
    assert "initial_options" not in box


def test_the_person_who_sends_the_form_is_the_one_who_is_named(running: Running, slack: FakeSlack) -> None:
    """In a channel anybody may press the button under Ada's question."""
    running.receives(mention(UNKNOWN, by=ADA))
    running.receives(click(buttons(slack.messages[0])[PERSON], by=BO))
    running.receives(submission(slack.form, by=BO, question="What is a zorblax?", named=True))
    assert f"<@{BO}>" in words(to_curators(slack)[0])
    assert ADA not in json.dumps(to_curators(slack))
    assert len(to_person(slack, BO)) == 1


@pytest.mark.parametrize("typed", [None, "", " \n "])
def test_an_empty_question_for_a_person_is_sent_back_to_its_field(
    running: Running, slack: FakeSlack, typed: str | None
) -> None:
    answer = running.receives(submission(form(running, slack, PERSON, UNKNOWN), question=typed, named=True))
    assert answer == {
        "response_action": "errors",
        "errors": {"question": "Write your question before you send it."},
    }
    assert to_curators(slack) == []
    assert [row.for_a_person for row in enquiries_in(running)] == [False]


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "is_archived", "internal_error"])
def test_when_the_curators_cannot_be_reached_the_person_is_told_and_the_question_kept(
    running: Running, slack: FakeSlack, code: str
) -> None:
    opened = form(running, slack, PERSON, UNKNOWN)
    slack.refuse_in(CURATORS, code)
    running.receives(submission(opened, question="What is a zorblax?", named=True))
    assert len(to_person(slack)) == 1
    assert "nobody has your question yet. It is kept." in to_person(slack)[0]
    assert [(row.text, row.for_a_person) for row in enquiries_in(running)] == [(UNKNOWN, True)]


def test_when_slack_does_not_answer_the_person_is_told_too(running: Running, slack: FakeSlack) -> None:
    opened = form(running, slack, PERSON, UNKNOWN)
    slack.fail_in(CURATORS, TimeoutError("timed out"))
    running.receives(submission(opened, question="What is a zorblax?", named=True))
    assert "nobody has your question yet" in to_person(slack)[0]


def test_feedback_given_in_a_channel_is_not_seen_by_the_channel(running: Running, slack: FakeSlack) -> None:
    running.receives(mention(OPEN))
    for label in ("Helpful", WRONG, NOT_IT, PERSON):
        running.receives(click(buttons(slack.messages[0])[label], by=BO))
    assert len([body for body in slack.told("chat.postMessage") if body["channel"] == BUYING]) == 1
    assert {body["response_type"] for body in slack.told(RESPOND)} == {"ephemeral"}
