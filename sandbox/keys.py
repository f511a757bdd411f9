"""Keeps what lives shortly: trigger ids, used once within seconds, and response URLs, used a few times."""

import secrets
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.delivery import Pace
from sandbox.errors import SlackError


@dataclass
class Trigger:
    """The right to open one modal for one person."""

    person: str
    until: float
    used: bool = False


class Triggers:
    """https://docs.slack.dev/interactivity/handling-user-interaction : 3 seconds, one use."""

    def __init__(self, clock: Clock, pace: Pace) -> None:
        self._clock = clock
        self._pace = pace
        self._issued: dict[str, Trigger] = {}

    def issue(self, person: str) -> str:
        """A new trigger id for something that the person did."""
        name = f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self._issued[name] = Trigger(person, self._clock.seconds() + self._pace.trigger_lives)
        return name

    def exchange(self, name: str) -> str:
        """Use a trigger id up; the person it belongs to. https://docs.slack.dev/reference/methods/views.open"""
        trigger = self._issued.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.seconds() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.person


@dataclass
class ResponseUrl:
    """The right to answer an interaction where it took place. `ts` is the message that it took place on."""

    person: str
    channel: str
    ts: str | None
    until: float
    uses_left: int


class ResponseUrls:
    """https://docs.slack.dev/interactivity/handling-user-interaction : 5 uses within 30 minutes."""

    def __init__(self, clock: Clock, pace: Pace, base_url: str) -> None:
        self._clock = clock
        self._pace = pace
        self._base = base_url
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, person: str, channel: str, ts: str | None = None) -> str:
        """A new response URL."""
        key = secrets.token_urlsafe(18)
        until = self._clock.seconds() + self._pace.response_url_lives
        self._issued[key] = ResponseUrl(person, channel, ts, until, self._pace.response_url_uses)
        return f"{self._base}/response/{key}"

    def find(self, key: str) -> ResponseUrl:
        """The response URL behind a key, if it may still be used. Slack documents the limits but not the words."""
        found = self._issued.get(key)
        if found is None:
            raise SlackError("no_service")
        if self._clock.seconds() > found.until:
            raise SlackError("expired_url")
        if not found.uses_left:
            raise SlackError("used_url")
        return found
