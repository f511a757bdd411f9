"""How records become replies: an entry, a term, one or more facts about agreements, two agreements side by side."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.knowledge.asof import day_in_words
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.facts import Said, Speaker, shaky
from bot.knowledge.records import Agreement, Entry, Gap, Grade, Nation, Source, Term
from bot.knowledge.reply import Outcome, Reply, Suggestion
from bot.knowledge.search import Finding
from bot.knowledge.status import status

COMPARED = (
    "status",
    "starts",
    "ends",
    "direct_award",
    "further_competition",
    "term",
    "lots",
    "who_can_use",
    "not_for",
    "regime",
)
LABEL = 75  # Slack's limit on the words of a button
RELATED = 3


@dataclass(frozen=True)
class Composer:
    """Makes replies from the records of one base."""

    base: KnowledgeBase

    def entry(self, entry: Entry, on: date) -> Reply:
        """The reply of an entry; outside its dates it is not given as an answer."""
        words = self.base.words
        if entry.expires_on and on > entry.expires_on:
            return self._withheld(entry, words.say("outcomes.expired", until=day_in_words(entry.expires_on)))
        if entry.effective_from and on < entry.effective_from:
            return self._withheld(entry, words.say("outcomes.not_yet", since=day_in_words(entry.effective_from)))
        lead, _, rest = entry.body.partition("\n\n")
        return Reply(
            outcome=Outcome.ANSWER,
            lead=lead,
            lines=tuple(rest.split("\n")) if rest else (),
            caveats=tuple(self._entry_caveats(entry, on)),
            sources=entry.sources,
            applies_to=self.applies(entry),
            owner=self.base.curator_name(entry.curator),
            reviewed=entry.reviewed,
            entries=(entry.slug,),
            agreements=entry.agreements,
            suggestions=tuple(self.of_entries(entry.related)[:RELATED]),
            revision=entry.revision,
        )

    def _withheld(self, entry: Entry, why: str) -> Reply:
        return Reply(Outcome.DONT_KNOW, why, owner=self.base.curator_name(entry.curator), entries=(entry.slug,))

    def _entry_caveats(self, entry: Entry, on: date) -> Iterable[str]:
        words = self.base.words
        if entry.assumption:
            yield words.say("caveats.assumption", assumption=entry.assumption)
        grades = {source.grade for source in entry.sources}
        if grades <= {Grade.PRESS, Grade.THIRD_PARTY}:
            yield self._grade(Grade.THIRD_PARTY if Grade.THIRD_PARTY in grades else Grade.PRESS)
        yield from self._overdue(entry.reviewed, entry.review_months, on)

    def _overdue(self, reviewed: date, months: int, on: date) -> Iterable[str]:
        due = add_months(reviewed, months)
        if on > due:
            yield self.base.words.say("caveats.overdue", due=day_in_words(due))

    def _grade(self, grade: Grade) -> str:
        return self.base.words.say("caveats.grade", grade=self.base.words.say(f"grades.{grade}"))

    def applies(self, entry: Entry) -> str:
        """For whom an entry is binding and where, in one line."""
        words = self.base.words
        duties: dict[str, list[str]] = {}
        for who, duty in entry.applies_to:
            duties.setdefault(duty, []).append(words.say(f"applies.{who}"))
        order = [duty for duty in ("must", "should", "may", "no") if duty in duties]
        parts = [words.say(f"applies.{duty}", who=listed(duties[duty])) for duty in order]
        return "; ".join([*parts, self.nations(entry.nations)])

    def nations(self, nations: Sequence[Nation]) -> str:
        """Nations by name, in a list as people say it."""
        return listed([self.base.words.say(f"nations.{nation}") for nation in nations])

    def facts(self, said: Sequence[Said], on: date, suggestions: Sequence[Suggestion] = ()) -> Reply:
        """The reply made from one or more things said about agreements."""
        if not any(each.known for each in said):
            return self._not_known(said, suggestions)
        first = said[0]
        lines = [*first.lines, *(line for each in said[1:] for line in ("", each.lead, *each.lines))]
        caveats = [caveat for each in said for caveat in self._fact_caveats(each, on)]
        return Reply(
            outcome=Outcome.ANSWER,
            lead=first.lead,
            lines=tuple(dict.fromkeys(lines)) if len(said) == 1 else tuple(lines),
            caveats=tuple(dict.fromkeys(caveats)),
            sources=_sources(said),
            applies_to=self._users(first.agreement),
            owner=self.base.curator_name(first.agreement.curator),
            reviewed=min(each.agreement.reviewed for each in said),
            agreements=tuple(dict.fromkeys(each.agreement.reference for each in said)),
            suggestions=tuple(suggestions),
            revision=revision(first.agreement),
        )

    def _not_known(self, said: Sequence[Said], suggestions: Sequence[Suggestion]) -> Reply:
        """Nothing that was asked is known: said so, with who looks after it."""
        owner = self.base.curator_name(said[0].agreement.curator)
        return Reply(
            Outcome.DONT_KNOW,
            " ".join(each.lead for each in said),
            lines=(self.base.words.say("outcomes.dont_know_who", curator=owner),),
            owner=owner,
            agreements=tuple(each.agreement.reference for each in said),
            suggestions=tuple(suggestions),
        )

    def _fact_caveats(self, said: Said, on: date) -> Iterable[str]:
        yield from said.caveats
        for grade, fields in shaky(said).items():
            named = listed([self.base.words.say(f"fields.{field}") for field in dict.fromkeys(fields)])
            why = self.base.words.say(f"grades.{grade}")
            yield self.base.words.say("caveats.fact_grade", fields=named, grade=why)
        yield from self._overdue(said.agreement.reviewed, said.agreement.review_months, on)

    def _users(self, agreement: Agreement) -> str:
        users = agreement.who_can_use.text if agreement.who_can_use else self.base.words.say("outcomes.not_known")
        return users.rstrip(".")

    def compare(self, one: Agreement, other: Agreement, on: date) -> Reply:
        """Two agreements side by side, field by field, unknown printed as unknown."""
        words, speaker = self.base.words, Speaker(self.base, on)
        lines = []
        for field in COMPARED:
            label = words.say(f"fields.{field}")
            lines.append(f"**{label[:1].upper()}{label[1:]}**")
            lines += [f"- {each.name}: {self._cell(field, each, on)}" for each in (one, other)]
        said = [speaker.say("overview", each) for each in (one, other)]
        reply = self.facts(said, on)
        lead = words.say("outcomes.compare", one=one.name, other=other.name)
        return replace(reply, lead=lead, lines=tuple(lines), applies_to="")

    def _cell(self, field: str, agreement: Agreement, on: date) -> str:
        words = self.base.words
        if field == "status":
            return status(agreement, on).state.replace("_", " ")
        if field == "regime":
            return words.say("outcomes.not_known" if agreement.regime == "unknown" else f"laws.{agreement.regime}")
        if field == "lots":
            return "; ".join(f"{lot.number} {lot.name}" for lot in agreement.lots) or words.say("outcomes.not_known")
        fact = getattr(agreement, field)
        return fact_text(fact) if fact else words.say("outcomes.not_known")

    def terms(self, found: Sequence[Term]) -> Reply:
        """The meaning of a term; of an ambiguous one every meaning, each with its context."""
        words, first = self.base.words, found[0]
        said = [self._meaning(term, alone=len(found) == 1) for term in found]
        many = words.say("facts.meanings", term=first.term, count=len(found))
        return Reply(
            outcome=Outcome.ANSWER,
            lead=said[0] if len(said) == 1 else many,
            lines=() if len(said) == 1 else tuple(f"- {each}" for each in said),
            caveats=tuple(
                self._grade(t.source.grade) for t in found if t.source.grade in (Grade.PRESS, Grade.THIRD_PARTY)
            )[:1],
            sources=tuple(dict.fromkeys(term.source for term in found)),
            owner=self.base.curator_name(first.curator),
            reviewed=first.reviewed,
        )

    def _meaning(self, term: Term, *, alone: bool) -> str:
        name = "term_meaning" if term.stands_for else "term_meaning_short"
        if term.context and not alone:
            name = "term_in_context"
        return self.base.words.say(
            f"facts.{name}",
            term=term.term,
            stands_for=term.stands_for or term.term,
            meaning=term.meaning,
            context=term.context,
        )

    def with_near(self, reply: Reply, finding: Finding) -> Reply:
        """An entry without related entries of its own gets the next matches."""
        if reply.suggestions or reply.outcome is not Outcome.ANSWER:
            return reply
        others = [match.name for match in finding.matches[1:] if match.kind == "entry" and match.coverage > 0.5]
        return replace(reply, suggestions=tuple(self.of_entries(others)[:2]))

    def gap(self, gap: Gap, nearest: Sequence[str]) -> Reply:
        """What is known not to be here: said so, with the nearest that is, and whose subject it is."""
        owner = self.base.curator_name(gap.curator)
        words, near = self.base.words, tuple(dict.fromkeys((*gap.near, *nearest)))[:RELATED]
        return Reply(
            Outcome.DONT_KNOW,
            words.say("outcomes.gap", subject=gap.subject),
            lines=(words.say("outcomes.dont_know_who", curator=owner),),
            suggestions=tuple(self.of_entries(near)),
            owner=owner,
        )

    def dont_know(self, best: Entry | None = None) -> Reply:
        """Nothing answers; the nearest entry tells at least whose subject it is."""
        owner = self.base.curator_name(best.curator) if best else ""
        who = (self.base.words.say("outcomes.dont_know_who", curator=owner),) if owner else ()
        return Reply(Outcome.DONT_KNOW, self.base.words.say("outcomes.dont_know"), lines=who, owner=owner)

    def of_entries(self, slugs: Iterable[str]) -> list[Suggestion]:
        """Entries as things to ask next."""
        known = [self.base.entries[slug] for slug in slugs if slug in self.base.entries]
        return [Suggestion(shortened(entry.question), f"entry:{entry.slug}") for entry in known]

    def of_agreement(self, agreement: Agreement, field: str = "overview") -> Suggestion:
        """A field of an agreement as a thing to ask next."""
        name = agreement.name if field == "overview" else f"{agreement.name}: {self.base.words.say(f'fields.{field}')}"
        return Suggestion(shortened(name), f"agreement:{agreement.reference}:{field}")


def fact_text(fact: object) -> str:
    """A fact in a cell of a table."""
    if on := getattr(fact, "on", None):
        return day_in_words(on)
    return str(getattr(fact, "text", "") or "; ".join(getattr(fact, "items", ())))


def revision(agreement: Agreement) -> str:
    """The review date of an agreement's record: what its replies were made from."""
    return agreement.reviewed.isoformat()


def listed(names: Sequence[str]) -> str:
    """Names as people say a list: "one, two and three"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def shortened(text: str) -> str:
    """Text cut to the length of a button, at a word."""
    return text if len(text) <= LABEL else text[: LABEL - 1].rsplit(" ", 1)[0] + "…"


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _sources(said: Sequence[Said]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for each in said for source in each.sources))
