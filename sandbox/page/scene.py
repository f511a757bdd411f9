"""Keeps what one tab of the browser is looking at: as whom, at which conversation, which thread, how far back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from sandbox.records import Channel, Person
from sandbox.rendering import Reader
from sandbox.workspace import Workspace

HOME = "home"
DIRECT = "dm"  # the direct message with the app, before it has an id
LATEST = 100  # messages shown at first; more on request, so that a long channel stays quick


@dataclass(frozen=True)
class Scene:
    """One person's view of the workspace. `channel` is None on the app's Home tab."""

    workspace: Workspace
    person: Person
    channel: Channel | None
    thread: str | None = None
    count: int = LATEST

    @property
    def name(self) -> str:
        """The name of where one is, for the heading, the composer and the browser's title."""
        if self.channel is None:
            return f"{self.workspace.manifest.bot_name}: Home"
        return self.workspace.manifest.bot_name if self.channel.is_im else f"# {self.channel.name}"

    @property
    def place(self) -> str:
        """The conversation as it stands in the address: an id, or the word for the Home tab."""
        return self.channel.id if self.channel else HOME

    def link(self, place: str | None = None, *, thread: str | None = None, count: int = LATEST) -> str:
        """The address of another place for the same person."""
        asked = {"as": self.person.id, "in": place or self.place, "thread": thread, "count": count}
        return "/?" + urlencode({k: v for k, v in asked.items() if v and (k, v) != ("count", LATEST)})

    def in_thread(self, thread: str | None) -> "Scene":
        """The same place with another thread beside it."""
        return replace(self, thread=thread)

    def reader(self) -> Reader:
        """The names, files, zone and present moment that the person's page is written with."""
        space = self.workspace
        return Reader(
            people={person.id: person.shown_name for person in space.people.values()},
            channels={channel.id: channel.name for channel in space.channels.values() if channel.name},
            groups={group.id: group.handle for group in space.group_list()},
            files={file.id: file_path(file.id, file.name) for file in space.files.values()},
            me=self.person.id,
            zone=self.person.tz,
            now=space.clock.now(),
        )


def file_path(key: str, name: str) -> str:
    """Where the server hands out a file."""
    return f"/files/{quote(key, safe='')}/{quote(name, safe='')}"


def read_scene(workspace: Workspace, asked: Mapping[str, str]) -> Scene:
    """The scene that an address asks for. What does not exist, or is not this person's, falls back to what is."""
    person = workspace.people.get(asked.get("as", ""))
    if person is None or person not in workspace.cast():
        person = workspace.cast()[0]
    channel = _channel(workspace, person, asked.get("in", ""))
    thread = asked.get("thread")
    known = channel is not None and thread is not None and workspace.message(channel.id, thread) is not None
    return Scene(workspace, person, channel, thread if known else None, _count(asked.get("count", "")))


def _channel(workspace: Workspace, person: Person, place: str) -> Channel | None:
    if place == HOME:
        return None
    if place == DIRECT:
        return workspace.dm_with(person.id)
    mine = workspace.channels_of(person.id)
    wanted = [channel for channel in mine if channel.id == place]
    return next(iter([*wanted, *mine]), None)


def _count(asked: str) -> int:
    return min(int(asked), 100_000) if asked.isdecimal() and int(asked[:7]) > LATEST else LATEST
