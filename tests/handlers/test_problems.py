"""Any trouble becomes one sentence for the person, one line for the log, and loses nothing that was asked."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any, NoReturn

import pytest

from bot.errors import Problem
from bot.knowledge.replying import Replier
from storage import enquiries
from tests.conftest import Running
from tests.fakes import RESPOND, FakeSlack
from tests.handlers.kept import enquiries_in, feedback_in
from tests.payloads import ADA, BUYING, CURATORS, DM, click, command, dm, home_opened, mention, shortcut, submission
from tests.reading import buttons, words

OPEN = "Is G-Cloud 14 still open?"
CANARY = "canary in an exception"
NOTED = re.compile(r"Something broke, and it has been noted as ([0-9A-F]{4})\.")
CLOSED = "This closed on Friday. Thank you all the same."
Break = Callable[[object, str, Exception], None]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Makes a function raise, as if it had a fault."""

    def make(where: object, name: str, error: Exception) -> None:
        def fail(*_args: Any, **_kwargs: Any) -> NoReturn:
            raise error

        monkeypatch.setattr(where, name, fail)

    return make


def one_line(caplog: pytest.LogCaptureFixture) -> str:
    [record] = [
        record for record in caplog.records if record.name.startswith("handlers") and record.levelname == "ERROR"
    ]
    return record.getMessage()


@pytest.mark.parametrize(
    ("payload", "method"),
    [
        (mention(OPEN, event_id="EvA"), "chat.postEphemeral"),
        (dm(OPEN, event_id="EvB"), "chat.postEphemeral"),
        (command(OPEN), RESPOND),
        (shortcut(OPEN), RESPOND),
    ],
)
def test_a_fault_is_told_to_the_person_alone_by_a_code_that_is_in_the_log(
    running: Running, slack: FakeSlack, broken: Break, caplog: Any, payload: dict[str, Any], method: str
) -> None:
    broken(Replier, "reply", RuntimeError(CANARY))
    running.receives(payload)
    [told] = slack.messages
    assert slack.told(method) == [told]
    code = NOTED.match(told["text"])
    assert code
    assert one_line(caplog).startswith(f"{code[1]} RuntimeError\n")
    assert CANARY not in caplog.text
    assert CANARY not in told["text"]


def test_a_fault_after_a_mention_is_whispered_to_the_asker(running: Running, slack: FakeSlack, broken: Break) -> None:
    broken(Replier, "reply", RuntimeError(CANARY))
    running.receives(mention(OPEN, by=ADA))
    [told] = slack.told("chat.postEphemeral")
    assert (told["channel"], told["user"]) == (BUYING, ADA)


def test_a_problem_is_told_in_its_own_words(running: Running, slack: FakeSlack, broken: Break) -> None:
    broken(Replier, "reply", Problem(CLOSED))
    running.receives(dm(OPEN))
    assert slack.messages[0]["text"] == CLOSED
    assert slack.messages[0]["channel"] == DM


def test_a_fault_behind_a_button_is_told_and_the_press_stays_acknowledged(
    running: Running, slack: FakeSlack, broken: Break
) -> None:
    told = running.receives(command(OPEN))
    broken(enquiries, "rate", RuntimeError(CANARY))
    assert running.receives(click(buttons(told)["Helpful"], private=True)) == {}
    [said] = slack.told(RESPOND)
    assert NOTED.match(said["text"])
    assert (said["response_type"], said["replace_original"]) == ("ephemeral", False)


@pytest.mark.parametrize(("error", "said"), [(RuntimeError(CANARY), "Something broke"), (Problem(CLOSED), CLOSED)])
def test_trouble_with_a_form_is_told_in_the_form(
    running: Running, slack: FakeSlack, broken: Break, error: Exception, said: str
) -> None:
    running.receives(click(buttons(running.receives(command(OPEN)))["Not what I asked"], private=True))
    broken(enquiries, "rate", error)
    answer = running.receives(submission(slack.form, reason="I meant another."))
    assert answer["response_action"] == "update"
    assert said in words(answer["view"])
    assert CANARY not in words(answer["view"])
    assert slack.messages == []


def test_trouble_after_a_form_has_closed_is_told_in_a_direct_message(
    running: Running, slack: FakeSlack, broken: Break
) -> None:
    from handlers.ui import feedback

    running.receives(click(buttons(running.receives(command(OPEN)))["Ask a person"], private=True))
    broken(feedback, "for_curators", RuntimeError(CANARY))
    assert running.receives(submission(slack.form, question="What is it?")) == {}
    [told] = slack.told("chat.postMessage")
    assert told["channel"] == ADA
    assert NOTED.match(told["text"])


def test_the_database_failing_is_told_to_the_person(running: Running, slack: FakeSlack, caplog: Any) -> None:
    with running.db.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE enquiry RENAME TO hidden")
    try:
        running.receives(command(OPEN))
        running.receives(mention(OPEN))
    finally:
        with running.db.transaction() as session:
            session.connection().exec_driver_sql("ALTER TABLE hidden RENAME TO enquiry")
    assert len(slack.messages) == 2
    assert all(NOTED.match(told["text"]) for told in slack.messages)
    assert OPEN not in caplog.text


