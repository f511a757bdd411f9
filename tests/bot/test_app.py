"""The wiring: what Slack refuses, said in one sentence; what goes to the log; what the bell does."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import app
from bot.config import Config
from bot.errors import DatabaseProblem, SlackProblem
from bot.knowledge.shelf import Shelf
from tests.builders import ENTRY_PATH, a_folder

ALL = ",".join(app.scopes())


def config(folder: Path) -> Config:
    return Config.from_env(
        {
            "SLACK_BOT_TOKEN": "xoxb-1111-2222-real",
            "SLACK_APP_TOKEN": "xapp-1-A111-2222-real",
            "CONTENT_DIR": str(a_folder(folder / "content")),
            "DATABASE_URL": f"sqlite:///{folder}/bot.db",
        }
    )


class Answer(dict[str, Any]):
    """What Slack's API gives back: a body with headers."""

    def __init__(self, scopes: str = ALL, **body: Any) -> None:
        super().__init__(body)
        self.headers = {"x-oauth-scopes": scopes}


def slack_says(monkeypatch: pytest.MonkeyPatch, **replies: Answer | Exception) -> None:
    """Slide answers under the client, by method with dots as underscores."""

    def call(_client: WebClient, method: str, **_arguments: Any) -> Answer:
        reply = replies.get(method.replace(".", "_"), Answer(ok=True))
        if isinstance(reply, Exception):
            raise reply
        return reply

    monkeypatch.setattr(WebClient, "api_call", call)


def refused(code: str) -> SlackApiError:
    return SlackApiError("refused", {"ok": False, "error": code})  # type: ignore[no-untyped-call]


def check(folder: Path) -> None:
    settings = config(folder)
    app.check_slack(settings, app.client_of(settings))


def test_tokens_that_work_are_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slack_says(monkeypatch)
    check(tmp_path)
    slack_says(monkeypatch, auth_test=Answer(scopes=""))
    check(tmp_path)  # a workspace that does not tell its scopes is believed


@pytest.mark.parametrize(
    ("method", "code", "says"),
    [
        ("auth_test", "invalid_auth", "Slack does not know SLACK_BOT_TOKEN"),
        ("auth_test", "not_authed", "Slack does not know SLACK_BOT_TOKEN"),
        ("auth_test", "token_revoked", "SLACK_BOT_TOKEN has been revoked"),
        ("auth_test", "token_expired", "SLACK_BOT_TOKEN has expired"),
        ("auth_test", "account_inactive", "account is switched off"),
        ("auth_test", "team_disabled", "disabled this workspace"),
        ("auth_test", "something_new", "something_new"),
        ("apps_connections_open", "not_allowed_token_type", "SLACK_APP_TOKEN"),
        ("apps_connections_open", "missing_scope", "connections:write"),
        ("apps_connections_open", "invalid_auth", "SLACK_APP_TOKEN"),
        ("apps_connections_open", "token_revoked", "SLACK_APP_TOKEN"),
    ],
)
def test_what_slack_refuses_is_one_sentence_about_the_right_token(
    method: str, code: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack_says(monkeypatch, **{method: refused(code)})
    with pytest.raises(SlackProblem) as raised:
        check(tmp_path)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "xoxb-1111" not in str(raised.value)


def test_a_missing_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slack_says(monkeypatch, auth_test=Answer(scopes=ALL.replace("im:history,", "")))
    with pytest.raises(SlackProblem, match="The app lacks the permission im:history"):
        check(tmp_path)


@pytest.mark.parametrize("error", [URLError("no route"), TimeoutError(), ConnectionResetError()])
def test_a_slack_out_of_reach_is_one_sentence(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack_says(monkeypatch, auth_test=error)
    with pytest.raises(SlackProblem, match="Slack cannot be reached"):
        check(tmp_path)


def test_a_call_to_slack_is_never_repeated_by_itself(tmp_path: Path) -> None:
    client = app.client_of(config(tmp_path))
    assert client.retry_handlers == []
    assert (client.base_url, client.timeout) == ("https://slack.com/api/", app.SLACK_TIMEOUT)


def test_a_bot_does_not_start_on_a_database_that_was_not_prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack_says(monkeypatch)
    settings = config(tmp_path)
    with pytest.raises(DatabaseProblem, match="python -m bot migrate"):
        app.build(settings, app.client_of(settings))


@pytest.fixture
def root_log() -> Iterator[logging.Logger]:
    """The root logger, put back as it was."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield root
    root.handlers = before
    root.setLevel(level)


def test_other_people_s_libraries_are_heard_only_when_it_is_serious(
    root_log: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    root_log.handlers = []  # pytest's own, which would be taken for ours
    app.quieten("DEBUG")
    for name in (
        "slack_sdk.socket_mode",
        "slack_bolt.App",
        "sqlalchemy.engine",
        "bothersome",
        "bot",
        "handlers.asking",
    ):
        for level in (logging.DEBUG, logging.INFO, logging.WARNING):
            logging.getLogger(name).log(level, "%s says %d", name, level)
    heard = [line.partition(": ")[2] for line in capsys.readouterr().err.splitlines()]
    ours = [f"{name} says {level}" for name in ("bot", "handlers.asking") for level in (10, 20, 30)]
    others = [f"{name} says 30" for name in ("slack_bolt.App", "sqlalchemy.engine", "bothersome")]
    others.append("trouble, whose text may quote people")
    assert sorted(heard) == sorted([*ours, *others])
    assert root_log.level == logging.DEBUG


def test_what_is_there_to_stay_is_left_alone_by_the_garbage_collector() -> None:
    kept: list[list[int]] = [[] for _ in range(1000)]
    app.settle()
    try:
        assert gc.get_freeze_count() > len(kept)
        assert len(gc.get_objects()) < len(kept)
    finally:
        gc.unfreeze()


def test_content_that_cannot_be_used_is_told_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = Shelf(a_folder(tmp_path))
    (tmp_path / ENTRY_PATH).write_text("no head")
    app.refresh(shelf)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "the old content stays in use" in caplog.text
    assert f"{ENTRY_PATH.name}:1: must open with a head" in caplog.text
    assert shelf.replier.base.entries
