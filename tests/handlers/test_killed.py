"""kill −9 between claiming, sending and recording, with real processes: everybody is asked once, nobody is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from sqlalchemy import select

from bot.app import MANIFEST
from bot.clock import system_clock
from bot.people import Member
from handlers.messenger import MARK
from sandbox.clock import Clock
from sandbox.delivery import Pace
from sandbox.records import Person
from sandbox.server import Sandbox
from storage.database import Database
from storage.tables import DeliveryRow, PaceRow
from tests.courier import STEPS, TIMEOUT
from tests.directory import WORKSPACE
from tests.scheduled import FIRST, begun

ROOT = Path(__file__).parent.parent.parent
PEOPLE = tuple(Member(f"U0P{each:02}", "Europe/London") for each in range(24))
POST = "chat.postMessage"
PATIENCE = 60  # seconds, for a busy machine


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """A workspace of 24 people, whose clock shows the moment of the first round."""
    offset = (FIRST - system_clock()).total_seconds()
    people = [Person(each.id, each.id.lower(), each.id) for each in PEOPLE]
    pace = Pace(hang=2 * TIMEOUT)
    with Sandbox(MANIFEST, people, (), pace=pace, clock=Clock(offset)) as running:
        yield running


@contextmanager
def couriers(box: Sandbox, database_url: str, *steps: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that send, each until it dies after its step, or until the end of the block."""
    command = [sys.executable, "-m", "tests.courier", database_url, box.api_url, box.bot_token]
    offset = str(box.workspace.clock.offset_seconds)
    running = [subprocess.Popen([*command, offset, *filter(None, [step])], cwd=ROOT) for step in steps]
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()


def states(db: Database) -> Counter[str]:
    with db.transaction() as session:
        return Counter(session.scalars(select(DeliveryRow.state).filter_by(kind="invitation")))


def marks(box: Sandbox) -> Counter[str]:
    """How often each invitation stands in somebody's conversation."""
    found: Counter[str] = Counter()
    for channel in list(box.workspace.messages):
        for message in box.workspace.messages[channel]:
            found[str((message.metadata or {}).get("event_payload", {}).get(MARK))] += 1
    return found


def test_everybody_is_invited_once_whatever_dies_and_whatever_breaks(
    db: Database, database_url: str, box: Sandbox
) -> None:
    begun(db, PEOPLE)
    with db.transaction() as session:
        session.add(PaceRow(workspace=WORKSPACE, method=POST, next_at=FIRST, per_second=10.0, successes=0))
    with couriers(box, database_url, *STEPS) as dying:
        for process in dying:
            assert process.wait(timeout=60) == -signal.SIGKILL
    assert sum(marks(box).values()) == 2  # of the couriers that died at "posted" and at "recorded"
    for fault in ("reset_after", "error_after", "timeout_after", "error_before", "timeout_before", "rate_limited"):
        box.fault(fault, method=POST, times=1)
    with couriers(box, database_url, "", ""):
        until = monotonic() + PATIENCE
        while states(db) != {"sent": len(PEOPLE)} and monotonic() < until:
            Event().wait(0.05)
    assert states(db) == {"sent": len(PEOPLE)}
    with db.transaction() as session:
        ids = set(session.scalars(select(DeliveryRow.id).filter_by(kind="invitation")))
    assert marks(box) == Counter(ids)
