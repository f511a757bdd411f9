"""A report says one true sentence for whatever happened, the same figure everywhere, and never more than it may."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.people import Function
from bot.surveys import benchmarks
from bot.surveys.questions import Kind, Option, Question
from bot.surveys.release import Reason, Release, Withheld, release
from bot.surveys.report import Report, Verdict, reported, words
from bot.surveys.sealed import Sealed
from tests.bot.surveys.attacking import Story
from tests.bot.surveys.stories import people
from tests.surveys import CLOSES, COMMENT, OPENS, a_round

P, D, B = Function.PROCUREMENT, Function.DIGITAL, Function.BOTH
LOW, HIGH = "11122233441122334", "44455534525445554"
BENCHMARKS = benchmarks.load(Path("content"), [])


def sealed(by_function: Mapping[Function, str], number: int = 1, **changes: Any) -> Sealed:
    """A month's round of one item of the index."""
    told = Story(1, 5, tuple(one for each, answers in by_function.items() for one in people(each, answers)))
    made = replace(told.sealed(1), **changes)
    later = timedelta(days=31 * (number - 1))
    round = replace(made.round, number=number, opens_at=OPENS + later, closes_at=CLOSES + later)
    return replace(made, round=round)


def report(by_function: Mapping[Function, str], **changes: Any) -> Report:
    return reported([release(sealed(by_function, **changes))])


def rounds(*answers: Mapping[Function, str]) -> list[Release]:
    """One release after the other, each of its own month."""
    made: list[Release] = []
    for number, by_function in enumerate(answers, start=1):
        made.append(release(sealed(by_function, number), made))
    return made


