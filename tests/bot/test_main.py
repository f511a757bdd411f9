"""The command line: what it prints, and how it ends."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.builders import AGREEMENT_PATH, ENTRY_PATH, TODAY, a_folder, change

ROOT = Path(__file__).parent.parent.parent
QUESTION = "How often must a lantern's wick be trimmed?"
NAMES = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "CURATORS_CHANNEL", "DYNO")


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small content folder as settings, and nothing from this computer's own `.env`."""
    monkeypatch.setattr("dotenv.load_dotenv", lambda: False)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CONTENT_DIR", str(a_folder(tmp_path / "content")))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")
    return tmp_path / "content"


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_question_is_answered_in_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", *QUESTION.split()]) == 0
    out, err = capsys.readouterr()
    assert out.split()[:3] == ["Answer", "Trim", "the"]
    assert "\x1b" not in out
    assert err == ""


def test_a_question_is_answered_as_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    for day, said in (
        ("2026-01-11", "has not started"),
        ("2028-01-11", "is open"),
        ("2028-01-12", "is no longer open"),
    ):
        assert main(["ask", "is Lantern Services 2 still open?", "--on", day]) == 0
        assert said in " ".join(capsys.readouterr().out.split())


def test_a_question_is_answered_as_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", QUESTION]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    shown = json.loads(lines[0])
    assert list(shown) == ["q", "outcome", "text", "entries", "agreements", "sources", "as_of", "suggestions"]
    assert (shown["q"], shown["outcome"], shown["entries"]) == (QUESTION, "answer", ["trim-a-wick"])


def test_a_batch_is_answered_line_by_line_each_on_its_own_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "questions.jsonl"
    asked = [
        {"q": "is Lantern Services 2 still open?", "on": "2028-01-12"},
        {"q": "is Lantern Services 2 still open?"},
        {"q": "café “wicks” ☕"},
    ]
    batch.write_text("\n".join(json.dumps(each) for each in asked))
    assert main(["ask", "--batch", str(batch), "--json", "--on", "2027-01-01"]) == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["q"] for each in shown] == [each["q"] for each in asked]
    assert "is no longer open" in shown[0]["text"]
    assert "is open" in shown[1]["text"]


def test_a_batch_may_come_from_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, '{"q": "wick"}\n\n{"q": "oil"}\n')
    assert main(["ask", "--batch", "-", "--json"]) == 0
    assert [json.loads(line)["q"] for line in capsys.readouterr().out.splitlines()] == ["wick", "oil"]


def test_a_bad_line_of_a_batch_is_named_and_what_came_before_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.jsonl").write_text('{"q": "wick"}\nnonsense\n{"q": "oil"}\n')
    assert main(["ask", "--batch", str(tmp_path / "q.jsonl"), "--json"]) == 2
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.startswith("Line 2 is not a question.")


def test_a_line_of_a_batch_ends_at_its_line_end_and_nowhere_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.jsonl").write_text('{"q": "wick\u2028oil\x85lamp"}\n', encoding="utf-8")
    assert main(["ask", "--batch", str(tmp_path / "q.jsonl"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.split("\n")[0])["q"] == "wick\u2028oil\x85lamp"


@pytest.mark.parametrize("bytes_", [b"\xff\xfe", None])
def test_a_batch_that_cannot_be_read_is_one_sentence(
    bytes_: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if bytes_:
        (tmp_path / "q.jsonl").write_bytes(bytes_)
    assert main(["ask", "--batch", str(tmp_path / "q.jsonl")]) == 2
    assert capsys.readouterr().err == f"{tmp_path}/q.jsonl cannot be read. Check the name, and that it is UTF-8 text.\n"


def test_a_question_and_a_batch_are_not_taken_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "wick", "--batch", "q.jsonl"]) == 2
    assert capsys.readouterr().err == "Give a question or --batch FILE, not both.\n"


def test_questions_may_be_typed_one_after_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, f"{QUESTION}\nWTS\n\nnever read\n")
    assert main(["ask"]) == 0
    out = capsys.readouterr().out
    assert out.count("Answer\n\n") == 2
    assert "> " not in out


