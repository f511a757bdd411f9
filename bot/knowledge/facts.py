"""What the base says about one field of an agreement on a day: a lead, details, caveats and the facts used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.knowledge.asof import day_in_words
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.records import Agreement, Allowed, AllowedFact, Conflict, Fact, Grade, LinkFact, Lot, Source
from bot.knowledge.status import State, status

ACTS = frozenset({"direct_award", "further_competition", "how_to_buy"})  # asked by people who want to start a call-off

OF_LOTS = frozenset({"lots", "direct_award", "overview"})  # fields that one lot may answer for itself


@dataclass(frozen=True)
class Said:
    """What is said about an agreement: `lead` stands alone, `lines` follow, `facts` are what both rest on."""

    agreement: Agreement
    lead: str
    lines: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    known: bool = True
    cited: tuple[Source, ...] = ()  # of what is said about other agreements

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where everything that is said was read."""
        return (*(self.agreement.source_of(fact) for fact in self.facts), *self.cited)


@dataclass(frozen=True)
class Speaker:
    """Answers about the fields of agreements, from one base, for one day."""

    base: KnowledgeBase
    on: date

    def say(self, field: str, agreement: Agreement, lots: Sequence[str] = ()) -> Said:
        """Answer a question about `field`; a field that is not known is said to be so."""
        if lots and (field in OF_LOTS or (field == "status" and agreement.lots and not _lot_of(agreement, lots[0]))):
            return self._with_conflicts(field, self._lot(agreement, lots[0], field))
        said = self._fields()[field](agreement)
        if field in ACTS:
            said = self._with_status(said)
        return self._with_conflicts(field, said)

    def _fields(self) -> dict[str, Callable[[Agreement], Said]]:
        return {
            "status": self._status,
            "starts": self._starts,
            "ends": self._ends,
            "direct_award": lambda a: self._allowed("direct_award", a, a.direct_award),
            "further_competition": lambda a: self._allowed("further_competition", a, a.further_competition),
            "term": self._term,
            "lots": self._lots,
            "who_can_use": lambda a: self._text("who_can_use", a),
            "not_for": self._not_for,
            "levy": self._levy,
            "value": lambda a: self._text("value", a),
            "how_to_buy": lambda a: self._text("how_to_buy", a),
            "replaces": lambda a: self._links("replaces", a, a.replaces),
            "replaced_by": lambda a: self._links(self._followed(a), a, a.replaced_by),
            "regime": self._regime,
            "reference": self._reference,
            "run_by": lambda a: Said(a, self._words("facts.run_by", a, run_by=a.run_by), facts=(a.summary,)),
            "overview": self._overview,
        }

    def _words(self, name: str, agreement: Agreement, **values: object) -> str:
        return self.base.words.say(name, name=agreement.name, **values)

    def _unknown(self, field: str, agreement: Agreement) -> Said:
        words = self.base.words
        lead = words.say("facts.unknown", field=words.say(f"fields.{field}"), name=agreement.name)
        return Said(agreement, lead, known=False)

    def _status(self, agreement: Agreement) -> Said:
        found = status(agreement, self.on)
        words = self.base.words
        lines = [] if found.is_open else self._successor(agreement)
        notes = [fact.note for fact in found.facts if fact.note]
        return Said(
            agreement,
            found.sentence(words),
            (*notes, *lines),
            tuple(found.caveats(words)),
            found.facts or (agreement.summary,),
        )

    def _successor(self, agreement: Agreement) -> list[str]:
        said = self._links(self._followed(agreement), agreement, agreement.replaced_by)
        return [said.lead] if agreement.replaced_by else []

    def _starts(self, agreement: Agreement) -> Said:
        fact = agreement.starts
        if not fact:
            return self._unknown("starts", agreement)
        due = status(agreement, self.on).state is State.UNCONFIRMED
        tense = "future" if fact.on > self.on else "due" if due else "past"
        lead = self._words(f"facts.starts_{tense}", agreement, starts=day_in_words(fact.on))
        return Said(agreement, lead, _notes(fact), facts=(fact,))

    def _ends(self, agreement: Agreement) -> Said:
        fact = agreement.ends
        if not fact:
            return self._unknown("ends", agreement)
        found = status(agreement, self.on)
        tense = "past" if fact.on < self.on else "future"
        lead = self._words(f"facts.ends_{tense}", agreement, ends=day_in_words(fact.on))
        successor = [] if found.is_open else self._successor(agreement)
        return Said(agreement, lead, (*_notes(fact), *successor), tuple(found.caveats(self.base.words)), (fact,))

    def _allowed(self, field: str, agreement: Agreement, fact: AllowedFact | None) -> Said:
        if not fact:
            return self._unknown(field, agreement)
        answer = {Allowed.YES: "yes", Allowed.NO: "no", Allowed.SOME_LOTS: "some"}[fact.allowed]
        return Said(
            agreement, self._words(f"facts.{field}_{answer}", agreement, text=fact.text), _notes(fact), facts=(fact,)
        )

    def _with_status(self, said: Said) -> Said:
        """For an agreement that is not open, that it is not comes first: nobody can start a call-off on it."""
        found = status(said.agreement, self.on)
        if found.is_open or not found.facts:
            return said
        return replace(
            said,
            lead=found.sentence(self.base.words),
            lines=(said.lead, *said.lines),
            caveats=(*found.caveats(self.base.words), *said.caveats),
            facts=(*found.facts, *said.facts),
            known=True,
        )

    def _term(self, agreement: Agreement) -> Said:
        fact = agreement.term
        if not fact:
            return self._unknown("term", agreement)
        if fact.months is None:
            return Said(
                agreement, self._words("facts.term_text", agreement, text=fact.text), _notes(fact), facts=(fact,)
            )
        lead = self._words("facts.term", agreement, duration=f"{fact.months} months", text=fact.text)
        return Said(agreement, lead, _notes(fact), facts=(fact,))

    def _lots(self, agreement: Agreement) -> Said:
        if not agreement.lots:
            return self._unknown("lots", agreement)
        name = "facts.one_lot" if len(agreement.lots) == 1 else "facts.lots"
        lead = self._words(name, agreement, count=len(agreement.lots))
        return Said(
            agreement, lead, tuple(f"- {lot.number}: {lot.name}" for lot in agreement.lots), facts=agreement.lots
        )

    def _lot(self, agreement: Agreement, number: str, field: str) -> Said:
        """A question about one lot; a lot that does not exist is said not to."""
        lot = _lot_of(agreement, number)
        if lot is None and not agreement.lots:
            return self._unknown("lots", agreement)
        if lot is None:
            all_lots = self._lots(agreement)
            lead = self._words("facts.no_such_lot", agreement, lot=number)
            return self._with_status(Said(agreement, lead, all_lots.lines, facts=all_lots.facts))
        return self._with_status(self._said_of_lot(agreement, lot, field))

    def _said_of_lot(self, agreement: Agreement, lot: Lot, field: str) -> Said:
        if field == "direct_award" and lot.direct_award in (Allowed.YES, Allowed.NO):
            name = f"facts.lot_direct_award_{lot.direct_award}"
        elif field == "direct_award":
            return self._allowed(field, agreement, agreement.direct_award)
        else:
            name = "facts.lot"
        return Said(
            agreement, self._words(name, agreement, lot=lot.number, lot_name=lot.name), _notes(lot), facts=(lot,)
        )

    def _text(self, field: str, agreement: Agreement) -> Said:
        fact = getattr(agreement, field)
        if not fact:
            return self._unknown(field, agreement)
        return Said(agreement, self._words(f"facts.{field}", agreement, text=fact.text), _notes(fact), facts=(fact,))

    def _not_for(self, agreement: Agreement) -> Said:
        fact = agreement.not_for
        if not fact:
            return self._unknown("not_for", agreement)
        lead = self._words("facts.not_for", agreement, items="; ".join(fact.items))
        return Said(agreement, lead, _notes(fact), facts=(fact,))

    def _levy(self, agreement: Agreement) -> Said:
        fact = agreement.levy
        if not fact:
            return self._unknown("levy", agreement)
        name = "facts.levy_text" if fact.percent is None else "facts.levy"
        lead = self._words(name, agreement, percent="" if fact.percent is None else f"{fact.percent:g}", text=fact.text)
        return Said(agreement, lead, _notes(fact), facts=(fact,))

    def _links(self, field: str, agreement: Agreement, fact: LinkFact | None) -> Said:
        if not fact:
            return self._unknown(field.removesuffix("_planned"), agreement)
        others = [self.base.agreements.get(reference) for reference in fact.references]
        names = " and ".join(
            f"{other.name} ({other.reference})" if other else reference
            for other, reference in zip(others, fact.references, strict=True)
        )
        lead = self._words(f"facts.{field}", agreement, others=names)
        if field == "replaces":
            return Said(agreement, lead, _notes(fact), facts=(fact,))
        states = [status(other, self.on) for other in others if other]
        cited = tuple(state.agreement.source_of(each) for state in states for each in state.facts)
        lines = (*_notes(fact), *(state.sentence(self.base.words) for state in states))
        return Said(agreement, lead, lines, facts=(fact,), cited=cited)

    def _followed(self, agreement: Agreement) -> str:
        """Whether the next agreement has come, or is only planned."""
        references = agreement.replaced_by.references if agreement.replaced_by else ()
        following = [self.base.agreements[each] for each in references if each in self.base.agreements]
        come = all(each.starts and each.starts.on <= self.on for each in following)
        return "replaced_by" if come else "replaced_by_planned"

    def _regime(self, agreement: Agreement) -> Said:
        if agreement.regime == "unknown":
            return self._unknown("regime", agreement)
        law = self.base.words.say(f"laws.{agreement.regime}")
        return Said(agreement, self._words("facts.regime", agreement, law=law), facts=(agreement.summary,))

    def _reference(self, agreement: Agreement) -> Said:
        lead = self._words("facts.reference", agreement, reference=agreement.reference, run_by=agreement.run_by)
        return Said(agreement, lead, facts=(agreement.summary,))

    def _overview(self, agreement: Agreement) -> Said:
        summary = agreement.summary
        lead = self._words("facts.overview", agreement, reference=agreement.reference, summary=summary.text)
        known = [self._status(agreement)]
        known += [
            self.say(field, agreement) for field in ("direct_award", "term", "who_can_use") if getattr(agreement, field)
        ]
        lines = tuple(dict.fromkeys(each.lead for each in known))
        facts = (summary, *(fact for each in known for fact in each.facts))
        return Said(agreement, lead, lines, known[0].caveats, facts)

    def _with_conflicts(self, field: str, said: Said) -> Said:
        """Sources that disagree about what was asked are both shown."""
        dates, all_of = ("starts", "ends"), ("starts", "ends", "term", "direct_award")
        about = {"status": dates, "overview": all_of}.get(field, (field,))
        conflicts = [each for each in said.agreement.conflicts if each.about in about]
        told = tuple(self._conflict(said.agreement, each) for each in conflicts)
        return replace(said, caveats=(*said.caveats, *told), facts=(*said.facts, *conflicts))

    def _conflict(self, agreement: Agreement, conflict: Fact) -> str:
        source = agreement.source_of(conflict)
        text = getattr(conflict, "text", "")
        return self.base.words.say("caveats.conflict", text=text, title=source.title, as_of=source.as_of)


def _lot_of(agreement: Agreement, number: str) -> Lot | None:
    return next((lot for lot in agreement.lots if lot.number.lower() == number), None)


def shaky(said: Said) -> dict[Grade, list[str]]:
    """What rests on the press or a third party: the fields, by grade. Conflicts name their sources themselves."""
    names = {id(fact): name.partition("[")[0] for name, fact in said.agreement.facts().items()}
    found: dict[Grade, list[str]] = {}
    for fact in said.facts:
        grade, field = said.agreement.source_of(fact).grade, names[id(fact)]
        if grade in (Grade.PRESS, Grade.THIRD_PARTY) and not isinstance(fact, Conflict):
            found.setdefault(grade, []).append("overview" if field == "summary" else field)
    return found


def _notes(fact: Fact) -> tuple[str, ...]:
    return (fact.note,) if fact.note else ()
