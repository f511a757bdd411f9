"""Keeps a sandbox running in its own thread, and hands out what a test or the demo command needs to use it."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from aiohttp import web

from sandbox import gateway, trouble
from sandbox.acting import Actor
from sandbox.api import scheduled
from sandbox.clock import Clock
from sandbox.delivery import Pace
from sandbox.guard import guard
from sandbox.manifest import Manifest
from sandbox.page import routes as page_routes
from sandbox.records import Channel, Group, Json, Person
from sandbox.signed_http import SignedHttp
from sandbox.workspace import Workspace
from sandbox.world import World

_T = TypeVar("_T")
_TICK = 0.25  # seconds between two looks at scheduled messages
_LARGEST_UPLOAD = 32 * 1024 * 1024


class Sandbox:
    """A small Slack on this machine. Use it in a `with` statement, or call `start` and `stop`.

    The bot needs `api_url`, `bot_token` and, for Socket Mode, `app_token`; for HTTP, `signing_secret` and a call
    of `deliver_to` with its address. People act through `actor`, whose methods are coroutines: `do` runs them.
    """

    def __init__(
        self,
        manifest: Manifest | Json | Path | str,
        people: Iterable[Person] = (),
        channels: Iterable[Channel] = (),
        *,
        groups: Iterable[Group] = (),
        port: int = 0,
        pace: Pace | None = None,
        clock: Clock | None = None,
        paid_plan: bool = True,
    ) -> None:
        # Loopback only, always: there is no setting for it.
        self._socket = socket.create_server(("127.0.0.1", port))
        workspace = Workspace(Manifest.read(manifest), clock, paid_plan=paid_plan)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.world = World(self.url, workspace, pace=pace or Pace())
        self.actor = Actor(self.world)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        for person in people:
            workspace.add_person(person)
        for channel in channels:
            workspace.add_channel(channel)
        workspace.groups.update({group.id: group for group in groups})

    @property
    def workspace(self) -> Workspace:
        """The state. Other threads may read it; to change it, use `change`."""
        return self.world.workspace

    @property
    def api_url(self) -> str:
        """What goes into SLACK_API_URL."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """Begins with xoxb-sandbox-."""
        return self.world.credentials.bot_token

    @property
    def app_token(self) -> str:
        """Begins with xapp-sandbox-."""
        return self.world.credentials.app_token

    @property
    def signing_secret(self) -> str:
        """With which HTTP deliveries are signed."""
        return self.world.credentials.signing_secret

    def start(self) -> None:
        """Serve, from a thread of its own."""
        self._thread.start()
        self._ready.wait()
        if not self._thread.is_alive():
            raise RuntimeError("The sandbox could not start; its thread has said why.")

    def stop(self) -> None:
        """Stop serving and let go of everything."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
        self._socket.close()

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def do(self, work: Coroutine[Any, Any, _T], timeout: float = 30.0) -> _T:
        """Run a coroutine in the sandbox and wait for it: `box.do(box.actor.say("U1", "C1", "hello"))`."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)

    def change(self, work: Callable[[Workspace], _T]) -> _T:
        """Change the state by hand, in the sandbox's own thread: `box.change(lambda w: w.add_person(...))`."""

        async def change() -> _T:
            result = work(self.workspace)
            self.workspace.changed()
            return result

        return self.do(change())

    def fault(self, word: str, **details: Any) -> None:
        """Cause a trouble; the words are told at `sandbox.trouble.cause`."""
        self.do(trouble.cause(self.world, {"fault": word, **details}))

    def advance(self, seconds: float) -> None:
        """Move the sandbox's clock forward."""
        self.change(lambda workspace: workspace.clock.advance(seconds))
        self.change(lambda _: scheduled.post_due(self.world))

    def wait_until(self, holds: Callable[[], bool], timeout: float = 5.0) -> bool:
        """Wait until something about the workspace is so; whether it was in time."""
        return self.do(self.workspace.wait_until(holds, timeout), timeout + 5)

    def settle(self) -> None:
        """Wait until every event on its way has been acknowledged or given up."""
        self.do(self.world.courier.settle())

    def deliver_to(self, request_url: str) -> None:
        """Deliver by signed HTTP to the bot's address from now on, instead of Socket Mode."""
        before = self.world.courier.delivery
        self.world.courier.delivery = SignedHttp(request_url, self.signing_secret)
        self.do(before.close())

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._serve())
        finally:
            self._ready.set()  # also when it could not start, so that `start` does not wait for ever

    async def _serve(self) -> None:
        app = web.Application(middlewares=[guard], client_max_size=_LARGEST_UPLOAD)
        app.add_routes(gateway.routes(self.world))
        app.add_routes(page_routes(self.workspace, self.actor))
        async with _serving(app, self._socket), _posting(self.world):
            self._ready.set()
            await self._stop.wait()
            await self.world.courier.close()
            await self.world.socket_mode.close()


@contextlib.asynccontextmanager
async def _serving(app: web.Application, own_socket: socket.socket) -> AsyncIterator[None]:
    # A page that waits for news, or a call that hangs by a planned fault, must not hold the end up.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, own_socket).start()
    try:
        yield
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def _posting(world: World) -> AsyncIterator[None]:
    async def forever() -> None:
        while True:
            scheduled.post_due(world)
            await asyncio.sleep(_TICK)

    task = asyncio.ensure_future(forever())
    try:
        yield
    finally:
        task.cancel()
