"""Faults on demand, the clock, and who is let in."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from sandbox.server import Sandbox
from tests.sandbox.core import cast


def _ask(box: Sandbox, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(box.url).netloc, timeout=5)
    content = None if body is None else json.dumps(body)
    connection.request(method, path, content, {"Content-Type": "application/json", **headers})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def _texts(box: Sandbox) -> list[str]:
    return [message.text for message in box.workspace.messages[cast.BUYING]]


def test_a_rate_limit_holds_for_one_method_and_as_often_as_asked(box: Sandbox, client: WebClient) -> None:
    box.fault("rate_limited", method="chat.postMessage", times=2, retry_after=7)
    client.auth_test()
    for _ in range(2):
        with pytest.raises(SlackApiError, match="ratelimited") as refusal:
            client.chat_postMessage(channel=cast.BUYING, text="x")
        assert refusal.value.response.status_code == 429
        assert refusal.value.response.headers["Retry-After"] == "7"
    client.chat_postMessage(channel=cast.BUYING, text="x")
    assert _texts(box) == ["x"]


def test_slacks_own_client_recovers_from_a_rate_limit(box: Sandbox) -> None:
    handlers: list[Any] = [RateLimitErrorRetryHandler(max_retry_count=1)]
    client = WebClient(token=box.bot_token, base_url=box.api_url, retry_handlers=handlers)
    box.fault("rate_limited", retry_after=0)
    assert client.auth_test()["ok"]


@pytest.mark.parametrize(
    ("fault", "error", "done"),
    [
        ("error_before", SlackApiError, False),
        ("error_after", SlackApiError, True),
        ("timeout_before", OSError, False),
        ("timeout_after", OSError, True),
        ("reset_after", OSError, True),
    ],
)
def test_a_failure_may_come_before_or_after_the_effect(
    box: Sandbox, fault: str, error: type[Exception], done: bool
) -> None:
    client = WebClient(token=box.bot_token, base_url=box.api_url, retry_handlers=[], timeout=1)
    box.fault(fault, method="chat.postMessage")
    with pytest.raises(error):
        client.chat_postMessage(channel=cast.BUYING, text="x")
    assert _texts(box) == (["x"] if done else [])


def test_a_method_can_refuse_with_any_of_slacks_codes(box: Sandbox, client: WebClient) -> None:
    box.fault("refuse", method="chat.postMessage", error="restricted_action")
    with pytest.raises(SlackApiError, match="restricted_action"):
        client.chat_postMessage(channel=cast.BUYING, text="x")


def test_planned_faults_can_be_taken_back(box: Sandbox, client: WebClient) -> None:
    box.fault("rate_limited", times=5)
    box.fault("clear")
    assert client.auth_test()["ok"]


def test_the_page_can_cause_faults_and_move_the_clock(box: Sandbox, client: WebClient) -> None:
    assert _ask(box, "POST", "/ui/faults", {"fault": "archive", "channel": cast.BUYING})[0] == 200
    assert box.workspace.channels[cast.BUYING].archived
    wrong: Any
    for wrong in ({"fault": "nonsense"}, {"fault": "archive"}, ["no object"]):
        assert _ask(box, "POST", "/ui/faults", wrong)[0] == 400
    before = json.loads(_ask(box, "GET", "/clock")[1])
    after = json.loads(_ask(box, "POST", "/clock", {"advance_seconds": 3600})[1])
    assert (before["offset_seconds"], after["offset_seconds"]) == (0.0, 3600.0)
    assert after["now"] > before["now"]
    ts = float(client.chat_postMessage(channel=cast.AMIRA, text="x")["ts"])
    assert ts - box.workspace.clock.seconds() == pytest.approx(0, abs=5)
    for wrong in ({"advance_seconds": -1}, {"advance_seconds": "x"}, {}):
        assert _ask(box, "POST", "/clock", wrong)[0] == 400


def test_timestamps_are_unique_and_rise_even_in_one_moment(box: Sandbox) -> None:
    times = box.change(lambda w: [w.new_ts() for _ in range(500)])
    assert times == sorted(set(times))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1", ""])
def test_a_request_under_another_name_is_refused(box: Sandbox, host: str) -> None:
    for path in ("/api/auth.test", "/clock", "/"):
        assert _ask(box, "GET", path, Host=host)[0] in (400, 403)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_other_pages_can_change_nothing(box: Sandbox, origin: str) -> None:
    for path in ("/ui/faults", "/clock", "/api/chat.postMessage", "/response/x", "/upload/x"):
        assert _ask(box, "POST", path, {}, Origin=origin)[0] == 403
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Origin": origin}
    assert _ask(box, "GET", "/link/?ticket=x", **upgrade)[0] == 403


def test_the_sandboxs_own_page_and_the_bot_are_let_in(box: Sandbox) -> None:
    assert _ask(box, "POST", "/clock", {"advance_seconds": 1}, Origin=box.url)[0] == 200
    assert _ask(box, "POST", "/clock", {"advance_seconds": 1})[0] == 200
    port = urlsplit(box.url).port
    assert _ask(box, "GET", "/clock", Host=f"localhost:{port}")[0] == 200


def test_only_loopback_is_listened_on(box: Sandbox) -> None:
    assert box._socket.getsockname()[0] == "127.0.0.1"
