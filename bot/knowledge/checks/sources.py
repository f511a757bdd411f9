"""Where sources stand, and whether their addresses can be right. Nothing is fetched: `check` needs no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.knowledge.checks.content import Content
from bot.knowledge.faults import Fault
from bot.knowledge.records import Source

_LINK = re.compile(r"\[[^\]]*\]\(([^)\n]*(?:\([^)\n]*\)[^)\n]*)*)\)")
_TRAILING = ".,;:!'\"“”’>"


@dataclass(frozen=True)
class Place:
    """A source in a file; a row of the glossary has its line, elsewhere the source is looked for by its words."""

    path: Path
    source: Source
    line: int = 0

    def fault(self, content: Content, problem: str) -> Fault:
        if self.line:
            return Fault(self.path, self.line, problem)
        return content.at_words(self.path, self.source.url or self.source.title, problem)


def sources(content: Content) -> Iterator[Place]:
    """Every source of every record."""
    for path, agreement in content.agreements:
        yield from (Place(path, source) for source in agreement.sources.values())
    for entry in content.base.entries.values():
        yield from (Place(content.path(entry), source) for source in entry.sources)
    yield from (Place(content.glossary, term.source, line) for line, term in content.terms)


def implausible(content: Content) -> Iterator[Fault]:
    """An address that cannot be right, of a source or in an answer."""
    for place in sources(content):
        if place.source.url and (why := wrong_with(place.source.url)):
            yield place.fault(content, f"{place.source.url} {why}")
    for entry in content.base.entries.values():
        for address in _LINK.findall(entry.body):
            if why := wrong_with(address):
                yield content.at_words(content.path(entry), address, f"{address} {why}")


def wrong_with(address: str) -> str:
    """Why an address cannot be right, and what to do; empty when it can be."""
    if re.search(r"\s", address):
        return "has a space in it; copy the address again"
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or "." not in parts.netloc.strip("."):
        return "is not a whole address; begin with https:// and a site's name"
    if parts.scheme == "http" and f".{parts.hostname}".endswith(".gov.uk"):
        return "is a government site, which has https; write https://"
    if address[-1] in _TRAILING or address.count(")") > address.count("("):
        return "ends in a mark of the sentence around it; take that away"
    return ""
