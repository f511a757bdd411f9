"""The folder that the pages are written into, and the promise that nobody else's file in it is touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.errors import Problem

LIST = "files-of-this-site.txt"  # what we wrote, one path a line, so that the next making knows its own
OF_THE_COMPUTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # what computers leave behind where people look


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write every file, and remove those of an earlier making that are no more.

    Raises Problem, before anything is written, when the folder holds a file that is not of an earlier making.
    """
    try:
        before = _ours(folder)
        folder.mkdir(parents=True, exist_ok=True)
        _note(folder, before | files.keys())  # first, so that a making that breaks off can be made again
        for path, held in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(held.encode() if isinstance(held, str) else held)
        for path in before - files.keys():
            (folder / path).unlink()
        _note(folder, files)
    except (OSError, UnicodeError) as error:
        raise Problem(f"{folder} cannot be written ({error}). Name a folder in which you may write.") from error


def _ours(folder: Path) -> set[str]:
    """The files in the folder, all of which are of an earlier making."""
    if folder.exists() and not folder.is_dir():
        raise Problem(f"{folder} is a file. Name a folder.")
    found = {
        each.relative_to(folder).as_posix(): each for each in folder.rglob("*") if each.name not in OF_THE_COMPUTER
    }
    known = set(_listed(folder / LIST)) | {LIST}
    others = sorted(name for name, each in found.items() if each.is_symlink() or (each.is_file() and name not in known))
    if others:
        raise Problem(
            f"{folder} holds files that this command did not write ({_some(others)}). Name a new or empty folder."
        )
    return {name for name, each in found.items() if each.is_file() and name != LIST}


def _listed(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() and not path.is_symlink() else []


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"


def _note(folder: Path, paths: Iterable[str]) -> None:
    (folder / LIST).write_text("".join(f"{path}\n" for path in sorted(paths)), encoding="utf-8", newline="\n")
