"""Which entries match an enquiry, other words for the same thing, and how sure one may be."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bot.knowledge.confidence import Band, features, shipped
from bot.knowledge.search import CROWD, Finding, Index, Match, Ranks
from bot.knowledge.synonyms import WEIGHT, Synonyms
from tests.builders import a_model, a_term, an_entry

WICK = an_entry()
OIL = an_entry(
    slug="fill-with-oil",
    question="Which oil fills a lamp?",
    variants=("oil for lamps", "lamp oil type", "what oil"),
    body="Whale-free oil, bought from a vendor.",
)
SYNONYMS = Synonyms([a_term(term="Lamp", stands_for="", also_called=("beacon",)), a_term()])
INDEX = Index([WICK, OIL], SYNONYMS)


@pytest.mark.parametrize(
    ("enquiry", "slug"),
    [
        ("wick trimming", "trim-a-wick"),
        ("how do I trim wicks?", "trim-a-wick"),
        ("lamp oil", "fill-with-oil"),
        ("which oils", "fill-with-oil"),
        ("beacon", "fill-with-oil"),
        ("WTS", "trim-a-wick"),
        ("trming wiks", "trim-a-wick"),
    ],
)
def test_the_entry_that_fits_best_comes_first(enquiry: str, slug: str) -> None:
    assert INDEX.find(enquiry).matches[0].slug == slug


def test_the_very_question_is_a_perfect_likeness() -> None:
    best = INDEX.find(WICK.question).matches[0]
    assert (best.slug, round(best.likeness, 6), round(best.coverage, 6)) == ("trim-a-wick", 1.0, 1.0)
    assert best.score == pytest.approx(1.0)


@pytest.mark.parametrize("enquiry", ["", "🎉", "?!"])
def test_nothing_asked_is_nothing_found(enquiry: str) -> None:
    finding = INDEX.find(enquiry)
    assert (finding.matches, finding.echo) == ((), 0.0)


def test_words_that_no_entry_uses_find_nothing() -> None:
    assert INDEX.find("xyzzy 4711").matches == ()
    half, whole = (INDEX.find(enquiry).matches[0].coverage for enquiry in ("wick 4711", "wick"))
    assert (half < whole, whole) == (True, 1.0)


def test_different_words_are_counted_once() -> None:
    assert INDEX.find("the wick, wicks and the wick of a sea-urchin").matches[0].held == 1


def test_no_more_matches_are_given_than_wanted_and_always_in_the_same_order() -> None:
    assert len(INDEX.find("wick oil", keep=1).matches) == 1
    assert INDEX.find("wick oil") == INDEX.find("wick oil")
    scores = [match.score for match in INDEX.find("wick oil").matches]
    assert scores == sorted(scores, reverse=True)


def test_when_rare_words_have_found_a_crowd_common_words_find_nobody_new() -> None:
    texts = [["rare", "common"]] * CROWD + [["common"]] * (2 * CROWD)
    ranks = Ranks(texts)
    assert set(ranks.scores({"rare": 1.0, "common": 1.0})) == set(range(CROWD))
    assert set(ranks.scores({"common": 1.0})) == set(range(3 * CROWD))
    both, one = ranks.scores({"rare": 1.0, "common": 1.0}), ranks.scores({"rare": 1.0})
    assert all(both[at] > one[at] for at in one)


def test_an_empty_index_finds_nothing() -> None:
    assert Index([], Synonyms([])).find("anything at all").matches == ()


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


SIGNALS = [each.name for each in fields(Match) if each.name != "slug"]


def match(slug: str, value: float) -> Match:
    """A match all of whose signals are alike."""
    return Match(slug, **dict.fromkeys(SIGNALS, value))


NEAR = Finding((match("a", 1.0), match("b", 0.1)), echo=1.0)
FAR = Finding((match("a", 0.05), match("b", 0.05)), echo=0.05)
NOTHING = Finding((), echo=0.0)


def test_the_shipped_confidence_answers_what_is_plain_and_refuses_what_is_not() -> None:
    model = shipped()
    assert (model.band(NEAR), model.band(FAR), model.band(NOTHING)) == (Band.ANSWER, Band.REFUSE, Band.REFUSE)
    assert 0 < model.offer_at < model.answer_at < 1
    assert model.probability(NOTHING) == 0.0
    assert set(features(NEAR)) == set(model.weights)


@pytest.mark.parametrize("band", list(Band))
def test_the_band_follows_the_chance(band: Band) -> None:
    assert a_model(str(band)).band(NEAR) is band


def test_every_feature_of_a_plain_match_is_between_nought_and_one() -> None:
    assert all(0 <= value <= 1 for value in features(NEAR).values())
    assert features(Finding(NEAR.matches[:1], echo=1.0))["sure"] == 1.0
