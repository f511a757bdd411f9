"""The settings: every fault at once, in plain words, and no secret in any of them."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from bot.config import Config
from bot.errors import ConfigError
from tests.builders import CONTENT

BOT, APP = "xoxb-1111-2222-real", "xapp-1-A111-2222-real"
SECRET = "0123456789abcdef0123456789abcdef"
SANDBOX_BOT, SANDBOX_APP = "xoxb-sandbox-12345678", "xapp-sandbox-12345678"
GOOD = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "CONTENT_DIR": str(CONTENT)}
HERE = "http://127.0.0.1:8900/api/"


def faults(**env: str) -> list[str]:
    """The faults of good settings changed by `env`."""
    try:
        Config.from_env(GOOD | env)
    except ConfigError as error:
        return list(error.faults)
    return []


def test_two_tokens_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CONTENT.parent)
    config = Config.from_env({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP})
    assert (config.slack_bot_token, config.slack_app_token) == (BOT, APP)
    assert (config.slack_api_url, config.database_url) == ("https://slack.com/api/", "sqlite:///bot.db")
    assert (config.content_dir, config.curators_channel) == (Path("content"), "")
    assert (config.enquiry_months, config.log_level) == (12, "INFO")


def test_without_slack_no_token_is_asked_for() -> None:
    assert Config.from_env({"CONTENT_DIR": str(CONTENT)}, slack=False).slack_bot_token == ""


def test_over_http_the_secret_is_asked_for_instead_of_the_app_token() -> None:
    env = {"SLACK_BOT_TOKEN": BOT, "CONTENT_DIR": str(CONTENT)}
    assert Config.from_env(env | {"SLACK_SIGNING_SECRET": SECRET}, http=True).slack_signing_secret == SECRET
    with pytest.raises(ConfigError) as raised:
        Config.from_env(env, http=True)
    assert [fault.split()[0] for fault in raised.value.faults] == ["SLACK_SIGNING_SECRET"]


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as raised:
        Config.from_env(
            {
                "SLACK_APP_TOKEN": "nonsense",
                "SLACK_API_URL": "ftp://x",
                "DATABASE_URL": "mysql://x",
                "CONTENT_DIR": "/no/such/folder",
                "CURATORS_CHANNEL": "#curators",
                "ENQUIRY_MONTHS": "0",
                "LOG_LEVEL": "LOUD",
                "ORGANISERS": "@ada",
                "CURATORS": "ada@example.org",
                "ADMINS": "U0ADA;U0BO",
                "KEY_SECRET": "short",
                "BACKUP_DAYS": "a month",
                "INVITATION_DAYS": "-1",
                "ANSWER_MONTHS": "0",
                "COMMENT_MONTHS": "0",
                "AUDIT_MONTHS": "0",
            }
        )
    assert [fault.split()[0] for fault in raised.value.faults] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "DATABASE_URL",
        "CONTENT_DIR",
        "CURATORS_CHANNEL",
        "ENQUIRY_MONTHS",
        "LOG_LEVEL",
        "ORGANISERS",
        "CURATORS",
        "ADMINS",
        "KEY_SECRET",
        "BACKUP_DAYS",
        "INVITATION_DAYS",
        "ANSWER_MONTHS",
        "COMMENT_MONTHS",
        "AUDIT_MONTHS",
    ]
    assert str(raised.value) == "\n".join(raised.value.faults)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("SLACK_BOT_TOKEN", "", "is not set. Add a line SLACK_BOT_TOKEN=…"),
        ("SLACK_BOT_TOKEN", APP, "must begin with xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxb-", "must begin with xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxb-1111 2222 3333", "is not such a token"),
        ("SLACK_APP_TOKEN", "   ", "is not set"),
        ("SLACK_APP_TOKEN", BOT, "must begin with xapp-"),
        ("SLACK_SIGNING_SECRET", "short", "is too short"),
        ("DATABASE_URL", "mysql://h/d", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "bot.db", "must begin with sqlite:/// or postgresql://"),
        ("CONTENT_DIR", "/no/such/folder", "names a folder that does not exist: /no/such/folder"),
        ("CURATORS_CHANNEL", "curators", "must be a channel's id"),
        ("CURATORS_CHANNEL", "c0123456789", "must be a channel's id"),
        ("ENQUIRY_MONTHS", "0", "must be a number of months from 1 to 120"),
        ("ENQUIRY_MONTHS", "121", "must be a number of months from 1 to 120"),
        ("ENQUIRY_MONTHS", "-1", "must be a number of months from 1 to 120"),
        ("ENQUIRY_MONTHS", "12.5", "must be a number of months from 1 to 120"),
        ("ENQUIRY_MONTHS", "²", "must be a number of months from 1 to 120"),
        ("ORGANISERS", "U0ADA, @bo", "holds what is no id: @bo"),
        ("ORGANISERS", "u0ada", "holds what is no id: u0ada"),
        ("CURATORS", "C0CURATORS", "holds what is no id: C0CURATORS"),
        ("ADMINS", "U0ADA U0BO", "holds what is no id: U0ADA U0BO"),
        ("KEY_SECRET", "k" * 31, "is too short: give it 32 random characters or more"),
        ("BACKUP_DAYS", "401", "must be a number of days from 0 to 400"),
        ("BACKUP_DAYS", "-1", "must be a number of days from 0 to 400"),
        ("BACKUP_DAYS", "a month", "must be a number of days from 0 to 400"),
        ("INVITATION_DAYS", "1.5", "must be a number of days from 0 to 400"),
        ("ANSWER_MONTHS", "0", "must be a number of months from 1 to 120"),
        ("COMMENT_MONTHS", "121", "must be a number of months from 1 to 120"),
        ("AUDIT_MONTHS", "never", "must be a number of months from 1 to 120"),
        ("LOG_LEVEL", "LOUD", "must be one of DEBUG, INFO, WARNING, ERROR"),
    ],
)
def test_a_fault_names_its_line_and_says_what_to_write(name: str, text: str, says: str) -> None:
    told = faults(**{name: text})
    assert len(told) == 1
    assert told[0].startswith(f"{name} ")
    assert says in told[0]


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("ENQUIRY_MONTHS", " 120 ", "enquiry_months", 120),
        ("CURATORS_CHANNEL", "C0123456789", "curators_channel", "C0123456789"),
        ("CURATORS_CHANNEL", "", "curators_channel", ""),
        ("ORGANISERS", " U0ADA,W0BO ,, S0GROUP, U0ADA ", "organisers", ("U0ADA", "W0BO", "S0GROUP")),
        ("CURATORS", "", "curators", ()),
        ("ADMINS", " ", "admins", ()),
        ("KEY_FOLDER", "", "key_folder", Path("keys")),
        ("KEY_FOLDER", "/var/lib/bot/keys", "key_folder", Path("/var/lib/bot/keys")),
        ("KEY_SECRET", "k" * 32, "key_secret", "k" * 32),
        ("BACKUP_DAYS", "0", "backup_days", 0),
        ("BACKUP_DAYS", "", "backup_days", 30),
        ("INVITATION_DAYS", "14", "invitation_days", 14),
        ("ANSWER_MONTHS", "", "answer_months", 24),
        ("COMMENT_MONTHS", "", "comment_months", 12),
        ("AUDIT_MONTHS", "", "audit_months", 24),
        ("SLACK_BOT_TOKEN", f"  {BOT}\n", "slack_bot_token", BOT),
        ("DATABASE_URL", "postgres://u:p@h/d", "database_url", "postgresql+psycopg://u:p@h/d"),
        ("DATABASE_URL", "postgresql://h/d", "database_url", "postgresql+psycopg://h/d"),
        ("DATABASE_URL", "postgresql+psycopg://h/d", "database_url", "postgresql+psycopg://h/d"),
        ("DATABASE_URL", "sqlite:////tmp/postgres://x", "database_url", "sqlite:////tmp/postgres://x"),
    ],
)
def test_a_setting_is_read_as_it_is_meant(name: str, text: str, field: str, value: object) -> None:
    assert getattr(Config.from_env(GOOD | {name: text}), field) == value


@pytest.mark.parametrize("url", ["https://slack.com/api/", ""])
def test_a_real_token_goes_to_slack(url: str) -> None:
    assert faults(SLACK_API_URL=url) == []


@pytest.mark.parametrize("url", [HERE, "http://localhost:1/api/", "http://[::1]:8900/api/"])
def test_a_sandbox_s_tokens_go_to_a_sandbox_on_this_computer(url: str) -> None:
    assert faults(SLACK_API_URL=url, SLACK_BOT_TOKEN=SANDBOX_BOT, SLACK_APP_TOKEN=SANDBOX_APP) == []


@pytest.mark.parametrize("bot_token", [BOT, SANDBOX_BOT])
@pytest.mark.parametrize(
    "url",
    [
        "https://slack.com/",
        "https://slack.com/api",
        "http://slack.com/api/",
        "https://slack.com.evil.example/api/",
        "https://evil.example/slack.com/api/",
        "https://slack.com@evil.example/api/",
        "https://user@slack.com/api/",
        "https://evil.example#@slack.com/api/",
        "http://127.0.0.1.evil.example/api/",
        "http://127.0.0.1@evil.example/api/",
        "http://10.0.0.1/api/",
        "http://0.0.0.0/api/",
        "https://localhost/api/",
        "http://localhost/api",
        "file:///etc/passwd/",
        "http://[::1/api/",
        "slack",
    ],
)
def test_no_token_goes_anywhere_else(url: str, bot_token: str) -> None:
    told = faults(SLACK_API_URL=url, SLACK_BOT_TOKEN=bot_token, SLACK_APP_TOKEN=SANDBOX_APP)
    assert any(fault.startswith("SLACK_API_URL") for fault in told)


@pytest.mark.parametrize(
    "url", [HERE, "https://slack.com:8443/api/", "https://SLACK.com/api/", "https://slack.com/api/?x=/"]
)
def test_a_real_bot_token_goes_to_slack_s_own_address_only(url: str) -> None:
    assert faults(SLACK_API_URL=url)


def test_a_real_app_token_does_not_go_to_a_sandbox() -> None:
    assert faults(SLACK_API_URL=HERE, SLACK_BOT_TOKEN=SANDBOX_BOT, SLACK_APP_TOKEN=APP)


def test_a_sandbox_s_token_does_not_go_to_slack() -> None:
    assert len(faults(SLACK_BOT_TOKEN=SANDBOX_BOT)) == 1


@pytest.mark.parametrize(
    ("env", "fails"),
    [
        ({"DYNO": "worker.1"}, True),
        ({"DYNO": "worker.1", "DATABASE_URL": "sqlite:////data/bot.db"}, True),
        ({"DYNO": "worker.1", "DATABASE_URL": "postgres://h/d"}, False),
        ({"DATABASE_URL": "sqlite:///bot.db"}, False),
    ],
)
def test_a_host_that_throws_files_away_needs_a_database(env: dict[str, str], *, fails: bool) -> None:
    told = faults(**({"KEY_SECRET": "k" * 32} | env))
    assert [fault.split()[0] for fault in told] == (["DATABASE_URL"] if fails else [])


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({}, "KEY_SECRET is not set, and this host throws files away: keys would be lost. Set KEY_SECRET"),
        ({"KEY_FOLDER": "keys"}, "KEY_FOLDER is set, and this host throws files away"),
        ({"KEY_SECRET": "k" * 32}, ""),
    ],
)
def test_a_host_that_throws_files_away_is_no_place_for_keys(env: dict[str, str], says: str) -> None:
    told = faults(DYNO="worker.1", DATABASE_URL="postgres://h/d", **env)
    assert [fault[: len(says)] for fault in told] == ([says] if says else [])


def test_keys_lie_in_a_folder_or_under_a_secret_and_never_both() -> None:
    [told] = faults(KEY_FOLDER="keys", KEY_SECRET="k" * 32)
    assert told.startswith("KEY_FOLDER and KEY_SECRET are both set. Keep the first for one computer")


def test_no_secret_is_ever_printed() -> None:
    secrets = {"SLACK_SIGNING_SECRET": SECRET, "DATABASE_URL": "postgres://u:pa55word@h/d"}
    config = Config.from_env(GOOD | secrets)
    for shown in (repr(config), str(config), f"{config}", f"{config!r}", "{}".format(config)):  # noqa: UP032
        assert not [each for each in (BOT, APP, SECRET, "pa55word", "xoxb", "xapp") if each in shown]


@pytest.mark.parametrize(
    "name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL", "SLACK_API_URL"]
)
def test_a_fault_never_repeats_what_may_be_a_secret(name: str) -> None:
    with pytest.raises(ConfigError) as raised:
        Config.from_env(GOOD | {name: "hunter2 hunter2"})
    assert "hunter2" not in str(raised.value)
    assert "hunter2" not in "".join(traceback.format_exception_only(raised.value))
