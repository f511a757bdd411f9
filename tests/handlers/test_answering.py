"""A member is asked, through Slack's door: answers, changes, withdraws; later, not this round, never again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.people import Function
from bot.surveys.questions import FUNCTION, Answers, Kind, Question
from bot.surveys.round import Round
from handlers.ui import invitation, questionnaire
from storage import profiles, responses, rounds
from storage.keys import KeyFolder
from tests.conftest import Running
from tests.fakes import HandClock
from tests.payloads import ADA, BO, CY, Json, click, submission
from tests.reading import words
from tests.scheduled import BO as MEMBER_BO
from tests.scheduled import FIRST, begun
from tests.surveys import QUESTIONS

CANARY = "Canary: talk to each other before the requirement is written."
ANSWERS: dict[str, tuple[str, ...]] = {
    FUNCTION: ("procurement",),
    "gate": ("some",),
    "early": ("2",),
    "likely": ("7",),
    "barriers": ("approvals", "skills"),
    "comment": (CANARY,),
}
ONE = (Question("easy", Kind.RATING, "{Other} were easy to work with."),)


@pytest.fixture
def round(running: Running, clock: HandClock) -> Round:
    """A round that is open, of which Bo was told."""
    clock.now = FIRST + timedelta(minutes=1)
    return opened(running)


def opened(running: Running, **changes: Any) -> Round:
    _, made = begun(running.db, (MEMBER_BO,), **changes)
    keys(running).make(made.id)
    return made


def keys(running: Running) -> KeyFolder:
    found = running.bot.keys
    assert isinstance(found, KeyFolder)
    return found


def pressed(action_id: str, round: Round, by: str = BO) -> Json:
    return click({"type": "button", "action_id": action_id, "value": round.id}, by=by, channel="D0BO")


def form(running: Running, round: Round, by: str = BO) -> Json:
    running.receives(pressed(invitation.ANSWER, round, by))
    return running.slack.form


def state(question: Question, values: tuple[str, ...]) -> Json:
    if question.kind is Kind.TEXT:
        return {"type": "plain_text_input", "value": values[0] if values else None}
    if question.kind is Kind.CHOICES:
        return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}
    return {"type": "radio_buttons", "selected_option": {"value": values[0]} if values else None}


def sent(round: Round, view: Json, answers: Answers, by: str = BO) -> Json:
    """The form as Slack sends it, with what was chosen in it."""
    body = submission(view, by=by)
    drawn = {block.get("block_id") for block in view["blocks"]}
    body["view"]["state"]["values"] = {
        f"q_{each.key}": {f"q_{each.key}": state(each, tuple(answers.get(each.key, ())))}
        for each in round.asked
        if f"q_{each.key}" in drawn
    }
    return body


def kept(running: Running, round: Round, member: str = BO) -> Answers | None:
    return responses.of(running.db, keys(running), round, member)


def test_the_form_says_what_is_promised_and_what_is_sent_is_kept(running: Running, round: Round) -> None:
    view = form(running, round)
    assert "confidential until this round closes on Monday 7 December 2026" in words(view)
    answered = running.receives(sent(round, view, ANSWERS))
    assert "Saved. Thank you." in words(answered["view"])
    assert kept(running, round) == ANSWERS
    assert responses.count(running.db, round) == 1


def test_thanks_and_every_message_hold_nothing_that_was_answered(running: Running, round: Round) -> None:
    answered = running.receives(sent(round, form(running, round), ANSWERS))
    assert CANARY not in words(answered["view"])
    assert not [message for message in running.slack.messages if CANARY in words(message)]


def test_the_form_comes_back_filled_in_and_can_be_changed(running: Running, round: Round) -> None:
    running.receives(sent(round, form(running, round), ANSWERS))
    again = form(running, round)
    assert "You have answered" in words(again)
    [comment] = [block for block in again["blocks"] if block.get("block_id") == "q_comment"]
    assert comment["element"]["initial_value"] == CANARY
    changed = {**ANSWERS, "early": ("5",), "comment": ()}
    running.receives(sent(round, again, changed))
    assert kept(running, round) == {key: values for key, values in changed.items() if values}
    assert responses.count(running.db, round) == 1


def test_sent_twice_counts_once(running: Running, round: Round) -> None:
    view = form(running, round)
    running.receives(sent(round, view, ANSWERS))
    running.receives(sent(round, view, ANSWERS))
    assert responses.count(running.db, round) == 1


def test_a_choice_that_changes_what_follows_draws_the_form_anew(running: Running, round: Round) -> None:
    view = form(running, round)
    body = click({"type": "radio_buttons", "action_id": "q_gate"}, by=BO)
    del body["container"], body["channel"], body["message"]
    view |= {"id": "V0VIEW", "hash": "1.abc"}
    view["state"] = sent(round, view, {FUNCTION: ("digital",), "gate": ("none",)})["view"]["state"]
    running.receives(body | {"view": view})
    [drawn] = running.slack.told("views.update")
    assert drawn["view_id"] == "V0VIEW"
    ids = [block["block_id"] for block in drawn["view"]["blocks"] if block["type"] == "input"]
    assert ids == ["q_function", "q_gate", "q_barriers", "q_comment"]
    assert kept(running, round) is None


def test_a_fault_stands_at_its_field_and_nothing_is_kept(running: Running, round: Round) -> None:
    wrong = {**ANSWERS, "barriers": ("approvals", "skills", "budget", "nothing")}
    answered = running.receives(sent(round, form(running, round), wrong))
    assert answered["errors"] == {"q_barriers": "Choose 3 at most."}
    assert kept(running, round) is None


def test_what_is_sent_after_the_close_comes_back_word_for_word(
    running: Running, round: Round, clock: HandClock
) -> None:
    view = form(running, round)
    clock.now = round.closes_at
    answered = running.receives(sent(round, view, ANSWERS))
    assert "closed on Monday 7 December" in words(answered["view"])
    assert CANARY in words(answered["view"])
    assert kept(running, round) is None


def test_withdrawing_deletes_what_was_answered(running: Running, round: Round) -> None:
    running.receives(sent(round, form(running, round), ANSWERS))
    view = form(running, round) | {"id": "V0VIEW", "hash": "1.abc"}
    body = pressed(questionnaire.WITHDRAW, round)
    del body["container"], body["channel"], body["message"]
    running.receives(body | {"view": view})
    assert kept(running, round) is None
    assert "Your answers are deleted" in words(running.slack.told("views.update")[-1]["view"])


def test_the_function_set_in_home_is_chosen_beforehand_and_answering_never_sets_it(
    running: Running, round: Round
) -> None:
    profiles.choose_function(running.db, round.workspace, BO, Function.DIGITAL)
    view = form(running, round)
    [asked] = [block for block in view["blocks"] if block.get("block_id") == "q_function"]
    assert asked["element"]["initial_option"]["value"] == "digital"
    running.receives(sent(round, view, ANSWERS))
    assert profiles.get(running.db, round.workspace, BO).function is Function.DIGITAL


@pytest.mark.parametrize("by", [ADA, CY])
@pytest.mark.parametrize(
    "action_id", [invitation.ANSWER, invitation.LATER, invitation.DECLINE, invitation.SEEN, "invitation_one_5"]
)
def test_who_was_not_asked_gets_a_sentence_and_nothing_else(
    running: Running, round: Round, action_id: str, by: str
) -> None:
    running.receives(pressed(action_id, round, by))
    [told] = running.slack.messages
    assert "was not sent to you" in words(told)
    assert not running.slack.told("views.open")
    assert responses.count(running.db, round) == 0


@pytest.mark.parametrize("by", [ADA, CY])
def test_a_form_that_was_passed_on_keeps_nothing(running: Running, round: Round, by: str) -> None:
    answered = running.receives(sent(round, form(running, round), ANSWERS, by))
    assert "was not sent to you" in words(answered["view"])
    assert responses.count(running.db, round) == 0


@pytest.mark.parametrize("metadata", ["", "0" * 32, "f" * 31, '{"round": "x"}', "../keys"])
def test_a_form_whose_round_was_tampered_with_keeps_nothing(running: Running, round: Round, metadata: str) -> None:
    body = sent(round, form(running, round), ANSWERS)
    body["view"]["private_metadata"] = metadata
    answered = running.receives(body)
    assert "view" in answered
    assert responses.count(running.db, round) == 0


def test_values_that_were_never_offered_are_refused(running: Running, round: Round) -> None:
    body = sent(round, form(running, round), ANSWERS)
    body["view"]["state"]["values"]["q_early"]["q_early"]["selected_option"]["value"] = "99"
    answered = running.receives(body)
    assert "not one of the answers offered" in answered["errors"]["q_early"]
    assert kept(running, round) is None


# One question, one press.


def test_one_press_answers_a_single_question_and_another_changes_it(running: Running, clock: HandClock) -> None:
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running, questions=ONE, by_function=False)
    for value in ("2", "4"):
        running.receives(pressed(f"invitation_one_{value}", round))
    assert kept(running, round) == {"easy": ("4",)}
    assert responses.count(running.db, round) == 1
    assert all("Agree" not in words(message) for message in running.slack.messages)


def test_one_press_counts_under_the_function_of_the_profile(running: Running, clock: HandClock) -> None:
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running, questions=ONE)
    profiles.choose_function(running.db, round.workspace, BO, Function.DIGITAL)
    running.receives(pressed("invitation_one_4", round))
    assert kept(running, round) == {FUNCTION: ("digital",), "easy": ("4",)}


def test_a_press_that_leaves_something_to_be_asked_keeps_nothing_and_offers_the_form(
    running: Running, clock: HandClock
) -> None:
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running, questions=ONE)
    running.receives(pressed("invitation_one_4", round))
    assert kept(running, round) is None
    assert "Nothing was kept yet" in words(running.slack.messages[-1])


def test_a_press_after_the_close_is_told_so(running: Running, clock: HandClock) -> None:
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running, questions=ONE, by_function=False)
    clock.now = round.closes_at
    running.receives(pressed("invitation_one_4", round))
    assert "closed on Monday 7 December" in words(running.slack.messages[-1])
    assert kept(running, round) is None


# Other ways out.


def test_later_is_tomorrow_unless_the_round_is_over_by_then(running: Running, round: Round, clock: HandClock) -> None:
    running.receives(pressed(invitation.LATER, round))
    assert "I will remind you on" in words(running.slack.messages[-1])
    clock.now = round.closes_at - timedelta(hours=3)
    running.receives(pressed(invitation.LATER, round))
    assert "this message is the last" in words(running.slack.messages[-1])


def test_not_this_round_is_kept_and_can_be_thought_better_of(running: Running, round: Round, clock: HandClock) -> None:
    running.receives(pressed(invitation.DECLINE, round))
    assert "You will hear no more of this round" in words(running.slack.messages[-1])
    assert rounds.open_rounds(running.db, round.workspace, BO, clock()) == ()
    running.receives(sent(round, form(running, round), ANSWERS))
    assert kept(running, round) == ANSWERS


def test_stop_asking_me_is_kept(running: Running, round: Round) -> None:
    running.receives(pressed(invitation.STOP, round))
    assert profiles.get(running.db, round.workspace, BO).stopped
    assert "no more surveys" in words(running.slack.messages[-1])


def test_what_organisers_see_is_numbers_without_names(running: Running, round: Round) -> None:
    running.receives(sent(round, form(running, round), ANSWERS))
    running.receives(pressed(invitation.SEEN, round))
    seen = words(running.slack.form)
    assert "1 of 1 people have answered" in seen
    assert BO not in seen


def test_an_attributed_survey_says_so_first_and_keeps_the_name(running: Running, clock: HandClock) -> None:
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running, anonymous=False)
    view = form(running, round)
    assert "This survey is not anonymous." in words(view)
    running.receives(sent(round, view, ANSWERS))
    assert kept(running, round) == ANSWERS


def test_a_form_that_claims_to_be_a_preview_keeps_nothing(running: Running, round: Round) -> None:
    view = form(running, round) | {"callback_id": questionnaire.PREVIEW}
    answered = running.receives(sent(round, view, ANSWERS))
    assert "Only organisers can do that." in words(answered["view"])
    assert kept(running, round) is None


def test_questions_of_every_kind_were_asked(round: Round) -> None:
    assert {question.kind for question in QUESTIONS} == set(Kind)
