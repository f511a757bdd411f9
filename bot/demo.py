"""The bot on this computer, without Slack: the sandbox and the unchanged bot in one process. Wiring, like app.py."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import app, demo_survey
from bot.clock import Clock, system_clock
from bot.config import Config
from bot.errors import Problem
from sandbox.records import BOT_USER_ID, TEAM_ID, Channel, Person
from sandbox.server import Sandbox
from storage.database import Database
from storage.keys import keys_of

CURATORS = "C0CURATORS"
BUYING = "C0BUYING"
RESULTS = "C0HOWWEBUY"
ELSEWHERE = "T0ELSEWHERE"
CAST = (
    Person("U0AMIRA", "amira", "Amira Khan", "Procurement"),
    Person("U0BEN", "ben", "Ben Okafor", "Digital"),
    Person("U0CERYS", "cerys", "Cerys Hughes", "Organiser"),
    Person("U0DEV", "dev", "Dev Patel", "Curator"),
    Person("U0ELLA", "ella", "Ella Grant", "Guest", is_restricted=True),
    Person("U0FINN", "finn", "Finn Murray", "Outsider from another organisation", team_id=ELSEWHERE),
)
EVERYBODY = [person.id for person in CAST]
CHANNELS = (
    Channel(BUYING, "digital-buying", members=[*EVERYBODY, BOT_USER_ID], topic="Ask about frameworks and buying"),
    Channel(RESULTS, "how-we-buy", members=[*EVERYBODY, BOT_USER_ID], topic="What our surveys found"),
    Channel(CURATORS, "curators", members=["U0DEV", "U0CERYS", BOT_USER_ID], topic="Questions for a person"),
)
FIRST = "@Digital Buying Bot is G-Cloud 14 still open?"
WAITING = "Do we have to run a competition on Digital Outcomes 6, or can we direct award?"


@dataclass(frozen=True)
class Demo:
    """A sandbox with the bot connected to it."""

    box: Sandbox
    bot: app.Bot


@contextmanager
def demo(database: Path, port: int = 0, content: str = "content", *, seeded: bool = False) -> Iterator[Demo]:
    """Sandbox and bot, running until the block ends; `seeded` with a survey. Raises Problem when the port is taken."""
    with _sandbox(port) as box:
        config = Config.from_env(settings(box, database, content))
        _prepare(config, clock_of(box)(), seeded=seeded)
        with app.connected(config, clock_of(box)) as bot:
            yield Demo(box, bot)


def _prepare(config: Config, now: datetime, *, seeded: bool) -> None:
    db = Database(config.database_url)
    db.migrate()
    if seeded:
        keys = keys_of(db, config.key_folder, config.key_secret)
        demo_survey.seed(db, keys, config.content_dir, TEAM_ID, (BUYING, RESULTS), now)
    db.close()


def clock_of(box: Sandbox) -> Clock:
    """This computer's clock, moved as far as the page has moved the sandbox's."""
    return lambda: system_clock() + timedelta(seconds=box.workspace.clock.offset_seconds)


def run(port: int, keep: Path | None, tell: Callable[[str], None]) -> None:
    """Run the demonstration until Ctrl-C; `tell` is given the page's address when it is ready."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = keep is None or not keep.exists()
        with demo(keep or Path(folder) / "demo.db", port, seeded=fresh) as running:
            tell(f"{running.box.url}/?{first_words(running.box) if fresh else ''}")
            app.until_stopped()


def first_words(box: Sandbox) -> str:
    """A question that the bot answers and one that waits for *Answer this*; gives what the page is to show first."""
    box.do(box.actor.say("U0BEN", BUYING, WAITING))
    asked = box.do(box.actor.say("U0AMIRA", BUYING, FIRST)).message
    if asked is None:
        return ""
    box.wait_until(lambda: bool(box.workspace.replies(asked)))
    return f"as=U0AMIRA&in={BUYING}&thread={asked.ts}"


def _sandbox(port: int) -> Sandbox:
    try:
        return Sandbox(app.MANIFEST, CAST, CHANNELS, port=port)
    except OSError as error:
        raise Problem(f"Port {port} is taken. Leave --port out, or name another.") from error


def settings(box: Sandbox, database: Path, content: str) -> dict[str, str]:
    """The bot's settings for a sandbox: the only thing that differs from a real workspace."""
    return {
        "SLACK_API_URL": box.api_url,
        "SLACK_BOT_TOKEN": box.bot_token,
        "SLACK_APP_TOKEN": box.app_token,
        "DATABASE_URL": f"sqlite:///{database}",
        "KEY_FOLDER": f"{database}-keys",
        "CONTENT_DIR": content,
        "CURATORS_CHANNEL": CURATORS,
        "ORGANISERS": "U0CERYS",
        "CURATORS": "U0DEV",
        "LOG_LEVEL": "WARNING",
    }
