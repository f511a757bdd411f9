"""Keeps everything that belongs to one running sandbox in one hand, so that no part has to look for another."""

import secrets
from dataclasses import dataclass, field

from sandbox.delivery import Courier, Pace
from sandbox.events import Announcer
from sandbox.faults import Faults
from sandbox.keys import ResponseUrls, Triggers
from sandbox.socket_mode import SocketMode
from sandbox.workspace import Workspace


def _secret(prefix: str) -> str:
    return prefix + secrets.token_hex(12)


@dataclass
class Credentials:
    """The tokens of the installed app. They open nothing but this sandbox."""

    bot_token: str = field(default_factory=lambda: _secret("xoxb-sandbox-"))
    app_token: str = field(default_factory=lambda: _secret("xapp-sandbox-"))
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))  # as long as Slack's own


@dataclass
class World:
    """One workspace, the app installed in it, and the lines between them."""

    base_url: str
    workspace: Workspace
    credentials: Credentials = field(default_factory=Credentials)
    pace: Pace = field(default_factory=Pace)
    faults: Faults = field(default_factory=Faults)
    uploads: dict[str, str] = field(default_factory=dict)  # upload key -> file id

    def __post_init__(self) -> None:
        clock = self.workspace.clock
        self.socket_mode = SocketMode(self.pace, self.workspace.changed)
        self.courier = Courier(self.socket_mode, self.pace, self.faults)
        self.announcer = Announcer(self.workspace, self.courier)
        self.triggers = Triggers(clock, self.pace)
        self.response_urls = ResponseUrls(clock, self.pace, self.base_url)