def sentences(value: object) -> list[str]:
    """Every text in a report, however deep."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for field in fields(value) for text in sentences(getattr(value, field.name))]
    return [text for each in value for text in sentences(each)] if isinstance(value, tuple) else []


ALL_NA: Mapping[Any, Any] = {("item0", 1, P): {"na": 12}}
BAD: list[tuple[str, Mapping[Function, str], dict[str, Any], str, str]] = [
    (
        "no responses",
        {},
        {"invited": 25},
        "Nobody answered, so there is nothing to show.",
        "Nobody answered. 25 people were asked.",
    ),
    (
        "one response",
        {P: "4"},
        {"invited": 12},
        "Too few people answered to show results: that takes 5.",
        "1 of 12 people answered (8%).",
    ),
    (
        "everybody says not applicable",
        {P: "1" * 12},
        {"counts": ALL_NA, "scores": {}, "invited": 20},
        "Too few people answered any one question to show its results.",
        "12 of 20 people answered (60%).",
    ),
    (
        "a function with nobody",
        {P: "112233445512"},
        {"invited": 20},
        "Working together is rated 44 (29 to 59) out of 100.",
        "12 of 20 people answered (60%).",
    ),
    (
        "everybody answered",
        {P: "112233445512"},
        {"invited": 12},
        "Working together is rated 44 out of 100.",
        "12 of 12 people answered (100%).",
    ),
    (
        "nobody was asked",
        {},
        {"invited": 0},
        "Nobody answered, so there is nothing to show.",
        "Nobody was asked.",
    ),
]


@pytest.mark.parametrize(
    ("case", "answers", "changes", "headline", "participation"), BAD, ids=[each[0] for each in BAD]
)
def test_whatever_happened_is_said_truly(
    case: str, answers: Mapping[Function, str], changes: dict[str, Any], headline: str, participation: str
) -> None:
    made = report(answers, **changes)
    assert (made.headline, made.participation) == (headline, participation)


def test_a_function_with_nobody_is_said_to_have_too_few() -> None:
    assert "Digital on its own: fewer than 5 answered." in report({P: "112233445512"}).withheld


def test_a_question_that_everybody_found_not_applicable_has_no_answers() -> None:
    made = report({P: "1" * 12}, counts=ALL_NA, scores={})
    assert made.items[0].everybody.why == "no answers"
    assert "Everybody on “Item 0.”: no answers." in made.withheld


def test_the_number_asked_may_be_unknown() -> None:
    made = release(sealed({P: "112233445512"}))
    sizes = (replace(made.inside.sizes[0], invited=None), *made.inside.sizes[1:])
    unknown = reported([replace(made, inside=replace(made.inside, sizes=sizes))])
    assert unknown.participation == "12 people answered. How many were asked is not known."


def test_ties_are_named_together() -> None:
    question = Question("which", Kind.CHOICE, "Which?", (Option("a", "Alpha"), Option("b", "Beta"), Option("c", "C")))
    told = Sealed(a_round(questions=(question,)), 20, {P: 12}, counts={("which", 1, P): {"a": 5, "b": 5, "c": 2}})
    assert reported([release(told)]).headline == "Chosen most for “Which?”: “Alpha” and “Beta”, 42% each."


def test_a_question_dropped_between_rounds_breaks_the_line() -> None:
    first, second = sealed({P: LOW, D: HIGH}), sealed({P: HIGH, D: LOW}, 2)
    more = Question("item1", Kind.RATING, "Item 1.", index=True)
    before = replace(first, round=replace(first.round, questions=(*first.round.questions, more)))
    one = release(before)
    made = reported([one, release(second, [one])])
    points = made.series[0].points
    assert [point.joins for point in points] == [False, False]
    assert points[1].note == "from here on the questions of the index are not the same"


def test_other_people_asked_break_the_line() -> None:
    one, other = rounds({P: LOW, D: HIGH}, {P: HIGH, D: LOW})
    points = reported([one, replace(other, audience="others")]).series[0].points
    assert (points[1].joins, points[1].note) == (False, "from here on other people are asked")
    assert reported([one, other]).series[0].points[1].joins


def test_a_difference_is_claimed_only_where_the_interval_leaves_out_nought() -> None:
    clear, unclear = report({P: HIGH, D: LOW}), report({P: HIGH, D: HIGH[::-1][1:] + "1"})
    assert clear.gap_sentence.startswith("Procurement rates working together higher than digital, by ")
    assert "procurement rates it higher than digital" in clear.headline
    assert unclear.gap_sentence.startswith("No clear difference between procurement and digital: ")
    assert "no clear difference" in unclear.headline


def test_fewer_than_ten_a_side_are_not_compared() -> None:
    made = report({P: "112244455", D: "445511222"})
    assert made.gap is None
    assert made.gap_sentence == "Procurement and digital are not compared: that takes 10 answers from each."
    assert made.items[0].gap is None


def test_one_low_round_may_be_a_change_and_two_are() -> None:
    sizes = zip((HIGH, HIGH, HIGH, LOW, LOW), (12, 18, 24, 30, 36), strict=True)
    made = rounds(*({P: (mood * 3)[:n], D: (mood * 3)[1 : n + 1]} for mood, n in sizes))
    verdicts = [found.verdict for at in range(1, 6) if (found := reported(made[:at]).change)]
    assert verdicts == [Verdict.TOO_EARLY] * 3 + [Verdict.POSSIBLE, Verdict.CHANGED]
    last = reported(made)
    assert last.change is not None
    assert last.change.sentence.startswith("Two rounds in a row are lower than the first three, by ")
    assert last.headline.endswith(last.change.sentence)


def test_every_reason_has_words_of_its_own() -> None:
    said = {words.why(Withheld(reason, 5)) for reason in Reason}
    assert len(said) == len(Reason)
    assert "fewer than 5 answered" in said


def test_a_round_too_close_to_an_earlier_one_points_to_it() -> None:
    made = reported(rounds({P: "12445"}, {P: "124451"}))
    assert made.headline == "The answers are too close to an earlier round’s to be shown beside them."
    assert "Results were last shown for December 2026." in made.withheld


def test_comments_are_printed_or_their_absence_explained() -> None:
    told = sealed({P: "112233445512"})
    told = replace(told, round=replace(told.round, questions=(*told.round.questions, COMMENT)))
    few = reported([release(replace(told, comments={"comment": ("One.",)}))])
    many = reported([release(replace(told, comments={"comment": tuple("abcdefghij")}))])
    assert few.comments[0].texts == ()
    assert few.comments[0].why == "Comments are shown only when 10 or more people wrote one."
    assert many.comments[0].texts == tuple("abcdefghij")
    assert reported([release(replace(told, comments={"comment": tuple("abcdefghij")}))], outside=True).comments == ()


def test_a_published_figure_stands_beside_ours_with_its_caveat() -> None:
    question = Question(
        "safe", Kind.RATING, "I think it is safe to challenge the way things are done.", benchmark="B46"
    )
    told = Sealed(a_round(questions=(question,)), 20, {P: 12}, counts={("safe", 1, P): {"4": 7, "2": 5}})
    found = reported([release(told)], benchmarks=BENCHMARKS).items[0].benchmark
    assert found is not None
    assert found.percent == 51
    assert found.sentence.startswith(
        "For comparison, Civil Service People Survey 2024, question B46: 51% answered agree"
    )
    assert "median organisation" in found.sentence


def test_the_mirror_shows_both_views_of_one_side() -> None:
    other = Question("early", Kind.RATING, "{Other} bring me in early.", index=True)
    own = Question("own_early", Kind.RATING, "We bring {other} in early.", mirrors="early")
    counts = {
        ("early", 1, D): {"1": 9, "2": 3},
        ("early", 1, P): {"4": 6, "2": 6},
        ("own_early", 1, P): {"5": 10, "3": 2},
        ("own_early", 1, D): {"4": 6, "2": 6},
    }
    told = Sealed(a_round(questions=(other, own)), 30, {P: 12, D: 12}, counts=counts)  # type: ignore[arg-type]
    view, _ = reported([release(told)]).mirrors
    assert (view.rated, view.by, view.is_blind_spot) == ("Procurement", "Digital", True)
    assert view.text == "Procurement colleagues bring me in early."
    assert (view.itself.figure.value, view.by_the_other.figure.value, view.blind_spot.figure.value) == (83, 0, 83)
    assert "Procurement may have a blind spot here" in view.sentence


def test_significance_is_never_printed_nor_a_decimal_of_a_per_cent() -> None:
    for outside in (False, True):
        made = reported(rounds({P: HIGH, D: LOW, B: "12"}, {P: LOW, D: HIGH, B: "45"}), outside=outside)
        told = " ".join(sentences(made))
        assert "significan" not in told.lower()
        assert not re.search(r"\d\.\d+ ?%", told)


def test_bars_and_strips_have_the_length_of_their_shares() -> None:
    assert (words.drawn(0), words.drawn(47), words.drawn(100)) == ("", "█████████▍", "█" * 20)
    assert words.strip({"1": 10, "2": 10, "3": 20, "4": 40, "5": 20}) == "▁▁▂▂▄▄▄▄▆▆▆▆▆▆▆▆████"
    assert len(words.strip({"1": 33, "2": 33, "3": 34, "4": 0, "5": 0})) == 20


def test_a_report_takes_one_release_at_least() -> None:
    with pytest.raises(ValueError, match="one release"):
        reported([])
