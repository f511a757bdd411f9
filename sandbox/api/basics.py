"""Keeps the calls that are about the app itself: who am I, open a socket, are these blocks sound."""

import json
from typing import Any

from sandbox.api.call import Call, Handler
from sandbox.errors import invalid
from sandbox.records import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID, Json
from sandbox.validation import faults_in_blocks, faults_in_view
from sandbox.world import World


def _auth_test(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/auth.test"""
    return {
        "url": f"{world.base_url}/",
        "team": world.workspace.name,
        "user": world.workspace.bot.name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _open_connection(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/apps.connections.open"""
    ticket = world.socket_mode.new_ticket()
    address = world.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={APP_ID}"}


def _emoji(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/emoji.list : custom emoji only"""
    return {"emoji": {}, "cache_ts": "0"}


def _validate(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/blocks.validate : exactly one of blocks, message, view"""
    given = {name: _decoded(call.args[name]) for name in ("blocks", "message", "view") if call.args.get(name)}
    if len(given) != 1:
        raise invalid("invalid_arguments", ["exactly one of blocks, message or view is needed"])
    faults = _faults(*given.popitem())
    if faults:
        raise invalid("invalid_blocks", faults)
    return {}


def _faults(name: str, value: Any) -> list[str]:
    if name == "view":
        return faults_in_view(value)
    return faults_in_blocks(value.get("blocks", []) if name == "message" else value, "message")


def _decoded(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise invalid("invalid_arguments", ["not valid JSON"]) from None


def _complete_function(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/functions.completeSuccess : taken, and nothing else happens"""
    call.required("function_execution_id")
    return {}


METHODS: dict[str, Handler] = {
    "apps.connections.open": _open_connection,
    "auth.test": _auth_test,
    "blocks.validate": _validate,
    "emoji.list": _emoji,
    "functions.completeError": _complete_function,
    "functions.completeSuccess": _complete_function,
}