def test_a_fault_before_the_story_is_told_too(running: Running, slack: FakeSlack, broken: Break) -> None:
    broken(enquiries, "first_seen", RuntimeError(CANARY))
    running.receives(mention(OPEN))
    assert NOTED.match(slack.messages[0]["text"])


def test_trouble_while_telling_of_trouble_ends_in_the_log(
    running: Running, slack: FakeSlack, broken: Break, caplog: Any
) -> None:
    broken(Replier, "reply", RuntimeError(CANARY))
    slack.refuse("chat.postEphemeral", "user_not_in_channel")
    slack.fail(RESPOND, TimeoutError("timed out"))
    running.receives(mention(OPEN))
    running.receives(command(OPEN))
    assert caplog.text.count("the person could not be told") == 2
    assert CANARY not in caplog.text


def test_an_old_address_for_a_reply_is_noted(running: Running, slack: FakeSlack, caplog: Any) -> None:
    slack.answer(RESPOND, "expired_url", 404)
    running.receives(shortcut(OPEN))
    assert "the answer to a press was refused: 404" in caplog.text
    assert len(enquiries_in(running)) == 1


@pytest.mark.parametrize(
    "code", ["not_in_channel", "channel_not_found", "ratelimited", "internal_error", "msg_too_long"]
)
def test_slack_refusing_a_message_does_not_lose_the_question(
    running: Running, slack: FakeSlack, caplog: Any, code: str
) -> None:
    slack.refuse("chat.postMessage", code)
    running.receives(mention(OPEN))
    assert [row.text for row in enquiries_in(running)] == [OPEN]
    [told] = slack.told("chat.postEphemeral")
    expected = (
        "Invite me to the channel" if code in ("not_in_channel", "channel_not_found") else "Try again in a minute"
    )
    assert expected in told["text"]
    assert f"chat.postMessage was refused: {code}" in caplog.text
    assert len(slack.told("chat.postMessage")) == 1  # never sent a second time by itself


def trouble(slack: FakeSlack, kind: str) -> None:
    if kind == "500":
        slack.answer("chat.postMessage", "<html>oh no</html>", 500)
    elif kind == "a page":
        slack.answer("chat.postMessage", "<html>maintenance</html>", 200)
    else:
        slack.fail("chat.postMessage", {"timeout": TimeoutError, "reset": ConnectionResetError}[kind](kind))


@pytest.mark.parametrize("kind", ["500", "a page", "timeout", "reset"])
def test_slack_being_unwell_does_not_lose_the_question(running: Running, slack: FakeSlack, kind: str) -> None:
    trouble(slack, kind)
    running.receives(dm(OPEN))
    assert [row.text for row in enquiries_in(running)] == [OPEN]
    assert "Try again in a minute" in slack.told("chat.postEphemeral")[0]["text"]
    assert len(slack.told("chat.postMessage")) == 1


def test_a_form_that_opens_too_late_says_so(running: Running, slack: FakeSlack) -> None:
    told = running.receives(command(OPEN))
    slack.refuse("views.open", "expired_trigger_id")
    running.receives(click(buttons(told)["Not what I asked"], private=True))
    assert slack.messages[-1]["text"] == "That took too long to open. Press the button again."
    assert feedback_in(running) == []


def test_a_home_tab_that_cannot_be_shown_is_told_of(running: Running, slack: FakeSlack) -> None:
    slack.refuse("views.publish", "not_enabled")
    running.receives(home_opened())
    assert "Try again in a minute" in slack.told("chat.postEphemeral")[0]["text"]


def test_a_picture_that_slack_would_refuse_is_sent_as_text(
    running: Running, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    from handlers.ui import limits

    monkeypatch.setattr(limits, "faults", lambda *_args, **_more: ["51 blocks, and 50 is the most"])
    told = running.receives(command(OPEN))
    assert "blocks" not in told
    assert told["text"].startswith("G-Cloud 14 (RM1557.14)")
    assert "51 blocks" in caplog.text
    monkeypatch.undo()
    slack.faults.clear()


def test_nothing_is_said_of_trouble_with_another_bot(running: Running, slack: FakeSlack, broken: Break) -> None:
    broken(enquiries, "first_seen", RuntimeError(CANARY))
    running.receives(dm(OPEN, changes={"bot_id": "B0OTHER"}))
    assert slack.messages == []


def test_trouble_leaves_the_bot_working(running: Running, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Replier, "reply", lambda *_: 1 / 0)
        running.receives(dm(OPEN))
    running.receives(dm(OPEN))
    assert slack.told("chat.postMessage")[0]["text"].startswith("G-Cloud 14")


def test_a_warning_is_logged_without_what_was_written(running: Running, slack: FakeSlack, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG, logger="handlers")
    slack.refuse(CURATORS, "is_archived")
    running.receives(click(buttons(running.receives(command(OPEN)))["Ask a person"], private=True))
    running.receives(submission(slack.form, question=CANARY))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("handlers")]
    assert ours == ["chat.postMessage was refused: is_archived"]
