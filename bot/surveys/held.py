"""What is kept about a member, as they may read it, take it with them, and have it removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from bot.clock import LONDON
from bot.people import Profile
from bot.surveys.promise import day
from bot.surveys.questions import Answers, function_question
from bot.surveys.round import Round, RoundState

NOTHING = "Nothing is kept about you."
SEALED = (
    "Answers that you gave anonymously in rounds that have closed are not among this, and nobody can find or remove "
    "them: the codes that led to you, and their keys, are destroyed."
)
NAMELESS = "Questions that you asked me are kept without your name, so I cannot find yours."


@dataclass(frozen=True)
class Asking:
    """That a member was asked in a round: how they stand, and the messages that were for them."""

    round: str
    closes_at: datetime
    state: str
    standing: str
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """What a member answered: questions and answers in words. Of anonymous rounds only while they are open."""

    round: str
    anonymous: bool
    answers: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Held:
    """Everything that is kept about a member now."""

    profile: Profile
    asked: tuple[Asking, ...] = ()
    given: tuple[Given, ...] = ()
    surveys: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    actions: tuple[tuple[date, str], ...] = ()

    @property
    def can_be_removed(self) -> bool:
        """Whether there is anything that the member may have removed."""
        return bool(self.asked or self.given or self.profile.function)

    def lines(self) -> tuple[str, ...]:
        """In words, one line for each thing that is kept."""
        return (*(tuple(self._lines()) or (NOTHING,)), SEALED, NAMELESS)

    def json(self) -> str:
        """The same for a program."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False, indent=2)

    def _lines(self) -> Iterator[str]:
        if self.profile.function:
            yield f"What you do, as you set it: {function_question().label(self.profile.function)}."
        if self.profile.stopped:
            yield "That you do not want to be sent surveys."
        yield from (f"That you were asked in {_told(each)}." for each in self.asked)
        for given in self.given:
            kind = "kept under a code while the round is open" if given.anonymous else "kept with your name"
            yield f"What you answered in “{given.round}”, {kind}:"
            yield from (f"  {question} {'; '.join(values)}" for question, values in given.answers.items())
        yield from (f"That you own the survey “{title}”." for title in self.surveys)
        yield from (f"That you said you would do this: {text}" for text in self.commitments)
        yield from (f"That you did this on {day(on)}: {action}." for on, action in self.actions)


@dataclass(frozen=True)
class Forgotten:
    """What was removed of a member, and what stays and why."""

    answers: int
    invitations: int
    profile: bool
    owned: bool

    def lines(self) -> tuple[str, ...]:
        """In words."""
        return (*self._removed(), *self._stays())

    def _removed(self) -> Iterator[str]:
        if self.answers:
            yield f"Removed: your answers in {_rounds(self.answers)}."
        if self.invitations:
            yield f"Removed: your name from {_rounds(self.invitations)} in which you were asked. The count stays."
        if self.profile:
            yield "Removed: what you had set in Home."
        if not (self.answers or self.invitations or self.profile):
            yield "There was nothing to remove."

    def _stays(self) -> Iterator[str]:
        yield SEALED
        yield "Your id stays on the list of those who are sent no surveys, until you say in Home that you want them."
        if self.owned:
            yield (
                "Surveys that you own, what you promised after them and the record of what you did as an organiser "
                "stay: others rely on them. The record is deleted in time; ask an admin about the rest."
            )


def in_words(round: Round, answers: Answers) -> dict[str, tuple[str, ...]]:
    """Answers with their questions, as the respondent read them."""
    questions = {question.key: question for question in round.asked}
    return {
        questions[key].worded(None, round.period): tuple(
            questions[key].label(value) if questions[key].values else value for value in given
        )
        for key, given in answers.items()
        if key in questions
    }


def _told(asking: Asking) -> str:
    closes = day(asking.closes_at.astimezone(LONDON).date())
    ends = "closes" if asking.state == RoundState.OPEN else "closed"
    stands = "" if asking.standing == "invited" else f", and {asking.standing}"
    messages = f" ({'; '.join(asking.messages)})" if asking.messages else ""
    return f"“{asking.round}”, which {ends} on {closes}{stands}{messages}"


def _rounds(number: int) -> str:
    return "one round" if number == 1 else f"{number} rounds"
