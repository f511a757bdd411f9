"""What stands in for the world: a clock turned by hand, work done at once, and a Slack that remembers what it was told.

FakeSlack lies under `urlopen`, below the whole of slack_sdk: Bolt's own clients, `respond` and every log line of theirs
are real. Each message, form and Home tab that reaches it is held against Slack's limits, by two judges.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message as Headers
from typing import Any, ParamSpec, TypeVar
from urllib.error import HTTPError
from urllib.parse import parse_qsl
from urllib.request import Request
from urllib.response import addinfourl

from handlers.ui import limits
from sandbox.validation import faults_in_blocks, faults_in_view
from tests.directory import WORKSPACE, Directory

Json = dict[str, Any]
Given = ParamSpec("Given")
Made = TypeVar("Made")

API = "https://slack.com/api/"
RESPONSE_URL = "https://hooks.slack.com/actions/T0GOV/1/canary-response-url"
UPLOAD = "https://files.slack.com/upload/v1/"
RESPOND = "response_url"  # what a call to a response_url is remembered as
MESSAGES = frozenset({"chat.postMessage", "chat.postEphemeral", RESPOND})
BOT = "U0BOT"


class HandClock:
    """A clock that stands still until it is turned."""

    def __init__(self, now: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        """Let time pass: `turn(days=2)`."""
        self.now += timedelta(**by)


class Inline(Executor):
    """Does the work where it stands, so that a test can look right after; an exception stays in the future."""

    def submit(self, fn: Callable[Given, Made], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Made]:
        done: Future[Made] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:  # as an executor does
            done.set_exception(error)
        self.outcomes.append(done)
        return done

    def __init__(self) -> None:
        self.outcomes: list[Future[Any]] = []

    @property
    def lost(self) -> list[BaseException]:
        """What was raised where nobody would ever have seen it."""
        return [error for each in self.outcomes if (error := each.exception())]


@dataclass(frozen=True)
class Call:
    """One request that reached Slack."""

    method: str
    body: Json


@dataclass
class Upload:
    """A file that was uploaded: its name, its words for whoever cannot see it, and its bytes."""

    name: str
    alt: str
    held: bytes = b""


@dataclass
class FakeSlack:
    """Slack, as seen from below the SDK."""

    calls: list[Call] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    kept: dict[str, list[Json]] = field(default_factory=dict)  # the messages of each conversation
    scopes: str = (
        "app_mentions:read,assistant:write,channels:read,chat:write,commands,files:write,groups:read,im:history,im:write,"
        "usergroups:read,users:read"
    )
    directory: Directory = field(default_factory=Directory)
    uploads: list[Upload] = field(default_factory=list)
    _trouble: dict[str, Callable[[Request], addinfourl]] = field(default_factory=dict)

    def refuse(self, method: str, code: str) -> None:
        """From now on say no to a method, the way Slack does: 429 for `ratelimited`, otherwise 200 and a code."""
        status, headers = (429, {"Retry-After": "30"}) if code == "ratelimited" else (200, {})
        self.answer(method, json.dumps({"ok": False, "error": code}), status, headers)

    def answer(self, method: str, body: str, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """From now on answer a method with this."""
        self._trouble[method] = lambda request: _answer(request, body, status, headers)

    def fail(self, method: str, error: Exception) -> None:
        """From now on a method never comes to an answer: a timeout, a broken line."""

        def broken(_request: Request) -> addinfourl:
            raise error

        self._trouble[method] = broken

    def lose(self, method: str, error: Exception) -> None:
        """From now on do what a method is for, and never come to an answer."""

        def done_and_broken(request: Request) -> addinfourl:
            self._yes(method, _read(request))
            raise error

        self._trouble[method] = done_and_broken

    def lose_with(self, method: str, status: int, body: Json) -> None:
        """From now on do what a method is for, and answer with something else."""

        def done_and_denied(request: Request) -> addinfourl:
            self._yes(method, _read(request))
            return _answer(request, json.dumps(body), status)

        self._trouble[method] = done_and_denied

    def mend(self, method: str) -> None:
        """From now on answer a method as ever."""
        del self._trouble[method]

    def refuse_in(self, channel: str, code: str) -> None:
        """From now on say no to messages for one channel."""
        self.refuse(channel, code)

    def fail_in(self, channel: str, error: Exception) -> None:
        """From now on messages for one channel never come to an answer."""
        self.fail(channel, error)

    def urlopen(self, request: Request, context: object = None, timeout: float | None = None) -> addinfourl:
        """In the place of `urllib.request.urlopen`."""
        if request.full_url.startswith(UPLOAD):
            self.uploads[int(request.full_url.removeprefix(UPLOAD))].held = request.data  # type: ignore[assignment]
            return _answer(request, "OK")
        method = RESPOND if request.full_url == RESPONSE_URL else request.full_url.removeprefix(API)
        body = _read(request)
        self.calls.append(Call(method, body))
        self._judge(method, body)
        for troubled in {method, str(body.get("channel", ""))} & self._trouble.keys():
            return self._trouble[troubled](request)
        return _answer(request, json.dumps(self._yes(method, body)), headers={"x-oauth-scopes": self.scopes})

    def _yes(self, method: str, body: Json) -> Json:
        if found := self.directory.answer(method, body):
            return found
        if method.startswith("views."):
            return {"ok": True, "view": body["view"] | {"id": f"V{len(self.calls):09}", "hash": "1.canary"}}
        if method == "auth.test":
            return {"ok": True, "team_id": WORKSPACE, "team": "Gov", "user_id": BOT, "bot_id": "B0BOT", "user": "bot"}
        if method == "files.getUploadURLExternal":
            self.uploads.append(Upload(body["filename"], body["alt_txt"]))
            number = len(self.uploads) - 1
            return {"ok": True, "upload_url": f"{UPLOAD}{number}", "file_id": f"F{number:09}"}
        if method == "files.completeUploadExternal":
            return {"ok": True, "files": [{"id": f"F{number:09}"} for number in range(len(self.uploads))]}
        if method == "conversations.open":
            return {"ok": True, "channel": {"id": conversation_with(body["users"])}}
        if method == "conversations.history":
            return {"ok": True, "messages": self.kept.get(body["channel"], [])[::-1]}
        told: Json = {"ok": True, "ts": f"1764000000.{len(self.calls):06}"}
        if method == "chat.postMessage":
            told["channel"] = conversation_with(str(body["channel"]))
            self.kept.setdefault(str(told["channel"]), []).append(body | told)
        return told

    def _judge(self, method: str, body: Json) -> None:
        if method in MESSAGES:
            self.judge_message(body, method)
        if "view" in body:
            self.judge_view(body["view"], method)

    def judge_message(self, body: Json, where: str) -> None:
        """Every message has text for notifications and screen readers, and blocks that Slack takes."""
        said = [] if str(body.get("text", "")).strip() else ["no text"]
        said += limits.faults(body.get("blocks", []))
        said += [str(fault) for fault in faults_in_blocks(body.get("blocks", []), "message")]
        self.faults += [f"{where}: {fault}" for fault in said]

    def judge_view(self, view: Json, where: str) -> None:
        """Every form and Home tab is one that Slack takes."""
        said = [] if view["type"] == "home" else limits.view_faults(view)
        said += [str(fault) for fault in faults_in_view(view)]
        self.faults += [f"{where}: {fault}" for fault in said]

    def told(self, method: str) -> list[Json]:
        """What a method was given, call by call."""
        return [call.body for call in self.calls if call.method == method]

    @property
    def messages(self) -> list[Json]:
        """Every message, in order, whichever way it was sent."""
        return [call.body for call in self.calls if call.method in MESSAGES]

    @property
    def form(self) -> Json:
        """The form that was opened last."""
        view: Json = self.told("views.open")[-1]["view"]
        return view

    @property
    def shown(self) -> Json:
        """The form that was opened, laid over another or drawn anew last."""
        drawn = [
            call.body["view"] for call in self.calls if call.method in ("views.open", "views.push", "views.update")
        ]
        view: Json = drawn[-1]
        return view


def conversation_with(member: str) -> str:
    """The id of the bot's conversation with a member; of a channel its own."""
    return f"D{member[1:]}" if member.startswith("U") else member


def _read(request: Request) -> Json:
    raw = request.data.decode() if isinstance(request.data, bytes) else ""
    if raw.startswith("{"):
        body: Json = json.loads(raw)
        return body
    return dict(parse_qsl(raw))


def _answer(request: Request, body: str, status: int = 200, headers: dict[str, str] | None = None) -> addinfourl:
    told = Headers()
    told["content-type"] = "application/json; charset=utf-8"
    for name, value in (headers or {}).items():
        told[name] = value
    if status >= 400:
        raise HTTPError(request.full_url, status, "no", told, io.BytesIO(body.encode()))
    return addinfourl(io.BytesIO(body.encode()), told, request.full_url, status)
