"""Messages of surveys on their way to Slack: invitations once, reminders at most once, and what is in doubt looked for.

Claim, send, record are three steps with a transaction around the first and the last only. Whatever happens between
them, the claim runs out and somebody looks into Slack's history before anything is sent again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.people import Function
from bot.surveys.calendars import BankHolidays
from bot.surveys.delivery import LEASE, Delivery, Reason
from bot.surveys.round import Round
from handlers.messenger import Messenger, Refused
from handlers.refusals import Certainty
from handlers.ui import invitation
from storage import commitments, deliveries, pace, reminders, responses
from storage.database import Database
from storage.keys import Keys

log = logging.getLogger(__name__)
POST = "chat.postMessage"
HISTORY = "conversations.history"
CLOCKS_DIFFER = timedelta(seconds=5)  # between this machine and Slack
REFUSED_FOR = timedelta(minutes=5)  # until a bot that Slack refuses tries again
TRIES = 3  # of one reminder, while Slack says that it was too fast
Pause = Callable[[float], bool]
"""Waits for so many seconds; True when the bot is to stop."""


class Halted(Exception):
    """Slack refuses this bot altogether, with `code`; whoever runs it must act."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Timing:
    """How long things may take. `turn` is for how long one tick sends; `patience` for how long a claim may wait.

    `lease` must be longer than a call to Slack and than a message needs to show in its history. `rest` is how long
    everybody leaves Slack alone after an answer that was none.
    """

    lease: timedelta = LEASE
    turn: timedelta = timedelta(seconds=25)
    patience: timedelta = timedelta(seconds=10)
    rest: timedelta = timedelta(seconds=30)


@dataclass(frozen=True)
class Delivering:
    """Sends what is due."""

    db: Database
    clock: Clock
    messenger: Messenger
    keys: Keys
    pause: Pause
    timing: Timing = Timing()

    def reconcile(self) -> None:
        """Look for messages whose sender fell silent. Raises Halted."""
        until = self.clock() + self.timing.turn
        while (now := self.clock()) < until and (lost := deliveries.expired(self.db, now, self.timing.lease)):
            if not self._turn(lost.workspace, HISTORY):
                return
            with _one_by_one("looking for a message"):
                self._look(lost)

    def _look(self, lost: Delivery) -> None:
        """One look. What cannot be read for the moment is looked for again when the new lease ends."""
        try:
            found = self.messenger.find(lost.member, lost.id, lost.intent_at - CLOCKS_DIFFER)
        except Refused as refused:
            if refused.certainty is Certainty.FINAL:
                deliveries.unknown(self.db, lost)
            else:
                self._let_rest(lost.workspace, HISTORY, refused)
        else:
            if found:
                deliveries.sent(self.db, lost, found.channel, found.ts, self.clock())
            else:
                deliveries.not_found(self.db, lost, self.clock())

    def invite(self, holidays: BankHolidays) -> None:
        """Send invitations for as long as a tick may. Raises Halted."""
        until = self.clock() + self.timing.turn
        while (now := self.clock()) < until:
            claimed = deliveries.claim(self.db, holidays, now, self.timing.lease)
            if claimed is None:
                return
            if not self._turn(claimed.workspace, POST):
                wait = pace.wait(self.db, claimed.workspace, POST, self.clock())
                deliveries.postponed(self.db, claimed, self.clock() + wait, Reason.PACE)
                return
            with _one_by_one("inviting a member"):
                if deliveries.confirm(self.db, claimed, self.clock(), self.timing.lease):
                    self._send(claimed)

    def _send(self, claimed: Delivery) -> None:
        try:
            message = invitation.render(claimed.round, claimed.function, promised=self._promised(claimed.round))
            posted = self.messenger.deliver(claimed.member, message, claimed.id)
        except Refused as refused:
            self._refused(claimed, refused)
        else:
            deliveries.sent(self.db, claimed, posted.channel, posted.ts, self.clock())

    def _promised(self, round: Round) -> str:
        """What was promised after the last round: whoever is asked again sees that asking led to something."""
        promised = commitments.before(self.db, round.survey_id, round.number)
        return "; ".join(each.words for each in promised)

    def _refused(self, claimed: Delivery, refused: Refused) -> None:
        """A certain no is recorded; of anything else the claim stays, and runs out."""
        now = self.clock()
        if refused.certainty is Certainty.FINAL:
            deliveries.failed(self.db, claimed, refused.code)
            return
        if refused.certainty is Certainty.SLOWER:
            deliveries.postponed(self.db, claimed, now + refused.wait, Reason.PACE)
        if refused.certainty is Certainty.STOPPED:
            deliveries.postponed(self.db, claimed, now + REFUSED_FOR, Reason.REFUSED)
        self._let_rest(claimed.workspace, POST, refused)

    def remind(self, holidays: BankHolidays) -> None:
        """Remind those who have not answered, for as long as a tick may. Raises Halted."""
        until = self.clock() + self.timing.turn
        while (now := self.clock()) < until and (round := reminders.due(self.db, now)):
            if pace.wait(self.db, round.workspace, POST, now) > self.timing.patience:
                return
            members = reminders.take(self.db, round, holidays, now).members
            answered = responses.answered(self.db, self.keys, round, members)
            for member, function in members.items():
                if member not in answered:
                    with _one_by_one("reminding a member"):
                        self._remind(round, member, function)

    def _remind(self, round: Round, member: str, function: Function | None) -> None:
        """One reminder. It is tried again only when Slack certainly did not take it."""
        for _ in range(TRIES):
            if not self._turn(round.workspace, POST) or not reminders.wanted(self.db, round, member, self.clock()):
                return
            try:
                self.messenger.tell(member, invitation.render(round, function, reminder=True))
            except Refused as refused:
                if refused.certainty is Certainty.FINAL:
                    return
                self._let_rest(round.workspace, POST, refused)
                if refused.certainty is Certainty.UNKNOWN:
                    return
            else:
                return

    def _turn(self, workspace: str, method: str) -> bool:
        """Wait for a turn to call Slack; False when that would take too long, or the bot is to stop."""
        wait = pace.take(self.db, workspace, method, self.timing.patience, self.clock())
        return wait <= self.timing.patience and not self.pause(wait.total_seconds())

    def _let_rest(self, workspace: str, method: str, refused: Refused) -> None:
        if refused.certainty is Certainty.STOPPED:
            raise Halted(refused.code) from refused
        if refused.certainty is Certainty.SLOWER:
            pace.slow_down(self.db, workspace, method, refused.wait, self.clock())
        else:
            pace.rest(self.db, workspace, method, self.timing.rest, self.clock())


@contextmanager
def _one_by_one(doing: str) -> Iterator[None]:
    """Trouble with one person, whatever it is, is noted and ends here; what stops the bot goes on."""
    try:
        yield
    except Halted:
        raise
    except Exception as error:
        log.error("%s: %s", doing, type(error).__name__)  # noqa: TRY400 -- a traceback may quote people
