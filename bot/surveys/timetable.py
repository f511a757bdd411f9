"""What becomes of a schedule on real days: its dates with the reason for each shift, and its moments in UTC.

A round is known by the date for which it was *planned*; the *day* on which it is held may be another, or none. The same
question always has the same answer: it depends on the schedule and the calendar, never on when somebody asked before.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import cached_property
from itertools import groupby, takewhile

from bot.surveys import wallclock
from bot.surveys.calendars import DAY, BankHolidays, WorkingDays
from bot.surveys.rules import Faults, LastWorkingDay, Once, full_date
from bot.surveys.schedule import CLOSING, Policy, Schedule

LOOKED_AHEAD = timedelta(days=10 * 366)
ON_TIME = timedelta(minutes=10)
"""A tick every half minute and a pause of the host are on time."""
LATEST = timedelta(hours=4)
REMINDER = time(10, 0)
FIRST_REMINDER = 3
"""The working day of a round on which those who have not answered are reminded first."""
EARLIEST = timezone(timedelta(hours=14))
"""Where each day begins first (Kiritimati)."""


@dataclass(frozen=True)
class Slot:
    """One planned round: the day on which it is held, None when it is left out, and why that is another day."""

    planned: date
    day: date | None
    reason: str = ""


class Lateness(StrEnum):
    """How a round that should have begun stands: still to come, in time, worth catching up with, or missed."""

    TO_COME = "to come"
    ON_TIME = "on time"
    CATCH_UP = "catch up"
    MISSED = "missed"


@dataclass(frozen=True)
class Timetable:
    """A schedule on the calendar. Every moment that it gives is in UTC.

    Where a person's zone may be given (`zone`), one that is not known counts as the schedule's, and London after that.
    """

    schedule: Schedule
    holidays: BankHolidays

    @cached_property
    def working(self) -> WorkingDays:
        return WorkingDays(self.schedule.nations, self.schedule.closed, self.holidays)

    def faults(self, now: datetime) -> Faults:
        """Everything that the organiser must put right, by field."""
        wrong = self.schedule.faults(now)
        if wrong or self.next_slot(now):
            return wrong
        rule = self.schedule.rule
        if not isinstance(rule, Once):
            return [("rule", "No round would ever be held: every date falls on a bank holiday or a closed day.")]
        day, why = full_date(rule.day), self.working.why_not(rule.day)
        if why and self.schedule.policy is Policy.SKIP:
            return [("day", f"{day} is left out: {why}. Choose another day.")]
        if why and self.schedule.policy is Policy.PREVIOUS:
            return [("day", f"{day} is off ({why}), and the working day before has passed. Choose a later day.")]
        return [("day", "Choose a later day: in some time zones this moment has passed.")]

    def key(self, slot: Slot) -> str:
        """The name of a round, the same whatever becomes of it: 2026-12-28T10:00@Europe/London."""
        return self.schedule.key(slot.planned)

    def slots(self, after: date, count: int) -> tuple[Slot, ...]:
        """The next `count` rounds that are held on days after `after`, and those left out between them.

        Fewer when the schedule ends, or holds so few within ten years.
        """
        found: list[Slot] = []
        for slot in self._slots(after):
            if count < 1:
                break
            found.append(slot)
            count -= slot.day is not None
        return tuple(found)

    def slot(self, key: str) -> Slot | None:
        """The round of a key, as the calendar has it now; None when the schedule plans none by that name."""
        planned = date.fromisoformat(key[:10])
        upto = takewhile(lambda each: each.planned <= planned, self._slots(self.working.previous(planned) - DAY))
        return next((each for each in upto if self.key(each) == key), None)

    def next_slot(self, after: datetime) -> Slot | None:
        """The first round that begins later than a moment, wherever people are: what was missed is never made up."""
        since = after.astimezone(UTC).date() - 2 * DAY
        return next((slot for slot in self._slots(since) if slot.day and self.starts_at(slot) > after), None)

    def unknown_after(self, slots: tuple[Slot, ...]) -> str:
        """A sentence for the preview when rounds lie where bank holidays are not known yet, otherwise nothing."""
        last = self.holidays.last_year
        if not self.schedule.nations or all(slot.planned.year <= last for slot in slots):
            return ""
        return f"Bank holidays after {last} are not known yet." if last else "No bank holidays are known to this bot."

    def opens_at(self, slot: Slot, zone: str | None = None) -> datetime:
        """When somebody is asked: at the time in their own zone if the schedule says so, otherwise in its zone."""
        return wallclock.moment(_held(slot), self.schedule.at, self._zone_for(zone))

    def starts_at(self, slot: Slot) -> datetime:
        """When the round must be ready: as it opens, or where recipients' zones count, as it first opens anywhere."""
        first = self.opens_at(slot)
        if self.schedule.recipient_zones:
            return min(first, wallclock.moment(_held(slot), self.schedule.at, EARLIEST))
        return first

    def closes_at(self, slot: Slot) -> datetime:
        """17:00 in the schedule's zone on the last working day of the round, and before the next round's day."""
        return wallclock.moment(self._last_day(slot), CLOSING, self._zone())

    def reminders_at(self, slot: Slot, zone: str | None = None) -> tuple[datetime, ...]:
        """When those who have not answered are reminded: on the third and on the last working day, at 10:00.

        One, or none, where these are the same day, the first day, or after the close.
        """
        last, opening = self._last_day(slot), self.schedule.hours[0]
        at = REMINDER if opening <= REMINDER < self.schedule.hours[1] else opening
        days = sorted({self._nth_working_day(_held(slot), FIRST_REMINDER), last})
        moments = [wallclock.moment(day, at, self._zone_for(zone)) for day in days if _held(slot) < day <= last]
        return tuple(each for each in moments if self.opens_at(slot, zone) < each < self.closes_at(slot))

    def due(self, now: datetime, slot: Slot, zone: str | None = None) -> Lateness:
        """How a round stands at a moment. Later than four hours, or outside working hours, it is missed."""
        late = now - self.opens_at(slot, zone)
        if late < timedelta(0):
            return Lateness.TO_COME
        if late > LATEST or self.in_quiet_hours(now, zone):
            return Lateness.MISSED
        return Lateness.ON_TIME if late <= ON_TIME else Lateness.CATCH_UP

    def in_quiet_hours(self, moment: datetime, zone: str | None = None) -> bool:
        """Whether nothing may be sent to somebody in a zone: outside the hours, at weekends, on days off."""
        return self.next_allowed(moment, zone) != moment

    def next_allowed(self, moment: datetime, zone: str | None = None) -> datetime:
        """The first moment, from this one on, at which something may be sent to somebody in a zone."""
        local, (opening, ending) = moment.astimezone(self._zone(zone)), self.schedule.hours
        day, at = local.date(), local.time()
        if self._may_send_on(day) and at < ending:
            return moment.astimezone(UTC) if at >= opening else wallclock.moment(day, opening, self._zone(zone))
        day += DAY
        while not self._may_send_on(day):
            day += DAY
        return wallclock.moment(day, opening, self._zone(zone))

    def _slots(self, after: date) -> Iterator[Slot]:
        """Rounds held after `after` and planned dates after it that are left out, in order.

        Whatever can land after `after` is planned after the last working day that is not later, because nothing moves
        across a working day.
        """
        working = after if self.working.is_working(after) else self.working.previous(after)
        planned_on = self.schedule.rule.planned(working + DAY)
        dates = takewhile(lambda each: each <= after + LOOKED_AHEAD, planned_on)
        for day, planned in groupby(dates, key=lambda each: self._landing(each) or each):
            yield from (slot for slot in self._sharing(day, list(planned)) if (slot.day or slot.planned) > after)

    def _sharing(self, day: date, planned: list[date]) -> Iterator[Slot]:
        """The planned dates that land on one day: one is held, if possible the one that is at home there."""
        held = day if day in planned else planned[0]
        for each in planned:
            landing, why = self._landing(each), self.working.why_not(each)
            if landing is None:
                yield Slot(each, None, f"left out: {why}")
            elif each != held:
                yield Slot(each, None, f"left out: {why}, and on {full_date(day)} there is a round already")
            elif landing != each:
                yield Slot(each, landing, f"moved from {full_date(each)}: {why}")
            else:
                yield Slot(each, landing, f"kept although off: {why}" if why else "")

    def _landing(self, planned: date) -> date | None:
        """The day on which a planned round is held; None when it is left out."""
        if isinstance(self.schedule.rule, LastWorkingDay):
            return self.working.last_of_month(planned)
        if self.working.is_working(planned) or self.schedule.policy is Policy.IGNORE:
            return planned
        if self.schedule.policy is Policy.SKIP:
            return None
        return self.working.next(planned) if self.schedule.policy is Policy.NEXT else self.working.previous(planned)

    def _last_day(self, slot: Slot) -> date:
        last = self._nth_working_day(_held(slot), self.schedule.open_days)
        following = next((each.day for each in self._slots(_held(slot)) if each.day), None)
        return max(_held(slot), self.working.previous(following)) if following and following <= last else last

    def _nth_working_day(self, first: date, count: int) -> date:
        """The working day that is the `count`-th of a round, its first day included when it is one."""
        return self.working.add(first - DAY, count)

    def _may_send_on(self, day: date) -> bool:
        """Never at weekends; on other days off only when the organiser ignores them."""
        ignored = self.schedule.policy is Policy.IGNORE and day.weekday() < calendar.SATURDAY
        return ignored or self.working.is_working(day)

    def _zone(self, zone: str | None = None) -> tzinfo:
        return wallclock.zone_named(zone, self.schedule.zone)

    def _zone_for(self, zone: str | None) -> tzinfo:
        """The zone of a person where the schedule follows people, otherwise its own."""
        return self._zone(zone if self.schedule.recipient_zones else None)


def _held(slot: Slot) -> date:
    if slot.day is None:
        raise ValueError(f"The round planned for {full_date(slot.planned)} is left out and has no times.")
    return slot.day
