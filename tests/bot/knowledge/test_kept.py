"""Arrays kept in a file: whole or not at all, and never needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.knowledge import kept

ARRAYS = {"rows": np.arange(6, dtype=np.float32).reshape(2, 3), "ends": np.array([0, 2])}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    kept.write(tmp_path / "some.npz", ARRAYS)
    read = kept.read(tmp_path / "some.npz")
    assert {name: rows.tolist() for name, rows in read.items()} == {n: rows.tolist() for n, rows in ARRAYS.items()}
    assert read["rows"].dtype == np.float32
    assert [path.name for path in tmp_path.iterdir()] == ["some.npz"]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_file_that_is_empty_or_cut_off_holds_nothing(share: float, tmp_path: Path) -> None:
    kept.write(tmp_path / "some.npz", ARRAYS)
    whole = (tmp_path / "some.npz").read_bytes()
    (tmp_path / "some.npz").write_bytes(whole[: int(len(whole) * share)])
    assert kept.read(tmp_path / "some.npz") == {}


def test_no_file_and_no_archive_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "other.npz").write_bytes(b"not an archive")
    assert kept.read(tmp_path / "other.npz") == kept.read(tmp_path / "none.npz") == {}


def test_code_is_never_read_from_a_file(tmp_path: Path) -> None:
    np.savez(tmp_path / "objects.npz", rows=np.array([Path()], dtype=object))
    assert kept.read(tmp_path / "objects.npz") == {}


def test_a_place_that_cannot_be_written_is_left_as_it_is(tmp_path: Path) -> None:
    kept.write(tmp_path / "no" / "folder.npz", ARRAYS)
    (tmp_path / "folder").mkdir()
    kept.write(tmp_path / "folder", ARRAYS)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize("texts", [[], ["one"], ["one", "", "£3 – zwei"]])
def test_texts_are_packed_into_an_array_and_out_of_it(texts: list[str]) -> None:
    assert kept.unpacked(kept.packed(texts)) == texts
