"""Keeps the state of the pretend workspace, and tells those who wait that something in it has changed.

Everything here belongs to the sandbox's own event loop; only that thread may write. Rules live elsewhere: this is
what there is, not what is allowed. The records (Person, Channel, Message, View …) are in `sandbox.records`.
"""

import asyncio
import itertools
from collections.abc import Callable, Iterable

from sandbox.clock import Clock
from sandbox.manifest import Manifest
from sandbox.records import (
    BOT_ID,
    BOT_USER_ID,
    SLACKBOT_ID,
    TEAM_ID,
    Channel,
    File,
    Group,
    Message,
    Person,
    Scheduled,
    Status,
    View,
)


class Workspace:
    """One workspace with one app installed in it."""

    def __init__(self, manifest: Manifest, clock: Clock | None = None, *, paid_plan: bool = True) -> None:
        self.manifest = manifest
        self.clock = clock or Clock()
        self.paid_plan = paid_plan  # without it there are no user groups
        self.name = "Sandbox"
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}  # channel id -> messages, oldest first
        self.modals: dict[str, list[View]] = {}  # person id -> stack of open modals, the top one last
        self.homes: dict[str, View] = {}  # person id -> published Home tab
        self.files: dict[str, File] = {}
        self.groups: dict[str, Group] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.statuses: dict[tuple[str, str], Status] = {}  # (channel, thread ts or "") -> what the app is doing
        self.prompts: dict[tuple[str, str], list[dict[str, str]]] = {}  # (channel, thread ts or "") -> prompts
        self.titles: dict[tuple[str, str], str] = {}  # (channel, thread ts) -> title given by the app
        self.read_up_to: dict[tuple[str, str], str] = {}  # (person, channel) -> ts of the last message read
        self.version = 0
        self._numbers = itertools.count(1)
        self._last_ts = ""
        self._turn = asyncio.Event()
        # So that a long channel stays quick: a message by its place, and replies by the message they are under.
        self._by_ts: dict[tuple[str, str], Message] = {}
        self._replies: dict[tuple[str, str], list[Message]] = {}
        self.add_person(Person(BOT_USER_ID, manifest.bot_handle, manifest.bot_name, is_bot=True, bot_id=BOT_ID))
        self.add_person(Person(SLACKBOT_ID, "slackbot", "Slackbot"))

    # -- change ------------------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Say that something is different now. Every method that writes calls it."""
        self.version += 1
        self._turn.set()
        self._turn = asyncio.Event()

    async def wait_for_change(self, after: int, timeout: float | None = None) -> int:
        """Wait until the version is past `after`, or until the time is over; the version now."""
        try:
            async with asyncio.timeout(timeout):
                while self.version <= after:
                    await self._turn.wait()
        except TimeoutError:
            pass
        return self.version

    async def wait_until(self, holds: Callable[[], bool], timeout: float = 5.0) -> bool:
        """Wait until the condition holds; whether it did in time."""
        try:
            async with asyncio.timeout(timeout):
                while not holds():
                    await self._turn.wait()
        except TimeoutError:
            return holds()
        return True

    def new_id(self, prefix: str) -> str:
        """An id in Slack's manner: a letter that tells the kind, then letters and digits."""
        return f"{prefix}{next(self._numbers):08X}"

    def new_ts(self) -> str:
        """A message timestamp, unique and always later than the one before."""
        ts = f"{self.clock.seconds():.6f}"
        if ts <= self._last_ts:
            ts = f"{float(self._last_ts) + 0.000001:.6f}"
        self._last_ts = ts
        return ts

    # -- people and channels -----------------------------------------------------------------------------------

    @property
    def bot(self) -> Person:
        """The user that the app posts as."""
        return self.people[BOT_USER_ID]

    def add_person(self, person: Person) -> Person:
        """Let somebody in."""
        self.people[person.id] = person
        self.changed()
        return person

    def add_channel(self, channel: Channel) -> Channel:
        """Open a conversation."""
        channel.created = channel.created or int(self.clock.seconds())
        self.channels[channel.id] = channel
        self.messages.setdefault(channel.id, [])
        self.changed()
        return channel

    def cast(self) -> list[Person]:
        """The people one can act as: everybody who is not a bot."""
        return [p for p in self.people.values() if not p.is_bot and p.id != SLACKBOT_ID]

    def dm_with(self, person: str) -> Channel:
        """The direct message between a person and the bot, opened when there is none yet."""
        for channel in self.channels.values():
            if channel.is_im and set(channel.members) == {person, BOT_USER_ID}:
                return channel
        return self.add_channel(Channel(self.new_id("D"), is_im=True, members=[person, BOT_USER_ID]))

    def channels_of(self, person: str) -> list[Channel]:
        """The conversations that a person is in: channels by name, then direct messages."""
        mine = [c for c in self.channels.values() if person in c.members]
        return sorted(mine, key=lambda c: (c.is_im, c.name))

    def group_list(self) -> list[Group]:
        """The user groups; none on a free plan."""
        return list(self.groups.values()) if self.paid_plan else []

    # -- messages ----------------------------------------------------------------------------------------------

    def add_message(self, message: Message) -> Message:
        """Put a message in its channel."""
        self.messages[message.channel].append(message)
        self._by_ts[message.channel, message.ts] = message
        if message.is_reply and message.ephemeral_to is None:
            self._replies.setdefault((message.channel, message.thread_ts or ""), []).append(message)
        if message.user in self.people:
            self.read_up_to[message.user, message.channel] = message.ts
        self.changed()
        return message

    def message(self, channel: str, ts: str) -> Message | None:
        """The message with this timestamp, ephemeral ones included."""
        return self._by_ts.get((channel, ts))

    def remove_message(self, message: Message) -> None:
        """Take a message away."""
        self._drop(message)
        self.changed()

    def timeline(self, channel: str, viewer: str) -> list[Message]:
        """What a person sees in the channel itself: no replies except broadcast ones; own ephemeral messages."""
        return [m for m in self.messages[channel] if _visible(m, viewer) and (not m.is_reply or m.broadcast)]

    def thread(self, channel: str, ts: str, viewer: str) -> list[Message]:
        """The message that began a thread, and the replies that the person may see."""
        return [m for m in self.messages[channel] if _visible(m, viewer) and ts in (m.ts, m.thread_ts)]

    def replies(self, message: Message) -> list[Message]:
        """The replies under a message that everybody sees."""
        return list(self._replies.get((message.channel, message.ts), ()))

    def unread(self, person: str, channel: str) -> int:
        """How many messages by others came since the person last looked."""
        seen = self.read_up_to.get((person, channel), "")
        return sum(1 for m in self.messages[channel] if m.ts > seen and m.user != person and _visible(m, person))

    def mark_read(self, person: str, channel: str) -> None:
        """The person has looked at the channel."""
        latest = self.messages[channel][-1].ts if self.messages[channel] else ""
        if latest and self.read_up_to.get((person, channel)) != latest:
            self.read_up_to[person, channel] = latest
            self.changed()

    def forget_ephemeral(self, person: str, only: Iterable[str] | None = None) -> None:
        """Ephemeral messages do not survive a reload of Slack; `only` names single ones that were dismissed."""
        for message in [m for messages in self.messages.values() for m in messages]:
            if _vanishes(message, person, only):
                self._drop(message)
        self.changed()

    def _drop(self, message: Message) -> None:
        self.messages[message.channel].remove(message)
        del self._by_ts[message.channel, message.ts]
        under = self._replies.get((message.channel, message.thread_ts or ""), [])
        if message in under:
            under.remove(message)

    # -- views -------------------------------------------------------------------------------------------------

    def view(self, view_id: str) -> View | None:
        """An open modal or a published Home tab."""
        return next((v for v in self._views() if v.id == view_id), None)

    def view_by_external_id(self, external_id: str) -> View | None:
        """The same, by the app's own name for it."""
        return next((v for v in self._views() if v.body.get("external_id") == external_id), None)

    def top_modal(self, person: str) -> View | None:
        """The modal that the person sees now."""
        stack = self.modals.get(person, [])
        return stack[-1] if stack else None

    def _views(self) -> list[View]:
        return [v for stack in self.modals.values() for v in stack] + list(self.homes.values())


def _visible(message: Message, viewer: str) -> bool:
    return message.ephemeral_to in (None, viewer)


def _vanishes(message: Message, person: str, only: Iterable[str] | None) -> bool:
    return message.ephemeral_to == person and (only is None or message.ts in only)


__all__ = ["TEAM_ID", "Channel", "File", "Group", "Message", "Person", "Workspace"]
