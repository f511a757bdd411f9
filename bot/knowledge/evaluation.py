"""How good the replies are: questions with known right replies, judged, counted, with 95 % intervals.

Partial is wrong, and silence is never counted as success. Intervals are Wilson's (E. B. Wilson, 1927, JASA 22:209-212).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.errors import Problem
from bot.knowledge.reply import Outcome, Reply
from bot.knowledge.replying import Replier

Z95 = 1.959964


@dataclass(frozen=True)
class Question:
    """A question and what a right reply is: an accepted outcome, one of the records, all of `contains`."""

    text: str
    kind: str
    outcomes: frozenset[str]
    entries: frozenset[str]
    agreements: frozenset[str]
    contains: tuple[str, ...]
    on: date

    @property
    def answerable(self) -> bool:
        return "answer" in self.outcomes or bool(self.entries or self.agreements)


@dataclass(frozen=True)
class Judged:
    """A question, the reply it got, and whether that was right."""

    question: Question
    reply: Reply
    right: bool

    @property
    def answered(self) -> bool:
        return self.reply.outcome is Outcome.ANSWER

    @property
    def rescued(self) -> bool:
        """Whether *did you mean* or *which one* showed a right record."""
        targets = {each.target.split(":")[1] for each in self.reply.suggestions}
        return bool(targets & (self.question.entries | self.question.agreements))


def read(path: Path) -> list[Question]:
    """Questions from JSON lines. Raises Problem with the file and the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Problem(f"{path} cannot be read. Name a file of questions, one JSON object a line.") from error
    return [_question(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _question(path: Path, number: int, line: str) -> Question:
    try:
        made = json.loads(line)
        outcomes = made["outcome"] if isinstance(made["outcome"], list) else [made["outcome"]]
        records = frozenset(made.get("entries", [])), frozenset(made.get("agreements", []))
        contains, on = tuple(made.get("contains", [])), date.fromisoformat(made["on"])
        return Question(made["q"], made["kind"], frozenset(outcomes), *records, contains, on)
    except (ValueError, KeyError, TypeError) as error:
        raise Problem(f"{path}:{number}: is not a question ({error}). See tests/golden/README.md.") from error


def judge(question: Question, reply: Reply) -> Judged:
    """Whether a reply is right: whole, about the right record, saying what it must."""
    said = reply.text.lower()
    right = reply.outcome in question.outcomes
    if right and reply.outcome is Outcome.ANSWER:
        right = _right_record(question, reply) and all(text.lower() in said for text in question.contains)
    return Judged(question, reply, right)


def _right_record(question: Question, reply: Reply) -> bool:
    if not question.entries and not question.agreements:
        return True  # a term: `contains` decides
    return bool(question.entries & set(reply.entries) or question.agreements & set(reply.agreements))


def run(replier: Replier, questions: Iterable[Question]) -> list[Judged]:
    """Ask every question on its own day."""
    return [judge(question, replier.reply(question.text, question.on)) for question in questions]


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a share."""
    if not of:
        return (0.0, 1.0)
    share, z2 = right / of, Z95 * Z95
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return (max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True)
class Measure:
    """A share that matters, and among which questions it is counted."""

    name: str
    among: Callable[[Judged], bool]
    counts: Callable[[Judged], bool]


MEASURES = (
    Measure("accuracy of answers given", lambda j: j.answered, lambda j: j.right),
    Measure("answer rate, answerable", lambda j: j.question.answerable, lambda j: j.answered or j.right),
    Measure("answered right, answerable", lambda j: j.question.answerable, lambda j: j.right),
    Measure("false answers, unanswerable", lambda j: not j.question.answerable, lambda j: j.answered),
    Measure("right when it abstains", lambda j: not j.answered, lambda j: not j.question.answerable or j.right),
    Measure("right record offered when unsure", lambda j: _unsure_of(j), lambda j: j.rescued),
    Measure("answers with a source", lambda j: j.answered, lambda j: bool(j.reply.sources)),
)


def _unsure_of(judged: Judged) -> bool:
    offers = judged.reply.outcome in (Outcome.DID_YOU_MEAN, Outcome.CLARIFY) and bool(judged.reply.suggestions)
    return offers and judged.question.answerable and bool(judged.question.entries | judged.question.agreements)


def table(judged: Sequence[Judged]) -> str:
    """Every measure with its interval, then the share that was right by kind of question."""
    lines = [_line(measure.name, judged, measure) for measure in MEASURES]
    kinds = sorted({each.question.kind for each in judged})
    by_kind = [_line(f"right: {kind}", judged, Measure(kind, _of_kind(kind), lambda j: j.right)) for kind in kinds]
    return "\n".join([f"{'':<36} {'share':>7}  {'95 % interval':<15} {'n':>5}", *lines, "", *by_kind])


def _of_kind(kind: str) -> Callable[[Judged], bool]:
    return lambda judged: judged.question.kind == kind


def _line(name: str, judged: Sequence[Judged], measure: Measure) -> str:
    among = [each for each in judged if measure.among(each)]
    right = sum(measure.counts(each) for each in among)
    low, high = interval(right, len(among))
    share = f"{right / len(among):7.1%}" if among else "      –"
    return f"{name:<36} {share}  {low:6.1%} – {high:6.1%} {len(among):5}"


def misses(judged: Sequence[Judged], most: int) -> str:
    """The worst first: answers to what cannot be answered, wrong answers, then what was missed."""
    wrong = [each for each in judged if not each.right]
    wrong.sort(key=lambda each: (not each.answered, each.question.answerable))
    return "\n".join(_miss(each) for each in wrong[:most])


def _miss(judged: Judged) -> str:
    wanted = sorted(judged.question.entries | judged.question.agreements) or sorted(judged.question.outcomes)
    got = [*judged.reply.entries, *judged.reply.agreements] or [each.target for each in judged.reply.suggestions]
    return f"{judged.reply.outcome:<13} {judged.question.text!r} wanted {wanted[:3]}, got {got[:3]}"
