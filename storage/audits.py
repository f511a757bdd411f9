"""Who did what to a survey, and when. Nothing that anybody answered, nor that they did."""

from __future__ import annotations

import uuid
from datetime import datetime

from bot.people import Actor
from storage.tables import AuditRow


def audited(actor: Actor, action: str, subject: str, now: datetime) -> AuditRow:
    """The line to be kept with what was done, in the same transaction. `subject` is an id."""
    return AuditRow(
        id=uuid.uuid4().hex, workspace=actor.workspace, at=now, actor=actor.member, action=action, subject=subject
    )
