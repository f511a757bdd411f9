"""Keys: made once, for their owner only, destroyed for good; wrapped ones are worth nothing without the secret."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import Problem
from storage.database import Database
from storage.keys import SIZE, KeyFolder, Keys, WrappedKeys, keys_of
from storage.tables import WrappedKeyRow
from tests.rounds import rows

ROUND, OTHER = "a" * 32, "b" * 32
SECRET = "correct-horse-battery-staple-and-more"


@pytest.fixture(params=["folder", "wrapped"])
def keys(request: pytest.FixtureRequest, db: Database, tmp_path: Path) -> Keys:
    return keys_of(db, tmp_path / "keys", SECRET if request.param == "wrapped" else "")


def test_a_key_is_made_once_and_stays(keys: Keys) -> None:
    assert keys.get(ROUND) is None
    keys.make(ROUND)
    made = keys.get(ROUND)
    keys.make(ROUND)
    assert made
    assert len(made) == SIZE
    assert keys.get(ROUND) == made


def test_each_round_has_a_key_of_its_own(keys: Keys) -> None:
    keys.make(ROUND)
    keys.make(OTHER)
    assert keys.get(ROUND) != keys.get(OTHER)


def test_a_destroyed_key_is_gone_and_the_others_stay(keys: Keys) -> None:
    keys.make(ROUND)
    keys.make(OTHER)
    keys.destroy(ROUND)
    keys.destroy(ROUND)
    assert keys.get(ROUND) is None
    assert keys.get(OTHER)


def test_eight_processes_that_make_a_key_at_once_make_the_same(keys: Keys) -> None:
    def made(_number: int) -> bytes | None:
        keys.make(ROUND)
        return keys.get(ROUND)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(made, range(8)))) == 1


def test_a_folder_for_keys_and_its_files_are_for_their_owner_only(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "keys")
    keys.make(ROUND)
    [file] = keys.path.iterdir()
    assert oct(keys.path.stat().st_mode & 0o777) == "0o700"
    assert oct(file.stat().st_mode & 0o777) == "0o600"


def test_a_folder_into_which_others_may_look_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys").chmod(0o755)
    with pytest.raises(Problem, match=f"chmod 700 {tmp_path / 'keys'}"):
        KeyFolder(tmp_path / "keys").make(ROUND)
    assert list((tmp_path / "keys").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="KEY_FOLDER cannot be used"):
        KeyFolder(tmp_path / "file" / "keys").ready()


def test_a_key_file_is_overwritten_before_it_goes(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "keys")
    keys.make(ROUND)
    key = keys.get(ROUND)
    [file] = keys.path.iterdir()
    os.link(file, tmp_path / "still-open")  # what a disk or another process may still hold
    keys.destroy(ROUND)
    assert (tmp_path / "still-open").read_bytes() != key
    assert list(keys.path.iterdir()) == []


def test_a_rounds_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        KeyFolder(tmp_path / "keys").get("../bot")


def test_a_wrapped_key_does_not_show_the_key(db: Database) -> None:
    keys = WrappedKeys(db, SECRET)
    keys.make(ROUND)
    key, [row] = keys.get(ROUND), rows(db, WrappedKeyRow)
    assert key
    assert key not in row.wrapped
    assert len(row.wrapped) == 2 * SIZE


def test_another_secret_or_a_changed_row_gives_no_key(db: Database) -> None:
    keys = WrappedKeys(db, SECRET)
    keys.make(ROUND)
    assert WrappedKeys(db, SECRET + "!").get(ROUND) is None
    with db.transaction() as session:
        row = session.get_one(WrappedKeyRow, ROUND)
        row.wrapped = bytes([row.wrapped[0] ^ 1]) + row.wrapped[1:]
    assert keys.get(ROUND) is None


def test_a_wrapped_key_serves_its_own_round_only(db: Database) -> None:
    keys = WrappedKeys(db, SECRET)
    keys.make(ROUND)
    with db.transaction() as session:
        session.add(WrappedKeyRow(round_id=OTHER, wrapped=session.get_one(WrappedKeyRow, ROUND).wrapped))
    assert keys.get(OTHER) is None
