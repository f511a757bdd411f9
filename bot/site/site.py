"""What every page is made from: the base, the day, the words and the addresses; and how facts read on any of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.knowledge.asof import day_in_words
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.compose import Composer, add_months
from bot.knowledge.facts import Speaker
from bot.knowledge.records import Agreement, AllowedFact, DateFact, Entry, Fact, LevyFact, ListFact, Source, TermFact
from bot.knowledge.reply import Reply
from bot.knowledge.status import status
from bot.knowledge.words import Words
from bot.site.addresses import Addresses

FIELDS = (
    "starts ends direct_award further_competition how_to_buy term who_can_use not_for levy value replaces replaced_by"
).split()


@dataclass(frozen=True)
class Site:
    """The site of one base on one day."""

    base: KnowledgeBase
    on: date
    words: Words
    addresses: Addresses

    def say(self, sentence: str, /, **values: object) -> str:
        """A sentence of `site.toml`."""
        return self.words.say(sentence, **values)

    @property
    def day(self) -> str:
        return day_in_words(self.on)

    @property
    def unknown(self) -> str:
        """What stands where no source says."""
        return capital(self.base.words.say("outcomes.not_known"))

    def label(self, field: str) -> str:
        """A field of an agreement by name: "Whether you can direct award"."""
        name = "overview" if field == "summary" else field
        return capital(self.base.words.sentences.get(f"fields.{name}", name.replace("_", " ")))

    def state(self, agreement: Agreement) -> str:
        """Where an agreement stands on the day, in a word or two."""
        return self.say(f"states.{status(agreement, self.on).state}")

    def standing(self, agreement: Agreement) -> Reply:
        """What the bot says when asked whether an agreement is open, with all that must be said with it."""
        return Composer(self.base).facts([Speaker(self.base, self.on).say("status", agreement)], self.on)

    def reply(self, entry: Entry) -> Reply:
        """What the bot says to an entry's question; an answer only within the entry's dates."""
        return Composer(self.base).entry(entry, self.on)

    def nations(self, nations: tuple[str, ...] | None) -> str:
        """Nations by name, or that they are not known."""
        return ", ".join(self.base.words.say(f"nations.{each}") for each in nations) if nations else self.unknown

    def entries_about(self, reference: str) -> list[Entry]:
        """The entries about an agreement."""
        return [entry for entry in self.base.entries.values() if reference in entry.agreements]

    def entries_on(self, topic: str) -> list[Entry]:
        """The entries of a topic, in the order of their questions."""
        found = [entry for entry in self.base.entries.values() if entry.topic == topic]
        return sorted(found, key=lambda entry: entry.question.casefold())

    def topics(self) -> list[str]:
        """The topics that have entries, in order."""
        return sorted({entry.topic for entry in self.base.entries.values()})

    def due(self, reviewed: date, months: int) -> tuple[date, bool]:
        """By when a record is to be checked again, and whether that day has passed."""
        day = add_months(reviewed, months)
        return day, self.on > day

    def dated(self, source: Source) -> str:
        """How a source is dated and how far it can be trusted: "as of 27 January 2026, official"."""
        when = f"as of {source.as_of}" if source.as_of.latest else "undated"
        return f"{when}, {self.say(f'grades.{source.grade}')}"

    def told(self, fact: Fact) -> Iterator[str]:
        """A fact in sentences, its note among them; its items and references stand apart."""
        match fact:
            case DateFact():
                yield f"{day_in_words(fact.on)}."
            case AllowedFact():
                yield f"{self.say(f'allowed.{fact.allowed}')}. {fact.text}"
            case TermFact(months=int()):
                yield f"{fact.months} months. {fact.text}"
            case LevyFact(percent=float()):
                yield f"{fact.percent:g}%. {fact.text}"
            case _ if not isinstance(fact, ListFact):
                yield from filter(None, [getattr(fact, "text", "")])
        yield from filter(None, [fact.note])

    def planned(self, fact: DateFact, agreement: Agreement) -> bool:
        """Whether the source of something dated is older than the date, and so tells only what was planned."""
        return agreement.source_of(fact).as_of.before(fact.on)


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]
