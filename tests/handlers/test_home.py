"""A person opens the bot: the Home tab, and first questions in the Messages tab."""

from __future__ import annotations

import json

from tests.conftest import ROOT, Running
from tests.fakes import FakeSlack, HandClock
from tests.payloads import ADA, DM, command, home_opened
from tests.reading import words


def test_the_home_tab_says_how_to_ask_and_how_fresh_the_base_is(running: Running, slack: FakeSlack) -> None:
    running.receives(home_opened("home", by=ADA))
    [told] = slack.told("views.publish")
    assert (told["user_id"], told["view"]["type"]) == (ADA, "home")
    said = words(told["view"])
    assert "/buying" in said
    assert "I hold 4 agreements, 2 answers and 1 terms." in said
    assert "Last checked 2 November 2026." in said
    assert slack.messages == []


def test_the_home_tab_lists_what_ends_soon_soonest_first(running: Running, slack: FakeSlack) -> None:
    running.receives(home_opened())
    said = words(slack.told("views.publish")[0]["view"])
    assert (
        "*Ending in the next 90 days*\n• Digital Outcomes 6 (RM1043.8): 16 January 2027, as of 1 November 2026" in said
    )
    assert said.index("Digital Outcomes 6 (") < said.index("Digital Outcomes 7 (")
    assert "G-Cloud" not in said.split("*Ending")[1].split("*")[1]


def test_the_home_tab_says_so_when_nothing_ends_soon(running: Running, slack: FakeSlack, clock: HandClock) -> None:
    clock.turn(days=365)
    running.receives(home_opened())
    assert "No agreement that I hold is listed to end by then." in words(slack.told("views.publish")[0]["view"])


def test_the_messages_tab_offers_first_questions(running: Running, slack: FakeSlack) -> None:
    running.receives(home_opened("messages"))
    [told] = slack.told("assistant.threads.setSuggestedPrompts")
    assert told["channel_id"] == DM
    assert 0 < len(told["prompts"]) <= 4
    assert slack.told("views.publish") == []


def test_the_prompts_are_those_of_the_manifest(running: Running, slack: FakeSlack) -> None:
    running.receives(home_opened("messages"))
    manifest = json.loads((ROOT / "manifest.json").read_text())
    told = slack.told("assistant.threads.setSuggestedPrompts")[0]
    assert told["prompts"] == manifest["features"]["agent_view"]["suggested_prompts"]


def test_each_prompt_is_a_question_that_the_bot_reads(running: Running, slack: FakeSlack) -> None:
    running.receives(home_opened("messages"))
    for prompt in slack.told("assistant.threads.setSuggestedPrompts")[0]["prompts"]:
        assert "Ask me a question" not in running.receives(command(prompt["message"]))["text"]


def test_a_workspace_without_prompts_goes_without(running: Running, slack: FakeSlack) -> None:
    slack.refuse("assistant.threads.setSuggestedPrompts", "unknown_method")
    running.receives(home_opened("messages"))
    slack.fail("assistant.threads.setSuggestedPrompts", TimeoutError("timed out"))
    running.receives(home_opened("messages"))
    assert slack.messages == []
