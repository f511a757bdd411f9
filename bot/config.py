"""The settings, read once from the environment. Every fault is reported at once, with the line to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

from bot.errors import ConfigError

SLACK = "https://slack.com/api/"
SANDBOX_TOKENS = ("xoxb-sandbox-", "xapp-sandbox-")  # the beginnings of tokens that only the sandbox gives
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SECRET = 32  # characters, at least; Slack's signing secrets are 32 hexadecimal digits
Value = TypeVar("Value")


@dataclass(frozen=True)
class Config:
    """Everything that an installer can set. `.env.example` explains each line."""

    slack_bot_token: str
    slack_app_token: str
    slack_signing_secret: str
    slack_api_url: str
    database_url: str
    content_dir: Path
    curators_channel: str
    enquiry_months: int
    log_level: str
    model_file: Path = Path("model.npz")
    index_file: Path | None = None
    organisers: tuple[str, ...] = ()
    curators: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    key_folder: Path = Path("keys")
    key_secret: str = ""
    backup_days: int = 30
    invitation_days: int = 30
    answer_months: int = 24
    comment_months: int = 12
    audit_months: int = 24

    def __repr__(self) -> str:
        """Without tokens, secrets or the database's password, so that a stray print gives nothing away."""
        return f"Config(content_dir={self.content_dir}, log_level={self.log_level})"

    @classmethod
    def from_env(cls, env: Mapping[str, str], *, slack: bool = True, http: bool = False) -> Config:
        """Read the settings. `slack` asks for tokens too, `http` for the signing secret instead of the app token.

        Raises ConfigError with one sentence for each fault.
        """
        read = _Reader(env)
        config = cls(
            slack_bot_token=read("SLACK_BOT_TOKEN", _token("xoxb-", "OAuth & Permissions"), needed=slack),
            slack_app_token=read("SLACK_APP_TOKEN", _token("xapp-", "Basic Information"), needed=slack and not http),
            slack_signing_secret=read("SLACK_SIGNING_SECRET", _secret, needed=http),
            slack_api_url=read("SLACK_API_URL", _url, SLACK),
            database_url=read("DATABASE_URL", _database, "sqlite:///bot.db"),
            content_dir=read("CONTENT_DIR", _folder, "content"),
            curators_channel=read("CURATORS_CHANNEL", _channel),
            enquiry_months=read("ENQUIRY_MONTHS", _months, "12"),
            log_level=read("LOG_LEVEL", _level, "INFO"),
            model_file=read("MODEL_FILE", Path, "model.npz"),
            index_file=read("INDEX_FILE", Path, "index.npz"),
            organisers=read("ORGANISERS", _people) or (),
            curators=read("CURATORS", _people) or (),
            admins=read("ADMINS", _people) or (),
            key_folder=read("KEY_FOLDER", Path, "keys"),
            key_secret=read("KEY_SECRET", _key_secret),
            backup_days=read("BACKUP_DAYS", _days, "30"),
            invitation_days=read("INVITATION_DAYS", _days, "30"),
            answer_months=read("ANSWER_MONTHS", _months, "24"),
            comment_months=read("COMMENT_MONTHS", _months, "12"),
            audit_months=read("AUDIT_MONTHS", _months, "24"),
        )
        faults = [*read.faults, *_forgetful(config.database_url, env), *_wrong_place_for_keys(env)]
        if not any(fault.startswith("SLACK_") for fault in faults):
            faults += _wrong_pair(config)
        if faults:
            raise ConfigError(faults)
        return config


