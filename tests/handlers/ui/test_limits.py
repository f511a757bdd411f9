"""What Slack refuses is caught before it leaves; text is cut at a word, and long text becomes several sections."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.ui import blocks, limits

LINE = st.text(alphabet="ab &<>", max_size=400)


def button(number: int = 0, **more: Any) -> dict[str, Any]:
    return {**blocks.button("Go", f"go_{number}", "v"), **more}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ([blocks.divider()] * 51, "51 blocks, and 50 is the most"),
        ([{"type": "section", "text": mrkdwn("x" * 3001)}], "a section of 3001 characters, and 3000 is the most"),
        ([{"type": "section", "text": mrkdwn("")}], "an empty section"),
        ([{"type": "context", "elements": [mrkdwn("")]}], "an empty context"),
        ([{"type": "context", "elements": [mrkdwn("x" * 3001)]}], "a context of 3001 characters, and 3000 is the most"),
        ([{"type": "header", "text": plain("x" * 151)}], "a header of 151 characters, and 150 is the most"),
        ([blocks.actions("a", [button(text=plain("x" * 76))])], "a button of 76 characters, and 75 is the most"),
        ([blocks.actions("a", [button(value="x" * 2001)])], "a value of 2001 characters, and 2000 is the most"),
        ([blocks.actions("a", [button(1), button(1)])], "action_id go_1 is used 2 times"),
        ([blocks.actions("a", [button()]), blocks.actions("a", [button()])], "block_id a is used 2 times"),
    ],
)
def test_what_slack_refuses_is_named(parts: list[dict[str, Any]], fault: str) -> None:
    assert limits.faults(parts) == [fault]


def test_what_slack_takes_has_no_fault() -> None:
    parts = [blocks.section("x" * 3000), blocks.header("x" * 150), blocks.context(["x"]), blocks.divider()]
    assert limits.faults([*parts, blocks.actions("a", [button(1), button(2)])]) == []
    assert limits.faults([]) == []


@given(st.text(max_size=300), st.integers(min_value=1, max_value=200))
def test_cut_text_fits_and_says_that_it_is_cut(text: str, limit: int) -> None:
    cut = blocks.cut(text, limit)
    assert len(cut) <= limit
    assert cut == text or cut.endswith("…")


def test_text_is_cut_at_a_word() -> None:
    assert blocks.cut("one two three", 10) == "one two…"
    assert blocks.cut("one two three", 13) == "one two three"


@given(st.lists(LINE, max_size=40))
def test_a_long_text_is_said_in_full_over_several_sections(lines: list[str]) -> None:
    made = blocks.sections("\n".join(lines))
    assert limits.faults(made) == []
    said = "\n".join(part["text"]["text"] for part in made)
    assert said.split() == "\n".join(lines).split()


def test_everything_our_builders_make_fits_whatever_it_is_given() -> None:
    long = "word " * 2000
    parts = [blocks.section(long), blocks.header(long), blocks.context([long] * 20)]
    parts.append(blocks.actions("a", [blocks.button(long, f"b{n}", "v", label=long) for n in range(40)]))
    assert limits.faults(parts) == []
    assert len(parts[2]["elements"]) == 10
    assert len(parts[3]["elements"]) == 25
    assert len(blocks.modal("c", long, [])["title"]["text"]) <= 24
