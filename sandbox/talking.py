"""Keeps what happens when a person writes: messages, commands, edits, reactions."""

from sandbox import interactions, payloads, posting, responses, typed
from sandbox.errors import SlackError
from sandbox.keys import ResponseUrl
from sandbox.manifest import Command
from sandbox.outcomes import CannotAct, Outcome, active, error_code, interact
from sandbox.records import BOT_USER_ID, Channel, Message, Person
from sandbox.world import World


def say(world: World, person: str, channel: str, text: str, thread_ts: str | None, *, broadcast: bool) -> Outcome:
    """Write a message; the app hears of it in the background."""
    try:
        author, place = may_write(world, person, channel)
        root = _root(world, place, thread_ts)
    except CannotAct as refusal:
        return Outcome(problem=str(refusal))
    message = Message(
        channel=place.id,
        ts=world.workspace.new_ts(),
        user=person,
        text=_written(world, text),
        bot_id=author.bot_id or None,
        thread_ts=root,
        broadcast=broadcast and root is not None,
        subtype="thread_broadcast" if broadcast and root else None,
    )
    world.workspace.add_message(message)
    world.announcer.posted(message)
    _mind_absent_bot(world, place, message)
    return Outcome(message=message)


async def command(world: World, person: str, channel: str, text: str, thread_ts: str | None) -> Outcome:
    """Use a slash command. https://docs.slack.dev/interactivity/implementing-slash-commands"""
    name, _, rest = text.strip().partition(" ")
    try:
        author, place = may_write(world, person, channel)
        declared = _declared(world, name, in_thread=bool(thread_ts))
    except CannotAct as refusal:
        return _refuse(world, channel, person, str(refusal), None)
    body = interactions.command(world, author, place, name, _command_text(world, rest, declared))
    receipt = await interact(world, body, "slash_commands")
    if not receipt.acknowledged:
        words = f'{name} failed with the error "{error_code(receipt)}"'
        return _refuse(world, channel, person, words, acknowledged=False)
    if receipt.body:
        return _answer(world, person, channel, receipt.body)
    return Outcome(acknowledged=True)


def edit(world: World, person: str, channel: str, ts: str, text: str) -> Outcome:
    """Change one's own message."""
    message = world.workspace.message(channel, ts)
    if message is None or message.user != person:
        return Outcome(problem="You can edit only your own messages.")
    before = payloads.message(world.workspace, message)
    message.text, message.edited_ts = _written(world, text), world.workspace.new_ts()
    world.workspace.changed()
    world.announcer.changed(message, before)
    return Outcome(message=message)


def delete(world: World, person: str, channel: str, ts: str) -> Outcome:
    """Delete one's own message."""
    message = world.workspace.message(channel, ts)
    if message is None or message.user != person:
        return Outcome(problem="You can delete only your own messages.")
    posting.remove(world, message)
    return Outcome()


def react(world: World, person: str, channel: str, ts: str, name: str) -> Outcome:
    """Put an emoji on a message, or take one's own away again."""
    message = world.workspace.message(channel, ts)
    if message is None or message.ephemeral_to is not None:
        return Outcome(problem="There is no such message.")
    posting.react(world, message, person, name, added=person not in message.reactions.get(name, []))
    return Outcome(message=message)


def may_write(world: World, person: str, channel: str) -> tuple[Person, Channel]:
    """The person and the channel, when that person may write there."""
    author, place = active(world, person), world.workspace.channels[channel]
    if person not in place.members:
        raise CannotAct(f"You are not in #{place.name}.")
    if place.archived:
        raise CannotAct("You can’t send messages here: this channel has been archived.")
    manifest = world.workspace.manifest
    if place.is_im and (manifest.messages_tab_read_only or not manifest.messages_tab):
        # https://docs.slack.dev/surfaces/app-home
        raise CannotAct("Sending messages to this app has been turned off.")
    return author, place


def _root(world: World, place: Channel, thread_ts: str | None) -> str | None:
    if not thread_ts:
        return None
    parent = world.workspace.message(place.id, thread_ts)
    if parent is None or parent.ephemeral_to is not None:
        raise CannotAct("There is no such thread.")
    return parent.thread_ts or parent.ts


def _written(world: World, text: str) -> str:
    return typed.as_message(text, world.workspace.people.values(), world.workspace.channels.values())


def _command_text(world: World, rest: str, declared: Command) -> str:
    people, channels = world.workspace.people.values(), world.workspace.channels.values()
    return typed.as_command(rest.strip(), people, channels, should_escape=declared.should_escape)


def _declared(world: World, name: str, *, in_thread: bool) -> Command:
    found = world.workspace.manifest.commands.get(name)
    if found is None or "commands" not in world.workspace.manifest.scopes:
        raise CannotAct(f"{name} is not a valid command.")
    if in_thread:
        # "Slash commands can't be used in message threads."
        # https://docs.slack.dev/interactivity/implementing-slash-commands
        raise CannotAct(f"{name} is not supported in threads. Sorry!")
    return found


def _refuse(world: World, channel: str, person: str, words: str, acknowledged: bool | None) -> Outcome:
    return Outcome(acknowledged, words, message=posting.whisper(world, channel, person, words))


def _answer(world: World, person: str, channel: str, body: dict[str, object]) -> Outcome:
    # An acknowledgement may carry the reply itself; it needs no budget.
    try:
        responses.answer(world, ResponseUrl(person, channel, None, 0, 0), body)
    except SlackError as error:
        return _refuse(world, channel, person, f"The app's reply was refused ({error.code}).", acknowledged=True)
    return Outcome(acknowledged=True)


def _mind_absent_bot(world: World, place: Channel, message: Message) -> None:
    if BOT_USER_ID not in place.members and typed.mentions(message.text, BOT_USER_ID):
        words = f"You mentioned <@{BOT_USER_ID}>, but they’re not in this channel."
        posting.whisper(world, place.id, message.user, words)
