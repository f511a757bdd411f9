"""Keeps how a wish from the browser becomes an act of a person: a small table from a word to a method of the Actor."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.acting import Actor
from sandbox.interactions import OnMessage, OnView
from sandbox.outcomes import Outcome
from sandbox.workspace import Workspace

Wish = dict[str, Any]


class NotUnderstood(ValueError):
    """The browser asked for something that cannot be."""


async def act(workspace: Workspace, actor: Actor, wish: Wish) -> Outcome:
    """Do what the wish says, as the person it names."""
    does = _ACTS.get(str(wish.get("act")))
    person = workspace.people.get(str(wish.get("as")))
    if does is None or person is None:
        raise NotUnderstood(f"There is no act {wish.get('act')!r} of {wish.get('as')!r}.")
    try:
        return await does(actor, person.id, _in_utc(wish, person.tz))
    except (LookupError, ValueError, TypeError) as wrong:
        raise NotUnderstood(str(wrong)) from wrong


def _in_utc(part: Any, zone: str) -> Any:
    """A browser tells a date with time as the person's wall clock shows it; Slack wants seconds since 1970."""
    if isinstance(part, dict) and set(part) == {"local"}:
        local = str(part["local"])
        return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp()) if local else None
    if isinstance(part, dict):
        return {key: _in_utc(inner, zone) for key, inner in part.items()}
    return part


def _place(wish: Wish) -> OnMessage | OnView:
    return OnView(str(wish["view"])) if wish.get("view") else OnMessage(str(wish["channel"]), str(wish["ts"]))


async def _say(actor: Actor, person: str, wish: Wish) -> Outcome:
    text = str(wish["text"]).strip()
    if not text:
        return Outcome()
    return await actor.say(person, str(wish["in"]), text, wish.get("thread") or None)


async def _press(actor: Actor, person: str, wish: Wish) -> Outcome:
    block, action = str(wish["block"]), str(wish["action"])
    return await actor.press(person, _place(wish), block, action, wish.get("value"), wish.get("entered") or {})


async def _submit(actor: Actor, person: str, wish: Wish) -> Outcome:
    return await actor.submit(person, str(wish["view"]), wish.get("entered") or {})


async def _close(actor: Actor, person: str, wish: Wish) -> Outcome:
    return await actor.close(person, str(wish["view"]), everything=bool(wish.get("everything")))


async def _shortcut(actor: Actor, person: str, wish: Wish) -> Outcome:
    return await actor.shortcut(person, str(wish["shortcut"]), wish.get("channel"), wish.get("ts"))


async def _dismiss(actor: Actor, person: str, wish: Wish) -> Outcome:
    await actor.dismiss(person, str(wish["channel"]), str(wish["ts"]))
    return Outcome()


_ACTS: dict[str, Callable[[Actor, str, Wish], Awaitable[Outcome]]] = {
    "say": _say,
    "press": _press,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "dismiss": _dismiss,
}
