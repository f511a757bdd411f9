"""Whether each question leads to its own answer, alone, and fits on a button."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import chain, combinations

from bot.knowledge import tokens
from bot.knowledge.checks.content import Content
from bot.knowledge.compose import LABEL, RELATED, shortened
from bot.knowledge.faults import Fault
from bot.knowledge.records import Entry

NEAR = 0.8  # measured: see near_duplicates


def not_won(content: Content) -> Iterator[Fault]:
    """A wording that stands in another entry too, an entry's question that finds another entry, and a variant that
    does not even bring its entry among the first three. (Word for word, each gets its answer all the same.)"""
    taken = dict[str, str]()
    for entry, text, found in _finds(content):
        if (other := taken.setdefault(tokens.plain(text), entry.slug)) != entry.slug:
            problem = f"“{text}” also stands in {other}; keep it where it is answered best"
        elif entry.slug not in found[: 1 if text == entry.question else RELATED]:
            problem = f"“{text}” finds {_first(found)} and not this entry; reword or move it"
        else:
            continue
        yield content.at_key(content.path(entry), "variants", problem)


def nearly_lost(content: Content) -> Iterator[Fault]:
    """A variant that, but for being there word for word, another entry would win: one letter more, and it does."""
    for entry, text, found in _finds(content):
        if text != entry.question and entry.slug in found[1:RELATED]:
            problem = f"“{text}” is nearer to {found[0]}; see whether it belongs there, or reword it"
            yield content.at_key(content.path(entry), "variants", problem)


def _finds(content: Content) -> list[tuple[Entry, str, list[str]]]:
    """Every wording of every entry, with the first entries that it finds; worked out once for a content."""
    if not content.found:
        find = content.replier.find
        for entry in content.base.entries.values():
            for text in (entry.question, *entry.variants):
                content.found.append((entry, text, [match.name for match in find(text).matches[:RELATED]]))
    return content.found


def _first(found: list[str]) -> str:
    return found[0] if found else "nothing"


def near_duplicates(content: Content) -> Iterator[Fault]:
    """Two entries whose questions say nearly the same: 0.8 and more of their words, in order, weighted by rarity.

    Measured on 253 entries of 24 November 2026 and 12 reworded copies of their questions: see `tests/bot/knowledge/
    test_check_questions.py`. The nearest two true neighbours ("How do I run a further competition …?" and "How long
    does … take?") have 0.74.
    """
    entries = list(content.base.entries.values())
    told = [tokens.stems(entry.question) for entry in entries]
    appears = Counter(chain.from_iterable(map(set, told)))
    rarity = {stem: math.log(1 + (len(told) - number + 0.5) / (number + 0.5)) for stem, number in appears.items()}
    for (one, mine), (other, theirs) in combinations(zip(entries, told, strict=True), 2):
        if likeness(mine, theirs, rarity) >= NEAR:
            problem = f"the question is nearly that of {one.slug} (“{one.question}”); make one entry, or reword"
            yield content.at_key(content.path(other), "question", problem)


def likeness(one: list[str], other: list[str], rarity: dict[str, float]) -> float:
    """Dice's coefficient of two lists of stems over their longest common subsequence, each stem as much as it is rare.

    In order, because "What should digital people know about procurement?" is not its mirror image.
    """
    whole = sum(rarity[stem] for stem in (*one, *other)) or 1.0
    if 2 * sum(rarity[stem] for stem in set(one) & set(other)) / whole < NEAR:
        return 0.0  # cannot be near; spares the costly part
    return 2 * _common(one, other, rarity) / whole


def _common(one: list[str], other: list[str], rarity: dict[str, float]) -> float:
    best = [0.0] * (len(other) + 1)
    for mine in one:
        before = best[:]
        for at, theirs in enumerate(other, start=1):
            best[at] = before[at - 1] + rarity[mine] if mine == theirs else max(before[at], best[at - 1])
    return best[-1]


def cut_labels(content: Content, entry: Entry) -> Iterator[Fault]:
    """A question too long for a button: it is cut, and the reader sees only its beginning."""
    if len(entry.question) > LABEL:
        problem = f"as a button it is cut to “{shortened(entry.question)}”; make it {LABEL} letters at most"
        yield content.at_key(content.path(entry), "question", problem)
