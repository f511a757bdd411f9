"""What the keys in the figures stand for: rounds, questions with each of their wordings, answers, measures, reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.surveys.exports.figures import MEASURES
from bot.surveys.exports.tables import Row, Table, table
from bot.surveys.questions import Question
from bot.surveys.release import Release

REASONS = {
    "none": "Nobody answered.",
    "few": "Fewer people answered than the threshold.",
    "protects": "With it, the answers of another, small group could be worked out.",
    "alike": "Nearly everybody in a small group answered the same, so it would tell what each of them said.",
    "close": "It is almost the same as in an earlier round, so the difference would be a few people's answers.",
    "trouble": "Something went wrong while it was worked out, so nothing is shown.",
}


def codebook(releases: Sequence[Release], *, outside: bool) -> tuple[Table, ...]:
    """All tables that explain the figures."""
    return (
        _rounds(releases, outside=outside),
        _questions(releases),
        _answers(releases),
        _meanings("measures", "What each measure is", "measure", MEASURES),
        _meanings("reasons", "Why a figure is not shown", "reason", REASONS),
    )


def _rounds(releases: Sequence[Release], *, outside: bool) -> Table:
    fields = (
        ("round", "integer", "The round's number within the survey."),
        ("title", "string", "The survey's title in that round."),
        ("opened_on", "date", "When it began."),
        ("closed_on", "date", "When it ended."),
        ("anonymous", "boolean", "Whether answers were unlinked from people when it closed."),
        ("threshold", "integer", "The fewest answers for which a figure is shown."),
        ("rounded_to", "integer", "Counts, per cent and points are multiples of this."),
    )
    shown = [(each, each.outside if outside else each.inside) for each in releases]
    rows = [
        (each.number, each.title, each.opened_on, each.closed_on, each.anonymous, set.threshold, set.rounded_to)
        for each, set in shown
    ]
    return table("rounds", "The rounds", fields, rows)


def _questions(releases: Sequence[Release]) -> Table:
    fields = (
        ("question", "string", "The question's key, the same for ever."),
        ("version", "integer", "The version of its wording."),
        ("rounds", "string", "The rounds that asked it, such as 1 2 3."),
        ("kind", "string", "How it is answered: rating, choice, choices, score or text."),
        ("wording", "string", "How it was asked; each function read the name of the other."),
        ("in_index", "boolean", "Whether it is an item of the collaboration index."),
        ("mirrors", "string", "The item that it asks of one's own side."),
    )
    asked: dict[tuple[str, int], tuple[Question, str, list[int]]] = {}
    for release in releases:
        for question in release.questions:
            kept = asked.setdefault((question.key, question.version), (question, release.period, []))
            kept[2].append(release.number)
    rows = [
        (each.key, each.version, " ".join(map(str, rounds)), str(each.kind), each.worded(None, period), each.index,
         each.mirrors)
        for each, period, rounds in asked.values()
    ]  # fmt: skip
    return table("questions", "The questions, with each of their wordings", fields, rows)


def _answers(releases: Sequence[Release]) -> Table:
    fields = (
        ("question", "string", "The question's key."),
        ("version", "integer", "The version of its wording."),
        ("answer", "string", "The answer as the figures name it."),
        ("wording", "string", "The answer as people read it."),
    )
    unique = {(each.key, each.version): each for release in releases for each in release.questions}
    return table("answers", "The answers", fields, (row for each in unique.values() for row in _of(each)))


def _of(question: Question) -> Iterator[Row]:
    for value in question.values:
        yield question.key, question.version, value, question.label(value)


def _meanings(name: str, title: str, of: str, meanings: dict[str, str]) -> Table:
    fields = ((of, "string", "As the figures name it."), ("meaning", "string", "What it means."))
    return table(name, title, fields, meanings.items())
