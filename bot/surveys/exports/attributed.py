"""Answers with names, of an attributed survey: for its organiser alone, and never part of the bundle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.surveys.exports.tables import as_csv, table


@dataclass(frozen=True)
class NamedAnswer:
    """What one member answered to one question, in words."""

    member: str
    question: str
    answer: str


def named(given: Iterable[NamedAnswer]) -> bytes:
    """A CSV file with a row for each answer; no cell is ever a formula."""
    fields = (
        ("member", "string", "The member's id in Slack."),
        ("question", "string", "The question as it was asked."),
        ("answer", "string", "The answer in words."),
    )
    rows = ((each.member, each.question, each.answer) for each in given)
    return as_csv(table("named-answers", "Answers with names", fields, rows))
