"""python -m storage.migrations.new "add segment" 0002: write a migration, a fresh database compared with the tables."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.database import Database


def main(message: str, number: str) -> None:
    """Write `versions/<number>_<message>.py` beside the others."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'new.db'}")
        db.migrate()
        command.revision(db.alembic(), message=message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main(*sys.argv[1:])
