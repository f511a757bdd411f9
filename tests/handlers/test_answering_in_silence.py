"""Answering through Slack's door leaves answers under codes and nothing else: no other row, no line in any log."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from sqlalchemy import select

from handlers.ui import questionnaire
from storage import responses, rounds, sealing
from storage.tables import OpenAnswerRow, OpenCommentRow, Table
from tests.conftest import Running, Start
from tests.fakes import HandClock
from tests.handlers.test_answering import ANSWERS, CANARY, form, keys, opened, sent
from tests.payloads import BO, click
from tests.scheduled import FIRST

TABLES_OF_ANSWERS = {"open_answer", "open_comment"}


def everything(running: Running) -> dict[str, list[Any]]:
    with running.db.transaction() as session:
        return {table.name: sorted(map(str, session.execute(table.select()))) for table in Table.metadata.sorted_tables}


@pytest.mark.parametrize("again", [False, True])
def test_an_answer_changes_the_tables_of_answers_and_no_other(running: Running, clock: HandClock, again: bool) -> None:
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running)
    view = form(running, round)
    if again:
        running.receives(sent(round, view, ANSWERS))
    before = everything(running)
    clock.turn(minutes=5)
    running.receives(sent(round, view, ANSWERS | {"likely": ("9",)}))
    after = everything(running)
    assert {name for name in after if after[name] != before[name]} <= TABLES_OF_ANSWERS
    assert after["open_answer"] != before["open_answer"]
    assert BO not in str({name: after[name] for name in TABLES_OF_ANSWERS})


def a_whole_response(running: Running, clock: HandClock) -> list[str]:
    """Opened, sent, refused, changed, withdrawn, sent again, too late, sealed; gives all codes that there were."""
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running)
    view = form(running, round)
    running.receives(sent(round, view, ANSWERS))
    running.receives(sent(round, view, {**ANSWERS, "early": ("99",)}))
    withdraw = click({"type": "button", "action_id": questionnaire.WITHDRAW, "value": round.id}, by=BO)
    running.receives(withdraw | {"view": view | {"id": "V0VIEW"}})
    running.receives(sent(round, form(running, round), ANSWERS))
    with running.db.reading() as session:
        tokens = [*session.scalars(select(OpenAnswerRow.token)), *session.scalars(select(OpenCommentRow.token))]
    clock.now = round.closes_at
    running.receives(sent(round, view, ANSWERS))
    rounds.close(running.db, round.id, clock())
    sealing.seal(running.db, keys(running), rounds.get(running.db, round.id), clock(), lambda *_: {"n": 1})
    return [token.hex() for token in tokens]


def test_the_log_at_debug_never_tells_who_answered_what_or_under_which_code(
    logs: dict[str, io.StringIO], start: Start, clock: HandClock
) -> None:
    """Acceptance n."""
    running = start(log_level="DEBUG")
    codes = a_whole_response(running, clock)
    log = logs["ours"].getvalue()
    assert codes
    assert not [trace for trace in (CANARY, "Canary", "approvals", BO, *codes) if trace in log]
    assert CANARY in logs["everything"].getvalue()  # the libraries did say it, and were not let through


def test_the_log_at_debug_tells_nobody_when_keeping_an_answer_breaks(
    logs: dict[str, io.StringIO], start: Start, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError(f"{CANARY} {BO} {args} {kwargs}")

    running = start(log_level="DEBUG")
    clock.now = FIRST + timedelta(minutes=1)
    round = opened(running)
    view = form(running, round)
    monkeypatch.setattr(responses, "record", fail)
    told = running.receives(sent(round, view, ANSWERS))
    log = logs["ours"].getvalue()
    assert not [trace for trace in (CANARY, "Canary", BO) if trace in log]
    assert "Something broke" in str(told)
