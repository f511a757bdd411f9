"""The base that is in use: a broken file never takes it away."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.knowledge.reply import Outcome
from bot.knowledge.shelf import Shelf
from tests.builders import AGREEMENT_PATH, ENTRY_PATH, TODAY, a_folder, change

QUESTION = "How often must a lantern's wick be trimmed?"


def answer(shelf: Shelf) -> str:
    reply = shelf.replier.reply(QUESTION, TODAY)
    assert reply.outcome is Outcome.ANSWER
    return reply.lead


def test_an_unchanged_folder_is_not_read_again(tmp_path: Path) -> None:
    shelf = Shelf(a_folder(tmp_path))
    before = shelf.replier
    assert shelf.refresh() == []
    assert shelf.replier is before


def test_a_changed_answer_is_given_after_a_refresh(tmp_path: Path) -> None:
    shelf = Shelf(a_folder(tmp_path))
    change(tmp_path / ENTRY_PATH, "Trim the wick before each lighting.", "Trim it on Mondays.")
    assert answer(shelf) == "Trim the wick before each lighting."
    assert shelf.refresh() == []
    assert answer(shelf) == "Trim it on Mondays."


def test_a_second_start_answers_from_what_the_first_one_kept_and_never_from_old_content(tmp_path: Path) -> None:
    kept = tmp_path / "index.npz"
    shelf = Shelf(a_folder(tmp_path / "content"), index_file=kept)
    written = kept.stat().st_mtime_ns
    again = Shelf(tmp_path / "content", index_file=kept)
    assert answer(again) == answer(shelf)
    assert kept.stat().st_mtime_ns == written
    change(tmp_path / "content" / ENTRY_PATH, "Trim the wick before each lighting.", "Trim it on Mondays.")
    assert again.refresh() == []
    assert answer(again) == answer(Shelf(tmp_path / "content", index_file=kept)) == "Trim it on Mondays."


def test_a_file_of_the_same_size_is_seen_to_have_changed(tmp_path: Path) -> None:
    shelf = Shelf(a_folder(tmp_path))
    change(tmp_path / ENTRY_PATH, "each lighting.", "each outing..")
    os.utime(tmp_path / ENTRY_PATH, ns=(1, 1))
    assert shelf.refresh() == []
    assert answer(shelf).endswith("outing..")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (AGREEMENT_PATH, "[broken"),
        (ENTRY_PATH, "no head"),
        (Path("glossary.csv"), "term\nWTS\n"),
        (Path("words.toml"), "[broken"),
        (Path("words.toml"), ""),
        (Path("words.toml"), "stray = 1"),
        (Path("asking.toml"), "[facets]"),
        (Path("scope.toml"), "[greeting]"),
        (Path("scope.toml"), '[greeting]\nphrases = "hi"\nreply = "Hello."'),
        (Path("curators.toml"), "[broken"),
        (Path("curators.toml"), 'frameworks = "a text"'),
    ],
)
def test_a_broken_file_leaves_the_old_base_in_use_and_mending_it_brings_the_new(
    path: Path, text: str, tmp_path: Path
) -> None:
    shelf = Shelf(a_folder(tmp_path))
    before, sound = shelf.replier, (tmp_path / path).read_text()
    (tmp_path / path).write_text(text)
    assert shelf.refresh() != []
    assert shelf.replier is before
    assert shelf.refresh() == [], "the same fault is told once, not every minute"
    (tmp_path / path).write_text(sound)
    change(tmp_path / ENTRY_PATH, "Trim the wick before each lighting.", "Trim it on Mondays.")
    assert shelf.refresh() == []
    assert answer(shelf) == "Trim it on Mondays."


def test_a_folder_that_vanishes_leaves_the_old_base_in_use(tmp_path: Path) -> None:
    shelf = Shelf(a_folder(tmp_path / "content"))
    shutil.rmtree(tmp_path / "content")
    assert shelf.refresh() != []
    assert answer(shelf)


def test_records_that_all_vanish_leave_the_old_base_in_use(tmp_path: Path) -> None:
    shelf = Shelf(a_folder(tmp_path))
    shutil.rmtree(tmp_path / "knowledge")
    shutil.rmtree(tmp_path / "agreements")
    shelf.refresh()
    assert answer(shelf)


def test_a_bot_starts_with_the_sound_records_and_tells_of_the_others(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / AGREEMENT_PATH, 'kind = "framework"', 'kind = "club"')
    shelf = Shelf(folder)
    assert answer(shelf)
    assert any("kind must be one of" in fault.problem for fault in shelf.faults)


def test_a_folder_without_any_sound_record_is_refused(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / AGREEMENT_PATH).unlink()
    (folder / ENTRY_PATH).unlink()
    with pytest.raises(ContentError, match=r"holds no sound record\. Run: python -m bot check"):
        Shelf(folder)


@pytest.mark.parametrize("facet", ['colour = ["what colour"]', 'levy = "levy"'])
def test_a_faulty_phrase_list_is_told_when_it_is_read_and_not_when_somebody_asks(facet: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    path = folder / "asking.toml"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("levy =")]
    lines.insert(lines.index("[facets]") + 1, facet)
    if facet.startswith("colour"):
        lines.insert(lines.index("[facets]") + 1, 'levy = ["levy"]')
    path.write_text("\n".join(lines))
    try:
        told = "".join(map(str, Shelf(folder).faults))
    except ContentError as error:
        told = str(error)
    assert "asking.toml" in told
