"""Keeps where the app may post, and what happens when it does: the message stands, and the app hears its own echo."""

from sandbox import payloads
from sandbox.content import Content
from sandbox.errors import SlackError
from sandbox.records import BOT_ID, BOT_USER_ID, SLACKBOT_ID, Channel, Message, Person
from sandbox.world import World


def destination(world: World, name: str) -> Channel:
    """Where a message goes: a channel's id or name, or a person's id for a direct message.

    https://docs.slack.dev/reference/methods/chat.postMessage
    """
    workspace = world.workspace
    if name in workspace.people:
        return _direct(world, workspace.people[name])
    channel = workspace.channels.get(name) or _by_name(world, name)
    if channel is None:
        raise SlackError("channel_not_found")
    return _postable(world, channel)


def known_channel(world: World, channel_id: str) -> Channel:
    """A channel that the app can see: private ones only from inside."""
    channel = world.workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and BOT_USER_ID not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def post(
    world: World,
    channel: Channel,
    content: Content,
    *,
    thread_ts: str | None = None,
    broadcast: bool = False,
    ephemeral_to: str | None = None,
    files: list[str] | None = None,
) -> Message:
    """Post as the app."""
    message = Message(
        channel=channel.id,
        ts=world.workspace.new_ts(),
        user=BOT_USER_ID,
        bot_id=BOT_ID,
        text=content.text,
        blocks=content.blocks,
        attachments=content.attachments,
        metadata=content.metadata,
        thread_ts=_root_of(world, channel, thread_ts),
        broadcast=broadcast,
        ephemeral_to=ephemeral_to,
        files=files or [],
        subtype="file_share" if files else "thread_broadcast" if broadcast and thread_ts else None,
    )
    # A status such as "is looking…" ends when the app answers.
    # https://docs.slack.dev/reference/methods/assistant.threads.setStatus
    world.workspace.statuses.pop((channel.id, message.thread_ts or ""), None)
    world.workspace.add_message(message)
    world.announcer.posted(message)
    return message


def replace(world: World, message: Message, content: Content, *, edited: bool) -> Message:
    """Give a message new content."""
    before = payloads.message(world.workspace, message)
    message.text, message.blocks, message.attachments = content.text, content.blocks, content.attachments
    if content.metadata is not None:
        message.metadata = content.metadata or None
    if edited:
        message.edited_ts = world.workspace.new_ts()
    world.workspace.changed()
    world.announcer.changed(message, before)
    return message


def remove(world: World, message: Message) -> None:
    """Take a message away."""
    world.announcer.deleted(message)
    world.workspace.remove_message(message)


def whisper(world: World, channel: str, person: str, text: str) -> Message:
    """What Slack itself tells one person, for instance that a command failed."""
    ts = world.workspace.new_ts()
    return world.workspace.add_message(Message(channel, ts, SLACKBOT_ID, text, ephemeral_to=person))


def _direct(world: World, person: Person) -> Channel:
    # Which code Slack gives for a deactivated person is not documented on the method's page; channel_not_found is
    # the one that it lists.
    if person.deleted:
        raise SlackError("channel_not_found")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    return _postable(world, world.workspace.dm_with(person.id))


def _postable(world: World, channel: Channel) -> Channel:
    if channel.is_im and not world.workspace.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    if channel.is_im and world.workspace.people[channel.im_person()].deleted:
        raise SlackError("channel_not_found")
    if BOT_USER_ID not in channel.members and "chat:write.public" not in world.workspace.manifest.scopes:
        # https://docs.slack.dev/reference/scopes/chat.write.public
        raise SlackError("channel_not_found" if channel.is_private else "not_in_channel")
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _by_name(world: World, name: str) -> Channel | None:
    wanted = name.removeprefix("#")
    return next((c for c in world.workspace.channels.values() if wanted and c.name == wanted), None)


def _root_of(world: World, channel: Channel, thread_ts: str | None) -> str | None:
    if not thread_ts:
        return None
    parent = world.workspace.message(channel.id, thread_ts)
    if parent is None or parent.ephemeral_to is not None:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts or parent.ts


def react(world: World, message: Message, person: str, name: str, *, added: bool) -> None:
    """Put an emoji on a message for somebody, or take it away."""
    users = message.reactions.setdefault(name, [])
    if added:
        users.append(person)
    else:
        users.remove(person)
    if not users:
        del message.reactions[name]
    world.workspace.changed()
    world.announcer.reacted(person, message, name, added=added)
