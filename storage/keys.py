"""The keys of open anonymous rounds: where they lie, and how they are destroyed so that they cannot come back.

A key is 32 random bytes and belongs to one round. Whoever has it can match the round's open answers to people; so it
never lies in the database with them. Either it is a file of its own in a folder that is left out of backups, or it is
wrapped by a secret that is not in the database. Destroying it is part of the seal (storage/sealing.py).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import delete, select

from bot.errors import Problem
from storage.database import Database
from storage.tables import WrappedKeyRow

SIZE = 32  # bytes
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class KeyFolder:
    """Keys as files, one a round, for a bot on one computer. Everything in the folder is for its owner only."""

    path: Path

    def make(self, round_id: str) -> None:
        """Make the round's key, durably, unless it has one. Raises Problem when the folder cannot be used."""
        self.ready()
        unnamed = self.path / f"{secrets.token_hex(8)}.new"
        with os.fdopen(os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            _write(file, secrets.token_bytes(SIZE))
        with suppress(FileExistsError):
            os.link(unnamed, self._file(round_id))  # whole or not at all, and never over another
        unnamed.unlink()
        self._settle()

    def get(self, round_id: str) -> bytes | None:
        """The round's key; None when there is none (any more)."""
        try:
            return self._file(round_id).read_bytes()
        except FileNotFoundError:
            return None

    def destroy(self, round_id: str) -> None:
        """Overwrite the key and take the file away. Doing it again does nothing.

        Overwriting helps on plain disks; on those that write elsewhere (SSDs, snapshots) what helps is encryption of
        the disk, as docs/anonymity.md says.
        """
        try:
            with self._file(round_id).open("r+b") as file:
                _write(file, secrets.token_bytes(SIZE))
            self._file(round_id).unlink()
        except FileNotFoundError:
            return
        self._settle()

    def ready(self) -> None:
        """Make the folder if need be. Raises Problem when it cannot be made, or others may look into it."""
        try:
            self.path.mkdir(mode=0o700, exist_ok=True)
            mode = self.path.stat().st_mode
        except OSError as error:
            raise Problem(f"KEY_FOLDER cannot be used: {self.path}. Name a folder that the bot may write.") from error
        if os.name == "posix" and mode & OTHERS:
            raise Problem(f"Others on this computer may look into KEY_FOLDER. Run: chmod 700 {self.path}")

    def _file(self, round_id: str) -> Path:
        if not round_id.isalnum():
            raise ValueError("a round's id has letters and digits only")
        return self.path / f"{round_id}.key"

    def _settle(self) -> None:
        """Make the coming or going of a file last through a power cut, where folders can be synchronised."""
        if os.name == "posix":
            folder = os.open(self.path, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)


@dataclass(frozen=True)
class WrappedKeys:
    """Keys as rows that are worth nothing without the secret, for a bot on several computers.

    A key is wrapped by XOR with HMAC-SHA256(secret, "wrap" and the round's id), and an HMAC over id and result tells
    whether it was changed. That is sound here, though XOR with a fixed pad is not in general: HMAC-SHA256 under an
    unknown secret is a pseudorandom function (RFC 2104; Bellare 2006), so its 32 bytes for an id that never comes again
    are as good as a one-time pad; what it covers is exactly as long, once for each id, and itself random. Both uses of
    the secret are told apart by their first word. (RFC 3394 key wrap would need a library for AES.)
    """

    db: Database
    secret: str

    def make(self, round_id: str) -> None:
        """Make the round's key unless it has one."""
        with self.db.transaction() as session:
            self.db.lock(session, f"key {round_id}")
            if session.get(WrappedKeyRow, round_id) is None:
                session.add(
                    WrappedKeyRow(round_id=round_id, wrapped=self._wrapped(round_id, secrets.token_bytes(SIZE)))
                )

    def get(self, round_id: str) -> bytes | None:
        """The round's key; None when there is none (any more), or KEY_SECRET is not the one that wrapped it."""
        with self.db.reading() as session:
            wrapped = session.scalar(select(WrappedKeyRow.wrapped).where(WrappedKeyRow.round_id == round_id))
        return self._unwrapped(round_id, wrapped) if wrapped else None

    def destroy(self, round_id: str) -> None:
        """Delete the row. The seal then takes what the database still holds of it (Database.wipe)."""
        with self.db.transaction() as session:
            session.execute(delete(WrappedKeyRow).where(WrappedKeyRow.round_id == round_id))

    def ready(self) -> None:
        """Nothing has to be made ready."""

    def _wrapped(self, round_id: str, key: bytes) -> bytes:
        covered = self._covered(round_id, key)
        return covered + self._tag(round_id, covered)

    def _unwrapped(self, round_id: str, wrapped: bytes) -> bytes | None:
        covered, tag = wrapped[:SIZE], wrapped[SIZE:]
        return self._covered(round_id, covered) if hmac.compare_digest(tag, self._tag(round_id, covered)) else None

    def _covered(self, round_id: str, key: bytes) -> bytes:
        pad = self._code(b"wrap\0" + round_id.encode())
        return bytes(one ^ other for one, other in zip(key, pad, strict=True))

    def _tag(self, round_id: str, covered: bytes) -> bytes:
        return self._code(b"tag\0" + round_id.encode() + b"\0" + covered)

    def _code(self, what: bytes) -> bytes:
        return hmac.new(self.secret.encode(), what, hashlib.sha256).digest()


Keys = KeyFolder | WrappedKeys


def _write(file: BinaryIO, key: bytes) -> None:
    file.write(key)
    file.flush()
    os.fsync(file.fileno())


def keys_of(db: Database, folder: Path, secret: str) -> Keys:
    """The place for keys that the settings name, ready for use. Raises Problem when it cannot be used."""
    keys = WrappedKeys(db, secret) if secret else KeyFolder(folder)
    keys.ready()
    return keys
