"""The ways in: the home page, everything from A to Z, when each record was last checked, and every source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from bot.knowledge.asof import day_in_words
from bot.knowledge.records import Entry, Grade, Source
from bot.site import addresses, gaps_page
from bot.site.addresses import relative
from bot.site.entry_pages import topic_line
from bot.site.glossary_page import grouped, letter_of
from bot.site.layout import contents, link, page, section, source_line
from bot.site.markup import Markup, listed, table, tag, together
from bot.site.prose import as_html
from bot.site.site import Site, capital


def home(site: Site) -> str:
    """What is here, how to ask the bot, and how to read what it says."""
    here, base = addresses.HOME, site.base
    ways = [
        (addresses.AGREEMENTS, f"{len(base.agreements)} agreements, with their status"),
        (addresses.TOPICS, f"{len(base.entries)} questions and answers, by topic"),
        (addresses.GLOSSARY, f"Glossary of {len(base.terms)} meanings"),
        (addresses.A_TO_Z, "Everything from A to Z"),
        (addresses.REVIEWED, "When each record was last reviewed"),
        (addresses.SOURCES, "All the sources"),
        (addresses.GAPS, f"{gaps_page.TITLE}: {gaps_page.counted(len(base.gaps))}"),
    ]
    return page(
        site,
        here,
        site.say("home.title"),
        tag("p", site.say("home.lead"), class_="lead"),
        section("here", "What is here", listed((link(here, *way) for way in ways), class_="wide")),
        section("topics", "Topics", listed((topic_line(site, here, each) for each in site.topics()), class_="wide")),
        section("ask", "How to ask the bot", _written(site, "ask")),
        section("examples", "Questions to begin with", _written(site, "examples")),
        section("reading", "How to read these pages", _written(site, "reading")),
        section("exports", "For your own tools", _written(site, "exports"), _exports(here)),
    )


def _written(site: Site, name: str) -> Markup:
    return as_html(site.words.sentences[f"home.{name}"])


def _exports(here: str) -> Markup:
    files = [
        (addresses.BASE, "The whole base as JSON"),
        (addresses.FAQ, "Questions and answers as schema.org FAQPage (JSON-LD)"),
        (addresses.LLMS, "Contents for language models (llms.txt)"),
        (addresses.markdown_of(addresses.GLOSSARY), "The glossary as Markdown"),
        (addresses.markdown_of(addresses.GAPS), f"{gaps_page.TITLE}, as Markdown"),
    ]
    return listed(tag("a", text, href=relative(here, there)) for there, text in files)


class Item(NamedTuple):
    """Something that is filed under a word: where it is, and what a reader sees."""

    word: str
    there: str
    text: str


def a_to_z(site: Site) -> str:
    """Agreements by name, entries by subject and words, in one alphabet."""
    items = sorted(_items(site), key=lambda each: (letter_of(each.word), each.word.casefold(), each.text))
    letters = [(letter, list(group)) for letter, group in groupby(items, lambda each: letter_of(each.word))]
    parts = [section(f"letter-{letter}", letter, _filed(group)) for letter, group in letters]
    marks = contents("Letters", ((f"letter-{letter}", letter) for letter, _ in letters))
    lead = tag("p", site.say("lists.a_to_z"), class_="lead")
    return page(site, addresses.A_TO_Z, "A to Z", lead, marks, *parts)


def _filed(items: list[Item]) -> Markup:
    return listed(link(addresses.A_TO_Z, each.there, each.text) for each in items)


def _items(site: Site) -> Iterator[Item]:
    for agreement in site.base.agreements.values():
        text = f"{agreement.name} ({agreement.reference}): agreement"
        yield Item(agreement.name, site.addresses.agreement(agreement.reference), text)
    spelled = {term.term.casefold(): term.term for term in site.base.terms if not term.term.istitle()}
    for entry in site.base.entries.values():
        word = subject(entry, spelled)
        yield Item(word, site.addresses.entry(entry.slug), f"{word}: {entry.question}")
    for meanings in grouped(site):
        first = meanings[0]
        long = {term.stands_for for term in meanings if term.stands_for}
        text = f"{first.term} ({' or '.join(sorted(long))}): meaning" if long else f"{first.term}: meaning"
        yield Item(first.term, site.addresses.term(first.term), text)


def subject(entry: Entry, spelled: dict[str, str]) -> str:
    """What an entry is about: its name in words, with acronyms spelled as the glossary spells them."""
    words = entry.slug.replace("g-cloud", "G_Cloud").split("-")
    return capital(" ".join(spelled.get(word, word) for word in words)).replace("_", "-")


class Checked(NamedTuple):
    """A record with the day by which it is to be checked again."""

    due: date
    overdue: bool
    there: str
    text: str
    owner: str
    reviewed: date


def reviewed(site: Site) -> str:
    """Every record with its owner and the day of its last review."""
    kinds = (("Agreements", _agreements(site)), ("Entries", _entries(site)), ("Glossary", _terms(site)))
    parts = [section(name.lower(), name, _checked(site, name, sorted(found))) for name, found in kinds]
    marks = contents("Records", ((name.lower(), name) for name, _ in kinds))
    lead = tag("p", site.say("lists.reviewed"), class_="lead")
    return page(site, addresses.REVIEWED, "Last reviewed", lead, marks, *parts)


def _agreements(site: Site) -> Iterator[Checked]:
    for one in site.base.agreements.values():
        owner = site.base.curator_name(one.curator)
        due = site.due(one.reviewed, one.review_months)
        yield Checked(*due, site.addresses.agreement(one.reference), one.name, owner, one.reviewed)


def _entries(site: Site) -> Iterator[Checked]:
    for one in site.base.entries.values():
        owner = site.base.curator_name(one.curator)
        due = site.due(one.reviewed, one.review_months)
        yield Checked(*due, site.addresses.entry(one.slug), one.question, owner, one.reviewed)


def _terms(site: Site) -> Iterator[Checked]:
    for one in site.base.terms:
        owner = site.base.curator_name(one.curator)
        due = site.due(one.reviewed, one.review_months)
        text = f"{one.term} ({one.context})" if one.context else one.term
        yield Checked(*due, site.addresses.term(one.term), text, owner, one.reviewed)


def _checked(site: Site, name: str, found: list[Checked]) -> Markup:
    rows = [
        (
            link(addresses.REVIEWED, each.there, each.text),
            each.owner,
            day_in_words(each.reviewed),
            f"{day_in_words(each.due)}{' (overdue)' if each.overdue else ''}",
        )
        for each in found
    ]
    heads = ("Record", "Owner", "Last reviewed", "To be checked again by")
    return table(f"{name}, as of {site.day}", heads, rows) if rows else Markup()


def sources(site: Site) -> str:
    """Every source once, the most trustworthy kind first, with the records that use it."""
    used: dict[Source, dict[str, str]] = {}
    for source, there, text in _uses(site):
        used.setdefault(source.model_copy(update={"section": ""}), {})[there] = text
    held = [grade for grade in Grade if any(source.grade is grade for source in used)]
    names = [(f"grade-{grade.replace(' ', '-')}", capital(site.say(f"grades.{grade}"))) for grade in held]
    parts = [
        section(name, heading, _of_grade(site, grade, used)) for grade, (name, heading) in zip(held, names, strict=True)
    ]
    lead = tag("p", site.say("lists.sources"), class_="lead")
    return page(site, addresses.SOURCES, "Sources", lead, contents("Kinds of source", names), *parts)


def _uses(site: Site) -> Iterator[tuple[Source, str, str]]:
    for agreement in site.base.agreements.values():
        there = site.addresses.agreement(agreement.reference)
        yield from ((source, there, agreement.name) for source in agreement.sources.values())
    for entry in site.base.entries.values():
        there = site.addresses.entry(entry.slug)
        yield from ((source, there, entry.question) for source in entry.sources)
    yield from ((term.source, site.addresses.term(term.term), f"Glossary: {term.term}") for term in site.base.terms)


def _of_grade(site: Site, grade: Grade, used: dict[Source, dict[str, str]]) -> Markup:
    found = sorted((each for each in used if each.grade is grade), key=lambda each: (each.title.casefold(), str(each)))
    return listed((_used(site, source, used[source]) for source in found), class_="wide")


def _used(site: Site, source: Source, by: dict[str, str]) -> Markup:
    records = listed(link(addresses.SOURCES, there, text) for there, text in by.items())
    count = f"Used by {len(by)} {'record' if len(by) == 1 else 'records'}"
    return together([source_line(site, source), tag("details", tag("summary", count), records)])
