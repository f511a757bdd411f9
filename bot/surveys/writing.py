"""Questions while they are written: added, changed, moved, taken out, and the keys that nobody has to think of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from unicodedata import normalize

from bot.surveys.questions import FUNCTION, Option, Question

Questions = tuple[Question, ...]
LONGEST_KEY = 32


def put(questions: Questions, question: Question) -> Questions:
    """The questions with this one in the place of its namesake, or at the end."""
    if all(each.key != question.key for each in questions):
        return (*questions, question)
    return tuple(question if each.key == question.key else each for each in questions)


def without(questions: Questions, key: str) -> Questions:
    """The questions without one; skips to it and mirrors of it go too."""
    return tuple(_forgetting(each, key) for each in questions if each.key != key)


def moved(questions: Questions, key: str, by: int) -> Questions:
    """The questions with one moved up (-1) or down (1), as far as there is room."""
    order = list(questions)
    at = next((at for at, each in enumerate(order) if each.key == key), None)
    if at is not None:
        order.insert(max(0, at + by), order.pop(at))
    return tuple(order)


def key_for(text: str, taken: Collection[str]) -> str:
    """A key made from the first words of a text, unlike those that are taken."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", re.sub(r"\{\w+\}", "", plain)).strip("_")[:LONGEST_KEY].rstrip("_")
    stem = stem if re.match(r"[a-z]", stem) else f"q_{stem}".rstrip("_")
    candidates = [stem, *(f"{stem}_{count}" for count in range(2, len(taken) + 3))]
    return next(each for each in candidates if each not in taken and each != FUNCTION)


def options(lines: Iterable[str], before: tuple[Option, ...]) -> tuple[Option, ...]:
    """Answers to choose from, one a line. What was there before keeps its key, and so does one that was reworded."""
    texts = [line.strip() for line in lines if line.strip()]
    known = {option.text: option for option in before}
    reworded = len(texts) == len(before)
    made: list[Option] = []
    for at, text in enumerate(texts):
        old = known.get(text) or (before[at] if reworded and before[at].text not in texts else None)
        taken = {option.key for option in (*before, *made)}
        made.append(replace(old, text=text) if old else Option(key_for(text, taken), text))
    return tuple(made)


def _forgetting(question: Question, key: str) -> Question:
    left = tuple(replace(each, goes_to="") if each.goes_to == key else each for each in question.options)
    return replace(question, options=left, mirrors="" if question.mirrors == key else question.mirrors)
