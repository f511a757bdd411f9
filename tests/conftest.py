"""What every test may ask for: a clock, a Slack, databases of both kinds, content, and the bot made of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from slack_bolt import BoltRequest

import bot.app
from bot.config import SLACK, Config
from bot.knowledge.shelf import Shelf
from storage.database import Database
from tests import databases
from tests.databases import ENGINES, Postgres
from tests.fakes import FakeSlack, HandClock, Inline
from tests.payloads import ADA, CURATORS

ROOT = Path(__file__).parent.parent
LIBRARY = Path(__file__).parent / "handlers" / "library"
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
BOT_TOKEN, APP_TOKEN = "xoxb-1-canary-bot-token", "xapp-1-canary-app-token"
BOLT_SAYS = "response must be provided"  # what it makes of an error after the acknowledgement; see handlers/problems.py
OURS = ("words.toml", "asking.toml", "scope.toml", "curators.toml")  # the bot's own sentences, as they are


@pytest.fixture
def clock() -> HandClock:
    """Tuesday 24 November 2026, nine in the morning."""
    return HandClock()


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSlack]:
    """Slack. Whatever it was sent must have been something that Slack takes, in every test."""
    fake = FakeSlack()
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("slack_sdk.web.base_client.urlopen", fake.urlopen)
    monkeypatch.setattr("slack_sdk.webhook.client.urlopen", fake.urlopen)
    monkeypatch.setattr("slack_sdk.web.internal_utils.urlopen", fake.urlopen)
    yield fake
    assert fake.faults == []


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small content folder that stays as it is while curators write the real one."""
    folder = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(LIBRARY, folder)
    for name in OURS:
        shutil.copy(ROOT / "content" / name, folder)
    return folder


@pytest.fixture(scope="session")
def shelf(library: Path) -> Shelf:
    """The small content folder, read once."""
    shelf = Shelf(library)
    assert shelf.faults == []
    return shelf


@pytest.fixture(scope="session")
def real_shelf() -> Shelf:
    """The content as it is shipped, read once."""
    return Shelf(ROOT / "content")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; one for each pytest-xdist worker."""
    with databases.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> Iterator[str]:
    """One database with tables, for all tests of this session one after another."""
    with postgres.database() as url:
        yield databases.migrated(url)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One SQLite file with tables, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    databases.migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with tables and no rows: each test runs on both engines."""
    if request.param == "sqlite":
        return databases.copied(request.getfixturevalue("migrated_sqlite"), tmp_path / "bot.db")
    return databases.emptied(request.getfixturevalue("migrated_postgres"))


@pytest.fixture(params=ENGINES)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.database() as url:
            yield url


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """An open database."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def config(database_url: str, library: Path, tmp_path: Path) -> Config:
    """Settings that work, with a curators' channel."""
    return Config(
        slack_bot_token=BOT_TOKEN,
        slack_app_token=APP_TOKEN,
        slack_signing_secret="",
        slack_api_url=SLACK,
        database_url=database_url,
        content_dir=library,
        curators_channel=CURATORS,
        enquiry_months=12,
        log_level="INFO",
        organisers=(ADA,),
        key_folder=tmp_path / "keys",
    )


@dataclass(frozen=True)
class Running:
    """The bot, wired as it runs, and what it was wired to."""

    bot: bot.app.Bot
    slack: FakeSlack
    executor: Inline

    def receives(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Slack sends something; gives what the bot acknowledged it with. Slack heeds no answer but 200."""
        response = self.bot.app.dispatch(BoltRequest(body=payload, mode="socket_mode"))
        assert response is not None
        assert response.status == 200, response.body
        answered: dict[str, Any] = json.loads(response.body) if response.body else {}
        if "text" in answered:
            self.slack.judge_message(answered, "acknowledgement")
        if "view" in answered:
            self.slack.judge_view(answered["view"], "acknowledgement")
        return answered

    @property
    def db(self) -> Database:
        return self.bot.db


Start = Callable[..., Running]


@pytest.fixture
def start(
    config: Config, clock: HandClock, slack: FakeSlack, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Starts the bot, with settings changed as a test needs; stopped at the end."""
    started: list[Running] = []
    monkeypatch.setattr(bot.app, "Shelf", lambda *_: shelf)  # read once a session, not once a test

    def made_of(**changes: Any) -> Running:
        settings, executor = replace(config, **changes), Inline()
        made = bot.app.build(settings, bot.app.client_of(settings), clock, executor)
        started.append(Running(made, slack, executor))
        return started[-1]

    yield made_of
    for running in started:
        running.db.close()
        assert [error for error in running.executor.lost if not str(error).startswith(BOLT_SAYS)] == []


@pytest.fixture
def running(start: Start) -> Running:
    """The bot, running."""
    return start()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Without one these tests fail: the page is not tested until somebody has looked."""
    path = shutil.which("chromium")
    assert path, "These tests need the system's Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield chromium
        chromium.close()
