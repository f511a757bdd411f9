"""Which round of a survey comes next, and which planned round stands behind a slot's key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.surveys.calendars import BankHolidays
from bot.surveys.schedule import Schedule
from bot.surveys.timetable import Slot, Timetable

FURTHEST = timedelta(days=31)  # no run of days off is longer, so nothing is moved further


@dataclass(frozen=True)
class Planned:
    """The next round: the key of its slot, and the moment at which it must be ready."""

    slot: str
    starts_at: datetime


def next_round(schedule: Schedule | None, holidays: BankHolidays, after: datetime) -> Planned | None:
    """The first round that begins later than a moment; None when the schedule has no more."""
    if schedule is None:
        return None
    timetable = Timetable(schedule, holidays)
    slot = timetable.next_slot(after)
    return Planned(timetable.key(slot), timetable.starts_at(slot)) if slot else None


def slot_behind(timetable: Timetable, key: str) -> Slot | None:
    """The slot with a key, as the calendar stands now. None when the schedule does not plan it any more."""
    planned = date.fromisoformat(key[:10])
    if timetable.schedule.key(planned) != key:
        return None
    near = timetable.slots(planned - FURTHEST, 2 * FURTHEST.days)
    return next((slot for slot in near if slot.planned == planned), None)


def planned_again(schedule: Schedule, holidays: BankHolidays, key: str, now: datetime) -> Planned | None:
    """The round of a slot on the calendar as it stands now: bank holidays are announced late.

    When it is left out now, or would have begun already, the one after it.
    """
    timetable = Timetable(schedule, holidays)
    slot = slot_behind(timetable, key)
    if slot and slot.day and timetable.starts_at(slot) > now:
        return Planned(key, timetable.starts_at(slot))
    return next_round(
        schedule, holidays, max(now, timetable.opens_at(Slot(slot.planned, slot.planned))) if slot else now
    )
