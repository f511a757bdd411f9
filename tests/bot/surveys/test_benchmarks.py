"""Published figures are read whole or not at all, and a fault is said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.faults import Fault
from bot.surveys.benchmarks import FILE, Benchmarks, load
from tests.builders import CONTENT

# surveys.md, B2: the median organisation in 2022, 2023 and 2024.
PUBLISHED = {
    "B18": (87.8, 87.5, 88.0),
    "B19": (84.6, 84.5, 85.4),
    "B20": (78.3, 78.4, 78.6),
    "B46": (52.7, 51.4, 51.0),
    "B56": (74.0, 73.1, 73.9),
    "B59B": (79.7, 80.1, 79.2),
    "B59C": (35.6, 37.3, 39.1),
}


def shipped() -> Benchmarks:
    faults: list[Fault] = []
    found = load(CONTENT, faults)
    assert faults == []
    assert found is not None
    return found


def faults_of(folder: Path, old: str, new: str) -> list[str]:
    """What is found when this is put for that in the shipped file, each with its line."""
    text = (CONTENT / FILE).read_text(encoding="utf-8")
    assert old in text
    (folder / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    faults: list[Fault] = []
    assert load(folder, faults) is None
    return [f"{fault.line}: {fault.problem}" for fault in faults]


def line_of(words: str) -> int:
    lines = (CONTENT / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_the_shipped_figures_are_those_of_the_source() -> None:
    found = {item.code: tuple(item.median[year] for year in (2022, 2023, 2024)) for item in shipped().items}
    assert found == PUBLISHED


def test_the_newest_year_is_the_one_to_print() -> None:
    item = shipped().item("B46")
    assert item is not None
    assert (item.year, item.median[item.year]) == (2024, 51.0)


def test_a_code_that_was_not_published_has_no_benchmark() -> None:
    assert shipped().item("B99") is None


def test_licence_and_caveat_come_with_the_figures() -> None:
    assert "Open Government Licence v3.0" in shipped().attribution
    assert "median organisation" in shipped().caveat


def test_a_figure_that_is_no_per_cent_is_found_with_its_line(tmp_path: Path) -> None:
    at = line_of("median = { 2022 = 84.6")
    assert faults_of(tmp_path, "2022 = 84.6", "2022 = 846") == [f"{at}: items.1.median.2022 must be 100.0 at most"]


def test_an_item_without_figures_is_found_with_its_line(tmp_path: Path) -> None:
    at = line_of("median = { 2022 = 87.8")
    found = faults_of(tmp_path, "{ 2022 = 87.8, 2023 = 87.5, 2024 = 88.0 }", "{}")
    assert found == [f"{at}: items.0.median needs at least 1 and has 0; add more"]


def test_a_code_for_two_items_is_found(tmp_path: Path) -> None:
    found = faults_of(tmp_path, 'code = "B19"', 'code = "B18"')
    assert found == ["1: the code B18 stands for two items; take one out or correct its code"]


@pytest.mark.parametrize("missing", ["caveat", "attribution"])
def test_figures_without_their_caveat_or_licence_are_not_read(tmp_path: Path, missing: str) -> None:
    assert faults_of(tmp_path, f"{missing} = ", f"# {missing} = ") == [f"1: {missing} is missing; add it"]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    faults: list[Fault] = []
    assert load(tmp_path, faults) is None
    assert [fault.path.name for fault in faults] == [FILE]
