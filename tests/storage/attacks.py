"""Attacks on anonymity, as somebody with the whole database would make them, with real queries and raw bytes.

Each takes rows that name members and rows that hold answers, and guesses who said what. Some are also given the order
in which people answered, as Slack's own logs or a proxy could tell it. `tests/storage/test_attacks.py` runs them on our
schema, where they must do no better than chance, and on a careless one, where they must succeed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.database import Database

Guess = dict[str, str]
PAGE = 4096  # bytes, as SQLite comes


@dataclass(frozen=True)
class Target:
    """What an attacker looks at: a table and column that name members, and a table and column with answers.

    `order` is the order in which people answered, if the attacker has it from elsewhere; `values` are all answers that
    occur, so that they can be found in raw bytes.
    """

    named: tuple[str, str]
    answers: tuple[str, str]
    order: tuple[str, ...]
    values: frozenset[str]


Attack = Callable[[Database, Target], Guess]


def asked(db: Database, query: str) -> list[tuple[str, ...]]:
    with db.transaction() as session:
        return [tuple(row) for row in session.execute(text(query))]


def by_scan_order(db: Database, on: Target) -> Guess:
    """Both tables as the engine walks through them."""
    return paired(walked(db, *on.named), walked(db, *on.answers), on)


def by_outside_order(db: Database, on: Target) -> Guess:
    """Who answered when is known; answers are taken as the engine walks through them."""
    return paired(on.order, walked(db, *on.answers), on)


def by_rowid(db: Database, on: Target) -> Guess:
    """SQLite: both in the order of their hidden row numbers; a table that has none gives nothing."""
    return paired(by_number(db, *on.named), by_number(db, *on.answers), on)


def by_outside_order_and_rowid(db: Database, on: Target) -> Guess:
    """SQLite: who answered when is known; answers in the order of their hidden row numbers."""
    return paired(on.order, by_number(db, *on.answers), on)


def by_bytes_of_file(db: Database, on: Target) -> Guess:
    """SQLite: who answered when is known; a page of the file is filled from its end."""
    raw = Path(db.engine.url.database or "").read_bytes()
    found = [(at // PAGE, -at, value) for value in on.values if (at := raw.find(value.encode())) >= 0]
    return paired(on.order, [value for *_, value in sorted(found)], on)


def by_bytes_of_log(db: Database, on: Target) -> Guess:
    """SQLite: who answered when is known; the write-ahead log has a page for each commit, one after another."""
    log = Path(f"{db.engine.url.database}-wal")
    raw = log.read_bytes() if log.exists() else b""
    found = [(at, value) for value in on.values if (at := raw.find(value.encode())) >= 0]
    return paired(on.order, [value for _, value in sorted(found)], on)


def by_transaction(db: Database, on: Target) -> Guess:
    """PostgreSQL: rows that one transaction wrote carry its number."""
    (named, member), (answers, value) = on.named, on.answers
    rows = asked(db, f"SELECT n.{member}, a.{value} FROM {named} n JOIN {answers} a ON a.xmin = n.xmin")
    return {who: what for who, what in rows if what in on.values}


def by_rank_of_transaction(db: Database, on: Target) -> Guess:
    """PostgreSQL: both in the order of the transactions that wrote them."""
    order = "xmin::text::bigint, ctid"
    return paired(column(db, *on.named, order), column(db, *on.answers, order), on)


def by_place(db: Database, on: Target) -> Guess:
    """PostgreSQL: both in the order in which they lie on the disk."""
    return paired(column(db, *on.named, "ctid"), column(db, *on.answers, "ctid"), on)


def by_outside_order_and_place(db: Database, on: Target) -> Guess:
    """PostgreSQL: who answered when is known; answers in the order in which they lie on the disk."""
    return paired(on.order, column(db, *on.answers, "ctid"), on)


def by_outside_order_and_transaction(db: Database, on: Target) -> Guess:
    """PostgreSQL: who answered when is known; answers in the order of the transactions that wrote them."""
    return paired(on.order, column(db, *on.answers, "xmin::text::bigint, ctid"), on)


SQLITE: tuple[Attack, ...] = (
    by_scan_order,
    by_outside_order,
    by_rowid,
    by_outside_order_and_rowid,
    by_bytes_of_file,
    by_bytes_of_log,
)
POSTGRES: tuple[Attack, ...] = (
    by_scan_order,
    by_outside_order,
    by_transaction,
    by_rank_of_transaction,
    by_place,
    by_outside_order_and_place,
    by_outside_order_and_transaction,
)
OUTSIDE = frozenset({by_outside_order, by_outside_order_and_rowid, by_bytes_of_file, by_bytes_of_log}) | {
    by_outside_order_and_place,
    by_outside_order_and_transaction,
}


def column(db: Database, table: str, name: str, order: str = "") -> list[str]:
    ordered = f" ORDER BY {order}" if order else ""
    return [str(value) for (value,) in asked(db, f"SELECT {name} FROM {table}{ordered}")]


def walked(db: Database, table: str, name: str) -> list[str]:
    """A column as a scan of the table itself gives it, past all indexes."""
    return column(db, f"{table} NOT INDEXED" if db.is_sqlite else table, name)


def by_number(db: Database, table: str, name: str) -> list[str]:
    """A column in the order of the rows' hidden numbers; nothing where they have none."""
    try:
        return column(db, table, name, "rowid")
    except OperationalError as error:
        if "no such column: rowid" not in str(error):
            raise
        return []


def paired(members: Sequence[str], values: Sequence[str], on: Target) -> Guess:
    """The nth member said the nth answer. Members who did not answer and values that are none are left out."""
    answered = [member for member in dict.fromkeys(members) if member in on.order]
    return dict(zip(answered, [value for value in values if value in on.values], strict=False))


def files_of(db: Database) -> dict[str, bytes]:
    """Every byte of the database that is on the disk: SQLite's file and log; PostgreSQL's tables and indexes."""
    if db.is_sqlite:
        file = Path(db.engine.url.database or "")
        return {path.name: path.read_bytes() for path in file.parent.glob(f"{file.name}*")}
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        rows = connection.exec_driver_sql(
            "SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
            " WHERE relkind IN ('r', 'i', 't') AND relfilenode <> 0"
        )
        return {name: bytes(content) for name, content in rows}
