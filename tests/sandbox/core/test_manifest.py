"""The manifest as the sandbox reads it; the bot's own manifest among them."""

import json
from pathlib import Path

from sandbox.manifest import Manifest
from tests.sandbox.core import cast

OWN = Path(__file__).parents[3] / "manifest.json"


def test_what_is_declared_is_known() -> None:
    manifest = Manifest.read(cast.MANIFEST)
    assert (manifest.bot_name, manifest.bot_handle) == ("Tiny Bot", "tiny_bot")
    assert manifest.commands["/tiny"].should_escape
    assert {name: s.kind for name, s in manifest.shortcuts.items()} == {"look_up": "message", "begin": "global"}
    assert "app_mention" in manifest.events
    assert manifest.home_tab
    assert manifest.messages_tab


def test_what_is_not_declared_is_off() -> None:
    manifest = Manifest.read({"display_information": {"name": "Bare"}})
    assert (manifest.bot_name, manifest.commands, manifest.events, manifest.scopes) == ("Bare", {}, frozenset(), ())
    assert {manifest.home_tab, manifest.messages_tab, manifest.interactivity} == {False}


def test_the_bots_own_manifest_is_read_from_its_file() -> None:
    manifest = Manifest.read(OWN)
    body = json.loads(OWN.read_text(encoding="utf-8"))
    assert manifest.body == body
    assert manifest.bot_name == body["features"]["bot_user"]["display_name"]
    assert list(manifest.commands) == [command["command"] for command in body["features"]["slash_commands"]]
    assert len(manifest.suggested_prompts) == len(body["features"]["agent_view"]["suggested_prompts"])
