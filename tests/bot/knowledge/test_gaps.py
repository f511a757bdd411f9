"""Known gaps: what people ask and nothing here answers is named as such, and no entry near it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import base
from bot.knowledge.check import findings
from bot.knowledge.reply import Outcome
from bot.knowledge.replying import BELIEVED
from tests.builders import TODAY, a_folder, a_gap, a_replier, an_entry, shipped_words

SAY = shipped_words().say
GAPS = Path("gaps/lanterns.toml")
PAINT = """[[gap]]
subject = "the colours in which lanterns are painted"
near = ["trim-a-wick"]
curator = "practice"
asked = [
    "what colour is a lantern painted",
    "may I paint my lantern red",
    "paint for lanterns",
]
"""
SURE = a_replier(entries=[an_entry()], gaps=[a_gap()])


def a_folder_with(folder: Path, gaps: str) -> Path:
    """The sound folder, and a file of gaps in it."""
    (a_folder(folder) / GAPS).parent.mkdir()
    (folder / GAPS).write_text(gaps, encoding="utf-8")
    return folder


@pytest.mark.parametrize("enquiry", ["paint for lanterns", "Which paint and what colour is allowed for lanterns?"])
def test_a_gap_is_named_with_what_is_nearest_and_whom_to_ask(enquiry: str) -> None:
    reply = SURE.reply(enquiry, TODAY)
    assert (reply.outcome, reply.entries, reply.sources) == (Outcome.DONT_KNOW, (), ())
    assert reply.lead == SAY("outcomes.gap", subject=a_gap().subject)
    assert [each.target for each in reply.suggestions] == ["entry:trim-a-wick"]
    assert reply.owner
    assert reply.owner in reply.text


def test_a_plain_gap_goes_before_a_word_that_is_not_for_us_but_not_before_a_dispute() -> None:
    assert SURE.reply("what colour is a lantern painted in France", TODAY).lead == SAY(
        "outcomes.gap", subject=a_gap().subject
    )
    assert SURE.reply("what colour is a lantern painted, they sue us", TODAY).outcome is Outcome.OUT_OF_SCOPE


def test_gaps_that_share_belief_are_still_no_answer() -> None:
    painters = a_gap(subject="painters", asked=("who paints my lantern", "a painter for my red lantern", "paint shop"))
    prices = a_gap(
        subject="prices of paint", asked=("what does red lantern paint cost", "lantern paint price", "price")
    )
    replier = a_replier(entries=[an_entry()], gaps=[a_gap(), painters, prices])
    first = replier.find("red paint on my lantern").matches[0]
    assert first.belief < BELIEVED
    assert replier.reply("red paint on my lantern", TODAY).lead == SAY("outcomes.gap", subject=first.name)


def test_what_an_entry_answers_is_no_gap() -> None:
    assert SURE.reply("wick trimming rules", TODAY).entries == ("trim-a-wick",)


def test_gaps_are_read_by_subject(tmp_path: Path) -> None:
    loaded, faults = base.load(a_folder_with(tmp_path, PAINT))
    assert (faults, dict(loaded.gaps)) == ([], {a_gap().subject: a_gap()})


@pytest.mark.parametrize(
    ("wrong", "line", "said"),
    [
        (PAINT.replace("trim-a-wick", "trim-a-sail"), 2, "there is no entry trim-a-sail"),
        (PAINT.replace('"practice"', '"painters"'), 2, "curator painters is not in content/curators.toml"),
        (PAINT + PAINT, 1, "is already taken by"),
        (PAINT.replace('    "paint for lanterns",\n', ""), 2, "asked"),
        (PAINT.replace("asked = [", "asked = "), 6, "cannot be read as TOML: key with no value"),
    ],
)
def test_a_faulty_gap_is_told_with_file_and_line(wrong: str, line: int, said: str, tmp_path: Path) -> None:
    faults = base.load(a_folder_with(tmp_path, wrong))[1]
    assert [(fault.path, fault.line) for fault in faults] == [(tmp_path / GAPS, line)]
    assert said in faults[0].problem


def test_a_gap_asked_for_in_an_entrys_words_is_a_fault(tmp_path: Path) -> None:
    folder = a_folder_with(tmp_path, PAINT.replace("paint for lanterns", "wick trimming rules"))
    told = [str(fault) for fault in findings(folder, TODAY).faults]
    assert any("lanterns.toml:2: " in each and "also stands in trim-a-wick" in each for each in told), told


def test_a_gap_of_its_own_is_without_fault(tmp_path: Path) -> None:
    assert [
        fault for fault in findings(a_folder_with(tmp_path, PAINT), TODAY).faults if fault.path.name == GAPS.name
    ] == []
