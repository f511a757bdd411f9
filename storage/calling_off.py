"""Messages that will not be sent after all, and how many people a round asks without them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Update, func, select, update

from bot.surveys.delivery import DeliveryKind, DeliveryState, Reason
from storage.tables import DeliveryRow, RoundRow

ASKED = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


def called_off(reason: Reason, *which: ColumnElement[bool]) -> Update:
    """Cancel those of the messages that have not gone out."""
    waiting = update(DeliveryRow).where(DeliveryRow.state == DeliveryState.WAITING, *which)
    return waiting.values(state=DeliveryState.CANCELLED, reason=reason).execution_options(synchronize_session=False)


def counted_again(*which: ColumnElement[bool]) -> Update:
    """Set how many are asked in rounds: all whose invitation went out or will.

    Somebody who leaves afterwards stays counted. To take out only those who had not answered would tell who had.
    """
    invitations = select(func.count()).where(
        DeliveryRow.round_id == RoundRow.id,
        DeliveryRow.kind == DeliveryKind.INVITATION,
        DeliveryRow.state.in_(ASKED),
    )
    recount = update(RoundRow).where(*which).values(invited=invitations.correlate(RoundRow).scalar_subquery())
    return recount.execution_options(synchronize_session=False)
