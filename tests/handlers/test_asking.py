"""A person asks: by mention, in a DM, with the command, from the menu of a message."""

from __future__ import annotations

from typing import Any

import pytest

from bot.enquiry import Door
from storage.tables import EnquiryRow
from tests.conftest import Running, Start
from tests.fakes import BOT, RESPOND, FakeSlack, HandClock
from tests.handlers.kept import enquiries_in
from tests.payloads import ADA, BO, BUYING, CY, DM, command, dm, event, mention, message, shortcut
from tests.reading import buttons, suggestions, words

OPEN = "Is G-Cloud 14 still open?"
ANSWER = "G-Cloud 14 (RM1557.14) is no longer open: its listed end date, 28 October 2026, has passed."
RATINGS = ["Helpful", "Wrong or out of date", "Not what I asked", "Ask a person"]


def only(rows: list[EnquiryRow]) -> EnquiryRow:
    [row] = rows
    return row


def test_a_mention_is_answered_in_its_thread(running: Running, slack: FakeSlack) -> None:
    running.receives(mention(OPEN, by=ADA))
    [told] = slack.messages
    assert slack.told("chat.postMessage") == [told]
    assert (told["channel"], told["thread_ts"], told["text"]) == (BUYING, "1764000001.000100", ANSWER)
    assert (told["unfurl_links"], told["unfurl_media"]) == (False, False)


def test_a_mention_inside_a_thread_is_answered_in_that_thread(running: Running, slack: FakeSlack) -> None:
    running.receives(mention(OPEN, thread="1763999999.000001"))
    assert slack.messages[0]["thread_ts"] == "1763999999.000001"


def test_an_answer_says_what_it_rests_on_and_who_owns_it(running: Running, slack: FakeSlack) -> None:
    running.receives(mention("How long can a call-off last?"))
    said = words(slack.messages[0])
    assert (
        "<https://example.gov.uk/call-off|Call-off schedule> (Government Commercial Agency, as of 1 November 2026)"
        in said
    )
    assert "*Owner*: Frameworks curators · *Checked*: 2 November 2026" in said
    assert "*Applies to*: must: central government" in said


def test_everybody_in_the_channel_may_rate_an_answer_and_nobody_need_share_it(
    running: Running, slack: FakeSlack
) -> None:
    running.receives(mention(OPEN))
    offered = buttons(slack.messages[0])
    assert [name for name in offered if name in (*RATINGS, "Share")] == RATINGS


def test_a_mention_that_is_delivered_twice_is_answered_once(running: Running, slack: FakeSlack) -> None:
    running.receives(mention(OPEN, event_id="Ev1"))
    running.receives(mention(OPEN, event_id="Ev1"))
    assert len(slack.messages) == 1
    assert len(enquiries_in(running)) == 1


def test_a_mention_that_arrives_as_a_message_too_is_answered_once(running: Running, slack: FakeSlack) -> None:
    """Slack sends both to an app that reads channels, each with an id of its own."""
    running.receives(mention(OPEN))
    running.receives(message(f"<@{BOT}> {OPEN}"))
    assert len(slack.messages) == 1
    assert len(enquiries_in(running)) == 1


def test_a_direct_message_is_answered_where_it_was_written(running: Running, slack: FakeSlack) -> None:
    running.receives(dm(OPEN))
    [told] = slack.told("chat.postMessage")
    assert (told["channel"], told["text"]) == (DM, ANSWER)
    assert "thread_ts" not in told
    assert "Share" not in buttons(told)


def test_a_direct_message_in_a_thread_is_answered_there(running: Running, slack: FakeSlack) -> None:
    running.receives(dm(OPEN, thread="1763999999.000001"))
    assert slack.messages[0]["thread_ts"] == "1763999999.000001"


@pytest.mark.parametrize(
    ("what", "payload"),
    [
        ("a message in a channel", message(OPEN)),
        ("a message in a private channel", message(OPEN, kind="group")),
        ("a message in a group conversation", message(OPEN, kind="mpim")),
        ("another bot in a DM", dm(OPEN, changes={"bot_id": "B0OTHER"})),
        ("another bot that mentions us", mention(OPEN, changes={"bot_id": "B0OTHER"})),
        ("a bot's message", dm(OPEN, changes={"subtype": "bot_message", "user": None})),
        ("an edit", dm(OPEN, changes={"subtype": "message_changed", "message": {"text": OPEN, "user": ADA}})),
        ("a mention that was edited", mention(OPEN, changes={"subtype": "message_changed"})),
        ("a deletion", dm("", changes={"subtype": "message_deleted"})),
        ("somebody who joins", message("joined", changes={"subtype": "channel_join"})),
        ("somebody who joins a DM", dm("joined", changes={"subtype": "channel_join"})),
        ("the bot itself", dm(OPEN, by=BOT)),
        ("a message by nobody", dm(OPEN, changes={"user": None})),
    ],
)
def test_what_no_person_asked_is_left_alone(running: Running, slack: FakeSlack, what: str, payload: Any) -> None:
    running.receives(payload)
    assert slack.messages == [], what
    assert enquiries_in(running) == [], what


def test_the_command_is_answered_with_its_acknowledgement(running: Running, slack: FakeSlack) -> None:
    told = running.receives(command(OPEN))
    assert (told["response_type"], told["text"]) == ("ephemeral", ANSWER)
    assert [*buttons(told)][-5:] == [*RATINGS, "Share"]
    assert slack.messages == []  # one trip


