"""A survey: what an organiser writes, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import Problem
from bot.people import Audience, AudienceKind, Function
from bot.surveys.questions import FUNCTION, KEY, LONGEST_TEXT, MOST_OPTIONS, Kind, Question, function_question
from bot.surveys.schedule import Schedule

LOWEST_THRESHOLD = 3  # responses; below this even a total tells on people (docs/anonymity.md)
THRESHOLD = 5
HIGHEST_THRESHOLD = 50
LONGEST_TITLE = 80
LONGEST_PURPOSE = 300
LONGEST_QUESTION = 300  # what a label in a form can show without being cut
LONGEST_OPTION = 75  # what Slack shows of an option
MOST_QUESTIONS = 20  # more is no pulse; a form of Slack's holds 100 blocks


class State(StrEnum):
    """Where a survey is in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Fault:
    """One thing to mend before a survey can be used: at which field, and what to do."""

    field: str
    sentence: str


class NotReady(Problem):
    """A survey cannot be put on, or changed like that while it is on: `faults` says at which fields."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(" ".join(fault.sentence for fault in faults))


@dataclass(frozen=True)
class Draft:
    """What an organiser writes. `by_function` asks each member's function first and lets results be split by it.

    `anonymous` surveys unlink answers from people when a round closes; the others keep names, and say so first.
    `threshold` is the fewest responses for which anything is shown. `period` is the word for how far back one looks.
    `results_channel` is where results go after the respondents have had them; empty: to respondents only.
    """

    title: str
    purpose: str
    questions: tuple[Question, ...]
    audience: Audience | None = None
    schedule: Schedule | None = None
    anonymous: bool = True
    by_function: bool = True
    threshold: int = THRESHOLD
    period: str = "month"
    results_channel: str = ""
    template: str = ""

    @property
    def asked(self) -> tuple[Question, ...]:
        """Every question that a respondent may be asked."""
        return (function_question(), *self.questions) if self.by_function else self.questions

    def faults(self, now: datetime) -> tuple[Fault, ...]:
        """Everything that stands between the draft and its first round, in the order of its fields."""
        return (*self.faults_as_written(), *self._when(now))

    def faults_as_written(self) -> tuple[Fault, ...]:
        """What is wrong whoever is asked and whenever: with its words, its threshold and its questions."""
        return (*self._faults_of_words(), *self._faults_of_numbers(), *self.faults_of_questions())

    def _faults_of_words(self) -> Iterator[Fault]:
        if not self.title.strip():
            yield Fault("title", "Give the survey a title.")
        if len(self.title) > LONGEST_TITLE:
            yield Fault("title", f"Shorten the title to {LONGEST_TITLE} characters.")
        if not self.purpose.strip():
            yield Fault("purpose", "Say in one line what the answers will be used for. People answer when they know.")
        if len(self.purpose) > LONGEST_PURPOSE:
            yield Fault("purpose", f"Shorten the purpose to {LONGEST_PURPOSE} characters.")

    def _faults_of_numbers(self) -> Iterator[Fault]:
        if not LOWEST_THRESHOLD <= self.threshold <= HIGHEST_THRESHOLD:
            yield Fault("threshold", f"The threshold must be from {LOWEST_THRESHOLD} to {HIGHEST_THRESHOLD} responses.")

    def faults_of_questions(self) -> Iterator[Fault]:
        """What is wrong with the questions; each fault's field is `questions` or `question:KEY`."""
        if not self.questions:
            yield Fault("questions", "Add at least one question.")
        if len(self.questions) > MOST_QUESTIONS:
            yield Fault("questions", f"Take out questions: {MOST_QUESTIONS} are the most, and 10 are better.")
        keys = [question.key for question in self.questions]
        for at, question in enumerate(self.questions):
            for sentence in _faults_of_a_question(question, keys[:at], keys[at + 1 :]):
                yield Fault(f"question:{question.key}", sentence)
            if question.mirrors and question.mirrors not in {each.key for each in self.questions if each.index}:
                yield Fault(
                    f"question:{question.key}", "It mirrors a question that is not in the index of this survey."
                )

    def _when(self, now: datetime) -> Iterator[Fault]:
        if self.audience is None or not self.audience.targets:
            yield Fault("audience", "Choose who is asked.")
        elif self.audience.kind is AudienceKind.FUNCTION and set(self.audience.targets) - set(Function):
            yield Fault("audience", "Choose functions from the list.")
        if self.schedule is None:
            yield Fault("schedule", "Choose when it is sent.")
        else:
            yield from (Fault(f"schedule:{field}", sentence) for field, sentence in self.schedule.faults(now))


def _faults_of_a_question(question: Question, before: list[str], after: list[str]) -> Iterator[str]:
    if not KEY.fullmatch(question.key) or question.key == FUNCTION:
        yield "Its key must be lower-case letters, digits and _, begin with a letter, and not be “function”."
    if question.key in before:
        yield f"Another question has the key {question.key}. Give each its own."
    if not question.text.strip():
        yield "Write the question."
    if len(question.text) > LONGEST_QUESTION:
        yield f"Shorten the question to {LONGEST_QUESTION} characters."
    if len(question.help) > LONGEST_TEXT:
        yield f"Shorten the help to {LONGEST_TEXT:,} characters."
    if question.kind in (Kind.CHOICE, Kind.CHOICES):
        yield from faults_of_options(question, after)


def faults_of_options(question: Question, after: list[str]) -> Iterator[str]:
    """What is wrong with the answers that a question offers; `after` are the keys of the questions that follow."""
    keys = [option.key for option in question.options]
    if not 2 <= len(keys) <= MOST_OPTIONS:
        yield f"Give it from 2 to {MOST_OPTIONS} answers to choose from."
    if len(set(keys)) < len(keys) or len({option.text.strip().lower() for option in question.options}) < len(keys):
        yield "Two of its answers are the same. Keep one."
    if any(not option.text.strip() or len(option.text) > LONGEST_OPTION for option in question.options):
        yield f"Each answer needs from 1 to {LONGEST_OPTION} characters."
    if any(option.goes_to and option.goes_to not in after for option in question.options):
        yield "An answer may only skip to a question that comes later."
    if question.kind is Kind.CHOICES and question.most > len(keys):
        yield "More answers may be chosen than there are."


@dataclass(frozen=True)
class Survey:
    """A survey as it is kept. `revision` rises with every change, so that two editors cannot overwrite each other.

    `next_slot` is the key of the next round's slot and `next_round_at` the moment at which that round starts; both are
    None unless it is active and has a next one.
    """

    id: str
    workspace: str
    owner: str
    state: State
    revision: int
    draft: Draft
    next_slot: str | None = None
    next_round_at: datetime | None = None
