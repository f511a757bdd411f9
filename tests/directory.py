"""The people, channels and user groups of a workspace, as Slack's methods that look them up tell of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
WORKSPACE = "T0GOV"
PEOPLE = "U0ADA", "U0BO", "U0CY"


def person(member: str, **more: Any) -> Json:
    """A member of the workspace as `users.info` gives them; `more` makes an admin, a guest, somebody from elsewhere."""
    plain: Json = {"id": member, "team_id": WORKSPACE, "name": member.lower(), "deleted": False, "is_bot": False}
    plain |= {"tz": "Europe/London", "is_admin": False, "is_owner": False, "is_restricted": False}
    return plain | more


@dataclass
class Directory:
    """Who there is. `paid` says whether the workspace's plan has user groups; `page` how many come at a time."""

    people: dict[str, Json] = field(default_factory=lambda: {each: person(each) for each in PEOPLE})
    channels: dict[str, list[str]] = field(default_factory=lambda: {"C0BUYING": list(PEOPLE)})
    groups: dict[str, list[str]] = field(default_factory=dict)
    paid: bool = True
    page: int = 2

    def add(self, member: str, **more: Any) -> None:
        """One more person, in the channel too."""
        self.people[member] = person(member, **more)
        self.channels["C0BUYING"].append(member)

    def answer(self, method: str, body: Json) -> Json | None:
        """What Slack answers to a method that looks people up; None to any other."""
        look = {
            "users.info": lambda: _one("user", self.people.get(body.get("user", "")), "user_not_found"),
            "users.list": lambda: self._page("members", list(self.people.values()), body),
            "conversations.info": lambda: self._channel(body.get("channel", "")),
            "conversations.members": lambda: self._members(body),
            "usergroups.list": lambda: self._groups(),
            "usergroups.users.list": lambda: self._group(body.get("usergroup", "")),
        }.get(method)
        return look() if look else None

    def _page(self, key: str, items: list[Any], body: Json) -> Json:
        start = int(body.get("cursor", 0))
        size = min(int(body["limit"]), self.page)
        following = str(start + size) if len(items) > start + size else ""
        return {"ok": True, key: items[start : start + size], "response_metadata": {"next_cursor": following}}

    def _members(self, body: Json) -> Json:
        found = self.channels.get(body.get("channel", ""))
        return self._page("members", found, body) if found is not None else _no("channel_not_found")

    def _channel(self, channel: str) -> Json:
        found = {"id": channel, "name": channel.lower(), "is_member": True} if channel in self.channels else None
        return _one("channel", found, "channel_not_found")

    def _groups(self) -> Json:
        if not self.paid:
            return _no("plan_upgrade_required")
        return {"ok": True, "usergroups": [{"id": each, "name": f"Group {each}"} for each in self.groups]}

    def _group(self, group: str) -> Json:
        if not self.paid:
            return _no("plan_upgrade_required")
        return _one("users", self.groups.get(group), "no_such_subteam")


def _one(key: str, found: Any, missing: str) -> Json:
    return {"ok": True, key: json.loads(json.dumps(found))} if found is not None else _no(missing)


def _no(code: str) -> Json:
    return {"ok": False, "error": code}
