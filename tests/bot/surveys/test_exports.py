"""Exports: the report's numbers and no others, the same bytes each time, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from bot.surveys.exports import bundle
from bot.surveys.exports.codebook import REASONS
from bot.surveys.exports.figures import MEASURES
from bot.surveys.questions import Option
from bot.surveys.release import Reason
from bot.surveys.report import CommentsView, Report, Worded
from tests.bot.surveys.reported import FEW, a_report, releases
from tests.surveys import BARRIERS

ROOT = Path(__file__).parents[3]
HOSTILE = ('=HYPERLINK("http://example.org","x")', "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\uff1d1")
NAMESPACE = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return bundle(a_report(), releases())


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode(), newline="")))


def sheets(files: dict[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    """The workbook's cells, as (type, text) by column, row by row, of each sheet."""
    book = zipfile.ZipFile(io.BytesIO(files["survey.xlsx"]))
    shared = ["".join(each.itertext()) for each in _xml(book.read("xl/sharedStrings.xml"))]
    names = [each.attrib["name"] for each in _xml(book.read("xl/workbook.xml")).iterfind("sheets/", NAMESPACE)]
    found: dict[str, list[dict[str, Any]]] = {}
    for number, name in enumerate(names, start=1):
        sheet = _xml(book.read(f"xl/worksheets/sheet{number}.xml"))
        assert not list(sheet.iterfind(".//f", NAMESPACE)), "a formula"
        found[name] = [dict(_cells(row, shared)) for row in sheet.iterfind("sheetData/row", NAMESPACE)]
    return found


def _xml(text: bytes) -> Xml.Element:
    return Xml.fromstring(text)  # noqa: S314  # our own workbook


def _cells(row: Xml.Element, shared: list[str]) -> Iterator[tuple[str, Any]]:
    for cell in row.iterfind("c", NAMESPACE):
        value = cell.findtext("v", "", NAMESPACE)
        column = re.sub(r"\d", "", cell.attrib["r"])
        yield column, shared[int(value)] if cell.attrib.get("t") == "s" else float(value)


def worded(report: Report) -> list[str]:
    """Every figure that a report prints."""
    found: list[Worded | None] = [report.balanced, report.gap]
    found += [line.shown for line in report.indices]
    found += [each for item in report.items for each in (*(line.shown for line in item.lines), item.gap)]
    found += [each for view in report.mirrors for each in (view.itself, view.by_the_other, view.blind_spot)]
    found += [point.shown for series in report.series for point in series.points]
    return [each.text for each in found if each]


def test_every_figure_is_the_same_in_csv_json_and_workbook(files: dict[str, bytes]) -> None:
    texts = worded(a_report())
    assert len(texts) > 10
    in_csv = {row["figure"].removeprefix("'") for row in rows(files, "results")}
    in_book = {str(row.get("G", "")).removeprefix("'") for row in sheets(files)["Results"]}
    in_json = {row["figure"] for row in json.loads(files["survey.json"])["results"]}
    assert set(texts) == in_csv - {""} == in_json - {""} == in_book - {"", "figure"}


def test_every_bar_is_in_the_files_with_its_percent_and_count(files: dict[str, bytes]) -> None:
    bars = {
        (item.text, line.label, bar.label, str(bar.percent), str(bar.count))
        for item in a_report().items
        for line in item.lines
        for bar in line.bars
    }
    told = {(row["about"], row["group"], row["answer"], row["percent"], row["count"]) for row in rows(files, "results")}
    assert bars <= told


def test_figures_are_those_of_the_releases_and_no_others(files: dict[str, bytes]) -> None:
    told = rows(files, "figures")
    for each in releases():
        for cell in each.inside.cells:
            group = str(cell.group) if cell.group else "everybody"
            of = [row for row in told if (row["round"], row["question"], row["group"]) == (
                str(each.number), cell.question, group)]  # fmt: skip
            percents = {row["answer"]: int(row["value"]) for row in of if row["measure"] == "percent"}
            assert percents == dict(cell.percents or {})
            shares = [(row["value"], row["low"], row["high"]) for row in of if row["measure"] == "favourable"]
            figure = cell.favourable
            assert shares == ([(str(figure.value), str(figure.low), str(figure.high))] if figure else [])
    means = [row["value"] for row in told if row["measure"] == "mean"]
    assert means
    assert all(re.fullmatch(r"\d+(\.\d)?", mean) for mean in means)


def test_what_is_withheld_has_a_reason_and_no_number(files: dict[str, bytes]) -> None:
    withheld = [row for row in rows(files, "figures") if row["withheld"]]
    assert {row["round"] for row in withheld} == {"2"}
    assert {(row["value"], row["low"], row["high"]) for row in withheld} == {("", "", "")}
    assert FEW in {row["words"] for row in rows(files, "results")}


