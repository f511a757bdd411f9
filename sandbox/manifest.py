"""Keeps what the app declares in `manifest.json`, so that nothing undeclared works here that fails at Slack."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.records import Json


@dataclass(frozen=True)
class Command:
    """A declared slash command. See https://docs.slack.dev/reference/app-manifest"""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    """A declared shortcut; `kind` is "global" or "message"."""

    name: str
    kind: str
    callback_id: str
    description: str = ""


class Manifest:
    """A read-only view on the manifest, in the sandbox's own words."""

    def __init__(self, body: Json) -> None:
        self.body = body
        features: Json = body.get("features", {})
        settings: Json = body.get("settings", {})
        home: Json = features.get("app_home", {})
        self.bot_name: str = features.get("bot_user", {}).get("display_name") or body["display_information"]["name"]
        self.bot_handle = self.bot_name.lower().replace(" ", "_")
        self.commands = {c["command"]: _command(c) for c in features.get("slash_commands", [])}
        self.shortcuts = {s["callback_id"]: _shortcut(s) for s in features.get("shortcuts", [])}
        self.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", []))
        self.scopes: tuple[str, ...] = tuple(body.get("oauth_config", {}).get("scopes", {}).get("bot", []))
        self.home_tab = bool(home.get("home_tab_enabled"))
        self.messages_tab = bool(home.get("messages_tab_enabled"))
        self.messages_tab_read_only = bool(home.get("messages_tab_read_only_enabled"))
        self.interactivity = bool(settings.get("interactivity", {}).get("is_enabled"))
        self.suggested_prompts: list[dict[str, str]] = _agent(features).get("suggested_prompts", [])

    @classmethod
    def read(cls, source: "Manifest | Json | Path | str") -> "Manifest":
        """From a file, a dictionary, or as it is."""
        if isinstance(source, Manifest):
            return source
        if isinstance(source, dict):
            return cls(source)
        return cls(json.loads(Path(source).read_text(encoding="utf-8")))


def _agent(features: Json) -> Json:
    found: Any = features.get("agent_view") or features.get("assistant_view") or {}
    return dict(found)


def _command(body: Json) -> Command:
    return Command(
        body["command"],
        body.get("description", ""),
        body.get("usage_hint", ""),
        bool(body.get("should_escape")),
    )


def _shortcut(body: Json) -> Shortcut:
    return Shortcut(body["name"], body["type"], body["callback_id"], body.get("description", ""))
