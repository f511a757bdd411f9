"""What is said about one field of an agreement: the fact, or that it is not known; never a guess."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.knowledge.facts import Speaker, shaky
from bot.knowledge.records import Agreement, Grade
from bot.knowledge.words import FIELDS
from tests.builders import PAGE, TODAY, a_base, an_agreement, shipped_words

SAY = shipped_words().say
NAME = "Lantern Services 2"


def fact(**values: Any) -> dict[str, Any]:
    return {"source": "page", **values}


LOTS = [
    fact(number="1", name="Lanterns", direct_award="yes"),
    fact(number="2", name="Wicks", direct_award="no", note="Cotton only."),
    fact(number="3a", name="Oil"),
]
KNOWN: dict[str, Any] = {
    "direct_award": fact(allowed="some lots", text="Lot 1 only."),
    "further_competition": fact(allowed="yes", text="On every lot."),
    "how_to_buy": "Ask three lighters.",
    "term": fact(months=36, text="24 months and 12 more."),
    "who_can_use": "All lighthouses.",
    "not_for": fact(items=["candles", "torches"]),
    "levy": fact(percent=0.5, text="The supplier pays."),
    "value": "£4 million.",
    "replaces": fact(references=["RM6998"]),
    "replaced_by": fact(references=["RM7000"]),
    "lots": LOTS,
}


def say(field: str, agreement: Agreement, on: date = TODAY, lots: tuple[str, ...] = (), *others: Agreement) -> Any:
    return Speaker(a_base([agreement, *others]), on).say(field, agreement, lots)


@pytest.mark.parametrize(
    ("field", "sentence", "values"),
    [
        ("status", "status.open", {"reference": "RM6999", "starts": "12 January 2026", "ends": "11 January 2028"}),
        ("starts", "facts.starts_past", {"starts": "12 January 2026"}),
        ("ends", "facts.ends_future", {"ends": "11 January 2028"}),
        ("direct_award", "facts.direct_award_some", {"text": "Lot 1 only."}),
        ("further_competition", "facts.further_competition_yes", {"text": "On every lot."}),
        ("how_to_buy", "facts.how_to_buy", {"text": "Ask three lighters."}),
        ("term", "facts.term", {"duration": "36 months", "text": "24 months and 12 more."}),
        ("who_can_use", "facts.who_can_use", {"text": "All lighthouses."}),
        ("not_for", "facts.not_for", {"items": "candles; torches"}),
        ("levy", "facts.levy", {"percent": "0.5", "text": "The supplier pays."}),
        ("value", "facts.value", {"text": "£4 million."}),
        ("replaces", "facts.replaces", {"others": "RM6998"}),
        ("lots", "facts.lots", {"count": 3}),
        ("regime", "facts.regime", {"law": SAY("laws.PA23")}),
        ("reference", "facts.reference", {"reference": "RM6999", "run_by": "The Lantern Office"}),
        ("run_by", "facts.run_by", {"run_by": "The Lantern Office"}),
        ("overview", "facts.overview", {"reference": "RM6999", "summary": "Lanterns and the care of lanterns."}),
    ],
)
def test_a_fact_that_is_known_is_said_with_its_source(field: str, sentence: str, values: dict[str, Any]) -> None:
    said = say(field, an_agreement(**KNOWN))
    assert said.lead == SAY(sentence, name=NAME, **values)
    assert said.known
    assert said.facts


@pytest.mark.parametrize("field", [*[field for field in KNOWN if field != "lots"], "starts", "ends", "regime", "lots"])
def test_a_fact_that_is_not_known_is_said_to_be_unknown(field: str) -> None:
    agreement = an_agreement(starts=None, ends=None, regime="unknown")
    said = say(field, agreement)
    assert said.lead == SAY("facts.unknown", field=SAY(f"fields.{field}"), name=NAME)
    assert (said.known, said.facts) == (False, ())


def test_every_field_that_has_a_name_can_be_spoken_of() -> None:
    speaker, agreement = Speaker(a_base([an_agreement(**KNOWN)]), TODAY), an_agreement(**KNOWN)
    assert all(NAME in speaker.say(field, agreement).lead for field in FIELDS)


@pytest.mark.parametrize(("allowed", "ending"), [("yes", "yes"), ("no", "no"), ("some lots", "some")])
@pytest.mark.parametrize("way", ["direct_award", "further_competition"])
def test_each_answer_to_may_we_has_its_own_sentence(way: str, allowed: str, ending: str) -> None:
    said = say(way, an_agreement(**{way: fact(allowed=allowed, text="As the guide says.")}))
    assert said.lead == SAY(f"facts.{way}_{ending}", name=NAME, text="As the guide says.")


@pytest.mark.parametrize("way", ["direct_award", "further_competition"])
def test_a_false_premise_is_corrected_in_the_first_words(way: str) -> None:
    said = say(way, an_agreement(**{way: fact(allowed="no", text="Compete.")}))
    assert said.lead.startswith("You can't ")


def test_a_term_without_a_figure_is_given_in_its_own_words() -> None:
    said = say("term", an_agreement(term="As long as the oil lasts."))
    assert said.lead == SAY("facts.term_text", name=NAME, text="As long as the oil lasts.")


def test_a_levy_without_a_figure_is_given_in_its_own_words() -> None:
    assert say("levy", an_agreement(levy="None known.")).lead == SAY("facts.levy_text", name=NAME, text="None known.")


def test_a_levy_of_nothing_is_said_to_be_nought() -> None:
    lead = say("levy", an_agreement(levy=fact(percent=0, text="There is none."))).lead
    assert lead == SAY("facts.levy", name=NAME, percent="0", text="There is none.")


@pytest.mark.parametrize(
    ("field", "on", "sentence"),
    [
        ("starts", date(2026, 1, 11), "facts.starts_future"),
        ("starts", date(2026, 1, 12), "facts.starts_past"),
        ("ends", date(2028, 1, 11), "facts.ends_future"),
        ("ends", date(2028, 1, 12), "facts.ends_past"),
    ],
)
def test_a_date_is_past_or_to_come_by_the_day_of_asking(field: str, on: date, sentence: str) -> None:
    said = say(field, an_agreement(), on)
    assert said.lead == SAY(sentence, name=NAME, starts="12 January 2026", ends="11 January 2028")


def test_a_start_known_only_from_a_plan_is_not_said_to_have_happened() -> None:
    planned = an_agreement(sources={"page": PAGE | {"as_of": date(2025, 12, 1)}})
    assert say("starts", planned).lead == SAY("facts.starts_due", name=NAME, starts="12 January 2026")


def test_an_end_that_has_passed_is_told_with_what_follows_and_how_old_the_source_is() -> None:
    ended = an_agreement(replaced_by=fact(references=["RM7000"]))
    next_one = an_agreement(reference="RM7000", name="Lantern Services 3", starts=date(2028, 1, 1), ends=None)
    said = say("ends", ended, date(2028, 2, 1), (), next_one)
    assert said.lines == (SAY("facts.replaced_by", name=NAME, others="Lantern Services 3 (RM7000)"),)
    assert said.caveats == (SAY("caveats.end_unconfirmed", as_of=ended.sources["page"].as_of),)


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        (TODAY - timedelta(days=400), "facts.replaced_by"),
        (TODAY, "facts.replaced_by"),
        (TODAY + timedelta(days=1), "facts.replaced_by_planned"),
        (None, "facts.replaced_by_planned"),
    ],
)
def test_a_successor_follows_or_is_to_follow(starts: date | None, sentence: str) -> None:
    successor = an_agreement(reference="RM7000", name="Lantern Services 3", starts=starts, ends=None)
    said = say("replaced_by", an_agreement(replaced_by=fact(references=["RM7000"])), TODAY, (), successor)
    assert said.lead == SAY(sentence, name=NAME, others="Lantern Services 3 (RM7000)")
    assert "Lantern Services 3 (RM7000)" in said.lines[-1]


@pytest.mark.parametrize("field", ["direct_award", "further_competition", "how_to_buy"])
@pytest.mark.parametrize(("on", "state"), [(date(2026, 1, 11), "planned"), (date(2028, 1, 12), "ended")])
def test_who_wants_to_buy_hears_first_that_it_is_not_open(field: str, on: date, state: str) -> None:
    agreement = an_agreement(**KNOWN)
    said = say(field, agreement, on)
    dates = {"starts": "12 January 2026", "ends": "11 January 2028"}
    assert said.lead == SAY(f"status.{state}", name=NAME, reference="RM6999", **dates)
    assert said.lines[0] == say(field, agreement, TODAY).lead
    assert {agreement.starts, agreement.ends} <= set(said.facts)


def test_who_wants_to_buy_from_what_has_ended_hears_so_even_when_the_rest_is_unknown() -> None:
    said = say("direct_award", an_agreement(), date(2028, 1, 12))
    assert said.known
    assert said.lines[0] == SAY("facts.unknown", field=SAY("fields.direct_award"), name=NAME)


@pytest.mark.parametrize(
    ("field", "number", "sentence", "lot", "lot_name"),
    [
        ("direct_award", "1", "facts.lot_direct_award_yes", "1", "Lanterns"),
        ("direct_award", "2", "facts.lot_direct_award_no", "2", "Wicks"),
        ("lots", "3a", "facts.lot", "3a", "Oil"),
        ("overview", "2", "facts.lot", "2", "Wicks"),
    ],
)
def test_a_lot_is_spoken_of_by_its_number(field: str, number: str, sentence: str, lot: str, lot_name: str) -> None:
    said = say(field, an_agreement(**KNOWN), TODAY, (number,))
    assert said.lead == SAY(sentence, name=NAME, lot=lot, lot_name=lot_name)


def test_a_lot_that_says_nothing_of_itself_gets_what_is_known_of_the_whole() -> None:
    said = say("direct_award", an_agreement(**KNOWN), TODAY, ("3a",))
    assert said.lead == SAY("facts.direct_award_some", name=NAME, text="Lot 1 only.")


def test_whether_a_lot_that_does_not_exist_is_open_is_answered_with_that_it_does_not() -> None:
    said = say("status", an_agreement(**KNOWN), TODAY, ("9",))
    assert SAY("facts.no_such_lot", name=NAME, lot="9") in (said.lead, *said.lines, *said.caveats)


@pytest.mark.parametrize("field", ["lots", "direct_award", "overview"])
def test_a_lot_that_does_not_exist_is_said_not_to(field: str) -> None:
    said = say(field, an_agreement(**KNOWN), TODAY, ("9",))
    assert said.lead == SAY("facts.no_such_lot", name=NAME, lot="9")
    assert said.lines[-3:] == ("- 1: Lanterns", "- 2: Wicks", "- 3a: Oil")


def test_a_lot_of_an_agreement_whose_lots_are_unknown_is_unknown() -> None:
    assert not say("lots", an_agreement(), TODAY, ("1",)).known


@pytest.mark.parametrize("on", [TODAY, date(2028, 1, 12)])
def test_whether_a_lot_is_open_is_answered_with_whether_the_agreement_is(on: date) -> None:
    agreement = an_agreement(**KNOWN)
    said = say("status", agreement, on, ("1",))
    assert say("status", agreement, on).lead in (said.lead, *said.lines)


def test_a_single_lot_is_one_lot() -> None:
    assert say("lots", an_agreement(lots=LOTS[:1])).lead == SAY("facts.one_lot", name=NAME)


CLASH = {"about": "ends", "text": "The notice gives 2029.", "source": "notice"}
TWO_SOURCES = {"page": PAGE, "notice": PAGE | {"title": "The notice", "as_of": "2025-11"}}


@pytest.mark.parametrize(("field", "shown"), [("ends", True), ("status", True), ("overview", True), ("levy", False)])
def test_sources_that_disagree_are_both_shown_where_it_matters(field: str, *, shown: bool) -> None:
    agreement = an_agreement(**KNOWN, conflicts=[CLASH], sources=TWO_SOURCES)
    said = say(field, agreement)
    told = SAY("caveats.conflict", text="The notice gives 2029.", title="The notice", as_of="November 2025")
    assert (told in said.caveats) is shown
    assert (agreement.conflicts[0] in said.facts) is shown


def test_a_disagreement_about_awarding_is_shown_for_a_lot_too() -> None:
    clash = CLASH | {"about": "direct_award", "text": "The guide says no."}
    said = say("direct_award", an_agreement(**KNOWN, conflicts=[clash], sources=TWO_SOURCES), TODAY, ("1",))
    assert any("The guide says no." in caveat for caveat in said.caveats)


def test_a_note_is_given_with_its_fact() -> None:
    ends = fact(on=date(2028, 1, 11), note="After one extension.")
    assert "After one extension." in say("ends", an_agreement(ends=ends)).lines
    assert "After one extension." in say("status", an_agreement(ends=ends)).lines


@pytest.mark.parametrize(
    ("grade", "told"),
    [
        ("official", {}),
        ("notice copy", {}),
        ("quoted", {}),
        ("press", {Grade.PRESS: ["levy"]}),
        ("third party", {Grade.THIRD_PARTY: ["levy"]}),
    ],
)
def test_a_fact_from_the_press_or_a_third_party_is_shaky(grade: str, told: dict[Grade, list[str]]) -> None:
    agreement = an_agreement(**KNOWN, sources={"page": PAGE | {"grade": grade}})
    assert shaky(say("levy", agreement)) == told


def test_what_is_said_of_the_next_agreement_is_cited_too() -> None:
    ended = an_agreement(replaced_by=fact(references=["RM7000"]))
    theirs = {"page": PAGE | {"title": "The next page"}}
    next_one = an_agreement(reference="RM7000", name="Lantern Services 3", sources=theirs)
    said = say("replaced_by", ended, TODAY, (), next_one)
    assert any("Lantern Services 3 (RM7000) is" in line for line in said.lines)
    assert "The next page" in {source.title for source in said.sources}
