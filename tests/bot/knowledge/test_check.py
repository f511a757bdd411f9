"""What a curator should put right beyond what can be read."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.knowledge.check import WORDS, findings
from tests.builders import AGREEMENT_PATH, ENTRY_PATH, TODAY, a_folder, change


def problems(folder: Path, on: date = TODAY) -> list[str]:
    return [str(fault) for fault in findings(folder, on)[1]]


def test_a_sound_folder_has_no_findings(tmp_path: Path) -> None:
    assert problems(a_folder(tmp_path)) == []


def test_a_review_is_overdue_from_the_day_after_it_was_due(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    due = date(2027, 2, 24)
    assert problems(folder, due) == []
    assert problems(folder, due + timedelta(days=1)) == [
        f"{folder / AGREEMENT_PATH}:11: was due to be checked by 24 February 2027; check it and set reviewed"
    ]
    entry = [each for each in problems(folder, date(2027, 11, 25)) if ENTRY_PATH.name in each]
    assert entry == [f"{folder / ENTRY_PATH}:5: was due to be checked by 24 November 2027; check it and set reviewed"]


@pytest.mark.parametrize(("words", "faults"), [(WORDS, 0), (WORDS + 1, 1)])
def test_an_answer_has_120_words_at_most(words: int, faults: int, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    short = "Trim it. " * (words // 2) + "Trim. " * (words % 2)
    change(folder / ENTRY_PATH, "Trim the wick before each lighting.", short)
    found = problems(folder)
    assert len(found) == faults
    assert all(f"has {words} words, and {WORDS} is the most" in each for each in found)


def test_one_question_in_two_entries_is_a_finding(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    other = folder / "knowledge" / "lanterns" / "zebra-wicks.md"
    other.write_text((folder / ENTRY_PATH).read_text().replace("How often must", "Who says how often must"))
    found = [each for each in problems(folder) if "also stands in" in each]
    assert len(found) == 3
    assert all("zebra-wicks.md:3" in each and "also stands in trim-a-wick" in each for each in found)


def test_a_question_that_finds_another_entry_is_a_finding(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    other = folder / "knowledge" / "lanterns" / "fill-with-oil.md"
    text = (folder / ENTRY_PATH).read_text().replace("Trim the wick", "Fill it")
    text = text.replace("How often must a lantern's wick be trimmed?", "When do I trim the wick short?")
    variants = '"wick trimming rules", "when do I trim the wick", "how short should a wick be"'
    other.write_text(text.replace(variants, '"oil filling", "filling oil", "which oil"'))
    found = problems(folder)
    assert any("“When do I trim the wick short?” finds trim-a-wick and not this entry" in each for each in found)


def test_faults_in_reading_are_findings_too(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / AGREEMENT_PATH, 'kind = "framework"', 'kind = "club"')
    assert any("kind must be one of" in each for each in problems(folder))


def test_findings_never_stop_at_an_entry_whose_head_gives_it_another_name(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / ENTRY_PATH, "+++\nquestion", '+++\nslug = "elsewhere"\nquestion')
    assert problems(folder, date(2032, 1, 1))
