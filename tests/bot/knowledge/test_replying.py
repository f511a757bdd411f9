"""How an enquiry becomes one of the five outcomes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.knowledge.reply import Outcome
from tests.builders import TODAY, a_replier, a_source, a_term, an_agreement, an_entry, shipped_words

SAY = shipped_words().say


def fact(**values: Any) -> dict[str, Any]:
    return {"source": "page", **values}


ONE = an_agreement(
    reference="RM6998.1",
    name="Lantern Services 1",
    also_called=(),
    iteration=1,
    starts=date(2024, 1, 1),
    ends=date(2026, 1, 11),
    replaced_by=fact(references=["RM6998.2"]),
    direct_award=fact(allowed="yes", text="Any lighter."),
)
TWO = an_agreement(
    reference="RM6998.2",
    direct_award=fact(allowed="no", text="Every purchase is competed."),
    levy=fact(percent=1, text="The supplier pays."),
    lots=[fact(number="1", name="Lanterns", direct_award="no"), fact(number="2", name="Wicks")],
)
ENTRY = an_entry()
AGREEMENTS = a_replier([ONE, TWO], [ENTRY], [a_term()])
UNSURE = a_replier([ONE, TWO], [ENTRY], [a_term()], band="offer")
AT_A_LOSS = a_replier([ONE, TWO], [ENTRY], [a_term()], band="refuse")


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        (
            "is Lantern Services 2 still open?",
            SAY("status.open", name="Lantern Services 2", reference="RM6998.2", starts="", ends="11 January 2028"),
        ),
        (
            "RM6998.2 still open",
            SAY("status.open", name="Lantern Services 2", reference="RM6998.2", starts="", ends="11 January 2028"),
        ),
        ("when does lantern 2 end", SAY("facts.ends_future", name="Lantern Services 2", ends="11 January 2028")),
        (
            "can I direct award on Lantern Services 2?",
            SAY("facts.direct_award_no", name="Lantern Services 2", text="Every purchase is competed."),
        ),
        (
            "can we directly award on lantern 2 lot 1?",
            SAY("facts.lot_direct_award_no", name="Lantern Services 2", lot="1", lot_name="Lanterns"),
        ),
        ("what is lantern 2 lot 2", SAY("facts.lot", name="Lantern Services 2", lot="2", lot_name="Wicks")),
        ("what is lot 7 of lantern services 2", SAY("facts.no_such_lot", name="Lantern Services 2", lot="7")),
        (
            "is Lantern Services 1 still open?",
            SAY("status.ended", name="Lantern Services 1", reference="RM6998.1", ends="11 January 2026", starts=""),
        ),
        (
            "lantern services 2",
            SAY("facts.overview", name="Lantern Services 2", reference="RM6998.2", summary=TWO.summary.text),
        ),
    ],
)
def test_a_question_on_an_agreement_is_answered_from_its_fields(question: str, lead: str) -> None:
    reply = AGREEMENTS.reply(question, TODAY)
    assert (reply.outcome, reply.lead) == (Outcome.ANSWER, lead)
    assert reply.sources
    assert reply.owner
    assert reply.as_of


def test_a_status_is_worked_out_for_the_day_of_asking() -> None:
    question = "is Lantern Services 2 still open?"
    said = [AGREEMENTS.reply(question, day).lead for day in (date(2026, 1, 11), date(2028, 1, 11), date(2028, 1, 12))]
    states = ("planned", "open", "ended")
    words = {
        "name": "Lantern Services 2",
        "reference": "RM6998.2",
        "starts": "12 January 2026",
        "ends": "11 January 2028",
    }
    assert said == [SAY(f"status.{state}", **words) for state in states]


def test_a_false_premise_is_corrected() -> None:
    reply = AGREEMENTS.reply("so I can direct award on Lantern Services 2, right?", TODAY)
    assert reply.outcome is Outcome.ANSWER
    assert reply.lead.startswith("You can't ")


def test_what_replaced_an_agreement_is_told_with_whether_that_one_is_open() -> None:
    reply = AGREEMENTS.reply("what replaced Lantern Services 1?", TODAY)
    assert reply.lead == SAY("facts.replaced_by", name="Lantern Services 1", others="Lantern Services 2 (RM6998.2)")
    assert any("Lantern Services 2 (RM6998.2) is open" in line for line in reply.lines)


def test_what_is_not_known_of_an_agreement_is_not_answered() -> None:
    reply = AGREEMENTS.reply("who can use Lantern Services 2?", TODAY)
    assert reply.outcome is Outcome.DONT_KNOW
    assert reply.lead == SAY("facts.unknown", field=SAY("fields.who_can_use"), name="Lantern Services 2")
    assert reply.agreements == ("RM6998.2",)


def test_a_family_stands_for_the_one_that_is_open_and_says_so() -> None:
    reply = AGREEMENTS.reply("are lantern services still open?", TODAY)
    assert reply.agreements == ("RM6998.2",)
    assert reply.caveats[0] == SAY("caveats.newest_taken", name="Lantern Services 2")


@pytest.mark.parametrize("on", [date(2029, 1, 1), date(2023, 1, 1)])
def test_a_family_with_none_or_many_open_is_asked_back(on: date) -> None:
    reply = AGREEMENTS.reply("are lantern services still open?", on)
    assert reply.outcome is Outcome.CLARIFY
    assert [each.target for each in reply.suggestions] == ["agreement:RM6998.2:status", "agreement:RM6998.1:status"]


@pytest.mark.parametrize(
    "question", ["is Lantern Services 9 open?", "Lantern Services 9", "can I direct award on RM6998.9"]
)
def test_an_iteration_that_nobody_has_heard_of_is_not_guessed(question: str) -> None:
    reply = AGREEMENTS.reply(question, TODAY)
    assert reply.outcome is Outcome.DONT_KNOW
    assert "9" in reply.lead
    assert "Lantern Services 2" in reply.lead
    assert reply.suggestions[0].target == "agreement:RM6998.2:overview"


def test_a_reference_that_nobody_has_heard_of_is_not_guessed() -> None:
    reply = AGREEMENTS.reply("is RM9999 still open?", TODAY)
    assert (reply.outcome, reply.lead) == (Outcome.DONT_KNOW, SAY("outcomes.unheard_reference", named="RM9999"))


def test_two_agreements_of_one_name_are_asked_back() -> None:
    twins = [an_agreement(reference=f"K{n}", name=f"Twin {n}", also_called=("Twins",), iteration=None) for n in (1, 2)]
    reply = a_replier(twins).reply("are the Twins still open?", TODAY)
    assert (reply.outcome, reply.agreements) == (Outcome.CLARIFY, ("K1", "K2"))
    assert [each.target for each in reply.suggestions] == ["agreement:K1:status", "agreement:K2:status"]


def test_two_agreements_are_compared() -> None:
    reply = a_replier([ONE, TWO]).reply("Lantern Services 1 vs Lantern Services 2", TODAY)
    assert reply.lead == SAY("outcomes.compare", one="Lantern Services 1", other="Lantern Services 2")
    assert set(reply.agreements) == {"RM6998.1", "RM6998.2"}


def test_a_question_in_the_very_words_of_an_entry_gets_it_however_it_is_typed() -> None:
    for question in (ENTRY.question, ENTRY.question.upper(), f"  {ENTRY.variants[0]}!? ", f"*{ENTRY.variants[1]}*"):
        reply = AT_A_LOSS.reply(question, TODAY)
        assert (reply.outcome, reply.entries) == (Outcome.ANSWER, ("trim-a-wick",))


def test_the_confidence_decides_whether_to_answer_to_offer_or_to_refuse() -> None:
    question = "wick trimming, tell me how often"
    sure, unsure, lost = (each.reply(question, TODAY) for each in (AGREEMENTS, UNSURE, AT_A_LOSS))
    assert (sure.outcome, sure.entries) == (Outcome.ANSWER, ("trim-a-wick",))
    assert unsure.outcome is Outcome.DID_YOU_MEAN
    assert [each.target for each in unsure.suggestions] == ["entry:trim-a-wick"]
    assert (lost.outcome, lost.suggestions, lost.entries) == (Outcome.DONT_KNOW, (), ())
    assert lost.lead == SAY("outcomes.dont_know")


def test_nothing_found_is_not_known() -> None:
    assert AGREEMENTS.reply("xyzzy plugh", TODAY).outcome is Outcome.DONT_KNOW
    assert a_replier().reply("how often must a wick be trimmed", TODAY).outcome is Outcome.DONT_KNOW


@pytest.mark.parametrize(("nation", "name"), [("Scotland", "scotland"), ("scottish councils", "scotland")])
def test_a_nation_that_the_entry_does_not_cover_is_not_given_its_answer(nation: str, name: str) -> None:
    reply = AGREEMENTS.reply(f"how often must a lantern's wick be trimmed in {nation}", TODAY)
    assert (reply.outcome, reply.sources) == (Outcome.DONT_KNOW, ())
    covered = "England, Wales and Northern Ireland"
    assert reply.lead == SAY("outcomes.other_nation", nation=SAY(f"nations.{name}"), nations=covered)


@pytest.mark.parametrize("nation", ["Wales", "Welsh", "Northern Ireland", "England"])
def test_a_nation_that_the_entry_covers_is_answered(nation: str) -> None:
    reply = AGREEMENTS.reply(f"how often must a lantern's wick be trimmed in {nation}", TODAY)
    assert reply.entries == ("trim-a-wick",)


def test_a_nation_that_is_not_covered_is_sent_to_an_entry_that_does() -> None:
    other = an_entry(
        slug="scots-wicks",
        question="Who trims the wick north of the border?",
        nations=("scotland",),
        variants=("wick a", "wick b", "wick c"),
    )
    reply = a_replier([], [ENTRY, other]).reply("how often must a lantern's wick be trimmed in Scotland", TODAY)
    assert reply.suggestions[0].target == "entry:scots-wicks"


@pytest.mark.parametrize(
    "question",
    [
        "WTS",
        "what is WTS",
        "what does WTS stand for?",
        "what's a wts",
        "define WTS",
        "wick trimming schedule",
        "Meaning of WTS",
    ],
)
def test_a_term_is_explained_by_any_of_its_names(question: str) -> None:
    reply = a_replier(terms=[a_term()]).reply(question, TODAY)
    assert reply.outcome is Outcome.ANSWER
    assert a_term().meaning in reply.lead


def test_a_term_with_two_meanings_gets_both() -> None:
    other = a_term(
        stands_for="weekly ticket sale", meaning="Tickets.", context="ferries", source=a_source(title="Ferries")
    )
    reply = a_replier(terms=[a_term(), other]).reply("what is WTS?", TODAY)
    assert reply.lead == SAY("facts.meanings", term="WTS", count=2)
    assert "ferries" in reply.text
    assert "lantern care" in reply.text


def test_an_entry_outside_its_dates_is_withheld_when_asked_for_and_when_opened() -> None:
    replier = a_replier([], [an_entry(expires_on=date(2026, 11, 23))])
    for reply in (replier.reply(ENTRY.question, TODAY), replier.open("entry:trim-a-wick", TODAY)):
        assert (reply.outcome, reply.sources) == (Outcome.DONT_KNOW, ())
        assert reply.lead == SAY("outcomes.expired", until="23 November 2026")


def test_the_bot_remembers_nothing_from_one_enquiry_to_the_next() -> None:
    question = "is it still open?"
    fresh = a_replier([ONE, TWO], [ENTRY]).reply(question, TODAY)
    used = a_replier([ONE, TWO], [ENTRY])
    used.reply("is Lantern Services 2 still open?", TODAY)
    assert used.reply(question, TODAY) == fresh
    assert fresh.agreements == ()


# Suggestions' targets.


def test_every_suggestion_can_be_opened() -> None:
    for question in ("is Lantern Services 2 still open?", "Lantern Services 9", "are lantern services still open?"):
        for suggestion in AGREEMENTS.reply(question, date(2029, 1, 1)).suggestions:
            opened = AGREEMENTS.open(suggestion.target, TODAY)
            assert opened.agreements or opened.entries, suggestion


@pytest.mark.parametrize(
    ("target", "start"),
    [
        ("agreement:RM6998.2:levy", "The levy on Lantern Services 2"),
        ("agreement:RM6998.2:overview", "Lantern Services 2 (RM6998.2)"),
        ("agreement:RM6998.2", "Lantern Services 2 (RM6998.2)"),
        ("agreement:RM6998.2:", "Lantern Services 2 (RM6998.2)"),
        ("agreement:RM6998.2:summary", "Lantern Services 2 (RM6998.2)"),
        ("agreement:RM6998.2:__class__", "Lantern Services 2 (RM6998.2)"),
        ("agreement:RM6998.2:levy:levy", "Lantern Services 2 (RM6998.2)"),
        ("entry:trim-a-wick", "Trim the wick"),
    ],
)
def test_a_target_opens_what_it_names(target: str, start: str) -> None:
    assert AGREEMENTS.open(target, TODAY).lead.startswith(start)


@pytest.mark.parametrize(
    "target",
    [
        "",
        ":",
        "::",
        "entry",
        "entry:",
        "entry:gone",
        "entry:../../etc/passwd",
        "agreement:",
        "agreement::status",
        "agreement:RM1:levy",
        "agreement:rm6998.2:levy",
        "term:WTS",
        "ENTRY:trim-a-wick",
        "entry:trim-a-wick\x00",
        "agreement:{name}:status",
        "entry:" + "x" * 10_000,
    ],
)
def test_a_target_that_names_nothing_opens_nothing(target: str) -> None:
    reply = AGREEMENTS.open(target, TODAY)
    assert (reply.outcome, reply.lead) == (Outcome.DONT_KNOW, SAY("outcomes.dont_know"))
