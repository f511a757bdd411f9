"""The web door: what Slack has signed comes in, and nothing else gets as far as Bolt."""

from __future__ import annotations

import io
import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_sdk.signature import SignatureVerifier

from handlers.doorway import HEALTH, LARGEST, PATH, Doorway
from tests.conftest import Start
from tests.payloads import command

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def doorway(start: Start) -> Doorway:
    """The bot behind its door."""
    return Doorway(start(slack_signing_secret=SECRET).bot.app, SECRET, lambda: True)


def knock(door: Doorway, body: bytes, *, stamp: str = "", signature: str = "", **more: Any) -> tuple[int, bytes]:
    """One request, signed unless it says otherwise; gives its status and body."""
    stamp = stamp or str(int(time.time()))  # noqa: TID251 - Bolt compares with this computer's own clock
    signature = signature or SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or ""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": PATH,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": stamp,
        "HTTP_X_SLACK_SIGNATURE": signature,
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
    } | more
    told: list[str] = []

    def start_response(status: str, _headers: list[tuple[str, str]], _info: Any = None) -> Any:
        told.append(status)

    said = b"".join(door(environ, start_response))
    return int(told[0].split()[0]), said


def test_a_signed_command_is_answered(doorway: Doorway) -> None:
    status, said = knock(doorway, urlencode(command("is G-Cloud 14 still open?")).encode())
    assert status == 200, said
    assert "G-Cloud 14" in json.loads(said)["text"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"signature": "v0=" + "0" * 64}, 401),
        ({"signature": "v0=é"}, 401),
        ({"stamp": "abc"}, 401),
        ({"stamp": "1e9"}, 401),
        ({"stamp": "9" * 5000}, 401),
        ({"stamp": "1"}, 401),
        ({"HTTP_X_SLACK_SIGNATURE": ""}, 401),
        ({"HTTP_X_SLACK_REQUEST_TIMESTAMP": ""}, 401),
        ({"REQUEST_METHOD": "GET"}, 405),
        ({"PATH_INFO": "/"}, 404),
        ({"CONTENT_LENGTH": ""}, 411),
        ({"CONTENT_LENGTH": "x"}, 411),
        ({"CONTENT_LENGTH": "-1"}, 411),
        ({"CONTENT_LENGTH": str(LARGEST + 1)}, 413),
    ],
)
def test_what_slack_has_not_signed_is_not_let_in(doorway: Doorway, changes: dict[str, Any], status: int) -> None:
    assert knock(doorway, b"command=%2Fbuying&text=hello", **changes)[0] == status


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{", b"null", b"[1]", b"payload=%7B", b"[" * 100_000, b"ssl_check=1"])
def test_odd_bodies_without_a_signature_are_refused_before_anybody_reads_them(doorway: Doorway, body: bytes) -> None:
    assert knock(doorway, body, signature="v0=" + "0" * 64)[0] == 401


def test_a_refused_body_is_not_logged(doorway: Doorway, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    knock(doorway, b"text=a+canary+question", signature="v0=" + "0" * 64)
    assert "canary" not in caplog.text


def test_health_says_whether_the_database_answers(start: Start) -> None:
    app = start(slack_signing_secret=SECRET).bot.app
    assert knock(Doorway(app, SECRET, lambda: True), b"", PATH_INFO=HEALTH)[0] == 200
    assert knock(Doorway(app, SECRET, lambda: False), b"", PATH_INFO=HEALTH)[0] == 503
