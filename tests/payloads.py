"""Slack's JSON, written once: what it sends when somebody mentions the bot, presses a button, sends a form.

The cast: Ada organises, Bo is in procurement, Cy is in digital. Channels and people have real-looking ids.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.directory import WORKSPACE
from tests.fakes import BOT, RESPONSE_URL

Json = dict[str, Any]

ADA, BO, CY = "U0ADA", "U0BO", "U0CY"
NAMES = {ADA: "ada.lovelace", BO: "bo.buyer", CY: "cy.coder"}
BUYING, CURATORS = "C0BUYING", "C0CURATORS"
DM = "D0ADA"
ELSEWHERE = "T0OTHER"  # another workspace

_events = count(1)


def event(what: Json, *, event_id: str = "", team: str = WORKSPACE) -> Json:
    """The envelope of an event."""
    return {
        "type": "event_callback",
        "token": "legacy-token",
        "team_id": team,
        "api_app_id": "A0APP",
        "event_id": event_id or f"Ev{next(_events):09}",
        "event_time": 1764000000,
        "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": BOT, "is_bot": True}],
        "event": what,
    }


def mention(text: str, *, by: str = ADA, channel: str = BUYING, thread: str = "", **more: Any) -> Json:
    """The bot is mentioned in a channel."""
    what = _written("app_mention", f"<@{BOT}> {text}", by, channel, thread)
    return event(what | more.pop("changes", {}), **more)


def message(text: str, *, by: str = ADA, channel: str = BUYING, kind: str = "channel", **more: Any) -> Json:
    """Somebody writes something; `changes` bends the event."""
    what = _written("message", text, by, channel, more.pop("thread", "")) | {"channel_type": kind}
    return event(what | more.pop("changes", {}), **more)


def dm(text: str, *, by: str = ADA, **more: Any) -> Json:
    """Somebody writes to the bot itself."""
    return message(text, by=by, channel=DM, kind="im", **more)


def _written(kind: str, text: str, by: str, channel: str, thread: str) -> Json:
    what: Json = {"type": kind, "user": by, "text": text, "ts": "1764000001.000100", "channel": channel}
    what |= {"team": WORKSPACE, "event_ts": "1764000001.000100", "client_msg_id": "f0f0"}
    return what | ({"thread_ts": thread} if thread else {})


def home_opened(tab: str = "home", *, by: str = ADA) -> Json:
    """Somebody opens the bot's own page."""
    return event({"type": "app_home_opened", "user": by, "channel": DM, "tab": tab, "event_ts": "1764000001.000100"})


def command(text: str, *, by: str = ADA, channel: str = BUYING, team: str = WORKSPACE) -> Json:
    """`/buying` and what follows."""
    return {
        "token": "legacy-token",
        "team_id": team,
        "team_domain": "gov",
        "channel_id": channel,
        "channel_name": "buying",
        "user_id": by,
        "user_name": NAMES.get(by, by.lower()),
        "command": "/buying",
        "text": text,
        "api_app_id": "A0APP",
        "response_url": RESPONSE_URL,
        "trigger_id": "1.2.trigger",
    }


def shortcut(text: str, *, by: str = ADA, author: str = BO, thread: str = "", team: str = WORKSPACE) -> Json:
    """*Answer this*, chosen from the menu of somebody's message."""
    written: Json = {"type": "message", "user": author, "text": text, "ts": "1764000001.000100"}
    return acting(by, team) | {
        "type": "message_action",
        "callback_id": "answer_this",
        "message_ts": "1764000001.000100",
        "channel": {"id": BUYING, "name": "buying"},
        "message": written | ({"thread_ts": thread} if thread else {}),
    }


def click(
    button: Json,
    *,
    by: str = ADA,
    channel: str = BUYING,
    thread: str = "",
    private: bool = False,
    team: str = WORKSPACE,
) -> Json:
    """A press of a button as it was drawn. A private message comes without its content, as Slack does it."""
    container: Json = {"type": "message", "channel_id": channel, "message_ts": "1764000002.000200"}
    container |= {"is_ephemeral": private} | ({"thread_ts": thread} if thread else {})
    pressed = {key: button[key] for key in ("action_id", "value", "text", "type") if key in button}
    body = acting(by, team) | {
        "type": "block_actions",
        "container": container,
        "channel": {"id": channel, "name": "buying"},
        "actions": [pressed | {"block_id": "reply_buttons", "action_ts": "1764000003.000300"}],
    }
    if not private:
        body["message"] = {"type": "message", "user": BOT, "ts": "1764000002.000200", "text": "an answer"}
        body["message"] |= {"thread_ts": thread} if thread else {}
    return body


def submission(view: Json, *, by: str = ADA, team: str = WORKSPACE, **filled: Any) -> Json:
    """A form, sent with its fields filled in: text for a text field, True for a tick box."""
    values = {block: {block: _state(value)} for block, value in filled.items()}
    sent = view | {"id": "V0VIEW", "team_id": team, "app_installed_team_id": team, "state": {"values": values}}
    return acting(by, team) | {"type": "view_submission", "view": sent} | {"response_url": None, "response_urls": []}


def _state(value: str | bool | None) -> Json:
    if isinstance(value, bool):
        return {"type": "checkboxes", "selected_options": [{"value": "yes"}] if value else []}
    return {"type": "plain_text_input", "value": value}


def acting(by: str, team: str) -> Json:
    """What every press and every sent form tells of who did it."""
    return {
        "token": "legacy-token",
        "trigger_id": "1.2.trigger",
        "api_app_id": "A0APP",
        "response_url": RESPONSE_URL,
        "team": {"id": team, "domain": "gov"},
        "user": {"id": by, "username": NAMES.get(by, by.lower()), "name": NAMES.get(by, by.lower()), "team_id": team},
    }
