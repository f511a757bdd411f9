"""What may be shown of rounds, as it was worked out when each was sealed. It is read, and never worked out again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select

from bot.surveys.release import Release
from bot.surveys.sealed import Sealed
from storage.database import Database
from storage.tables import InvitationRow, RoundRow

_KEPT = TypeAdapter(Release)


Releasing = Callable[[Sealed, Iterable[Release]], Release]


def worked_out(release: Releasing, sealed: Sealed, earlier: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What may ever be shown of a sealed round, as it is kept; `earlier` is what is kept of the survey's other rounds.

    An earlier release that cannot be read any more is no reason to show more: then nothing is shown.
    """
    return written(release(sealed, map(_KEPT.validate_python, earlier)))


def written(release: Release) -> dict[str, Any]:
    """A release as it is kept: JSON, named by its fields."""
    kept: dict[str, Any] = _KEPT.dump_python(release, mode="json")
    return kept


def of_survey(db: Database, survey_id: str) -> tuple[Release, ...]:
    """The releases of a survey's rounds, the oldest first; a round that is not sealed has none."""
    kept = select(RoundRow.release).where(RoundRow.survey_id == survey_id, RoundRow.release.is_not(None))
    with db.transaction() as session:
        return tuple(map(_KEPT.validate_python, session.scalars(kept.order_by(RoundRow.number))))


def titles(db: Database) -> dict[str, str]:
    """The surveys of which anything was released: the title of each one's latest round, by its id."""
    kept = select(RoundRow.survey_id, RoundRow.release).where(RoundRow.release.is_not(None))
    with db.transaction() as session:
        rows = session.execute(kept.order_by(RoundRow.survey_id, RoundRow.number))
        return {survey_id: str((release or {}).get("title", "")) for survey_id, release in rows}


def upto(db: Database, round_id: str) -> tuple[Release, ...]:
    """The releases that a report of one round is made of: its own and those before it; none when it has none."""
    with db.transaction() as session:
        row = session.get(RoundRow, round_id)
        survey_id, number = (row.survey_id, row.number) if row and row.release else ("", 0)
    return tuple(each for each in of_survey(db, survey_id) if each.number <= number)


def was_asked(db: Database, workspace: str, round_id: str, member: str) -> bool:
    """Whether a member was asked in a round, so that its results are theirs to read."""
    asked = select(InvitationRow.member_id).where(
        InvitationRow.round_id == round_id, InvitationRow.member_id == member, InvitationRow.workspace == workspace
    )
    with db.transaction() as session:
        return session.scalar(asked) is not None
