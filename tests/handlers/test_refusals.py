"""What each no of Slack's means: only what is certain counts as certain."""

from __future__ import annotations

import pytest

from handlers.refusals import Certainty, certainty, waiting_time


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("user_not_found", Certainty.FINAL),
        ("user_disabled", Certainty.FINAL),
        ("cannot_dm_bot", Certainty.FINAL),
        ("channel_not_found", Certainty.FINAL),
        ("messages_tab_disabled", Certainty.FINAL),
        ("ratelimited", Certainty.SLOWER),
        ("rate_limited", Certainty.SLOWER),
        ("token_revoked", Certainty.STOPPED),
        ("invalid_auth", Certainty.STOPPED),
        ("account_inactive", Certainty.STOPPED),
        ("missing_scope", Certainty.STOPPED),
        ("internal_error", Certainty.UNKNOWN),
        ("fatal_error", Certainty.UNKNOWN),
        ("service_unavailable", Certainty.UNKNOWN),
        ("", Certainty.UNKNOWN),
        ("None", Certainty.UNKNOWN),
        ("Received a response in a non-JSON format: <!DOCTYPE html>", Certainty.UNKNOWN),
    ],
)
def test_a_code_says_whether_a_message_can_have_arrived(code: str, meaning: Certainty) -> None:
    assert certainty(code) is meaning


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30), ("0", 1), (None, 30), ("abc", 30), ("-5", 30), ("86400", 900), (" 7 ", 7), ("9" * 50, 30)],
)
def test_slack_is_left_alone_for_as_long_as_it_asks_within_reason(header: str | None, seconds: int) -> None:
    assert waiting_time(header).total_seconds() == seconds
