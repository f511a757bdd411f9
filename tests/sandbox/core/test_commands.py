"""Slash commands, and what an app may say through their response URL."""

from typing import Any

import pytest
from slack_bolt import Ack, Respond
from slack_sdk.webhook import WebhookClient

from sandbox.acting import Outcome
from sandbox.records import SLACKBOT_ID
from tests.sandbox.core import cast
from tests.sandbox.core.trial import HASTY, QUICK, Trial, sandbox, started


def _command(trial: Trial, text: str = "/tiny", **more: Any) -> Outcome:
    outcome = trial.box.do(trial.box.actor.command(cast.AMIRA, cast.BUYING, text, **more))
    trial.settle()
    return outcome


def _url(trial: Trial) -> WebhookClient:
    """The response URL of a fresh command."""

    @trial.app.command("/tiny")
    def keep(ack: Ack, body: dict[str, Any]) -> None:
        trial.seen.append(body)
        ack()

    _command(trial)
    return WebhookClient(trial.seen[-1]["response_url"])


def test_an_acknowledgement_can_carry_a_private_reply(trial: Trial) -> None:
    @trial.app.command("/tiny")
    def reply(ack: Ack, command: dict[str, Any]) -> None:
        ack(f"You asked: {command['text']}")

    assert _command(trial, "/tiny is @Ben Osei < #quiet?").acknowledged
    message = trial.posts()[0]
    assert message.text == f"You asked: is <@{cast.BEN}|ben> &lt; <#{cast.QUIET}|quiet>?"
    assert message.ephemeral_to == cast.AMIRA


def test_the_response_url_posts_privately_or_for_everybody(trial: Trial) -> None:
    @trial.app.command("/tiny")
    def reply(ack: Ack, respond: Respond) -> None:
        ack()
        respond("only you")
        respond(text="all of you", response_type="in_channel")

    assert _command(trial).acknowledged
    assert [(m.text, m.ephemeral_to) for m in trial.posts()] == [("only you", cast.AMIRA), ("all of you", None)]


def test_a_command_that_is_not_declared_does_not_exist(trial: Trial) -> None:
    outcome = _command(trial, "/other")
    assert (outcome.acknowledged, outcome.problem) == (None, "/other is not a valid command.")
    assert not trial.box.world.courier.log


def test_commands_do_not_work_in_threads(trial: Trial) -> None:
    assert "threads" in _command(trial, thread_ts="1.0").problem


@pytest.mark.parametrize("transport", ["socket", "http"])
def test_a_command_that_is_not_acknowledged_in_time_fails_before_the_person(transport: str) -> None:
    with started(transport, pace=HASTY) as trial:
        if transport == "http":

            @trial.app.command("/tiny")
            def dawdle(ack: Ack) -> None:
                """Never acknowledges; over Socket Mode an app without a listener does the same."""

        outcome = _command(trial)
        told = trial.posts()[0]
    assert outcome.acknowledged is False
    assert outcome.problem == told.text == '/tiny failed with the error "operation_timeout"'
    assert (told.user, told.ephemeral_to) == (SLACKBOT_ID, cast.AMIRA)


def test_a_command_without_a_connected_app_fails_at_once() -> None:
    with sandbox() as box:
        outcome = box.do(box.actor.command(cast.AMIRA, cast.BUYING, "/tiny"))
    assert outcome.problem == '/tiny failed with the error "dispatch_failed"'


def test_a_response_url_works_five_times(trial: Trial) -> None:
    url = _url(trial)
    answers = [url.send(text=str(number)) for number in range(6)]
    assert [(a.status_code, a.body) for a in answers[:5]] == [(200, "ok")] * 5
    assert answers[5].status_code == 404
    assert "used_url" in answers[5].body
    assert len(trial.posts()) == 5


def test_a_response_url_works_for_thirty_minutes(trial: Trial) -> None:
    url = _url(trial)
    trial.box.advance(QUICK.response_url_lives + 1)
    assert "expired_url" in url.send(text="late").body
    assert trial.posts() == []


def test_a_response_url_can_post_into_a_thread(trial: Trial) -> None:
    ts = trial.app.client.chat_postMessage(channel=cast.BUYING, text="question")["ts"]
    # Slack's client passes on what it does not know.
    _url(trial).send_dict({"text": "here", "response_type": "in_channel", "thread_ts": ts})
    assert trial.posts()[1].thread_ts == ts


def test_a_response_url_refuses_bad_blocks_without_using_itself_up(trial: Trial) -> None:
    url = _url(trial)
    answer = url.send(blocks=[{"type": "section"}])
    assert (answer.status_code, "invalid_blocks" in answer.body) == (400, True)
    assert "no_text" in url.send(text="").body
    assert [url.send(text="fine").status_code for _ in range(5)] == [200] * 5


def test_commands_need_their_scope() -> None:
    with started("socket", cast.manifest(without_scope="commands")) as trial:
        assert "not a valid command" in _command(trial).problem
