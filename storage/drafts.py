"""What an organiser wrote, as JSON and back: no class or function is named in it, so code may be renamed."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from bot.surveys.survey import Draft

_KEPT = TypeAdapter(Draft)


def kept(draft: Draft) -> dict[str, Any]:
    """A draft as JSON knows it."""
    dumped: dict[str, Any] = _KEPT.dump_python(draft, mode="json")
    return dumped


def written(kept: dict[str, Any]) -> Draft:
    """The draft that was kept."""
    return _KEPT.validate_python(kept)
