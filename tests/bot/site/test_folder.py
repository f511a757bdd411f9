"""The folder of the site: made again and again, and nobody else's file is touched. Through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from tests.builders import CONTENT, ENTRY_PATH, a_folder


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small content folder as the bot's."""
    folder = a_folder(tmp_path / "content")
    (folder / "site.toml").write_bytes((CONTENT / "site.toml").read_bytes())
    for topic in (CONTENT / "knowledge").iterdir():  # which site.toml describes
        (folder / "knowledge" / topic.name).mkdir(exist_ok=True)
    monkeypatch.setattr("dotenv.load_dotenv", lambda: False)
    monkeypatch.setenv("CONTENT_DIR", str(folder))
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_command_writes_the_site_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "site"
    assert main(["content", "site", str(out)]) == 0
    said, trouble = capsys.readouterr()
    assert f"files are in {out}. Open {out / 'index.html'}." in said
    assert trouble == ""
    assert {"index.html", "a-z.html", "style.css", "base.json", "faq.jsonld", "llms.txt"} <= files(out)
    assert {"entries/trim-a-wick.html", "entries/trim-a-wick.md", "agreements/rm6999.html"} <= files(out)


def test_a_second_making_takes_away_what_is_no_more(tmp_path: Path, content: Path) -> None:
    out = tmp_path / "site"
    main(["content", "site", str(out)])
    (content / ENTRY_PATH).unlink()
    assert main(["content", "site", str(out)]) == 0
    assert not any(name.startswith("entries/") for name in files(out))
    assert "index.html" in files(out)


def test_a_folder_with_other_files_is_refused_and_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    assert main(["content", "site", str(out)]) == 2
    assert "holds files that this command did not write (thesis.txt)" in capsys.readouterr().err
    assert files(out) == {"thesis.txt"}


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere.html"
    main(["content", "site", str(out)])
    elsewhere.write_text("mine", encoding="utf-8")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(elsewhere)
    assert main(["content", "site", str(out)]) == 2
    assert "did not write (index.html)" in capsys.readouterr().err
    assert elsewhere.read_text(encoding="utf-8") == "mine"


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    assert main(["content", "site", str(tmp_path / "site")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'site'} is a file. Name a folder.\n"


def test_records_with_faults_are_left_out_and_that_is_said(
    tmp_path: Path, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / ENTRY_PATH).write_text("no head", encoding="utf-8")
    assert main(["content", "site", str(tmp_path / "site")]) == 0
    assert "Records with faults are left out (1 fault). Run: python -m bot check" in capsys.readouterr().err
