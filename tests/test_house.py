"""The house rules that prose cannot keep (`docs/decisions/`, CONTRIBUTING)."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import handlers
from bot.__main__ import main
from bot.clock import system_clock
from bot.config import Config
from handlers.asking import SHORTCUT
from handlers.commands import COMMAND

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "storage")
CODE = sorted(path for room in (*ROOMS, "sandbox") for path in (ROOT / room).rglob("*.py"))
OF_ROOMS = [path for path in CODE if path.relative_to(ROOT).parts[0] in ROOMS]
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
FORBIDDEN = {
    "bot": {
        "handlers",
        "storage",
        "sandbox",
        "slack_bolt",
        "slack_sdk",
        "sqlalchemy",
        "alembic",
        "apscheduler",
        "dotenv",
    },
    "handlers": {"sqlalchemy", "alembic", "apscheduler", "sandbox", "benchmarks"},
    "storage": {"handlers", "slack_bolt", "slack_sdk", "apscheduler", "sandbox", "benchmarks"},
    "sandbox": {"bot", "handlers", "storage", "benchmarks"},
}
OF_PEOPLE = {
    "text",
    "question",
    "body",
    "event",
    "view",
    "answer",
    "typed",
    "enquiry",
    "message",
    "reply",
    "reason",
    "payload",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file with the dotted name that is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


class Recorded(Mapping[str, str]):
    """Settings that remember what was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return False  # DYNO, which the host sets and nobody writes

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_the_example_of_settings_names_exactly_those_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    env = Recorded()
    Config.from_env(env, slack=False)
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [found.group(1) for line in lines if (found := re.match(r"(?:# )?([A-Z][A-Z_]+)=", line))]
    assert sorted(named) == sorted(env.asked)
    assert len(named) == len(set(named))


def test_every_line_of_the_example_of_settings_is_explained() -> None:
    paragraphs = (ROOT / ".env.example").read_text(encoding="utf-8").strip().split("\n\n")
    assert [each for each in paragraphs if not each.startswith("# ")] == []


class Listening:
    """Stands where Bolt's app stands, and writes down what is listened to."""

    def __init__(self) -> None:
        self.heard: dict[str, set[str]] = {}
        self.client = SimpleNamespace()

    def __getattr__(self, kind: str) -> Any:
        def listen(what: Any, **_more: Any) -> Any:
            self.heard.setdefault(kind, set()).add(what if isinstance(what, str) else "")
            return lambda listener: listener

        return listen


@pytest.fixture(scope="module")
def heard() -> dict[str, set[str]]:
    app = Listening()
    handlers.register(
        cast("Any", app),
        cast("Any", None),
        cast("Any", None),
        system_clock,
        cast("Any", None),
        Config.from_env({}, slack=False),
    )
    return app.heard


def test_the_manifest_has_the_commands_and_shortcuts_that_are_listened_to(heard: dict[str, set[str]]) -> None:
    features = MANIFEST["features"]
    assert {each["command"] for each in features["slash_commands"]} == heard["command"] == {COMMAND}
    assert {each["callback_id"] for each in features["shortcuts"]} == heard["shortcut"] == {SHORTCUT}


