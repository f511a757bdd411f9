"""Records as Markdown files: the same facts, sources and doubts as on their pages, for programs that read text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import relpath

from bot.knowledge.asof import day_in_words
from bot.knowledge.records import Agreement, Entry, Fact, Gap, LinkFact, ListFact, Source, Term
from bot.knowledge.reply import Outcome
from bot.site import agreement_pages, entry_pages, gaps_page
from bot.site.addresses import markdown_of
from bot.site.glossary_page import grouped, others
from bot.site.prose import as_markdown, literal
from bot.site.site import FIELDS, Site, capital


def agreement(site: Site, one: Agreement) -> str:
    """An agreement: status, facts, lots, conflicts, dates, record."""
    standing = site.standing(one)
    status = [
        f"**Status on {site.day}: {site.state(one).lower()}.** {literal(standing.lead)}",
        *map(literal, standing.lines),
    ]
    return _whole(
        f"{one.name} ({one.reference})",
        *status,
        _list("Check first", map(literal, standing.caveats)),
        _list("Facts", (_field(site, one, field) for field in ("summary", *FIELDS))),
        _list("Lots", _lots(site, one)),
        _list("Where sources differ", (_fact(site, one, each, site.label(each.about)) for each in one.conflicts)),
        _list("What happened, and what was planned", _events(site, one)),
        _list("About this record", _pairs(agreement_pages.record(site, one))),
        _list("Sources", (_source(site, each) for each in one.sources.values())),
        _foot(site),
    )


def entry(site: Site, one: Entry) -> str:
    """An entry: answer, doubts, whom it applies to, sources, record."""
    reply = site.reply(one)
    related = [each for each in one.related if each in site.base.entries]
    return _whole(
        one.question,
        as_markdown(one.body) if reply.outcome is Outcome.ANSWER else literal(reply.lead),
        _list("Check first", map(literal, reply.caveats)),
        _list("Whom it applies to", _pairs([*entry_pages.duties(site, one), *entry_pages.where(site, one)])),
        _list("Sources", (_source(site, each) for each in one.sources)),
        _list("Agreements it is about", _agreements(site, one)),
        _list("Related questions", (f"[{literal(site.base.entries[each].question)}]({each}.md)" for each in related)),
        _list("About this entry", _pairs(entry_pages.record(site, one))),
        _list("Other ways in which people ask this", map(literal, one.variants)),
        _foot(site),
    )


def glossary(site: Site) -> str:
    """All words with their meanings."""
    words = [_list(meanings[0].term, (_meaning(site, each) for each in meanings)) for meanings in grouped(site)]
    return _whole("Glossary", *words, _foot(site))


def gaps(site: Site) -> str:
    """All gaps, by topic."""
    lead = literal(site.say("gaps.lead"))
    topics = [
        _list(gaps_page.heading(topic, held), (_gap(site, each) for each in held))
        for topic, held in gaps_page.by_topic(site)
    ]
    return _whole(gaps_page.TITLE, lead, *topics, _foot(site))


def _whole(title: str, *parts: str) -> str:
    return "\n\n".join(part for part in (f"# {literal(title)}", *parts) if part) + "\n"


def _list(heading: str, items: Iterable[str]) -> str:
    lines = [f"- {item}" for item in items]
    return "\n".join([f"## {literal(heading)}\n", *lines]) if lines else ""


def _pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"**{literal(name)}:** {literal(value)}" for name, value in pairs)


def _foot(site: Site) -> str:
    return "\n\n".join(["---", literal(site.say("site.made", on=site.day)), literal(site.say("site.advice"))])


def _source(site: Site, source: Source) -> str:
    title = f"[{literal(source.title)}](<{source.url}>)" if source.url else literal(source.title)
    section = f", {literal(source.section)}" if source.section else ""
    return f"{title} ({literal(source.publisher)}{section}, {literal(site.dated(source))})"


def _field(site: Site, one: Agreement, field: str) -> str:
    fact = getattr(one, field)
    return _fact(site, one, fact, site.label(field)) if fact else f"**{site.label(field)}:** {site.unknown}"


def _fact(site: Site, one: Agreement, fact: Fact, label: str) -> str:
    said = [literal(each) for each in site.told(fact)]
    if isinstance(fact, ListFact):
        said.insert(0, literal("; ".join(fact.items)))
    if isinstance(fact, LinkFact):
        here = site.addresses.agreement(one.reference)
        said.insert(0, "; ".join(_linked(site, here, each) for each in fact.references))
    return f"**{literal(label)}:** {' '.join(said)} {_from(site, one, fact)}"


def _from(site: Site, one: Agreement, fact: Fact) -> str:
    source = one.source_of(fact)
    return f"(Source: {literal(source.title)}, {literal(site.dated(source))})"


def _linked(site: Site, here: str, reference: str) -> str:
    other = site.base.agreements.get(reference)
    if not other:
        return literal(reference)
    there = relpath(markdown_of(site.addresses.agreement(reference)), here.rpartition("/")[0])
    return f"[{literal(other.name)} ({literal(reference)})]({there}): {site.state(other).lower()}"


def _lots(site: Site, one: Agreement) -> Iterator[str]:
    for lot in one.lots:
        allowed = site.say(f"allowed.{lot.direct_award}") if lot.direct_award else site.unknown
        yield f"{_fact(site, one, lot, f'Lot {lot.number}, {lot.name}')} {site.label('direct_award')}: {allowed}"
    if not one.lots:
        yield site.unknown


def _events(site: Site, one: Agreement) -> Iterator[str]:
    for event in sorted(one.events, key=lambda each: each.on):
        planned = " (Planned: the source is older than this day.)" if site.planned(event, one) else ""
        said = literal(f"{event.what}{planned} {event.note}")
        yield f"**{day_in_words(event.on)}:** {said} {_from(site, one, event)}"


def _agreements(site: Site, one: Entry) -> Iterator[str]:
    here = site.addresses.entry(one.slug)
    return (_linked(site, here, each) for each in one.agreements)


def _meaning(site: Site, term: Term) -> str:
    context = f"In {literal(term.context)}: " if term.context else ""
    stands_for = f"**{literal(capital(term.stands_for))}.** " if term.stands_for else ""
    said = f"{context}{stands_for}{literal(term.meaning)} {literal(''.join(others(term)))}".strip()
    return f"{said} Source: {_source(site, term.source)}. Last reviewed {day_in_words(term.reviewed)}."


def _gap(site: Site, gap: Gap) -> str:
    near = [(markdown_of(site.addresses.entry(each.slug)), each.question) for each in gaps_page.near(site, gap)]
    said = site.say("gaps.near") if near else site.say("gaps.nothing_near")
    links = " ".join(f"[{literal(question)}]({there})" for there, question in near)
    owner = site.say("gaps.owner", curator=site.base.curator_name(gap.curator))
    return f"**{literal(capital(gap.subject))}.** {' '.join(filter(None, [literal(said), links, literal(owner)]))}"
