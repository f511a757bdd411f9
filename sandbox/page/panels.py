"""Keeps the two panels that Slack does not have: the clock that can be moved, and the faults that can be asked for."""

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.page.scene import Scene
from sandbox.rendering import Html, tag, text

_TUESDAY = 1
_EVERYWHERE: list[tuple[str, dict[str, Any]]] = [
    ("Too many requests: the app's next call gets 429", {"fault": "rate_limited", "retry_after": 2}),
    ("Server error: the app's next call fails", {"fault": "error_before"}),
    ("Lost answer: the app's next call works, but looks failed", {"fault": "error_after"}),
    ("Twice: the next event arrives two times", {"fault": "double"}),
    ("Late: the next event or click arrives after 4 seconds", {"fault": "delay", "seconds": 4}),
    ("Cut: the connection to the app breaks", {"fault": "drop_connection"}),
    ("Revoke the app's token", {"fault": "revoke_token"}),
    ("Give the token back", {"fault": "restore_token"}),
]
_CLEAR: tuple[str, dict[str, Any]] = ("Enough: forget the planned faults", {"fault": "clear"})


def panels(scene: Scene) -> Html:
    """Both panels, folded."""
    return tag("div", {"class": "panels"}, _clock(scene), _faults(scene))


def _panel(key: str, title: str, *inner: Html) -> Html:
    return tag("details", {"class": "panel", "id": f"panel-{key}"}, tag("summary", None, text(title)), *inner)


def _button(key: str, label: str, path: str, body: dict[str, Any]) -> Html:
    look = {"type": "button", "class": "button small", "id": key, "data-post": path, "data-body": json.dumps(body)}
    return tag("li", None, tag("button", look, text(label)))


def _clock(scene: Scene) -> Html:
    local = scene.workspace.clock.now().astimezone(ZoneInfo(scene.person.tz))
    shown = tag("time", {"datetime": local.isoformat()}, text(f"{local:%A} {local.day} {local:%B %Y, %H:%M}"))
    buttons = [
        _button("clock-hour", "+1 hour", "/clock", {"advance_seconds": 3600}),
        _button("clock-day", "+1 day", "/clock", {"advance_seconds": 86400}),
        tag("li", None, tag("button", _tuesday(local), text("Next Tuesday 10:00"))),
    ]
    said = tag("p", None, text("It is "), shown, text(" here. The bot's schedules follow this clock."))
    return _panel("clock", "Clock", said, tag("ul", {"class": "buttons"}, *buttons))


def _tuesday(local: datetime) -> dict[str, object]:
    # A moment, not a distance: how far it is away is reckoned when the button is pressed.
    moment = next_tuesday(local).timestamp()
    return {"type": "button", "class": "button small", "id": "clock-tuesday", "data-until": str(int(moment))}


def next_tuesday(local: datetime) -> datetime:
    """Ten o'clock on the first Tuesday whose ten o'clock is still to come, on the wall clock of the same zone."""
    ten = local.replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=(_TUESDAY - local.weekday()) % 7)
    return ten if ten > local else ten + timedelta(days=7)


def _faults(scene: Scene) -> Html:
    said = tag("p", None, text("What can go wrong at Slack, for trying how the bot takes it."))
    wishes = [*_EVERYWHERE, *_here(scene), _CLEAR]
    buttons = [_button(f"fault-{n}", label, "/ui/faults", body) for n, (label, body) in enumerate(wishes)]
    return _panel("faults", "Faults", said, tag("ul", {"class": "buttons"}, *buttons))


def _here(scene: Scene) -> list[tuple[str, dict[str, Any]]]:
    """Troubles of the channel and the person one looks at; each can be undone."""
    found: list[tuple[str, dict[str, Any]]] = []
    if scene.channel and not scene.channel.is_im:
        word = "unarchive" if scene.channel.archived else "archive"
        found.append((f"{word.capitalize()} #{scene.channel.name}", {"fault": word, "channel": scene.channel.id}))
    word = "reactivate" if scene.person.deleted else "deactivate"
    name = f"{word.capitalize()} the account of {scene.person.shown_name}"
    return [*found, (name, {"fault": word, "person": scene.person.id})]
