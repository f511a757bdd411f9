"""What an organiser is told when a survey does not go as planned: what happened, why, and what comes next."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.surveys.promise import day
from bot.surveys.survey import Survey
from handlers.ui import mrkdwn
from handlers.ui.blocks import Message, section


def passed_over(survey: Survey, was: str, following: datetime | None) -> Message:
    """A round that was missed. `was` is its slot's key."""
    why = (
        f"The round planned for {_date(was)} was not sent: I was not running at its time, and found out more than four "
        "hours late or outside working hours. Nothing is sent late without your word."
    )
    return _note(survey, why, following)


def nobody_to_ask(survey: Survey, was: str, following: datetime | None) -> Message:
    """A round whose audience was empty."""
    why = f"The round planned for {_date(was)} was not sent: there was nobody in its audience to ask."
    return _note(survey, why, following)


def cannot_begin(survey: Survey, problem: str) -> Message:
    """A round whose audience cannot be read just now."""
    why = f"{problem} I will keep trying for four hours from the time that was planned."
    return _note(survey, f"The round that is due cannot be sent yet. {why}", survey.next_round_at)


def moved(survey: Survey, following: datetime | None) -> Message:
    """A next date that is another one, because the calendar has changed."""
    return _note(survey, "The calendar has changed: a day off was announced.", following)


def _note(survey: Survey, why: str, following: datetime | None) -> Message:
    title = mrkdwn.escape(survey.draft.title)
    then = f"The next round is planned for {_moment(survey, following)}." if following else "No other round is planned."
    return Message(f"{title}: {why} {then}", [section(f"*{title}*\n{mrkdwn.escape(why)}"), section(then)])


def _moment(survey: Survey, at: datetime) -> str:
    zone = survey.draft.schedule.zone if survey.draft.schedule else "Europe/London"
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(local.date())} at {local:%H:%M}"


def _date(slot: str) -> str:
    return day(datetime.fromisoformat(slot[:10]).date())
