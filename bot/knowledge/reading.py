"""How content files become records: TOML for agreements, a TOML head for entries, CSV for terms.

Nothing here raises for bad content. Each reader gives the records that are sound and a list of faults for the rest.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import rtoml
from pydantic import ValidationError

from bot.knowledge.faults import Fault, from_validation, line_with
from bot.knowledge.records import Agreement, Curator, Entry, Gap, Record, Term

Kind = TypeVar("Kind", bound=Record)
HEAD = "+++"


def agreements(folder: Path, faults: list[Fault]) -> list[tuple[Path, Agreement]]:
    """Every sound `agreements/*.toml`."""
    files = sorted((folder / "agreements").glob("*.toml"))
    found = ((path, record(Agreement, path, faults)) for path in files)
    return [(path, agreement) for path, agreement in found if agreement]


def record(kind: type[Kind], path: Path, faults: list[Fault]) -> Kind | None:
    """The one record that a TOML file is; None when it has a fault."""
    return _record(kind, path, _toml(path, _text(path, faults), faults), faults)


def entries(folder: Path, faults: list[Fault]) -> list[tuple[Path, Entry]]:
    """Every sound `knowledge/<topic>/<slug>.md`; the folder is the topic and the file name the slug."""
    files = sorted((folder / "knowledge").glob("*/*.md"))
    found = ((path, _entry(path, faults)) for path in files)
    return [(path, entry) for path, entry in found if entry]


def curators(folder: Path, faults: list[Fault]) -> list[Curator]:
    """The roles of `curators.toml`, one table a role."""
    path = folder / "curators.toml"
    tables = _toml(path, _text(path, faults), faults) or {}
    found = [_record(Curator, path, _described(slug, table), faults) for slug, table in tables.items()]
    return [curator for curator in found if curator]


def _described(slug: str, table: object) -> object:
    return {**table, "slug": slug} if isinstance(table, dict) else table


def gaps(folder: Path, faults: list[Fault]) -> list[tuple[Path, Gap]]:
    """Every sound `[[gap]]` of `gaps/*.toml`."""
    tables = (
        (path, table)
        for path in sorted((folder / "gaps").glob("*.toml"))
        for table in (_toml(path, _text(path, faults), faults) or {}).get("gap", [])
    )
    found = ((path, _gap(path, table, faults)) for path, table in tables)
    return [(path, gap) for path, gap in found if gap]


def _gap(path: Path, table: dict[str, Any], faults: list[Fault]) -> Gap | None:
    """One table of a file of gaps; a fault stands where its subject does."""
    own: list[Fault] = []
    gap = _record(Gap, path, table, own)
    for fault in own:
        line = line_with(path.read_text(encoding="utf-8-sig"), str(table.get("subject", "[[gap]]")))
        faults.append(replace(fault, line=line))
    return gap


def terms(folder: Path, faults: list[Fault]) -> list[tuple[int, Term]]:
    """The rows of `glossary.csv`, each with its line."""
    path = folder / "glossary.csv"
    rows = csv.DictReader((_text(path, faults) or "").splitlines())
    found = [(rows.line_num, _term(path, rows.line_num, row, faults)) for row in rows]
    return [(line, term) for line, term in found if term]


def _text(path: Path, faults: list[Fault]) -> str | None:
    """The text of a file; a byte order mark, which spreadsheets write, is not part of it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError:
        faults.append(Fault(path, 1, "cannot be read; put the file back or check who may read it"))
    except UnicodeDecodeError:
        faults.append(Fault(path, 1, "is not UTF-8 text; save it again as UTF-8"))
    return None


def _toml(path: Path, text: str | None, faults: list[Fault], first_line: int = 1) -> dict[str, Any] | None:
    try:
        return None if text is None else rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        problem, line = _told(str(error))
        faults.append(Fault(path, line + first_line - 1, f"cannot be read as TOML: {problem}; look at the quotes"))
        return None


def _told(message: str) -> tuple[str, int]:
    """The reader's message ("duplicate key at line 3 column 1") as the problem and its line."""
    problem, _, place = message.rpartition(" at line ")
    line = place.partition(" ")[0]
    return (problem, int(line)) if line.isdigit() else (message, 1)


def _record(kind: type[Kind], path: Path, values: object, faults: list[Fault]) -> Kind | None:
    if values is None:
        return None
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        faults.extend(from_validation(error, kind, path, path.read_text(encoding="utf-8-sig")))
        return None


def _entry(path: Path, faults: list[Fault]) -> Entry | None:
    text = _text(path, faults)
    if text is None:
        return None
    parts = text.split(f"{HEAD}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        faults.append(Fault(path, 1, "must open with a head between two lines of +++; see content/README.md"))
        return None
    head = _toml(path, parts[1], faults, first_line=2)
    named = {"slug": path.stem, "topic": path.parent.name, "body": parts[2].strip()}
    if head is not None and (own := named.keys() & head.keys()):
        faults.append(
            Fault(path, 2, f"{min(own)} does not belong in the head; the name, folder and text of the file give it")
        )
        return None
    return _record(Entry, path, head and head | named, faults)


def _term(path: Path, line: int, row: dict[str, str], faults: list[Fault]) -> Term | None:
    try:
        return Term.model_validate(_term_values(row))
    except (ValidationError, KeyError) as error:
        problems = _row_problems(error)
        faults.extend(Fault(path, line, problem) for problem in problems)
        return None


def _row_problems(error: ValidationError | KeyError) -> Iterator[str]:
    if isinstance(error, KeyError):
        yield f"column {error.args[0]} is missing; see content/README.md for the columns"
        return
    for fault in from_validation(error, Term, Path(), ""):
        yield fault.problem


def _term_values(row: dict[str, str]) -> dict[str, Any]:
    """One row of the glossary, its source columns gathered and its lists split at semicolons."""
    cells = {name: (value or "").strip() for name, value in row.items() if name}
    return {
        "term": cells["term"],
        "stands_for": cells["stands_for"],
        "meaning": cells["meaning"],
        "context": cells["context"],
        "also_called": tuple(word.strip() for word in cells["also_called"].split(";") if word.strip()),
        "formerly": cells["formerly"],
        "source": {
            "title": cells["source_title"],
            "publisher": cells["source_publisher"],
            "url": cells["source_url"] or None,
            "as_of": cells["source_as_of"],
            "grade": cells["source_grade"],
        },
        "curator": cells["curator"],
        "reviewed": cells["reviewed"],
    }
