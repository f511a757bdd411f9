"""Records: what cannot be written down wrongly."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from bot.knowledge.records import Grade
from tests.builders import a_source, an_agreement, an_entry


def test_a_record_never_changes() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(an_entry(), "body", "Something else.")  # noqa: B010 - a type checker would refuse it


def test_a_record_takes_no_key_that_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="colour"):
        an_agreement(colour="red")


@pytest.mark.parametrize(
    "missing", ["reference", "name", "summary", "sources", "reviewed", "curator", "run_by", "kind"]
)
def test_an_agreement_has_at_least_its_names_and_sources(missing: str) -> None:
    values = an_agreement().model_dump(exclude={missing})
    with pytest.raises(ValidationError, match=missing):
        type(an_agreement()).model_validate(values)


@pytest.mark.parametrize(
    "overrides",
    [
        {"variants": ("one", "two")},
        {"sources": ()},
        {"slug": "Two Words"},
        {"review_months": 0},
        {"review_months": 25},
        {"nations": ()},
        {"nations": ("france",)},
        {"question": "   "},
        {"body": ""},
    ],
)
def test_an_entry_that_lacks_what_makes_it_one_is_refused(overrides: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        an_entry(**overrides)


@pytest.mark.parametrize(
    "url",
    ["www.example.gov.uk", "javascript:alert(1)", "ftp://example.gov.uk", "https://a b", "https://a|b", "https://a>b"],
)
def test_only_a_web_address_that_is_safe_in_slack_is_a_source_s_address(url: str) -> None:
    with pytest.raises(ValidationError, match="url"):
        a_source(url=url)


def test_every_fact_names_a_source_that_is_listed() -> None:
    with pytest.raises(ValidationError, match="ends: source 'leaflet' is not one of"):
        an_agreement(ends={"on": "2028-01-11", "source": "leaflet"})
    lots = [{"number": "1", "name": "One", "source": "page"}, {"number": "2", "name": "Two", "source": "leaflet"}]
    with pytest.raises(ValidationError, match=r"lots\[1\]: source 'leaflet'"):
        an_agreement(lots=lots)


def test_an_agreement_may_end_on_the_day_it_starts_but_not_before() -> None:
    start = an_agreement().starts
    assert start
    assert an_agreement(ends=start.on).ends == start
    with pytest.raises(ValidationError, match=r"ends\.on is before starts\.on"):
        an_agreement(ends={"on": "2026-01-11", "source": "page"})


def test_all_facts_of_an_agreement_are_found_by_name() -> None:
    lot = {"number": "1", "name": "Lanterns", "source": "page"}
    clash = {"about": "ends", "text": "The notice says otherwise.", "source": "page"}
    facts = an_agreement(lots=[lot], conflicts=[clash], levy="None.").facts()
    assert set(facts) == {"summary", "starts", "ends", "levy", "lots[0]", "conflicts[0]"}


def test_a_revision_changes_with_anything_in_the_entry() -> None:
    entry = an_entry()
    others = [an_entry(body="Other."), an_entry(assumption="Oil lamps."), an_entry(sources=(a_source(as_of="2025"),))]
    assert entry.revision == an_entry().revision
    assert len({entry.revision, *(other.revision for other in others)}) == 4
    assert len(entry.revision) == 12


def test_a_source_of_no_known_grade_is_refused() -> None:
    assert a_source(grade="press").grade is Grade.PRESS
    with pytest.raises(ValidationError, match="grade"):
        a_source(grade="hearsay")
