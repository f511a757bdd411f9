"""Keeps what depends on the person who reads: the names they see, and how a moment reads in their time zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.rendering.markup import own_file

# docs.slack.dev/messaging/formatting-message-text#date-formatting; in British order, for British readers.
_FORMATS = {
    "date_num": "%Y-%m-%d",
    "date_slash": "%d/%m/%Y",
    "date": "{day} %B %Y",
    "date_short": "{day} %b %Y",
    "date_long": "%A {day} %B %Y",
    "time": "%H:%M",
    "time_secs": "%H:%M:%S",
}
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


@dataclass(frozen=True)
class Reader:
    """Somebody looking at the page: ids they can put a name to, their time zone, and their present moment."""

    people: Mapping[str, str] = field(default_factory=dict)  # id -> shown name
    channels: Mapping[str, str] = field(default_factory=dict)  # id -> name, without "#"
    groups: Mapping[str, str] = field(default_factory=dict)  # id -> handle, without "@"
    files: Mapping[str, str] = field(default_factory=dict)  # id -> path in this sandbox
    me: str = ""
    zone: str = "Europe/London"
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def local(self, seconds: float) -> datetime | None:
        """That moment where the reader is; None for a moment outside the calendar."""
        try:
            return datetime.fromtimestamp(seconds, ZoneInfo(self.zone))
        except (ValueError, OverflowError, OSError):
            return None

    def moment(self, seconds: float, wanted: str) -> str | None:
        """The moment in Slack's format, `{date_pretty} at {time}` for example; None when it cannot be told."""
        local = self.local(seconds)
        if local is None:
            return None
        return re.sub(r"\{(\w+)\}", lambda found: self._part(local, found[1]) or found[0], wanted)

    def _part(self, local: datetime, name: str) -> str | None:
        days = (local.date() - self.now.astimezone(local.tzinfo).date()).days
        if name.endswith("_pretty") and days in _NEAR:
            return _NEAR[days]
        if name == "ago":
            return _ago(self.now - local)
        pattern = _FORMATS.get(name.removesuffix("_pretty"))
        return pattern and local.strftime(pattern.replace("{day}", str(local.day)))

    def picture(self, image: Mapping[str, object]) -> str | None:
        """Where the picture of an image block or element lies in this sandbox; None for any other place."""
        kept = image.get("slack_file")
        if isinstance(kept, dict) and "id" in kept:
            return self.files.get(str(kept["id"]))
        return own_file(kept.get("url") if isinstance(kept, dict) else image.get("image_url"))


def _ago(gap: timedelta) -> str:
    minutes = abs(int(gap.total_seconds())) // 60
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            words = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"{words} ago" if gap > timedelta() else f"in {words}"
    return "just now"
