"""What is wrong with a content file: the right line, in words that a curator understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import base
from bot.knowledge.faults import Fault
from tests.builders import AGREEMENT_PATH, ENTRY_PATH, a_folder, change

JARGON = ("Input should", "String should", "should match pattern", "valid integer", "valid dictionary", "type=")

# What is written instead of what, a piece of the line at fault (of the changed text), and words of the fault.
IN_AN_AGREEMENT = {
    "a key is missing": ('run_by = "The Lantern Office"\n', "", 'reference = "RM6999"', "run_by is missing; add it"),
    "a key is misspelt": ("review_months = 3", "review_month = 3", "review_month = 3", "did you mean review_months?"),
    "a key is made up": ("iteration = 2", "iteration = 2\nxyzzy = 1", "xyzzy", "xyzzy is not a key that is known here"),
    "a number stands for text": ('run_by = "The Lantern Office"', "run_by = 7", "run_by = 7", "must be text in quotes"),
    "a text stands for a number": ("iteration = 2", 'iteration = "two"', "iteration =", "must be a whole number"),
    "a fraction stands for a number": ("iteration = 2", "iteration = 1.5", "iteration =", "must be a whole number"),
    "a text stands for a list": ('nations = ["england", "wales"]', 'nations = "wales"', "nations =", "must be a list"),
    "a text stands for a table": ("iteration = 2", 'iteration = 2\nlevy = "none"', "levy =", "levy must be a table"),
    "a text is empty": ('name = "Lantern Services 2"', 'name = ""', 'name = ""', "name is empty"),
    "a date is in words": ("on = 2028-01-11", 'on = "soon"', 'on = "soon"', "ends.on must be a date"),
    "a date does not exist": ("on = 2028-01-11", 'on = "2028-02-30"', 'on = "2028-02-30"', "ends.on must be a date"),
    "a source's date is in words": (
        "as_of = 2026-08-10",
        'as_of = "last year"',
        "as_of =",
        "write a date (2026-01-27)",
    ),
    "a word is not one of those allowed": ('kind = "framework"', 'kind = "club"', "kind =", "kind must be one of"),
    "a nation is none": ('nations = ["england", "wales"]', 'nations = ["france"]', "nations =", "must be one of"),
    "a source is not declared": (
        'on = 2028-01-11\nsource = "page"',
        'on = 2028-01-11\nsource = "leaflet"',
        'reference = "RM6999"',
        "ends: source 'leaflet' is not one of [sources]; add it or name another",
    ),
    "the end is before the start": (
        "on = 2028-01-11",
        "on = 2025-01-11",
        'reference = "RM6999"',
        "one of the two is wrong",
    ),
    "a quote is not closed": ('family = "lantern"', 'family = "lantern', 'family = "lantern', "cannot be read as TOML"),
    "the last line breaks off": (
        'name = "Wicks"\nsource = "page"\n',
        'name = "Wicks"\nsource = [',
        "source = [",
        "cannot be read as TOML",
    ),
    "the second lot lacks its name": (
        'number = "2"\nname = "Wicks"',
        'number = "2"',
        '[[lots]]\nnumber = "2"',
        "name is missing",
    ),
    "the second lot has a wrong word": (
        'name = "Wicks"',
        'name = "Wicks"\ndirect_award = "perhaps"',
        'direct_award = "perhaps"',
        "direct_award",
    ),
    "the first lot, after two blank lines, lacks its name": (
        'number = "1"\nname = "Lanterns"',
        'number = "1"',
        '[[lots]]\nnumber = "1"',
        "name is missing",
    ),
    "a date is missing in a table before one that has it": (
        "on = 2026-01-12\n",
        "",
        "[starts]",
        "starts.on is missing",
    ),
    "a key of a table is misspelt": (
        'on = 2026-01-12\nsource = "page"',
        'on = 2026-01-12\nsource = "page"\nnot = "x"',
        'not = "x"',
        "did you mean note?",
    ),
}


@pytest.mark.parametrize("case", IN_AN_AGREEMENT)
def test_a_fault_in_an_agreement_is_told_with_its_line(case: str, tmp_path: Path) -> None:
    old, new, at, words = IN_AN_AGREEMENT[case]
    folder = a_folder(tmp_path)
    text = change(folder / AGREEMENT_PATH, old, new)
    assert_told(folder, folder / AGREEMENT_PATH, line_with(text, at), words)


IN_AN_ENTRY = {
    "a variant is missing": (
        ', "how short should a wick be"]',
        "]",
        "variants =",
        "needs at least 3 and has 2; add more",
    ),
    "a key is misspelt": ("stage =", "stagee =", "stagee =", "did you mean stage?"),
    "a key is missing": ('curator = "practice"\n', "", "+++\nquestion", "curator is missing; add it"),
    "a quote is not closed": ('risk = "process"', 'risk = "process', 'risk = "process', "cannot be read as TOML"),
    "a duty is none": ('central = "must"', 'central = "shall"', "central =", "applies_to.central must be one of"),
    "an organisation is none": ('central = "must"', 'center = "must"', "center =", "did you mean central?"),
    "the second source has a wrong grade": ('grade = "press"', 'grade = "gossip"', 'grade = "gossip"', "grade"),
    "the second source lacks its title": (
        'title = "Care of wicks"\n',
        "",
        '[[sources]]\npublisher = "The Wick Office"',
        "title is missing",
    ),
    "the answer is missing": ("+++\nTrim the wick before each lighting.\n", "+++\n", "+++\nquestion", "body is empty"),
    "a related name is no name": ("related = []", 'related = ["Two Words"]', "related =", "related"),
    "a curator is nobody": (
        'curator = "practice"',
        'curator = "nobody"',
        "curator =",
        "curator nobody is not in content/curators.toml",
    ),
    "an agreement is not held": (
        '["RM6999"]',
        '["RM1"]',
        "agreements =",
        "RM1 is not in content/agreements; add it there",
    ),
    "a related entry is not held": ("related = []", 'related = ["gone"]', "related =", "there is no entry gone"),
}


@pytest.mark.parametrize("case", IN_AN_ENTRY)
def test_a_fault_in_an_entry_is_told_with_its_line(case: str, tmp_path: Path) -> None:
    old, new, at, words = IN_AN_ENTRY[case]
    folder = a_folder(tmp_path)
    text = change(folder / ENTRY_PATH, old, new)
    assert_told(folder, folder / ENTRY_PATH, line_with(text, at), words)


IN_THE_GLOSSARY = {
    "a meaning is missing": ("The days on which wicks are trimmed.", "", 2, "meaning is empty"),
    "a grade is none": ("undated,official,glossary", "undated,gossip,glossary", 3, "grade"),
    "a source's date is in words": ("2026-08,official", "soon,official", 2, "write a date"),
    "a review date is in words": (
        "2026-08,official,glossary,2026-11-24",
        "2026-08,official,glossary,soon",
        2,
        "must be a date",
    ),
    "a curator is nobody": ("undated,official,glossary", "undated,official,nobody", 3, "curator nobody is not in"),
    "a cell is missing": ("Snuffer,,A cap that puts a flame out.,,", "Snuffer,,A cap that puts a flame out.,", 3, ""),
}


@pytest.mark.parametrize("case", IN_THE_GLOSSARY)
def test_a_fault_in_the_glossary_is_told_with_its_line(case: str, tmp_path: Path) -> None:
    old, new, line, words = IN_THE_GLOSSARY[case]
    folder = a_folder(tmp_path)
    change(folder / "glossary.csv", old, new)
    assert_told(folder, folder / "glossary.csv", line, words)


def test_a_missing_column_of_the_glossary_is_named(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / "glossary.csv", ",meaning,context,", ",means,context,")
    loaded, faults = base.load(folder)
    assert loaded.terms == ()
    assert "column meaning is missing; see content/README.md for the columns" in {fault.problem for fault in faults}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("review_months = 3", "review_months = 99"),
        ("review_months = 3", "review_months = 0"),
        ("iteration = 2", "iteration = 1.5"),
        ('family = "lantern"', 'family = "Lantern Family"'),
        ('reference = "RM6999"', 'reference = "an RM"'),
        ('"https://www.example.gov.uk/lantern"', '"www.example.gov.uk/lantern"'),
        ('as_of = 2026-08-10\ngrade = "official"', 'as_of = 2026-08-10\ngrade = "good"'),
        ("[ends]", '[term]\nmonths = -1\ntext = "x"\nsource = "page"\n[ends]'),
        ("[ends]", '[levy]\npercent = 100\ntext = "x"\nsource = "page"\n[ends]'),
        ("[ends]", '[levy]\npercent = "some"\ntext = "x"\nsource = "page"\n[ends]'),
        ("[ends]", '[direct_award]\nallowed = "maybe"\ntext = "x"\nsource = "page"\n[ends]'),
        ("reviewed = 2026-11-24", "reviewed = 2026-11-24T10:00:00"),
        ("iteration = 2", 'iteration = 2\nevents = "none"'),
    ],
)
def test_a_fault_is_told_in_plain_words_and_not_in_a_library_s(old: str, new: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / AGREEMENT_PATH, old, new)
    told = [fault.problem for fault in faults_of(folder) if fault.path.name == AGREEMENT_PATH.name]
    assert told
    assert not [problem for problem in told if any(word in problem for word in JARGON)]


def test_a_misspelt_key_of_a_table_is_never_corrected_to_a_key_of_another(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / AGREEMENT_PATH, 'on = 2026-01-12\nsource = "page"', 'on = 2026-01-12\nsorce = "page"')
    told = next(fault.problem for fault in faults_of(folder) if "sorce" in fault.problem)
    assert "did you mean sources?" not in told
    assert "did you mean source?" in told


@pytest.mark.parametrize(
    "text",
    ["No head at all.", "+++\nquestion = 1\n", "text before\n+++\n+++\nbody", "---\nquestion: yaml\n---\nbody\n"],
)
def test_an_entry_without_a_head_is_told(text: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / ENTRY_PATH).write_text(text)
    assert_told(folder, folder / ENTRY_PATH, 1, "must open with a head between two lines of +++")


@pytest.mark.parametrize("path", [AGREEMENT_PATH, ENTRY_PATH, Path("glossary.csv"), Path("curators.toml")])
def test_a_file_that_is_not_utf_8_is_told(path: Path, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / path).write_bytes(b'name = "caf\xe9"\n')
    assert_told(folder, folder / path, 1, "is not UTF-8 text; save it again as UTF-8")


@pytest.mark.parametrize("path", [AGREEMENT_PATH, ENTRY_PATH])
def test_an_empty_file_is_a_fault_and_not_a_record_that_vanished(path: Path, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / path).write_text("")
    assert [fault for fault in faults_of(folder) if fault.path == folder / path]


@pytest.mark.parametrize("name", ["glossary.csv", "curators.toml"])
def test_a_missing_file_is_told(name: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / name).unlink()
    assert_told(folder, folder / name, 1, "cannot be read; put the file back")


def test_every_fault_of_a_file_is_told_at_once_and_in_order(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / AGREEMENT_PATH, 'kind = "framework"', 'kind = "club"')
    change(folder / AGREEMENT_PATH, "on = 2028-01-11", 'on = "soon"')
    change(folder / ENTRY_PATH, 'stage = "manage"', 'stage = "party"')
    faults = faults_of(folder)
    assert len([fault for fault in faults if "must be" in fault.problem]) == 3
    assert faults == sorted(faults)


def test_a_fault_reads_as_path_line_and_problem() -> None:
    assert str(Fault(Path("content/a.toml"), 3, "is wrong; mend it")) == "content/a.toml:3: is wrong; mend it"


def faults_of(folder: Path) -> list[Fault]:
    return base.load(folder)[1]


def line_with(text: str, piece: str) -> int:
    assert text.count(piece) == 1, f"{piece!r} stands {text.count(piece)} times"
    return text[: text.index(piece)].count("\n") + 1


def assert_told(folder: Path, path: Path, line: int, words: str) -> None:
    faults = faults_of(folder)
    fitting = [fault for fault in faults if fault.path == path and words in fault.problem]
    assert fitting, f"{words!r} is not among {[str(fault) for fault in faults]}"
    assert {fault.line for fault in fitting} == {line}, fitting
