"""Which subjects an enquiry is about, other words for the same thing, and how sure one may be."""

from __future__ import annotations

import pytest

from bot.knowledge.confidence import MEANING, WORDS, Band, shipped
from bot.knowledge.search import Finding, Index, Match, Subject, of_entry
from bot.knowledge.synonyms import WEIGHT, Synonyms
from tests.builders import a_model, a_term, an_entry

WICK = an_entry()
OIL = an_entry(
    slug="fill-with-oil",
    question="Which oil fills a lamp?",
    variants=("oil for lamps", "lamp oil type", "what oil"),
    body="Whale-free oil, bought from a vendor.",
)
PAINT = Subject("gap", "the colours of lamps", ("which colour is a lamp painted", "paint a lamp red", "lamp paint"))
SYNONYMS = Synonyms([a_term(term="Lamp", stands_for="", also_called=("beacon",)), a_term()])
INDEX = Index([of_entry(WICK), of_entry(OIL), PAINT], SYNONYMS)


@pytest.mark.parametrize(
    ("enquiry", "name"),
    [
        ("wick trimming", "trim-a-wick"),
        ("how do I trim wicks?", "trim-a-wick"),
        ("lamp oil", "fill-with-oil"),
        ("which oils", "fill-with-oil"),
        ("beacon oil", "fill-with-oil"),
        ("WTS", "trim-a-wick"),
        ("trming wiks", "trim-a-wick"),
        ("scissors", "trim-a-wick"),  # stands in the body alone
        ("may I paint it red", "the colours of lamps"),
    ],
)
def test_the_subject_that_fits_best_comes_first(enquiry: str, name: str) -> None:
    assert INDEX.find(enquiry).matches[0].name == name


def test_the_very_question_is_an_echo_and_covered_and_leads() -> None:
    finding = INDEX.find(WICK.question)
    assert finding.matches[0] == Match("entry", "trim-a-wick", finding.matches[0].belief, coverage=1.0)
    assert finding.echo == pytest.approx(1.0)
    assert min(finding.lead, finding.over_next, finding.over_gap) > 0
    assert sum(match.belief for match in finding.matches) == pytest.approx(1.0)


def test_what_is_no_entry_takes_belief_and_margin_from_entries() -> None:
    alone = Index([of_entry(WICK), of_entry(OIL)], SYNONYMS).find("which oil paints a lamp")
    beside = INDEX.find("which oil paints a lamp")
    assert beside.over_gap < alone.over_gap
    assert INDEX.find("paint the lamp").over_gap < 0


@pytest.mark.parametrize("enquiry", ["", "🎉", "?!", "xyzzy 4711"])
def test_nothing_asked_or_nothing_known_is_nothing_found(enquiry: str) -> None:
    assert INDEX.find(enquiry) == Finding()


def test_words_that_no_text_holds_lower_the_coverage() -> None:
    half, whole = (INDEX.find(enquiry).matches[0].coverage for enquiry in ("wick 4711", "wick"))
    assert (half < whole, whole) == (True, 1.0)


def test_different_words_are_counted_once() -> None:
    assert INDEX.find("the wick, wicks and the wick of a sea-urchin").held == 1


def test_no_more_matches_are_given_than_wanted_and_always_in_the_same_order() -> None:
    assert len(INDEX.find("wick oil", keep=1).matches) == 1
    assert INDEX.find("wick oil") == INDEX.find("wick oil")
    beliefs = [match.belief for match in INDEX.find("wick oil").matches]
    assert beliefs == sorted(beliefs, reverse=True)


def test_an_empty_index_finds_nothing() -> None:
    assert Index([], Synonyms([])).find("anything at all") == Finding()


def test_another_word_for_a_thing_counts_half() -> None:
    expansion = SYNONYMS.expand("beacon")
    assert dict(expansion.weights) == {"beacon": 1.0, "lamp": WEIGHT}
    assert expansion.instead["beacon"] == (("lamp",),)


def test_a_long_form_and_its_acronym_stand_for_each_other() -> None:
    assert set(SYNONYMS.expand("wts").weights) == {"wts", "wick", "trim", "schedul"}
    assert SYNONYMS.expand("wick trimming schedule").weights["wts"] == WEIGHT
    assert "wts" not in SYNONYMS.expand("wick schedule").weights


def test_a_word_without_others_stands_alone() -> None:
    assert dict(SYNONYMS.expand("snuffer").weights) == {"snuffer": 1.0}
    assert dict(Synonyms([]).expand("lamp").weights) == {"lamp": 1.0}


def a_finding(kind: str, value: float) -> Finding:
    """A finding all of whose signals are alike."""
    best = Match(kind, "a", belief=value, coverage=value)  # type: ignore[arg-type]
    return Finding((best,), value, round(10 * value), value, *[10 * value] * 3, *[value] * 3)


NEAR, FAR, NOTHING, GAP = a_finding("entry", 1.0), a_finding("entry", 0.02), Finding(), a_finding("gap", 1.0)


@pytest.mark.parametrize("with_meaning", [False, True])
def test_the_shipped_confidence_answers_what_is_plain_and_refuses_what_is_not(with_meaning: bool) -> None:
    model = shipped(with_meaning=with_meaning)
    assert [model.band(each) for each in (NEAR, FAR, NOTHING, GAP)] == [Band.ANSWER, *[Band.REFUSE] * 3]
    assert 0 < model.offer_at < model.answer_at < 1
    assert model.probability(NOTHING) == model.probability(GAP) == 0.0
    assert set(model.weights) == {*WORDS, *(MEANING if with_meaning else ())}


@pytest.mark.parametrize("band", list(Band))
def test_the_band_follows_the_chance(band: Band) -> None:
    assert a_model(str(band)).band(NEAR) is band
