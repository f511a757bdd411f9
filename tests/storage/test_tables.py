"""What the schema cannot hold: rows of nobody's workspace, who asked a question, who gave an anonymous answer."""

from __future__ import annotations

from sqlalchemy import DateTime

from storage.tables import Table

TABLES = {table.name: table for table in Table.metadata.sorted_tables}
PEOPLE = {"user", "member", "asker", "author", "email", "channel", "ts", "actor", "owner", "respondent"}
NAMELESS = ("enquiry", "feedback", "seen_event")
ANONYMOUS = ("open_answer", "open_comment", "sealed_answer", "sealed_score", "sealed_comment", "wrapped_key")


def columns(*names: str) -> set[str]:
    return {f"{name}.{column.name}" for name in names for column in TABLES[name].columns}


def test_every_row_belongs_to_a_workspace_or_to_a_round_that_does() -> None:
    for name, table in TABLES.items():
        owned = {"workspace", "round_id"} & set(table.columns.keys())
        assert owned or name == "tick", name
        assert not any(table.columns[column].nullable for column in owned), name


def test_no_column_names_an_asker() -> None:
    assert not [name for name in columns(*NAMELESS) if PEOPLE & set(name.split(".")[1].split("_"))]
    assert columns(*NAMELESS) == {
        *(f"enquiry.{name}" for name in "id workspace asked_on door text outcome matches revision".split()),
        *("enquiry.chosen", "enquiry.for_a_person"),
        *(f"feedback.{name}" for name in "id workspace enquiry_id given_on rating reason target revision".split()),
        *(f"seen_event.{name}" for name in "workspace event_id seen_at".split()),
    }


def test_no_column_names_the_giver_of_an_anonymous_answer_or_the_time() -> None:
    assert columns(*ANONYMOUS) == {
        *(f"open_answer.{name}" for name in "round_id token question value".split()),
        *(f"open_comment.{name}" for name in "round_id token question text".split()),
        *(f"sealed_answer.{name}" for name in "id round_id question version function value".split()),
        *(f"sealed_score.{name}" for name in "id round_id function score".split()),
        *(f"sealed_comment.{name}" for name in "id round_id question text".split()),
        *(f"wrapped_key.{name}" for name in "round_id wrapped".split()),
    }
    for name in ANONYMOUS:
        assert not [column for column in TABLES[name].columns if isinstance(column.type, DateTime)]
        assert not TABLES[name].foreign_keys, "a key to a round would tie its rows together in time"


def test_anonymous_rows_lie_in_the_order_of_their_keys_on_sqlite() -> None:
    for name in set(ANONYMOUS) - {"wrapped_key"}:
        assert TABLES[name].dialect_options["sqlite"]["with_rowid"] is False, name
