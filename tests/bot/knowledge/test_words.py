"""The sentences that are made from facts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.knowledge import words
from bot.knowledge.faults import Fault
from tests.builders import CONTENT, a_folder, change, shipped_words

KNOWLEDGE = Path(words.__file__).parent


def test_words_in_braces_are_filled_in_and_no_blanks_are_left_over() -> None:
    said = shipped_words().say("facts.levy", name="Lantern 2", percent="0.5", text="")
    assert "Lantern 2" in said
    assert "0.5" in said
    assert said == " ".join(said.split())


def test_braces_in_a_value_are_not_filled_in_again() -> None:
    assert "{name}" in shipped_words().say("caveats.assumption", assumption="{name} is a brace")


def test_every_sentence_can_be_said() -> None:
    said = {name: shipped_words().say(name, **dict.fromkeys(braces, "X")) for name, braces in words.NEEDED.items()}
    assert {name: text for name, text in said.items() if not text or re.search(r"[{}]", text)} == {}


@pytest.mark.parametrize("name", ["status.open", "facts.levy", "outcomes.dont_know", "grades.third party"])
def test_a_missing_sentence_is_told(name: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    table, _, key = name.partition(".")
    text = (folder / "words.toml").read_text()
    kept, inside = [], False
    for line in text.splitlines():
        inside = line == f"[{table}]" if line.startswith("[") else inside
        if not (inside and re.match(rf'"?{key}"? =', line)):
            kept.append(line)
    (folder / "words.toml").write_text("\n".join(kept))
    with pytest.raises(ContentError, match=re.escape(f"{name} is missing; put the line back")):
        words.load(folder, [])


@pytest.mark.parametrize(
    "brace", ["{colour}", "{0}", "{}", "{name.x}", "{name[0]}", "{name", "name}", "{name:date}", "{name:{colour}}"]
)
def test_words_in_braces_that_cannot_be_filled_in_are_told_with_their_line(brace: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    path = folder / "words.toml"
    old = next(line for line in path.read_text().splitlines() if line.startswith("one_lot = "))
    text = change(path, old, f'one_lot = "One lot {brace}"')
    line = text[: text.index("one_lot =")].count("\n") + 1
    with pytest.raises(ContentError, match=re.escape(f"words.toml:{line}: facts.one_lot")):
        words.load(folder, [])


def test_a_sentence_that_nobody_uses_is_a_fault_but_does_no_harm(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    text = change(folder / "words.toml", "[facts]\n", '[facts]\nidle = "Never said."\n')
    faults: list[Fault] = []
    assert words.load(folder, faults).say("facts.idle") == "Never said."
    line = text[: text.index("idle =")].count("\n") + 1
    assert [(fault.line, fault.problem.split(";")[0]) for fault in faults] == [
        (line, "facts.idle is not a sentence that the bot uses")
    ]


@pytest.mark.parametrize("line", ["one_lot = 3", 'one_lot = ["a", "b"]', "one_lot = true"])
def test_a_sentence_that_is_not_text_is_told(line: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    path = folder / "words.toml"
    old = next(each for each in path.read_text().splitlines() if each.startswith("one_lot = "))
    change(path, old, line)
    with pytest.raises(ContentError, match=r"words\.toml"):
        words.load(folder, [])


def test_a_key_outside_every_table_is_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    path = folder / "words.toml"
    path.write_text(f'stray = "x"\n{path.read_text()}')
    faults: list[Fault] = []
    told = ""
    try:
        words.load(folder, faults)
    except ContentError as error:
        told = str(error)
    assert "stray" in told + "".join(map(str, faults))


def test_the_shipped_file_holds_the_needed_sentences_and_no_others() -> None:
    tables = tomllib.loads((CONTENT / "words.toml").read_text(encoding="utf-8"))
    assert {f"{table}.{name}" for table, lines in tables.items() for name in lines} == set(words.NEEDED)


@pytest.mark.parametrize("name", sorted(n for n in words.NEEDED if n.split(".")[0] in ("caveats", "outcomes", "facts")))
def test_every_sentence_that_a_curator_must_write_is_said_somewhere(name: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in KNOWLEDGE.glob("*.py") if path.name != "words.py")
    made = re.compile(r'f"((?:facts|caveats|outcomes)\.[a-z_{}.]+)"').findall(code)
    patterns = [re.sub(r"\\{[^}]*\\}", "[a-z_]+", re.escape(each)) for each in made]
    known_by_field = name.removeprefix("facts.") in words.FIELDS
    key = name.partition(".")[2]
    literal = f'"{name}"' in code or f'"{key}"' in code
    assert (
        literal
        or known_by_field
        or any(re.fullmatch(pattern, name) for pattern in patterns if pattern not in (r"facts\.[a-z_]+",))
    ), f"{name} is asked of curators and never said"
