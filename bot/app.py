"""The wiring: settings, database, base, handlers, the bell. The only place where the three rooms meet."""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import URLError

from apscheduler.schedulers.background import BackgroundScheduler
from dotenv import load_dotenv
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

import handlers
from bot.clock import LONDON, Clock, system_clock, today
from bot.config import Config
from bot.errors import Problem, SlackProblem
from bot.knowledge.compose import add_months
from bot.knowledge.shelf import Shelf, meanings_of
from handlers.doorway import Doorway
from handlers.ticking import Ticking
from storage import enquiries, retention
from storage.database import Database
from storage.keys import Keys, keys_of

log = logging.getLogger("bot")
WORKERS = 20  # Bolt's own pool has five, and five slow replies then leave a button without an answer
SLACK_TIMEOUT = 10  # seconds
MANIFEST = Path(__file__).parent.parent / "manifest.json"
BOT_TOKEN, APP_TOKEN = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"
NO_SLACK = "Slack cannot be reached. Check this computer's connection, its proxy and its clock."
UNWELL = {"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"}
REFUSED = {
    "invalid_auth": "Slack does not know SLACK_BOT_TOKEN. Copy it again from “OAuth & Permissions”.",
    "not_authed": "Slack does not know SLACK_BOT_TOKEN. Copy it again from “OAuth & Permissions”.",
    "token_revoked": "SLACK_BOT_TOKEN has been revoked. Install the app to the workspace again and copy the new token.",
    "token_expired": "SLACK_BOT_TOKEN has expired. Turn token rotation off, install the app again, copy the new one.",
    "account_inactive": "The bot's account is switched off. Install the app again and copy the new token.",
    "team_disabled": "Slack has disabled this workspace. Ask the workspace's owner.",
}


@dataclass(frozen=True)
class Bot:
    """The running parts, so that they can be stopped in order. `stop` ends whatever waits."""

    app: App
    db: Database
    shelf: Shelf
    keys: Keys
    ticking: Ticking
    stop: threading.Event


def client_of(config: Config) -> WebClient:
    """A client that never repeats a call by itself: a message sent twice is worse than one that failed."""
    return WebClient(
        token=config.slack_bot_token, base_url=config.slack_api_url, timeout=SLACK_TIMEOUT, retry_handlers=[]
    )


def build(
    config: Config,
    client: WebClient,
    clock: Clock = system_clock,
    executor: Executor | None = None,
) -> Bot:
    """Put the bot together. Raises Problem when the database, the keys' place, the content or Slack cannot be used."""
    db = Database(config.database_url)
    try:
        db.check()
        keys = keys_of(db, config.key_folder, config.key_secret)
        shelf = Shelf(config.content_dir, meanings_of(config.model_file), config.index_file)
        app = _bolt(config, client, executor or ThreadPoolExecutor(WORKERS))
    except Problem:
        db.close()
        raise
    for fault in shelf.faults:
        log.warning("in the content: %s", fault)
    handlers.register(app, db, keys, clock, shelf, config)
    stop = threading.Event()
    ticking = handlers.ticking(app, db, clock, config, keys, stop.wait)
    return Bot(app, db, shelf, keys, ticking, stop)


def _bolt(config: Config, client: WebClient, executor: Executor) -> App:
    try:
        return App(
            client=client,
            signing_secret=config.slack_signing_secret or None,
            token_verification_enabled=True,  # asks Slack once, now, and not while the first person waits
            listener_executor=executor,
        )
    except (BoltError, OSError, HTTPException) as error:
        raise SlackProblem(NO_SLACK) from error


@contextmanager
def connected(config: Config, clock: Clock = system_clock) -> Iterator[Bot]:
    """The bot, connected to Slack over Socket Mode until the block ends, with its bell ringing.

    Raises Problem when Slack, the database or the content refuses.
    """
    quieten(config.log_level)
    client = client_of(config)
    check_slack(config, client)
    bot = build(config, client, clock)
    settle()
    bell = ring(config, bot, clock)
    socket = SocketModeHandler(bot.app, config.slack_app_token)
    try:
        socket.connect()  # type: ignore[no-untyped-call]
        log.info("ready")
        yield bot
    finally:
        hush(bell, bot)
        socket.close()  # type: ignore[no-untyped-call]
        bot.db.close()


def run(config: Config) -> None:
    """Run until stopped. Raises Problem as `connected` does."""
    with connected(config):
        until_stopped()


@contextmanager
def behind_a_door(config: Config, clock: Clock = system_clock) -> Iterator[Doorway]:
    """The bot as a WSGI application, called by Slack over the web, until the block ends. Raises as `connected` does."""
    quieten(config.log_level)
    client = client_of(config)
    check_slack(config, client)
    bot = build(config, client, clock)
    settle()
    bell = ring(config, bot, clock)
    try:
        yield Doorway(bot.app, config.slack_signing_secret, bot.db.is_alive)
    finally:
        hush(bell, bot)
        bot.db.close()


def web() -> Doorway:
    """The bot as a WSGI application, for `gunicorn "bot.app:web()"`, with settings from the environment.

    Faults are printed, one sentence each, and end the process with code 2.
    """
    load_dotenv()
    try:
        config = Config.from_env(os.environ, http=True)
        return ExitStack().enter_context(behind_a_door(config))  # until the process ends
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from problem


