"""The whole page: what it is of, what was found, how it was made, and the files to take along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.knowledge.asof import day_in_words
from bot.site.layout import contents, head, section
from bot.site.markup import Markup, listed, tag, together
from bot.surveys.charts import Chart
from bot.surveys.page import findings
from bot.surveys.report import Report

PAGE, STYLE = "index.html", "style.css"
MEANINGS = {
    "datapackage.json": "what each file and each of its columns holds, in the Frictionless data package form",
    "survey.xlsx": "everything in one workbook",
    "survey.json": "everything in one file for programs",
    "results.csv": "the results on this page",
    "figures.csv": "every figure of every round, or why it is not shown",
    "comments.csv": "what people wrote, where it may be shown",
    "rounds.csv": "the rounds",
    "questions.csv": "the questions, with each of their wordings",
    "answers.csv": "the answers that could be chosen",
    "measures.csv": "what each measure is",
    "reasons.csv": "why a figure may not be shown",
}


def page(report: Report, charts: Sequence[Chart], files: Mapping[str, bytes]) -> str:
    """The page as HTML. `files` are the data to offer, by their paths beside the page; so lie the charts' pictures."""
    parts = [
        ("who", "Who answered", together(findings.who(report))),
        ("index", "How well working together goes", together(findings.index(report, charts))),
        ("answers", "What people answered", together(findings.answers(report, charts))),
        ("mirror", "How each side sees itself, and is seen", together(findings.mirrors(report, charts))),
        ("comments", "What people wrote", together(findings.comments(report))),
        ("next", "What will be done", together(_promises(report))),
        ("limits", "What these results cannot tell", together(_limits(report))),
        ("method", "How the results were made, and how anonymity was kept", listed(report.method)),
        ("data", "The data", together(_data(files))),
    ]
    shown = [(name, heading, body) for name, heading, body in parts if body]
    title = f"{report.title}: {report.label}"
    main = tag(
        "main",
        tag("h1", title),
        *_summary(report),
        contents("On this page", [(name, heading) for name, heading, _ in shown]),
        *(section(name, heading, body) for name, heading, body in shown),
        id="main",
        tabindex="-1",
    )
    body = tag(
        "body",
        tag("a", "Skip to the content", href="#main", class_="skip"),
        tag("header", tag("p", "Survey results", class_="name")),
        main,
        tag("footer", tag("p", _closed(report))),
    )
    return f"<!doctype html>\n{tag('html', head(title, report.headline, STYLE), body, lang='en-GB')}"


def _closed(report: Report) -> str:
    return f"This round was open from {day_in_words(report.opened_on)} to {day_in_words(report.closed_on)}."


def _summary(report: Report) -> Iterator[str]:
    yield tag("p", report.headline, class_="lead")
    yield tag("p", report.participation)
    if report.change:
        yield tag("p", report.change.sentence)
    yield tag("p", f"Why it was asked: {report.purpose} {_closed(report)}")
    reach = (
        f"For publication: nothing is shown of fewer than {report.threshold} people, figures are rounded, and comments "
        "are left out."
        if report.outside
        else "For the people who were asked and those they work with. Not for publication: a page for that shows less."
    )
    yield tag("div", tag("p", reach), class_="inset")


def _promises(report: Report) -> Iterator[Markup]:
    if report.commitments:
        yield listed(each.words for each in report.commitments)
    if report.promised_before:
        yield tag("h3", "Promised after the round before")
        yield listed(each.words for each in report.promised_before)


def _limits(report: Report) -> Iterator[Markup]:
    yield tag("p", "People chose whether to answer. Those who did not may see things differently.")
    if report.bounds:
        yield tag("p", report.bounds)
    if report.withheld:
        yield tag("h3", "What is not shown, and why")
        yield listed(report.withheld)


def _data(files: Mapping[str, bytes]) -> Iterator[Markup]:
    if files:
        yield tag("p", "These files hold the same figures as this page. No raw answers are given out.")
        yield listed(
            together([tag("a", name, href=name, download=name), f": {MEANINGS[name]} ({_size(held)})"])
            for name, held in sorted(files.items(), key=lambda file: list(MEANINGS).index(file[0]))
        )


def _size(held: bytes) -> str:
    return f"{max(1, round(len(held) / 1000)):,} kB"
