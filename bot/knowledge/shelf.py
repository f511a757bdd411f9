"""The base that is in use now, and how a newer one takes its place: whole, or not at all."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bot.errors import ContentError
from bot.knowledge import base
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.replying import Replier
from bot.knowledge.semantic.meanings import Meanings


class Shelf:
    """Holds the replier that answers. A broken file never takes it away: the last good base stays."""

    def __init__(self, folder: Path, meanings: Meanings | None = None, index_file: Path | None = None) -> None:
        """Reads the folder. Records with faults are left out; raises ContentError when nothing can be said at all."""
        self._folder = folder
        self._replier_of = partial(Replier, meanings=meanings, index_file=index_file)
        self._seen = _fingerprint(folder)
        loaded, self.faults = base.load(folder)
        _refuse_nothing(loaded, folder)
        self.replier = self._replier_of(loaded)

    def refresh(self) -> list[Fault]:
        """Read the folder again if a file has changed; with any fault the old base stays. Gives the faults."""
        seen = _fingerprint(self._folder)
        if seen == self._seen:
            return []
        self._seen = seen
        try:
            loaded, faults = base.load(self._folder)
            _refuse_nothing(loaded, self._folder)
        except ContentError as error:
            return [Fault(self._folder, 1, str(error))]
        if not faults:
            self.replier = self._replier_of(loaded)
        return faults


def meanings_of(file: Path) -> Meanings | None:
    """What the optional model knows of meanings; None when it is not there. Raises Problem when it cannot be used."""
    return Meanings.beside(file)


def _refuse_nothing(loaded: KnowledgeBase, folder: Path) -> None:
    if not loaded.entries and not loaded.agreements:
        raise ContentError(f"{folder} holds no sound record. Run: python -m bot check")


def _fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Every file with its size and time of change."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), stat.st_size, stat.st_mtime_ns) for path in files for stat in [path.stat()])
