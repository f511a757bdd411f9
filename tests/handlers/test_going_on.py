"""Going on from a reply: a suggestion is opened, a private answer is shared."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storage.tables import EnquiryRow
from tests.conftest import Running
from tests.fakes import RESPOND, FakeSlack, HandClock
from tests.handlers.kept import enquiries_in
from tests.payloads import BUYING, DM, click, command, dm, mention, shortcut
from tests.reading import buttons, suggestions, words

OPEN = "Is G-Cloud 14 still open?"
DIRECT_AWARD = "You can award without a further competition on G-Cloud 14."


def labelled(message: dict[str, Any], start: str) -> dict[str, Any]:
    [button] = [button for label, button in buttons(message).items() if label.startswith(start)]
    return button


def chosen(running: Running) -> list[str | None]:
    return [row.chosen for row in enquiries_in(running)]


def test_a_suggestion_opens_a_fact_for_the_person_who_pressed(running: Running, slack: FakeSlack) -> None:
    running.receives(mention(OPEN))
    button = labelled(slack.messages[0], "G-Cloud 14: whether you can direct award")
    assert running.receives(click(button, thread="1764000001.000100")) == {}
    [told] = slack.told(RESPOND)
    assert (told["response_type"], told["replace_original"]) == ("ephemeral", False)
    assert told["thread_ts"] == "1764000001.000100"
    assert DIRECT_AWARD in words(told)
    assert "Share" in buttons(told)
    assert chosen(running) == ["agreement:RM1557.14:direct_award"]


def test_a_suggestion_opens_an_entry(running: Running, slack: FakeSlack) -> None:
    running.receives(mention("How long can a call-off last?"))
    running.receives(click(labelled(slack.messages[0], "When should digital teams")))
    assert "Before the need is written down." in words(slack.told(RESPOND)[0])
    assert chosen(running) == ["entry:early-engagement"]


def test_a_suggestion_in_a_direct_message_is_opened_in_place(running: Running, slack: FakeSlack) -> None:
    running.receives(dm(OPEN))
    running.receives(click(suggestions(slack.messages[0])[0], channel=DM))
    [told] = slack.told(RESPOND)
    assert (told["response_type"], told["replace_original"]) == ("in_channel", False)
    assert "Share" not in buttons(told)


def test_choosing_among_several_agreements_answers_the_question_for_that_one(
    running: Running, slack: FakeSlack
) -> None:
    told = running.receives(command("Can I direct award on Digital Outcomes?"))
    running.receives(click(labelled(told, "Digital Outcomes 6"), private=True))
    assert "You can't direct award on Digital Outcomes 6" in words(slack.told(RESPOND)[0])


def test_the_first_suggestion_opened_is_remembered(running: Running) -> None:
    told = running.receives(command(OPEN))
    for button in suggestions(told)[:2]:
        running.receives(click(button, private=True))
    assert chosen(running) == [json.loads(suggestions(told)[0]["value"])["t"]]


def test_a_suggestion_that_no_longer_exists_gets_an_honest_answer(running: Running, slack: FakeSlack) -> None:
    told = running.receives(command(OPEN))
    button = suggestions(told)[0]
    value = {**json.loads(button["value"]), "t": "entry:taken-out-since"}
    running.receives(click({**button, "value": json.dumps(value)}, private=True))
    assert slack.told(RESPOND)[0]["text"].startswith("I don't know.")


def test_suggestions_of_a_suggestion_open_too(running: Running, slack: FakeSlack) -> None:
    told = running.receives(command(OPEN))
    for _ in range(3):
        running.receives(click(suggestions(told)[0], private=True))
        told = slack.told(RESPOND)[-1]
    assert len(enquiries_in(running)) == 1  # going on is not asking again


def share(running: Running, slack: FakeSlack, told: dict[str, Any], **where: Any) -> dict[str, Any]:
    running.receives(click(buttons(told)["Share"], private=True, **where))
    shared: dict[str, Any] = slack.told(RESPOND)[-1]
    return shared


def test_sharing_posts_the_answer_in_the_channel_with_the_question_above_it(running: Running, slack: FakeSlack) -> None:
    shared = share(running, slack, running.receives(command(OPEN)))
    assert (shared["response_type"], shared["replace_original"]) == ("in_channel", False)
    assert shared["blocks"][0]["elements"][0]["text"] == f"Asked: {OPEN}"
    assert "G-Cloud 14 (RM1557.14) is no longer open" in shared["text"]
    assert "Share" not in buttons(shared)
    assert "Helpful" in buttons(shared)


def test_sharing_never_says_who_asked(running: Running, slack: FakeSlack) -> None:
    shared = share(running, slack, running.receives(command(OPEN)))
    assert "U0ADA" not in json.dumps(shared)
    assert "ada.lovelace" not in json.dumps(shared)


def test_sharing_from_a_thread_stays_in_the_thread(running: Running, slack: FakeSlack) -> None:
    running.receives(shortcut(OPEN, thread="1763999999.000001"))
    shared = share(running, slack, slack.told(RESPOND)[0], thread="1763999999.000001")
    assert shared["thread_ts"] == "1763999999.000001"


@pytest.mark.parametrize(
    ("asked", "opened", "said"),
    [
        (OPEN, "G-Cloud 14: whether you can direct award", DIRECT_AWARD),
        (OPEN, "G-Cloud 14: how long a call-off can last", "a call-off can last up to"),
        (
            "Can I direct award on Digital Outcomes?",
            "Digital Outcomes 6",
            "You can't direct award on Digital Outcomes 6",
        ),
        ("G-Cloud 14 bananas custard trousers", "G-Cloud 14", "Cloud hosting, software &amp; support."),
        ("How long can a call-off last?", "When should digital teams", "Before the need is written down."),
    ],
)
def test_what_was_opened_is_what_is_shared(
    running: Running, slack: FakeSlack, asked: str, opened: str, said: str
) -> None:
    told = running.receives(command(asked))
    running.receives(click(labelled(told, opened), private=True))
    seen = slack.told(RESPOND)[-1]
    shared = share(running, slack, seen)
    assert said in words(seen)
    assert shared["text"] == seen["text"]


def test_what_was_shared_can_be_rated_as_what_it_is(running: Running, slack: FakeSlack) -> None:
    told = running.receives(command(OPEN))
    running.receives(click(labelled(told, "G-Cloud 14: whether you can direct award"), private=True))
    shared = share(running, slack, slack.told(RESPOND)[-1])
    assert json.loads(buttons(shared)["Helpful"]["value"])["t"] == "agreement:RM1557.14:direct_award"


def test_the_meaning_of_a_term_can_be_shared(running: Running, slack: FakeSlack) -> None:
    shared = share(running, slack, running.receives(command("what is a DPS?")))
    assert "dynamic purchasing system" in words(shared)


def test_what_is_shared_is_true_when_it_is_shared(running: Running, slack: FakeSlack, clock: HandClock) -> None:
    clock.now = clock.now.replace(month=10, day=27)
    told = running.receives(command(OPEN))
    assert "is open" in told["text"]
    clock.turn(days=7)
    assert "is no longer open" in share(running, slack, told)["text"]


def test_a_question_that_is_no_longer_kept_cannot_be_shared(
    running: Running, slack: FakeSlack, clock: HandClock
) -> None:
    told = running.receives(command(OPEN))
    with running.db.transaction() as session:
        session.delete(session.get_one(EnquiryRow, json.loads(buttons(told)["Share"]["value"])["e"]))
    shared = share(running, slack, told)
    assert shared["response_type"] == "ephemeral"
    assert shared["text"].startswith("That question is no longer kept.")


def test_nothing_is_posted_to_the_channel_by_the_bot_itself_when_sharing(running: Running, slack: FakeSlack) -> None:
    """The bot need not be a member: what is shared goes through the address that came with the press."""
    share(running, slack, running.receives(command(OPEN, channel=BUYING)))
    assert slack.told("chat.postMessage") == []
