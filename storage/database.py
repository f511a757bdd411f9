"""SQLite and PostgreSQL made alike: one way to a transaction, one idiom for being the only one to do a thing."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.errors import DatabaseProblem
from storage.tables import Table

BUSY_MS = 2500  # under Slack's three seconds, so that a person hears of it
MIGRATIONS = Path(__file__).parent / "migrations"
READING: dict[str, Any] = {"only_reads": True}
NEWER = "The database was made by a newer version of the bot. Update the bot, or name another DATABASE_URL."


class Database:
    """A database that can be opened, migrated and spoken to in transactions."""

    def __init__(self, url: str) -> None:
        """Does not connect yet. `hide_parameters` keeps what people wrote out of every error and log."""
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _engine(url, {} if self.is_sqlite else {"pool_size": 20, "pool_pre_ping": True})
        # SQLite lets one writer in at a time and is unfair to those who wait; a lock of our own is fair enough.
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()
        if self.is_sqlite:
            _prepare_sqlite(self.engine)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: leaving commits, raising rolls back."""
        with self._turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads: on SQLite it waits for no writer, and no writer waits for it."""
        with Session(self.engine.execution_options(**READING), expire_on_commit=False) as session, session.begin():
            yield session

    def lock(self, session: Session, what: str, *, shared: bool = False) -> None:
        """Wait until nobody else is at `what`, until the end of the transaction; `shared` lets others in who share.

        SQLite has one writer anyway. PostgreSQL's advisory locks are kept in memory only: unlike row locks, which write
        the transaction's number into the row, they leave nothing from which the order of answers could be read.
        """
        if not self.is_sqlite:
            number = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], signed=True)
            lock = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
            session.execute(select(lock(number)))

    def wipe(self, *tables: type[Table]) -> None:
        """Take deleted rows out of the files too. Raises DatabaseProblem when others are in the way; then try again.

        SQLite overwrites rows as it deletes them (`secure_delete`), so only the write-ahead log is left. PostgreSQL
        leaves them in the table's file, a plain VACUUM as well; VACUUM FULL writes a new file and drops the old.
        """
        if self.is_sqlite:
            self._empty_log()
            return
        with self.engine.connect() as connection:
            outside = connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in tables:
                outside.exec_driver_sql(f"VACUUM (FULL) {table.__tablename__}")

    def _empty_log(self) -> None:
        with self._turn, closing(self.engine.raw_connection()) as connection:
            try:
                [busy, *_] = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:  # locked
                busy = True
        if busy:
            raise DatabaseProblem("The database's log is in use, so that deleted rows could not be wiped from it yet.")

    def migrate(self) -> None:
        """Bring the tables to the shape that this version needs. Raises DatabaseProblem."""
        with _explained(self.engine):
            command.upgrade(self.alembic(), "head")

    def check(self) -> None:
        """Raises DatabaseProblem unless the database opens and has the shape that this version needs."""
        scripts = ScriptDirectory.from_config(self.alembic())
        with _explained(self.engine), self.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        if found and found not in {step.revision for step in scripts.walk_revisions()}:
            raise DatabaseProblem(NEWER)
        if found != scripts.get_current_head():
            raise DatabaseProblem("The database is not ready for this version. Run: python -m bot migrate")

    @property
    def is_yet_to_be_made(self) -> bool:
        """Whether it is a SQLite file that does not exist, in a folder that does."""
        file = Path(self.engine.url.database or "")
        return self.is_sqlite and not file.exists() and file.parent.is_dir()

    def is_alive(self) -> bool:
        """Whether the database answers."""
        try:
            with self.engine.connect() as connection:
                return connection.execute(text("SELECT 1")).scalar() == 1
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    def alembic(self) -> AlembicConfig:
        config = AlembicConfig()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["engine"] = self.engine
        return config


def _engine(url: str, more: dict[str, Any]) -> Engine:
    """An engine, or one sentence that does not repeat the address: the password is in it."""
    try:
        return create_engine(url, hide_parameters=True, **more)
    except ImportError as error:
        raise DatabaseProblem('PostgreSQL needs its driver. Run: pip install "psycopg[binary]"') from error
    except (SQLAlchemyError, ValueError) as error:
        raise DatabaseProblem(
            "The database cannot be opened: DATABASE_URL is not an address. "
            "Write it as postgresql://user:password@host:5432/name."
        ) from error


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    try:
        yield
    except CommandError as error:  # Alembic's, for a revision that it does not know
        raise DatabaseProblem(NEWER) from error
    except SQLAlchemyError as error:
        where = make_url(engine.url).set(password=None, query={}).render_as_string()
        raise DatabaseProblem(
            f"The database at {where} cannot be opened. Check DATABASE_URL, and that it is running."
        ) from error


def _prepare_sqlite(engine: Engine) -> None:
    """Write-ahead log, real foreign keys, and transactions that take the writer's place at once.

    A deferred transaction that reads and then writes fails when another writer was faster, however long it would wait.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's "begin" event below decides, not the driver
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MS}",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        reads = connection.get_execution_options().items() >= READING.items()
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
