"""Questions of a survey: their kinds, how they are worded for each function, and which answers they take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.people import Function

NOT_APPLICABLE = "na"
AGREEMENT = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
LONGEST_TEXT = 3000  # characters: what Slack takes in a field of several lines
MOST_OPTIONS = 10  # what Slack shows as radio buttons or tick boxes
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
FUNCTION = "function"  # the key of the question by which results are split; no other question may use it

Answers = Mapping[str, tuple[str, ...]]
"""What one person answered: for each question's key the chosen option keys, or one text. Unanswered keys are absent."""


class Kind(StrEnum):
    """How a question is answered."""

    RATING = "rating"  # five points from disagree to agree, and "not applicable"
    CHOICE = "choice"
    CHOICES = "choices"
    SCORE = "score"  # 0 to 10
    TEXT = "text"


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen. Choosing it may skip ahead: `goes_to` is the key of the next question."""

    key: str
    text: str
    goes_to: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `key` never changes; `version` rises with its wording, and then a new series begins.

    `text` may hold {period}, {own} and {other} or {Other}: the other function's people, by the respondent's own.
    `index` marks an item of the collaboration index; `mirrors` names the item that this one asks of one's own side.
    `most` is the most options of CHOICES that one may choose; `benchmark` the code of a published item worded the same.
    """

    key: str
    kind: Kind
    text: str
    options: tuple[Option, ...] = ()
    required: bool = False
    help: str = ""
    most: int = 0
    index: bool = False
    mirrors: str = ""
    benchmark: str = ""
    version: int = 1

    @property
    def values(self) -> tuple[str, ...]:
        """The option keys in their order; of a rating 1 to 5 and `na`, of a score 0 to 10, of a text nothing."""
        if self.kind is Kind.RATING:
            return ("1", "2", "3", "4", "5", NOT_APPLICABLE)
        if self.kind is Kind.SCORE:
            return tuple(str(score) for score in range(11))
        return tuple(option.key for option in self.options)

    def label(self, value: str) -> str:
        """A value in words."""
        if self.kind is Kind.RATING:
            return "Not applicable" if value == NOT_APPLICABLE else AGREEMENT[int(value) - 1]
        if self.kind is Kind.SCORE:
            return value
        return next(option.text for option in self.options if option.key == value)

    def worded(self, function: Function | None, period: str = "month") -> str:
        """The text as a member of a function reads it."""
        own, other = SIDES.get(function, SIDES[None])
        named = {"{other}": other, "{Other}": other[0].upper() + other[1:], "{own}": own, "{period}": period}
        return re.sub(r"\{\w+\}", lambda found: named.get(found.group(), found.group()), self.text)

    def same_wording(self, other: Question) -> bool:
        """Whether answers to both belong to one series: same kind, text and options."""
        return (self.kind, self.text, self.options, self.most) == (other.kind, other.text, other.options, other.most)


SIDES: dict[Function | None, tuple[str, str]] = {
    Function.PROCUREMENT: ("procurement colleagues", "digital colleagues"),
    Function.DIGITAL: ("digital colleagues", "procurement colleagues"),
    None: ("your own profession’s colleagues", "colleagues from the other profession"),
}


def function_question() -> Question:
    """The question by which results are split: always the first, never scored."""
    options = (
        Option(Function.PROCUREMENT, "Procurement or commercial"),
        Option(Function.DIGITAL, "Digital, data or technology"),
        Option(Function.BOTH, "Both"),
        Option(Function.OTHER, "Something else"),
    )
    return Question(FUNCTION, Kind.CHOICE, "Which best describes your work?", options, required=True)


def function_of(answers: Answers) -> Function | None:
    """The function that somebody chose; None before they have."""
    chosen = answers.get(FUNCTION, ())
    return Function(chosen[0]) if chosen and chosen[0] in set(Function) else None


def asked(questions: Iterable[Question], answers: Answers) -> tuple[Question, ...]:
    """The questions on the way that the answers take: a chosen option may skip those between."""
    way: list[Question] = []
    skip_to = ""
    for question in questions:
        if skip_to and question.key != skip_to:
            continue
        way.append(question)
        skip_to = _next(question, answers)
    return tuple(way)


def _next(question: Question, answers: Answers) -> str:
    chosen = answers.get(question.key, ())
    return next((option.goes_to for option in question.options if option.key in chosen and option.goes_to), "")


def checked(questions: Iterable[Question], answers: Answers) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The answers that may be kept, and what is wrong, by question key.

    Dropped in silence: answers to questions that are not on the way, and blanks. Values that the question does not
    offer come only from a tampered form; they are faults too.
    """
    kept: dict[str, tuple[str, ...]] = {}
    wrong: dict[str, str] = {}
    for question in asked(questions, answers):
        given = tuple(value for value in dict.fromkeys(answers.get(question.key, ())) if value.strip())
        if fault := _fault(question, given):
            wrong[question.key] = fault
        elif given:
            kept[question.key] = given
    return kept, wrong


def _fault(question: Question, given: tuple[str, ...]) -> str:
    if question.required and not given:
        return "Answer this one: the others build on it." if question.key == FUNCTION else "This one needs an answer."
    if question.kind is Kind.TEXT:
        over = sum(map(len, given)) - LONGEST_TEXT
        return f"That is too long by {over:,}. Shorten it to {LONGEST_TEXT:,} characters." if over > 0 else ""
    if set(given) - set(question.values):
        return "That is not one of the answers offered. Choose one of them."
    most = (question.most or len(question.options)) if question.kind is Kind.CHOICES else 1
    return f"Choose {most} at most." if len(given) > most else ""


def revised(old: Iterable[Question], new: Iterable[Question]) -> tuple[Question, ...]:
    """New questions with their versions: one that is worded differently from its namesake starts a new series."""
    before = {question.key: question for question in old}
    return tuple(_revised(before.get(question.key), question) for question in new)


def _revised(before: Question | None, now: Question) -> Question:
    if before is None:
        return replace(now, version=1)
    return replace(now, version=before.version + (not now.same_wording(before)))


SECONDS_A_CLOSED_ONE, SECONDS_A_TEXT = 10, 45  # our assumption, to be replaced by what rounds show


def minutes(questions: Iterable[Question]) -> int:
    """About how long a questionnaire takes, in whole minutes and never less than one."""
    seconds = sum(SECONDS_A_TEXT if each.kind is Kind.TEXT else SECONDS_A_CLOSED_ONE for each in questions)
    return max(1, round(seconds / 60))
