"""What it means when Slack says no: whether a message certainly did not arrive, for whom, and when to try again.

Codes: https://docs.slack.dev/reference/methods/chat.postMessage#errors. Of `fatal_error` and `internal_error` it says
that some aspect of the operation may have succeeded; the same goes for anything that is no answer at all.
"""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum

UNSPOKEN = timedelta(seconds=30)  # to wait when Slack does not say for how long
LONGEST = timedelta(minutes=15)


class Certainty(StrEnum):
    """FINAL: no, to this message for this person. SLOWER: no, it was too fast. STOPPED: no, to this bot for now.

    UNKNOWN: it may have arrived, or may still.
    """

    FINAL = "final"
    SLOWER = "slower"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


SLOWER = {"ratelimited", "rate_limited", "message_limit_exceeded"}
STOPPED = {
    "access_denied",
    "accesslimited",
    "account_inactive",  # of the bot's own account: the token's
    "ekm_access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "org_login_required",
    "team_access_not_granted",
    "team_added_to_org",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
}
UNKNOWN = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}


def certainty(code: str) -> Certainty:
    """What a code says of the message. No code, or what is no code (a page that stood in for Slack), says nothing."""
    if code in SLOWER:
        return Certainty.SLOWER
    if code in STOPPED:
        return Certainty.STOPPED
    if code in UNKNOWN or not re.fullmatch("[a-z_]+", code):
        return Certainty.UNKNOWN
    return Certainty.FINAL


def waiting_time(retry_after: str | None) -> timedelta:
    """For how long to leave Slack alone, from its header: at least a second, and never longer than 15 minutes."""
    if retry_after is None or not re.fullmatch("[0-9]{1,9}", retry_after.strip()):
        return UNSPOKEN
    return min(max(timedelta(seconds=int(retry_after)), timedelta(seconds=1)), LONGEST)
