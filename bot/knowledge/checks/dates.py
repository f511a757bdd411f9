"""What has run out: reviews, answers, agreements; and dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.knowledge.asof import day_in_words
from bot.knowledge.checks.content import Content
from bot.knowledge.checks.sources import sources
from bot.knowledge.compose import add_months
from bot.knowledge.faults import Fault
from bot.knowledge.records import Agreement, Entry, LinkFact
from bot.knowledge.status import State, status


def overdue(content: Content) -> Iterator[Fault]:
    """A record that nobody has checked in time; agreements, entries and terms alike."""
    for path, agreement in content.agreements:
        yield from _overdue(content, path, agreement)
    for entry in content.base.entries.values():
        yield from _overdue(content, content.path(entry), entry)
    for line, term in content.terms:
        if content.on > (due := add_months(term.reviewed, term.review_months)):
            yield Fault(content.glossary, line, f"{term.term} {_was_due(due)}")


def _overdue(content: Content, path: Path, record: Agreement | Entry) -> Iterator[Fault]:
    if content.on > (due := add_months(record.reviewed, record.review_months)):
        yield content.at_key(path, "reviewed", _was_due(due))


def _was_due(due: date) -> str:
    return f"was due to be checked by {day_in_words(due)}; check it and set reviewed"


def expired(content: Content, entry: Entry) -> Iterator[Fault]:
    """An answer that is kept although the bot gives it no more."""
    if entry.expires_on and content.on > entry.expires_on:
        problem = f"is not given since {day_in_words(entry.expires_on)}; renew the answer, or take the file out"
        yield content.at_key(content.path(entry), "expires_on", problem)


def in_future(content: Content) -> Iterator[Fault]:
    """A source dated after today. A month or a year is held against the month or the year of today."""
    for place in sources(content):
        iso = place.source.as_of.iso
        if iso != "undated" and iso > content.on.isoformat()[: len(iso)]:
            yield place.fault(
                content, f"the source “{place.source.title}” is dated {iso}, which is to come; correct it"
            )


def all_ended(content: Content, entry: Entry) -> Iterator[Fault]:
    """An entry about agreements of which none can be used any more."""
    held = [content.base.agreements[name] for name in entry.agreements if name in content.base.agreements]
    if held and all(status(agreement, content.on).state is State.ENDED for agreement in held):
        names = " and ".join(agreement.name for agreement in held)
        problem = f"is about {names} alone, which has ended; see whether the answer is still of use"
        yield content.at_key(content.path(entry), "agreements", problem)


def one_sided(content: Content) -> Iterator[Fault]:
    """An agreement that is said to replace another, of which the other knows nothing; and the other way round."""
    for path, agreement in content.agreements:
        for mine, theirs in (("replaces", "replaced_by"), ("replaced_by", "replaces")):
            for other in _linked(content, getattr(agreement, mine)):
                if agreement.reference not in _references(getattr(other, theirs)):
                    problem = (
                        f"{mine} {other.reference}, whose file has no {theirs} {agreement.reference}; add it there"
                    )
                    yield content.at_key(path, mine, problem)


def _linked(content: Content, fact: LinkFact | None) -> list[Agreement]:
    return [content.base.agreements[name] for name in _references(fact) if name in content.base.agreements]


def _references(fact: LinkFact | None) -> tuple[str, ...]:
    return fact.references if fact else ()
