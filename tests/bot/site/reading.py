"""A page as a program sees it: elements with their attributes, ids, links, headings and text."""

from __future__ import annotations

from html.parser import HTMLParser
from posixpath import dirname, join, normpath

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Reads one page, and notes an end that belongs to no beginning."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.headings: list[str] = []
        self.text = ""
        self.astray: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.astray += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.astray.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for _, attributes in self.elements if "href" in attributes]


def target(here: str, href: str) -> tuple[str, str]:
    """The file and the mark in it to which a link on a page leads."""
    path, _, mark = href.partition("#")
    return (normpath(join(dirname(here), path)) if path else here), mark


def is_outward(href: str) -> bool:
    return href.startswith(("http://", "https://"))
