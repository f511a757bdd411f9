"""Which cells of a round may be shown, decided for all of its questions together, before any figure is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.people import Function
from bot.surveys.questions import Kind, Question
from bot.surveys.release.inferring import known, leaves_open
from bot.surveys.release.splitting import FEWEST_OF_FUNCTION, PAIR, SMALL, Reach, Showing, showing
from bot.surveys.release.tallies import Parted, Scores, Tally, scored, tallied
from bot.surveys.release.values import Group, Reason
from bot.surveys.sealed import Sealed
from bot.surveys.statistics.composites import LEAST_ITEMS
from bot.surveys.unlinking import kept_functions


@dataclass(frozen=True)
class Counted:
    """A round's answers, added up for the functions by which it may be split."""

    questions: Mapping[Question, Parted[Tally]]
    scores: Parted[Scores]
    some_are_hidden: bool

    @property
    def functions(self) -> frozenset[Function]:
        """The functions by which the round may be split."""
        return frozenset(self.scores.functions)

    @property
    def items(self) -> tuple[Question, ...]:
        """The items of the index that anybody answered."""
        return tuple(each for each, parted in self.questions.items() if each.index and parted.whole.n)


@dataclass(frozen=True)
class Plan:
    """What may be shown, by question key. `whole_detail` and `split_detail` name questions of which counts may be."""

    questions: Mapping[str, Showing]
    index: Showing
    whole_detail: frozenset[str]
    split_detail: frozenset[str]

    def within(self, other: Plan) -> Plan:
        """What both may show."""
        return Plan(
            {key: each.within(other.questions[key]) for key, each in self.questions.items()},
            self.index.within(other.index),
            self.whole_detail & other.whole_detail,
            self.split_detail & other.split_detail,
        )


def counted(
    sealed: Sealed, threshold: int, among: Iterable[Function] = Function, *, complements: bool = True
) -> Counted:
    """The answers by each function, of those given, that has enough respondents.

    With `complements` those are left out beside which everybody could not be shown without giving others away.
    """
    asked = frozenset(among) if sealed.round.by_function else frozenset[Function]()
    sizes = {function: sealed.responses[function] for function in asked if function in sealed.responses}
    everybody = sealed.responded if complements else sum(sizes.values())
    functions = kept_functions(sizes, max(threshold, FEWEST_OF_FUNCTION), everybody)
    closed = (question for question in sealed.round.questions if question.kind is not Kind.TEXT)
    return Counted(
        {question: tallied(sealed, question, functions) for question in closed},
        scored(sealed, functions),
        some_are_hidden=sealed.responded > sum(sizes[function] for function in functions),
    )


def fewest(question: Question, threshold: int) -> int:
    """How many answers a question needs before anything is shown: of all but ratings, only counts could be."""
    return threshold if question.kind is Kind.RATING else max(threshold, SMALL)


def planned(counts: Counted, threshold: int, reach: Reach) -> Plan:
    """What may be shown of a round that tells of `reach`."""
    questions = {
        question.key: showing(parted, fewest(question, threshold), reach, some_are_hidden=counts.some_are_hidden)
        for question, parted in counts.questions.items()
    }
    index = _index(counts, questions, threshold, reach)
    whole_detail, split_detail = _detail(counts, questions)
    return Plan(questions, index, *_without_index_items(counts, questions, index, whole_detail, split_detail))


def _index(counts: Counted, questions: Mapping[str, Showing], threshold: int, reach: Reach) -> Showing:
    """The index may be shown of a group only if it does not tell what the group's items withhold."""
    items = [questions[item.key] for item in counts.items]
    is_short = len(items) < LEAST_ITEMS  # so short an index is almost an item itself
    barred = {each for each in counts.functions if not _is_open(counts, questions, each)}
    if is_short:
        barred |= {each for each in counts.functions if any(each not in item.functions for item in items)}
    hidden = counts.some_are_hidden
    index = showing(counts.scores, threshold, reach, some_are_hidden=hidden, barred=frozenset(barred))
    if index.whole and any(not each.whole and each.reason is Reason.PROTECTS for each in items):
        return Showing(whole=False, functions=index.functions if index.functions >= PAIR else frozenset())
    if index.whole and (not _is_open(counts, questions, None) or (is_short and any(each.is_alike for each in items))):
        return Showing(whole=True, is_alike=True)
    return index


def _is_open(counts: Counted, questions: Mapping[str, Showing], group: Group) -> bool:
    scores = counts.scores.whole if group is None else counts.scores.functions[group]
    ranges = []
    for item in counts.items:
        parted, shown = counts.questions[item], questions[item.key]
        if group is None:
            ranges.append(known(parted.whole, shown=shown.whole, is_alike=shown.is_alike))
        else:
            ranges.append(known(parted.functions[group], shown=group in shown.functions, is_alike=False))
    return not scores.n or leaves_open(scores, ranges)


def _detail(counts: Counted, questions: Mapping[str, Showing]) -> tuple[set[str], set[str]]:
    """The questions of which counts may be shown: 10 people or more in each cell, and in what is left over."""
    whole: set[str] = set()
    split: set[str] = set()
    for question, parted in counts.questions.items():
        shown = questions[question.key]
        if shown.whole and parted.whole.n >= SMALL:
            whole.add(question.key)
        nobody_left = not counts.some_are_hidden and shown.functions == frozenset(parted.functions)
        left_is_safe = nobody_left or not shown.whole or parted.rest_without(shown.functions).n >= SMALL
        if shown.functions and left_is_safe and all(parted.functions[each].n >= SMALL for each in shown.functions):
            split.add(question.key)
    return whole, split


def _without_index_items(
    counts: Counted, questions: Mapping[str, Showing], index: Showing, whole: set[str], split: set[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Counts of the index's items are shown for all of them or for none: the last could be had from the index."""
    items = {item.key for item in counts.items}
    if index.whole and not items <= whole:
        whole = whole - items
    if not items <= split or any(questions[key].functions != index.functions for key in items):
        split = split - items
    return frozenset(whole), frozenset(split)
