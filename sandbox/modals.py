"""Keeps what may happen to views: opening, stacking three high, updating by hash, publishing, closing.

https://docs.slack.dev/surfaces/modals
"""

import secrets
from typing import Any

from sandbox import content, forms
from sandbox.errors import SlackError
from sandbox.records import Entered, Json, View
from sandbox.workspace import Workspace
from sandbox.world import World

MAX_STACK = 3  # https://docs.slack.dev/reference/methods/views.push : push_limit_reached


def open_modal(world: World, trigger_id: str, body: Any) -> View:
    """Show a modal to whoever the trigger belongs to. https://docs.slack.dev/reference/methods/views.open"""
    sound = _sound(world, body, "modal")
    person = world.triggers.exchange(trigger_id)
    return _place(world.workspace, person, sound, [])


def push_by_trigger(world: World, trigger_id: str, body: Any) -> View:
    """Put a modal on top of the open ones. https://docs.slack.dev/reference/methods/views.push"""
    sound = _sound(world, body, "modal")
    return _push_sound(world.workspace, world.triggers.exchange(trigger_id), sound)


def push(world: World, person: str, body: Any) -> View:
    """The same, as an answer to a submission. https://docs.slack.dev/surfaces/modals#response_actions"""
    return _push_sound(world.workspace, person, _sound(world, body, "modal"))


def update(world: World, view: View, body: Any, given_hash: str | None = None) -> View:
    """Put new content into a view that is open. https://docs.slack.dev/reference/methods/views.update"""
    _same_hash(view, given_hash)
    sound = _sound(world, body, str(view.body["type"]), but=view)
    view.entered = _still_there(view, sound)
    view.body, view.hash = sound, _new_hash(world.workspace)
    view.errors, view.problem = {}, None
    world.workspace.changed()
    return view


def publish(world: World, person: str, body: Any, given_hash: str | None = None) -> View:
    """Show a Home tab to one person. https://docs.slack.dev/reference/methods/views.publish"""
    workspace = world.workspace
    if not workspace.manifest.home_tab:
        raise SlackError("not_enabled")
    if person not in workspace.people:
        raise SlackError("user_not_found")
    before = workspace.homes.get(person)
    if before is not None:
        return update(world, before, body, given_hash)
    sound = _sound(world, body, "home")
    number = workspace.new_id("V")
    workspace.homes[person] = View(number, person, sound, _new_hash(workspace), number)
    workspace.changed()
    return workspace.homes[person]


def close(workspace: Workspace, view: View, *, everything: bool = False) -> list[View]:
    """Take a modal away (and all under it, if asked); the closed ones, the top one first."""
    stack = workspace.modals.get(view.person, [])
    if view not in stack:
        return []
    keep = 0 if everything or view.body["clear_on_close"] else stack.index(view)
    closed = stack[keep:][::-1]
    del stack[keep:]
    workspace.changed()
    return closed


def _sound(world: World, body: Any, kind: str, but: View | None = None) -> Json:
    sound = content.read_view(body, kind=kind)
    namesake = world.workspace.view_by_external_id(sound["external_id"]) if sound["external_id"] else None
    if namesake is not None and namesake is not but:
        raise SlackError("duplicate_external_id")
    return sound


def _push_sound(workspace: Workspace, person: str, sound: Json) -> View:
    stack = workspace.modals.get(person, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= MAX_STACK:
        raise SlackError("push_limit_reached")
    return _place(workspace, person, sound, stack)


def _place(workspace: Workspace, person: str, sound: Json, under: list[View]) -> View:
    number = workspace.new_id("V")
    root, previous = (under[0].root_id, under[-1].id) if under else (number, None)
    view = View(number, person, sound, _new_hash(workspace), root, previous)
    workspace.modals[person] = [*under, view]
    workspace.changed()
    return view


def _same_hash(view: View, given_hash: str | None) -> None:
    if given_hash and given_hash != view.hash:
        raise SlackError("hash_conflict")


def _new_hash(workspace: Workspace) -> str:
    return f"{int(workspace.clock.seconds())}.{secrets.token_urlsafe(6)}"


def _still_there(view: View, sound: Json) -> Entered:
    # What a person typed stays in a field that keeps its block_id and action_id, and is lost in one that does not.
    kept: Entered = {}
    for block_id, fields in view.entered.items():
        for action_id, value in fields.items():
            if forms.find(sound["blocks"], block_id, action_id):
                kept.setdefault(block_id, {})[action_id] = value
    return kept
