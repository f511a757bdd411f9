"""Keeps what happens when a person uses what the app shows: buttons, menus, modals, shortcuts."""

from typing import Any

from sandbox import checks, forms, interactions, modals, outcomes
from sandbox.delivery import Receipt
from sandbox.errors import SlackError
from sandbox.interactions import OnView, Place
from sandbox.outcomes import CONNECTION_TROUBLE, GONE, CannotAct, Outcome, active, interact
from sandbox.records import Entered, Json, Message, Person, View
from sandbox.world import World

Found = tuple[Json, Json]


async def press(world: World, person: str, place: Place, ids: tuple[str, str], value: Any, entered: Entered) -> Outcome:
    """Use one element of a message or a view."""
    try:
        actor = active(world, person)
        target = _target(world, person, place)
        block, element = _find(target, ids)
        body = _pressing(world, actor, target, (block, element), value, entered)
    except (CannotAct, LookupError) as refusal:
        return Outcome(problem=str(refusal))
    if not _is_sent(block):
        return Outcome()
    return outcomes.of(await interact(world, body))


async def suggest(world: World, person: str, place: Place, ids: tuple[str, str], text: str) -> Outcome:
    """Type into a menu that the app fills. https://docs.slack.dev/reference/block-kit/block-elements"""
    try:
        actor = active(world, person)
        block, element = _find(_target(world, person, place), ids)
    except CannotAct as refusal:
        return Outcome(problem=str(refusal))
    receipt = await interact(world, interactions.suggestion(world, actor, place, block, element, text))
    seen = outcomes.of(receipt)
    answer = receipt.body or {}
    grouped = [option for group in answer.get("option_groups", []) for option in group["options"]]
    return Outcome(seen.acknowledged, seen.problem, options=[*answer.get("options", []), *grouped])


async def submit(world: World, person: str, view_id: str, values: Entered) -> Outcome:
    """Send a modal. https://docs.slack.dev/surfaces/modals"""
    try:
        actor, view = active(world, person), _modal(world, person, view_id)
    except CannotAct as refusal:
        return Outcome(problem=str(refusal))
    _merge(view.entered, values)
    view.problem = None
    refused = checks.refused_fields(view.blocks, view.entered)
    if refused:
        return _show_errors(world, view, refused, acknowledged=None)
    view.errors = {}
    receipt = await interact(world, interactions.submission(world, actor, view))
    return _after_submission(world, view, receipt)


async def close(world: World, person: str, view_id: str, *, everything: bool) -> Outcome:
    """Leave a modal; the app hears of it where it asked to (`notify_on_close`)."""
    try:
        actor, view = active(world, person), _modal(world, person, view_id)
    except CannotAct as refusal:
        return Outcome(problem=str(refusal))
    acknowledged = None
    for closed in modals.close(world.workspace, view, everything=everything):
        if closed.body["notify_on_close"]:
            receipt = await interact(world, interactions.closing(world, actor, closed, cleared=everything))
            acknowledged = receipt.acknowledged
    return Outcome(acknowledged)


async def shortcut(world: World, person: str, callback_id: str, message: Message | None) -> Outcome:
    """Use a shortcut that the manifest declares. https://docs.slack.dev/interactivity/implementing-shortcuts"""
    try:
        actor = active(world, person)
    except CannotAct as refusal:
        return Outcome(problem=str(refusal))
    declared = world.workspace.manifest.shortcuts.get(callback_id)
    wanted = "message" if message else "global"
    if declared is None or declared.kind != wanted or "commands" not in world.workspace.manifest.scopes:
        return Outcome(problem=f"The app has no {wanted} shortcut {callback_id}.")
    if message is not None:
        body = interactions.message_shortcut(world, actor, callback_id, message)
    else:
        body = interactions.global_shortcut(world, actor, callback_id)
    return outcomes.of(await interact(world, body))


def _target(world: World, person: str, place: Place) -> Message | View:
    if isinstance(place, OnView):
        view = world.workspace.view(place.view_id)
        if view is not None and view.person == person:
            return view
        raise CannotAct(GONE)
    message = world.workspace.message(place.channel, place.ts)
    if message is None or message.ephemeral_to not in (None, person):
        raise CannotAct(GONE)
    return message


def _find(target: Message | View, ids: tuple[str, str]) -> Found:
    found = forms.find(target.blocks, *ids)
    if found is None:
        raise CannotAct(GONE)
    return found


def _pressing(world: World, actor: Person, target: Message | View, found: Found, value: Any, entered: Entered) -> Json:
    block, element = found
    kept = target.entered if isinstance(target, View) else target.entered.setdefault(actor.id, {})
    _merge(kept, entered)
    forms.pressed(element, value)  # an option that is not there is refused before anything is kept
    interactions.remember(kept, block, element, value)
    world.workspace.changed()
    if isinstance(target, View):
        return interactions.press_on_view(world, actor, target, block, element, value)
    return interactions.press_on_message(world, actor, target, block, element, value)


def _is_sent(block: Json) -> bool:
    # An input tells the app nothing until it is submitted, unless it asks for it.
    # https://docs.slack.dev/reference/block-kit/blocks/input-block (dispatch_action)
    return block["type"] != "input" or bool(block.get("dispatch_action"))


def _modal(world: World, person: str, view_id: str) -> View:
    view = world.workspace.view(view_id)
    if view is None or view.person != person or not view.is_modal:
        raise CannotAct(GONE)
    return view


def _merge(kept: Entered, new: Entered) -> None:
    for block_id, fields in new.items():
        kept.setdefault(block_id, {}).update(fields)


def _after_submission(world: World, view: View, receipt: Receipt) -> Outcome:
    if not receipt.acknowledged:
        return _trouble(world, view, acknowledged=False)
    answer = receipt.body or {}
    try:
        return _respond(world, view, answer)
    except (SlackError, KeyError):
        # An answer that Slack cannot use looks to the person like a failed connection.
        return _trouble(world, view, acknowledged=True)


def _respond(world: World, view: View, answer: Json) -> Outcome:
    """https://docs.slack.dev/surfaces/modals : response_action is errors, update, push or clear; nothing closes."""
    action = answer.get("response_action")
    if action == "errors":
        return _show_errors(world, view, _known(view, answer["errors"]), acknowledged=True)
    if action == "update":
        modals.update(world, view, answer["view"])
    elif action == "push":
        modals.push(world, view.person, answer["view"])
    else:
        modals.close(world.workspace, view, everything=action == "clear")
    return Outcome(acknowledged=True)


def _known(view: View, errors: dict[str, str]) -> dict[str, str]:
    # Errors belong to blocks of type input only. https://docs.slack.dev/surfaces/modals
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or not set(errors) <= inputs:
        raise KeyError("errors")
    return errors


def _show_errors(world: World, view: View, errors: dict[str, str], acknowledged: bool | None) -> Outcome:
    view.errors = dict(errors)
    world.workspace.changed()
    return Outcome(acknowledged, errors=dict(errors))


def _trouble(world: World, view: View, acknowledged: bool) -> Outcome:
    view.problem = CONNECTION_TROUBLE
    world.workspace.changed()
    return Outcome(acknowledged, CONNECTION_TROUBLE)
