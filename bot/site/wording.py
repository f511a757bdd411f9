"""The words of the pages themselves: kept in `content/site.toml`, so that they can be bettered without Python."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from bot.knowledge import words
from bot.knowledge.faults import Fault
from bot.knowledge.records import Agreement, Allowed, Duty, Entry, Grade
from bot.knowledge.status import State
from bot.knowledge.words import Needed, Words

FILE = "site.toml"
_REGIMES = {*get_args(Agreement.model_fields["regime"].annotation), *get_args(Entry.model_fields["regime"].annotation)}
_TABLES = {
    "site": ("name", "about", "advice"),
    "home": ("title", "lead", "ask", "examples", "reading", "exports"),
    "lists": ("a_to_z", "topics", "glossary", "reviewed", "sources"),
    "gaps": ("about", "lead", "near", "nothing_near"),
    "states": tuple(State),
    "grades": tuple(Grade),
    "kinds": get_args(Agreement.model_fields["kind"].annotation),
    "regimes": tuple(sorted(_REGIMES)),
    "stages": get_args(Entry.model_fields["stage"].annotation),
    "duties": get_args(Duty),
    "allowed": tuple(Allowed),
}
NEEDED: Needed = {
    "site.made": frozenset({"on"}),
    "lists.agreements": frozenset({"on"}),
    "gaps.owner": frozenset({"curator"}),
    "gaps.topic": frozenset({"curators"}),
    **{f"{table}.{key}": frozenset() for table, keys in _TABLES.items() for key in keys},
}


def load(folder: Path, faults: list[Fault]) -> Words:
    """Read `site.toml`. Topics may be described or not; any other sentence that nobody uses is added to `faults`.

    Raises ContentError as the bot's own sentences do.
    """
    topics = {f"topics.{path.name}": frozenset[str]() for path in (folder / "knowledge").glob("*") if path.is_dir()}
    idle: list[Fault] = []
    found = words.load(folder, idle, FILE, NEEDED)
    faults += [fault for fault in idle if fault.problem.split(" ", 1)[0] not in topics]
    return found
