"""Keeps `reactions.*`. https://docs.slack.dev/reference/methods/reactions.add"""

import re

from sandbox import payloads, posting
from sandbox.api.call import Call, Handler
from sandbox.errors import SlackError
from sandbox.records import BOT_USER_ID, Json, Message
from sandbox.world import World

_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def _add(world: World, call: Call) -> Json:
    message, name = _message(world, call), _name(call)
    if BOT_USER_ID in message.reactions.get(name, []):
        raise SlackError("already_reacted")
    posting.react(world, message, BOT_USER_ID, name, added=True)
    return {}


def _remove(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.remove"""
    message, name = _message(world, call), _name(call)
    if BOT_USER_ID not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    posting.react(world, message, BOT_USER_ID, name, added=False)
    return {}


def _get(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.get"""
    message = _message(world, call)
    body = payloads.message(world.workspace, message)
    return {"type": "message", "channel": message.channel, "message": body}


def _message(world: World, call: Call) -> Message:
    channel = posting.known_channel(world, call.required("channel"))
    message = world.workspace.message(channel.id, call.required("timestamp"))
    if message is None or message.ephemeral_to is not None:
        raise SlackError("message_not_found")
    return message


def _name(call: Call) -> str:
    name = call.required("name").strip(":")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


METHODS: dict[str, Handler] = {
    "reactions.add": _add,
    "reactions.get": _get,
    "reactions.remove": _remove,
}
