"""How agreements are shown: a list by status, and a page each with every fact, its source, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.asof import day_in_words
from bot.knowledge.records import Agreement, DateFact, Fact, LinkFact, ListFact
from bot.knowledge.status import State, status
from bot.site import addresses
from bot.site.layout import contents, link, page, section, source_line
from bot.site.markup import Markup, described, listed, table, tag, together
from bot.site.prose import as_html, inline
from bot.site.site import FIELDS, Site

ABOVE = ((addresses.AGREEMENTS, "Agreements"),)


def index(site: Site) -> str:
    """All agreements, those that are open first."""
    here = addresses.AGREEMENTS
    groups = {state: _in_state(site, state) for state in State}
    held = [state for state in State if groups[state]]
    names = [(f"state-{state}", f"{site.say(f'states.{state}')} ({len(groups[state])})") for state in held]
    parts = [
        section(name, site.say(f"states.{state}"), _listing(site, here, state, groups[state]))
        for state, (name, _) in zip(held, names, strict=True)
    ]
    lead = tag("p", site.say("lists.agreements", on=site.day), class_="lead")
    return page(site, here, "Agreements", lead, contents("Statuses", names), *parts)


def _in_state(site: Site, state: State) -> list[Agreement]:
    found = [each for each in site.base.agreements.values() if status(each, site.on).state is state]
    return sorted(found, key=lambda each: each.name.casefold())


def _listing(site: Site, here: str, state: State, found: list[Agreement]) -> Markup:
    rows = [
        (
            link(here, site.addresses.agreement(each.reference), each.name),
            each.reference,
            each.run_by,
            _day(site, each.starts),
            _day(site, each.ends),
        )
        for each in found
    ]
    caption = f"Status on {site.day}: {site.say(f'states.{state}').lower()}"
    return table(caption, ("Agreement", "Reference", "Run by", "Starts", "Ends"), rows)


def _day(site: Site, fact: DateFact | None) -> str:
    return tag("span", day_in_words(fact.on), class_="day") if fact else site.unknown


def agreement_page(site: Site, agreement: Agreement) -> str:
    """All that is held on one agreement."""
    here = site.addresses.agreement(agreement.reference)
    one = _Shown(site, here, agreement)
    title = f"{agreement.name} ({agreement.reference})"
    return page(site, here, title, *one.parts(), above=ABOVE, about=agreement.summary.text)


class _Shown:
    """The parts of one agreement's page."""

    def __init__(self, site: Site, here: str, agreement: Agreement) -> None:
        self._site, self._here, self._agreement = site, here, agreement
        self._marks = {key: f"source-{at}" for at, key in enumerate(agreement.sources, start=1)}

    def parts(self) -> Iterator[Markup]:
        """From what matters most to where it all comes from."""
        yield self._standing()
        yield section("facts", "Facts", self._facts())
        yield section("lots", "Lots", self._lots())
        yield section("conflicts", "Where sources differ", self._conflicts())
        yield section("events", "What happened, and what was planned", self._events())
        yield section("questions", "Questions about this agreement", self._questions())
        yield section("family", "Others of this family", self._family())
        yield section("record", "About this record", self._record())
        yield section("sources", "Sources", self._sources())

    def _sources(self) -> Markup:
        sources = self._agreement.sources.items()
        return listed(tag("span", source_line(self._site, each), id=self._marks[key]) for key, each in sources)

    def _standing(self) -> Markup:
        said = self._site.standing(self._agreement)
        state = status(self._agreement, self._site.on).state
        label = tag("strong", self._site.state(self._agreement), class_=f"state {state.replace('_', '-')}")
        first = together([tag("p", f"Status on {self._site.day}: ", label), tag("p", said.lead, class_="lead")])
        caveats = [tag("p", caveat) for caveat in said.caveats]
        checks = tag("div", tag("p", tag("strong", "Check first")), *caveats, class_="inset") if caveats else Markup()
        return together([first, as_html("\n\n".join(said.lines)), checks])

    def _facts(self) -> Markup:
        rows = [self._row(field, getattr(self._agreement, field)) for field in ("summary", *FIELDS)]
        return table(f"What is known of {self._agreement.name}", ("Fact", "What is known", "Source"), rows)

    def _row(self, field: str, fact: Fact | None) -> tuple[str, str, str]:
        differs = any(each.about == field for each in self._agreement.conflicts)
        see = tag("p", tag("a", "Sources differ on this", href="#conflicts")) if differs else Markup()
        if fact is None:
            return self._site.label(field), together([self._unknown(), see]), "No source that we hold says."
        return self._site.label(field), together([*self._told(fact), see]), self._source(fact)

    def _unknown(self) -> Markup:
        return tag("span", self._site.unknown, class_="unknown")

    def _told(self, fact: Fact) -> Iterator[Markup]:
        if isinstance(fact, ListFact):
            yield listed(map(inline, fact.items))
        if isinstance(fact, LinkFact):
            yield listed(self._linked(reference) for reference in fact.references)
        yield from (tag("p", inline(each)) for each in self._site.told(fact))

    def _linked(self, reference: str) -> str:
        other = self._site.base.agreements.get(reference)
        if not other:
            return reference
        to = link(self._here, self._site.addresses.agreement(reference), f"{other.name} ({reference})")
        return together([to, f": {self._site.state(other).lower()}"])

    def _source(self, fact: Fact) -> Markup:
        source = self._agreement.source_of(fact)
        to = tag("a", source.title, href=f"#{self._marks[fact.source]}")
        return together([to, f" ({self._site.dated(source)})"])

    def _lots(self) -> Markup:
        if not self._agreement.lots:
            return tag("p", self._unknown())
        rows = [
            (
                f"Lot {lot.number}",
                together([tag("p", lot.name), *self._told(lot)]),
                self._site.say(f"allowed.{lot.direct_award}") if lot.direct_award else self._unknown(),
                self._source(lot),
            )
            for lot in self._agreement.lots
        ]
        heads = ("Lot", "Name", self._site.label("direct_award"), "Source")
        return table(f"Lots of {self._agreement.name}", heads, rows)

    def _conflicts(self) -> Markup:
        """Both are kept: what the fact's source says stands above, what another says stands here."""
        return listed(
            together([tag("strong", f"{self._site.label(each.about)}: "), *self._told(each), self._source(each)])
            for each in self._agreement.conflicts
        )

    def _events(self) -> Markup:
        rows = [
            (day_in_words(each.on), together([each.what, self._plan(each), *self._note(each)]), self._source(each))
            for each in sorted(self._agreement.events, key=lambda each: each.on)
        ]
        return table(f"Dates of {self._agreement.name}", ("Day", "What", "Source"), rows) if rows else Markup()

    def _plan(self, event: DateFact) -> str:
        return " (Planned: the source is older than this day.)" if self._site.planned(event, self._agreement) else ""

    def _note(self, fact: Fact) -> list[Markup]:
        return [tag("p", inline(fact.note))] if fact.note else []

    def _questions(self) -> Markup:
        return listed(
            link(self._here, self._site.addresses.entry(entry.slug), entry.question)
            for entry in self._site.entries_about(self._agreement.reference)
        )

    def _family(self) -> Markup:
        others = [each for each in self._site.base.family(self._agreement.family) if each is not self._agreement]
        return listed(self._linked(each.reference) for each in others)

    def _record(self) -> Markup:
        return described(record(self._site, self._agreement))


def record(site: Site, agreement: Agreement) -> list[tuple[str, str]]:
    """What is held of an agreement beside its facts. The sources are those of the whole record."""
    due, overdue = site.due(agreement.reviewed, agreement.review_months)
    return [
        ("Reference", agreement.reference),
        ("Also called", ", ".join(agreement.also_called) or site.unknown),
        ("Kind", site.say(f"kinds.{agreement.kind}")),
        ("Run by", agreement.run_by),
        ("Law it was set up under", site.say(f"regimes.{agreement.regime}")),
        ("Nations", site.nations(agreement.nations)),
        ("Owner", site.base.curator_name(agreement.curator)),
        ("Last reviewed", day_in_words(agreement.reviewed)),
        ("To be checked again by", f"{day_in_words(due)}{' (overdue)' if overdue else ''}"),
    ]
