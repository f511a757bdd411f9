"""Keeps what a person can do in the sandbox: the page and the tests act through this one class."""

from typing import Any

from sandbox import talking, using
from sandbox.interactions import OnMessage, OnView, Place
from sandbox.outcomes import Outcome
from sandbox.records import Channel, Entered
from sandbox.world import World


class Actor:
    """Everything a person can do. People, channels, messages and views are given by their ids."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def say(
        self, person: str, channel: str, text: str, thread_ts: str | None = None, *, broadcast: bool = False
    ) -> Outcome:
        """Write a message; `@Name`, `#channel` and links are understood. A leading slash makes it a command.

        The message is in the outcome. The app hears of it in the background, so nothing is acknowledged here.
        """
        if text.startswith("/"):
            return await self.command(person, channel, text, thread_ts)
        return talking.say(self._world, person, channel, text, thread_ts, broadcast=broadcast)

    async def command(self, person: str, channel: str, text: str, thread_ts: str | None = None) -> Outcome:
        """Use a slash command: `/buying is G-Cloud 14 open?`. A failure is told to the person as Slack tells it."""
        return await talking.command(self._world, person, channel, text, thread_ts)

    async def edit(self, person: str, channel: str, ts: str, text: str) -> Outcome:
        """Change one's own message."""
        return talking.edit(self._world, person, channel, ts, text)

    async def delete(self, person: str, channel: str, ts: str) -> Outcome:
        """Delete one's own message."""
        return talking.delete(self._world, person, channel, ts)

    async def react(self, person: str, channel: str, ts: str, name: str) -> Outcome:
        """Put an emoji on a message, or take one's own away again."""
        return talking.react(self._world, person, channel, ts, name)

    async def press(
        self,
        person: str,
        container: Place,
        block_id: str,
        action_id: str,
        value: Any = None,
        entered: Entered | None = None,
    ) -> Outcome:
        """Use a button, menu, box, date or feedback button; `value` is in the form that `sandbox.forms` tells.

        `container` is `OnMessage(channel, ts)` or `OnView(view_id)`. `entered` is what stands in the other fields
        of the same modal at that moment.
        """
        return await using.press(self._world, person, container, (block_id, action_id), value, entered or {})

    async def suggest(self, person: str, container: Place, block_id: str, action_id: str, typed: str) -> Outcome:
        """Type into a menu whose options the app supplies; they come in the outcome's `options`."""
        return await using.suggest(self._world, person, container, (block_id, action_id), typed)

    async def submit(self, person: str, view_id: str, values: Entered | None = None) -> Outcome:
        """Send a modal. Fields that are not in `values` keep what they hold; the outcome has errors by block_id."""
        return await using.submit(self._world, person, view_id, values or {})

    async def close(self, person: str, view_id: str, *, everything: bool = False) -> Outcome:
        """Leave a modal: Cancel closes this one, `everything` is the cross that closes the whole stack."""
        return await using.close(self._world, person, view_id, everything=everything)

    async def shortcut(
        self, person: str, callback_id: str, channel: str | None = None, ts: str | None = None
    ) -> Outcome:
        """Use a shortcut: on a message when one is given, else a global one."""
        message = self._world.workspace.message(channel or "", ts) if ts else None
        if ts and message is None:
            return Outcome(problem="There is no such message.")
        return await using.shortcut(self._world, person, callback_id, message)

    async def open_home(self, person: str, tab: str = "home") -> Outcome:
        """Open a tab of the app, "home" or "messages", as far as the manifest has switched it on."""
        manifest = self._world.workspace.manifest
        if not {"home": manifest.home_tab, "messages": manifest.messages_tab}.get(tab):
            return Outcome(problem=f"The app has no {tab} tab.")
        self._world.announcer.home_opened(person, tab)
        return Outcome()

    async def open_dm(self, person: str) -> Channel:
        """Go to the direct message with the app, which is its Messages tab."""
        channel = self._world.workspace.dm_with(person)
        await self.open_home(person, "messages")
        return channel

    async def read(self, person: str, channel: str) -> None:
        """Look at a channel: nothing in it is unread any more."""
        self._world.workspace.mark_read(person, channel)

    async def dismiss(self, person: str, channel: str, ts: str) -> None:
        """Dismiss one ephemeral message."""
        self._world.workspace.forget_ephemeral(person, {ts})

    async def reload(self, person: str) -> None:
        """Start Slack anew: ephemeral messages are gone. https://docs.slack.dev/reference/methods/chat.postEphemeral"""
        self._world.workspace.forget_ephemeral(person)

    async def join(self, person: str, channel: str) -> None:
        """Come into a channel; with the bot's user id, invite the bot."""
        place = self._world.workspace.channels[channel]
        if person not in place.members:
            place.members.append(person)
            self._world.workspace.changed()
            self._world.announcer.joined(self._world.workspace.people[person], place)


__all__ = ["Actor", "OnMessage", "OnView", "Outcome", "Place"]
