"""python -m bot surveys: files become drafts, and surveys become files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from storage import surveys
from storage.database import Database
from tests.builders import CONTENT
from tests.directory import WORKSPACE
from tests.fakes import FakeSlack

PULSE = CONTENT / "surveys" / "collaboration-pulse.toml"
SETTINGS = ("SLACK_API_URL", "ORGANISERS", "ADMINS", "DYNO", "KEY_SECRET", "KEY_FOLDER")


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database with tables, named in the settings."""
    monkeypatch.setattr("dotenv.load_dotenv", lambda: False)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CONTENT_DIR", str(CONTENT))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")
    with closing(Database(f"sqlite:///{tmp_path}/bot.db")) as database:
        database.migrate()
        yield database


def test_a_file_becomes_a_draft_and_the_draft_a_file(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["surveys", "import", str(PULSE), "--owner", "U0ADA", "--workspace", WORKSPACE]) == 0
    [survey] = surveys.everything(db)
    assert (survey.owner, survey.workspace, len(survey.draft.questions)) == ("U0ADA", WORKSPACE, 10)
    assert survey.id in capsys.readouterr().out
    copy = tmp_path / "copy.toml"
    assert main(["surveys", "export", survey.id[:6], str(copy)]) == 0
    assert main(["surveys", "import", str(copy), "--owner", "U0BO", "--workspace", WORKSPACE]) == 0
    one, two = surveys.everything(db)
    assert one.draft == two.draft
    capsys.readouterr()
    assert main(["surveys", "export", survey.id]) == 0
    assert capsys.readouterr().out == copy.read_text(encoding="utf-8")


def test_the_workspace_and_the_owner_are_found_by_themselves(
    db: Database, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-canary-bot-token")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1-canary-app-token")
    monkeypatch.setenv("ORGANISERS", "S0GROUP, U0CY")
    assert main(["surveys", "import", str(PULSE)]) == 0
    [survey] = surveys.everything(db)
    assert (survey.owner, survey.workspace) == ("U0CY", WORKSPACE)


def test_trouble_is_one_sentence(db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('title = "A"\n', encoding="utf-8")
    taken = tmp_path / "taken.toml"
    taken.touch()
    assert main(["surveys", "import", str(PULSE), "--owner", "U0ADA", "--workspace", WORKSPACE]) == 0
    [survey] = surveys.everything(db)
    told = {
        ("import", str(broken)): "purpose is missing",
        ("import", str(tmp_path / "nothing.toml")): "cannot be read",
        ("import", str(PULSE), "--workspace", WORKSPACE): "--owner",
        ("export", "zzz"): "No surveys have an id that begins with zzz",
        ("export", ""): "No surveys",
        ("export", survey.id, str(taken)): "Name a new file",
    }
    for arguments, says in told.items():
        capsys.readouterr()
        assert main(["surveys", *arguments]) == 2
        said = capsys.readouterr().err
        assert says in said
        assert "Traceback" not in said
