"""Needs in order, beside what the bot was asked in vain: counted, never quoted, never with a name."""

from __future__ import annotations

from bot.people import Function
from bot.surveys.exports.needs import needs_tables
from bot.surveys.exports.tables import as_csv
from bot.surveys.needs import Cluster, clusters, needs
from bot.surveys.release import release
from bot.surveys.report import Report, reported
from bot.surveys.sealed import Cell, Sealed
from tests.surveys import BARRIERS, a_round

P, D = Function.PROCUREMENT, Function.DIGITAL
ASKED = (
    "How do I get a social value score agreed?",
    "what is the social value weighting for digital buys",
    "who sets social value weighting?",
    "minimum social value weighting in tenders",
    "can I see day rates for developers",
    "developer day rates please",
    "what are typical day rates for a developer",
    "how do I get approvals faster",
    "where is the car park",
)


def a_report(*, outside: bool = False) -> Report:
    counts: dict[Cell, dict[str, int]] = {
        ("barriers", 1, P): {"approvals": 12, "skills": 3, "budget": 6},
        ("barriers", 1, D): {"approvals": 4, "skills": 10, "budget": 6},
    }
    answered = dict.fromkeys(counts, 15)
    told = Sealed(a_round(questions=(BARRIERS,)), 40, {P: 15, D: 15}, counts=counts, answered=answered)
    return reported([release(told)], outside=outside)


def test_needs_come_in_the_order_in_which_they_were_chosen() -> None:
    found = needs(a_report(), ASKED).needs
    assert [(need.text, need.percent) for need in found] == [
        ("Approvals", 53),
        ("Skills", 43),
        ("Budget", 40),
        ("Nothing", 0),
    ]
    assert found[0].by_function == (("Procurement", 80), ("Digital", 27))


def test_a_need_is_joined_with_what_was_asked_in_vain() -> None:
    assert [(need.text, need.asked) for need in needs(a_report(), ASKED).needs][:2] == [("Approvals", 1), ("Skills", 0)]


def test_questions_alike_are_counted_under_the_words_that_they_share() -> None:
    assert clusters(ASKED) == (Cluster("social value weighting", 4), Cluster("day developer rates", 3))


def test_all_questions_are_counted_and_none_is_quoted() -> None:
    found = needs(a_report(), ASKED)
    assert (found.others, found.unanswered) == (2, 9)
    assert not [text for text in ASKED if text in repr(found)]


def test_a_word_of_fewer_than_three_questions_names_nothing() -> None:
    assert clusters(("Bo needs laptops now", "laptops now", "laptops now please", "Bo asks")) == (
        Cluster("laptops now", 3),
    )


def test_the_order_of_questions_changes_nothing() -> None:
    assert clusters(ASKED[::-1]) == clusters(ASKED)


def test_without_questions_there_is_nothing_to_count() -> None:
    assert clusters(()) == clusters(("", "?!")) == ()
    assert needs(a_report(), ()).unanswered == 0


def test_outside_a_cluster_takes_ten_questions() -> None:
    assert needs(a_report(outside=True), ASKED).clusters == ()
    assert needs(a_report(outside=True), ASKED * 4).clusters[0].count == 12


def test_the_tables_hold_the_same() -> None:
    chosen, asked = needs_tables(needs(a_report(), ASKED), ("Procurement", "Digital"))
    assert as_csv(chosen).decode().splitlines()[1] == "1,Approvals,What got in the way?,53,80,27,1"
    assert as_csv(asked).decode().splitlines()[1:] == [
        "social value weighting,4",
        "day developer rates,3",
        "other questions,2",
    ]
