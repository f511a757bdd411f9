"""A modal, a Home tab and a manifest are refused for what Slack would refuse them for."""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.validation import faults_in_manifest, faults_in_view, view_is_too_large
from tests.sandbox.face.payloads import Json, asked, modal, plain, section

ROOT = Path(__file__).parents[3]


def _without(view: Json, name: str) -> Json:
    return {key: value for key, value in view.items() if key != name}


VIEWS: list[tuple[str, Json, str]] = [
    ("no title", _without(modal(section()), "title"), "/view"),
    ("title too long", modal(section(), title=plain("x" * 25)), "/view/title/text"),
    ("title in mrkdwn", modal(title={"type": "mrkdwn", "text": "x"}), "/view/title/type"),
    ("submit too long", modal(section(), submit=plain("x" * 25)), "/view/submit/text"),
    ("close too long", modal(section(), close=plain("x" * 25)), "/view/close/text"),
    ("input without submit", _without(modal(asked()), "submit"), "/view"),
    ("101 blocks", modal(*[{"type": "divider"}] * 101), "/view/blocks"),
    ("private_metadata", modal(private_metadata="x" * 3001), "/view/private_metadata"),
    ("callback_id", modal(callback_id="x" * 256), "/view/callback_id"),
    ("external_id", modal(external_id="x" * 256), "/view/external_id"),
    ("unknown key", modal(colour="teal"), "/view"),
    ("no blocks", _without(modal(), "blocks"), "/view"),
    ("blocks that are none", modal() | {"blocks": "x"}, "/view/blocks"),
    ("a bad block", modal(section(text="x")), "/view/blocks/0/text"),
    ("Home with a title", {"type": "home", "title": plain(), "blocks": []}, "/view"),
    ("neither modal nor Home", {"type": "dialog", "blocks": []}, "/view/type"),
    ("250 kB", modal(*[section(text=plain("é" * 2999)) for _ in range(50)]), "/view"),
]


@pytest.mark.parametrize(("view", "at"), [row[1:] for row in VIEWS], ids=[row[0] for row in VIEWS])
def test_a_bad_view_is_refused_and_pointed_at(view: Json, at: str) -> None:
    assert any(fault.endswith(f"[json-pointer:{at}]") for fault in faults_in_view(view))


@pytest.mark.parametrize(
    "view",
    [
        modal(asked(), close=plain(), private_metadata="x" * 3000, notify_on_close=True, clear_on_close=False),
        _without(modal(section()), "submit"),
        {"type": "home", "blocks": [section()], "callback_id": "home", "private_metadata": ""},
    ],
)
def test_a_good_view_is_taken(view: Json) -> None:
    assert faults_in_view(view) == []


def test_size_is_counted_in_bytes_not_characters() -> None:
    assert view_is_too_large(modal(*[section(text=plain("é" * 2999)) for _ in range(50)]))
    assert not view_is_too_large(modal(*[section(text=plain("e" * 2999)) for _ in range(50)]))


MANIFEST: Json = {"display_information": {"name": "Bot"}}
SHOWN: list[tuple[str, Json, str]] = [
    ("name", {"name": "x" * 36}, "/name"),
    ("description", {"description": "x" * 141}, "/description"),
    ("short long_description", {"long_description": "x" * 174}, "/long_description"),
    ("endless long_description", {"long_description": "x" * 4001}, "/long_description"),
    ("colour", {"background_color": "teal"}, "/background_color"),
    ("unknown", {"motto": "x"}, ""),
]


def _command(**more: Any) -> Json:
    return {"slash_commands": [{"command": "/x", "description": "d", **more}]}


def _shortcut(**more: Any) -> Json:
    return {"name": "n", "type": "message", "callback_id": "c", "description": "d", **more}


PROMPT = {"title": "t", "message": "m"}
FEATURES: list[tuple[str, Json, str]] = [
    ("no slash", _command(command="buying"), "/slash_commands/0/command"),
    ("long command", _command(command="/" + "x" * 32), "/slash_commands/0/command"),
    ("unknown command key", _command(hint="x"), "/slash_commands/0"),
    ("11 shortcuts", {"shortcuts": [_shortcut()] * 11}, "/shortcuts"),
    ("shortcut name", {"shortcuts": [_shortcut(name="x" * 25)]}, "/shortcuts/0/name"),
    ("shortcut type", {"shortcuts": [_shortcut(type="menu")]}, "/shortcuts/0/type"),
    ("bot name", {"bot_user": {"display_name": "x" * 81}}, "/bot_user/display_name"),
    ("agent description", {"agent_view": {"agent_description": "x" * 301}}, "/agent_view/agent_description"),
    ("5 prompts", {"agent_view": {"suggested_prompts": [PROMPT] * 5}}, "/agent_view/suggested_prompts"),
    ("prompt", {"agent_view": {"suggested_prompts": [{"title": "t"}]}}, "/agent_view/suggested_prompts/0"),
    ("6 domains", {"unfurl_domains": [f"d{n}.uk" for n in range(6)]}, "/unfurl_domains"),
]  # fmt: skip


@pytest.mark.parametrize(("shown", "at"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_bad_display_information_is_refused_and_pointed_at(shown: Json, at: str) -> None:
    found = faults_in_manifest({"display_information": {"name": "Bot", **shown}})
    assert [fault[fault.index("[json") :] for fault in found] == [f"[json-pointer:/display_information{at}]"]


@pytest.mark.parametrize("manifest", [{"display_information": {}}, {}, {**MANIFEST, "settngs": {}}, [], None])
def test_a_manifest_without_name_or_with_unknown_parts_is_refused(manifest: object) -> None:
    assert faults_in_manifest(manifest)


@pytest.mark.parametrize(("features", "at"), [row[1:] for row in FEATURES], ids=[row[0] for row in FEATURES])
def test_a_bad_feature_is_refused_and_pointed_at(features: Json, at: str) -> None:
    found = faults_in_manifest({**MANIFEST, "features": features})
    assert any(fault.endswith(f"[json-pointer:/features{at}]") for fault in found)


def test_events_and_scopes_are_lists_of_short_names() -> None:
    found = faults_in_manifest(
        {
            **MANIFEST,
            "oauth_config": {"scopes": {"bot": ["x" * 51], "robot": []}},
            "settings": {"event_subscriptions": {"bot_events": ["message.im", "message.im"]}, "interactivity": {}},
        }
    )
    assert [fault.split("[")[1] for fault in found] == [
        "json-pointer:/oauth_config/scopes]",
        "json-pointer:/oauth_config/scopes/bot/0]",
        "json-pointer:/settings/event_subscriptions/bot_events]",
        "json-pointer:/settings/interactivity]",
    ]


def test_our_own_manifest_is_taken() -> None:
    assert faults_in_manifest(json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))) == []
