"""Surveys on a terminal, for whoever runs the bot: how they stand, their next dates, whether messages go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.surveys.calendars import BankHolidays
from bot.surveys.delivery import DeliveryState
from bot.surveys.health import Health, Queue, Tick
from bot.surveys.promise import day
from bot.surveys.round import Round, RoundState
from bot.surveys.survey import Survey
from bot.surveys.timetable import Timetable

SILENT = timedelta(minutes=5)
"""A bell that has not rung for longer than this is not ringing: it should every half minute."""
SHOWN = 6


@dataclass(frozen=True)
class Standing:
    """A survey with its last round, and how many have answered it; None before the first."""

    survey: Survey
    round: Round | None = None
    responded: int | None = None


def listed(all_of_them: Iterable[Standing]) -> Iterator[str]:
    """A line for each survey: id, state, next date, last round, title."""
    for each in all_of_them:
        following = _moment(each.survey, each.survey.next_round_at)
        yield f"{each.survey.id}  {each.survey.state:<8}  {following}  {_rate(each)}  {each.survey.draft.title}"


def shown(standing: Standing, health: Health | None, holidays: BankHolidays) -> Iterator[str]:
    """Everything about one survey that an operator may see."""
    survey = standing.survey
    yield f"{survey.draft.title} ({survey.state})"
    yield f"owner {survey.owner}, workspace {survey.workspace}, revision {survey.revision}"
    if survey.draft.schedule:
        yield survey.draft.schedule.describe()
    if standing.round:
        yield f"round {standing.round.number}, {standing.round.state}: {_rate(standing).strip()}"
    if health:
        yield f"invitations: {_counts(health.invitations)}; reminders: {_counts(health.reminders)}; late: {health.late}"
        yield from (f"  {count} because {reason}" for reason, count in sorted(health.why.items()))
    yield from dates(survey, holidays)


def dates(survey: Survey, holidays: BankHolidays) -> Iterator[str]:
    """The next dates of a survey that is on, each with the reason when it is another than planned."""
    if survey.next_round_at is None or survey.draft.schedule is None:
        return
    timetable = Timetable(survey.draft.schedule, holidays)
    first = survey.next_round_at.astimezone(ZoneInfo(survey.draft.schedule.zone)).date() - timedelta(days=1)
    for slot in timetable.slots(first, SHOWN):
        why = f"  ({slot.reason})" if slot.reason else ""
        yield f"  {day(slot.day) if slot.day else 'no round'}{why}"


def status(ticks: tuple[Tick, ...], queue: Queue, now: datetime) -> Iterator[str]:
    """Whether the bell rings, and what is late, stuck or unknown."""
    if not ticks:
        yield "The bell has never rung. Is the bot running?"
    for tick in ticks:
        ago = int((now - tick.at).total_seconds())
        yield f"{tick.process} looked {ago} seconds ago: {tick.trouble or 'all well'}"
    yield f"messages late: {queue.late}, stuck: {queue.stuck}, not known whether they arrived: {queue.unknown}"


def is_well(ticks: tuple[Tick, ...], queue: Queue, now: datetime) -> bool:
    """Whether nobody need look: a bell rings, without trouble, and nothing is late or stuck."""
    ringing = [tick for tick in ticks if now - tick.at <= SILENT]
    return bool(ringing) and not any(tick.trouble for tick in ringing) and not queue.late and not queue.stuck


def _rate(standing: Standing) -> str:
    if standing.round is None:
        return f"{'no round yet':<24}"
    rate = f"{standing.responded or 0} of {standing.round.invited} answered"
    return f"{rate + (' so far' if standing.round.state is RoundState.OPEN else ''):<24}"


def _moment(survey: Survey, at: datetime | None) -> str:
    if at is None:
        return f"{'no next date':<16}"
    zone = survey.draft.schedule.zone if survey.draft.schedule else "Europe/London"
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _counts(counts: Mapping[DeliveryState, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "none"
