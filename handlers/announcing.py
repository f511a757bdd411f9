"""A round is sealed: its results go to those who were asked, and then to the channel, as time goes by."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.surveys.calendars import BankHolidays
from bot.surveys.round import Round
from handlers.delivering import POST, Pause
from handlers.messenger import Messenger, Refused
from handlers.reports import Reports
from storage import pace, results
from storage.database import Database
from storage.results import Addressee

log = logging.getLogger(__name__)
TURN = timedelta(seconds=25)  # for how long one tick sends
PATIENCE = timedelta(seconds=10)  # for how long one message may wait for its turn


@dataclass(frozen=True)
class Announcing:
    """Sends results, each at most once."""

    db: Database
    clock: Clock
    messenger: Messenger
    reports: Reports
    holidays: Callable[[], BankHolidays]
    pause: Pause

    def announce(self, round: Round) -> None:
        """Plan who gets the results of a round that has been sealed."""
        results.announce(self.db, round, self.holidays(), self.clock())

    def send(self) -> None:
        """Send results to whoever is next, for as long as a tick may. What Slack refuses is not tried again."""
        until = self.clock() + TURN
        while self.clock() < until and (addressee := self._next()):
            message = self.reports.message(addressee.round_id, organiser=addressee.is_owner)
            try:
                self.messenger.post(addressee.to, message)
            except Refused as refused:
                log.warning("results of round %s could not be posted: %s", addressee.round_id, refused.code)

    def _next(self) -> Addressee | None:
        """Whoever is next, once it is this bot's turn to post."""
        workspace = results.waiting(self.db, self.clock())
        if workspace is None:
            return None
        wait = pace.take(self.db, workspace, POST, PATIENCE, self.clock())
        if wait > PATIENCE or self.pause(wait.total_seconds()):
            return None
        return results.take(self.db, self.clock())
