"""A round's report, put together from what was released and promised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.errors import Problem
from bot.surveys import benchmarks, exports
from bot.surveys.report import Report, reported
from handlers.ui import report as picture
from handlers.ui.blocks import Message
from storage import commitments, releases
from storage.database import Database

NONE_YET = "There are no results yet. They are made when a round closes."


@dataclass(frozen=True)
class Reports:
    """Reads what may be shown; works nothing out. `content` has the published figures to compare with."""

    db: Database
    content: Path

    def of(self, round_id: str) -> Report:
        """The report of a round beside those before it. Raises Problem while there is none."""
        found = releases.upto(self.db, round_id)
        if not found:
            raise Problem(NONE_YET)
        return reported(
            found,
            benchmarks=benchmarks.load(self.content, []),
            commitments=commitments.of_round(self.db, round_id),
            promised_before=commitments.before(self.db, found[-1].survey_id, found[-1].number),
        )

    def message(self, round_id: str, *, organiser: bool = False) -> Message:
        """The report as a message; an organiser's has buttons to go on with. Raises Problem while there is none."""
        return picture.render(self.of(round_id), organiser=organiser, charts=True)

    def files(self, round_id: str) -> bytes:
        """All that was released of the round and those before it, as a ZIP file. Raises Problem while there is none."""
        return exports.zipped(exports.bundle(self.of(round_id), releases.upto(self.db, round_id)))
