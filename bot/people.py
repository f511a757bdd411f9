"""People: who is asked, who may do what, and the functions that surveys compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from pydantic import ConfigDict

from bot.errors import Problem


class Function(StrEnum):
    """A member's own word for what they do: the one segment by which results may be split."""

    PROCUREMENT = "procurement"
    DIGITAL = "digital"
    BOTH = "both"
    OTHER = "other"


class Role(StrEnum):
    """What a member may look after. An admin may do what an organiser and a curator may."""

    ADMIN = "admin"
    ORGANISER = "organiser"
    CURATOR = "curator"


class NotYours(Problem):
    """What was asked for is not there, or not theirs to touch: the two are not told apart, so that ids tell nothing."""

    def __init__(self, what: str = "survey") -> None:
        super().__init__(f"I can't find that {what} among yours. Open your list again, or ask an organiser.")


@dataclass(frozen=True)
class Member:
    """A person in the workspace, as Slack tells of them now. `zone` is an IANA name, empty when unknown."""

    id: str
    zone: str = ""
    is_bot: bool = False
    is_deactivated: bool = False
    is_guest: bool = False
    is_outsider: bool = False


@dataclass(frozen=True)
class Profile:
    """What a member set for themselves: what they do, and whether they are sent no surveys. Answering sets neither."""

    function: Function | None = None
    stopped: bool = False


@dataclass(frozen=True)
class Actor:
    """Somebody who acts now, with the roles that they have now. Made anew for every payload; never taken from one."""

    workspace: str
    member: str
    roles: frozenset[Role] = frozenset()

    @property
    def may_organise(self) -> bool:
        """Whether they may write, schedule and close surveys."""
        return bool(self.roles & {Role.ADMIN, Role.ORGANISER})

    @property
    def may_curate(self) -> bool:
        """Whether they may change what the bot knows."""
        return bool(self.roles & {Role.ADMIN, Role.CURATOR})

    def looks_after(self, owner: str) -> bool:
        """Whether a survey of this owner is theirs to see and change: their own, or as an admin everybody's."""
        return Role.ADMIN in self.roles or self.member == owner

    def must_organise(self) -> None:
        """Raises Problem unless they may organise."""
        if not self.may_organise:
            raise Problem("Only organisers can do that. Ask whoever looks after me to make you one.")


class AudienceKind(StrEnum):
    """By what an audience is named."""

    CHANNEL = "channel"
    GROUP = "group"
    MEMBERS = "members"
    FUNCTION = "function"


@dataclass(frozen=True)
class Audience:
    """Who is asked. `targets` are ids of channels, user groups or members, or names of functions, by `kind`.

    Bots and deactivated people are never asked; guests and people of other organisations only when it says so.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    kind: AudienceKind
    targets: tuple[str, ...]
    guests: bool = False
    outsiders: bool = False

    @property
    def mark(self) -> str:
        """The same for the same audience, and it names nobody: rounds with other marks asked others."""
        named = repr((self.kind.value, tuple(sorted(self.targets)), self.guests, self.outsiders))
        return sha256(named.encode()).hexdigest()[:16]

    def among(self, found: Iterable[Member]) -> tuple[Member, ...]:
        """Those of the members found who are to be asked, each once, in the order of their ids."""
        asked = {member.id: member for member in found if self._asks(member)}
        return tuple(asked[key] for key in sorted(asked))

    def _asks(self, member: Member) -> bool:
        if member.is_bot or member.is_deactivated:
            return False
        return (self.guests or not member.is_guest) and (self.outsiders or not member.is_outsider)
