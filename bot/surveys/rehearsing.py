"""A round that is not one: a survey as its members would see it, for previews and tests. Nothing of it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.surveys.calendars import BankHolidays
from bot.surveys.round import Round, RoundState
from bot.surveys.survey import Survey
from bot.surveys.timetable import Timetable

UNSCHEDULED = timedelta(days=7)  # how long a survey without a schedule seems to be open


def rehearsal(survey: Survey, holidays: BankHolidays, now: datetime) -> Round:
    """The next round as it would be. Its id is the survey's, which no round has."""
    draft = survey.draft
    timetable = Timetable(draft.schedule, holidays) if draft.schedule else None
    slot = timetable.next_slot(now) if timetable else None
    return Round(
        id=survey.id,
        workspace=survey.workspace,
        survey_id=survey.id,
        slot="",
        number=0,
        title=draft.title,
        purpose=draft.purpose,
        questions=draft.questions,
        anonymous=draft.anonymous,
        by_function=draft.by_function,
        threshold=draft.threshold,
        period=draft.period,
        opens_at=now,
        closes_at=timetable.closes_at(slot) if timetable and slot else now + UNSCHEDULED,
        state=RoundState.OPEN,
        invited=0,
    )
