"""What the bot says: one of five outcomes, with everything that a reader needs to trust or doubt it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.knowledge.asof import Dated
from bot.knowledge.records import Source


class Outcome(StrEnum):
    """The only ways in which an enquiry ends."""

    ANSWER = "answer"
    DID_YOU_MEAN = "did_you_mean"
    CLARIFY = "clarify"
    DONT_KNOW = "dont_know"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Suggestion:
    """Something to ask next: the words for a button, and the target that `Replier.open` understands."""

    label: str
    target: str


@dataclass(frozen=True)
class Reply:
    """A reply to one enquiry. An answer always has sources; `lead` is its first sentence and stands alone."""

    outcome: Outcome
    lead: str
    lines: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    applies_to: str = ""
    owner: str = ""
    reviewed: date | None = None
    entries: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    revision: str = ""

    def __post_init__(self) -> None:
        if self.outcome is Outcome.ANSWER and not self.sources:
            raise ValueError("an answer needs a source: no source, no answer")

    @property
    def text(self) -> str:
        """All that is said, without the sources: paragraphs of simple Markdown."""
        return "\n\n".join(filter(None, (self.lead, "\n".join(self.lines), "\n".join(self.caveats))))

    @property
    def as_of(self) -> Dated | None:
        """The date of the oldest source; an undated one counts as the oldest. None without sources."""
        if not self.sources:
            return None
        return min((source.as_of for source in self.sources), key=lambda each: each.latest or date.min)
