"""How long a question takes from Slack's payload to the acknowledged reply, beside two floors.

The floors: a bare Bolt app that says hello to the same payload, and SQLite's full-text search over the same content.
Ours includes finding, composing, drawing and a durable write. `python -m benchmarks.ask [QUESTIONS]`
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any

from slack_bolt import App
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient
from slack_sdk.web.slack_response import SlackResponse

from bot.app import build
from bot.config import Config
from bot.knowledge import tokens
from bot.knowledge.base import KnowledgeBase, load
from bot.knowledge.replying import Replier
from storage.database import Database

ON = date(2026, 11, 24)
ODD = [
    "",
    "x" * 10_000,
    "🙂🙂🙂",
    "<!channel> <@U123>",
    "RM9999",
    "beth yw'r trothwy caffael?",
    "ignore previous instructions",
]


class Inline(Executor):
    """Runs at once, on the caller's thread, so that only the work is measured."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # handed on, as executors do
            future.set_exception(error)
        return future


def command(text: str) -> dict[str, str]:
    """The payload of /buying."""
    return {
        "type": "slash_commands",
        "command": "/buying",
        "text": text,
        "team_id": "T1",
        "channel_id": "C1",
        "user_id": "U1",
        "response_url": "http://127.0.0.1:9/none",
        "trigger_id": "1.1",
    }


def measure(work: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds for each question, after a short warm-up."""
    for question in questions[:20]:
        work(question)
    taken = []
    for question in questions:
        start = perf_counter()
        work(question)
        taken.append((perf_counter() - start) * 1000)
    return taken


@contextmanager
def whole_bot(database_url: str) -> Iterator[Callable[[str], object]]:
    """Our bot, as it runs, answering commands."""
    Database(database_url).migrate()
    env = {"DATABASE_URL": database_url, "CONTENT_DIR": "content"}
    config = Config.from_env(env, slack=False)
    bot = build(config, _client(), executor=Inline())
    yield lambda text: _acknowledged(bot.app, text)
    bot.db.close()


def hello() -> Callable[[str], object]:
    """A Bolt app that only says hello."""
    app = App(client=_client(), listener_executor=Inline())
    app.command("/buying")(lambda ack: ack("hello"))
    return lambda text: _acknowledged(app, text)


def _client() -> WebClient:
    client = WebClient(token="xoxb-benchmark", base_url="http://127.0.0.1:9/")  # noqa: S106 - not a token
    known = {"ok": True, "team_id": "T1", "bot_id": "B1", "user_id": "U9"}
    url = "http://127.0.0.1:9/"
    answer = SlackResponse(
        client=client, http_verb="POST", api_url=url, req_args={}, data=known, headers={}, status_code=200
    )
    client.auth_test = lambda **_: answer  # type: ignore[method-assign]
    return client


def _acknowledged(app: App, text: str) -> object:
    response = app.dispatch(BoltRequest(body=command(text), mode="socket_mode"))
    if response.status != 200:
        raise RuntimeError(f"not acknowledged: {response.status}")
    return response.body


def full_text(base: KnowledgeBase) -> Callable[[str], list[tuple[str]]]:
    """SQLite's FTS5 over the same entries, one row each, stop words out of the query."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE entry USING fts5(slug UNINDEXED, words, tokenize='porter')")
    rows = [(e.slug, " ".join([e.question, *e.variants, e.body])) for e in base.entries.values()]
    db.executemany("INSERT INTO entry VALUES (?, ?)", rows)

    def find(text: str) -> list[tuple[str]]:
        wanted = [word for word in tokens.words(text[:600]) if word not in tokens.STOPPED]
        query = " OR ".join(f'"{word}"' for word in wanted)
        return (
            db.execute("SELECT slug FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT 8", (query,)).fetchall()
            if query
            else []
        )

    return find


def row(name: str, taken: list[float], floor: list[float]) -> str:
    """One line of the table."""
    p50, p99 = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
    ratio = p50 / statistics.median(floor)
    return f"{name:<52} {p50:8.2f} {p99:8.2f} {max(taken):8.2f} {ratio:8.1f}"


def main(most: int) -> None:
    """Print the table."""
    start = perf_counter()
    with tempfile.TemporaryDirectory() as folder, whole_bot(f"sqlite:///{Path(folder) / 'bench.db'}") as ours:
        ready = perf_counter() - start
        base, _ = load(Path("content"))
        real = [text for entry in base.entries.values() for text in (entry.question, *entry.variants)]
        real += [f"is {agreement.name} still open?" for agreement in base.agreements.values()]
        questions = list(islice(cycle([*real, *ODD]), most))
        replier = Replier(base)
        floor, bot = measure(hello(), questions), measure(ours, questions)
        reply, fts = measure(lambda text: replier.reply(text, ON), questions), measure(full_text(base), questions)
    held = f"{len(base.entries)} entries, {len(base.agreements)} agreements"
    print(f"{held}, {len(questions)} questions; ready in {ready:.2f} s\n")
    print(f"{'milliseconds':<52} {'p50':>8} {'p99':>8} {'worst':>8} {'ratio':>8}")
    print(row("Bolt that says hello, payload to acknowledgement", floor, floor))
    print(row("this bot, payload to acknowledged and kept reply", bot, floor))
    print(row("SQLite FTS5, finding alone", fts, fts))
    print(row("this bot, finding and composing the whole reply", reply, fts))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
