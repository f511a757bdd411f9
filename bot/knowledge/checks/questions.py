"""Whether each question leads to its own answer, alone, and fits on a button."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from bot.knowledge import tokens
from bot.knowledge.checks.content import Content
from bot.knowledge.compose import LABEL, shortened
from bot.knowledge.faults import Fault
from bot.knowledge.records import Entry
from bot.knowledge.replying import Replier, plain
from bot.knowledge.search import Ranks

NEAR = 0.8  # measured: see near_duplicates


def not_won(content: Content) -> Iterator[Fault]:
    """A question or variant that stands in another entry too, or that finds another entry."""
    replier, taken = Replier(content.base), dict[str, str]()
    for entry in content.base.entries.values():
        for text in (entry.question, *entry.variants):
            if (other := taken.setdefault(plain(text), entry.slug)) != entry.slug:
                problem = f"“{text}” also stands in {other}; keep it where it is answered best"
            elif (best := replier.find(text).matches[0].slug) != entry.slug:
                problem = f"“{text}” finds {best} and not this entry; reword or move it"
            else:
                continue
            yield content.at_key(content.path(entry), "variants", problem)


def near_duplicates(content: Content) -> Iterator[Fault]:
    """Two entries whose questions say nearly the same: 0.8 and more of their words, in order, weighted by rarity.

    Measured on 253 entries of 24 November 2026 and 12 reworded copies of their questions: see `tests/bot/knowledge/
    test_check_questions.py`. The nearest two true neighbours ("How do I run a further competition …?" and "How long
    does … take?") have 0.74.
    """
    entries = list(content.base.entries.values())
    told = [tokens.stems(entry.question) for entry in entries]
    rarity = Ranks(told).rarity
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
