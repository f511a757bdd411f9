"""Keeps `chat.*`: what the app posts, changes and takes back. https://docs.slack.dev/reference/methods/chat.postMessage"""

from sandbox import payloads, posting
from sandbox.api.call import Call, Handler
from sandbox.content import MAX_UPDATE_TEXT, Content, read_content, required_content
from sandbox.errors import SlackError
from sandbox.records import BOT_USER_ID, Json, Message
from sandbox.world import World


def _post_message(world: World, call: Call) -> Json:
    channel = posting.destination(world, call.required("channel"))
    message = posting.post(
        world,
        channel,
        required_content(call.args),
        thread_ts=call.text("thread_ts") or None,
        broadcast=call.flag("reply_broadcast"),
    )
    return _posted(world, message)


def _post_ephemeral(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    channel = posting.destination(world, call.required("channel"))
    person = call.required("user")
    if person not in channel.members:
        raise SlackError("user_not_in_channel")
    content = required_content(call.args)
    content.metadata = None  # ignored for ephemeral messages
    thread = call.text("thread_ts") or None
    message = posting.post(world, channel, content, thread_ts=thread, ephemeral_to=person)
    return {"message_ts": message.ts}


def _update(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.update"""
    message = _own(world, call, "cant_update_message")
    if world.workspace.channels[message.channel].archived:
        raise SlackError("is_inactive")
    if len(call.text("text")) > MAX_UPDATE_TEXT:
        raise SlackError("msg_too_long")
    content = _merged(call, message)
    posting.replace(world, message, content, edited=bool(content.text) and not content.blocks)
    return _posted(world, message) | {"text": message.text}


def _merged(call: Call, message: Message) -> Content:
    content = read_content(call.args)
    if not (content.text or content.blocks or content.attachments or content.metadata is not None):
        raise SlackError("no_text")
    # Blocks stay only when no text is given; a text without blocks removes them.
    if not content.text and not content.blocks:
        content.blocks = message.blocks
    content.text = content.text or message.text
    return content


def _delete(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.delete"""
    message = _own(world, call, "cant_delete_message")
    posting.remove(world, message)
    return {"channel": message.channel, "ts": message.ts}


def _get_permalink(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.getPermalink"""
    channel = posting.known_channel(world, call.required("channel"))
    message = world.workspace.message(channel.id, call.required("message_ts"))
    if message is None or message.ephemeral_to is not None:
        raise SlackError("message_not_found")
    link = f"{world.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _own(world: World, call: Call, error: str) -> Message:
    # A direct message must be named by its D… id here; a person's id is channel_not_found.
    # Ephemeral messages cannot be reached by these methods.
    channel = posting.known_channel(world, call.required("channel"))
    message = world.workspace.message(channel.id, call.required("ts"))
    if message is None or message.ephemeral_to is not None:
        raise SlackError("message_not_found")
    if message.user != BOT_USER_ID:
        raise SlackError(error)
    return message


def _posted(world: World, message: Message) -> Json:
    body = payloads.message(world.workspace, message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": body}


METHODS: dict[str, Handler] = {
    "chat.delete": _delete,
    "chat.getPermalink": _get_permalink,
    "chat.postEphemeral": _post_ephemeral,
    "chat.postMessage": _post_message,
    "chat.update": _update,
}
