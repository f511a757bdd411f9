"""Discovery research as tables: needs in order, and clusters of what the bot was asked and could not answer."""

from __future__ import annotations

from bot.surveys.exports.tables import Row, Table, table
from bot.surveys.needs import Needs


def needs_tables(needs: Needs, functions: tuple[str, ...]) -> tuple[Table, Table]:
    """Both tables. `functions` are the names of those that have a column of their own."""
    chosen: list[Row] = [
        (
            place,
            need.text,
            need.question,
            need.percent,
            *(dict(need.by_function).get(each) for each in functions),
            need.asked,
        )
        for place, need in enumerate(needs.needs, start=1)
    ]
    asked: list[Row] = [(cluster.name, cluster.count) for cluster in needs.clusters]
    if needs.others:
        asked.append(("other questions", needs.others))
    columns = [
        (each.lower().replace(" ", "_"), "integer", f"per cent of {each.lower()} who chose it; empty where not shown")
        for each in functions
    ]
    return (
        table(
            "needs",
            "Needs in order",
            [
                ("place", "integer", "1 is the need that most people chose"),
                ("need", "string", "what was chosen"),
                ("question", "string", "in answer to what"),
                ("percent", "integer", "per cent who chose it, of everybody or of the function where most did"),
                *columns,
                ("asked", "integer", "questions about the same words that the bot could not answer"),
            ],
            chosen,
        ),
        table(
            "unanswered",
            "What the bot was asked and could not answer",
            [
                ("words", "string", "words that most of the questions share"),
                ("questions", "integer", "how many; who asked is not kept"),
            ],
            asked,
        ),
    )
