"""Whether an agreement is open on a day, worked out from its dates when somebody asks, never stored.

A date that was planned proves the plan and not what happened: when the source is older than the date, that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.knowledge.asof import day_in_words
from bot.knowledge.records import Agreement, DateFact, Fact
from bot.knowledge.words import Words


class State(StrEnum):
    """Where an agreement stands on a day."""

    OPEN = "open"
    OPEN_NO_END = "open_no_end"
    PLANNED = "planned"
    UNCONFIRMED = "unconfirmed"
    ENDED = "ended"
    UNKNOWN = "unknown"


OPEN = frozenset({State.OPEN, State.OPEN_NO_END})


@dataclass(frozen=True)
class Status:
    """The state on a day, and the facts that it rests on."""

    agreement: Agreement
    on: date
    state: State

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in (self.agreement.ends, self.agreement.starts) if fact)

    def sentence(self, words: Words) -> str:
        """The state in words."""
        starts, ends = self.agreement.starts, self.agreement.ends
        return words.say(
            f"status.{self.state}",
            name=self.agreement.name,
            reference=self.agreement.reference,
            starts=day_in_words(starts.on) if starts else "",
            ends=day_in_words(ends.on) if ends else "",
        )

    def caveats(self, words: Words) -> list[str]:
        """What must be said with it: that the end date comes from a source older than the date."""
        ends = self.agreement.ends
        if not ends or self.state is not State.ENDED:
            return []
        source = self.agreement.source_of(ends)
        return [words.say("caveats.end_unconfirmed", as_of=source.as_of)] if source.as_of.before(ends.on) else []


def status(agreement: Agreement, on: date) -> Status:
    """Work out the state on a day. The start and end days themselves are days on which it is open."""
    return Status(agreement, on, _state(agreement, on))


def _state(agreement: Agreement, on: date) -> State:
    starts, ends = agreement.starts, agreement.ends
    if ends and on > ends.on:
        return State.ENDED
    if starts and on < starts.on:
        return State.PLANNED
    if starts and _only_planned(agreement, starts):
        return State.UNCONFIRMED
    if ends:
        return State.OPEN
    return State.OPEN_NO_END if starts else State.UNKNOWN


def _only_planned(agreement: Agreement, starts: DateFact) -> bool:
    """Whether the start is known only from sources dated before it."""
    newest = [source.as_of for source in agreement.sources.values() if source.as_of.latest]
    return all(as_of.before(starts.on) for as_of in newest) if newest else False
