"""Where each record's page is in the folder, and how one page links to another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.knowledge.base import KnowledgeBase

HOME, A_TO_Z, TOPICS, AGREEMENTS = "index.html", "a-z.html", "topics.html", "agreements.html"
GLOSSARY, REVIEWED, SOURCES, STYLE = "glossary.html", "last-reviewed.html", "sources.html", "style.css"
GAPS = "gaps.html"
BASE, FAQ, LLMS = "base.json", "faq.jsonld", "llms.txt"


class Addresses:
    """Paths from the folder's top. They stay the same from one making to the next, and no two records share one."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._agreements = _names(base.agreements)
        self._terms = _names(dict.fromkeys(term.term.casefold() for term in base.terms))

    def agreement(self, reference: str) -> str:
        return f"agreements/{self._agreements[reference]}.html"

    def entry(self, slug: str) -> str:
        return f"entries/{slug}.html"

    def topic(self, slug: str) -> str:
        return f"topics/{slug}.html"

    def mark(self, term: str) -> str:
        """The id of a term within the glossary."""
        return f"term-{self._terms[term.casefold()]}"

    def term(self, term: str) -> str:
        return f"{GLOSSARY}#{self.mark(term)}"


def relative(here: str, there: str) -> str:
    """The way from one page to another; works from a disk as from the web."""
    return "../" * here.count("/") + there


def markdown_of(path: str) -> str:
    """The Markdown file next to a page."""
    return path.replace(".html", ".md")


def _names(texts: Iterable[str]) -> dict[str, str]:
    """A file name for each text; of two that would share one, the later in the alphabet gets a number."""
    taken: dict[str, str] = {}
    for text in sorted(texts):
        plain = name = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-") or "unnamed"
        number = 1
        while name in taken.values():
            number += 1
            name = f"{plain}-{number}"
        taken[text] = name
    return taken
