"""Whether an agreement is open on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.knowledge.records import Agreement
from bot.knowledge.status import State, status
from tests.builders import PAGE, an_agreement, shipped_words

START, END = date(2026, 1, 12), date(2028, 1, 11)
DAY = timedelta(days=1)


def dated(as_of: object, **overrides: object) -> Agreement:
    """An agreement whose one source is of this date."""
    return an_agreement(sources={"page": PAGE | {"as_of": as_of}}, **overrides)


@pytest.mark.parametrize(
    ("on", "state", "is_open"),
    [
        (START - DAY, State.PLANNED, False),
        (START, State.OPEN, True),
        (START + DAY, State.OPEN, True),
        (END - DAY, State.OPEN, True),
        (END, State.OPEN, True),
        (END + DAY, State.ENDED, False),
    ],
)
def test_the_first_and_the_last_day_are_open(on: date, state: State, *, is_open: bool) -> None:
    found = status(an_agreement(), on)
    assert (found.state, found.is_open) == (state, is_open)


@pytest.mark.parametrize(
    ("known", "on", "state"),
    [
        ({"ends": None}, START - DAY, State.PLANNED),
        ({"ends": None}, START, State.OPEN_NO_END),
        ({"starts": None}, END, State.OPEN),
        ({"starts": None}, END + DAY, State.ENDED),
        ({"starts": None, "ends": None}, END, State.UNKNOWN),
    ],
)
def test_a_date_that_is_not_known_leaves_less_to_say(known: dict[str, None], on: date, state: State) -> None:
    assert status(an_agreement(**known), on).state is state


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        (START - DAY, State.UNCONFIRMED),
        ("2025-12", State.UNCONFIRMED),
        ("2025", State.UNCONFIRMED),
        (START, State.OPEN),
        ("2026-01", State.OPEN),
        ("2026", State.OPEN),
    ],
)
def test_a_start_that_was_only_planned_is_not_taken_to_have_happened(as_of: object, state: State) -> None:
    assert status(dated(as_of), START + DAY).state is state


def test_one_newer_source_confirms_a_start() -> None:
    sources = {"page": PAGE | {"as_of": START - DAY}, "news": PAGE | {"as_of": START + DAY}}
    assert status(an_agreement(sources=sources), START).state is State.OPEN


def test_a_plan_that_ended_is_ended_and_one_still_to_come_is_planned() -> None:
    assert status(dated(START - DAY), END + DAY).state is State.ENDED
    assert status(dated(START - DAY), START - DAY).state is State.PLANNED


@pytest.mark.parametrize(
    ("as_of", "on", "warned"),
    [
        (END - DAY, END + DAY, True),
        ("undated", END + DAY, True),
        (END, END + DAY, False),
        (END + DAY, END + 2 * DAY, False),
        ("2028-01", END + DAY, False),
        (END - DAY, END, False),
    ],
)
def test_an_end_known_only_from_an_older_source_is_told_with_a_warning(
    as_of: object, on: date, *, warned: bool
) -> None:
    caveats = status(dated(as_of), on).caveats(shipped_words())
    assert bool(caveats) is warned
    if warned:
        assert caveats == [shipped_words().say("caveats.end_unconfirmed", as_of=dated(as_of).sources["page"].as_of)]


@pytest.mark.parametrize(
    ("on", "said"),
    [(START - DAY, "12 January 2026"), (START, "11 January 2028"), (END + DAY, "11 January 2028")],
)
def test_a_state_in_words_names_the_agreement_and_the_date_that_decides(on: date, said: str) -> None:
    sentence = status(an_agreement(), on).sentence(shipped_words())
    assert "Lantern Services 2 (RM6999)" in sentence
    assert said in sentence


def test_only_open_is_said_to_be_open() -> None:
    states = {
        State.OPEN: status(an_agreement(), START),
        State.OPEN_NO_END: status(an_agreement(ends=None), START),
        State.PLANNED: status(an_agreement(), START - DAY),
        State.UNCONFIRMED: status(dated(START - DAY), START),
        State.ENDED: status(an_agreement(), END + DAY),
        State.UNKNOWN: status(an_agreement(starts=None, ends=None), START),
    }
    assert {state: found.state for state, found in states.items()} == {state: state for state in State}
    sentences = {state: found.sentence(shipped_words()) for state, found in states.items()}
    assert len(set(sentences.values())) == len(State)
    assert [state for state, said in sentences.items() if " is open" in said and "whether" not in said] == [State.OPEN]


def test_a_status_rests_on_its_dates() -> None:
    agreement = an_agreement()
    assert set(map(id, status(agreement, START).facts)) == {id(agreement.starts), id(agreement.ends)}
    assert status(an_agreement(starts=None, ends=None), START).facts == ()