def until_stopped() -> None:
    """Wait for Ctrl-C, or for the host to ask for an end."""
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    stop.wait()


def ring(config: Config, bot: Bot, clock: Clock) -> BackgroundScheduler:
    """The bell: surveys every half minute, changed content every minute, tidying every night. Holds nothing itself.

    What is due stands in the database: a bell that was late, or rang in two processes, loses and doubles nothing.
    """
    bell = BackgroundScheduler(timezone="UTC")
    once: dict[str, Any] = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    bell.add_job(lambda: refresh(bot.shelf), "interval", minutes=1, **once)
    bell.add_job(bot.ticking.tick, "interval", seconds=30, **once)
    bell.add_job(bot.ticking.nightly, "cron", hour=2, **once)
    bell.add_job(lambda: forget(config, bot.db, clock), "cron", hour=3, **once)
    bell.start()
    return bell


def hush(bell: BackgroundScheduler, bot: Bot) -> None:
    """Stop the bell, and wait for the message that is on its way: ten seconds at most."""
    bot.stop.set()
    bell.shutdown(wait=True)


def settle() -> None:
    """Keep the garbage collector from going through what is there to stay: it stops every answer for 130 ms."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def refresh(shelf: Shelf) -> None:
    """Take changed content into use, or say in the log why not."""
    before = shelf.replier
    for fault in shelf.refresh():
        log.warning("the old content stays in use: %s", fault)
    if shelf.replier is not before:
        settle()


def forget(config: Config, db: Database, clock: Clock) -> None:
    """Delete what is past its time; raise the alarm if answers still hang on codes long after their round's end."""
    now = clock()
    before = add_months(today(now) - timedelta(days=1), -config.enquiry_months)
    log.info("questions past their time deleted: %d", enquiries.forget(db, before, now))
    named = now - timedelta(days=config.invitation_days)
    log.info("names of people asked in surveys taken out: %d", retention.unname_asked(db, named))
    log.info("answers past their time deleted: %d", retention.forget_answers(db, months_ago(now, config.answer_months)))
    log.info("comments deleted: %d", retention.forget_comments(db, months_ago(now, config.comment_months)))
    log.info("lines of the record deleted: %d", retention.forget_actions(db, months_ago(now, config.audit_months)))
    if unsealed := retention.overdue(db, now):
        log.error("rounds that ended over a week ago and are not sealed: %d", unsealed)


def months_ago(now: datetime, months: int) -> datetime:
    """The beginning of the day, so many months before."""
    return datetime.combine(add_months(today(now), -months), time(), LONDON)


def quieten(level: str) -> None:
    """Log at `level`, but of other people's libraries only warnings: below that they print what people write."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(_ours_or_serious)


def _ours_or_serious(record: logging.LogRecord) -> bool:
    """Of slack_sdk even a warning may quote what came or went, so only that there was one is told."""
    library = record.name.partition(".")[0]
    if library in ("bot", "handlers", "storage"):
        return True
    if record.levelno >= logging.WARNING and library == "slack_sdk":
        record.msg, record.args, record.exc_info = "trouble, whose text may quote people", (), None
    return record.levelno >= logging.WARNING


def check_slack(config: Config, client: WebClient) -> None:
    """Raises SlackProblem, in one sentence, unless both tokens work and every scope of the manifest was granted."""
    told = _tried(BOT_TOKEN, client.auth_test)
    if config.slack_app_token:
        _tried(APP_TOKEN, lambda: client.apps_connections_open(app_token=config.slack_app_token))
    granted = {name.lower(): value for name, value in told.headers.items()}.get("x-oauth-scopes", "")
    if missing := sorted(set(scopes()) - set(granted.replace(" ", "").split(","))) if granted else []:
        raise SlackProblem(
            f"The app lacks the permission {', '.join(missing)}."
            " Add it under “OAuth & Permissions”, then install the app again."
        )


def workspace(config: Config) -> str:
    """The id of the workspace that the bot is installed in. Raises SlackProblem."""
    return str(_tried(BOT_TOKEN, client_of(config).auth_test)["team_id"])


def _tried(token: str, call: Callable[[], SlackResponse]) -> SlackResponse:
    """What Slack answers to a call with a token. Slack gives one code for both tokens, so each is tried alone."""
    try:
        return call()
    except SlackApiError as error:
        raise SlackProblem(_refusal(str(error.response.get("error")), token)) from error
    except UnicodeError as error:
        raise SlackProblem(f"{token} holds a character that is in no token. Copy it again.") from error
    except (SlackClientError, URLError, OSError, HTTPException) as error:
        raise SlackProblem(NO_SLACK) from error


def scopes() -> list[str]:
    """The permissions that the manifest asks for."""
    return list(json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"])


def _refusal(code: str, token: str) -> str:
    """One sentence for a code. What is not a code is a page that stood in for Slack: a proxy's, or one for bad days."""
    if code in UNWELL or not re.fullmatch(r"[a-z_]+", code):
        return NO_SLACK
    if token == BOT_TOKEN:
        return REFUSED.get(code, f"Slack refused {token} ({code}). Copy it again from “OAuth & Permissions”.")
    if code == "missing_scope":
        return f"{token} lacks the scope connections:write. Make a new app-level token with it."
    return f"Slack does not accept {token} ({code}). Copy it again from “Basic Information”, “App-Level Tokens”."
