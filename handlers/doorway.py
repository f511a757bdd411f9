"""The web door, for hosts where Slack calls the bot: a guard that lets in only what Slack has signed, then Bolt.

Bolt reads a request before it checks the signature, and logs the whole of one that fails. So the check comes first, on
the raw bytes: https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import StartResponse

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/slack/events"
HEALTH = "/health"
LARGEST = 1_000_000  # bytes; Slack's own payloads stay far below


class Doorway:
    """A WSGI application. `alive` says whether the bot can work."""

    def __init__(self, app: App, signing_secret: str, alive: Callable[[], bool]) -> None:
        self._bolt = SlackRequestHandler(app, path=PATH)
        self._signed = SignatureVerifier(signing_secret)
        self._alive = alive

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == HEALTH:
            return _say(start, "200 OK" if self._alive() else "503 Service Unavailable")
        if refused := self._refusal(environ):
            return _say(start, refused)
        return self._bolt(environ, start)

    def _refusal(self, environ: dict[str, Any]) -> str:
        """Why a request is not let in; empty when it is. A body that passes is put back for Bolt to read."""
        if environ.get("PATH_INFO") != PATH:
            return "404 Not Found"
        if environ.get("REQUEST_METHOD") != "POST":
            return "405 Method Not Allowed"
        length = str(environ.get("CONTENT_LENGTH") or "")
        if not length.isdigit():
            return "411 Length Required"
        if int(length) > LARGEST:
            return "413 Content Too Large"
        body = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = io.BytesIO(body)
        return "" if self._is_signed(body, environ) else "401 Unauthorized"

    def _is_signed(self, body: bytes, environ: dict[str, Any]) -> bool:
        stamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
        signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12 and signature.isascii()):
            return False
        try:
            return self._signed.is_valid(body.decode("utf-8"), stamp, signature)
        except UnicodeDecodeError:
            return False


def _say(start: StartResponse, status: str) -> list[bytes]:
    text = status.partition(" ")[2].encode()
    start(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))])
    return [text]
