"""python -m bot report …: from a sealed round in the database to files on the disk, the same numbers in all of them."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.enquiry import Door, Enquiry
from bot.people import Function
from bot.surveys.release import Release, release
from bot.surveys.report import reported
from storage import enquiries, releases, responses, sealing
from storage.database import Database
from storage.keys import KeyFolder
from tests.directory import WORKSPACE
from tests.fakes import HandClock
from tests.rounds import closed, opened, saying

CONTENT = Path(__file__).parent.parent.parent / "content"
PEOPLE = [f"U0{number:03}" for number in range(26)]


@pytest.fixture
def settings(db: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database that the settings name, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CONTENT_DIR", str(CONTENT))
    return db


@pytest.fixture
def released(settings: Database, clock: HandClock, tmp_path: Path) -> Release:
    """A round of 26 people, 12 of each function among those who answered, closed and sealed."""
    keys, round = KeyFolder(tmp_path / "keys"), opened(settings, PEOPLE)
    keys.make(round.id)
    for at, member in enumerate(PEOPLE[:24]):
        function = Function.DIGITAL if at % 2 else Function.PROCUREMENT
        given = saying(function, "12345"[at % 5], "approvals", comment=f"=word {at}")
        responses.record(settings, keys, round, member, given, clock())
    sealing.seal(settings, keys, closed(settings, round), clock(), partial(releases.worked_out, release))
    return releases.of_survey(settings, round.survey_id)[0]


def run(*words: str) -> int:
    return main(["report", *words])


def test_the_same_numbers_are_in_every_file(
    released: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(released.survey_id, "out", "--html") == 0
    out = tmp_path / "out"
    told = capsys.readouterr().out
    assert told == f"{len(list(filter(Path.is_file, out.rglob('*')))) - 1} files are in out. Open out/index.html.\n"
    report = reported([released])
    shown = [line.shown.text for line in report.indices if line.shown]
    shown += [line.shown.text for item in report.items for line in item.lines if line.shown]
    assert len(shown) >= 6
    page = (out / "index.html").read_text(encoding="utf-8")
    data = (out / "results.csv").read_text(encoding="utf-8")
    alt = "".join(each.read_text(encoding="utf-8") for each in sorted(out.glob("charts/*.txt")))
    in_json = json.loads((out / "survey.json").read_text(encoding="utf-8"))
    for text in shown:
        assert text in page
        assert text in data
        assert text in {row["figure"] for row in in_json["results"]}
    assert [text for text in shown if "%" in text and text not in alt] == []
    for picture in re.findall(r'src="([^"]+)"', page):
        assert (out / picture).read_bytes().startswith(b"\x89PNG")


def test_nothing_in_the_files_names_anybody_and_comments_run_nowhere(released: Release, tmp_path: Path) -> None:
    assert run("How we BUY together", "out", "--html") == 0
    for file in filter(Path.is_file, (tmp_path / "out").rglob("*")):
        assert not any(member.encode() in file.read_bytes() for member in PEOPLE)
    with (tmp_path / "out" / "comments.csv").open(encoding="utf-8", newline="") as lines:
        texts = [row["comment"] for row in csv.DictReader(lines)]
    assert len(texts) == 24
    assert all(text.startswith("'=word ") for text in texts)


def test_made_again_it_is_the_same_and_outside_it_has_less(released: Release, tmp_path: Path) -> None:
    assert run(released.survey_id, "out") == 0
    files = {each: each.read_bytes() for each in filter(Path.is_file, (tmp_path / "out").rglob("*"))}
    assert not (tmp_path / "out" / "index.html").exists()
    assert run(released.survey_id, "out") == 0
    assert {each: each.read_bytes() for each in files} == files
    assert run(released.survey_id, "out", "--outside", "--html") == 0
    assert "For publication" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "comments.csv").read_text(encoding="utf-8").splitlines() == ["round,question,comment"]


def test_a_folder_of_somebody_else_is_left_alone(
    released: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    assert run(released.survey_id, "mine") == 2
    assert "thesis.txt" in capsys.readouterr().err
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_survey_that_is_not_there_is_told_with_those_that_are(
    released: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("Another", "out") == 2
    told = capsys.readouterr().err
    assert "No survey with results is called Another" in told
    assert f"{released.survey_id}  How we buy together" in told


def test_before_the_first_seal_there_are_no_results(settings: Database, capsys: pytest.CaptureFixture[str]) -> None:
    opened(settings, PEOPLE)
    assert run("How we buy together", "out") == 2
    assert "No survey has results yet" in capsys.readouterr().err


def test_needs_stand_beside_what_was_asked_in_vain(settings: Database, released: Release, tmp_path: Path) -> None:
    asked = [
        Enquiry(WORKSPACE, date(2026, 11, 24), Door.DM, f"why are approvals slow {at}", "dont_know", (), "")
        for at in range(3)
    ]
    for enquiry in (*asked, replace(asked[0], workspace="another"), replace(asked[0], outcome="answer")):
        enquiries.note(settings, enquiry)
    assert run(released.survey_id, "out", "--needs") == 0
    needs = (tmp_path / "out/needs.csv").read_text(encoding="utf-8").splitlines()
    assert needs[0] == "place,need,question,percent,procurement,digital,asked"
    assert needs[1] == "1,Approvals,What got in the way?,100,100,100,3"
    assert (tmp_path / "out/unanswered.csv").read_text(encoding="utf-8").splitlines()[1] == "approvals slow,3"
