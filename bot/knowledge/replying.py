"""How an enquiry becomes one of the five outcomes. Rules in order, each of which either replies or passes on.

Names of agreements come first, then what is not ours to answer, then facts, terms and entries by confidence. Nothing is
remembered from one enquiry to the next, so one subject never colours another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from bot.knowledge import tokens
from bot.knowledge.asking import Facet
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.compose import RELATED, Composer
from bot.knowledge.confidence import Band, Model, shipped
from bot.knowledge.entities import Named, Names, key_of
from bot.knowledge.facts import Speaker
from bot.knowledge.records import Agreement, Entry, Nation, Term
from bot.knowledge.reply import Outcome, Reply, Suggestion
from bot.knowledge.search import Finding, Index
from bot.knowledge.status import status
from bot.knowledge.synonyms import Synonyms

LONGEST = 600  # characters; a question is a sentence or two
SPARE_WORDS = 2  # how many words a fact may leave unanswered before it is only offered
NATION_WORDS: dict[str, Nation] = {
    "scotland": "scotland",
    "scottish": "scotland",
    "wales": "wales",
    "welsh": "wales",
    "northern ireland": "northern ireland",
    "northern irish": "northern ireland",
}
_MEANING = re.compile(
    r"^\W*(?:what(?:'?s| is| are| does| do)?|define|definition of|meaning of|explain|whats)\s+"
    r"(?:the\s+)?(?:meaning of\s+|definition of\s+)?(?:an?\s+|the\s+)?(.+?)"
    r"\s*(?:mean|means|stand for|stands for|in plain english|definition|acronym)?\W*$"
)
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[a-zA-Z]")


@dataclass(frozen=True)
class Asked:
    """One enquiry, read: its text, its stems, what it names and what the search finds."""

    text: str
    on: date
    stems: tuple[str, ...]
    named: Named
    facet: Facet | None
    left_over: tuple[str, ...]
    finding: Finding


class Replier:
    """Replies to enquiries from one base. Built once for a base; keeps nothing of what is asked."""

    def __init__(self, base: KnowledgeBase, model: Model | None = None) -> None:
        self.base = base
        self.compose = Composer(base)
        self._model = model or shipped()
        self._names = Names(base.agreements.values())
        self._index = Index(base.entries.values(), Synonyms(base.terms))
        self._exact = {
            plain(text): entry for entry in base.entries.values() for text in (*entry.variants, entry.question)
        }
        self._terms = _terms_by_name(base.terms)

    def reply(self, enquiry: str, on: date) -> Reply:
        """The reply to an enquiry on a day (in the United Kingdom). Never raises for anything typed."""
        if unfit := self._unfit(enquiry):
            return unfit
        asked = self._read(enquiry, on)
        return next(reply for rule in self._rules for reply in [rule(asked)] if reply)

    @cached_property
    def _rules(self) -> tuple[Callable[[Asked], Reply | None], ...]:
        return (
            self._exactly,
            self._refused,
            self._unheard,
            self._compared,
            self._about_agreements,
            self._about_family,
            self._confident_term,
            self._other_nation,
            self._by_confidence,
        )

    def open(self, target: str, on: date) -> Reply:
        """The reply behind a suggestion's button; a target that no longer exists gets *don't know*."""
        kind, _, name = target.partition(":")
        reference, _, field = name.partition(":")
        if kind == "entry" and (entry := self.base.entries.get(name)):
            return self.compose.entry(entry, on)
        if kind == "agreement" and (agreement := self.base.agreements.get(reference)):
            return self._facts([agreement], field if f"fields.{field}" in self.base.words.sentences else "overview", on)
        return self._dont_know(())

    def find(self, enquiry: str) -> Finding:
        """What the search alone finds among the entries, best first."""
        return self._index.find(enquiry)

    def _read(self, enquiry: str, on: date) -> Asked:
        named = self._names.find(enquiry)
        stems = tuple(tokens.stem(word) for word in tokens.words(enquiry) if word not in tokens.STOPPED | named.used)
        facet = self.base.asking.facet(stems)
        left_over = self.base.asking.left_over(_without_lots(stems, named), facet)
        return Asked(enquiry, on, stems, named, facet, tuple(left_over), self._index.find(enquiry))

    # Rules, in the order in which they are tried.

    def _unfit(self, enquiry: str) -> Reply | None:
        """Text that holds no question: empty, far too long, no letters, another script."""
        words, letters = self.base.words, _LETTER.findall(enquiry)
        if not enquiry.strip():
            return Reply(Outcome.CLARIFY, words.say("outcomes.empty"))
        if len(enquiry) > LONGEST:
            return Reply(Outcome.CLARIFY, words.say("outcomes.too_long"))
        if not tokens.words(enquiry):
            return Reply(Outcome.CLARIFY, words.say("outcomes.not_text"))
        if letters and len(_LATIN.findall(enquiry)) < len(letters) / 2:
            return Reply(Outcome.OUT_OF_SCOPE, words.say("outcomes.not_english"))
        return None

    def _exactly(self, asked: Asked) -> Reply | None:
        """The very words of an entry's question or variant."""
        entry = self._exact.get(plain(asked.text))
        return self.compose.entry(entry, asked.on) if entry else None

    def _refused(self, asked: Asked) -> Reply | None:
        """What is not ours to answer."""
        refusal = self.base.asking.refusal(asked.text)
        return Reply(Outcome.OUT_OF_SCOPE, refusal.reply) if refusal else None

    def _unheard(self, asked: Asked) -> Reply | None:
        """A reference or an iteration that the base does not hold: said so, never guessed."""
        if not asked.named.unheard or asked.named.agreements:
            return None
        named = asked.named.unheard[0]
        family = self._family_named(named)
        if not family:
            lead = self.base.words.say("outcomes.unheard_reference", named=named)
            return Reply(Outcome.DONT_KNOW, lead, owner=self.base.curator_name("frameworks"))
        newest = family[0]
        lead = self.base.words.say("outcomes.unheard_newest", named=named, newest=newest.name)
        suggestions = tuple(self.compose.of_agreement(each) for each in family[:RELATED])
        return Reply(Outcome.DONT_KNOW, lead, suggestions=suggestions, owner=self.base.curator_name(newest.curator))

    def _family_named(self, name: str) -> list[Agreement]:
        series = name.partition(".")[0] if "." in name else " ".join(key_of(name)[:-1])
        found = self._names.find(series)
        return self.base.family(found.families[0]) if found.families else []

    def _compared(self, asked: Asked) -> Reply | None:
        """Two agreements side by side."""
        if not self.base.asking.compares(asked.stems) or self._entry_fits(asked):
            return None
        found = [self.base.agreements[each] for each in asked.named.agreements]
        found += [current for family in asked.named.families for current in self._open_in(family, asked.on)[:1]]
        return self.compose.compare(found[0], found[1], asked.on) if len(found) == 2 else None

    def _about_agreements(self, asked: Asked) -> Reply | None:
        """A fact, or all there is, about agreements that are named."""
        found = [self.base.agreements[each] for each in asked.named.agreements]
        if not found:
            return None
        if len(found) > 1 and _one_name(found, asked.text):
            return self._which(found, asked)
        return self._fact_or_entry(found, asked)

    def _about_family(self, asked: Asked) -> Reply | None:
        """A family is named without an iteration: the one that is open, if there is just one."""
        if len(asked.named.families) != 1 or self._entry_fits(asked) or (asked.left_over and not asked.facet):
            return None
        family = asked.named.families[0]
        current = self._open_in(family, asked.on)
        if len(current) != 1:
            return self._which(self.base.family(family), asked)
        reply = self._fact_or_entry(current, asked)
        if reply.outcome is not Outcome.ANSWER or reply.entries:
            return reply
        taken = self.base.words.say("caveats.newest_taken", name=current[0].name)
        return replace(reply, caveats=(taken, *reply.caveats))

    def _confident_term(self, asked: Asked) -> Reply | None:
        """The meaning of a word or acronym, unless an entry is asked for in its own words."""
        found = _MEANING.match(tokens.tidy(asked.text).replace("’", "'"))
        terms = self._terms.get(plain(found.group(1)) if found else plain(asked.text)) or self._terms.get(
            plain(asked.text)
        )
        if not terms or (self._entry_fits(asked) and asked.finding.matches[0].likeness > 0.8):
            return None
        related = self.compose.of_entries(
            match.slug for match in asked.finding.matches[:RELATED] if match.coverage > 0.6
        )
        return replace(self.compose.terms(terms), suggestions=tuple(related))

    def _other_nation(self, asked: Asked) -> Reply | None:
        """A nation is named that the best entry does not cover."""
        text = f" {' '.join(tokens.words(asked.text))} "
        nation = next((nation for word, nation in NATION_WORDS.items() if f" {word} " in text), None)
        best = self._best(asked)
        if not nation or not best or nation in best.nations or self._model.band(asked.finding) is Band.REFUSE:
            return None
        covering = [entry for entry in self._found(asked) if nation in entry.nations][:RELATED]
        words = self.base.words
        lead = words.say(
            "outcomes.other_nation", nation=words.say(f"nations.{nation}"), nations=self.compose.nations(best.nations)
        )
        suggestions = tuple(self.compose.of_entries(entry.slug for entry in (*covering, best)))[:RELATED]
        return Reply(Outcome.DONT_KNOW, lead, suggestions=suggestions, owner=self.base.curator_name(best.curator))

    def _by_confidence(self, asked: Asked) -> Reply:
        """The best entry, the nearest few, or *don't know*, by confidence."""
        band, best = self._model.band(asked.finding), self._best(asked)
        if best and band is Band.ANSWER and not self._about_another(best, asked):
            return self._with_near(self.compose.entry(best, asked.on), asked)
        near = tuple(self.compose.of_entries(match.slug for match in asked.finding.matches[:RELATED]))
        if band is Band.REFUSE or not near:
            return self._dont_know(near if band is not Band.REFUSE else (), best)
        return Reply(Outcome.DID_YOU_MEAN, self.base.words.say("outcomes.did_you_mean"), suggestions=near)

    # What the rules share.

    def _fact_or_entry(self, found: list[Agreement], asked: Asked) -> Reply:
        """A fact when it answers all that was asked; an entry when that does; otherwise both are offered."""
        if asked.facet and not asked.left_over:
            return self._facts(found, asked.facet.name, asked.on, asked.named.lots)
        if not asked.left_over:
            return self._facts(found, "lots" if asked.named.lots else "overview", asked.on, asked.named.lots)
        best = self._best(asked)
        if best and self._entry_fits(asked) and not self._about_another(best, asked):
            return self._with_near(self.compose.entry(best, asked.on), asked)
        if asked.facet and asked.facet.name != "overview" and len(asked.left_over) <= SPARE_WORDS:
            return self._facts(found, asked.facet.name, asked.on, asked.named.lots)
        return self._offer(found, asked)

    def _offer(self, found: list[Agreement], asked: Asked) -> Reply:
        field = asked.facet.name if asked.facet else "overview"
        near = self.compose.of_entries(match.slug for match in asked.finding.matches[: RELATED - 1])
        offered = (*(self.compose.of_agreement(each, field) for each in found[:2]), *near)[:RELATED]
        return Reply(Outcome.DID_YOU_MEAN, self.base.words.say("outcomes.did_you_mean"), suggestions=offered)

    def _facts(self, found: list[Agreement], field: str, on: date, lots: list[str] | None = None) -> Reply:
        speaker = Speaker(self.base, on)
        said = [speaker.say(field, each, lots or ()) for each in found]
        return self.compose.facts(said, on, tuple(self._next(found[0], field)))

    def _next(self, agreement: Agreement, field: str) -> Iterator[Suggestion]:
        """What people ask next about an agreement, among what is known of it."""
        wanted = [each for each in ("status", "direct_award", "lots", "term", "replaced_by") if each != field]
        known = [each for each in wanted if each == "status" or getattr(agreement, each)]
        return (self.compose.of_agreement(agreement, each) for each in known[:RELATED])

    def _which(self, found: list[Agreement], asked: Asked) -> Reply:
        field = asked.facet.name if asked.facet else "overview"
        suggestions = tuple(self.compose.of_agreement(each, field) for each in found[:5])
        references = tuple(each.reference for each in found)
        return Reply(
            Outcome.CLARIFY, self.base.words.say("outcomes.which_one"), suggestions=suggestions, agreements=references
        )

    def _open_in(self, family: str, on: date) -> list[Agreement]:
        return [each for each in self.base.family(family) if status(each, on).is_open]

    def _found(self, asked: Asked) -> list[Entry]:
        return [self.base.entries[match.slug] for match in asked.finding.matches]

    def _best(self, asked: Asked) -> Entry | None:
        return next(iter(self._found(asked)), None)

    def _entry_fits(self, asked: Asked) -> bool:
        return self._model.band(asked.finding) is Band.ANSWER

    def _about_another(self, entry: Entry, asked: Asked) -> bool:
        """Whether an agreement is named and the entry is about others."""
        return bool(asked.named.agreements and entry.agreements) and not set(asked.named.agreements) & set(
            entry.agreements
        )

    def _with_near(self, reply: Reply, asked: Asked) -> Reply:
        """An entry without related entries of its own gets the next matches."""
        if reply.suggestions or reply.outcome is not Outcome.ANSWER:
            return reply
        others = [match.slug for match in asked.finding.matches[1:] if match.score > 0.5]
        return replace(reply, suggestions=tuple(self.compose.of_entries(others)[:2]))

    def _dont_know(self, near: tuple[Suggestion, ...], best: Entry | None = None) -> Reply:
        owner = self.base.curator_name(best.curator) if best else ""
        words = self.base.words
        who = (words.say("outcomes.dont_know_who", curator=owner),) if owner else ()
        return Reply(Outcome.DONT_KNOW, words.say("outcomes.dont_know"), lines=who, suggestions=near, owner=owner)


def plain(text: str) -> str:
    """Text as bare lower-case words, so that only the words decide whether two questions are the same."""
    return " ".join(tokens.words(text))


def _terms_by_name(terms: tuple[Term, ...]) -> dict[str, list[Term]]:
    by_name: dict[str, list[Term]] = {}
    for term in terms:
        for name in dict.fromkeys(
            plain(text) for text in (term.term, term.stands_for, *term.also_called, term.formerly) if text
        ):
            by_name.setdefault(name, []).append(term)
    return by_name


def _without_lots(stems: tuple[str, ...], named: Named) -> list[str]:
    return [stem for stem in stems if stem not in named.lots and not (named.lots and stem == "lot")]


def _one_name(found: list[Agreement], text: str) -> bool:
    """Whether all of the agreements answer to one name that was typed, so that it is not known which is meant."""
    typed = key_of(text)
    names = [{key_of(name) for name in (each.name, *each.also_called)} for each in found]
    return any(_within(key, typed) for key in set.intersection(*names))


def _within(key: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    return any(typed[at : at + len(key)] == key for at in range(len(typed) - len(key) + 1))
