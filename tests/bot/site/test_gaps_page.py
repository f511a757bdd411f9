"""What is not here yet: no gap is lost, each stands under its topic with what is nearest and whose subject it is."""

from __future__ import annotations

import html
import json
import re

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.records import Gap
from bot.site.prose import literal
from bot.site.site import capital
from tests.bot.site.reading import Page
from tests.bot.site.test_pages import hostile, made, small
from tests.builders import a_base, a_gap, an_entry

ITEM = re.compile(r'<li>([^<]*)<p class="small">(.*?)</p>', re.DOTALL)
HEADING = re.compile(r"<h2[^>]*>([^<]*)</h2>")


@pytest.fixture(scope="module", params=["small", "hostile", "shipped"])
def base(request: pytest.FixtureRequest) -> KnowledgeBase:
    if request.param == "shipped":
        shipped: KnowledgeBase = request.getfixturevalue("real_shelf").replier.base
        return shipped
    return {"small": small, "hostile": hostile}[request.param]()


@pytest.fixture(scope="module")
def site(base: KnowledgeBase) -> dict[str, str]:
    return made(base)


def sections(text: str) -> dict[str, dict[str, str]]:
    """What stands below each subject of the page, by heading."""
    parts = text.split("<section")[1:]
    return {heading_of(part): {html.unescape(name): below for name, below in ITEM.findall(part)} for part in parts}


def heading_of(part: str) -> str:
    found = HEADING.search(part)
    assert found
    return found[1]


def linked(gap: Gap, base: KnowledgeBase) -> list[tuple[str, str]]:
    return [(f"entries/{slug}", base.entries[slug].question) for slug in gap.near]


def test_every_gap_is_on_the_page_with_its_nearest_entries_and_its_owner(
    base: KnowledgeBase, site: dict[str, str]
) -> None:
    items = {name: below for held in sections(site["gaps.html"]).values() for name, below in held.items()}
    assert set(items) == {capital(gap.subject) for gap in base.gaps.values()}
    for gap in base.gaps.values():
        shown = Page(items[capital(gap.subject)])
        assert shown.links == [f"{path}.html" for path, _ in linked(gap, base)]
        assert all(question in shown.text for _, question in linked(gap, base))
        assert shown.text.endswith(f"Owner: {base.curator_name(gap.curator)}.")


def test_every_topic_has_a_heading_that_counts_and_a_link_to_it_at_the_top(site: dict[str, str]) -> None:
    nav = site["gaps.html"].partition('aria-label="Topics"')[2].partition("</nav>")[0]
    marks = re.findall(r'<section aria-labelledby="([^"]+)"', site["gaps.html"])
    assert Page(nav).links == [f"#{mark}" for mark in marks] != []
    for heading, held in sections(site["gaps.html"]).items():
        assert f"({len(held)} subject" in heading
        assert f">{heading}</a>" in nav


def test_a_gap_stands_under_the_topic_of_its_nearest_entry_or_else_of_its_curator() -> None:
    found = {heading: list(held) for heading, held in sections(made(small())["gaps.html"]).items()}
    assert found == {
        "Lanterns (1 subject)": ["The colours in which lanterns are painted"],
        "Practice (1 subject)": ["A price for lamp oil"],
    }


def test_a_gap_with_nothing_near_it_says_so() -> None:
    below = sections(made(small())["gaps.html"])["Practice (1 subject)"]["A price for lamp oil"]
    assert below == "No entry is near. Owner: Buying practice curators."


def test_subjects_stand_in_alphabetical_order_whatever_their_article() -> None:
    subjects = ("the yard", "a zither", "an axe", "wicks of wool")
    base = a_base(entries=[an_entry()], gaps=[a_gap(subject=each) for each in subjects])
    (held,) = sections(made(base)["gaps.html"]).values()
    assert list(held) == ["An axe", "Wicks of wool", "The yard", "A zither"]


def test_an_entry_that_is_not_in_the_base_is_no_link() -> None:
    site = made(a_base(gaps=[a_gap(near=("left-out",))]))
    assert "left-out" not in site["gaps.html"] + site["gaps.md"]


def test_the_first_page_and_the_menu_lead_there_with_the_count(base: KnowledgeBase, site: dict[str, str]) -> None:
    many = len(base.gaps)
    counted = f"What is not here yet: {many:,} {'subject' if many == 1 else 'subjects'}"
    assert f'<a href="gaps.html">{counted}</a>' in site["index.html"]
    assert '<a href="../gaps.html">What is not here yet</a>' in site[next(each for each in site if "entries/" in each)]


def test_every_gap_is_in_the_json_without_the_ways_of_asking(base: KnowledgeBase, site: dict[str, str]) -> None:
    held = {each.pop("subject"): each for each in json.loads(site["base.json"])["gaps"]}
    assert held == {
        gap.subject: {"near": list(gap.near), "curator": gap.curator, "page": "gaps.html"}
        for gap in base.gaps.values()
    }  # fmt: skip


def test_every_gap_is_in_the_markdown(base: KnowledgeBase, site: dict[str, str]) -> None:
    lines = {line.partition(".** ")[0]: line for line in site["gaps.md"].split("\n") if line.startswith("- ")}
    assert len(lines) == len(base.gaps)
    for gap in base.gaps.values():
        line = lines[f"- **{literal(capital(gap.subject))}"]
        assert all(f"[{literal(question)}]({path}.md)" in line for path, question in linked(gap, base))
        assert line.endswith(f"Owner: {base.curator_name(gap.curator)}.")


def test_llms_txt_counts_the_gaps_of_each_topic(base: KnowledgeBase, site: dict[str, str]) -> None:
    _, _, after = site["llms.txt"].partition("## What is not here yet\n")
    lines = [line for line in after.partition("\n## ")[0].split("\n") if line]
    counts = [int(re.search(r"\(([\d,]+) subjects?\)", line)[1].replace(",", "")) for line in lines]  # type: ignore[index]
    assert sum(counts) == len(base.gaps)
    assert all("](gaps.md)" in line and "Owner: " in line for line in lines)


def test_no_way_of_asking_for_a_gap_is_told(base: KnowledgeBase, site: dict[str, str]) -> None:
    asked = next(iter(base.gaps.values())).asked[0]
    assert not [path for path, text in site.items() if asked in html.unescape(text)]
