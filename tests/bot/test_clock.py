"""What day it is in the United Kingdom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.clock import system_clock, today


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 12, 2, 0, 0, tzinfo=UTC), date(2026, 12, 2)),
        (datetime(2026, 12, 2, 8, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 12, 1)),
    ],
)
def test_the_day_is_london_s(moment: datetime, day: date) -> None:
    assert today(moment) == day


def test_the_clock_knows_where_it_is() -> None:
    assert system_clock().utcoffset() == timedelta(0)
