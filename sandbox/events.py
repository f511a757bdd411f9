"""Keeps which events the app hears of: those it subscribed to, has the scope for, and is a member for.

https://docs.slack.dev/apis/events-api
"""

import secrets

from sandbox import payloads, typed
from sandbox.delivery import Courier, Parcel
from sandbox.records import APP_ID, BOT_USER_ID, TEAM_ID, Channel, Json, Message, Person
from sandbox.scopes import EVENT_SCOPES
from sandbox.workspace import Workspace

_MESSAGE_EVENTS = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}


class Announcer:
    """Tells the app what has happened."""

    def __init__(self, workspace: Workspace, courier: Courier) -> None:
        self._workspace = workspace
        self._courier = courier

    def posted(self, message: Message) -> None:
        """A message came. A mention in a channel arrives twice, as `app_mention` and as `message`.

        The two have different event_ids. https://docs.slack.dev/reference/events/app_mention
        """
        channel = self._workspace.channels[message.channel]
        if not _is_heard(channel, message):
            return
        body = payloads.message(self._workspace, message)
        if not channel.is_im and message.user != BOT_USER_ID and typed.mentions(message.text, BOT_USER_ID):
            self._send("app_mention", body | {"type": "app_mention", **_place(channel, message.ts)}, channel)
        self._send_message(channel, body | _place(channel, message.ts))

    def changed(self, message: Message, before: Json) -> None:
        """A message was edited or updated. https://docs.slack.dev/reference/events/message/message_changed"""
        channel = self._workspace.channels[message.channel]
        if not _is_heard(channel, message):
            return
        now = payloads.message(self._workspace, message)
        body = {"type": "message", "subtype": "message_changed", "message": now, "previous_message": before}
        ts = self._workspace.new_ts()
        self._send_message(channel, body | {"hidden": True, "ts": ts, **_place(channel, ts)})

    def deleted(self, message: Message) -> None:
        """A message is gone. https://docs.slack.dev/reference/events/message/message_deleted"""
        channel = self._workspace.channels[message.channel]
        if not _is_heard(channel, message):
            return
        before = payloads.message(self._workspace, message)
        body = {"type": "message", "subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
        ts = self._workspace.new_ts()
        self._send_message(channel, body | {"hidden": True, "ts": ts, **_place(channel, ts)})

    def reacted(self, person: str, message: Message, name: str, *, added: bool) -> None:
        """Somebody put a reaction or took it away. https://docs.slack.dev/reference/events/reaction_added"""
        channel = self._workspace.channels[message.channel]
        kind = "reaction_added" if added else "reaction_removed"
        item = {"type": "message", "channel": channel.id, "ts": message.ts}
        body = {"type": kind, "user": person, "reaction": name, "item_user": message.user, "item": item}
        if BOT_USER_ID in channel.members:
            self._send(kind, body | {"event_ts": self._workspace.new_ts()}, channel)

    def home_opened(self, person: str, tab: str) -> None:
        """Somebody opened a tab of the app. https://docs.slack.dev/reference/events/app_home_opened"""
        channel = self._workspace.dm_with(person)
        ts = self._workspace.new_ts()
        body: Json = {"type": "app_home_opened", "user": person, "channel": channel.id, "tab": tab, "event_ts": ts}
        home = self._workspace.homes.get(person)
        if tab == "home" and home is not None:
            body["view"] = payloads.view(self._workspace, home)
        self._send("app_home_opened", body, channel)

    def joined(self, person: Person, channel: Channel) -> None:
        """Somebody came into a channel. https://docs.slack.dev/reference/events/member_joined_channel"""
        kind = "G" if channel.is_private else "C"
        body = {"type": "member_joined_channel", "user": person.id, "channel": channel.id, "channel_type": kind}
        if BOT_USER_ID in channel.members:
            self._send("member_joined_channel", body | {"event_ts": self._workspace.new_ts()}, channel)

    def _send_message(self, channel: Channel, body: Json) -> None:
        kind = payloads.channel_type(channel)
        self._send(_MESSAGE_EVENTS[kind], body | {"channel_type": kind}, channel)

    def _send(self, subscription: str, event: Json, channel: Channel) -> None:
        if subscription in self._workspace.manifest.events and self._has_scope(subscription):
            self._courier.tell(Parcel("events_api", self._envelope(event, channel)))

    def _has_scope(self, subscription: str) -> bool:
        needed = EVENT_SCOPES.get(subscription)
        return needed is None or needed in self._workspace.manifest.scopes

    def _envelope(self, event: Json, channel: Channel) -> Json:
        people = self._workspace.people
        return {
            "token": payloads.TOKEN,
            "team_id": TEAM_ID,
            "context_team_id": TEAM_ID,
            "context_enterprise_id": None,
            "api_app_id": APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(5).upper()}",
            "event_time": int(self._workspace.clock.seconds()),
            "authorizations": [_authorization()],
            "is_ext_shared_channel": any(people[m].is_external for m in channel.members if m in people),
            "event_context": f"4-{secrets.token_urlsafe(24)}",
        }


def _is_heard(channel: Channel, message: Message) -> bool:
    # An app hears only conversations it is in, and nobody's ephemeral messages.
    return message.ephemeral_to is None and BOT_USER_ID in channel.members


def _place(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "event_ts": ts}


def _authorization() -> Json:
    return {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "is_bot": True,
        "is_enterprise_install": False,
    }
