"""How sources date themselves."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.knowledge import asof


@pytest.mark.parametrize(
    ("written", "latest", "words", "iso"),
    [
        (date(2026, 1, 27), date(2026, 1, 27), "27 January 2026", "2026-01-27"),
        ("2026-01-27", date(2026, 1, 27), "27 January 2026", "2026-01-27"),
        ("2026-01", date(2026, 1, 31), "January 2026", "2026-01"),
        ("2024-02", date(2024, 2, 29), "February 2024", "2024-02"),
        ("2026-12", date(2026, 12, 31), "December 2026", "2026-12"),
        ("2026", date(2026, 12, 31), "2026", "2026"),
        (2026, date(2026, 12, 31), "2026", "2026"),
        ("undated", None, "undated", "undated"),
    ],
)
def test_a_source_is_as_exact_as_it_was_dated(written: object, latest: date | None, words: str, iso: str) -> None:
    dated = asof.read(written)
    assert (dated.latest, str(dated), dated.iso) == (latest, words, iso)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2026-13",
        "2026-00",
        "2026-02-30",
        "0000",
        "26-01-27",
        "2026-1",
        "27/01/2026",
        "2026-01-27 ",
        None,
        7,
        [],
    ],
)
def test_anything_else_is_refused_with_the_ways_to_write_a_date(written: object) -> None:
    with pytest.raises(ValueError, match="write a date"):
        asof.read(written)


def test_a_time_of_day_is_no_obstacle_to_comparing_dates() -> None:
    """TOML reads 2026-01-27T10:00:00 as a moment; what is kept must still compare with days."""
    try:
        dated = asof.read(datetime(2026, 1, 27, 10, 0))  # noqa: DTZ001 - as tomllib gives it
    except ValueError:
        return
    assert dated.before(date(2026, 1, 28))
    assert dated.iso == "2026-01-27"


def test_what_was_read_may_be_read_again() -> None:
    once = asof.read("2026-01")
    assert asof.read(once) is once


@pytest.mark.parametrize(
    ("written", "day", "older"),
    [
        ("2026-01-27", date(2026, 1, 27), False),
        ("2026-01-27", date(2026, 1, 28), True),
        ("2026-01", date(2026, 1, 31), False),
        ("2026-01", date(2026, 2, 1), True),
        ("2026", date(2026, 12, 31), False),
        ("undated", date(1990, 1, 1), True),
    ],
)
def test_a_source_is_older_only_when_it_must_be(written: str, day: date, *, older: bool) -> None:
    assert asof.read(written).before(day) is older


def test_a_day_in_words_has_no_leading_nought() -> None:
    assert asof.day_in_words(date(2026, 10, 8)) == "8 October 2026"
