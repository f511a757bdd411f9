"""Keeps one call of the Web API: its arguments, however they were encoded, and pages of a long list.

https://docs.slack.dev/apis/web-api
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.errors import SlackError, invalid
from sandbox.records import Channel, Json
from sandbox.world import World

_T = TypeVar("_T")
MAX_PAGE = 999  # https://docs.slack.dev/apis/web-api/pagination


@dataclass(frozen=True)
class Call:
    """The method and what it was called with."""

    method: str
    args: Json

    def required(self, name: str) -> str:
        """An argument that must be there."""
        value = self.args.get(name)
        if value in (None, ""):
            raise invalid("invalid_arguments", [f"missing required field: {name}"])
        return str(value)

    def text(self, name: str, otherwise: str = "") -> str:
        """An argument that may be left out."""
        value = self.args.get(name)
        return otherwise if value in (None, "") else str(value)

    def flag(self, name: str) -> bool:
        """A yes or no, in any of the ways that forms and JSON write it."""
        return str(self.args.get(name, "")).lower() in ("1", "true", "yes")

    def number(self, name: str, otherwise: int) -> int:
        """A whole number."""
        try:
            return int(float(self.text(name, str(otherwise))))
        except ValueError:
            raise invalid("invalid_arguments", [f"must be an integer [json-pointer:/{name}]"]) from None

    def listed(self, name: str) -> list[Any]:
        """A list: as it is, as JSON, or with commas between."""
        value = self.args.get(name)
        if value in (None, ""):
            return []
        if isinstance(value, list):
            return value
        try:
            found = json.loads(value)
        except ValueError:
            return [part.strip() for part in str(value).split(",")]
        return found if isinstance(found, list) else [found]


Handler = Callable[[World, Call], Json]


def page(items: list[_T], call: Call, otherwise: int = 100) -> tuple[list[_T], Json]:
    """One page of a list, and the `response_metadata` that leads to the next."""
    start, size = _start(call.text("cursor")), call.number("limit", otherwise)
    if not 0 < size <= MAX_PAGE + 1:
        raise SlackError("invalid_limit")
    more = len(items) > start + size
    cursor = base64.b64encode(f"next:{start + size}".encode()).decode() if more else ""
    return items[start : start + size], {"response_metadata": {"next_cursor": cursor}}


def need_scope(world: World, *alternatives: str) -> None:
    """Refuse unless the app has one of the scopes. https://docs.slack.dev/reference/scopes"""
    provided = world.workspace.manifest.scopes
    if alternatives and not set(alternatives) & set(provided):
        raise SlackError("missing_scope", needed=",".join(alternatives), provided=",".join(provided))


def kind_of(channel: Channel) -> str:
    """The word that scopes use for this kind of conversation: `channels:read`, `groups:read`, `im:read`."""
    if channel.is_im:
        return "im"
    return "groups" if channel.is_private else "channels"


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise SlackError("invalid_cursor") from None
