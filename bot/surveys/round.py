"""A round: one asking of a survey, frozen when it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.clock import LONDON
from bot.errors import Problem
from bot.people import Audience
from bot.surveys.questions import Question, function_question
from bot.surveys.schedule import Schedule


class RoundState(StrEnum):
    """Open for answers; closed, with its link to people being destroyed; sealed, for good."""

    OPEN = "open"
    CLOSED = "closed"
    SEALED = "sealed"


class RoundClosed(Problem):
    """An answer came after the end. Whoever shows this gives people their text back."""

    def __init__(self, round: Round) -> None:
        when = round.closes_at.astimezone(LONDON)
        super().__init__(
            f"“{round.title}” closed on {when:%A} {when.day} {when:%B}, so your answers were not kept. "
            "Thank you all the same."
        )


class NotInvited(Problem):
    """Somebody acted on a round to which they were not asked, or which is not there."""

    def __init__(self) -> None:
        super().__init__("That survey was not sent to you, or it is over. Nothing was kept.")


@dataclass(frozen=True)
class Round:
    """A frozen copy of a survey's questions and terms. `invited` is how many are asked now.

    `audience` is the mark of who is asked (Audience.mark): no trend joins rounds whose marks differ.
    `asked` are all questions in order; the first asks for the function where results are split by it. `schedule` and
    `whom` are as they were when it began: by them people join and leave, and messages keep working hours. `responses`
    is how many answered, once it is sealed.
    """

    id: str
    workspace: str
    survey_id: str
    slot: str
    number: int
    title: str
    purpose: str
    questions: tuple[Question, ...]
    anonymous: bool
    by_function: bool
    threshold: int
    period: str
    opens_at: datetime
    closes_at: datetime
    state: RoundState
    invited: int
    results_channel: str = ""
    audience: str = ""
    schedule: Schedule | None = None
    whom: Audience | None = None
    responses: int | None = None

    @property
    def asked(self) -> tuple[Question, ...]:
        """Every question that a respondent may be asked."""
        return (function_question(), *self.questions) if self.by_function else self.questions

    def check_open(self, now: datetime) -> None:
        """Raises RoundClosed when answers are no longer taken."""
        if self.state is not RoundState.OPEN or now >= self.closes_at:
            raise RoundClosed(self)


def response_rate(answered: int, invited: int) -> int:
    """The share of those asked who answered, in whole per cent, halves upwards. `invited` is at least one."""
    return (200 * answered + invited) // (2 * invited)
