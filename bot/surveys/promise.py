"""What respondents are promised: one text for each configuration, made from it and never written by hand.

The words follow what can be kept (docs/anonymity.md): *confidential* while a round is open, *anonymous* only after its
answers are sealed and the backups from before are gone.
"""

from __future__ import annotations

from calendar import day_name
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import LONDON
from bot.knowledge.asof import day_in_words


@dataclass(frozen=True)
class Promise:
    """The terms on which a round asks. `backup_days` is for how long backups are kept."""

    anonymous: bool
    threshold: int
    closes_at: datetime
    backup_days: int
    comments_threshold: int = 10

    def first(self) -> str:
        """The sentence before the first question."""
        return self._confidential() if self.anonymous else self._attributed()

    def _confidential(self) -> str:
        closes = day(self.closes_at.astimezone(LONDON).date())
        gone = day(self.closes_at.astimezone(LONDON).date() + timedelta(days=self.backup_days))
        backups = (
            f" Backups made before then are gone by {gone}; from that day your answers are anonymous."
            if self.backup_days
            else " From then on your answers are anonymous."
        )
        return (
            f"Your answers are confidential until this round closes on {closes}: they are kept under a code, so that "
            "you can change or withdraw them, and those who run this bot could match them to you. Then the code and "
            "its key are destroyed, and nobody, us included, can match your answers to you, find them or take them "
            f"out.{backups} Results are shown only for groups of {self.threshold} or more, and comments only when "
            f"{max(self.comments_threshold, self.threshold)} or more people wrote one. They are shown as written, so "
            "leave out names. Organisers see how many answered, never who. Slack carries what you send."
        )

    def _attributed(self) -> str:
        return (
            "This survey is not anonymous. Your name is kept with your answers, and the organisers can see both. "
            "You can change or withdraw them until the round closes. Slack carries what you send."
        )


def day(on: date) -> str:
    """A day in words, such as Friday 4 December 2026."""
    return f"{day_name[on.weekday()]} {day_in_words(on)}"
