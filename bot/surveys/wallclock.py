"""From the clock on a wall to a moment and back: what happens when clocks change, and which time zones are known.

Moments are compared and added in UTC only. Two moments of the same zone compare by what their clocks show, so that the
two hours of an autumn night look like one (PEP 495).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.clock import LONDON

MINUTE = timedelta(minutes=1)


def is_zone(name: str) -> bool:
    """Whether this machine knows a time zone by this name: Europe/London."""
    return name in _zones()


def zone_named(*names: str | None) -> ZoneInfo:
    """The first of the named zones that is known; London when none is."""
    return next((ZoneInfo(name) for name in names if name and is_zone(name)), LONDON)


def moment(day: date, at: time, zone: tzinfo) -> datetime:
    """The moment, in UTC, at which clocks in a zone show a time: the first of two; after a gap, its first minute."""
    wall = datetime.combine(day, at)
    while _shown(wall, zone) != wall:
        wall += MINUTE
    return wall.replace(tzinfo=zone).astimezone(UTC)


def day_of_change(at: time, zone: tzinfo, days: Iterable[date]) -> date | None:
    """The first of the days on which clocks in a zone show a time twice or never."""
    return next((day for day in days if not _is_plain(datetime.combine(day, at), zone)), None)


def _is_plain(wall: datetime, zone: tzinfo) -> bool:
    once = wall.replace(tzinfo=zone).utcoffset() == wall.replace(tzinfo=zone, fold=1).utcoffset()
    return once and _shown(wall, zone) == wall


def _shown(wall: datetime, zone: tzinfo) -> datetime:
    """What clocks show at the moment for which `wall` stands: something else when it falls in a gap."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
