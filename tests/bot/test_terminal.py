"""A reply in a terminal, and as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bot.errors import Problem
from bot.knowledge.reply import Outcome, Reply, Suggestion
from bot.terminal import LABELS, WIDTH, Page, as_json, read_batch
from tests.builders import TODAY, a_source

ANSWER = Reply(
    Outcome.ANSWER,
    "Trim the **wick** as the [guide](https://example.gov.uk/guide) says.",
    lines=("- Use scissors.", "", "Keep the trimmings."),
    caveats=("This was due.",),
    sources=(a_source(section="4"), a_source(title="Older", as_of="undated", url=None)),
    applies_to="must: councils; England",
    owner="Practice curators",
    reviewed=TODAY,
    entries=("trim-a-wick",),
    agreements=("RM6999",),
    suggestions=(Suggestion("What oil?", "entry:oil"),),
)


def test_a_page_says_everything_in_order() -> None:
    page = Page().draw(ANSWER)
    pieces = [
        "Answer",
        "Trim the wick",
        "- Use scissors.",
        "Keep the",
        "Check first",
        "- This was due.",
        "Sources",
        "- Lantern Services 2, agreement page (The Lantern Office, 4, as of 10 August 2026)",
        "- Older (The Lantern Office, undated)",
        "Owner:",
        "Applies to:",
        "Checked:",
        "As of:",
        "You can also ask",
        "- What oil?",
    ]
    places = [" ".join(page.split()).find(" ".join(piece.split())) for piece in pieces]
    assert -1 not in places
    assert places == sorted(places)
    assert "guide <https://example.gov.uk/guide>" in " ".join(page.split())
    assert "**" not in page


def test_plain_has_no_escape_codes_and_styled_has() -> None:
    assert "\x1b" not in Page(styled=False).draw(ANSWER)
    styled = Page(styled=True).draw(ANSWER)
    assert styled.count("\x1b[1m") == styled.count("\x1b[0m") > 0
    assert styled.replace("\x1b[1m", "").replace("\x1b[0m", "") == Page().draw(ANSWER)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_is_named(outcome: Outcome) -> None:
    page = Page().draw(Reply(outcome, "So.", sources=(a_source(),)))
    assert page.startswith(f"{LABELS[outcome]}\n\nSo.")


@pytest.mark.parametrize("width", [40, 60, WIDTH])
def test_lines_fit_the_width_but_for_words_that_cannot_be_broken(width: int) -> None:
    reply = Reply(Outcome.DONT_KNOW, "word " * 100, lines=(f"- {'item ' * 50}", "x" * 200))
    lines = Page(width).draw(reply).splitlines()
    assert all(len(line) <= width or " " not in line.strip() for line in lines)
    item = [line for line in lines if "item" in line]
    assert item[0].startswith("  - item")
    assert all(line.startswith("    item") for line in item[1:])


def test_no_control_character_reaches_the_terminal() -> None:
    codes = "".join(map(chr, [*range(9), *range(11, 32), *range(127, 160)]))
    bad = f"a{codes}[31mb"
    reply = Reply(
        Outcome.ANSWER,
        bad,
        lines=(bad, f"- {bad}"),
        caveats=(bad,),
        sources=(a_source(title=bad, publisher=bad),),
        applies_to=bad,
        owner=bad,
        suggestions=(Suggestion(bad, "entry:x"),),
    )
    page = Page(styled=False).draw(reply)
    assert not set(codes) & set(page)
    assert page.count("a") > 6


def test_json_has_these_keys_in_this_order() -> None:
    shown = as_json("how?", ANSWER)
    assert list(shown) == ["q", "outcome", "text", "entries", "agreements", "sources", "as_of", "suggestions"]
    assert (shown["q"], shown["outcome"], shown["text"]) == ("how?", "answer", ANSWER.text)
    assert (shown["entries"], shown["agreements"], shown["as_of"]) == (["trim-a-wick"], ["RM6999"], "undated")
    assert shown["suggestions"] == [{"label": "What oil?", "target": "entry:oil"}]
    assert shown["sources"][0] == {
        "title": "Lantern Services 2, agreement page",
        "publisher": "The Lantern Office",
        "url": "https://www.example.gov.uk/lantern",
        "section": "4",
        "as_of": "2026-08-10",
        "grade": "official",
    }
    assert json.loads(json.dumps(shown)) == shown


def test_json_without_sources_has_no_date() -> None:
    shown = as_json("", Reply(Outcome.DONT_KNOW, "I don't know."))
    assert (shown["as_of"], shown["sources"], shown["suggestions"]) == (None, [], [])


def test_a_batch_gives_questions_with_their_days() -> None:
    lines = ['{"q": "one"}', "", '{"q": "two", "on": "2026-10-28"}', '  {"q": "three", "on": null, "extra": 1}  ']
    assert list(read_batch(lines, TODAY)) == [("one", TODAY), ("two", date(2026, 10, 28)), ("three", TODAY)]


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "{",
        "[]",
        '"q"',
        "7",
        "null",
        "{}",
        '{"question": "x"}',
        '{"q": "x", "on": "soon"}',
        '{"q": "x", "on": 7}',
        '{"q": "x", "on": "2026-02-30"}',
        '{"q": null}',
        '{"q": ["x"]}',
    ],
)
def test_a_bad_line_of_a_batch_is_named(line: str) -> None:
    given = read_batch(['{"q": "fine"}', "", line, '{"q": "never reached"}'], TODAY)
    assert next(given) == ("fine", TODAY)
    with pytest.raises(Problem, match=r"^Line 3 is not a question\. Write one a line: "):
        next(given)


def test_every_kind_of_reply_is_drawn_without_trouble() -> None:
    bare: dict[str, Any] = {"outcome": Outcome.CLARIFY, "lead": ""}
    assert Page().draw(Reply(**bare)) == "Which one"
