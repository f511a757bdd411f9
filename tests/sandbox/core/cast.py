"""Keeps the workspace that the tests begin with: four people, four channels, and a manifest."""

from copy import deepcopy
from typing import Any

from sandbox.records import BOT_USER_ID, Channel, Group, Person

AMIRA, BEN, GUEST, OUTSIDER, OTHER_BOT = "U0AMIRA", "U0BEN", "U0GUEST", "U0OUTSIDER", "U0OTHERBOT"
BUYING, PRIVATE, HIDDEN, QUIET = "C0BUYING", "C0PRIVATE", "C0HIDDEN", "C0QUIET"

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Tiny Bot"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Tiny Bot"},
        "shortcuts": [
            {"name": "Look up", "type": "message", "callback_id": "look_up", "description": "Look it up"},
            {"name": "Begin", "type": "global", "callback_id": "begin", "description": "Begin something"},
        ],
        "slash_commands": [{"command": "/tiny", "description": "Ask", "should_escape": True}],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:read",
                "chat:write",
                "commands",
                "files:write",
                "im:history",
                "im:write",
                "reactions:read",
                "reactions:write",
                "usergroups:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "app_mention", "message.channels", "message.im", "reaction_added"]
        },
        "interactivity": {"is_enabled": True},
    },
}


def manifest(
    *, without_scope: str = "", without_event: str = "", without_home: bool = False, without_messages: bool = False
) -> dict[str, Any]:
    """The manifest, with something taken out of it."""
    body = deepcopy(MANIFEST)
    scopes, events = body["oauth_config"]["scopes"], body["settings"]["event_subscriptions"]
    scopes["bot"] = [s for s in scopes["bot"] if s != without_scope]
    events["bot_events"] = [e for e in events["bot_events"] if e != without_event]
    body["features"]["app_home"]["home_tab_enabled"] = not without_home
    body["features"]["app_home"]["messages_tab_enabled"] = not without_messages
    return body


def people() -> list[Person]:
    """Two colleagues, a guest, somebody from another organisation, and somebody else's bot."""
    return [
        Person(AMIRA, "amira", "Amira Khan", "Procurement", email="amira@example.gov.uk"),
        Person(BEN, "ben", "Ben Osei", "Digital"),
        Person(GUEST, "guest", "Gwen Guest", "Guest", is_restricted=True),
        Person(OUTSIDER, "olga", "Olga Outside", "Supplier", team_id="T0OTHER", email="olga@example.com"),
        Person(OTHER_BOT, "otherbot", "Other Bot", is_bot=True, bot_id="B0OTHER"),
    ]


def channels() -> list[Channel]:
    """A channel with the bot, two without it (one private), and one that only the bot is in."""
    everybody = [AMIRA, BEN, GUEST, OUTSIDER, OTHER_BOT]
    return [
        Channel(BUYING, "digital-buying", members=[*everybody, BOT_USER_ID]),
        Channel(PRIVATE, "private", is_private=True, members=[AMIRA, BOT_USER_ID]),
        Channel(HIDDEN, "hidden", is_private=True, members=[AMIRA]),
        Channel(QUIET, "quiet", members=[AMIRA]),
    ]


def groups() -> list[Group]:
    """One user group."""
    return [Group("S0CURATORS", "curators", "Curators", [AMIRA, BEN])]
