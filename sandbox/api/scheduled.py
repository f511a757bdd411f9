"""Keeps messages that wait for their time. https://docs.slack.dev/reference/methods/chat.scheduleMessage"""

from sandbox import posting
from sandbox.api.call import Call, Handler, page
from sandbox.content import required_content
from sandbox.errors import SlackError
from sandbox.records import Json, Scheduled
from sandbox.world import World

MAX_AHEAD = 120 * 24 * 3600
WINDOW = 300
MAX_IN_WINDOW = 30


def post_due(world: World) -> None:
    """Post what is due now."""
    for waiting in list(world.workspace.scheduled.values()):
        if waiting.post_at <= world.workspace.clock.seconds():
            del world.workspace.scheduled[waiting.id]
            _post(world, waiting)


def _post(world: World, waiting: Scheduled) -> None:
    if waiting.args.get("metadata"):
        return  # Slack's method page warns of it: scheduled messages with metadata are never posted
    try:
        channel = posting.destination(world, waiting.channel)
        posting.post(world, channel, required_content(waiting.args), thread_ts=waiting.args.get("thread_ts"))
    except SlackError:
        return  # archived or left meanwhile: nobody is told


def _schedule(world: World, call: Call) -> Json:
    channel = posting.destination(world, call.required("channel"))
    call.required("post_at")
    post_at, now = call.number("post_at", 0), world.workspace.clock.seconds()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + MAX_AHEAD:
        raise SlackError("time_too_far")
    if _crowded(world, channel.id, post_at):
        raise SlackError("restricted_too_many")
    required_content(call.args)
    waiting = Scheduled(world.workspace.new_id("Q"), channel.id, post_at, int(now), dict(call.args))
    world.workspace.scheduled[waiting.id] = waiting
    world.workspace.changed()
    return {"channel": channel.id, "scheduled_message_id": waiting.id, "post_at": post_at}


def _crowded(world: World, channel: str, post_at: int) -> bool:
    near = [w for w in world.workspace.scheduled.values() if w.channel == channel and abs(w.post_at - post_at) < WINDOW]
    return len(near) >= MAX_IN_WINDOW


def _list(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.scheduledMessages.list"""
    wanted = call.text("channel")
    found = sorted(world.workspace.scheduled.values(), key=lambda w: w.post_at)
    items, more = page([w for w in found if wanted in ("", w.channel)], call)
    return {"scheduled_messages": [_entry(w) for w in items], **more}


def _entry(waiting: Scheduled) -> Json:
    return {
        "id": waiting.id,
        "channel_id": waiting.channel,
        "post_at": waiting.post_at,
        "date_created": waiting.created,
        "text": waiting.args.get("text", ""),
    }


def _delete(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.deleteScheduledMessage"""
    if world.workspace.scheduled.pop(call.required("scheduled_message_id"), None) is None:
        raise SlackError("invalid_scheduled_message_id")
    world.workspace.changed()
    return {}


METHODS: dict[str, Handler] = {
    "chat.deleteScheduledMessage": _delete,
    "chat.scheduleMessage": _schedule,
    "chat.scheduledMessages.list": _list,
}
