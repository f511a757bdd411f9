"""The whole site as text: which files there are. Nothing is written here, and nothing is asked but base and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.words import Words
from bot.site import addresses, agreement_pages, as_markdown, entry_pages, exports, gaps_page, glossary_page, list_pages
from bot.site.addresses import Addresses, markdown_of
from bot.site.site import Site

STYLE = Path(__file__).with_name(addresses.STYLE)


def pages(base: KnowledgeBase, on: date, words: Words) -> dict[str, str]:
    """Every file's text by its path in the folder, as it is on a day. `words` are those of `site.toml`."""
    site = Site(base, on, words, Addresses(base))
    return dict([*_lists(site), *_records(site), *_exports(site)])


def _lists(site: Site) -> Iterator[tuple[str, str]]:
    yield addresses.HOME, list_pages.home(site)
    yield addresses.A_TO_Z, list_pages.a_to_z(site)
    yield addresses.TOPICS, entry_pages.topics(site)
    yield addresses.AGREEMENTS, agreement_pages.index(site)
    yield addresses.GLOSSARY, glossary_page.glossary(site)
    yield addresses.GAPS, gaps_page.gaps(site)
    yield addresses.REVIEWED, list_pages.reviewed(site)
    yield addresses.SOURCES, list_pages.sources(site)
    yield addresses.STYLE, STYLE.read_text(encoding="utf-8")


def _records(site: Site) -> Iterator[tuple[str, str]]:
    for topic in site.topics():
        yield site.addresses.topic(topic), entry_pages.topic_page(site, topic)
    for agreement in site.base.agreements.values():
        path = site.addresses.agreement(agreement.reference)
        yield path, agreement_pages.agreement_page(site, agreement)
        yield markdown_of(path), as_markdown.agreement(site, agreement)
    for entry in site.base.entries.values():
        path = site.addresses.entry(entry.slug)
        yield path, entry_pages.entry_page(site, entry)
        yield markdown_of(path), as_markdown.entry(site, entry)
    yield markdown_of(addresses.GLOSSARY), as_markdown.glossary(site)
    yield markdown_of(addresses.GAPS), as_markdown.gaps(site)


def _exports(site: Site) -> Iterator[tuple[str, str]]:
    yield addresses.BASE, exports.base(site)
    yield addresses.FAQ, exports.faq(site)
    yield addresses.LLMS, exports.llms(site)
