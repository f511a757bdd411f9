"""Keeps the payloads of what people do: commands, presses, submissions, shortcuts.

https://docs.slack.dev/reference/interaction-payloads
"""

from dataclasses import dataclass
from typing import Any

from sandbox import forms, payloads
from sandbox.records import APP_ID, TEAM_ID, Channel, Entered, Json, Message, Person, View
from sandbox.world import World


@dataclass(frozen=True)
class OnMessage:
    """An interaction on a message, ephemeral or not."""

    channel: str
    ts: str


@dataclass(frozen=True)
class OnView:
    """An interaction in a modal or on a Home tab."""

    view_id: str


Place = OnMessage | OnView


def command(world: World, person: Person, channel: Channel, name: str, text: str) -> Json:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    return {
        "token": payloads.TOKEN,
        "team_id": TEAM_ID,
        "team_domain": payloads.team()["domain"],
        "channel_id": channel.id,
        "channel_name": payloads.channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": world.response_urls.issue(person.id, channel.id),
        "trigger_id": world.triggers.issue(person.id),
    }


def press_on_message(world: World, person: Person, message: Message, block: Json, element: Json, value: Any) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    channel = world.workspace.channels[message.channel]
    body = _press(world, person, block, element, value)
    body["container"] = _container(message)
    body["channel"] = payloads.channel_short(channel)
    body["state"] = {"values": forms.state_values(message.blocks, message.entered.get(person.id, {}))}
    body["response_url"] = world.response_urls.issue(person.id, channel.id, message.ts)
    if message.ephemeral_to is None:
        # An app cannot count on getting an ephemeral message back; here it never does.
        body["message"] = payloads.message(world.workspace, message, with_metadata=True)
    return body


def press_on_view(world: World, person: Person, view: View, block: Json, element: Json, value: Any) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    body = _press(world, person, block, element, value)
    body["container"] = {"type": "view", "view_id": view.id}
    body["view"] = payloads.view(world.workspace, view)
    return body


def submission(world: World, person: Person, view: View) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    return payloads.common(person) | {
        "type": "view_submission",
        "trigger_id": world.triggers.issue(person.id),
        "view": payloads.view(world.workspace, view),
        "response_urls": list(_response_urls(world, person, view)),
    }


def closing(world: World, person: Person, view: View, *, cleared: bool) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    body = {"type": "view_closed", "view": payloads.view(world.workspace, view), "is_cleared": cleared}
    return payloads.common(person) | body


def message_shortcut(world: World, person: Person, callback_id: str, message: Message) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload"""
    channel = world.workspace.channels[message.channel]
    return _shortcut(world, person, callback_id) | {
        "type": "message_action",
        "message_ts": message.ts,
        "channel": payloads.channel_short(channel),
        "message": payloads.message(world.workspace, message),
        "response_url": world.response_urls.issue(person.id, channel.id),
    }


def global_shortcut(world: World, person: Person, callback_id: str) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload"""
    return _shortcut(world, person, callback_id) | {"type": "shortcut"}


def suggestion(world: World, person: Person, place: Place, block: Json, element: Json, typed: str) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload"""
    body = {"type": "block_suggestion", "value": typed, "action_id": element["action_id"]}
    body |= {"block_id": block["block_id"], **payloads.common(person)}
    if isinstance(place, OnView):
        view = world.workspace.view(place.view_id)
        assert view is not None  # noqa: S101 -- the caller has just found the element in it
        return body | {"container": {"type": "view", "view_id": view.id}, "view": payloads.view(world.workspace, view)}
    message = world.workspace.message(place.channel, place.ts)
    assert message is not None  # noqa: S101 -- the caller has just found the element in it
    channel = payloads.channel_short(world.workspace.channels[place.channel])
    return body | {"container": _container(message), "channel": channel}


def remember(kept: Entered, block: Json, element: Json, value: Any) -> None:
    """Keep what somebody chose, so that the next payload's `state` knows it."""
    if forms.is_stateful(element):
        kept.setdefault(block["block_id"], {})[element["action_id"]] = value


def _press(world: World, person: Person, block: Json, element: Json, value: Any) -> Json:
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": world.workspace.new_ts(),
        **forms.pressed(element, value),
    }
    trigger = world.triggers.issue(person.id)
    return payloads.common(person) | {"type": "block_actions", "trigger_id": trigger, "actions": [action]}


def _shortcut(world: World, person: Person, callback_id: str) -> Json:
    return payloads.common(person) | {
        "callback_id": callback_id,
        "trigger_id": world.triggers.issue(person.id),
        "action_ts": world.workspace.new_ts(),
    }


def _container(message: Message) -> Json:
    body = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    return body | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def _response_urls(world: World, person: Person, view: View) -> list[Json]:
    # Only for menus that ask for it. https://docs.slack.dev/reference/block-kit/block-elements (response_url_enabled)
    found = []
    values = forms.state_values(view.blocks, view.entered)
    for block, element in forms.elements(view.blocks):
        state = values.get(block["block_id"], {}).get(element["action_id"], {})
        channel = state.get("selected_conversation") or state.get("selected_channel")
        if element.get("response_url_enabled") and channel in world.workspace.channels:
            url = world.response_urls.issue(person.id, channel)
            ids = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel}
            found.append(ids | {"response_url": url})
    return found