@pytest.mark.parametrize("typed", ["", "   ", f"<@{BOT}>", "&lt;&gt;"])
def test_a_command_without_a_question_asks_for_one(running: Running, typed: str) -> None:
    told = running.receives(command(typed))
    assert told["response_type"] == "ephemeral"
    assert "Is G-Cloud 14 still open?" in told["text"] or "Can I direct award" in told["text"]
    assert buttons(told) == {}
    assert only(enquiries_in(running)).outcome == "clarify"


def test_the_shortcut_answers_the_message_for_the_person_who_chose_it(running: Running, slack: FakeSlack) -> None:
    assert running.receives(shortcut(OPEN, by=CY, author=BO)) == {}
    [told] = slack.told(RESPOND)
    assert slack.messages == [told]
    assert (told["response_type"], told["text"], told["replace_original"]) == ("ephemeral", ANSWER, False)
    assert [*buttons(told)][-5:] == [*RATINGS, "Share"]
    assert "thread_ts" not in told


def test_the_shortcut_answers_in_the_thread_of_the_message(running: Running, slack: FakeSlack) -> None:
    running.receives(shortcut(OPEN, thread="1763999999.000001"))
    assert slack.told(RESPOND)[0]["thread_ts"] == "1763999999.000001"


@pytest.mark.parametrize(
    ("door", "payload"),
    [
        (Door.MENTION, mention(OPEN)),
        (Door.DM, dm(OPEN)),
        (Door.COMMAND, command(OPEN)),
        (Door.SHORTCUT, shortcut(OPEN)),
    ],
)
def test_a_question_is_kept_with_its_outcome_whichever_way_it_came(
    running: Running, door: Door, payload: dict[str, Any]
) -> None:
    running.receives({**payload, "event_id": f"Ev-{door}"} if "event_id" in payload else payload)
    row = only(enquiries_in(running))
    assert (row.workspace, row.door, row.text, row.outcome) == ("T0GOV", door, OPEN, "answer")
    assert row.matches[0] == "RM1557.14"
    assert row.asked_on.isoformat() == "2026-11-24"
    assert row.revision


def test_the_day_is_the_day_in_london(running: Running, clock: HandClock) -> None:
    clock.now = clock.now.replace(month=6, day=30, hour=23, minute=30)  # half past midnight there
    running.receives(command(OPEN))
    assert only(enquiries_in(running)).asked_on.isoformat() == "2026-07-01"


def test_an_answer_is_true_on_the_day_it_is_given(running: Running, clock: HandClock) -> None:
    clock.now = clock.now.replace(month=10, day=1)
    assert running.receives(command(OPEN))["text"].startswith("G-Cloud 14 (RM1557.14) is open.")


@pytest.mark.parametrize(
    ("asked", "outcome", "offers"),
    [
        (
            "How long can a call-off last?",
            "answer",
            ["Helpful", "Wrong or out of date", "Not what I asked", "Ask a person"],
        ),
        ("Can I direct award on Digital Outcomes?", "clarify", ["Not what I asked", "Ask a person"]),
        ("G-Cloud 14 bananas custard trousers", "did_you_mean", ["Not what I asked", "Ask a person"]),
        ("zorblax quibbling snorfle", "dont_know", ["Ask a person"]),
        ("Чи відкрита рамкова угода?", "out_of_scope", []),
        ("", "clarify", []),
    ],
)
def test_each_outcome_offers_what_helps_next(
    running: Running, slack: FakeSlack, asked: str, outcome: str, offers: list[str]
) -> None:
    running.receives(dm(asked))
    assert only(enquiries_in(running)).outcome == outcome
    told = slack.messages[0]
    assert [name for name, button in buttons(told).items() if button not in suggestions(told)] == offers
    assert bool(suggestions(told)) == (outcome in ("answer", "clarify", "did_you_mean") and bool(asked))


def test_without_a_curators_channel_nobody_is_offered_a_person(start: Start, slack: FakeSlack) -> None:
    running = start(curators_channel="")
    for asked in (OPEN, "zorblax quibbling snorfle", "G-Cloud 14 bananas custard trousers"):
        running.receives(dm(asked))
    assert len(slack.messages) == 3
    assert not any("Ask a person" in buttons(told) for told in slack.messages)


def test_mentions_of_people_never_reach_what_is_kept(running: Running) -> None:
    running.receives(mention(f"<@{BO}> <@{CY}|cy> <!subteam^S0TEAM|@team> <!here> {OPEN}"))
    assert only(enquiries_in(running)).text == OPEN


def test_personal_data_is_taken_out_before_a_question_is_kept(running: Running) -> None:
    running.receives(dm("Can bo.buyer@council.gov.uk 07700 900123 from SW1A 1AA, Mrs Agatha Smith, use G-Cloud 14?"))
    kept = only(enquiries_in(running)).text
    assert kept == "Can [email] [phone] from [postcode], [name], use G-Cloud 14?"


def test_only_the_beginning_of_a_paste_is_kept(running: Running) -> None:
    running.receives(dm("budget " * 1500))
    assert len(only(enquiries_in(running)).text) == 1000


def test_somebody_of_another_organisation_asks_in_our_workspace(running: Running) -> None:
    """In a shared channel their payloads carry their own team; the bot is installed in ours, and keeps it there."""
    running.receives(command(OPEN))
    running.receives(command(OPEN, team="T0OTHER"))
    assert [row.workspace for row in enquiries_in(running)] == ["T0GOV", "T0GOV"]


def test_events_that_nobody_subscribed_to_do_no_harm(running: Running, slack: FakeSlack) -> None:
    from slack_bolt import BoltRequest

    response = running.bot.app.dispatch(
        BoltRequest(body=event({"type": "reaction_added", "user": ADA}), mode="socket_mode")
    )
    assert response.status == 404
    assert slack.messages == []
