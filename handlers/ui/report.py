"""A report as a message: a sentence first, then numbers as text bars with words, then what is not shown and why.

Every figure is printed as the report words it; nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.surveys.report import CommentsView, Item, Line, Report
from handlers.ui import blocks, mrkdwn
from handlers.ui.blocks import Block, Message

CHARTS = "report_charts"
DATA = "report_data"
PROMISE = "report_promise"
RESULTS = "report_results"
MOST_PARTS = 40  # of a message's 50 blocks; the rest is for head and foot
LONGEST_COMMENT = 600  # characters of one comment in a message; the page and the files have all of it


def render(report: Report, *, organiser: bool = False, charts: bool = False) -> Message:
    """The report for whoever was asked, or for a channel; an organiser gets the buttons to go on with."""
    parts = [
        blocks.header(f"{report.title}: {report.label}"),
        blocks.section(f"*{mrkdwn.escape(report.headline)}*"),
        *_texts([mrkdwn.escape(report.participation), mrkdwn.escape(report.bounds)]),
        *_listed("Promised after the last round", (each.words for each in report.promised_before)),
        *_index(report),
        *_cut([part for item in report.items for part in blocks.sections(_item(item))]),
        *_listed("How each side sees itself, and how the other sees it", (view.sentence for view in report.mirrors)),
        *(part for view in report.comments for part in blocks.sections(_comments(view))),
        *_listed("Not shown", report.withheld),
        *_listed("What we will do", (each.words for each in report.commitments)),
        blocks.context([mrkdwn.escape(" ".join(report.method))]),
    ]
    buttons = list(_buttons(report, organiser=organiser, charts=charts))
    foot = [blocks.actions("report_actions", buttons)] if buttons else []
    text = f"{mrkdwn.escape(report.title)}: {mrkdwn.escape(report.headline)}"
    return Message(blocks.cut(text, blocks.FALLBACK), [*_cut(parts, blocks.MESSAGE_BLOCKS - len(foot)), *foot])


def sent() -> Block:
    """What an organiser sees who asked for results in a form."""
    words = "The results are in our conversation, under *Messages*. You can say there what you will do."
    return blocks.modal("report_sent", "Results", [blocks.section(words)], close="Back")


def _cut(parts: list[Block], most: int = MOST_PARTS) -> list[Block]:
    if len(parts) <= most:
        return parts
    return [
        *parts[: most - 1],
        blocks.context(["There is more than fits here: the files and the page have all of it."]),
    ]


def _texts(texts: Iterable[str]) -> list[Block]:
    """Texts that are already escaped, in one section after another; empty ones are left out."""
    return [part for text in texts if text for part in blocks.sections(text)]


def _index(report: Report) -> list[Block]:
    lines = [mrkdwn.escape(_line(line)) for line in report.indices]
    said = [report.index_sentence, report.gap_sentence, report.change.sentence if report.change else ""]
    words = "\n".join([*lines, *(mrkdwn.escape(each) for each in said if each)])
    return blocks.sections(f"*How well working together goes, 0 to 100*\n{words}") if words else []


def _line(line: Line) -> str:
    """One group's figure in words, or why there is none."""
    return line.sentence or f"{line.label}: {line.why}"


def _item(item: Item) -> str:
    """A question with every group's line: a rating with its strip, a choice with its bars for everybody."""
    told = [f"*{mrkdwn.escape(item.text)}*"]
    for line in item.lines:
        told += [f"`{line.strip}`"] if line.strip else []
        told += _bars(line) if line is item.everybody and not line.strip else []
        told.append(mrkdwn.escape(_line(line)))
    told += [mrkdwn.escape(item.gap_sentence)] if item.gap_sentence else []
    told += [mrkdwn.escape(item.benchmark.sentence)] if item.benchmark else []
    return "\n".join(told)


def _bars(line: Line) -> list[str]:
    """A bar for each answer that somebody gave; the sentence below has them all."""
    return [f"`{bar.drawn:<20}` {mrkdwn.escape(bar.label)}: {bar.percent}%" for bar in line.bars if bar.percent]


def _comments(view: CommentsView) -> str:
    texts = [f">{mrkdwn.escape(blocks.cut(text, LONGEST_COMMENT))}".replace("\n", "\n>") for text in view.texts]
    return "\n".join([f"*{mrkdwn.escape(view.text)}*", *texts, *([mrkdwn.escape(view.why)] if view.why else [])])


def _listed(title: str, texts: Iterable[str]) -> list[Block]:
    """A list under its title; nothing when it is empty."""
    lines = "\n".join(f"• {mrkdwn.escape(text)}" for text in texts)
    return blocks.sections(f"*{title}*\n{lines}") if lines else []


def _buttons(report: Report, *, organiser: bool, charts: bool) -> Iterator[Block]:
    if charts:
        yield blocks.button("Show charts", CHARTS, report.round_id)
    if organiser:
        yield blocks.button("Say what we will do", PROMISE, report.round_id, primary=True)
        yield blocks.button("Get the data", DATA, report.round_id)
