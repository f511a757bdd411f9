"""The whole schema: `asking`, `surveys` and `answers`. Every row belongs to a workspace, if only through its round."""

from storage.tables.answers import (
    NamedAnswerRow,
    OpenAnswerRow,
    OpenCommentRow,
    SealedAnswerRow,
    SealedCommentRow,
    SealedScoreRow,
    WrappedKeyRow,
)
from storage.tables.asking import DOORS, OUTCOMES, RATINGS, EnquiryRow, FeedbackRow, SeenEventRow
from storage.tables.base import Table, UtcTime
from storage.tables.surveys import (
    AuditRow,
    CommitmentRow,
    DeliveryRow,
    InvitationRow,
    PaceRow,
    ProfileRow,
    RoundRow,
    SurveyRow,
    TickRow,
)

__all__ = [
    "DOORS",
    "OUTCOMES",
    "RATINGS",
    "AuditRow",
    "CommitmentRow",
    "DeliveryRow",
    "EnquiryRow",
    "FeedbackRow",
    "InvitationRow",
    "NamedAnswerRow",
    "OpenAnswerRow",
    "OpenCommentRow",
    "PaceRow",
    "ProfileRow",
    "RoundRow",
    "SealedAnswerRow",
    "SealedCommentRow",
    "SealedScoreRow",
    "SeenEventRow",
    "SurveyRow",
    "Table",
    "TickRow",
    "UtcTime",
    "WrappedKeyRow",
]
