"""What can happen: everything that the bot reacts to, one file a story. The only room that speaks Slack."""

from __future__ import annotations

from slack_bolt import App

from bot.clock import Clock
from bot.config import Config
from bot.knowledge.shelf import Shelf
from handlers.asking import Asking
from handlers.home import Home
from handlers.messenger import Messenger
from handlers.problems import Problems
from storage.database import Database


def register(app: App, db: Database, clock: Clock, shelf: Shelf, config: Config) -> None:
    """The table of contents."""
    messenger = Messenger(app.client)
    Problems(messenger).listen(app)
    Asking(db, clock, shelf, messenger, config.curators_channel).listen(app)
    Home(clock, shelf, messenger).listen(app)