def test_the_manifest_has_the_events_that_are_listened_to(heard: dict[str, set[str]]) -> None:
    events = {event.partition(".")[0] for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
    assert events == heard["event"]


def test_the_manifest_asks_for_the_permissions_that_are_needed_and_no_others(heard: dict[str, set[str]]) -> None:
    by_event = {"app_mention": "app_mentions:read", "message": "im:history", "app_home_opened": None}
    by_method = {
        "chat.postMessage": "chat:write",
        "chat.postEphemeral": "chat:write",
        "assistant.threads.setSuggestedPrompts": "assistant:write",
        "conversations.history": "im:history",
        "conversations.info": "channels:read",
        "conversations.members": "channels:read",
        "conversations.open": "im:write",
        "usergroups.list": "usergroups:read",
        "usergroups.users.list": "usergroups:read",
        "users.info": "users:read",
        "users.list": "users:read",
        "views.open": None,
        "views.publish": None,
        "views.push": None,
        "views.update": None,
    }
    methods = called_methods()
    assert methods
    needed = {by_event[event] for event in heard["event"]} | {by_method[method] for method in methods}
    needed |= {"commands"} if heard["command"] or heard["shortcut"] else set()
    needed |= {"groups:read"}  # the members of private channels that the bot was invited to
    needed |= {"files:write"} if "files_upload_v2(" in (ROOT / "handlers" / "messenger.py").read_text() else set()
    needed |= {"im:write"}  # to write to a person who has not written first: what became of "Ask a person"
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == needed - {None}


def called_methods() -> set[str]:
    """The methods of Slack's API that handlers name when they call."""
    named = set()
    for path in (ROOT / "handlers").rglob("*.py"):
        for call, name in calls(path):
            if (
                name.endswith(("._call", "._get", "._pages", ".api_call"))
                and call.args
                and isinstance(call.args[0], ast.Constant)
            ):
                named.add(str(call.args[0].value))
    return named


def test_a_file_has_300_lines_at_most() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_every_file_opens_with_the_secret_that_it_keeps() -> None:
    assert [name_of(path) for path in CODE if not ast.get_docstring(tree(path))] == []


def test_every_command_is_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    ([a-z]+)\b", capsys.readouterr().out, re.MULTILINE)
    assert {"run", "check", "migrate", "ask"} <= set(commands)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [command for command in commands if f"python -m bot {command}" not in readme] == []


def test_only_one_file_of_the_rooms_reads_the_wall_clock() -> None:
    clocks = r"(?:\w+\.)*(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|time_ns|localtime|gmtime))"
    readers = {name_of(path) for path in OF_ROOMS for _, name in calls(path) if re.fullmatch(clocks, name)}
    assert readers == {"bot/clock.py"}
    from_time = {
        name_of(path)
        for path in OF_ROOMS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "time"
    }
    assert from_time == set()


def passed(node: ast.expr) -> Iterator[str]:
    """The names whose values are handed over: of `reply.text` it is "text", of `answer.status_code` "status_code"."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    else:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from passed(child)


def test_no_line_of_the_log_holds_what_people_wrote() -> None:
    told, logging_calls = [], 0
    for path in OF_ROOMS:
        for call, name in calls(path):
            if re.fullmatch(r"(?:log|logger|logging)\.(?:debug|info|warning|error|exception|critical|log)", name):
                logging_calls += 1
                given = [*call.args, *(keyword.value for keyword in call.keywords)]
                names = {word for each in given for word in passed(each)}
                told += [f"{name_of(path)}:{call.lineno} {word}" for word in sorted(names & OF_PEOPLE)]
                told += [f"{name_of(path)}:{call.lineno} f-string" for each in given if isinstance(each, ast.JoinedStr)]
                told += [
                    f"{name_of(path)}:{call.lineno} traceback" for k in call.keywords if k.arg in ("exc_info", "extra")
                ]
                told += [f"{name_of(path)}:{call.lineno} exception()"] if name.endswith(".exception") else []
    assert logging_calls > 3
    assert told == []


def imported(path: Path) -> set[str]:
    """The packages that a file imports from."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(str(node.module).partition(".")[0])
    return found


def wiring() -> set[str]:
    """The files in which the rooms may meet, as import-linter is told in `pyproject.toml`."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contract = next(each for each in tools["importlinter"]["contracts"] if each.get("source_modules") == ["bot"])
    return {f"{line.partition(' ->')[0].replace('.', '/')}.py" for line in contract["ignore_imports"]}


def test_a_room_knows_only_what_it_may() -> None:
    files = [path for path in CODE if name_of(path) not in wiring()]
    known = {name_of(path): imported(path) & FORBIDDEN[path.relative_to(ROOT).parts[0]] for path in files}
    assert {name: packages for name, packages in known.items() if packages} == {}
    assert {"bot/app.py", "bot/__main__.py"} <= wiring()
    assert len(wiring()) <= 7


def test_there_are_three_rooms_and_no_rest_room() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages <= {*ROOMS, "tests", "sandbox", "benchmarks"}
    assert set(ROOMS) <= packages
    rest = {"utils", "common", "core", "services", "models", "constants", "types", "helpers", "misc"}
    assert [name_of(path) for path in OF_ROOMS if path.stem in rest or path.parent.name in rest] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pinned_requirements_name_no_index_and_have_hashes(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(r"https?://|index-url|find-links|trusted-host|^\s*-[ei] ", line)] == []
    pinned = [at for at, line in enumerate(lines) if re.match(r"[A-Za-z0-9]", line)]
    assert pinned
    assert [lines[at] for at in pinned if "==" not in lines[at] or "--hash=sha256:" not in lines[at + 1]] == []


def test_only_the_command_line_prints() -> None:
    printing = {name_of(path) for path in OF_ROOMS for _, name in calls(path) if name in ("print", "sys.stdout.write")}
    assert printing <= {"bot/__main__.py", "bot/operating.py", "bot/reporting.py", "bot/surveys_command.py"}
