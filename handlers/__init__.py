"""What can happen: everything that the bot reacts to, one file a story. The only room that speaks Slack."""

from __future__ import annotations

from slack_bolt import App

from bot.clock import Clock
from bot.config import Config
from bot.knowledge.shelf import Shelf
from handlers.answering import Answering
from handlers.asking import Asking
from handlers.home import Home
from handlers.messenger import Messenger
from handlers.minding import Minding
from handlers.problems import Problems
from storage.database import Database
from storage.keys import Keys


def register(app: App, db: Database, keys: Keys, clock: Clock, shelf: Shelf, config: Config) -> None:
    """The table of contents."""
    messenger = Messenger(app.client)
    Problems(messenger).listen(app)
    Asking(db, clock, shelf, messenger, config.curators_channel).listen(app)
    Answering(db, keys, clock, messenger, config.backup_days).listen(app)
    home = Home(db, clock, shelf, messenger)
    home.listen(app)
    Minding(db, keys, messenger, home).listen(app)
