"""What is wrong with a content file, said so that a curator can mend it without a programmer."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

PLAIN_WORDS = {
    "date_type": "must be a date, written without quotes: 2026-10-28",
    "date_from_datetime_parsing": "must be a date, written without quotes: 2026-10-28",
    "string_type": 'must be text in quotes: "like this"',
    "string_too_short": "is empty; write something or leave the key out",
    "int_type": "must be a whole number without quotes",
    "int_parsing": "must be a whole number",
    "float_type": "must be a number without quotes",
    "tuple_type": 'must be a list: ["one", "two"]',
    "model_type": "must be a table with keys of its own",
}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend: the file, the line (1 is the first), what is wrong and what to do."""

    path: Path
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


def from_validation(error: ValidationError, model: type[BaseModel], path: Path, text: str) -> list[Fault]:
    """Every fault that the model found in one record, each with the line where it stands."""
    return [Fault(path, line_of(text, detail["loc"]), _sentence(detail, model)) for detail in error.errors()]


def _sentence(detail: ErrorDetails, model: type[BaseModel]) -> str:
    name = ".".join(str(part) for part in detail["loc"]) or "the record"
    kind = detail["type"]
    if kind == "missing":
        return f"{name} is missing; add it"
    if kind == "extra_forbidden":
        return f"{name} is not a key that is known here{_near(str(detail['loc'][-1]), model.model_fields)}"
    if kind == "too_short":
        return f"{name} needs at least {detail['ctx']['min_length']} and has {detail['ctx']['actual_length']}; add more"
    if kind == "literal_error":
        return f"{name} must be one of {detail['ctx']['expected']}"
    if kind == "value_error":
        return f"{name}: {detail['ctx']['error']}" if detail["loc"] else str(detail["ctx"]["error"])
    return f"{name} {PLAIN_WORDS.get(kind, detail['msg'])}"


def _near(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else "; take it out or see content/README.md for the keys"


def line_of(text: str, loc: tuple[Any, ...]) -> int:
    """The line on which the innermost named key of `loc` stands; TOML readers keep no positions, so we look."""
    start, line = 0, 1
    for name in (part for part in loc if isinstance(part, str)):
        found = re.compile(rf"^\s*(?:\[\[?[\w.]*\b{re.escape(name)}\b[\w.]*\]\]?|{re.escape(name)}\s*=)", re.M).search(
            text, start
        )
        if found:
            start, line = found.start(), text.count("\n", 0, found.start(0)) + 1
            line += text[found.start() : found.end()].lstrip(" \t").startswith("\n")
    return line
