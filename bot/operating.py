"""python -m bot surveys …: what whoever runs the bot may see of surveys. Wiring, like app.py; never who answered."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.clock import system_clock
from bot.errors import Problem

# Each command imports what it needs, so that `ask` answers without loading SQL.
if TYPE_CHECKING:
    from bot.surveys.calendars import BankHolidays
    from bot.surveys.overview import Standing
    from storage.database import Database


def add(parser: argparse.ArgumentParser) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """Say what can be seen; give where more can be added."""
    deeds = parser.add_subparsers(title="what to do", required=True, metavar="WHAT")
    deeds.add_parser("list", help="every survey: state, next date, response rate").set_defaults(run=_list)
    show = deeds.add_parser("show", help="one survey: schedule, next dates, how its messages stand")
    show.add_argument("id", metavar="ID", help="the survey's id, as the list gives it")
    show.set_defaults(run=_show)
    deeds.add_parser("next", help="the next dates of all surveys").set_defaults(run=_next)
    status = deeds.add_parser("status", help="whether the bell rings and messages go out; 1 when somebody should look")
    status.set_defaults(run=_status)
    return deeds


@contextmanager
def _kept() -> Iterator[tuple[Database, BankHolidays]]:
    """The database, open and fit to be read, and the calendar."""
    from dotenv import load_dotenv

    from bot.config import Config
    from bot.surveys import calendars
    from storage.database import Database

    load_dotenv()
    config = Config.from_env(os.environ, slack=False)
    db = Database(config.database_url)
    try:
        db.check()
        yield db, calendars.load(config.content_dir, [])
    finally:
        db.close()


def _standings(db: Database) -> list[Standing]:
    from bot.surveys.overview import Standing
    from storage import responses, rounds, surveys

    last = rounds.latest(db)
    found = []
    for survey in surveys.everything(db):
        round, responded = last.get(survey.id, (None, None))
        found.append(Standing(survey, round, responses.count(db, round) if round and responded is None else responded))
    return found


def _list(_chosen: argparse.Namespace) -> int:
    from bot.surveys import overview

    with _kept() as (db, _):
        return _print(overview.listed(_standings(db)))


def _show(chosen: argparse.Namespace) -> int:
    from bot.people import Actor, Role
    from bot.surveys import overview
    from storage import rounds

    with _kept() as (db, holidays):
        found = next((each for each in _standings(db) if each.survey.id == chosen.id), None)
        if found is None:
            raise Problem("There is no such survey. Run: python -m bot surveys list")
        operator = Actor(found.survey.workspace, "", frozenset({Role.ADMIN}))
        health = rounds.health(db, operator, chosen.id, system_clock())
        return _print(overview.shown(found, health, holidays))


def _next(_chosen: argparse.Namespace) -> int:
    from bot.surveys import overview
    from storage import surveys

    with _kept() as (db, holidays):
        for survey in surveys.everything(db):
            if survey.next_round_at:
                _print([survey.draft.title, *overview.dates(survey, holidays)])
    return 0


def _status(_chosen: argparse.Namespace) -> int:
    from bot.surveys import overview
    from storage import deliveries, ticks

    now = system_clock()
    with _kept() as (db, _):
        last, queue = ticks.latest(db), deliveries.queue(db, now)
    _print(overview.status(last, queue, now))
    return 0 if overview.is_well(last, queue, now) else 1


def _print(lines: Iterable[str]) -> int:
    from bot.terminal import printable

    for line in lines:
        print("".join(each if each.isprintable() else " " for each in printable(line)))
    return 0
