"""Acknowledgements, retries, connections: what happens between the sandbox and the app."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web
from slack_sdk import WebClient

from sandbox.delivery import Pace
from sandbox.server import Sandbox
from sandbox.signed_http import SignedHttp
from tests.sandbox.core import cast
from tests.sandbox.core.trial import HASTY, QUICK, Trial, sandbox, started

# Short enough to wait for in a test, long enough for a busy machine to acknowledge in.
STEADY = Pace(acknowledge_within=0.5, retry_after=(0.01, 0.01, 0.01))


class Line:
    """A Socket Mode connection without Bolt, to see the envelopes themselves. It runs in the sandbox's loop."""

    def __init__(self, box: Sandbox) -> None:
        self._box = box
        self._session: ClientSession
        self.socket: ClientWebSocketResponse

    def open(self) -> dict[str, Any]:
        """Connect, and read the greeting."""
        client = WebClient(token=self._box.app_token, base_url=self._box.api_url)
        url = client.apps_connections_open(app_token=self._box.app_token)["url"]
        return self._box.do(self._open(url))

    async def _open(self, url: str) -> dict[str, Any]:
        self._session = ClientSession()
        self.socket = await self._session.ws_connect(url)
        return await self._next()

    def next(self) -> dict[str, Any]:
        """The next envelope."""
        return self._box.do(self._next())

    async def _next(self) -> dict[str, Any]:
        message = await self.socket.receive(timeout=2)
        return dict(message.json()) if message.type is WSMsgType.TEXT else {"type": message.type.name}

    def acknowledge(self, envelope: dict[str, Any]) -> None:
        """Say that it came."""
        self._box.do(self.socket.send_json({"envelope_id": envelope["envelope_id"]}))

    def close(self) -> None:
        """Hang up."""
        self._box.do(self.socket.close())
        self._box.do(self._session.close())


@contextmanager
def _lines(number: int, pace: Pace = QUICK) -> Iterator[tuple[Sandbox, list[Line]]]:
    with sandbox(pace=pace) as box:
        lines = [Line(box) for _ in range(number)]
        for line in lines:
            line.open()
        yield box, lines
        for line in lines:
            line.close()


def _say(box: Sandbox, text: str = "hello") -> None:
    box.do(box.actor.say(cast.AMIRA, cast.BUYING, text))


def test_a_connection_is_greeted_and_its_ticket_is_used_up() -> None:
    with sandbox() as box:
        line = Line(box)
        greeting = line.open()
        assert (greeting["type"], greeting["num_connections"]) == ("hello", 1)

        async def again() -> int:
            async with ClientSession() as session, session.get(f"{box.url}/link/?ticket=used") as answer:
                return answer.status

        assert box.do(again()) == 401
        line.close()


def test_each_payload_goes_to_one_connection() -> None:
    with _lines(2) as (box, lines):
        for text in ("one", "two"):
            _say(box, text)
        envelopes = [line.next() for line in lines]
        for line, envelope in zip(lines, envelopes, strict=True):
            line.acknowledge(envelope)
        box.settle()
        assert {e["payload"]["event"]["text"] for e in envelopes} == {"one", "two"}


def test_an_event_is_repeated_three_times_until_it_is_acknowledged() -> None:
    with _lines(1, HASTY) as (box, (line,)):
        _say(box)
        envelopes = [line.next() for _ in range(4)]
        box.settle()
        assert [e["retry_attempt"] for e in envelopes] == [0, 1, 2, 3]
        assert [e["retry_reason"] for e in envelopes] == ["", "timeout", "timeout", "timeout"]
        assert len({e["payload"]["event_id"] for e in envelopes}) == 1
        assert len({e["envelope_id"] for e in envelopes}) == 4


def test_an_acknowledgement_ends_the_repetition() -> None:
    with _lines(1, STEADY) as (box, (line,)):
        _say(box)
        line.next()
        line.acknowledge(line.next())
        box.settle()
        assert [receipt.acknowledged for _, receipt in box.world.courier.log] == [False, True]


def test_an_interaction_is_not_repeated() -> None:
    with _lines(1, HASTY) as (box, (line,)):
        outcome = box.do(box.actor.shortcut(cast.AMIRA, "begin"))
        assert outcome.acknowledged is False
        assert line.next()["type"] == "interactive"
        assert len(box.world.courier.log) == 1


def test_the_eleventh_connection_is_sent_away() -> None:
    with _lines(10) as (box, _):
        eleventh = Line(box)
        assert (eleventh.open()["type"], eleventh.next()["type"]) == ("disconnect", "CLOSE")
        eleventh.close()


