"""The tables come from numbered steps; a database in another shape is refused, with the command that helps."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.errors import DatabaseProblem
from storage import enquiries
from storage.database import MIGRATIONS, Database
from storage.tables import Table

SECRET = "hunter2-canary"  # the password in an address


def test_an_empty_database_gets_every_table(bare_url: str) -> None:
    db = Database(bare_url)
    db.migrate()
    assert set(inspect(db.engine).get_table_names()) == {*Table.metadata.tables, "alembic_version"}
    db.check()
    db.close()


def test_migrating_twice_changes_nothing(bare_url: str) -> None:
    db = Database(bare_url)
    db.migrate()
    db.migrate()
    db.check()
    db.close()


def test_what_the_release_before_kept_is_still_there_after_an_upgrade(bare_url: str) -> None:
    db = Database(bare_url)
    command.upgrade(db.alembic(), "0001")
    kept: dict[str, object] = {
        "id": "e" * 32,
        "workspace": "T0GOV",
        "asked_on": "2026-11-24",
        "door": "dm",
        "text": "is it open?",
    }
    kept |= {"outcome": "answer", "matches": '["a"]', "revision": "r1", "for_a_person": False}
    names = ", ".join(kept)
    with db.transaction() as session:
        session.execute(text(f"INSERT INTO enquiry ({names}) VALUES ({', '.join(f':{name}' for name in kept)})"), kept)
    db.migrate()
    db.check()
    found = enquiries.get(db, "T0GOV", "e" * 32)
    assert found
    assert (found.text, found.matches, found.revision) == ("is it open?", ("a",), "r1")
    db.close()


def test_the_migrations_make_what_the_tables_say(db: Database) -> None:
    command.check(db.alembic())  # raises, and names the difference, when they part


def test_a_column_that_no_migration_makes_is_noticed(db: Database) -> None:
    """So that the test above is known to be able to fail."""
    with db.transaction() as session:
        session.execute(text("ALTER TABLE enquiry DROP COLUMN revision"))
    with pytest.raises(Exception, match="revision"):
        command.check(db.alembic())
    with db.transaction() as session:  # the PostgreSQL database serves other tests too
        session.execute(text("ALTER TABLE enquiry ADD COLUMN revision VARCHAR NOT NULL DEFAULT ''"))
        if not db.is_sqlite:
            session.execute(text("ALTER TABLE enquiry ALTER COLUMN revision DROP DEFAULT"))


def test_there_is_one_head_and_the_numbers_are_in_sequence(tmp_path: Path) -> None:
    scripts = ScriptDirectory.from_config(Database(f"sqlite:///{tmp_path / 'unused.db'}").alembic())
    assert len(scripts.get_heads()) == 1
    steps = [step.revision for step in reversed(list(scripts.walk_revisions()))]
    assert steps == [f"{number:04}" for number in range(1, len(steps) + 1)]
    files = sorted(path.name for path in (MIGRATIONS / "versions").glob("[!_]*.py"))
    assert [name.split("_")[0] for name in files] == steps


def test_migrations_stand_without_the_application() -> None:
    for file in (MIGRATIONS / "versions").glob("*.py"):
        assert not re.search(r"^\s*(?:import|from) (?:bot|storage|handlers)\b", file.read_text(), re.M), file


def test_an_empty_database_is_refused_with_the_command_that_helps(bare_url: str) -> None:
    db = Database(bare_url)
    with pytest.raises(DatabaseProblem, match="python -m bot migrate"):
        db.check()
    db.close()


def test_an_old_database_is_refused_with_the_command_that_helps(bare_url: str) -> None:
    db = Database(bare_url)
    db.migrate()
    _pretend_to_be_at(db, None)
    with pytest.raises(DatabaseProblem, match="python -m bot migrate"):
        db.check()
    db.close()


def test_a_database_from_a_newer_version_is_not_told_to_migrate(bare_url: str) -> None:
    db = Database(bare_url)
    db.migrate()
    _pretend_to_be_at(db, "9999")
    for refused in (db.check, db.migrate):
        with pytest.raises(DatabaseProblem, match="newer version") as told:
            refused()
        assert "\n" not in str(told.value)
    db.close()


def _pretend_to_be_at(db: Database, revision: str | None) -> None:
    with db.transaction() as session:
        session.execute(text("DELETE FROM alembic_version"))
        if revision:
            session.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": revision})


def test_a_refused_database_is_left_as_it_was(bare_url: str) -> None:
    db = Database(bare_url)
    with pytest.raises(DatabaseProblem):
        db.check()
    assert inspect(db.engine).get_table_names() == []
    db.close()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////no/such/folder/bot.db",
        "sqlite:////proc/version",
        f"postgresql+psycopg://bot:{SECRET}@127.0.0.1:1/bot?connect_timeout=2",
        f"postgresql+psycopg://bot@127.0.0.1:1/bot?password={SECRET}",
        f"postgresql+psycopg://bot:{SECRET}@127.0.0.1:port/bot",
        f"postgresql+psycopg://bot:{SECRET}@[::1/bot",
        f"postgresql+psycopg://bot:{SECRET}@127.0.0.1:1/bot?nonsense={SECRET}",
    ],
)
@pytest.mark.parametrize("act", ["check", "migrate"])
def test_a_database_that_cannot_be_opened_is_one_sentence_without_the_password(url: str, act: str) -> None:
    with pytest.raises(DatabaseProblem, match="cannot be opened") as told, closing(Database(url)) as db:
        getattr(db, act)()
    sentence = str(told.value)
    assert SECRET not in sentence
    assert "\n" not in sentence
    assert "DATABASE_URL" in sentence


def test_a_database_without_its_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(DatabaseProblem, match=r"psycopg\[binary\]"):
        Database("postgresql+psycopg://127.0.0.1/bot")


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("This is a shopping list. " * 100)
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    with closing(Database(url)) as db, pytest.raises(DatabaseProblem, match="cannot be opened"):
        db.check()
