"""When a survey is asked, as its organiser says it: a rule, a time, a zone, and what to do about bank holidays.

A Schedule is only what was chosen. What becomes of it on real days is in `bot/surveys/timetable.py`. It is kept as
plain words (`to_dict`), in which no function is named, so that no change of code can lose a schedule.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, PlainSerializer, TypeAdapter, ValidationError

from bot.surveys import wallclock
from bot.surveys.calendars import Closure, Nation
from bot.surveys.rules import EveryWeeks, Faults, LastWorkingDay, NthWeekday, Once, Rule, full_date, in_a_row

__all__ = ["EveryWeeks", "LastWorkingDay", "NthWeekday", "Once", "Policy", "Rule", "Schedule"]

CLOSING = time(17, 0)
WORKING_HOURS = (time(9, 30), time(16, 30))
LONGEST = 30
"""The longest that a round may be open, in working days."""
CHANGES_AHEAD = 400
"""For how many days we look out for clock changes: far enough to meet the next two."""
YEARS_AHEAD = 5
"""The furthest that a first round may lie ahead."""


def _wall_time(at: time) -> time:
    if at != at.replace(second=0, microsecond=0, tzinfo=None):
        raise ValueError("write what a clock shows, in hours and minutes: 10:00")
    return at


WallTime = Annotated[time, AfterValidator(_wall_time), PlainSerializer(lambda at: f"{at:%H:%M}")]


class Policy(StrEnum):
    """What becomes of a round that is planned for a bank holiday or a closed day."""

    SKIP = "skip"
    NEXT = "next"
    PREVIOUS = "previous"
    IGNORE = "ignore"

    @property
    def words(self) -> str:
        return {
            Policy.SKIP: "left out",
            Policy.NEXT: "moved to the next working day",
            Policy.PREVIOUS: "moved to the working day before",
            Policy.IGNORE: "sent all the same",
        }[self]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The wish of an organiser. Times are what a clock on the wall shows in `zone`.

    `recipient_zones`: each person is asked at that time in their own zone, and in `zone` when theirs is not known.
    `open_days`: how many working days a round is open, its first included; it closes at 17:00 in `zone`.
    `hours`: from when until when messages may be sent, on working days, where the person is.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    rule: Rule
    at: WallTime
    zone: str = "Europe/London"
    recipient_zones: bool = False
    policy: Policy = Policy.NEXT
    nations: tuple[Nation, ...] = (Nation.ENGLAND_AND_WALES,)
    closed: tuple[Closure, ...] = ()
    open_days: int = 5
    hours: tuple[WallTime, WallTime] = WORKING_HOURS

    def faults(self, now: datetime) -> Faults:
        """What an organiser must put right, by field; `bot.surveys.timetable` finds what only a calendar shows."""
        wrong = self.rule.faults() + self._faults_of_start(now)
        wrong += self._faults_of_length() or ([] if wrong else self._faults_of_gaps())
        if not all(closure.name.strip() for closure in self.closed):
            wrong.append(("closed", "Say of each closed day what it is closed for."))
        if not wallclock.is_zone(self.zone):
            wrong.append(("zone", "This time zone is not known. Write one such as Europe/London."))
        return wrong + (self._faults_of_hours() or self._faults_of_clock(now))

    def to_dict(self) -> dict[str, Any]:
        """The schedule as JSON knows it, to be kept."""
        kept: dict[str, Any] = _KEPT.dump_python(self, mode="json")
        return kept

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Schedule:
        """A schedule as `to_dict` gives it; dates and times may be values too, as TOML has them.

        Raises ValueError, which names each field, for anything that is missing, unknown or of another kind.
        """
        try:
            return _KEPT.validate_json(json.dumps(kept, default=str), strict=True)
        except ValidationError as error:
            raise ValueError("; ".join(f"{_place(each['loc'])}: {each['msg']}" for each in error.errors())) from None

    def key(self, planned: date) -> str:
        """The name of a planned round: what the clock shows, so that an hour that comes twice is one round."""
        return f"{planned.isoformat()}T{self.at:%H:%M}@{self.zone}"

    def describe(self) -> str:
        """ "Every 2 weeks on Tuesday at 10:00, London time; on a bank holiday in Scotland moved to …" """
        city = self.zone.rpartition("/")[2].replace("_", " ")
        where = f"{city} time"
        if self.recipient_zones:
            where = f"in each person's own time zone ({where} when it is not known)"
            return f"{self.rule.describe()} at {self.at:%H:%M} {where}{self._on_days_off()}"
        return f"{self.rule.describe()} at {self.at:%H:%M}, {where}{self._on_days_off()}"

    def _on_days_off(self) -> str:
        nations = in_a_row([nation.words for nation in self.nations], "or")
        off = [f"on a bank holiday in {nations}"] * bool(nations) + ["on a closed day"] * bool(self.closed)
        if not off:
            return ""
        if isinstance(self.rule, LastWorkingDay):
            return f"; never {' or '.join(off)}"
        return f"; {' or '.join(off)} {self.policy.words}"

    def _faults_of_hours(self) -> Faults:
        opening, ending = self.hours
        if not opening < ending <= CLOSING:
            return [("hours", f"Choose hours that begin before they end, and end by {CLOSING:%H:%M}.")]
        if not opening <= self.at < ending:
            return [("at", f"Choose a time from {opening:%H:%M} and before {ending:%H:%M}, when messages may be sent.")]
        return []

    def _faults_of_length(self) -> Faults:
        if not 1 <= self.open_days <= LONGEST:
            return [("open_days", f"Choose from 1 to {LONGEST} working days.")]
        if self.recipient_zones and self.open_days < 2:
            return [("open_days", "Choose at least 2 working days, so that people in other time zones have time.")]
        return []

    def _faults_of_gaps(self) -> Faults:
        if self.open_days <= (shortest := self._shortest_gap()):
            return []
        if shortest < 1 + self.recipient_zones:
            return [("weekdays", "Choose days that are further apart, so that each round can close before the next.")]
        return [("open_days", f"Choose {shortest} at most: after {shortest} working days the next round begins.")]

    def _shortest_gap(self) -> int:
        """The fewest Mondays to Fridays from one planned date to before the next, over the next fifteen."""
        since = date.min if isinstance(self.rule, Once) else self.rule.anchor
        planned = islice(self.rule.planned(since), 16)
        gaps = ((one + timedelta(days=each) for each in range((two - one).days)) for one, two in pairwise(planned))
        return min((sum(day.weekday() < 5 for day in gap) for gap in gaps), default=LONGEST)

    def _faults_of_start(self, now: datetime) -> Faults:
        start, field = (self.rule.day, "day") if isinstance(self.rule, Once) else (self.rule.anchor, "anchor")
        if start.year > now.year + YEARS_AHEAD:
            return [(field, f"Choose a date before {now.year + YEARS_AHEAD + 1}.")]
        if field == "day" and wallclock.moment(start, self.at, wallclock.zone_named(self.zone)) <= now:
            return [("day", f"{full_date(start)} at {self.at:%H:%M} has passed. Choose a later day.")]
        return []

    def _faults_of_clock(self, now: datetime) -> Faults:
        zone = wallclock.zone_named(self.zone)
        days = (now.astimezone(zone).date() + timedelta(days=each) for each in range(CHANGES_AHEAD))
        if change := wallclock.day_of_change(self.at, zone, days):
            why = f"Clocks change on {full_date(change)}, and show {self.at:%H:%M} twice or not at all."
            return [("at", f"{why} Choose an earlier or a later time.")]
        return []


_KEPT = TypeAdapter(Schedule)


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(map(str, loc)) or "the schedule"
