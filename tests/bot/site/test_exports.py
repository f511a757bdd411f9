"""The base for programs: every export can be parsed, and holds every record."""

from __future__ import annotations

import json
import re
from datetime import date

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.shelf import Shelf
from tests.bot.site.test_pages import hostile, made, small
from tests.builders import a_base, an_entry


def test_the_whole_base_is_one_json_file(real_shelf: Shelf) -> None:
    base = real_shelf.replier.base
    held = json.loads(made(base)["base.json"])
    assert {each["reference"] for each in held["agreements"]} == set(base.agreements)
    assert {each["slug"] for each in held["entries"]} == set(base.entries)
    assert {each["subject"] for each in held["gaps"]} == set(base.gaps)
    assert len(held["terms"]) == len(base.terms)
    assert {each["slug"] for each in held["curators"]} == set(base.curators)
    assert all(each["sources"] for each in (*held["entries"], *held["agreements"]))
    assert all(each["status"]["text"] for each in held["agreements"])


def test_questions_and_answers_are_a_faq_page(real_shelf: Shelf) -> None:
    base = real_shelf.replier.base
    faq = json.loads(made(base)["faq.jsonld"])
    assert (faq["@context"], faq["@type"], faq["inLanguage"]) == ("https://schema.org", "FAQPage", "en-GB")
    asked = {each["name"] for each in faq["mainEntity"]}
    held = {entry.question for entry in base.entries.values() if _holds(entry.effective_from, entry.expires_on)}
    assert asked == held
    for each in faq["mainEntity"]:
        assert each["@type"] == "Question"
        assert each["acceptedAnswer"]["text"]
        assert all(cited["name"] for cited in each["acceptedAnswer"]["citation"])


def _holds(first: date | None, last: date | None) -> bool:
    on = date(2026, 11, 24)
    return (first or on) <= on <= (last or on)


def test_an_answer_outside_its_dates_is_no_question_and_says_so_in_the_base() -> None:
    site = made(a_base(entries=[an_entry(expires_on=date(2026, 11, 23))]))
    assert json.loads(site["faq.jsonld"])["mainEntity"] == []
    assert json.loads(site["base.json"])["entries"][0]["in_force"] is False


def test_llms_txt_links_to_every_record_as_markdown(real_shelf: Shelf) -> None:
    base = real_shelf.replier.base
    _links_to_all(base)
    _links_to_all(small())


def _links_to_all(base: KnowledgeBase) -> None:
    site = made(base)
    lines = site["llms.txt"].split("\n")
    assert lines[0].startswith("# ")
    assert lines[2].startswith("> ")
    linked = set(re.findall(r"\]\(([^)]+)\)", site["llms.txt"]))
    assert linked >= {path for path in site if path.endswith(".md")}
    assert linked <= set(site)


def test_hostile_text_ends_no_script_around_an_export() -> None:
    site = made(hostile())
    for name in ("base.json", "faq.jsonld"):
        assert "<" not in site[name]
        json.loads(site[name])
    answer = json.loads(site["faq.jsonld"])["mainEntity"][0]["acceptedAnswer"]["text"]
    assert "<script" not in answer
    assert "javascript:" not in re.findall(r'href="([^"]*)"', answer)
