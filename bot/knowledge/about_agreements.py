"""The rules for enquiries that name agreements: unheard-of ones, two side by side, one or more, or a whole family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.knowledge.asked import Asked
from bot.knowledge.asking import Facet
from bot.knowledge.compose import RELATED, Composer
from bot.knowledge.entities import Names, key_of
from bot.knowledge.facts import ACTS, Speaker
from bot.knowledge.records import Agreement
from bot.knowledge.reply import Outcome, Reply, Suggestion
from bot.knowledge.status import status

SPARE_WORDS = {0: 0, 1: 2, 2: 4}  # words that a fact may leave unanswered, by the strength of the asking
MOST_SPARE = 6


@dataclass(frozen=True)
class AboutAgreements:
    """Each rule replies, or gives None to pass the enquiry on."""

    compose: Composer
    names: Names

    def unheard(self, asked: Asked) -> Reply | None:
        """A reference or an iteration that the base does not hold: said so, never guessed."""
        if not asked.named.unheard or asked.agreements:
            return None
        base, named = self.compose.base, asked.named.unheard[0]
        family = self._family_of(named)
        if not family:
            lead = base.words.say("outcomes.unheard_reference", named=named)
            return Reply(Outcome.DONT_KNOW, lead, owner=base.curator_name("frameworks"))
        newest = family[0]
        named = f"{newest.name.removesuffix(str(newest.iteration))}{named.split()[-1].rpartition('.')[2]}"
        lead = base.words.say("outcomes.unheard_newest", named=named, newest=newest.name)
        suggestions = tuple(self.compose.of_agreement(each) for each in family[:RELATED])
        return Reply(Outcome.DONT_KNOW, lead, suggestions=suggestions, owner=base.curator_name(newest.curator))

    def _family_of(self, name: str) -> list[Agreement]:
        series = name.partition(".")[0] if "." in name else " ".join(key_of(name)[:-1])
        found = self.names.find(series)
        return self.compose.base.family(found.families[0]) if found.families else []

    def compared(self, asked: Asked) -> Reply | None:
        """Two agreements side by side, unless an entry is about just those two."""
        if not self.compose.base.asking.compares(asked.stems):
            return None
        current = [self._open_in(family, asked.on)[:1] for family in asked.named.families]
        found = [*asked.agreements, *(each for some in current for each in some)]
        fitting = asked.fitting
        if len(found) != 2 or (fitting and {each.reference for each in found} <= set(fitting.agreements)):
            return None
        return self.compose.compare(found[0], found[1], asked.on)

    def named(self, asked: Asked) -> Reply | None:
        """A fact, or all there is, about agreements that are named."""
        if not asked.agreements:
            return None
        if len(asked.agreements) > 1 and _one_name(asked.agreements, asked.text):
            return self._which(asked.agreements, asked)
        return self._fact_or_entry(asked.agreements, asked)

    def of_family(self, asked: Asked) -> Reply | None:
        """A family is named without an iteration: the one that is open, if there is just one."""
        if len(asked.named.families) != 1 or (asked.left_over and (asked.fitting or not asked.facet)):
            return None
        current = self._open_in(asked.named.families[0], asked.on)
        if len(current) != 1:
            return self._which(self.compose.base.family(asked.named.families[0]), asked)
        reply = self._fact_or_entry(current, asked)
        if reply.outcome is not Outcome.ANSWER or reply.entries:
            return reply
        taken = self.compose.base.words.say("caveats.newest_taken", name=current[0].name)
        return replace(reply, caveats=(taken, *reply.caveats))

    def facts(self, found: Sequence[Agreement], field: str, on: date, lots: Sequence[str] = ()) -> Reply:
        """What is known of a field of one or more agreements."""
        speaker = Speaker(self.compose.base, on)
        said = [speaker.say(field, each, lots) for each in found]
        return self.compose.facts(said, on, tuple(self._next(found[0], field)))

    def _fact_or_entry(self, found: Sequence[Agreement], asked: Asked) -> Reply:
        """A fact when it answers all that was asked; an entry when that does; otherwise both are offered."""
        lots = asked.named.lots
        if not asked.left_over:
            field = asked.facet.name if asked.facet else "lots" if lots else "overview"
            return self.facts(found, field, asked.on, lots)
        if asked.facet and asked.facet.strength > 1 and asked.facet.name != "overview" and len(asked.left_over) == 1:
            return self.facts(found, asked.facet.name, asked.on, lots)
        facet = asked.facet if asked.facet and asked.facet.name != "overview" else None
        fact = facet if facet and len(asked.left_over) <= _spare(facet.strength) else None
        if asked.fitting and not (fact and _is_plainer(fact, asked)):
            return self.compose.with_near(self.compose.entry(asked.fitting, asked.on), asked.finding)
        return self.facts(found, fact.name, asked.on, lots) if fact else self._offer(found, asked)

    def _offer(self, found: Sequence[Agreement], asked: Asked) -> Reply:
        field = asked.facet.name if asked.facet else "overview"
        near = self.compose.of_entries(entry.slug for entry in asked.entries[: RELATED - 1])
        offered = (*(self.compose.of_agreement(each, field) for each in found[:2]), *near)[:RELATED]
        lead = self.compose.base.words.say("outcomes.did_you_mean")
        return Reply(Outcome.DID_YOU_MEAN, lead, suggestions=offered)

    def _next(self, agreement: Agreement, field: str) -> Iterator[Suggestion]:
        """What people ask next about an agreement, among what is known of it."""
        said = {field, "status"} if field in (*ACTS, "ends") else {field}
        wanted = [each for each in ("status", "direct_award", "lots", "term", "replaced_by") if each not in said]
        known = [each for each in wanted if each == "status" or getattr(agreement, each)]
        return (self.compose.of_agreement(agreement, each) for each in known[:RELATED])

    def _which(self, found: Sequence[Agreement], asked: Asked) -> Reply:
        field = asked.facet.name if asked.facet else "overview"
        suggestions = tuple(self.compose.of_agreement(each, field) for each in found[:5])
        lead = self.compose.base.words.say("outcomes.which_one")
        references = tuple(each.reference for each in found)
        return Reply(Outcome.CLARIFY, lead, suggestions=suggestions, agreements=references)

    def _open_in(self, family: str, on: date) -> list[Agreement]:
        return [each for each in self.compose.base.family(family) if status(each, on).is_open]


def _is_plainer(fact: Facet, asked: Asked) -> bool:
    """Whether a fact that is asked for in so many words answers better than an entry about no or many agreements.

    Asked for in one word, it does when there is hardly anything else in the question, and the entry names no agreement.
    """
    about = asked.fitting.agreements if asked.fitting else ()
    if fact.name == "how_to_buy" or 1 <= len(about) <= 2:
        return False
    return fact.strength > 1 or (fact.strength == 1 and not about and len(asked.left_over) <= 1)


def _spare(strength: int) -> int:
    return SPARE_WORDS.get(strength, MOST_SPARE)


def _one_name(found: Sequence[Agreement], text: str) -> bool:
    """Whether all of the agreements answer to one name that was typed, so that it is not known which is meant."""
    typed = key_of(text)
    names = [{key_of(name) for name in (each.name, *each.also_called)} for each in found]
    return any(_within(key, typed) for key in set.intersection(*names))


def _within(key: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    return any(typed[at : at + len(key)] == key for at in range(len(typed) - len(key) + 1))
