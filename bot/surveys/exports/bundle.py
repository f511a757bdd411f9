"""The bundle: a Frictionless data package of CSV files, the same as one JSON file, and a workbook."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from bot.surveys.exports.codebook import codebook
from bot.surveys.exports.figures import figures
from bot.surveys.exports.results import comments, results
from bot.surveys.exports.tables import Table, as_csv, plain
from bot.surveys.exports.workbook import workbook
from bot.surveys.release import Release
from bot.surveys.report import Report

PACKAGE, JSON, WORKBOOK = "datapackage.json", "survey.json", "survey.xlsx"
_REPORT = TypeAdapter(Report)
_MEDIA = {"csv": "text/csv", "json": "application/json"}
_WORKBOOK_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LICENCE = (
    "No licence is stated here: whoever publishes these files adds one as `licenses` (specs.frictionlessdata.io). "
    "In CSV and workbook, text that a spreadsheet would take for a formula has an apostrophe before it."
)


def bundle(report: Report, releases: Sequence[Release]) -> dict[str, bytes]:
    """Every file by its name: the same bytes whenever it is made.

    `releases` are those of the report's round and all before it. Without XlsxWriter the workbook is left out.
    """
    outside = report.outside
    tables = (
        results(report),
        figures(releases, outside=outside),
        comments(releases, outside=outside),
        *codebook(releases, outside=outside),
    )
    files = {f"{table.name}.csv": as_csv(table) for table in tables}
    files[JSON] = _json(_REPORT.dump_python(report, mode="json"), tables)
    if book := workbook(report, tables):
        files[WORKBOOK] = book
    return {PACKAGE: _written(_package(report, releases, tables, files)), **files}


def _json(report: dict[str, Any], tables: Sequence[Table]) -> bytes:
    rows = {
        table.name: [
            {field.name: plain(value) for field, value in zip(table.fields, row, strict=True)} for row in table.rows
        ]
        for table in tables
    }
    return _written({"report": report, **rows})


def _package(
    report: Report, releases: Sequence[Release], tables: Sequence[Table], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """The descriptor, as specs.frictionlessdata.io has it (Data Package 1.0, Table Schema 1.0)."""
    described = {f"{table.name}.csv": _described(table) for table in tables}
    numbers = [each.number for each in releases]
    rounds = f"rounds {min(numbers)} to {max(numbers)}" if len(numbers) > 1 else f"round {report.number}"
    return {
        "profile": "data-package",
        "name": f"survey-{report.survey_id}",
        "title": report.title,
        "description": " ".join([report.purpose, report.participation, *report.method, _LICENCE]),
        "sources": [{"title": f"{report.title}: released results of {rounds}, the last closed {report.closed_on}"}],
        "resources": [_resource(name, held) | described.get(name, {}) for name, held in files.items()],
    }


def _resource(path: str, held: bytes) -> dict[str, Any]:
    name, _, ending = path.partition(".")
    return {
        "name": name if ending == "csv" else path.replace(".", "-"),
        "path": path,
        "format": ending,
        "mediatype": _MEDIA.get(ending, _WORKBOOK_MEDIA),
        "bytes": len(held),
        "hash": f"sha256:{sha256(held).hexdigest()}",
    }


def _described(table: Table) -> dict[str, Any]:
    fields = [{"name": each.name, "type": each.type, "description": each.meaning} for each in table.fields]
    return {
        "profile": "tabular-data-resource",
        "title": table.title,
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _written(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
