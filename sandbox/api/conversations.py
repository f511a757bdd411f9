"""Keeps `conversations.*`: which conversations the app may see, and what is in them.

https://docs.slack.dev/apis/web-api/using-the-conversations-api
"""

from sandbox import payloads, posting
from sandbox.api.call import Call, Handler, kind_of, need_scope, page
from sandbox.errors import SlackError
from sandbox.records import BOT_USER_ID, TEAM_ID, Channel, Json, Message
from sandbox.world import World

_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def _open(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.open"""
    if call.text("channel"):
        channel = posting.known_channel(world, call.text("channel"))
        return {"channel": conversation(world, channel), "already_open": True}
    people = [p for p in call.listed("users") if p]
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > 1:
        raise SlackError("method_not_supported_for_channel_type")  # group messages are not part of the sandbox
    person = world.workspace.people.get(people[0])
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    need_scope(world, "im:write")
    channel = world.workspace.dm_with(person.id)
    return {"channel": conversation(world, channel) if call.flag("return_im") else {"id": channel.id}}


def _info(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.info"""
    channel = _readable(world, call, "read")
    body = conversation(world, channel)
    if call.flag("include_num_members"):
        body["num_members"] = len(channel.members)
    return {"channel": body}


def _list(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.list"""
    found = [c for c in _of_types(world, call) if BOT_USER_ID in c.members or kind_of(c) == "channels"]
    items, more = page([c for c in found if not (call.flag("exclude_archived") and c.archived)], call)
    return {"channels": [conversation(world, c) for c in items], **more}


def _of_person(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/users.conversations"""
    person = call.text("user", BOT_USER_ID)
    if person not in world.workspace.people:
        raise SlackError("user_not_found")
    found = [c for c in _of_types(world, call) if {person, BOT_USER_ID} <= set(c.members) or _open_to(c, person)]
    items, more = page([c for c in found if not (call.flag("exclude_archived") and c.archived)], call)
    return {"channels": [conversation(world, c) for c in items], **more}


def _members(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.members"""
    items, more = page(_readable(world, call, "read").members, call)
    return {"members": items, **more}


def _history(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.history : the newest first"""
    channel = _from_inside(world, call)
    shown = [m for m in _between(world, channel, call) if not m.is_reply or m.broadcast]
    return _messages(world, shown[::-1], call)


def _replies(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.replies : the first message, then the oldest first"""
    channel, ts = _from_inside(world, call), call.required("ts")
    parent = world.workspace.message(channel.id, ts)
    if parent is None or parent.ephemeral_to is not None:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    return _messages(world, [m for m in _between(world, channel, call) if root in (m.ts, m.thread_ts)], call)


def conversation(world: World, channel: Channel) -> Json:
    """https://docs.slack.dev/reference/objects/conversation-object"""
    people = world.workspace.people
    body: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.is_im,
        "is_mpim": False,
        "is_channel": not channel.is_im and not channel.is_private,
        "is_group": channel.is_private,
        "is_private": channel.is_private or channel.is_im,
        "is_member": BOT_USER_ID in channel.members,
        "is_ext_shared": any(people[m].is_external for m in channel.members if m in people),
        "context_team_id": TEAM_ID,
    }
    if channel.is_im:
        return body | {"user": channel.im_person(), "is_user_deleted": people[channel.im_person()].deleted}
    topic = {"value": channel.topic, "creator": "", "last_set": 0}
    return body | {"name": channel.name, "name_normalized": channel.name, "is_general": False, "topic": topic}


def _readable(world: World, call: Call, right: str) -> Channel:
    channel = posting.known_channel(world, call.required("channel"))
    need_scope(world, f"{kind_of(channel)}:{right}")
    return channel


def _from_inside(world: World, call: Call) -> Channel:
    channel = _readable(world, call, "history")
    if BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _of_types(world: World, call: Call) -> list[Channel]:
    types = call.listed("types") or ["public_channel"]
    unknown = set(types) - set(_TYPES)
    if unknown:
        raise SlackError("invalid_types")
    kinds = {_TYPES[name] for name in types}
    for kind in sorted(kinds):
        need_scope(world, f"{kind}:read")
    return [c for c in world.workspace.channels.values() if kind_of(c) in kinds]


def _open_to(channel: Channel, person: str) -> bool:
    return kind_of(channel) == "channels" and person in channel.members


def _between(world: World, channel: Channel, call: Call) -> list[Message]:
    oldest, latest = call.text("oldest", "0"), call.text("latest", "9" * 10)
    edges = (float(oldest), float(latest)) if call.flag("inclusive") else ()
    found = [m for m in world.workspace.messages[channel.id] if m.ephemeral_to is None]
    return [m for m in found if float(oldest) < float(m.ts) < float(latest) or float(m.ts) in edges]


def _messages(world: World, found: list[Message], call: Call) -> Json:
    items, more = page(found, call)
    metadata = call.flag("include_all_metadata")
    shown = [payloads.message(world.workspace, m, with_metadata=metadata) for m in items]
    cursor = more["response_metadata"]["next_cursor"]
    return {"messages": shown, "has_more": bool(cursor), **(more if cursor else {})}


METHODS: dict[str, Handler] = {
    "conversations.history": _history,
    "conversations.info": _info,
    "conversations.list": _list,
    "conversations.members": _members,
    "conversations.open": _open,
    "conversations.replies": _replies,
    "users.conversations": _of_person,
}
