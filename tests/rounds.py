"""Rounds as they lie in the database, and what people say in them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select, update

from bot.people import Function
from bot.surveys.delivery import DeliveryKind, DeliveryState
from bot.surveys.questions import FUNCTION
from bot.surveys.round import Round, RoundState
from bot.surveys.survey import Draft
from storage import drafts
from storage.database import Database
from storage.tables import DeliveryRow, InvitationRow, RoundRow, SurveyRow, Table
from tests.surveys import a_round

ADA, BO, CY, DI, ED = "U0ADA", "U0BO", "U0CY", "U0DI", "U0ED"  # Ada organises, Bo answers, Cy is not invited


def fresh(**overrides: Any) -> Round:
    """A round as in tests/surveys.py, with an id of its own and nobody invited yet."""
    return a_round(**({"id": uuid.uuid4().hex, "survey_id": uuid.uuid4().hex, "invited": 0} | overrides))


def opened(
    db: Database, members: Iterable[str], functions: Mapping[str, Function] | None = None, **overrides: Any
) -> Round:
    """A round as it is kept, with its survey and its invitations. `functions` are what the members had said before."""
    members = tuple(members)
    round = replace(fresh(**overrides), invited=len(members))
    with db.transaction() as session:
        session.add(
            SurveyRow(
                id=round.survey_id,
                workspace=round.workspace,
                owner=ADA,
                state="active",
                revision=1,
                draft=drafts.kept(_draft(round)),
            )
        )
        session.flush()
        session.add(
            RoundRow(
                id=round.id,
                workspace=round.workspace,
                survey_id=round.survey_id,
                slot=round.slot,
                number=round.number,
                terms=drafts.kept(_draft(round)),
                opens_at=round.opens_at,
                closes_at=round.closes_at,
                state=round.state,
                invited=round.invited,
            )
        )
        session.flush()
        asked = {"round_id": round.id, "workspace": round.workspace, "zone": "", "standing": "invited"}
        found = functions or {}
        if members:
            session.execute(
                insert(InvitationRow),
                [{**asked, "member_id": member, "function": found.get(member)} for member in members],
            )
            session.execute(insert(DeliveryRow), [_sent(round, member) for member in members])
    return round


def _draft(round: Round) -> Draft:
    return Draft(
        round.title,
        round.purpose,
        round.questions,
        anonymous=round.anonymous,
        by_function=round.by_function,
        threshold=round.threshold,
        period=round.period,
    )


def _sent(round: Round, member: str) -> dict[str, Any]:
    return {
        "id": uuid.uuid4().hex,
        "workspace": round.workspace,
        "round_id": round.id,
        "member_id": member,
        "kind": DeliveryKind.INVITATION,
        "sequence": 0,
        "state": DeliveryState.SENT,
        "due_at": round.opens_at,
        "sent_at": round.opens_at,
        "channel": f"D{member}",
        "ts": "1764000000.000100",
    }


def closed(db: Database, round: Round) -> Round:
    """The same round, as it is after its end."""
    with db.transaction() as session:
        session.execute(update(RoundRow).where(RoundRow.id == round.id).values(state=RoundState.CLOSED))
    return replace(round, state=RoundState.CLOSED)


def rows(db: Database, table: type[Table]) -> list[Any]:
    """Every row of a table."""
    with db.transaction() as session:
        return list(session.scalars(select(table)))


def saying(
    function: Function | None, early: str = "4", *barriers: str, comment: str = ""
) -> dict[str, tuple[str, ...]]:
    """Answers to the questions of tests/surveys.py."""
    given = {
        FUNCTION: (function,) if function else (),
        "gate": ("some",),
        "early": (early,),
        "barriers": barriers,
        "comment": (comment,),
    }
    return {key: tuple(map(str, values)) for key, values in given.items() if any(values)}
