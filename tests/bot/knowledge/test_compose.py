"""How records become replies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.knowledge.compose import COMPARED, LABEL, Composer, add_months, listed, shortened
from bot.knowledge.facts import Speaker
from bot.knowledge.reply import Outcome
from tests.builders import PAGE, TODAY, a_base, a_source, a_term, an_agreement, an_entry, shipped_words

SAY = shipped_words().say
DAY = timedelta(days=1)


def composer(*entries: Any) -> Composer:
    return Composer(a_base([an_agreement()], entries or [an_entry()]))


def test_an_entry_is_answered_with_all_that_lets_a_reader_trust_or_doubt_it() -> None:
    entry = an_entry(agreements=("RM6999",))
    reply = composer(entry).entry(entry, TODAY)
    assert reply.outcome is Outcome.ANSWER
    assert reply.lead == "Trim the wick before each lighting."
    assert reply.lines == ("- Use scissors.", "- Keep the trimmings.")
    assert (reply.sources, reply.reviewed, reply.revision) == (entry.sources, TODAY, entry.revision)
    assert (reply.entries, reply.agreements) == (("trim-a-wick",), ("RM6999",))
    assert reply.owner == composer().base.curators["practice"].name
    assert reply.caveats == ()


@pytest.mark.parametrize(
    ("dates", "on", "sentence"),
    [
        ({"expires_on": TODAY}, TODAY, None),
        ({"expires_on": TODAY}, TODAY + DAY, ("outcomes.expired", {"until": "24 November 2026"})),
        ({"effective_from": TODAY}, TODAY, None),
        ({"effective_from": TODAY}, TODAY - DAY, ("outcomes.not_yet", {"since": "24 November 2026"})),
    ],
)
def test_an_entry_is_withheld_outside_its_dates(dates: dict[str, date], on: date, sentence: Any) -> None:
    entry = an_entry(**dates)
    reply = composer(entry).entry(entry, on)
    if sentence is None:
        assert (reply.outcome, reply.sources) == (Outcome.ANSWER, entry.sources)
    else:
        assert (reply.outcome, reply.lead) == (Outcome.DONT_KNOW, SAY(sentence[0], **sentence[1]))
        assert "Trim" not in reply.text


@pytest.mark.parametrize(("days", "overdue"), [(0, False), (1, True)])
def test_an_overdue_review_is_told_from_the_day_after(days: int, *, overdue: bool) -> None:
    on = date(2027, 11, 24) + days * DAY
    told = SAY("caveats.overdue", due="24 November 2027")
    assert (told in composer().entry(an_entry(), on).caveats) is overdue


def test_an_overdue_review_of_an_agreement_is_told() -> None:
    agreement = an_agreement()
    whole = Composer(a_base([agreement]))
    told = SAY("caveats.overdue", due="24 February 2027")
    for on, overdue in ((date(2027, 2, 24), False), (date(2027, 2, 25), True)):
        reply = whole.facts([Speaker(whole.base, on).say("ends", agreement)], on)
        assert (told in reply.caveats) is overdue


@pytest.mark.parametrize(
    ("grades", "grade"),
    [
        (["official"], None),
        (["press", "official"], None),
        (["press"], "press"),
        (["third party"], "third party"),
        (["press", "third party"], "third party"),
    ],
)
def test_an_entry_that_rests_on_nothing_better_says_so(grades: list[str], grade: str | None) -> None:
    entry = an_entry(sources=tuple(a_source(grade=each) for each in grades))
    told = (SAY("caveats.grade", grade=SAY(f"grades.{grade}")),) if grade else ()
    assert composer(entry).entry(entry, TODAY).caveats == told


def test_an_assumption_is_told() -> None:
    entry = an_entry(assumption="Lamps burn oil.")
    assert composer(entry).entry(entry, TODAY).caveats == (SAY("caveats.assumption", assumption="Lamps burn oil."),)


def test_whom_an_entry_binds_is_said_by_duty_and_where_it_holds() -> None:
    said = composer().applies(an_entry())
    assert said == "; ".join(
        [
            SAY("applies.must", who=SAY("applies.central")),
            SAY("applies.should", who=f"{SAY('applies.councils')} and {SAY('applies.nhs')}"),
            SAY("applies.may", who=SAY("applies.education")),
            "England, Wales and Northern Ireland",
        ]
    )


def test_an_unknown_duty_is_not_said_at_all() -> None:
    assert composer().applies(an_entry(applies_to={}, nations=("wales",))) == "Wales"


def test_related_entries_are_suggested_up_to_three_and_only_those_that_exist() -> None:
    others = [an_entry(slug=f"other-{n}", question=f"Question {n}?") for n in range(5)]
    entry = an_entry(related=("gone", "other-3", "other-1", "other-0", "other-2"))
    reply = composer(entry, *others).entry(entry, TODAY)
    assert [each.target for each in reply.suggestions] == ["entry:other-3", "entry:other-1", "entry:other-0"]


def test_one_meaning_of_a_term_is_the_first_sentence() -> None:
    reply = composer().terms([a_term()])
    said = SAY("facts.term_meaning", term="WTS", stands_for="wick trimming schedule", meaning=a_term().meaning)
    assert (reply.outcome, reply.lead, reply.lines) == (Outcome.ANSWER, said, ())
    assert reply.sources == (a_term().source,)


def test_a_term_that_stands_for_nothing_longer_is_not_said_to() -> None:
    assert composer().terms([a_term(stands_for="")]).lead == SAY(
        "facts.term_meaning_short", term="WTS", meaning=a_term().meaning
    )


def test_each_of_two_meanings_is_given_with_where_it_is_used() -> None:
    other = a_term(
        stands_for="weekly ticket sale", meaning="Tickets.", context="ferries", source=a_source(title="Ferries")
    )
    reply = composer().terms([a_term(), other])
    assert reply.lead == SAY("facts.meanings", term="WTS", count=2)
    assert len(reply.lines) == 2
    assert "lantern care" in reply.lines[0]
    assert all(word in reply.lines[1] for word in ("ferries", "weekly ticket sale", "Tickets."))
    assert len(reply.sources) == 2


def test_a_term_from_a_third_party_says_so() -> None:
    term = a_term(source=a_source(grade="third party"))
    assert composer().terms([term]).caveats == (SAY("caveats.grade", grade=SAY("grades.third party")),)


def test_two_agreements_are_set_side_by_side_with_unknown_as_unknown() -> None:
    one = an_agreement(who_can_use="All lighthouses.")
    other = an_agreement(
        reference="RM7000", name="Lantern Services 3", starts=date(2027, 1, 1), ends=None, regime="PCR15"
    )
    reply = Composer(a_base([one, other])).compare(one, other, TODAY)
    assert reply.outcome is Outcome.ANSWER
    assert reply.lead == SAY("outcomes.compare", one=one.name, other=other.name)
    assert len(reply.lines) == 3 * len(COMPARED)
    unknown = SAY("outcomes.not_known")
    cells = {line for line in reply.lines if line.startswith("- ")}
    assert f"- {one.name}: open" in cells
    assert f"- {other.name}: planned" in cells
    assert f"- {one.name}: All lighthouses." in cells
    assert f"- {one.name}: {SAY('laws.PA23')}" in cells
    assert f"- {other.name}: {SAY('laws.PCR15')}" in cells
    assert sum(line == f"- {other.name}: {unknown}" for line in reply.lines) == 7
    assert set(reply.agreements) == {"RM6999", "RM7000"}
    assert reply.sources


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 11, 24), 3, date(2027, 2, 24)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 6, 15), 24, date(2028, 6, 15)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(day: date, months: int, due: date) -> None:
    assert add_months(day, months) == due


@pytest.mark.parametrize(("names", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_names_are_listed_as_people_say_them(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_words_of_a_button_are_cut_at_a_word() -> None:
    assert shortened("x" * LABEL) == "x" * LABEL
    cut = shortened("lantern " * 20)
    assert len(cut) <= LABEL
    assert cut.endswith("lantern…")
    assert len(shortened("x" * 200)) <= LABEL


def test_sources_of_a_reply_are_those_of_what_is_said_and_no_others() -> None:
    sources = {"page": PAGE, "other": PAGE | {"title": "Another page"}}
    levy = {"text": "None.", "source": "other"}
    agreement = an_agreement(sources=sources, levy=levy)
    whole = Composer(a_base([agreement]))
    reply = whole.facts([Speaker(whole.base, TODAY).say("levy", agreement)], TODAY)
    assert [source.title for source in reply.sources] == ["Another page"]


def test_what_is_not_known_is_not_an_answer_and_says_who_might_know() -> None:
    whole = composer()
    reply = whole.facts([Speaker(whole.base, TODAY).say("levy", an_agreement())], TODAY)
    assert reply.outcome is Outcome.DONT_KNOW
    assert reply.sources == ()
    assert whole.base.curators["frameworks"].name in reply.text
