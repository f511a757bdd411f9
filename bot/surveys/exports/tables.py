"""Tables that every file of an export is made of, and what a spreadsheet would take for more than text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Value = str | int | float | bool | date | None
Row = tuple[Value, ...]

# What opens a formula in a spreadsheet, full width too, or hides what does (OWASP, "CSV injection").
_OPENING = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class Field:
    """A column. `type` is one of Frictionless Table Schema's."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """Rows under fields; None is an empty cell."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]


def table(name: str, title: str, fields: Iterable[tuple[str, str, str]], rows: Iterable[Row]) -> Table:
    """A table of name, type and meaning of each field, and rows."""
    return Table(name, title, tuple(Field(*each) for each in fields), tuple(rows))


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_OPENING) else text


def plain(value: Value) -> str | int | float | bool | None:
    """A value as JSON knows it."""
    return value.isoformat() if isinstance(value, date) else value


def as_csv(table: Table) -> bytes:
    """The table as RFC 4180 has it: UTF-8, a line of names first; numbers stay numbers, other text is harmless."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow([field.name for field in table.fields])
    lines.writerows([_cell(value) for value in row] for row in table.rows)
    return written.getvalue().encode("utf-8", "replace")


def _cell(value: Value) -> str | int | float:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else value if isinstance(value, (int, float)) else value.isoformat()
