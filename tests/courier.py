"""A process that sends invitations, and can be made to die by kill −9 right after a step: for tests of what is left.

python -m tests.courier DATABASE_URL API_URL TOKEN OFFSET [STEP]: the clock is this computer's, OFFSET seconds away.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from bot.clock import system_clock
from handlers.delivering import Delivering, Timing
from handlers.messenger import Messenger
from storage import deliveries
from storage.database import Database
from storage.keys import KeyFolder
from tests.bot.surveys.builders import holidays

TIMEOUT = 0.5  # seconds, of one call to Slack
TIMING = Timing(
    lease=timedelta(seconds=3), turn=timedelta(seconds=2), patience=timedelta(seconds=2), rest=timedelta(seconds=0.1)
)
STEPS: dict[str, tuple[Any, str]] = {
    "claimed": (deliveries, "claim"),
    "confirmed": (deliveries, "confirm"),
    "posted": (Messenger, "deliver"),
    "recorded": (deliveries, "sent"),
}


def fatal(step: Callable[..., Any]) -> Callable[..., Any]:
    """The step, and then the end."""

    def step_and_die(*args: Any, **more: Any) -> Any:
        done = step(*args, **more)
        if done:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return step_and_die


def main(database_url: str, api_url: str, token: str, offset: str, step: str = "") -> None:
    """Send until killed."""
    if step:
        place, name = STEPS[step]
        setattr(place, name, fatal(getattr(place, name)))
    away = timedelta(seconds=float(offset))
    client = WebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[])  # type: ignore[arg-type]
    keys = KeyFolder(Path("unused"))
    delivering = Delivering(
        Database(database_url), lambda: system_clock() + away, Messenger(client), keys, _wait, TIMING
    )
    while True:
        delivering.reconcile()
        delivering.invite(holidays())
        _wait(0.05)


def _wait(seconds: float) -> bool:
    time.sleep(seconds)
    return False


if __name__ == "__main__":
    main(*sys.argv[1:])