class _Reader:
    """Reads one variable after another and keeps the faults."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self.faults: list[str] = []

    def __call__(self, name: str, check: Callable[[str], Value], default: str = "", *, needed: bool = False) -> Value:
        """The checked value; of a variable that is wrong the text as it stands, and a fault is noted."""
        text = self._env.get(name, "").strip() or default
        try:
            if text:
                return check(text)
            if needed:
                raise ValueError(f"is not set. Add a line {name}=… to the file .env; .env.example says how.")
        except ValueError as error:
            self.faults.append(f"{name} {error}")
        return cast("Value", text)


def _token(start: str, page: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text.startswith(start) or len(text) < len(start) + 8 or any(letter.isspace() for letter in text):
            raise ValueError(
                f"is not such a token: it must begin with {start}. Copy it from “{page}” in your Slack app's settings."
            )
        return text

    return check


def _secret(text: str) -> str:
    if len(text) < SECRET:
        raise ValueError(
            f"is too short: Slack's signing secret has {SECRET} characters. Copy it from “Basic Information”."
        )
    return text


def _url(text: str) -> str:
    parts = urlsplit(text)
    of_slack = parts.scheme == "https" and parts.hostname == "slack.com" and parts.path == "/api/"
    of_sandbox = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not (of_slack or of_sandbox) or parts.username or not text.endswith("/"):
        raise ValueError(f"may only be {SLACK} or a sandbox on this computer. Take the line out to use Slack.")
    return text


def _wrong_pair(config: Config) -> list[str]:
    """A real token goes to Slack only, a sandbox's token to a sandbox only: a stray setting must leak nothing."""
    to_slack = config.slack_api_url == SLACK
    tokens = {"SLACK_BOT_TOKEN": config.slack_bot_token, "SLACK_APP_TOKEN": config.slack_app_token}
    wrong = [name for name, token in tokens.items() if token and to_slack == token.startswith(SANDBOX_TOKENS)]
    what = "a sandbox's token with Slack's address" if to_slack else "a real token with a sandbox's address"
    return [
        f"SLACK_API_URL and {name} do not go together ({what}). Take SLACK_API_URL out to use Slack." for name in wrong
    ]


def _database(text: str) -> str:
    """A SQLAlchemy address; `postgres://`, which hosts still hand out, is taken to mean psycopg."""
    text = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", text)
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must begin with sqlite:/// or postgresql://, for example sqlite:///bot.db.")
    return text


def _forgetful(database_url: str, env: Mapping[str, str]) -> list[str]:
    """Heroku sets DYNO, and throws files away at least once a day."""
    if "DYNO" in env and database_url.startswith("sqlite"):
        return [
            "DATABASE_URL is a file, and this host throws files away. Add a PostgreSQL database and use its address."
        ]
    return []


def _wrong_place_for_keys(env: Mapping[str, str]) -> list[str]:
    """Keys are files or wrapped by a secret, never both; and no files where the host throws them away."""
    folder, secret = env.get("KEY_FOLDER", "").strip(), env.get("KEY_SECRET", "").strip()
    if folder and secret:
        return ["KEY_FOLDER and KEY_SECRET are both set. Keep the first for one computer, the second for several."]
    if "DYNO" in env and not secret:
        what = "KEY_FOLDER is set" if folder else "KEY_SECRET is not set"
        return [f"{what}, and this host throws files away: keys would be lost. Set KEY_SECRET; .env.example says how."]
    return []


def _key_secret(text: str) -> str:
    if len(text) < SECRET:
        raise ValueError(f"is too short: give it {SECRET} random characters or more; .env.example says how.")
    return text


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ValueError(
            f"names a folder that does not exist: {text}. Run from the project's folder, or correct the path."
        )
    return path


def _channel(text: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]{2,}", text):
        raise ValueError(
            "must be a channel's id, such as C0123456789. In Slack, open the channel's details; the id is at the foot."
        )
    return text


def _people(text: str) -> tuple[str, ...]:
    """Ids of members and of user groups, each once; anything else is named, so that no role is lost to a slip."""
    ids = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    wrong = [each for each in ids if not re.fullmatch(r"[UWS][A-Z0-9]{2,}", each)]
    if wrong:
        raise ValueError(
            f"holds what is no id: {', '.join(wrong)}. Write members' ids (U…, W…) or user groups' (S…) with commas "
            "between. In Slack, open a profile, “⋮”, “Copy member ID”."
        )
    return ids


def _days(text: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", text) or int(text) > 400:
        raise ValueError("must be a number of days from 0 to 400.")
    return int(text)


def _months(text: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= 120:
        raise ValueError("must be a number of months from 1 to 120.")
    return int(text)


def _level(text: str) -> str:
    if text.upper() not in LEVELS:
        raise ValueError(f"must be one of {', '.join(LEVELS)}.")
    return text.upper()
