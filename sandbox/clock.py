"""Keeps what time it is in the sandbox: the machine's clock plus an offset that a person can move forward."""

import time
from datetime import UTC, datetime


class Clock:
    """The sandbox's time. Message timestamps, trigger lifetimes and scheduled messages all read it."""

    def __init__(self, offset_seconds: float = 0.0) -> None:
        self.offset_seconds = offset_seconds

    def seconds(self) -> float:
        """Seconds since 1970 in the sandbox."""
        return real_seconds() + self.offset_seconds

    def now(self) -> datetime:
        """The sandbox's moment, in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def advance(self, seconds: float) -> None:
        """Move time forward. Backwards is refused: messages would change their order."""
        if seconds < 0:
            raise ValueError("The sandbox's clock moves forward only.")
        self.offset_seconds += seconds


def real_seconds() -> float:
    """The machine's own time: request signatures need it, because the bot checks them against its own clock."""
    return time.time()  # noqa: TID251 -- the sandbox's one reader of the clock; it may not import the bot's
