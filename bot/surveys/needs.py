"""What a community needs, in order: what a survey's report shows, beside what people asked the bot and were not told.

Enquiries are kept without their askers (docs/decisions/0003), and even so none is quoted here: they are put into
clusters of like questions, which are counted and named by the words that several of them share. A cluster of fewer than
three is counted with the others only. Comments stand in the report, under its own rule.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from bot.knowledge import tokens
from bot.surveys.questions import Kind
from bot.surveys.report import Bar, Item, Report

FEWEST = 3  # enquiries: fewer alike might be one person's, and be known by their words
ALIKE = 0.35  # cosine from which two questions are about the same; chosen on examples, see the tests
MOST_WORDS = 4  # in the name of a cluster
ASKING = frozenset("how what which who whose where when why can may need want see tell know".split())  # of any question
LEADING = 3  # letters that a word must have to name anything


@dataclass(frozen=True)
class Need:
    """Something that was chosen in a survey, in answer to `question`.

    `percent` is how many chose it: of everybody, or where they are not shown of the function where most did.
    `by_function` has the per cents of the functions that are shown, by their names. `asked` is how many enquiries that
    the bot could not answer are about the same words.
    """

    text: str
    question: str
    percent: int
    by_function: tuple[tuple[str, int], ...]
    asked: int


@dataclass(frozen=True)
class Cluster:
    """Questions alike that the bot could not answer: `name` are words that at least three of them share."""

    name: str
    count: int


@dataclass(frozen=True)
class Needs:
    """Needs in order, the most chosen first; clusters of unanswered questions, the largest first; and how many others.

    `unanswered` is how many enquiries there are in all.
    """

    needs: tuple[Need, ...]
    clusters: tuple[Cluster, ...]
    others: int
    unanswered: int


def needs(report: Report, unanswered: Sequence[str]) -> Needs:
    """What was chosen in the survey beside what was asked in vain. `unanswered` are the texts of such enquiries.

    For publication a cluster takes ten questions, as everything else there takes ten people.
    """
    asked = [frozenset(tokens.stems(text)) for text in unanswered]
    found = [need for item in report.items if item.kind is Kind.CHOICES for need in _needs(item, asked)]
    named = clusters(unanswered, max(FEWEST, report.threshold) if report.outside else FEWEST)
    return Needs(
        tuple(sorted(found, key=lambda need: (-need.percent, -need.asked))),
        named,
        len(unanswered) - sum(cluster.count for cluster in named),
        len(unanswered),
    )


def _needs(item: Item, asked: Sequence[frozenset[str]]) -> Iterable[Need]:
    lines = [line for line in item.lines if line.bars]
    options = dict.fromkeys(bar.value for line in lines for bar in line.bars)
    for value in options:
        bars = {line.group: _bar(line.bars, value) for line in lines}
        by_function = tuple((line.label, bars[line.group].percent) for line in lines if line.group)
        whole = bars[None].percent if None in bars else max(percent for _, percent in by_function)
        text = next(iter(bars.values())).label
        about = frozenset(tokens.stems(text))
        yield Need(text, item.text, whole, by_function, sum(bool(about & each) for each in asked))


def _bar(bars: Iterable[Bar], value: str) -> Bar:
    return next(bar for bar in bars if bar.value == value)


def clusters(texts: Sequence[str], fewest: int = FEWEST) -> tuple[Cluster, ...]:
    """Questions that are alike, the largest clusters first; those with too few questions are left out.

    Each question joins the cluster whose sum it is most like, by the cosine of its words weighted by how rare they are
    (one pass, the longest first, so that the same texts always give the same clusters).
    """
    vectors = _weighed([frozenset(tokens.stems(text)) - ASKING for text in texts])
    found: list[list[int]] = []
    sums: list[dict[str, float]] = []
    for at in sorted(range(len(texts)), key=lambda at: (-len(vectors[at]), texts[at])):
        likeness = [(_cosine(vectors[at], each), -index) for index, each in enumerate(sums)]
        best, place = max(likeness, default=(0.0, 0))
        if best >= ALIKE:
            found[-place].append(at)
            sums[-place] = _added(sums[-place], vectors[at])
        elif vectors[at]:
            found.append([at])
            sums.append(vectors[at])
    named = [Cluster(_name([texts[at] for at in each]), len(each)) for each in found if len(each) >= fewest]
    return tuple(sorted((each for each in named if each.name), key=lambda each: (-each.count, each.name)))


def _weighed(words: Sequence[frozenset[str]]) -> list[dict[str, float]]:
    """Each question's words, the rarer the heavier; a word of one question alone tells nothing of likeness."""
    held = Counter(word for each in words for word in each)
    weight = {word: math.log(1 + len(words) / times) for word, times in held.items() if times > 1}
    return [{word: weight[word] for word in each if word in weight} for each in words]


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    shared = sum(weight * other[word] for word, weight in one.items() if word in other)
    lengths = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return shared / lengths if lengths else 0.0


def _added(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {word: one.get(word, 0.0) + other.get(word, 0.0) for word in one.keys() | other.keys()}


def _name(texts: Sequence[str]) -> str:
    """The words that most of the texts share, as most of them spell them; never one that fewer than three hold."""
    spelt: Counter[str] = reduce(lambda sum, text: sum + Counter(set(tokens.words(text))), texts, Counter())
    by_stem: dict[str, Counter[str]] = {}
    for word, times in spelt.items():
        if word not in tokens.STOPPED | ASKING and len(word) >= LEADING:
            by_stem.setdefault(tokens.stem(word), Counter())[word] = times
    common = [(forms.total(), forms.most_common(1)[0][0]) for forms in by_stem.values() if forms.total() >= FEWEST]
    return " ".join(word for _, word in sorted(common, key=lambda each: (-each[0], each[1]))[:MOST_WORDS])
