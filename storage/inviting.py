"""Who is asked in a round and when their messages are due: the rows that a round begins with, and those of joiners."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.people import Member
from bot.surveys.calendars import BankHolidays
from bot.surveys.delivery import DeliveryKind, DeliveryState, Reason, Standing
from bot.surveys.round import Round
from bot.surveys.timetable import Slot, Timetable
from bot.surveys.wallclock import zone_named

APART = timedelta(hours=12)  # a reminder that comes sooner after its invitation would be a second one
LATEST_JOIN = 2  # working days before the close: later, there is no time left to answer
Row = dict[str, Any]


@dataclass(frozen=True)
class Inviting:
    """A round on its calendar, from which everybody's messages follow."""

    round: Round
    timetable: Timetable

    @classmethod
    def of(cls, round: Round, holidays: BankHolidays) -> Inviting:
        """Of a round that has begun."""
        if round.schedule is None:
            raise ValueError("a round without a schedule cannot have begun")
        return cls(round, Timetable(round.schedule, holidays))

    def invitation(self, member: Member, function: str | None) -> Row:
        """The row that says that a member is asked."""
        return {
            "round_id": self.round.id,
            "member_id": member.id,
            "workspace": self.round.workspace,
            "zone": member.zone,
            "function": function,
            "standing": Standing.INVITED,
        }

    def deliveries(self, members: Iterable[Member], now: datetime) -> list[Row]:
        """An invitation for each member, and all reminders. Whether somebody answers changes nothing in them."""
        by_zone: dict[str, list[Row]] = {}
        rows: list[Row] = []
        for member in members:
            if member.zone not in by_zone:
                by_zone[member.zone] = self._in_zone(member.zone, now)
            rows += ({**each, "id": uuid.uuid4().hex, "member_id": member.id} for each in by_zone[member.zone])
        return rows

    def takes_joiners(self, now: datetime) -> bool:
        """Whether there is enough time left to answer."""
        last = self._local(self.round.closes_at)
        for _ in range(LATEST_JOIN):
            last = self.timetable.working.previous(last)
        return self._local(now) <= last

    def _in_zone(self, zone: str, now: datetime) -> list[Row]:
        slot = self._slot()
        opens = max(self.timetable.opens_at(slot, zone), now)
        invited_at = self.timetable.next_allowed(opens, zone)
        rows = [self._delivery(DeliveryKind.INVITATION, 0, invited_at)]
        for sequence, at in enumerate(self.timetable.reminders_at(slot, zone), start=1):
            row = self._delivery(DeliveryKind.REMINDER, sequence, self.timetable.next_allowed(at, zone))
            too_soon = row["state"] == DeliveryState.WAITING and row["due_at"] < invited_at + APART
            rows.append({**row, "state": DeliveryState.CANCELLED, "reason": Reason.TOO_SOON} if too_soon else row)
        return rows

    def _delivery(self, kind: DeliveryKind, sequence: int, due_at: datetime) -> Row:
        in_time = due_at < self.round.closes_at
        return {
            "workspace": self.round.workspace,
            "round_id": self.round.id,
            "kind": kind,
            "sequence": sequence,
            "state": DeliveryState.WAITING if in_time else DeliveryState.CANCELLED,
            "due_at": due_at,
            "attempt": 0,
            "doubts": 0,
            "reason": None if in_time else Reason.AFTER_CLOSE,
        }

    def _slot(self) -> Slot:
        return Slot(date.fromisoformat(self.round.slot[:10]), self._local(self.round.opens_at))

    def _local(self, moment: datetime) -> date:
        return moment.astimezone(zone_named(self.timetable.schedule.zone)).date()
