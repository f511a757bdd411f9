"""The base: sound records in, faulty ones out, and never half a record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.knowledge import base
from tests.builders import AGREEMENT_PATH, ENTRY_PATH, TODAY, a_base, a_folder, an_agreement, change


def test_a_sound_folder_is_read_whole(tmp_path: Path) -> None:
    loaded, faults = base.load(a_folder(tmp_path))
    assert faults == []
    assert list(loaded.agreements) == ["RM6999"]
    assert list(loaded.entries) == ["trim-a-wick"]
    assert [term.term for term in loaded.terms] == ["WTS", "Snuffer"]


def test_an_entry_is_named_by_its_file_and_its_folder(tmp_path: Path) -> None:
    entry = base.load(a_folder(tmp_path))[0].entries["trim-a-wick"]
    assert (entry.slug, entry.topic) == ("trim-a-wick", "lanterns")
    assert entry.body == "Trim the wick before each lighting."


@pytest.mark.parametrize("key", ['slug = "another"', 'topic = "another"', 'body = "Another."'])
def test_the_head_of_an_entry_cannot_rename_it(key: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / ENTRY_PATH, "+++\nquestion", f"+++\n{key}\nquestion")
    loaded, faults = base.load(folder)
    entry = loaded.entries.get("trim-a-wick")
    assert faults or (entry and entry.topic == "lanterns" and entry.body.startswith("Trim"))


def test_a_glossary_row_keeps_its_lists_and_its_blanks(tmp_path: Path) -> None:
    schedule, snuffer = base.load(a_folder(tmp_path))[0].terms
    assert schedule.also_called == ("trimming plan", "wick plan")
    assert (schedule.source.as_of.latest, schedule.source.url) == (date(2026, 8, 31), None)
    assert (snuffer.stands_for, snuffer.also_called, snuffer.reviewed) == ("", (), TODAY)


def test_a_glossary_saved_by_a_spreadsheet_as_utf_8_is_read(tmp_path: Path) -> None:
    """Excel's "CSV UTF-8" begins with a byte order mark; content/README.md tells curators to use a spreadsheet."""
    folder = a_folder(tmp_path)
    text = (folder / "glossary.csv").read_bytes()
    (folder / "glossary.csv").write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    loaded, faults = base.load(folder)
    assert faults == []
    assert len(loaded.terms) == 2


def test_files_with_windows_line_ends_are_read(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    for path in (AGREEMENT_PATH, ENTRY_PATH):
        (folder / path).write_bytes((folder / path).read_bytes().replace(b"\n", b"\r\n"))
    assert base.load(folder)[1] == []


def test_a_faulty_record_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / AGREEMENT_PATH, 'kind = "framework"', 'kind = "club"')
    loaded, faults = base.load(folder)
    assert list(loaded.agreements) == []
    assert list(loaded.entries) == ["trim-a-wick"]
    assert len(faults) == 2  # the fault, and the entry that refers to what is not there


def test_two_agreements_with_one_reference_are_a_fault_of_the_later(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    later = folder / "agreements" / "zebra.toml"
    later.write_text((folder / AGREEMENT_PATH).read_text())
    _, faults = base.load(folder)
    assert [(fault.path, fault.line) for fault in faults] == [(later, 1)]
    assert "the reference RM6999 is already taken by" in faults[0].problem


def test_two_entries_with_one_file_name_are_a_fault_of_the_later(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    later = folder / "knowledge" / "wicks" / ENTRY_PATH.name
    later.parent.mkdir()
    later.write_text((folder / ENTRY_PATH).read_text())
    _, faults = base.load(folder)
    assert [fault.path for fault in faults] == [later]
    assert "the file name trim-a-wick is already taken by" in faults[0].problem


def test_an_agreement_of_nobody_s_is_a_fault(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / AGREEMENT_PATH, 'curator = "frameworks"', 'curator = "nobody"')
    assert [fault.problem.split(";")[0] for fault in base.load(folder)[1]] == [
        "curator nobody is not in content/curators.toml"
    ]


@pytest.mark.parametrize("name", ["words.toml", "asking.toml", "scope.toml"])
@pytest.mark.parametrize("text", ["[broken", None, b"\xff\xfe"])
def test_without_its_own_sentences_or_phrases_nothing_can_be_said(
    name: str, text: str | bytes | None, tmp_path: Path
) -> None:
    folder = a_folder(tmp_path)
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ContentError, match=name):
        base.load(folder)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("curators.toml", 'frameworks = "a text, not a table"'),
        ("curators.toml", "[frameworks]\nname = 7"),
    ],
)
def test_a_curator_who_is_not_described_is_a_fault_and_no_crash(name: str, text: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / name).write_text(text)
    assert [fault for fault in base.load(folder)[1] if fault.path == folder / name]


def test_a_family_is_given_newest_first() -> None:
    members = [an_agreement(reference=f"RM{n}", iteration=n) for n in (1, 3, 2)]
    assert [each.iteration for each in a_base(members).family("lantern")] == [3, 2, 1]
    assert a_base(members).family("wick") == []


def test_a_curator_is_called_by_name_and_an_unknown_one_by_slug() -> None:
    knowledge = a_base()
    assert knowledge.curator_name("frameworks") == knowledge.curators["frameworks"].name
    assert knowledge.curator_name("nobody") == "nobody"
