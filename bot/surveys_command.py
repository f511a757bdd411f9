"""python -m bot surveys import and export: surveys from files, and into files. Wiring, like __main__.py."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.clock import system_clock
from bot.errors import Problem

# As in __main__.py, each command imports what it needs.
if TYPE_CHECKING:
    from bot.config import Config
    from bot.surveys.survey import Survey
    from storage.database import Database


class Settings(Protocol):
    """Reads the settings; `slack` when they must be enough to speak to Slack."""

    def __call__(self, *, slack: bool) -> Config: ...


def add(what: argparse._SubParsersAction[argparse.ArgumentParser], settings: Settings) -> None:
    """Add `import` and `export`."""
    taken = what.add_parser("import", help="make a draft of a TOML file")
    taken.add_argument("file", type=Path, metavar="FILE", help="a template, or what export wrote")
    taken.add_argument("--owner", default="", metavar="U…", help="the organiser; without it, the first of ORGANISERS")
    taken.add_argument("--workspace", default="", metavar="T…", help="without it, Slack is asked")
    taken.set_defaults(run=partial(_import, settings))
    given = what.add_parser("export", help="write a survey as a TOML file")
    given.add_argument("survey", metavar="SURVEY", help="its id, or the beginning of it")
    given.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a new file; without it, it is printed")
    given.set_defaults(run=partial(_export, settings))


def _import(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot import app
    from bot.knowledge.faults import Fault
    from bot.people import Actor, Role
    from bot.surveys import files
    from storage import surveys

    faults: list[Fault] = []
    found = files.read(chosen.file, faults)
    if found is None:
        raise Problem("\n".join(map(str, faults)))
    config = settings(slack=not chosen.workspace)
    owner = chosen.owner or _first_organiser(config)
    actor = Actor(chosen.workspace or app.workspace(config), owner, frozenset({Role.ADMIN}))
    with closing(_database(config)) as db:
        survey = surveys.create(db, actor, found.draft(), system_clock())
    print(f"“{survey.draft.title}” is a draft of {owner}: {survey.id}. In Slack: /buying surveys")
    return 0


def _export(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.surveys import files

    with closing(_database(settings(slack=False))) as db:
        text = files.write(_the_one(db, chosen.survey).draft)
    if chosen.file is None:
        sys.stdout.write(text)
        return 0
    try:
        with chosen.file.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Problem(f"{chosen.file} cannot be written: {error.strerror}. Name a new file.") from error
    print(f"It is in {chosen.file}.")
    return 0


def _the_one(db: Database, begins: str) -> Survey:
    """The survey whose id begins so. Raises Problem when there is none, or more than one."""
    from storage import surveys

    found = [each for each in surveys.everything(db) if begins and each.id.startswith(begins)]
    if len(found) != 1:
        raise Problem(f"{len(found) or 'No'} surveys have an id that begins with {begins}. Give more of it.")
    return found[0]


def _first_organiser(config: Config) -> str:
    named = [each for each in (*config.organisers, *config.admins) if not each.startswith("S")]
    if not named:
        raise Problem("Say whose it is: --owner and a member's id. ORGANISERS names none.")
    return named[0]


def _database(config: Config) -> Database:
    from storage.database import Database

    db = Database(config.database_url)
    db.check()
    return db
