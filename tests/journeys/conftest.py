"""The bot as it is shipped, connected to a sandbox over either transport, and a browser to use it in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import Browser, Page

from bot import app
from bot.config import Config
from bot.demo import CAST, CHANNELS, clock_of, demo, settings
from handlers.doorway import PATH, Doorway
from sandbox.server import Sandbox
from storage.database import Database


class Threaded(ThreadingMixIn, WSGIServer):
    """Many requests at once, as a real server takes them."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """No line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def over_http(database: Path) -> Iterator[Sandbox]:
    """The bot behind its guarded web door, called by a sandbox that signs what it sends."""
    with Sandbox(app.MANIFEST, CAST, CHANNELS) as box:
        config = Config.from_env(
            settings(box, database, "content") | {"SLACK_SIGNING_SECRET": box.signing_secret}, http=True
        )
        with closing(Database(config.database_url)) as db:
            db.migrate()
        with app.behind_a_door(config, clock_of(box)) as doorway, _served(doorway) as url:
            box.deliver_to(f"{url}{PATH}")
            yield box


@contextmanager
def _served(doorway: Doorway) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, doorway, server_class=Threaded, handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module", params=["socket", "http"])
def box(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox with the bot in it, over Socket Mode and over signed HTTP in turn."""
    database = tmp_path_factory.mktemp("journey") / "bot.db"
    if request.param == "http":
        with over_http(database) as box:
            yield box
    else:
        with demo(database) as running:
            yield running.box


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window. A fault in the page's own script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce")
    window = context.new_page()
    trouble: list[str] = []
    window.on("pageerror", lambda error: trouble.append(str(error)))
    window.set_default_timeout(10_000)
    yield window
    context.close()
    assert trouble == []
