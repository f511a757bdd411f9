"""How entries are shown: the list of topics, a page for each topic, and a page for each entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from bot.knowledge.asof import day_in_words
from bot.knowledge.records import Entry
from bot.knowledge.reply import Outcome
from bot.site import addresses
from bot.site.layout import contents, link, page, section, source_line
from bot.site.markup import Markup, described, listed, table, tag, together
from bot.site.prose import as_html
from bot.site.site import Site, capital

ABOVE = ((addresses.TOPICS, "Topics"),)
STAGES = get_args(Entry.model_fields["stage"].annotation)


def topic_name(topic: str) -> str:
    """A topic as people write it: the folder's name in words."""
    return capital(topic.replace("-", " "))


def topics(site: Site) -> str:
    """The subjects, with what each is about."""
    items = [topic_line(site, addresses.TOPICS, topic) for topic in site.topics()]
    lead = tag("p", site.say("lists.topics"), class_="lead")
    return page(site, addresses.TOPICS, "Topics", lead, listed(items, class_="wide"))


def topic_line(site: Site, here: str, topic: str) -> Markup:
    """A topic with its number of entries, and a sentence on it where somebody has written one."""
    count = len(site.entries_on(topic))
    to = link(here, site.addresses.topic(topic), topic_name(topic))
    about = site.words.sentences.get(f"topics.{topic}", "")
    return together([to, f" ({count} {'entry' if count == 1 else 'entries'})", tag("p", about) if about else ""])


def topic_page(site: Site, topic: str) -> str:
    """The entries of a topic, stage by stage."""
    here = site.addresses.topic(topic)
    stages = {stage: [each for each in site.entries_on(topic) if each.stage == stage] for stage in STAGES}
    held = [stage for stage in STAGES if stages[stage]]
    names = [(f"stage-{stage}", site.say(f"stages.{stage}")) for stage in held]
    parts = [section(name, text, entry_links(site, here, stages[name[6:]])) for name, text in names]
    about = site.words.sentences.get(f"topics.{topic}", "")
    lead = tag("p", about, class_="lead") if about else ""
    return page(site, here, topic_name(topic), lead, contents("Stages", names), *parts, above=ABOVE, about=about)


def entry_links(site: Site, here: str, entries: list[Entry]) -> Markup:
    """Entries by their questions."""
    return listed((link(here, site.addresses.entry(each.slug), each.question) for each in entries), class_="wide")


def entry_page(site: Site, entry: Entry) -> str:
    """One question with its answer, and all that a reader needs to trust or doubt it."""
    here = site.addresses.entry(entry.slug)
    above = (*ABOVE, (site.addresses.topic(entry.topic), topic_name(entry.topic)))
    return page(site, here, entry.question, *_parts(site, here, entry), above=above, about=site.reply(entry).lead)


def _parts(site: Site, here: str, entry: Entry) -> Iterator[Markup]:
    yield _answer(site, entry)
    yield section("applies", "Whom it applies to", _duties(site, entry), described(where(site, entry)))
    yield section("sources", "Sources", listed(source_line(site, source) for source in entry.sources))
    yield section("agreements", "Agreements it is about", _agreements(site, here, entry))
    related = [site.base.entries[slug] for slug in entry.related if slug in site.base.entries]
    yield section("related", "Related questions", listed(_links(site, here, related)))
    yield section("record", "About this entry", described(record(site, entry)))
    summary = tag("summary", "Other ways in which people ask this")
    yield tag("details", summary, listed(entry.variants))


def _links(site: Site, here: str, entries: list[Entry]) -> Iterator[Markup]:
    return (link(here, site.addresses.entry(each.slug), each.question) for each in entries)


def _answer(site: Site, entry: Entry) -> Markup:
    """The answer; outside the entry's dates, why none is given."""
    reply = site.reply(entry)
    text = entry.body if reply.outcome is Outcome.ANSWER else reply.lead
    caveats = [tag("p", caveat) for caveat in reply.caveats]
    checks = tag("div", tag("p", tag("strong", "Check first")), *caveats, class_="inset") if caveats else ""
    return together([tag("div", as_html(text), class_="answer"), checks])


def duties(site: Site, entry: Entry) -> list[tuple[str, str]]:
    """For each kind of organisation whether it must, should or may; or that this is not known."""
    who = [(capital(site.base.words.say(f"applies.{name}")), duty) for name, duty in entry.applies_to]
    return [(name, site.say(f"duties.{duty}")) for name, duty in who]


def _duties(site: Site, entry: Entry) -> Markup:
    return table("By kind of organisation", ("Organisation", "Must, should or may"), duties(site, entry))


def where(site: Site, entry: Entry) -> list[tuple[str, str]]:
    """Where and under which law an entry holds."""
    dates = {"Applies from": entry.effective_from, "Holds until": entry.expires_on}
    return [
        ("Nations", site.nations(entry.nations)),
        ("Law", site.say(f"regimes.{entry.regime}")),
        *((name, day_in_words(day)) for name, day in dates.items() if day),
    ]


def record(site: Site, entry: Entry) -> list[tuple[str, str]]:
    """Who owns an entry and when it was checked."""
    due, overdue = site.due(entry.reviewed, entry.review_months)
    return [
        ("Owner", site.base.curator_name(entry.curator)),
        ("Last reviewed", day_in_words(entry.reviewed)),
        ("To be checked again by", f"{day_in_words(due)}{' (overdue)' if overdue else ''}"),
        ("Topic", topic_name(entry.topic)),
        ("Stage", site.say(f"stages.{entry.stage}")),
    ]


def _agreements(site: Site, here: str, entry: Entry) -> Markup:
    known = [site.base.agreements[each] for each in entry.agreements if each in site.base.agreements]
    return listed(
        together(
            [
                link(here, site.addresses.agreement(each.reference), f"{each.name} ({each.reference})"),
                f". Status on {site.day}: {site.state(each).lower()}",
            ]
        )
        for each in known
    )
