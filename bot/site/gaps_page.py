"""How gaps are shown: one page of what people ask and nothing here answers yet, by topic."""

from __future__ import annotations

from itertools import groupby

from bot.knowledge.records import Entry, Gap
from bot.site import addresses
from bot.site.entry_pages import topic_name
from bot.site.layout import MENU, contents, link, page, section
from bot.site.markup import Markup, listed, tag, together
from bot.site.site import Site, capital

TITLE = dict(MENU)[addresses.GAPS]
BACK = tag("p", tag("a", "Back to the top", href="#main"))
ARTICLES = ("a ", "an ", "the ")


def near(site: Site, gap: Gap) -> list[Entry]:
    """The entries that help as far as they go; those that are not in the base are left out."""
    return [site.base.entries[slug] for slug in gap.near if slug in site.base.entries]


def by_topic(site: Site) -> list[tuple[str, list[Gap]]]:
    """The gaps of each topic together, topics and subjects in alphabetical order."""

    def key(gap: Gap) -> tuple[str, str]:
        return _topic(site, gap), _filed_under(gap.subject)

    found = sorted(site.base.gaps.values(), key=key)
    return [(topic, list(group)) for topic, group in groupby(found, lambda gap: _topic(site, gap))]


def _topic(site: Site, gap: Gap) -> str:
    """That of the nearest entry; of a gap with nothing near it, what its curator is called."""
    nearest = near(site, gap)
    return nearest[0].topic if nearest else gap.curator


def _filed_under(subject: str) -> str:
    """A subject without the article that it begins with, as an index has it."""
    plain = subject.casefold()
    article = next((each for each in ARTICLES if plain.startswith(each)), "")
    return plain.removeprefix(article)


def counted(gaps: int) -> str:
    """How many gaps, in words: "1,548 subjects"."""
    return f"{gaps:,} {'subject' if gaps == 1 else 'subjects'}"


def heading(topic: str, gaps: list[Gap]) -> str:
    """A topic with its number of gaps."""
    return f"{topic_name(topic)} ({counted(len(gaps))})"


def gaps(site: Site) -> str:
    """All gaps, each with what is nearest and who looks after it."""
    lead = tag("p", site.say("gaps.lead"), class_="lead")
    topics = [(f"topic-{topic}", heading(topic, held), held) for topic, held in by_topic(site)]
    marks = contents("Topics", ((mark, text) for mark, text, _ in topics)) if topics else ""
    parts = [section(mark, text, _items(site, held), BACK) for mark, text, held in topics]
    return page(site, addresses.GAPS, TITLE, lead, marks, *parts, about=site.say("gaps.about"))


def _items(site: Site, held: list[Gap]) -> Markup:
    return listed((_item(site, each) for each in held), class_="wide")


def _item(site: Site, gap: Gap) -> Markup:
    owner = site.say("gaps.owner", curator=site.base.curator_name(gap.curator))
    return together([capital(gap.subject), tag("p", _nearest(site, gap), " ", owner, class_="small")])


def _nearest(site: Site, gap: Gap) -> Markup:
    """Links to what is nearest, or that nothing is."""
    links = [link(addresses.GAPS, site.addresses.entry(each.slug), each.question) for each in near(site, gap)]
    said = site.say("gaps.near") if links else site.say("gaps.nothing_near")
    return together([said, *(part for each in links for part in (" ", each))])
