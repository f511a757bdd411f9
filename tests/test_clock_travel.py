"""Nothing past is told as current: questions asked on the days around which agreements start and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.knowledge import evaluation
from bot.knowledge.records import Agreement
from bot.knowledge.replying import Replier
from bot.knowledge.shelf import Shelf

GOLDEN = Path(__file__).parent / "golden"
OPEN = re.compile(r"\((?P<reference>[^()\s]+)\) is open\.")


def days(agreement: Agreement) -> list[date]:
    """The start and the end of an agreement, each with the day before and the day after."""
    edges = [fact.on for fact in (agreement.starts, agreement.ends) if fact]
    return [edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)]


def stale(replier: Replier, text: str, on: date) -> Iterator[str]:
    """The agreements that a text calls open on a day outside their dates; told from the dates alone."""
    for found in OPEN.finditer(text):
        agreement = replier.base.agreements[found["reference"]]
        begun = agreement.starts is None or agreement.starts.on <= on
        if not begun or (agreement.ends is not None and on > agreement.ends.on):
            yield f"{agreement.reference} on {on}"


def test_no_agreement_is_called_open_outside_its_dates(real_shelf: Shelf) -> None:
    replier, wrong, open_at_all = real_shelf.replier, list[str](), 0
    for agreement in replier.base.agreements.values():
        for on in days(agreement):
            for target in ("overview", "status"):
                reply = replier.open(f"agreement:{agreement.reference}:{target}", on)
                wrong += stale(replier, reply.text, on)
                open_at_all += bool(OPEN.search(reply.text))
    assert wrong == []
    assert open_at_all > len(replier.base.agreements)  # the sentence that is looked for is one that is said


def test_no_golden_question_about_an_agreement_gets_a_stale_reply(real_shelf: Shelf) -> None:
    replier, wrong = real_shelf.replier, list[str]()
    for question in evaluation.read(GOLDEN / "open.jsonl") + evaluation.read(GOLDEN / "frozen.jsonl"):
        for reference in sorted(question.agreements):
            for on in days(replier.base.agreements[reference]):
                wrong += stale(replier, replier.reply(question.text, on).text, on)
    assert wrong == []
