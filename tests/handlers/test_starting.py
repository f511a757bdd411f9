"""`python -m bot run` as an installer meets it: what is wrong is said in plain words, with exit code 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.conftest import ROOT

SANDBOX = "xoxb-sandbox-canary-token"
SECRET = "hunter2-canary"
GOOD = {
    "SLACK_BOT_TOKEN": SANDBOX,
    "SLACK_APP_TOKEN": "xapp-sandbox-canary-token",
    "SLACK_SIGNING_SECRET": "",
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
    "DATABASE_URL": "",
    "CONTENT_DIR": str(ROOT / "content"),
    "CURATORS_CHANNEL": "",
    "ENQUIRY_MONTHS": "",
    "LOG_LEVEL": "",
}


def run(folder: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the bot in a process of its own, with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
    environment = kept | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"} | GOOD | settings
    done = subprocess.run(
        [sys.executable, "-m", "bot", *(command or ("run",))],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    everything = done.stdout + done.stderr
    for secret in (SANDBOX, GOOD["SLACK_APP_TOKEN"], SECRET):
        assert secret not in everything
    return done


def faults(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The sentences with which it would not start."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done.stderr.splitlines()


@contextmanager
def a_slack_that_says(answers: dict[str, Any], scopes: str = "") -> Iterator[str]:
    """A server on this computer; gives its address."""

    class Slack(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            body = json.dumps(answers.get(self.path.removeprefix("/api/"), {"ok": True, "team_id": "T0"})).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.send_header("x-oauth-scopes", scopes)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Not in the middle of the tests' own output."""

    server = HTTPServer(("127.0.0.1", 0), Slack)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_without_any_setting_each_missing_line_is_named(tmp_path: Path) -> None:
    told = faults(run(tmp_path, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="", SLACK_API_URL=""))
    assert len(told) == 2
    assert told[0].startswith("SLACK_BOT_TOKEN is not set. Add a line SLACK_BOT_TOKEN=")
    assert told[1].startswith("SLACK_APP_TOKEN is not set. Add a line SLACK_APP_TOKEN=")


def test_every_wrong_setting_is_reported_at_once(tmp_path: Path) -> None:
    told = faults(
        run(
            tmp_path,
            SLACK_BOT_TOKEN="xapp-1-the-wrong-way-round",
            SLACK_APP_TOKEN="xoxb-1-the-wrong-way-round",
            SLACK_API_URL="https://slack.example/api/",
            DATABASE_URL=f"mysql://bot:{SECRET}@db/bot",
            CONTENT_DIR="nowhere",
            CURATORS_CHANNEL="#curators",
            ENQUIRY_MONTHS="forever",
            LOG_LEVEL="CHATTY",
        )
    )
    named = [line.split(" ")[0] for line in told]
    assert named[:8] == [
        *("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "DATABASE_URL", "CONTENT_DIR"),
        *("CURATORS_CHANNEL", "ENQUIRY_MONTHS", "LOG_LEVEL"),
    ]
    assert not [line for line in told if "wrong-way-round" in line]


def test_a_real_token_is_never_sent_to_a_sandbox(tmp_path: Path) -> None:
    [told] = faults(run(tmp_path, SLACK_BOT_TOKEN="xoxb-1234567890-real"))
    assert "do not go together" in told


def test_slack_out_of_reach_is_one_sentence(tmp_path: Path) -> None:
    told = faults(run(tmp_path))
    assert told[-1] == "Slack cannot be reached. Check this computer's connection, its proxy and its clock."


@pytest.mark.parametrize(
    ("answers", "scopes", "said"),
    [
        ({"auth.test": {"ok": False, "error": "token_revoked"}}, "", "SLACK_BOT_TOKEN has been revoked."),
        (
            {"apps.connections.open": {"ok": False, "error": "invalid_auth"}},
            "",
            "Slack does not accept SLACK_APP_TOKEN",
        ),
        ({}, "commands,chat:write", "The app lacks the permission app_mentions:read"),
        ({}, "", "The database is not ready for this version. Run: python -m bot migrate"),
    ],
    ids=["revoked", "app token", "scope", "not migrated"],
)
def test_what_slack_or_the_database_refuses_is_one_sentence(
    tmp_path: Path, answers: dict[str, Any], scopes: str, said: str
) -> None:
    with a_slack_that_says(answers, scopes) as address:
        [told] = faults(run(tmp_path, SLACK_API_URL=address))
    assert told.startswith(said)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////no/such/folder/bot.db",
        f"postgresql://bot:{SECRET}@127.0.0.1:1/bot?connect_timeout=2",
        f"postgres://bot:{SECRET}@127.0.0.1:port/bot",
    ],
)
def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path: Path, url: str) -> None:
    with a_slack_that_says({}) as address:
        [told] = faults(run(tmp_path, SLACK_API_URL=address, DATABASE_URL=url))
    assert "cannot be opened" in told


def test_migrating_makes_the_database_and_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "migrate", SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="", SLACK_API_URL="")
    assert (done.returncode, done.stdout, done.stderr) == (0, "The database is ready.\n", "")
    assert (tmp_path / "bot.db").is_file()
