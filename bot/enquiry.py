"""An enquiry as it is kept: what was asked (redacted) and what became of it, never who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.knowledge.reply import Reply
from bot.redaction import redact


class Door(StrEnum):
    """By which way a question came in."""

    MENTION = "mention"
    DM = "dm"
    COMMAND = "command"
    SHORTCUT = "shortcut"


class Rating(StrEnum):
    """What a reader thought of a reply."""

    HELPFUL = "helpful"
    WRONG = "wrong"
    NOT_WHAT_I_ASKED = "not_what_i_asked"


@dataclass(frozen=True)
class Enquiry:
    """One question and its outcome. `text` is redacted; `matches` are entry slugs and agreement references."""

    workspace: str
    asked_on: date
    door: Door
    text: str
    outcome: str
    matches: tuple[str, ...]
    revision: str


@dataclass(frozen=True)
class Feedback:
    """One rating of a reply: `target` names what was shown, `revision` which version of it."""

    rating: Rating
    given_on: date
    reason: str = ""
    target: str = ""
    revision: str = ""

    @classmethod
    def of(cls, rating: Rating, on: date, reason: str, target: str, revision: str) -> Feedback:
        """A rating to keep, its reason redacted."""
        return cls(rating, on, redact(reason)[:KEPT], target, revision)


KEPT = 1000  # characters of a question that are kept; the rest of a paste is nobody's question


def enquiry_of(workspace: str, on: date, door: Door, text: str, reply: Reply) -> Enquiry:
    """The enquiry to keep for a question and its reply."""
    matches = (*reply.entries, *reply.agreements, *(suggestion.target for suggestion in reply.suggestions))
    return Enquiry(
        workspace, on, door, redact(text)[:KEPT], reply.outcome, tuple(dict.fromkeys(matches)), reply.revision
    )
