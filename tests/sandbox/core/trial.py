"""Keeps a tiny Bolt app connected to a sandbox, over Socket Mode or over signed HTTP, as production would be."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from time import sleep
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient

from sandbox.delivery import Pace
from sandbox.records import Message, View
from sandbox.server import Sandbox
from tests.sandbox.core import cast

# Slack's three seconds and its minutes between retries, made short; the acknowledgement stays generous, because the
# machine that runs the tests may be busy.
QUICK = Pace(acknowledge_within=2.0, retry_after=(0.01, 0.01, 0.01), hang=0.3)
HASTY = Pace(acknowledge_within=0.15, retry_after=(0.01, 0.01, 0.01), hang=0.3)


class Watched(ThreadPoolExecutor):
    """The app's threads, and whether they are done: Bolt acknowledges an event before it calls the listener."""

    def __init__(self) -> None:
        super().__init__(max_workers=8)
        self._given: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Give work to a thread."""
        future = super().submit(fn, *args, **kwargs)
        self._given.append(future)
        return future

    def rest(self) -> bool:
        """Wait for what was given so far; whether that was anything."""
        given, self._given = self._given, []
        wait(given, timeout=5)
        return bool(given)


@dataclass
class Trial:
    """A sandbox, an app, and shorthands for what nearly every test does."""

    box: Sandbox
    app: App
    threads: Watched
    seen: list[dict[str, Any]] = field(default_factory=list)

    def say(self, text: str, channel: str = cast.BUYING, person: str = cast.AMIRA, **more: Any) -> Message:
        """Somebody writes something."""
        outcome = self.box.do(self.box.actor.say(person, channel, text, **more))
        assert outcome.message is not None, outcome.problem
        return outcome.message

    def settle(self) -> None:
        """Wait until everything was delivered, and everything that it set off is done."""
        self.box.settle()
        while self.threads.rest():
            self.box.settle()

    def posts(self, channel: str = cast.BUYING, person: str = cast.AMIRA) -> list[Message]:
        """What stands in a channel, replies included, after the last event has been handled."""
        self.settle()
        return [m for m in self.box.workspace.messages[channel] if m.ephemeral_to in (None, person)]

    def until(self, number: int, channel: str = cast.BUYING) -> list[Message]:
        """Wait until there are so many messages, and give them."""
        assert self.box.wait_until(lambda: len(self.box.workspace.messages[channel]) >= number), "nothing came"
        return self.posts(channel)

    def modal(self, person: str = cast.AMIRA) -> View:
        """The modal that a person sees; waits for it."""
        assert self.box.wait_until(lambda: self.box.workspace.top_modal(person) is not None), "no modal"
        view = self.box.workspace.top_modal(person)
        assert view is not None
        return view


@contextlib.contextmanager
def started(transport: str, manifest: dict[str, Any] | None = None, pace: Pace = QUICK) -> Iterator[Trial]:
    """A running trial; everything is let go at the end."""
    with sandbox(manifest, pace) as box, Watched() as executor:
        app = App(
            client=WebClient(token=box.bot_token, base_url=box.api_url),
            signing_secret=box.signing_secret,
            listener_executor=executor,
            raise_error_for_unhandled_request=False,
        )
        with _CONNECT[transport](box, app):
            running = Trial(box, app, executor)
            yield running
            running.settle()


def sandbox(manifest: dict[str, Any] | None = None, pace: Pace = QUICK, *, paid_plan: bool = True) -> Sandbox:
    """A sandbox with the tests' cast, not started."""
    return Sandbox(
        manifest or cast.MANIFEST, cast.people(), cast.channels(), groups=cast.groups(), pace=pace, paid_plan=paid_plan
    )


@contextlib.contextmanager
def _by_socket(box: Sandbox, app: App) -> Iterator[None]:
    handler = SocketModeHandler(app, box.app_token, ping_interval=0.3)
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        assert box.wait_until(lambda: bool(box.world.socket_mode.connections))
        yield
    finally:
        _hurry(handler.client, box)
        handler.close()  # type: ignore[no-untyped-call]


def _hurry(client: BaseSocketModeClient, box: Sandbox) -> None:
    # Slack's client spends up to three seconds in its last read and one in its empty queue before it lets go.
    assert isinstance(client, SocketModeClient)
    client.auto_reconnect_enabled = False
    box.do(box.world.socket_mode.close())
    while client.is_connected():
        sleep(0.002)
    client.message_processor.event.set()
    client.enqueue_message("")


@contextlib.contextmanager
def _by_http(box: Sandbox, app: App) -> Iterator[None]:
    server = make_server("127.0.0.1", 0, SlackRequestHandler(app), _Threads, _Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    box.deliver_to(f"http://127.0.0.1:{server.server_port}/slack/events")
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


_CONNECT = {"socket": _by_socket, "http": _by_http}