def test_a_refresh_asks_the_app_to_connect_anew() -> None:
    with _lines(1) as (box, (line,)):
        box.fault("refresh_connection")
        asked = line.next()
        assert (asked["type"], asked["reason"]) == ("disconnect", "refresh_requested")


def test_what_was_lost_with_a_connection_comes_again_over_the_next() -> None:
    with _lines(2) as (box, lines):
        _say(box)
        first = lines[0].next()
        box.change(lambda _: box.world.socket_mode.connections[0].cut())
        second = lines[1].next()
        lines[1].acknowledge(second)
        box.settle()
        assert first["payload"]["event_id"] == second["payload"]["event_id"]
        assert second["retry_reason"] == "connection_failed"


def test_a_doubled_event_has_the_same_event_id(trial: Trial) -> None:
    @trial.app.event("message")
    def note(body: dict[str, Any]) -> None:
        trial.seen.append(body)

    trial.box.fault("double")
    trial.say("hello")
    trial.settle()
    assert [body["event_id"] for body in trial.seen] == [trial.seen[0]["event_id"]] * 2


def test_a_delayed_event_comes_later_than_the_next(trial: Trial) -> None:
    @trial.app.event("message")
    def note(body: dict[str, Any]) -> None:
        trial.seen.append(body)

    trial.box.fault("delay", seconds=0.3)
    trial.say("first")
    trial.say("second")
    trial.settle()
    assert [body["event"]["text"] for body in trial.seen] == ["second", "first"]


def test_a_delayed_press_fails_before_the_person_and_still_arrives() -> None:
    with _lines(1, STEADY) as (box, (line,)):
        box.fault("delay", seconds=0.6)
        outcome = box.do(box.actor.shortcut(cast.AMIRA, "begin"))
        assert "operation_timeout" in outcome.problem
        line.acknowledge(line.next())
        box.settle()
        assert [receipt.acknowledged for _, receipt in box.world.courier.log] == [True]


def test_an_app_reconnects_after_a_cut_and_goes_on() -> None:
    with started("socket") as trial:

        @trial.app.event("message")
        def note(body: dict[str, Any]) -> None:
            trial.seen.append(body)

        lines = trial.box.world.socket_mode.connections
        old = lines[0]
        trial.box.fault("drop_connection")
        assert trial.box.wait_until(lambda: bool(lines) and lines[0] is not old)
        trial.say("still here?")
        trial.settle()
        assert len(trial.seen) == 1


@contextmanager
def _endpoint(box: Sandbox, *answers: web.Response) -> Iterator[list[web.Request]]:
    """An address of the app that answers as told, and keeps the requests."""
    requests: list[web.Request] = []
    left = list(answers)

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        requests.append(request)
        return left.pop(0) if left else web.Response()

    async def begin() -> web.AppRunner:
        app = web.Application()
        app.router.add_post("/", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    runner = box.do(begin())
    box.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    yield requests
    box.settle()
    box.do(runner.cleanup())


def test_a_failed_http_delivery_is_repeated_with_headers(box: Sandbox) -> None:
    with _endpoint(box, web.Response(status=500), web.Response(status=404)) as requests:
        _say(box)
        box.settle()
    numbers = [(r.headers.get("X-Slack-Retry-Num"), r.headers.get("X-Slack-Retry-Reason")) for r in requests]
    assert numbers == [(None, None), ("1", "http_error"), ("2", "http_error")]


def test_an_app_can_decline_retries(box: Sandbox) -> None:
    with _endpoint(box, web.Response(status=500, headers={"X-Slack-No-Retry": "1"})) as requests:
        _say(box)
        box.settle()
    assert len(requests) == 1


def test_an_app_that_is_not_there_is_tried_and_given_up(box: Sandbox) -> None:
    box.deliver_to("http://127.0.0.1:9/")
    _say(box)
    box.settle()
    assert [receipt.reason for _, receipt in box.world.courier.log] == ["connection_failed"] * 4


@pytest.mark.parametrize("url", ["https://example.com/slack/events", "http://10.0.0.1/", "http://0.0.0.0/"])
def test_nothing_is_delivered_to_other_machines(url: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        SignedHttp(url, "secret")


def test_the_state_tells_those_who_wait_that_it_changed(box: Sandbox) -> None:
    async def wait_and_say() -> int:
        before = box.workspace.version
        waiting = asyncio.ensure_future(box.workspace.wait_for_change(before, 2))
        await box.actor.say(cast.AMIRA, cast.BUYING, "hello")
        return await waiting - before

    assert box.do(wait_and_say()) > 0
    version = box.workspace.version
    assert box.do(box.workspace.wait_for_change(version, 0.01)) == version
