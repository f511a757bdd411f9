"""What may be carried over when answers are unlinked from people: pure rules; storage/sealing.py does the deed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import TypeVar

from bot.people import Function
from bot.surveys.questions import FUNCTION, NOT_APPLICABLE, Answers, Kind, Question, function_of
from bot.surveys.round import Round, RoundState
from bot.surveys.sealed import Cell, Sealed

FEWEST_SCORED = 5  # items of the index that somebody must have rated (Core 7: five of seven)
SHARE_SCORED = Fraction(5, 7)  # of the items of a shorter index
PER_STEP = 25  # 1 "strongly disagree" is 0 and 5 "strongly agree" 100, as the Civil Service People Survey scores
Key = TypeVar("Key")
Value = TypeVar("Value")
ANSWERED = ""  # stands for the person, where a question takes several answers or none is to be told

Loose = tuple[str, int, Function | None, str]
"""One answer that belongs to nobody: question, version, function (None: withheld) and value.

Every respondent has one of the question FUNCTION, and one of every multiple choice that they answered, with the value
ANSWERED: so it stays known how many people there were.
"""


@dataclass(frozen=True)
class Unlinked:
    """All that is carried over from closed questions, in the order in which people came: shuffle before keeping."""

    answers: tuple[Loose, ...]
    scores: tuple[tuple[Function | None, float], ...]


def unlinked(round: Round, people: Sequence[Answers]) -> Unlinked:
    """Every closed answer on its own, with its function where that tells on nobody."""
    kept = kept_functions(Counter(filter(None, map(function_of, people))), round.threshold, len(people))
    answers: list[Loose] = []
    scores: list[tuple[Function | None, float]] = []
    for person in people:
        own = function_of(person)
        function = own if own in kept else None
        answers += _loose(round, person, function)
        if (score := score_of(round.questions, person)) is not None:
            scores.append((function, score))
    return Unlinked(tuple(answers), tuple(scores))


def _loose(round: Round, person: Answers, function: Function | None) -> Iterable[Loose]:
    yield FUNCTION, 1, function, ANSWERED
    for question in round.questions:
        given = person.get(question.key, ())
        if question.kind is Kind.TEXT or not given:
            continue
        if question.kind is Kind.CHOICES:
            yield question.key, question.version, function, ANSWERED
        yield from ((question.key, question.version, function, value) for value in given)


def score_of(questions: Iterable[Question], answers: Answers) -> float | None:
    """Somebody's index from 0 to 100: the mean of their ratings of its items. "Not applicable" is not a rating.

    None when they rated too few items for a mean to stand for all: five, or five in seven of a shorter index.
    """
    items = [question.key for question in questions if question.index]
    ratings = [int(value) for key in items for value in answers.get(key, ()) if value != NOT_APPLICABLE]
    if not ratings or len(ratings) < min(FEWEST_SCORED, ceil(len(items) * SHARE_SCORED)):
        return None
    return PER_STEP * (sum(ratings) / len(ratings) - 1)


def kept_functions(sizes: Mapping[Function, int], threshold: int, everybody: int) -> frozenset[Function]:
    """The functions that answers may keep, by how many respondents each has.

    A function with fewer than `threshold` is withheld. While all that is withheld is together still fewer, the smallest
    function that is left is withheld too: otherwise the few could be had by taking the others from the whole.
    """
    kept = sorted(
        (function for function in sizes if sizes[function] >= threshold), key=lambda each: (sizes[each], each)
    )
    while kept and 0 < everybody - sum(sizes[function] for function in kept) < threshold:
        kept.pop(0)
    return frozenset(kept)


def put_together(
    round: Round,
    tally: Mapping[Loose, int],
    scores: Iterable[tuple[Function | None, float]],
    texts: Iterable[tuple[str, str]],
    invited: Mapping[Function | None, int],
) -> Sealed:
    """What is left of a round: from how often each loose answer occurs, scores with their functions, texts with their
    questions, and how many of each function were invited (None: of whom it was not known).
    """
    responses = {function: n for (key, _, function, _), n in tally.items() if key == FUNCTION}
    counts = _counts(tally)
    known = {function: n for function, n in invited.items() if function}
    return Sealed(
        round=replace(round, state=RoundState.SEALED),
        invited=max(sum(invited.values()), sum(responses.values())),
        responses=responses,
        invited_by_function=known if round.by_function and known and None not in invited else None,
        counts=counts,
        answered={cell: tally.get((*cell, ANSWERED), sum(chosen.values())) for cell, chosen in counts.items()},
        scores={function: tuple(sorted(values)) for function, values in _gathered(scores).items()},
        comments={key: tuple(values) for key, values in _gathered(texts).items()},
    )


def _counts(tally: Mapping[Loose, int]) -> dict[Cell, dict[str, int]]:
    counts: dict[Cell, dict[str, int]] = {}
    for (key, version, function, value), n in tally.items():
        if key != FUNCTION and value != ANSWERED:
            counts.setdefault((key, version, function), {})[value] = n
    return counts


def _gathered(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
