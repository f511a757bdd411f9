"""What is left of a round after its answers were unlinked from people: numbers and texts that belong to nobody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.people import Function
from bot.surveys.promise import day
from bot.surveys.round import Round

Cell = tuple[str, int, Function | None]
"""A question's key, its version, and the function of those who answered; None: their functions are withheld."""


@dataclass(frozen=True)
class Sealed:
    """A round as it stays. Nothing in it adds up to a person: each question, score and comment was shuffled on its own.

    Withheld functions, and every answer of a round that does not ask for functions, stand under None. So the whole is
    the sum over all functions, None among them. Read `release` before showing any of this to anybody.

    `invited` is never less than the responses: those who left after answering count again.
    `invited_by_function` is None unless the function of everybody invited was known beforehand.
    `responses` counts people by function.
    `counts` has closed questions only; values that nobody chose are absent. The function itself is in `responses`.
    `answered` is how many people answered a question: less than its counts add up to where several may be chosen,
    and more than were scored where some said "not applicable".
    `scores` has each respondent's index from 0 to 100, sorted, for those who answered enough of its items.
    `comments` has the texts of each open question in a random order, without function.
    """

    round: Round
    invited: int
    responses: Mapping[Function | None, int]
    invited_by_function: Mapping[Function, int] | None = None
    counts: Mapping[Cell, Mapping[str, int]] = field(default_factory=dict)
    answered: Mapping[Cell, int] = field(default_factory=dict)
    scores: Mapping[Function | None, tuple[float, ...]] = field(default_factory=dict)
    comments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def responded(self) -> int:
        """How many people answered."""
        return sum(self.responses.values())


@dataclass(frozen=True)
class Receipt:
    """What everybody who was asked may read once a round is sealed, and check the results by."""

    text: str
    fingerprint: str


def fingerprint(released: Mapping[str, Any]) -> str:
    """SHA-256 of what was released, as JSON with sorted keys and no spaces: whoever alters a number alters this."""
    written = json.dumps(released, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def receipt(sealed: Sealed, released: Mapping[str, Any], on: date) -> Receipt:
    """The receipt of a round that was sealed on a day."""
    unlinked = (
        "The codes under which answers were kept are deleted and their key is destroyed: answers can no longer be "
        "changed, found or matched to people."
        if sealed.round.anonymous
        else "Names are kept with the answers, as was said before the first question."
    )
    mark = fingerprint(released)
    counts = f"Sealed on {day(on)}: {sealed.responded} of {sealed.invited} answered."
    return Receipt(f"{counts} {unlinked} Fingerprint of the results: {mark}", mark)