def test_every_reason_measure_and_answer_is_in_the_codebook(files: dict[str, bytes]) -> None:
    assert {str(reason) for reason in Reason} == set(REASONS)
    told = rows(files, "figures")
    assert {row["measure"] for row in told} <= set(MEASURES)
    known = {(row["question"], row["version"], row["answer"]) for row in rows(files, "answers")}
    assert {(row["question"], row["version"], row["answer"]) for row in told if row["answer"]} <= known
    assert [row["rounds"] for row in rows(files, "questions")] == ["1 2"] * 4


def test_the_package_describes_every_file_truly(files: dict[str, bytes]) -> None:
    package = json.loads(files["datapackage.json"])
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert "licenses" not in package
    assert {each["path"] for each in package["resources"]} == set(files) - {"datapackage.json"}
    for each in package["resources"]:
        held = files[each["path"]]
        assert (each["bytes"], each["hash"]) == (len(held), f"sha256:{sha256(held).hexdigest()}")
        if each["path"].endswith(".csv"):
            fields = [field["name"] for field in each["schema"]["fields"]]
            assert held.decode().splitlines()[0] == ",".join(fields)


def test_numbers_are_numbers_where_the_schema_says_so(files: dict[str, bytes]) -> None:
    fields = {
        each["name"]: {field["name"]: field["type"] for field in each["schema"]["fields"]}
        for each in json.loads(files["datapackage.json"])["resources"]
        if "schema" in each
    }
    for name, types in fields.items():
        for row in rows(files, name):
            for field, value in row.items():
                if value and types[field] in ("integer", "number"):
                    assert re.fullmatch(r"-?\d+" if types[field] == "integer" else r"-?\d+(\.\d)?", value)
                elif value and types[field] == "boolean":
                    assert value in ("true", "false")
    assert any(isinstance(row["G"], float) and row["G"] > 9 for row in sheets(files)["Figures"][1:] if "G" in row)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_people_wrote_becomes_a_formula(text: str) -> None:
    options = (*BARRIERS.options, Option("evil", text))
    item = replace(a_report().items[2], text=text)
    report = a_report(
        title=text, headline=text, items=(item,), withheld=(text,), comments=(CommentsView("c", text, ()),)
    )
    released = [replace(each, title=text, questions=(*each.questions[:2], replace(BARRIERS, text=text, options=options),
                each.questions[3])) for each in releases(text)]  # fmt: skip
    files = bundle(report, released)
    cells = [
        value for name in files if name.endswith(".csv") for row in rows(files, name[:-4]) for value in row.values()
    ]
    texts = [value for of in sheets(files).values() for row in of for value in row.values() if isinstance(value, str)]
    opening = re.compile(r"[=+@\t\r\n\uff0b\uff0d\uff1d\uff20]|-(?!\d+(\.\d)?$)")
    assert [value for value in (*cells, *texts) if opening.match(value)] == []
    assert f"'{text}" in cells
    assert json.loads(files["survey.json"])["report"]["title"] == text


def test_a_bundle_is_the_same_whenever_it_is_made(files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert bundle(a_report(), releases()) == files
    dates = {each.date_time for each in zipfile.ZipFile(io.BytesIO(files["survey.xlsx"])).infolist()}
    assert len(dates) == 1


def test_outside_a_bundle_has_only_what_was_released_for_outside() -> None:
    files = bundle(a_report(outside=True, comments=()), releases())
    told = [row for row in rows(files, "figures") if row["value"]]
    assert told
    assert [row for row in told if row["measure"] != "mostly" and float(row["value"]) * 10 % 5] == []
    assert {row["rounded_to"] for row in rows(files, "rounds")} == {"5"}
    assert rows(files, "comments") == []


def test_a_round_that_nobody_answered_is_a_bundle_too() -> None:
    report = a_report(responded=0, indices=(), items=(), mirrors=(), series=(), balanced=None, gap=None, comments=())
    files = bundle(report, ())
    assert rows(files, "figures") == []
    assert "Summary" in sheets(files)


def test_without_xlsxwriter_only_the_workbook_is_missing(files: dict[str, bytes]) -> None:
    program = (
        "import sys; sys.modules['xlsxwriter'] = None\n"
        "from bot.surveys.exports import bundle\n"
        "from tests.bot.surveys.reported import a_report, releases\n"
        "print(*sorted(bundle(a_report(), releases())))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.stdout.split(), ran.stderr) == (sorted(files.keys() - {"survey.xlsx"}), "")
