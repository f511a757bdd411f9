"""The reader's site: all is on it, all can be reached and read, and hostile text stays text."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.words import Words
from bot.site import wording
from bot.site.pages import pages
from tests.bot.site.reading import Page, is_outward, target
from tests.builders import CONTENT, TODAY, a_base, a_gap, a_source, a_term, an_agreement, an_entry

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> \" onmouseover=alert(1) ' & **b** [x](javascript:alert(1))"
)


@cache
def words() -> Words:
    return wording.load(CONTENT, [])


def made(base: KnowledgeBase, on: date = TODAY) -> dict[str, str]:
    return pages(base, on, words())


def small() -> KnowledgeBase:
    """One agreement that is open and one that has ended, an entry about the first, two terms, two gaps."""
    ended = an_agreement(
        reference="RM6998", name="Lantern Services 1", also_called=(), iteration=1,
        starts=date(2022, 1, 1), ends=date(2024, 1, 1),
    )  # fmt: skip
    entry = an_entry(agreements=("RM6999",))
    far = a_gap(subject="a price for lamp oil", near=())
    return a_base([an_agreement(), ended], [entry], [a_term(), a_term(term="Snuffer", stands_for="")], [a_gap(), far])


def hostile() -> KnowledgeBase:
    """The same with hostile text wherever a curator writes."""
    source = a_source(title=HOSTILE, publisher=HOSTILE)
    agreement = an_agreement(name=HOSTILE, run_by=HOSTILE, summary=HOSTILE, also_called=(HOSTILE,))
    entry = an_entry(question=HOSTILE, variants=(HOSTILE, "b", "c"), body=HOSTILE, sources=(source,))
    term = a_term(term="<b>WTS</b>", meaning=HOSTILE, source=source)
    return a_base([agreement], [entry], [term], [a_gap(subject=HOSTILE)])


@pytest.fixture(scope="module", params=["small", "hostile", "shipped"])
def site(request: pytest.FixtureRequest) -> dict[str, str]:
    if request.param == "shipped":
        base: KnowledgeBase = request.getfixturevalue("real_shelf").replier.base
        return made(base)
    return made({"small": small, "hostile": hostile}[request.param]())


@pytest.fixture(scope="module")
def read(site: dict[str, str]) -> dict[str, Page]:
    return {path: Page(text) for path, text in site.items() if path.endswith(".html")}


def test_every_link_within_the_site_leads_somewhere(site: dict[str, str], read: dict[str, Page]) -> None:
    broken = []
    for here, page in read.items():
        for path, mark in {target(here, href) for href in page.links if not is_outward(href)}:
            if path not in site or (mark and mark not in read[path].ids):
                broken.append((here, path, mark))
    assert broken == []


def test_every_page_can_be_reached_from_the_first(read: dict[str, Page]) -> None:
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        here = ahead.pop()
        found = {target(here, href)[0] for href in read[here].links if not is_outward(href)} & read.keys()
        ahead += found - reached
        reached |= found
    assert reached == set(read)


def test_every_page_is_whole_and_can_be_read_aloud(read: dict[str, Page]) -> None:
    for here, page in read.items():
        assert page.astray == [], here
        assert page.all("html")[0]["lang"] == "en-GB", here
        assert page.headings[0] == "h1", here
        assert page.headings.count("h1") == 1, here
        assert "h3" not in page.headings or "h2" in page.headings[: page.headings.index("h3")], here
        assert len(page.ids) == len(set(page.ids)), here
        skip = next(each for each in page.all("a") if each.get("class") == "skip")
        assert skip["href"].removeprefix("#") in page.ids, here
        assert all(each.get("aria-label") for each in page.all("nav")), here
        assert all(each["aria-labelledby"] in page.ids for each in page.all("section")), here
        assert all(each.get("scope") for each in page.all("th")), here
        assert len(page.all("caption")) == len(page.all("table")), here
        assert len(page.all("title")) == len(page.all("main")) == 1, here


def test_no_page_runs_anything_or_links_to_anything_but_the_web(read: dict[str, Page]) -> None:
    for here, page in read.items():
        names = {name for name, _ in page.elements}
        assert not names & {"script", "img", "iframe", "object", "embed", "form", "base", "style"}, here
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")], here
        assert not [href for href in page.links if ":" in href.split("/")[0] and not is_outward(href)], here


def test_hostile_text_is_shown_as_it_is() -> None:
    site = made(hostile())
    shown = Page(site["entries/trim-a-wick.html"])
    assert "<script>alert(1)</script>" in shown.text
    assert HOSTILE in shown.text
    assert HOSTILE in Page(site["gaps.html"]).text
    for path in ("entries/trim-a-wick.md", "gaps.md"):
        assert "<script>" not in site[path].replace(r"\<script", "")


def test_every_record_is_on_its_own_page_and_in_the_lists(site: dict[str, str], read: dict[str, Page]) -> None:
    for folder, listed in (("agreements/", "agreements.html"), ("entries/", "a-z.html")):
        own = {path for path in read if path.startswith(folder)}
        assert own
        assert own <= {target(listed, href)[0] for href in read[listed].links}
        assert own <= {target("a-z.html", href)[0] for href in read["a-z.html"].links}
        assert own <= {target("last-reviewed.html", href)[0] for href in read["last-reviewed.html"].links}
    topics = {path for path in read if path.startswith("topics/")}
    assert topics == {target("topics.html", href)[0] for href in read["topics.html"].links} & topics
    in_topics = {target(here, href)[0] for here in topics for href in read[here].links}
    assert {path for path in read if path.startswith("entries/")} <= in_topics
    assert all(path.replace(".html", ".md") in site for path in read if path.startswith(("agreements/", "entries/")))


def test_an_agreement_stands_with_its_status_on_the_day() -> None:
    def standing(on: date) -> str:
        return Page(made(small(), on)["agreements/rm6999.html"]).text

    assert "Status on 24 November 2026: Open" in standing(TODAY)
    assert "Status on 12 January 2028: Open" not in standing(date(2028, 1, 12))
    assert "Status on 12 January 2028: Ended" in standing(date(2028, 1, 12))


def test_the_list_of_agreements_has_the_open_ones_first() -> None:
    text = Page(made(small())["agreements.html"]).text
    assert text.index("Lantern Services 2") < text.index("Lantern Services 1")


def test_a_term_stands_with_its_meaning_and_its_source() -> None:
    page = Page(made(small())["glossary.html"])
    assert "The days on which wicks are trimmed." in page.text
    assert "Lantern glossary" in page.text


def test_what_is_overdue_says_so() -> None:
    later = Page(made(small(), date(2030, 1, 1))["last-reviewed.html"]).text
    assert "overdue" in later.lower()
    assert "24 November 2026" in later


def test_the_same_base_on_the_same_day_gives_the_same_files() -> None:
    assert made(small()) == made(small())


def test_sentences_that_are_missing_or_idle_are_told(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    text = (CONTENT / "site.toml").read_text(encoding="utf-8")
    (tmp_path / "site.toml").write_text(f'{text}\n[idle]\nsentence = "Nobody says this."\n', encoding="utf-8")
    faults: list[Fault] = []
    wording.load(tmp_path, faults)
    assert any("idle.sentence" in str(fault) for fault in faults)
