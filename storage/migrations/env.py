"""Runs migrations for `Database.migrate`, and writes new ones with plain SQLAlchemy types."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Engine, create_engine

from storage.tables import Table, UtcTime


def render_item(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Our own column type as SQLAlchemy's, so that a migration never imports the application."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcTime) else False


def run() -> None:
    """Run the steps that were asked for, each in its own transaction where the engine allows it."""
    engine: Engine = context.config.attributes.get("engine") or create_engine(
        context.get_x_argument(as_dictionary=True)["url"]
    )
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Table.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
