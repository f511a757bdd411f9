"""The base for programs: one JSON file, schema.org's FAQPage, llms.txt. The shapes are a promise (docs/running.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any

from bot.knowledge.asof import Dated
from bot.knowledge.records import Agreement, Entry, Gap, Record, Source
from bot.knowledge.reply import Outcome
from bot.knowledge.status import status
from bot.site import addresses, gaps_page
from bot.site.addresses import markdown_of
from bot.site.entry_pages import topic_name
from bot.site.prose import as_html, literal
from bot.site.site import Site


def base(site: Site) -> str:
    """Every record with its keys as in the files, unknown as null, and what was worked out for the day."""
    return _written(
        {
            "made_on": site.on.isoformat(),
            "agreements": [_agreement(site, each) for each in site.base.agreements.values()],
            "entries": [_entry(site, each) for each in site.base.entries.values()],
            "gaps": [_gap(each) for each in site.base.gaps.values()],
            "terms": [plain(each) for each in site.base.terms],
            "curators": [plain(each) for each in site.base.curators.values()],
        }
    )


def _agreement(site: Site, one: Agreement) -> dict[str, Any]:
    found = status(one, site.on)
    said = site.standing(one)
    worked_out = {"on": site.on.isoformat(), "state": str(found.state), "is_open": found.is_open, "text": said.lead}
    page = site.addresses.agreement(one.reference)
    return {**plain(one), "status": worked_out | {"caveats": list(said.caveats)}, "page": page}


def _entry(site: Site, one: Entry) -> dict[str, Any]:
    """An entry outside its dates keeps its text here, with the word that it is not given as an answer."""
    reply = site.reply(one)
    in_force = reply.outcome is Outcome.ANSWER
    page = site.addresses.entry(one.slug)
    return {**plain(one), "in_force": in_force, "caveats": list(reply.caveats), "page": page}


def _gap(one: Gap) -> dict[str, Any]:
    """A gap without the ways of asking for it: they are for finding, and there are thousands."""
    return {name: plain(each) for name, each in one if name != "asked"} | {"page": addresses.GAPS}


def plain(value: Any) -> Any:
    """A value as JSON knows it: dates as 2026-01-27, as exact as their source."""
    if isinstance(value, Record):
        return {name: plain(each) for name, each in value}
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Dated):
        return value.iso
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def faq(site: Site) -> str:
    """The entries that hold on the day, as schema.org has it. No status: a copy of it would go stale unseen."""
    return _written(
        {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "name": site.say("home.title"),
            "description": site.say("site.about"),
            "inLanguage": "en-GB",
            "dateModified": site.on.isoformat(),
            "mainEntity": [_question(site, each) for each in site.base.entries.values() if _holds(site, each)],
        }
    )


def _holds(site: Site, entry: Entry) -> bool:
    return site.reply(entry).outcome is Outcome.ANSWER


def _question(site: Site, entry: Entry) -> dict[str, Any]:
    reply = site.reply(entry)
    text = "\n\n".join([entry.body, *reply.caveats, f"Applies to: {reply.applies_to}."])
    answer = {"@type": "Answer", "text": as_html(text), "citation": [_work(source) for source in entry.sources]}
    page = site.addresses.entry(entry.slug)
    return {"@type": "Question", "name": entry.question, "url": page, "acceptedAnswer": answer}


def _work(source: Source) -> dict[str, Any]:
    work = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
    }
    dated = {"dateModified": source.as_of.iso} if source.as_of.latest else {}
    return work | dated | ({"url": source.url} if source.url else {})


def _written(value: Any) -> str:
    """JSON that may stand inside HTML too, because nothing in it ends a script."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c") + "\n"


def llms(site: Site) -> str:
    """A title, a summary, and lists of links with a note, as llmstxt.org has it."""
    made = f"{site.say('site.made', on=site.day)} {site.say('site.advice')}"
    parts = [f"# {literal(site.say('site.name'))}", f"> {literal(site.say('site.about'))}", literal(made)]
    parts += [literal(line.removeprefix("- ").replace("**", "")) for line in _reading(site)]
    parts += ["\n".join([f"## {literal(heading)}\n", *lines]) for heading, lines in _lists(site) if lines]
    return "\n\n".join(parts) + "\n"


def _reading(site: Site) -> list[str]:
    return [line for line in site.words.sentences["home.reading"].strip().split("\n") if line.startswith("- ")]


def _lists(site: Site) -> Iterator[tuple[str, list[str]]]:
    found = sorted(site.base.agreements.values(), key=lambda each: each.name.casefold())
    yield "Agreements", [_agreement_line(site, each) for each in found]
    for topic in site.topics():
        yield topic_name(topic), [_entry_line(site, each) for each in site.entries_on(topic)]
    words = f"{len(site.base.terms)} meanings of words and acronyms"
    yield "Glossary", [_line("Glossary", markdown_of(addresses.GLOSSARY), words)]
    yield gaps_page.TITLE, [_gaps_line(site, topic, held) for topic, held in gaps_page.by_topic(site)]
    yield (
        "Optional",
        [
            _line("The whole base", addresses.BASE, "every record as JSON"),
            _line("Questions and answers", addresses.FAQ, "schema.org FAQPage"),
        ],
    )


def _agreement_line(site: Site, one: Agreement) -> str:
    page = markdown_of(site.addresses.agreement(one.reference))
    return _line(
        f"{one.name} ({one.reference})", page, f"{one.summary.text} Status on {site.day}: {site.state(one).lower()}."
    )


def _entry_line(site: Site, one: Entry) -> str:
    return _line(one.question, markdown_of(site.addresses.entry(one.slug)), site.reply(one).lead)


def _gaps_line(site: Site, topic: str, held: list[Gap]) -> str:
    """How many gaps a topic has, and who looks after them; each stands in the file."""
    owners = sorted({site.base.curator_name(each.curator) for each in held})
    said = site.say("gaps.topic", curators=", ".join(owners))
    return _line(gaps_page.heading(topic, held), markdown_of(addresses.GAPS), said)


def _line(name: str, there: str, note: str) -> str:
    return f"- [{literal(name)}]({there}): {literal(note)}"
