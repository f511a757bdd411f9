"""Our small Markdown: paragraphs, lists, bold and http links. Everything else in it is text and stays so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from bot.knowledge.records import ADDRESS
from bot.site.markup import Markup, listed, outward, tag, together

_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<text>[^\]]+)\]\((?P<address>[^)\s]+)\)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def as_html(text: str) -> Markup:
    """Paragraphs and lists."""
    return together(_blocks(text))


def _blocks(text: str) -> Iterator[Markup]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.split("\n")]
        for is_list, group in groupby(lines, key=lambda line: line.startswith("- ")):
            if is_list:
                yield listed(inline(line.removeprefix("- ")) for line in group)
            else:
                yield tag("p", inline(" ".join(group)))


def inline(text: str) -> Markup:
    """Bold and links within a line."""
    return together(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for found in _INLINE.finditer(text):
        yield text[at : found.start()]
        yield tag("strong", inline(found["bold"])) if found["bold"] else outward(found["text"], found["address"])
        at = found.end()
    yield text[at:]


def as_markdown(text: str) -> str:
    """The same for a Markdown file: no HTML in it is HTML, and a link that is not http is only its text."""
    return _INLINE.sub(_kept, text).replace("<", r"\<")


def _kept(found: re.Match[str]) -> str:
    is_link = found["address"] is not None and not re.fullmatch(ADDRESS, found["address"])
    return found["text"] if is_link else found[0]


def literal(text: str) -> str:
    """Plain text for a Markdown file, so that nothing in it is taken for Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
