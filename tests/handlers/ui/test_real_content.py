"""The content as it is shipped, drawn whole: every entry, every fact of every agreement, every term fits in Slack."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reply import Reply
from bot.knowledge.replying import Replier
from bot.knowledge.shelf import Shelf
from handlers.asking import target_of
from handlers.ui import blocks, home, limits, mrkdwn, reply
from handlers.ui.mine import Mine
from handlers.ui.reply import Showing
from sandbox.validation import faults_in_blocks, faults_in_view

ON = date(2026, 11, 24)
LATER = date(2031, 1, 1)
ASKED = "&" * 1000  # the worst question that can stand above a shared answer
Replies = Callable[[Replier, date], Iterator[tuple[str, Reply]]]


def entries(replier: Replier, on: date) -> Iterator[tuple[str, Reply]]:
    yield from ((slug, replier.open(f"entry:{slug}", on)) for slug in replier.base.entries)


def facts(replier: Replier, on: date) -> Iterator[tuple[str, Reply]]:
    facets = [name.removeprefix("fields.") for name in replier.base.words.sentences if name.startswith("fields.")]
    assert len(facets) > 10
    for reference in replier.base.agreements:
        for facet in facets:
            target = f"agreement:{reference}:{facet}"
            yield target, replier.open(target, on)


def terms(replier: Replier, on: date) -> Iterator[tuple[str, Reply]]:
    yield from ((term.term, replier.compose.terms([term])) for term in replier.base.terms)


def same_names(replier: Replier, on: date) -> Iterator[tuple[str, Reply]]:
    """Terms that share a name are explained together."""
    for name in {term.term for term in replier.base.terms}:
        yield name, replier.compose.terms([term for term in replier.base.terms if term.term == name])


def pairs(replier: Replier, on: date) -> Iterator[tuple[str, Reply]]:
    """Each agreement beside the largest one."""
    every = sorted(replier.base.agreements.values(), key=lambda each: len(each.model_dump_json()))
    for each in every[:-1]:
        yield f"{each.reference} and {every[-1].reference}", replier.compose.compare(each, every[-1], on)


@pytest.mark.parametrize("made", [entries, facts, terms, same_names, pairs])
@pytest.mark.parametrize("on", [ON, LATER])
def test_everything_that_can_be_said_fits_in_slack(real_shelf: Shelf, made: Replies, on: date) -> None:
    said = 0
    for what, told in made(real_shelf.replier, on):
        showing = Showing("0" * 32, private=True, curators=True, target=target_of(told), asked=ASKED)
        message = reply.render(told, showing)
        assert message.text.strip(), what
        assert len(message.text) < 3000, what
        assert limits.faults(message.blocks) == [], what
        assert faults_in_blocks(message.blocks, "message") == [], what
        assert len(json.dumps({"text": message.text, "blocks": message.blocks})) < 40_000, what
        said += 1
    assert said


@pytest.mark.parametrize("made", [entries, facts, terms, same_names, pairs])
def test_nothing_is_cut_from_what_is_said(real_shelf: Shelf, made: Replies) -> None:
    for what, told in made(real_shelf.replier, ON):
        drawn = reply.render(told, Showing("0" * 32)).blocks
        seen = "\n".join(_texts(drawn))
        for line in (told.lead, *told.lines, *told.caveats):
            for part in filter(None, (each.strip() for each in mrkdwn.of_markdown(line).splitlines())):
                assert part in seen, what


def _texts(parts: list[blocks.Block]) -> Iterator[str]:
    for part in parts:
        if part["type"] == "section":
            yield part["text"]["text"]
        elif part["type"] == "context":
            yield from (element["text"] for element in part["elements"])


@pytest.mark.parametrize("made", [entries, facts])
def test_every_button_is_one_that_the_bot_reads_back(real_shelf: Shelf, made: Replies) -> None:
    for what, told in made(real_shelf.replier, ON):
        drawn = reply.render(told, Showing("0" * 32, private=True, curators=True, target=target_of(told))).blocks
        for part in drawn:
            for button in part["elements"] if part["type"] == "actions" else ():
                pressed = reply.read(button)
                assert pressed.enquiry_id == "0" * 32, what
                if reply.SUGGESTION.match(button["action_id"]):
                    assert real_shelf.replier.open(pressed.target, ON).outcome == "answer", (what, pressed.target)


def test_nothing_in_the_content_comes_alive_but_links(real_shelf: Shelf) -> None:
    for made in (entries, terms):
        for what, told in made(real_shelf.replier, ON):
            for text in _texts(reply.render(told, Showing("0" * 32)).blocks):
                for live in re.findall(r"<[^>]*>?", text):
                    assert re.fullmatch(r"<https?://[^<>|\s]+\|[^<>]+>", live), (what, live)


@pytest.mark.parametrize("on", [ON, LATER])
def test_the_home_tab_fits(real_shelf: Shelf, on: date) -> None:
    base: KnowledgeBase = real_shelf.replier.base
    assert faults_in_view({"type": "home", "blocks": home.render(base, on, Mine())}) == []


def test_the_longest_entry_is_as_long_as_we_think(real_shelf: Shelf) -> None:
    """So that the tests above are known to have met long text: the longest takes more than one screen."""
    assert max(len(entry.body) for entry in real_shelf.replier.base.entries.values()) > 600
    assert max(len(each.model_dump_json()) for each in real_shelf.replier.base.agreements.values()) > 6000
