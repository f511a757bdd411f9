"""Keeps the shape of what a workspace holds: people, channels, messages, views, files. Plain data, no rules."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
# What a person has filled in: block_id -> action_id -> value. The forms it may take are in `sandbox.forms`.
Entered = dict[str, dict[str, Any]]

TEAM_ID = "T0SANDBOX"
APP_ID = "A0SANDBOX"
BOT_ID = "B0SANDBOX"  # the "bot_id" of the app under trial
BOT_USER_ID = "U0SANDBOXBOT"  # the user that the app posts as
SLACKBOT_ID = "USLACKBOT"


@dataclass
class Person:
    """Somebody in the workspace; also the app's bot user, and other bots. `id` begins with U or W, as at Slack."""

    id: str
    name: str  # the handle, without spaces: "amira"
    real_name: str = ""  # what is shown and mentioned: "Amira Khan"
    role_label: str = ""  # for the page's "Act as" switch: "Procurement"
    tz: str = "Europe/London"
    is_bot: bool = False
    deleted: bool = False
    is_admin: bool = False  # looks after the workspace
    is_restricted: bool = False  # a guest
    is_ultra_restricted: bool = False  # a single-channel guest
    team_id: str = TEAM_ID  # another team's id makes the person external (Slack Connect)
    email: str = ""
    locale: str = "en-GB"
    bot_id: str = ""

    @property
    def is_external(self) -> bool:
        """Belongs to another organisation's workspace."""
        return self.team_id != TEAM_ID

    @property
    def shown_name(self) -> str:
        """The name that is shown and that an @mention uses."""
        return self.real_name or self.name


@dataclass
class Channel:
    """A conversation. A direct message has `is_im`, no name, and its person and the bot as members."""

    id: str
    name: str = ""
    is_im: bool = False
    is_private: bool = False
    members: list[str] = field(default_factory=list)  # ids of people, and of the bot where it was invited
    archived: bool = False
    topic: str = ""
    created: int = 0

    def im_person(self) -> str:
        """In a direct message with the bot: the person's id."""
        return next(member for member in self.members if member != BOT_USER_ID)


@dataclass(eq=False)
class Message:
    """One message. `ts` is its id within the channel; a reply has the `thread_ts` of the message that began it."""

    channel: str
    ts: str
    user: str  # who posted: a person's id, or the id of a bot's user
    text: str  # Slack's mrkdwn, escaped: <@U1>, &amp;
    blocks: list[Json] = field(default_factory=list)  # empty for messages that people typed
    bot_id: str | None = None
    thread_ts: str | None = None
    broadcast: bool = False  # a reply that is shown in the channel too
    edited_ts: str | None = None
    ephemeral_to: str | None = None  # the only person who sees it
    metadata: Json | None = None
    files: list[str] = field(default_factory=list)  # ids in Workspace.files
    reactions: dict[str, list[str]] = field(default_factory=dict)  # emoji name -> ids of people
    attachments: list[Json] = field(default_factory=list)
    subtype: str | None = None
    entered: dict[str, Entered] = field(default_factory=dict)  # person id -> menus and boxes they set on it

    @property
    def is_reply(self) -> bool:
        """Stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(eq=False)
class View:
    """A modal, or a person's Home tab. `body` is what the app sent, with the ids that Slack fills in."""

    id: str
    person: str  # who sees it
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    entered: Entered = field(default_factory=dict)  # what the person has filled in so far
    errors: dict[str, str] = field(default_factory=dict)  # block_id -> what is wrong, to be shown at the field
    problem: str | None = None  # what Slack shows at the top, when the app did not answer

    @property
    def is_modal(self) -> bool:
        """A modal, not a Home tab."""
        return bool(self.body.get("type") == "modal")

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        found: list[Json] = self.body.get("blocks", [])
        return found


@dataclass
class File:
    """An uploaded file. Its bytes are served at `/files/{id}/{name}`."""

    id: str
    name: str
    title: str
    owner: str
    created: int
    content: bytes = b""
    mimetype: str = "application/octet-stream"
    alt_text: str = ""
    shared: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass
class Group:
    """A user group, such as @curators. Only paid plans have them."""

    id: str
    handle: str
    name: str
    members: list[str] = field(default_factory=list)


@dataclass
class Status:
    """What the app says it is doing in a thread: "is looking…"."""

    text: str
    loading_messages: list[str] = field(default_factory=list)


@dataclass
class Scheduled:
    """A message that waits for its time."""

    id: str
    channel: str
    post_at: int
    created: int
    args: Json
