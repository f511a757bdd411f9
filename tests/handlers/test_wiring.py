"""The wiring: what is asked of Slack before the bot starts, what the bell does, and what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from bot.app import Bot, build, check_slack, client_of, forget, refresh, ring, scopes
from bot.config import Config
from bot.enquiry import Door, Enquiry
from bot.errors import ContentError, DatabaseProblem, SlackProblem
from bot.knowledge.shelf import Shelf
from storage import enquiries
from storage.database import Database
from tests.conftest import APP_TOKEN, BOT_TOKEN, ROOT, Running, Start
from tests.fakes import FakeSlack, HandClock
from tests.payloads import command, dm, home_opened, mention, shortcut

PAGE = "<!DOCTYPE html><title>Proxy canary</title>"


def refusal(config: Config) -> str:
    """The one sentence with which the bot would not start."""
    with pytest.raises(SlackProblem) as told:
        check_slack(config, client_of(config))
    said = str(told.value)
    assert "\n" not in said
    assert BOT_TOKEN not in said
    assert APP_TOKEN not in said
    return said


def test_tokens_that_work_and_every_scope_are_enough(config: Config, slack: FakeSlack) -> None:
    check_slack(config, client_of(config))
    assert [call.method for call in slack.calls] == ["auth.test", "apps.connections.open"]


def test_without_an_app_token_only_the_bot_token_is_tried(config: Config, slack: FakeSlack) -> None:
    check_slack(replace(config, slack_app_token=""), client_of(config))
    assert [call.method for call in slack.calls] == ["auth.test"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("invalid_auth", "Slack does not know SLACK_BOT_TOKEN."),
        ("not_authed", "Slack does not know SLACK_BOT_TOKEN."),
        ("token_revoked", "SLACK_BOT_TOKEN has been revoked."),
        ("token_expired", "SLACK_BOT_TOKEN has expired."),
        ("account_inactive", "The bot's account is switched off."),
        ("team_disabled", "Slack has disabled this workspace."),
        ("org_login_required", "Slack refused SLACK_BOT_TOKEN (org_login_required)."),
    ],
)
def test_a_bot_token_that_slack_refuses_is_named(config: Config, slack: FakeSlack, code: str, said: str) -> None:
    slack.refuse("auth.test", code)
    assert refusal(config).startswith(said)
    assert "SLACK_APP_TOKEN" not in refusal(config)


@pytest.mark.parametrize("code", ["invalid_auth", "not_authed", "token_revoked", "not_allowed_token_type"])
def test_an_app_token_that_slack_refuses_is_named_and_not_the_other(
    config: Config, slack: FakeSlack, code: str
) -> None:
    """Slack says `invalid_auth` of either."""
    slack.refuse("apps.connections.open", code)
    said = refusal(config)
    assert said.startswith(f"Slack does not accept SLACK_APP_TOKEN ({code}).")
    assert "SLACK_BOT_TOKEN" not in said


def test_an_app_token_without_its_scope_names_the_scope(config: Config, slack: FakeSlack) -> None:
    slack.refuse("apps.connections.open", "missing_scope")
    assert "SLACK_APP_TOKEN lacks the scope connections:write" in refusal(config)


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
@pytest.mark.parametrize(
    "trouble",
    [
        lambda slack, method: slack.fail(method, URLError("Name or service not known")),
        lambda slack, method: slack.fail(method, TimeoutError("timed out")),
        lambda slack, method: slack.fail(method, ConnectionRefusedError("refused")),
        lambda slack, method: slack.answer(method, PAGE, 503),
        lambda slack, method: slack.answer(method, PAGE, 200),
        lambda slack, method: slack.answer(method, "", 407),
        lambda slack, method: slack.refuse(method, "ratelimited"),
        lambda slack, method: slack.refuse(method, "internal_error"),
    ],
    ids=["name", "timeout", "refused", "503", "a page", "proxy", "ratelimited", "internal_error"],
)
def test_slack_out_of_reach_is_said_in_one_sentence(
    config: Config, slack: FakeSlack, method: str, trouble: Callable[[FakeSlack, str], None]
) -> None:
    trouble(slack, method)
    assert refusal(config) == "Slack cannot be reached. Check this computer's connection, its proxy and its clock."


@pytest.mark.parametrize("missing", ["chat:write", "commands", "im:history"])
def test_a_missing_permission_is_named(config: Config, slack: FakeSlack, missing: str) -> None:
    slack.scopes = ",".join(scope for scope in scopes() if scope != missing)
    assert refusal(config).startswith(f"The app lacks the permission {missing}.")


def test_several_missing_permissions_are_named_together(config: Config, slack: FakeSlack) -> None:
    slack.scopes = "im:write"
    assert ", ".join(sorted({*scopes()} - {"im:write"})) in refusal(config)


@pytest.mark.parametrize("header", ["X-OAuth-Scopes", "x-oauth-scopes"])
def test_the_permissions_are_read_whatever_a_proxy_does_to_the_header(
    config: Config, slack: FakeSlack, header: str
) -> None:
    slack.answer("auth.test", '{"ok": true}', headers={header: "commands, im:write"})
    assert "lacks the permission" in refusal(config)
    slack.answer("auth.test", '{"ok": true}', headers={header: ", ".join([*scopes(), "team:read"])})
    check_slack(config, client_of(config))


@pytest.mark.parametrize("field", ["slack_bot_token", "slack_app_token"])
def test_a_token_with_an_odd_character_is_named(
    config: Config, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    """A header holds latin letters only; this is raised below the SDK, where our Slack stands."""

    def only_latin(request: Any, **more: Any) -> Any:
        request.headers["Authorization"].encode("latin-1")
        return slack.urlopen(request, **more)

    monkeypatch.setattr("slack_sdk.web.base_client.urlopen", only_latin)
    odd: dict[str, Any] = {field: "xoxb-1-€€€€€€"}
    assert refusal(replace(config, **odd)).startswith(f"{field.upper()} holds a character")


def test_the_bot_reacts_to_everything_that_the_manifest_asks_for(running: Running) -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text())
    events = {"app_home_opened": home_opened(), "app_mention": mention("DPS?"), "message.im": dm("DPS?")}
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == set(events)
    for payload in events.values():
        running.receives(payload)  # fails on what nobody handles
    for each in manifest["features"]["slash_commands"]:
        running.receives(command("DPS?") | {"command": each["command"]})
    for each in manifest["features"]["shortcuts"]:
        running.receives(shortcut("DPS?") | {"callback_id": each["callback_id"]})


def test_no_message_is_sent_a_second_time_by_itself(config: Config) -> None:
    client = client_of(config)
    assert client.retry_handlers == []
    assert client.timeout == 10


def test_more_than_five_people_can_press_at_once(config: Config, slack: FakeSlack) -> None:
    made = build(config, client_of(config))
    executor: Any = made.app.listener_runner.listener_executor
    assert executor._max_workers == 20
    executor.shutdown()
    made.db.close()


def test_the_bot_does_not_start_on_a_database_without_tables(config: Config, bare_url: str, slack: FakeSlack) -> None:
    with pytest.raises(DatabaseProblem, match="python -m bot migrate"):
        build(replace(config, database_url=bare_url), client_of(config))


def test_the_bot_does_not_start_without_anything_to_say(config: Config, tmp_path: Path, library: Path) -> None:
    empty = tmp_path / "content"
    shutil.copytree(library, empty, ignore=shutil.ignore_patterns("*.md", "g-cloud*", "digital*"))
    with pytest.raises(ContentError, match="python -m bot check"):
        build(replace(config, content_dir=empty), client_of(config))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_broken_file_is_left_out_and_named_while_the_bot_starts(
    config: Config, tmp_path: Path, library: Path, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(library, folder)
    (folder / "agreements" / "g-cloud-15.toml").write_text("reference = ")
    made = build(replace(config, content_dir=folder), client_of(config))
    assert "g-cloud-15.toml:1:" in caplog.text
    assert "RM1557.14" in made.shelf.replier.base.agreements
    made.db.close()


def test_a_content_file_that_breaks_never_takes_a_running_bot_down(
    tmp_path: Path, library: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(library, folder)
    shelf = Shelf(folder)
    entry = folder / "knowledge" / "buying" / "call-off-length.md"
    sound = entry.read_text()
    entry.write_text("no head")
    refresh(shelf)
    assert "the old content stays in use" in caplog.text
    assert "call-off-length.md" in caplog.text
    assert "call-off-length" in shelf.replier.base.entries
    entry.write_text(sound.replace("As long as the", "Exactly as long as the"))
    refresh(shelf)
    assert shelf.replier.base.entries["call-off-length"].body.startswith("Exactly")


def test_old_questions_are_forgotten_after_the_months_that_were_set(
    config: Config, db: Database, clock: HandClock
) -> None:
    def kept(on: date) -> str:
        return enquiries.note(db, Enquiry("T0GOV", on, Door.DM, "x", "answer", (), ""))

    old, young = kept(date(2025, 11, 22)), kept(date(2025, 11, 24))
    forget(config, db, clock)
    assert enquiries.get(db, "T0GOV", old) is None
    assert enquiries.get(db, "T0GOV", young) is not None
    clock.turn(days=3)
    forget(config, db, clock)
    assert enquiries.get(db, "T0GOV", young) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_bell_rings_for_surveys_content_and_tidying_and_never_twice_at_once(
    config: Config, start: Start, clock: HandClock
) -> None:
    bell = ring(config, start().bot, clock)
    try:
        every = [str(job.trigger) for job in bell.get_jobs()]
        assert sorted(every) == ["cron[hour='2']", "cron[hour='3']", "interval[0:00:30]", "interval[0:01:00]"]
        for job in bell.get_jobs():
            assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
            job.func()  # each does its work without being handed anything
    finally:
        bell.shutdown()


def test_settings_printed_by_accident_give_nothing_away(config: Config) -> None:
    assert BOT_TOKEN not in f"{config} {config!r}"
    assert APP_TOKEN not in f"{config} {config!r}"


def test_a_bot_is_made_of_the_parts_that_it_was_given(running: Running, shelf: Shelf) -> None:
    assert isinstance(running.bot, Bot)
    assert running.bot.shelf is shelf
    running.receives(command("Is G-Cloud 14 still open?"))
    running.receives(mention("Is G-Cloud 14 still open?"))
    assert len([call for call in running.slack.calls if call.method == "auth.test"]) == 1  # once, not once a request
