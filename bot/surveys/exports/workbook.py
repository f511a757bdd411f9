"""The tables as one workbook for people; it needs XlsxWriter, from the extra `charts`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from bot.surveys.exports.tables import Table, Value, harmless
from bot.surveys.report import Report

WIDE, NARROW = 60, 14  # characters
# Text is text: nothing is guessed to be a formula, a number or a link.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def workbook(report: Report, tables: Iterable[Table]) -> bytes | None:
    """The workbook: the same bytes for the same tables, whenever it is made. None where XlsxWriter is not installed."""
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError:
        return None
    written = io.BytesIO()
    book = Workbook(written, OPTIONS)
    book.set_properties({"title": report.title, "created": datetime.combine(report.closed_on, time(), UTC)})
    wrap, head = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    summary = book.add_worksheet("Summary")
    summary.set_column(0, 0, 24, wrap)
    summary.set_column(1, 1, 100, wrap)
    for at, (name, text) in enumerate(_summary(report)):
        summary.write_string(at, 0, name, head)
        summary.write_string(at, 1, harmless(text), wrap)
    for table in tables:
        _sheet(book.add_worksheet(table.name.capitalize()), table, head, wrap)
    book.close()
    return written.getvalue()


def _summary(report: Report) -> Sequence[tuple[str, str]]:
    """The report's words, one below the other."""
    promised = [f"{each.text} ({each.owner}, by {each.due_on.isoformat()})" for each in report.commitments]
    return (
        ("Survey", report.title),
        ("Round", report.label),
        ("Purpose", report.purpose),
        ("In short", report.headline),
        ("Who answered", report.participation),
        ("At the least and most", report.bounds),
        *(("Change", report.change.sentence) for _ in range(1) if report.change),
        *(("What we will do", text) for text in promised),
        *(("Not shown", text) for text in report.withheld),
        *(("How it was made", text) for text in report.method),
    )


def _sheet(sheet: Any, table: Table, head: Any, wrap: Any) -> None:
    for at, field in enumerate(table.fields):
        texts = [str(row[at]) for row in table.rows if row[at] is not None]
        sheet.set_column(at, at, WIDE if max(map(len, texts), default=0) > 2 * NARROW else NARROW, wrap)
        sheet.write_string(0, at, field.name, head)
    for down, row in enumerate(table.rows, start=1):
        for at, value in enumerate(row):
            _cell(sheet, down, at, value)
    sheet.freeze_panes(1, 0)


def _cell(sheet: Any, down: int, at: int, value: Value) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(down, at, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(down, at, value)
    elif value is not None and value != "":
        sheet.write_string(down, at, value.isoformat() if isinstance(value, date) else harmless(value))
