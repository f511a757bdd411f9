"""What is wrong with a content file, said so that a curator can mend it without a programmer."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.records import PATTERNS

DATE = "must be a date, written without quotes: 2026-10-28"
WHOLE = "must be a whole number without quotes"
PLAIN_WORDS = {
    "missing": "is missing; add it",
    "date_type": DATE,
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "string_type": 'must be text in quotes: "like this"',
    "string_too_short": "is empty; write something or leave the key out",
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "float_type": "must be a number without quotes",
    "float_parsing": "must be a number without quotes",
    "tuple_type": 'must be a list: ["one", "two"]',
    "dict_type": "must be a table with keys of its own",
    "model_attributes_type": "must be a table with keys of its own",
    "model_type": "must be a table with keys of its own",
    "too_short": "needs at least {min_length} and has {actual_length}; add more",
    "literal_error": "must be one of {expected}",
    "enum": "must be one of {expected}",
    "less_than_equal": "must be {le} at most",
    "less_than": "must be less than {lt}",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
}
_TABLE = re.compile(r"^\s*(\[\[?)\s*([\w.\-\s\"']+?)\s*\]")
_KEY = re.compile(r"^\s*[\"']?([\w-]+)[\"']?\s*=")
_HEAD_END = "+++"
Place = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend: the file, the line (1 is the first), what is wrong and what to do."""

    path: Path
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


def line_with(text: str, words: str) -> int:
    """The line on which words first stand in a text; 1 when they do not."""
    before, found, _ = text.partition(words)
    return before.count("\n") + 1 if found else 1


def from_validation(error: ValidationError, model: type[BaseModel], path: Path, text: str) -> list[Fault]:
    """Every fault that the model found in one record, each with the line where it stands."""
    return [Fault(path, line_of(text, detail["loc"]), _sentence(detail, model)) for detail in error.errors()]


def _sentence(detail: ErrorDetails, model: type[BaseModel]) -> str:
    name, kind, facts = ".".join(map(str, detail["loc"])), detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return f"{name} is not a key that is known here{_near(str(detail['loc'][-1]), _keys_at(model, detail['loc']))}"
    if kind == "value_error":
        return f"{name}: {facts['error']}" if name else str(facts["error"])
    if kind == "string_pattern_mismatch":
        return f"{name} {PATTERNS[facts['pattern']]}"
    return f"{name or 'the record'} {PLAIN_WORDS.get(kind, detail['msg']).format(**facts)}"


def _near(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else "; take it out or see content/README.md for the keys"


def _keys_at(model: type[BaseModel], loc: Place) -> Iterable[str]:
    """The keys of the table in which `loc` stands."""
    for part in loc[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return model.model_fields


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The record inside an optional, a list or a table of records."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def line_of(text: str, loc: Place) -> int:
    """The line on which `loc` stands, or the nearest table around it; 1 when there is none."""
    places = _places(text)
    return next((places[loc[:end]] for end in range(len(loc), 0, -1) if loc[:end] in places), 1)


def _places(text: str) -> Mapping[Place, int]:
    """Where each table and key of a TOML text stands. The readers keep no positions, so we look for them."""
    places: dict[Place, int] = {}
    table: Place = ()
    seen: Counter[str] = Counter()
    for number, line in enumerate(text.split("\n"), start=1):
        if number > 1 and line.strip() == _HEAD_END:
            break
        if header := _TABLE.match(line):
            table = _table(header, seen)
            places.setdefault(table, number)
        elif key := _KEY.match(line):
            places.setdefault((*table, key.group(1)), number)
    return places


def _table(header: re.Match[str], seen: Counter[str]) -> Place:
    names = tuple(part.strip().strip("\"'") for part in header.group(2).split("."))
    if header.group(1) == "[":
        return names
    seen[header.group(2)] += 1
    return (*names, seen[header.group(2)] - 1)
