"""python -m bot report: results of a survey as files and as a page, from what was released and nothing else. Wiring."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import Problem

# What is needed is imported when it is needed, so that `ask` answers without loading SQL.
if TYPE_CHECKING:
    from bot.config import Config
    from bot.surveys.charts import Chart
    from bot.surveys.release import Release
    from bot.surveys.report import Report
    from bot.surveys_command import Settings
    from storage.database import Database

WITHOUT_CHARTS = "Charts and workbook are left out: they need Matplotlib and XlsxWriter (docs/reports.md)."


def add(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Say what to write, and where."""
    parser.add_argument("survey", metavar="SURVEY", help="its id or its title")
    parser.add_argument("folder", type=Path, metavar="DIR", help="new, empty, or written by this command before")
    parser.add_argument("--html", action="store_true", help="write a page too, to read without Slack")
    parser.add_argument("--outside", action="store_true", help="only what may be published: groups of 10, rounded to 5")
    parser.add_argument(
        "--needs", action="store_true", help="write needs in order, beside what the bot could not answer"
    )
    parser.set_defaults(run=partial(_report, settings))


def _report(settings: Settings, chosen: argparse.Namespace) -> int:
    config, html, outside, needs = settings(slack=False), chosen.html, chosen.outside, chosen.needs
    print(report(config, chosen.survey, chosen.folder, html=html, outside=outside, needs=needs))
    return 0


def report(config: Config, survey: str, to: Path, *, html: bool, outside: bool, needs: bool = False) -> str:
    """Write a survey's latest results into a folder, and tell what was written. `survey` is its id or its title.

    Raises Problem where no such survey has results, or the folder cannot be written.
    """
    from bot.site import folder
    from bot.surveys.charts import charts_of
    from bot.surveys.page import PAGE
    from storage import releases
    from storage.database import Database

    db = Database(config.database_url)
    try:
        if db.is_yet_to_be_made:
            raise Problem("There is no database yet, so there are no results. Check DATABASE_URL.")
        db.check()
        released = releases.of_survey(db, _found(releases.titles(db), survey))
        made = _reported(db, config.content_dir, released, outside=outside)
        found = _needs(db, made) if needs else {}
    finally:
        db.close()
    charts = charts_of(made)
    files = _files(made, released, charts or (), html=html) | found
    folder.write(to, files)
    told = [f"{len(files)} files are in {to}.", f"Open {to / PAGE}." if html else ""]
    return " ".join(filter(None, [*told, "" if charts is not None else WITHOUT_CHARTS]))


def _found(titles: dict[str, str], survey: str) -> str:
    """The id of the survey that is meant."""
    meant = [each for each, title in titles.items() if survey == each or survey.casefold() == title.casefold()]
    if len(meant) == 1:
        return meant[0]
    known = "\n".join(f"{each}  {title}" for each, title in titles.items())
    if not known:
        raise Problem("No survey has results yet: they are there once a round has closed and been sealed.")
    wrong = f"More than one survey is called {survey}" if meant else f"No survey with results is called {survey}"
    raise Problem(f"{wrong}. Give one of these ids:\n{known}")


def _reported(db: Database, content: Path, released: Sequence[Release], *, outside: bool) -> Report:
    from bot.surveys import benchmarks
    from bot.surveys.report import reported
    from storage import commitments

    last = released[-1]
    return reported(
        released,
        benchmarks=benchmarks.load(content, []),
        commitments=commitments.of_round(db, last.round_id),
        promised_before=commitments.before(db, last.survey_id, last.number),
        outside=outside,
    )


def _needs(db: Database, made: Report) -> dict[str, str | bytes]:
    """Discovery research: what was chosen, beside what people asked the bot of the same workspace in vain."""
    from bot.surveys.exports.needs import needs_tables
    from bot.surveys.exports.tables import as_csv
    from bot.surveys.needs import needs
    from storage import enquiries, surveys

    workspace = next(each.workspace for each in surveys.everything(db) if each.id == made.survey_id)
    functions = tuple(line.label for line in made.sizes if line.group and not line.why)
    tables = needs_tables(needs(made, enquiries.unanswered(db, workspace)), functions)
    return {f"{table.name}.csv": as_csv(table) for table in tables}


def _files(made: Report, released: Sequence[Release], charts: Sequence[Chart], *, html: bool) -> dict[str, str | bytes]:
    """Every file by its path: the data, the charts with what they say beside them, and the page."""
    from bot.site.pages import STYLE
    from bot.surveys.exports import bundle
    from bot.surveys.page import PAGE, page

    data = bundle(made, released)
    files: dict[str, str | bytes] = dict(data)
    for chart in charts:
        files[f"charts/{chart.name}.png"] = chart.png
        files[f"charts/{chart.name}.txt"] = f"{chart.alt}\n"
    if html:
        files[PAGE] = page(made, charts, data)
        files[STYLE.name] = STYLE.read_text(encoding="utf-8")
    return files