def test_no_question_at_all_is_no_trouble(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, "")
    assert main(["ask"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("arguments", [[], ["fly"], ["ask", "--on", "soon", "x"], ["ask", "--on", "2026-02-30", "x"]])
def test_a_command_that_cannot_be_understood_ends_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "python -m bot" in capsys.readouterr().err


def test_check_finds_nothing_in_a_sound_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.__main__.today", lambda _now: TODAY)
    assert main(["check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 agreements, 1 entries, 2 terms: no faults."


def test_check_ends_with_1_and_a_line_for_each_fault(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(content / AGREEMENT_PATH, 'kind = "framework"', 'kind = "club"')
    change(content / ENTRY_PATH, 'risk = "process"', 'risk = "process')
    change(content / "benchmarks.toml", "2022 = 87.8", "2022 = 878")
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert re.search(r"benchmarks\.toml:\d+: items\.0\.median\.2022 must be 100\.0 at most", out)
    assert f"{content / AGREEMENT_PATH}:6: kind must be one of" in out
    assert f"{content / ENTRY_PATH}:7: cannot be read as TOML" in out
    assert out.rstrip().endswith("faults.")


@pytest.mark.parametrize("arguments", [["check"], ["ask", "wick"]])
@pytest.mark.parametrize("text", ["[broken", "stray = 1", "[facts]\none_lot = 3\n"])
def test_content_in_which_nothing_can_be_said_ends_with_2(
    arguments: list[str], text: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / "words.toml").write_text(text)
    assert main(arguments) == 2
    assert "words.toml" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "ask", "migrate"])
def test_wrong_settings_end_with_2_and_a_line_for_each(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONTENT_DIR", "/no/such/folder")
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    assert main([command]) == 2
    err = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in err] == ["CONTENT_DIR", "LOG_LEVEL"]


def test_running_without_tokens_ends_with_2_and_says_where_to_put_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 2
    err = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in err] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert all(".env" in line for line in err)


@pytest.mark.parametrize("command", ["check", "migrate"])
def test_a_database_that_cannot_be_opened_ends_with_2_in_one_sentence(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check --help` promises to look at the database too."""
    monkeypatch.setenv("DATABASE_URL", "sqlite:////no/such/folder/bot.db")
    assert main([command]) != 0
    out, err = capsys.readouterr()
    said = err if command == "migrate" else out + err
    assert "/no/such/folder/bot.db" in said or "database" in said
    assert "Traceback" not in said


def test_migrating_twice_is_no_trouble(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["migrate"]), main(["migrate"])) == (0, 0)
    assert (tmp_path / "bot.db").exists()
    assert capsys.readouterr().out == "The database is ready.\n" * 2


def test_a_press_of_control_c_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    assert main(["ask"]) == 0


def run(*arguments: str | bytes, **settings: str) -> subprocess.CompletedProcess[str]:
    """A real run, from the project's folder, with nothing on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_real_run_answers_and_a_real_fault_leaves_no_traceback() -> None:
    answered = run("ask", QUESTION)
    assert (answered.returncode, answered.stderr) == (0, "")
    assert answered.stdout.startswith("Answer")
    refused = run("ask", QUESTION, CONTENT_DIR="/no/such/folder")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("arguments", [("ask", QUESTION), ("check",), ("ask", "--json", QUESTION)])
def test_a_reader_who_goes_away_leaves_no_noise(arguments: tuple[str, ...]) -> None:
    """As in `python -m bot check | head -0`: nobody reads what is printed."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert done.stderr == ""
    assert done.returncode in (0, 1)


def test_bytes_that_are_no_text_are_no_traceback() -> None:
    done = run("ask", "--json", b"wick \xff\xfe")
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2)


def test_half_a_character_in_a_batch_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"q": "\\ud83d"}\n{"q": "wick"}\n')
    done = run("ask", "--batch", str(tmp_path / "q.jsonl"), "--json")
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 2 or done.returncode == 2
