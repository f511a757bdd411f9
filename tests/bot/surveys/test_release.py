"""What may be shown of a round, rule by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from pydantic import TypeAdapter

from bot.people import Function
from bot.surveys.questions import Question
from bot.surveys.release import Published, Reason, Release, release
from bot.surveys.release import engine as engine_module
from bot.surveys.sealed import Sealed
from tests.bot.surveys.attacking import Story
from tests.bot.surveys.stories import people
from tests.surveys import BARRIERS, COMMENT, LIKELY, a_round

P, D, B, O = Function.PROCUREMENT, Function.DIGITAL, Function.BOTH, Function.OTHER  # noqa: E741
MIXED = "123455"


def a_sealed(by_function: Mapping[Function, str], **changes: Any) -> Sealed:
    """One item of the index, answered as each function's digits say."""
    told = Story(1, 5, tuple(one for each, answers in by_function.items() for one in people(each, answers)))
    return replace(told.sealed(1), **changes)


def inside(by_function: Mapping[Function, str]) -> Published:
    return release(a_sealed(by_function)).inside


def test_five_people_are_shown_and_four_are_not() -> None:
    assert inside({P: "12455"}).cell("item0") is not None
    few = inside({P: "1245"})
    assert few.withheld is not None
    assert (few.withheld.reason, few.withheld.threshold, few.cells) == (Reason.FEW, 5, ())
    assert few.sizes[0].n == 4  # how many answered may always be said


def test_a_round_without_responses_says_so() -> None:
    nothing = inside({})
    assert nothing.withheld is not None
    assert nothing.withheld.reason is Reason.NONE


def test_eight_of_one_and_four_of_the_other_show_neither() -> None:
    shown = inside({P: "1245", D: "11244555"})
    whole = shown.cell("item0")
    assert whole is not None
    assert whole.n == 12
    reasons = {size.group: size.withheld.reason for size in shown.sizes if size.withheld}
    assert reasons == {P: Reason.FEW, D: Reason.PROTECTS}
    assert shown.cell("item0", P) is None
    assert shown.cell("item0", D) is None
    assert (shown.balanced, shown.gap, shown.gaps) == (None, None, {})


def test_six_who_all_agree_are_not_said_to_be_all() -> None:
    cell = inside({P: "445554"}).cell("item0")
    assert cell is not None
    assert (cell.favourable, cell.counts, cell.percents, cell.mostly) == (None, None, None, 1)
    assert cell == inside({P: "445552"}).cell("item0")  # nor is it told from five of six


def test_counts_are_shown_from_ten_people() -> None:
    nine, ten = inside({P: "112234455"}).cell("item0"), inside({P: "1122344555"}).cell("item0")
    assert nine is not None
    assert ten is not None
    assert (nine.counts, ten.counts) == (None, {"1": 2, "2": 2, "3": 1, "4": 2, "5": 3})
    assert ten.percents == {"1": 20, "2": 20, "3": 10, "4": 20, "5": 30}


def test_percents_are_whole_and_stand_in_their_interval() -> None:
    figure = inside({P: "1123445"}).cell("item0").favourable  # type: ignore[union-attr]
    assert figure is not None
    assert figure.value == 43
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < 43 < figure.high


def test_the_sixth_answer_yields_no_new_number() -> None:
    five = release(a_sealed({P: "12445"}))
    six = release(a_sealed({P: "124451"}), [five])
    assert six.inside.withheld is not None
    assert six.inside.withheld.reason is Reason.CLOSE
    assert six.inside.cells == six.outside.cells == ()


def test_a_round_that_differs_by_the_threshold_is_shown_again() -> None:
    before = release(a_sealed({P: "112244554433"}))
    after = release(a_sealed({P: "111122223333"}), [before])
    assert after.inside.fresh
    again = release(a_sealed({P: "1122445544331"}), [before, after])
    assert not again.inside.fresh  # close to the first round, though not to the second


def test_a_reworded_question_is_compared_with_nothing() -> None:
    before = release(a_sealed({P: "12445"}))
    told = a_sealed({P: "124451"})
    question = replace(told.round.questions[0], version=2)
    now = replace(
        told,
        round=replace(told.round, questions=(question,)),
        counts={(key, 2, function): counts for (key, _, function), counts in told.counts.items()},
    )
    assert release(now, [before]).inside.fresh


