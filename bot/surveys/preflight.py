"""What an organiser should know before the first round: when, beside which other surveys, how many, and what for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.people import Function, Member
from bot.surveys.calendars import DAY, BankHolidays
from bot.surveys.delivery import BUDGET
from bot.surveys.questions import minutes
from bot.surveys.schedule import Schedule
from bot.surveys.statistics.shares import detectable_gap
from bot.surveys.survey import Draft, Survey
from bot.surveys.timetable import Slot, Timetable

DATES = 6


@dataclass(frozen=True)
class Clash:
    """Another survey that asks some of the same people within the days in which nobody is invited twice."""

    title: str
    on: date
    people: int


@dataclass(frozen=True)
class Preflight:
    """The check before a start. `by_function` counts people by what their profiles say, None where they say nothing.

    `gap` is the smallest difference, as a share, that so many answers could show; None when no difference could be
    told. `assumed` says that it was worked out for two equal halves, because too few profiles are known.
    """

    slots: tuple[Slot, ...]
    unknown: str
    clashes: tuple[Clash, ...]
    by_function: Mapping[Function | None, int]
    gap: float | None
    assumed: bool
    minutes: int

    @property
    def invited(self) -> int:
        """How many would be asked."""
        return sum(self.by_function.values())


def preflight(
    draft: Draft,
    members: Collection[Member],
    functions: Mapping[str, Function],
    others: Iterable[tuple[Survey, Collection[str]]],
    holidays: BankHolidays,
    now: datetime,
) -> Preflight:
    """The check of a draft. `others` are the other surveys that are on, each with the ids of those whom it asks."""
    slots = coming(draft.schedule, holidays, now)
    ids = {member.id for member in members}
    counted = Counter(functions.get(member) for member in ids)
    sides = counted[Function.PROCUREMENT], counted[Function.DIGITAL]
    assumed = sum(sides) * 2 < len(ids) or not all(sides)
    first, second = (len(ids) // 2, len(ids) - len(ids) // 2) if assumed else sides
    return Preflight(
        slots=slots,
        unknown=Timetable(draft.schedule, holidays).unknown_after(slots) if draft.schedule else "",
        clashes=tuple(
            clash for each, theirs in others for clash in _clashes(slots, each, ids & {*theirs}, holidays, now)
        ),
        by_function=counted,
        gap=detectable_gap(first, second),
        assumed=assumed,
        minutes=minutes(draft.asked),
    )


def coming(schedule: Schedule | None, holidays: BankHolidays, now: datetime) -> tuple[Slot, ...]:
    """The next six rounds that are held, and those left out before or between them."""
    if schedule is None:
        return ()
    timetable = Timetable(schedule, holidays)
    yesterday = now.date() - DAY
    near = timetable.slots(yesterday, DATES + 2)
    left = [slot for slot in near if not slot.day or timetable.starts_at(slot) > now]
    held = [at for at, slot in enumerate(left) if slot.day]
    return tuple(left[: held[DATES - 1] + 1] if len(held) >= DATES else left)


def _clashes(
    slots: Iterable[Slot], other: Survey, shared: Collection[str], holidays: BankHolidays, now: datetime
) -> Iterator[Clash]:
    """The first date of another survey that is too near to one of these, when it asks some of the same people."""
    days = [slot.day for slot in slots if slot.day]
    theirs = [slot.day for slot in coming(other.draft.schedule, holidays, now) if slot.day]
    near = [day for day in theirs if any(abs(day - ours) < BUDGET for ours in days)]
    if shared and near:
        yield Clash(other.draft.title, min(near), len(shared))
