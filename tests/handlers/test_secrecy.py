"""What must appear nowhere: who asked, in the database; what was asked, answered or used as a key, in the log."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any, NoReturn

import pytest

from bot.enquiry import enquiry_of
from bot.knowledge.replying import Replier
from storage import enquiries
from tests.conftest import APP_TOKEN, BOT_TOKEN, Running, Start
from tests.fakes import RESPOND, RESPONSE_URL, FakeSlack
from tests.handlers.kept import everything_in
from tests.payloads import (
    ADA,
    BO,
    BUYING,
    CURATORS,
    CY,
    DM,
    NAMES,
    click,
    command,
    dm,
    event,
    home_opened,
    mention,
    message,
    shortcut,
    submission,
)
from tests.reading import buttons, suggestions

QUESTION = "Is G-Cloud 14 still open for the canaryquestion depot?"
PERSONAL = "canary.person@council.gov.uk 07700 900123 SW1A 1AA Mrs Agatha Canary AB123456C @canary.handle"
REASON, FOR_A_PERSON = "canaryreason: it ended", "canaryforaperson: what then?"
ANSWERED = "no longer open"  # a piece of the answer to "Is G-Cloud 14 still open?"


def a_full_story(running: Running, slack: FakeSlack) -> None:
    """Every way to ask and everything that can be pressed, by three people."""
    for text in (QUESTION, "Is G-Cloud 14 still open?", f"zorblax {PERSONAL}", f"<@{BO}> early engagement"):
        running.receives(mention(text, by=ADA))
        running.receives(message(text, by=ADA))
        running.receives(dm(text, by=BO))
        running.receives(shortcut(text, by=CY, author=BO))
        press_everything(running, slack, running.receives(command(text, by=ADA)))
    running.receives(home_opened("home", by=CY))
    running.receives(home_opened("messages", by=CY))


def press_everything(running: Running, slack: FakeSlack, told: dict[str, Any]) -> None:
    for button in suggestions(told):
        running.receives(click(button, by=BO, channel=BUYING))
    for button in buttons(told).values():
        opened = len(slack.told("views.open"))
        running.receives(click(button, by=CY, channel=BUYING))
        if len(slack.told("views.open")) > opened:
            reason, question = f"{REASON} {PERSONAL}", f"{FOR_A_PERSON} {PERSONAL}"
            running.receives(submission(slack.form, by=CY, reason=reason, question=question, named=True))


def test_the_database_never_holds_who_asked(running: Running, slack: FakeSlack) -> None:
    a_full_story(running, slack)
    held = everything_in(running)
    assert {table for table, rows in held.items() if rows} == {"enquiry", "feedback", "seen_event"}  # asking alone
    text = json.dumps(held, default=str)
    for trace in (ADA, BO, CY, *NAMES.values(), BUYING, DM, CURATORS, "1764000001", RESPONSE_URL, BOT_TOKEN):
        assert trace not in text, trace
    assert "canaryquestion" in text  # the question itself is what is kept
    assert "canaryreason" in text


def test_the_database_never_holds_personal_data_that_was_written(running: Running, slack: FakeSlack) -> None:
    a_full_story(running, slack)
    text = json.dumps(everything_in(running), default=str)
    for trace in ("canary.person", "900123", "SW1A", "Agatha", "AB123456C", "canary.handle"):
        assert trace not in text, trace
    assert "[email] [phone] [postcode] [name] [insurance number] [person]" in text


def test_every_row_belongs_to_the_workspace_it_came_from(running: Running, slack: FakeSlack) -> None:
    a_full_story(running, slack)
    for table, rows in everything_in(running).items():
        assert {row["workspace"] for row in rows} <= {"T0GOV"}, table


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_file_itself_holds_no_trace_after_forgetting(running: Running, slack: FakeSlack, clock: Any) -> None:
    """`secure_delete`: what was forgotten cannot be read from the file afterwards."""
    a_full_story(running, slack)
    clock.turn(days=800)
    assert enquiries.forget(running.db, clock().date(), clock()) > 0
    with running.db.engine.connect() as connection:
        connection.commit()
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(str(running.db.engine.url.database), "rb") as file:
        held = file.read()
    assert b"canaryquestion" not in held
    assert b"canaryreason" not in held


SECRETS = (
    "canaryquestion",
    "canaryreason",
    "canaryforaperson",
    "canary.person",
    "Agatha",
    "zorblax",
    ANSWERED,
    BOT_TOKEN,
    APP_TOKEN,
    "canary-response-url",
    "legacy-token",
)


def clean(log: str) -> None:
    assert [secret for secret in SECRETS if secret in log] == []


def test_the_log_at_debug_never_holds_what_was_asked_or_answered(
    logs: dict[str, io.StringIO], start: Start, slack: FakeSlack
) -> None:
    running = start(log_level="DEBUG")
    a_full_story(running, slack)
    clean(logs["ours"].getvalue())
    heard = logs["everything"].getvalue()  # the libraries did say it, and were not let through
    for secret in ("canaryquestion", "canaryreason", ANSWERED):
        assert secret in heard, secret


@pytest.mark.parametrize("where", ["reply", "note", "rate", "first_seen"])
def test_the_log_at_debug_is_silent_when_a_story_breaks(
    logs: dict[str, io.StringIO], start: Start, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fail(*args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError(f"{QUESTION} {REASON} {BOT_TOKEN} {args} {kwargs}") from ValueError(PERSONAL)

    running = start(log_level="DEBUG")
    told = running.receives(command(QUESTION))
    monkeypatch.setattr(Replier if where == "reply" else enquiries, where, fail)
    a_full_story(running, slack) if where != "note" and where != "reply" else running.receives(mention(QUESTION))
    for button in buttons(told).values():
        running.receives(click(button, private=True))
    assert "RuntimeError" in logs["ours"].getvalue()
    clean(logs["ours"].getvalue())


@pytest.mark.parametrize("code", ["internal_error", "ratelimited"])
def test_the_log_at_debug_is_silent_when_slack_refuses(
    logs: dict[str, io.StringIO], start: Start, slack: FakeSlack, code: str
) -> None:
    for method in ("chat.postMessage", "chat.postEphemeral", "views.publish", RESPOND):
        slack.refuse(method, code)
    a_full_story(start(log_level="DEBUG"), slack)
    assert f"chat.postMessage was refused: {code}" in logs["ours"].getvalue()
    clean(logs["ours"].getvalue())


def test_the_log_at_debug_is_silent_when_slack_is_out_of_reach(
    logs: dict[str, io.StringIO], start: Start, slack: FakeSlack
) -> None:
    for method in ("chat.postMessage", "chat.postEphemeral", RESPOND):
        slack.fail(method, TimeoutError("timed out"))
    a_full_story(start(log_level="DEBUG"), slack)
    assert "had no answer" in logs["ours"].getvalue()
    clean(logs["ours"].getvalue())


def test_the_log_at_debug_is_silent_about_what_nobody_handles(
    logs: dict[str, io.StringIO], start: Start, slack: FakeSlack
) -> None:
    from slack_bolt import BoltRequest

    running = start(log_level="DEBUG")
    told = running.receives(command(QUESTION))
    odd = click({**buttons(told)["Helpful"], "action_id": "no_such_button"}, private=True)
    form = submission({"type": "modal", "callback_id": "no_such_form"}, reason=REASON)
    for payload in (
        odd,
        form,
        event({"type": "file_shared", "text": QUESTION}),
        command(QUESTION) | {"command": "/no"},
    ):
        assert running.bot.app.dispatch(BoltRequest(body=payload, mode="socket_mode")).status == 404
    assert "Unhandled request" in logs["ours"].getvalue()
    clean(logs["ours"].getvalue())


def test_the_log_is_silent_about_a_row_that_the_database_refuses(
    logs: dict[str, io.StringIO], start: Start, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL quotes the whole row in its complaint."""
    running = start(log_level="DEBUG")
    monkeypatch.setattr("handlers.asking.enquiry_of", lambda *given: replace(enquiry_of(*given), outcome="window"))
    running.receives(mention(QUESTION))
    assert "IntegrityError" in logs["ours"].getvalue()
    clean(logs["ours"].getvalue())
