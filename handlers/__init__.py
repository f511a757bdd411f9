"""What can happen: everything that the bot reacts to, one file a story. The only room that speaks Slack."""

from __future__ import annotations

import os
import socket
from functools import partial

from slack_bolt import App

from bot.clock import Clock
from bot.config import Config
from bot.knowledge.shelf import Shelf
from bot.surveys import calendars
from bot.surveys.calendars import BankHolidays
from bot.surveys.release import release
from handlers.announcing import Announcing
from handlers.answering import Answering
from handlers.asking import Asking
from handlers.authoring import Authoring
from handlers.commands import Commands
from handlers.delivering import Delivering, Pause
from handlers.drafting import Drafting
from handlers.home import Home
from handlers.messenger import Messenger
from handlers.minding import Minding
from handlers.organising import Organising
from handlers.problems import Problems
from handlers.questions import Questions
from handlers.reporting import Reporting
from handlers.reports import Reports
from handlers.roster import Roster
from handlers.ticking import Ticking
from storage.database import Database
from storage.keys import Keys


def register(app: App, db: Database, keys: Keys, clock: Clock, shelf: Shelf, config: Config) -> None:
    """The table of contents."""
    holidays = partial(_holidays, config)
    messenger = Messenger(app.client)
    roster = Roster(db, clock, messenger, config)
    asking = Asking(db, clock, shelf, messenger, config.curators_channel)
    home = Home(db, clock, shelf, messenger)
    minding = Minding(db, keys, messenger, home)
    organising = Organising(db, clock, messenger, roster, holidays, config.backup_days)
    drafting = Drafting(db, clock, messenger, roster, holidays, organising)
    Problems(messenger).listen(app)
    asking.listen(app)
    home.listen(app)
    minding.listen(app)
    organising.listen(app)  # before answering: a preview's fields have the names of a questionnaire's
    Answering(db, keys, clock, messenger, config.backup_days).listen(app)
    Authoring(drafting, config.content_dir).listen(app)
    Questions(drafting).listen(app)
    Reporting(db, clock, messenger, roster, Reports(db, config.content_dir)).listen(app)
    Commands(asking.on_command, {"surveys": organising.on_surveys, "my-data": minding.on_command}).listen(app)


def ticking(app: App, db: Database, clock: Clock, config: Config, keys: Keys, pause: Pause) -> Ticking:
    """What happens by itself, as time goes by. `pause` waits, and says whether the bot is to stop."""
    holidays = partial(_holidays, config)
    messenger = Messenger(app.client)
    return Ticking(
        db,
        clock,
        messenger,
        Roster(db, clock, messenger, config),
        keys,
        Delivering(db, clock, messenger, keys, pause),
        holidays,
        release,
        f"{socket.gethostname()}:{os.getpid()}",
        Announcing(db, clock, messenger, Reports(db, config.content_dir), holidays, pause),
    )


def _holidays(config: Config) -> BankHolidays:
    """Read when they are needed: more are announced while the bot runs."""
    return calendars.load(config.content_dir, [])
