"""Who is who: what somebody may do, and who belongs to an audience. Slack is asked, and believed for five minutes.

Roles come from the settings and from Slack, never from a payload. Guests, people of other organisations, bots and
deactivated people have none, whatever the settings say.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from slack_bolt import BoltContext

from bot.clock import Clock
from bot.config import Config
from bot.errors import Problem
from bot.people import Actor, Audience, AudienceKind, Member, Role
from handlers.messenger import Messenger, Refused
from storage import profiles
from storage.database import Database

log = logging.getLogger(__name__)
BELIEVED_FOR = timedelta(minutes=5)
SLACKBOT = "USLACKBOT"  # Slack's own, of which it says that it is no bot
NO_GROUPS = "This workspace has no user groups: they come with Slack's paid plans. Choose a channel or people instead."
GROUP_GONE = "One of the user groups is not there any more. Choose another."
NOT_IN_CHANNEL = "I am not in one of those channels. Invite me to it, by typing /invite there, and try again."
WITHOUT_GROUPS = {"plan_upgrade_required", "paid_teams_only", "feature_not_enabled", "missing_scope"}
Person = dict[str, Any]
Found = TypeVar("Found")


def workspace_of(context: BoltContext) -> str:
    """The workspace in which the bot is installed: a guest from elsewhere acts in ours, and not in their own."""
    installed = context.authorize_result
    return str((installed and (installed.team_id or installed.enterprise_id)) or context.team_id or "")


@dataclass(frozen=True)
class Group:
    """A user group that can be chosen as an audience."""

    id: str
    name: str


@dataclass(frozen=True)
class Roster:
    """The people of the workspace, with roles from the settings."""

    db: Database
    clock: Clock
    messenger: Messenger
    config: Config
    _believed: dict[Hashable, tuple[datetime, Any]] = field(default_factory=dict, repr=False)

    def actor(self, context: BoltContext) -> Actor:
        """Whoever acts now, with their roles. Raises Problem when Slack cannot be asked: no role on a guess."""
        workspace, member = workspace_of(context), str(context.user_id or "")
        return Actor(workspace, member, self._lately(("roles", member), lambda: self._roles(workspace, member)))

    def members(self, workspace: str, audience: Audience) -> tuple[Member, ...]:
        """Everybody who is asked when an audience is. Raises Problem when a channel or group cannot be read."""
        return audience.among(self._described(workspace, self._ids(workspace, audience)))

    def prepare(self) -> None:
        """Look everybody up, so that a form that needs them is answered in time: many people come on many pages."""
        with suppress(Problem):
            self._everybody()

    def is_in(self, channel: str) -> bool:
        """Whether the bot is a member of a channel; False too of one that it cannot see."""
        try:
            return bool(self.messenger.channel(channel).get("is_member"))
        except Refused as refused:
            if refused.code == "channel_not_found":
                return False
            raise

    def groups(self) -> tuple[Group, ...]:
        """The user groups that can be chosen; none on a plan without them."""
        return self._lately("groups", self._groups)

    # Roles.

    def _roles(self, workspace: str, member: str) -> frozenset[Role]:
        person = self.messenger.person(member)
        if not _may_have_a_role(_member(workspace, person)):
            return frozenset()
        named = {
            Role.ADMIN: self.config.admins,
            Role.ORGANISER: self.config.organisers,
            Role.CURATOR: self.config.curators,
        }
        roles = {role for role, ids in named.items() if self._is_named(member, ids)}
        looks_after = person.get("is_admin") or person.get("is_owner") or person.get("is_primary_owner")
        return frozenset(roles | ({Role.ADMIN} if looks_after and not self.config.admins else set()))

    def _is_named(self, member: str, ids: Iterable[str]) -> bool:
        return any(each == member or (each.startswith("S") and member in self._group_for_a_role(each)) for each in ids)

    def _group_for_a_role(self, group: str) -> list[str]:
        """A group that cannot be read gives nobody a role; the log says so."""
        try:
            return self._group(group)
        except Problem:
            log.warning("a user group of the settings cannot be read, so nobody has a role by it: %s", group)
            return []

    # Audiences.

    def _ids(self, workspace: str, audience: Audience) -> set[str]:
        """Functions are read afresh: members may change theirs at any moment, and it is our own table."""
        chose = profiles.functions(self.db, workspace) if audience.kind is AudienceKind.FUNCTION else {}
        found: dict[AudienceKind, Callable[[str], list[str]]] = {
            AudienceKind.CHANNEL: self._channel,
            AudienceKind.GROUP: self._group,
            AudienceKind.MEMBERS: lambda member: [member],
            AudienceKind.FUNCTION: lambda function: [who for who, does in chose.items() if does == function],
        }
        return {member for target in audience.targets for member in found[audience.kind](target)}

    def _described(self, workspace: str, ids: Iterable[str]) -> Iterable[Member]:
        """Members by their ids. The list of everybody may leave out people from elsewhere: they are asked for."""
        known = self._everybody()
        for each in ids:
            if person := known.get(each) or self._stranger(each):
                yield _member(workspace, person)

    def _everybody(self) -> dict[str, Person]:
        return self._lately("people", lambda: {each["id"]: each for each in self.messenger.people()})

    def _stranger(self, member: str) -> Person | None:
        try:
            return self._lately(("person", member), lambda: self.messenger.person(member))
        except Refused as refused:
            if refused.code == "user_not_found" or refused.code == "user_not_visible":
                return None
            raise

    def _channel(self, channel: str) -> list[str]:
        try:
            return self._lately(("channel", channel), lambda: self.messenger.members_of(channel))
        except Refused as refused:
            if refused.code in ("channel_not_found", "not_in_channel", "fetch_members_failed"):
                raise Problem(NOT_IN_CHANNEL) from refused
            raise

    def _group(self, group: str) -> list[str]:
        try:
            return self._lately(("group", group), lambda: self.messenger.members_of_group(group))
        except Refused as refused:
            if refused.code in WITHOUT_GROUPS:
                raise Problem(NO_GROUPS) from refused
            if refused.code == "no_such_subteam":
                raise Problem(GROUP_GONE) from refused
            raise

    def _groups(self) -> tuple[Group, ...]:
        try:
            found = self.messenger.groups()
        except Refused as refused:
            if refused.code in WITHOUT_GROUPS:
                return ()
            raise
        return tuple(Group(each["id"], str(each.get("name") or each.get("handle"))) for each in found)

    def _lately(self, key: Hashable, look: Callable[[], Found]) -> Found:
        """What was found less than five minutes ago, or what is found now. Trouble is not remembered."""
        now = self.clock()
        until, found = self._believed.get(key, (now, None))
        if now >= until:
            found = look()
            self._believed[key] = (now + BELIEVED_FOR, found)
        return cast("Found", found)


def _may_have_a_role(member: Member) -> bool:
    return not (member.is_bot or member.is_deactivated or member.is_guest or member.is_outsider)


def _member(workspace: str, person: Person) -> Member:
    """Slack's user object, https://docs.slack.dev/reference/objects/user-object, as we know people."""
    return Member(
        id=str(person["id"]),
        zone=str(person.get("tz") or ""),
        is_bot=bool(person.get("is_bot") or person.get("is_workflow_bot") or person["id"] == SLACKBOT),
        is_deactivated=bool(person.get("deleted")),
        is_guest=bool(person.get("is_restricted") or person.get("is_ultra_restricted")),
        is_outsider=workspace not in _belongs_to(person),
    )


def _belongs_to(person: Person) -> set[str]:
    """The workspaces of a person; on Enterprise Grid there may be several, and an organisation above them."""
    grid = person.get("enterprise_user") or {}
    return {str(person.get("team_id")), str(grid.get("enterprise_id")), *map(str, grid.get("teams") or ())}