def test_nothing_outside_is_exact_or_of_fewer_than_ten() -> None:
    outside = release(a_sealed({P: "11224455" * 2, D: "124"}, invited=33)).outside
    assert (outside.threshold, outside.rounded_to) == (10, 5)
    assert [(size.n, size.invited) for size in outside.sizes if size.n] == [(20, 35)]
    cell = outside.cell("item0")
    assert cell is not None
    assert cell.counts is not None
    assert cell.percents is not None
    numbers = [cell.n, *cell.counts.values(), *cell.percents.values(), cell.favourable.value]  # type: ignore[union-attr]
    assert [number % 5 for number in numbers] == [0] * len(numbers)
    assert release(a_sealed({P: "112244555"})).outside.withheld is not None
    assert outside.comments == ()


def test_comments_are_shown_from_ten_in_the_order_that_sealing_gave() -> None:
    texts = tuple(f"text {at}" for at in (5, 3, 8, 1, 9, 0, 2, 7, 6, 4))
    round = a_round(questions=(*Story(1, 5, ()).questions, COMMENT))
    ten = release(a_sealed({P: MIXED * 2}, round=round, comments={"comment": texts})).inside.comments[0]
    nine = release(a_sealed({P: MIXED * 2}, round=round, comments={"comment": texts[1:]})).inside.comments[0]
    assert (ten.texts, ten.n, ten.withheld) == (texts, 10, None)
    assert (nine.texts, nine.n) == ((), None)
    assert nine.withheld is not None
    assert (nine.withheld.reason, nine.withheld.threshold) == (Reason.FEW, 10)


def with_question(question: Question, counts: Mapping[str, int], answered: int) -> Sealed:
    cell = (question.key, 1, P)
    return Sealed(a_round(questions=(question,)), 20, {P: answered}, counts={cell: counts}, answered={cell: answered})


@pytest.mark.parametrize(
    ("question", "counts"), [(BARRIERS, {"approvals": 6, "skills": 5}), (LIKELY, {"7": 4, "9": 5})]
)
def test_choices_and_scores_are_shown_from_ten_people(question: Question, counts: Mapping[str, int]) -> None:
    nine = release(with_question(question, counts, 9)).inside.cell(question.key)
    assert nine is not None
    assert nine.withheld is not None
    assert (nine.withheld.reason, nine.withheld.threshold) == (Reason.FEW, 10)


def test_of_several_choices_the_per_cent_is_of_people() -> None:
    cell = release(with_question(BARRIERS, {"approvals": 6, "skills": 9}, 12)).inside.cell("barriers")
    assert cell is not None
    assert cell.n == 12
    assert cell.percents == {"approvals": 50, "skills": 75, "budget": 0, "nothing": 0}


def test_a_score_has_its_mean_in_tenths() -> None:
    cell = release(with_question(LIKELY, {"7": 5, "8": 6}, 11)).inside.cell("likely")
    assert cell is not None
    assert cell.mean == 75


def test_not_applicable_counts_for_nothing() -> None:
    told = a_sealed({P: MIXED})
    counts = {cell: {**values, "na": 4} for cell, values in told.counts.items()}
    cell = release(replace(told, counts=counts, responses={P: 10})).inside.cell("item0")
    assert cell is not None
    assert cell.n == 6


def test_where_anything_goes_wrong_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("the answer 5 of Ada")

    monkeypatch.setattr(engine_module, "compared", fail)
    shown = release(a_sealed({P: MIXED * 2, D: MIXED}))
    for published in (shown.inside, shown.outside):
        assert published.withheld is not None
        assert published.withheld.reason is Reason.TROUBLE
        assert (published.cells, published.indices, published.comments) == ((), (), ())
        assert published.sizes[0].n is None
    assert "ValueError" in caplog.text
    assert "Ada" not in caplog.text


def test_the_two_functions_count_the_same_in_the_balanced_index() -> None:
    shown = inside({P: "5" * 20 + "4" * 10, D: "1" * 6 + "2" * 6})
    assert shown.balanced is not None
    procurement, digital = shown.index(P), shown.index(D)
    assert procurement is not None
    assert digital is not None
    assert procurement.figure is not None
    assert digital.figure is not None
    assert (procurement.figure.value, digital.figure.value, shown.balanced.value) == (92, 13, 52)
    assert shown.gap is not None
    assert shown.gap.value == 79
    assert shown.gap.direction == 1


def test_a_release_survives_being_kept() -> None:
    kept = TypeAdapter(Release)
    made = release(a_sealed({P: MIXED * 3, D: MIXED * 2, B: "12345", O: "1"}))
    assert kept.validate_json(kept.dump_json(made)) == made
