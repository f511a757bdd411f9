"""A year of ten surveys and 500 people, with four processes that tick at once. `python -m benchmarks.year [DAYS]`

The clock is turned from one moment at which something is due to the next; Slack is a fake in each process, and waiting
for a turn takes no time but on the clock. Seven of ten people answer before they are reminded. Afterwards every message
is held against what was due: none twice, none missing, none early, none outside working hours, none too soon after
another survey's.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

import storage.database
from bot.people import Actor, Audience, AudienceKind, Member, Role
from bot.surveys.round import Round
from bot.surveys.rules import EveryWeeks, LastWorkingDay, NthWeekday, Rule
from bot.surveys.timetable import Timetable
from handlers.delivering import Delivering
from handlers.messenger import MARK, Messenger
from handlers.ticking import Ticking
from storage import responses, surveys
from storage.database import Database
from storage.keys import KeyFolder, Keys
from storage.tables import DeliveryRow, InvitationRow, RoundRow, SurveyRow
from tests import databases
from tests.bot.surveys.builders import a_schedule, holidays
from tests.directory import WORKSPACE
from tests.scheduled import a_draft
from tests.ticker import a_release

PROCESSES, PEOPLE, EACH = 4, 500, 60
WAITED_FOR_SQLITE = 60_000  # milliseconds: four writers and one file, which is not how one would run it
BEGINS = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
ANCHOR = date(2026, 12, 1)
OWNER = Actor(WORKSPACE, "U0ADA", frozenset({Role.ORGANISER}))
RULES: tuple[Rule, ...] = (
    EveryWeeks(1, (1,), ANCHOR),
    EveryWeeks(2, (0,), ANCHOR),
    EveryWeeks(2, (2,), ANCHOR),
    EveryWeeks(2, (3,), ANCHOR),
    EveryWeeks(4, (1,), ANCHOR),
    EveryWeeks(4, (4,), ANCHOR),
    NthWeekday(1, 0, 1, ANCHOR),
    NthWeekday(-1, 4, 1, ANCHOR),
    LastWorkingDay(1, ANCHOR),
    NthWeekday(2, 2, 3, ANCHOR),
)
ZONES = ("Europe/London",) * 8 + ("America/New_York", "Pacific/Auckland")
EVERYBODY = {f"U{each:04}": Member(f"U{each:04}", ZONES[each % len(ZONES)]) for each in range(PEOPLE)}


@dataclass
class Clock:
    """Set by the conductor, and moved on by this process's own waiting."""

    now: datetime = BEGINS

    def __call__(self) -> datetime:
        return self.now

    def pause(self, seconds: float) -> bool:
        self.now += timedelta(seconds=seconds)
        return False


@dataclass
class Slack:
    """Takes messages. Marks are kept as files, so that every process can look for them."""

    clock: Clock
    folder: Path
    posts: list[tuple[str, str, datetime]] = field(default_factory=list)

    def api_call(self, method: str, *, json: dict[str, Any] | None = None, params: Any = None) -> dict[str, Any]:
        given = json or params
        if method == "chat.postMessage":
            mark = given.get("metadata", {}).get("event_payload", {}).get(MARK, "")
            self.posts.append((given["channel"], mark, self.clock()))
            if mark:
                (self.folder / mark).touch()
            return {"ok": True, "channel": f"D{given['channel']}", "ts": "1.1"}
        if method == "conversations.open":
            return {"ok": True, "channel": {"id": f"D{given['users']}"}}
        kept = [{"event_type": "survey_delivery", "event_payload": {MARK: each.name}} for each in self.folder.iterdir()]
        return {"ok": True, "messages": [{"ts": "1.1", "metadata": each} for each in kept]}


class Roster:
    """An audience is whom it names."""

    def members(self, _workspace: str, audience: Audience) -> tuple[Member, ...]:
        return tuple(EVERYBODY[each] for each in audience.targets)


class Quiet:
    """Announces nothing: results are not what is measured."""

    def announce(self, round: Round) -> None:
        pass

    def send(self) -> None:
        pass


def seven_of_ten(_db: Database, _keys: Keys, _round: Round, members: Iterable[str]) -> set[str]:
    """Who has answered."""
    return {each for each in members if int(each[1:]) % 10 < 7}


def process(number: int, database_url: str, folder: Path, line: Connection) -> None:
    """Tick whenever the conductor says what time it is; tell what was posted."""
    responses.answered = seven_of_ten  # type: ignore[assignment]
    storage.database.BUSY_MS = WAITED_FOR_SQLITE
    db, clock = Database(database_url), Clock()
    slack, keys = Slack(clock, folder), KeyFolder(folder.parent / "keys")
    messenger = Messenger(slack)  # type: ignore[arg-type]
    delivering = Delivering(db, clock, messenger, keys, clock.pause)
    bell = Ticking(db, clock, messenger, Roster(), keys, delivering, holidays, a_release, f"process {number}", Quiet())
    while now := line.recv():
        clock.now = now
        bell.tick()
        line.send(slack.posts)
        slack.posts = []
    db.close()


@contextmanager
def ticking(database_url: str, folder: Path) -> Iterator[list[Connection]]:
    """Four processes, waiting to be told the time."""
    spawn = multiprocessing.get_context("spawn")
    pipes = [spawn.Pipe() for _ in range(PROCESSES)]
    running = [
        spawn.Process(target=process, args=(number, database_url, folder, theirs))
        for number, (_, theirs) in enumerate(pipes)
    ]
    for each in running:
        each.start()
    try:
        yield [ours for ours, _ in pipes]
    finally:
        for ours, _ in pipes:
            ours.send(None)
        for each in running:
            each.join()


def put_on(db: Database) -> None:
    """Ten surveys, each of 60 of the 500 people, so that one in five is asked by two."""
    ids = list(EVERYBODY)
    for number, rule in enumerate(RULES):
        asked = tuple(ids[(number * 50 + each) % PEOPLE] for each in range(EACH))
        schedule = a_schedule(rule, time(10), open_days=4)
        draft = a_draft(
            title=f"Survey {number}",
            anonymous=False,
            schedule=schedule,
            audience=Audience(AudienceKind.MEMBERS, asked),
        )
        written = surveys.create(db, OWNER, draft, BEGINS)
        surveys.activate(db, OWNER, written.id, holidays(), BEGINS)


def next_moment(db: Database, now: datetime) -> datetime:
    """When something is due next: half a minute from now, or later."""
    moments = (
        select(func.min(SurveyRow.next_round_at)).where(SurveyRow.state == "active"),
        select(func.min(DeliveryRow.due_at)).where(DeliveryRow.state == "waiting"),
        select(func.min(DeliveryRow.lease_until)).where(DeliveryRow.state == "sending"),
        select(func.min(RoundRow.closes_at)).where(RoundRow.state == "open"),
    )
    with db.transaction() as session:
        found = [session.scalar(each) for each in moments]
    return max(now + timedelta(seconds=30), min(each for each in found if each))


Posts = list[tuple[str, str, datetime]]


def live(db: Database, lines: list[Connection], until: datetime) -> tuple[Posts, int]:
    """Turn the clock; give every message that was posted, and how often each process ticked."""
    posts: Posts = []
    now, ticks = next_moment(db, BEGINS), 0
    while now < until:
        for line in lines:
            line.send(now)
        for line in lines:
            posts += line.recv()
        now, ticks = next_moment(db, now), ticks + 1
    return posts, ticks


def judged(db: Database, posts: Posts, until: datetime) -> dict[str, int]:
    """What was due, what became of it, and every fault by its kind."""
    with db.transaction() as session:
        invitations = {row.id: row for row in session.scalars(select(DeliveryRow).filter_by(kind="invitation"))}
        zones = {row.member_id: row.zone for row in session.scalars(select(InvitationRow))}
        survey_of = {row.id: row.survey_id for row in session.scalars(select(RoundRow))}
    marked = [(member, mark, at) for member, mark, at in posts if mark]
    times = Counter(mark for _, mark, _ in marked)
    states = Counter(row.state for row in invitations.values() if row.due_at < until)
    sent = [row for row in invitations.values() if row.state == "sent"]
    return {
        "rounds": len(survey_of),
        "rounds missing or too many": abs(len(survey_of) - sum(held(rule, until) for rule in RULES)),
        "invitations": len(invitations),
        "sent": states["sent"],
        "cancelled (budget, close)": states["cancelled"],
        "reminders posted": len([member for member, mark, _ in posts if not mark and member in EVERYBODY]),
        "twice": sum(count > 1 for count in times.values()),
        "sent and never posted": sum(not times[row.id] for row in sent),
        "overdue, stuck or unknown": sum(states[each] for each in ("waiting", "sending", "unknown", "failed")),
        "early": sum(at < invitations[mark].due_at for _, mark, at in marked),
        "in quiet hours": sum(is_quiet(at, zones[member]) for member, _, at in posts if member in zones),
        "within 7 days of another survey": too_soon(marked, invitations, survey_of),
    }


def held(rule: Rule, until: datetime) -> int:
    """How many rounds a survey must have had."""
    timetable = Timetable(a_schedule(rule, time(10), open_days=4), holidays())
    slots = timetable.slots(BEGINS.date() - timedelta(days=1), 80)
    return sum(slot.day is not None and timetable.starts_at(slot) < until for slot in slots)


def is_quiet(at: datetime, zone: str) -> bool:
    """Judged anew, without the code that is judged."""
    local = at.astimezone(ZoneInfo(zone))
    off = local.date() in holidays().england_and_wales
    return local.weekday() > 4 or off or not time(9, 30) <= local.time() < time(16, 30)


def too_soon(marked: Posts, invitations: dict[str, DeliveryRow], survey_of: dict[str, str]) -> int:
    """How often somebody was invited to another survey within seven days."""
    by_member: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for member, mark, at in marked:
        by_member[member].append((at, survey_of[invitations[mark].round_id]))
    pairs = [
        pair for contacts in by_member.values() for pair in zip(sorted(contacts), sorted(contacts)[1:], strict=False)
    ]
    return sum(one[1] != two[1] and two[0] - one[0] < timedelta(days=7) for one, two in pairs)


def year(database_url: str, days: int) -> dict[str, int | str]:
    """One run on one database."""
    db = Database(databases.migrated(database_url))
    put_on(db)
    until = BEGINS + timedelta(days=days)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "marks"
        folder.mkdir()
        began = perf_counter()
        with ticking(database_url, folder) as lines:
            posts, ticks = live(db, lines, until)
    took = perf_counter() - began
    found = judged(db, posts, until)
    db.close()
    return {**found, "ticks of each process": ticks, "seconds": f"{took:.0f}"}


def main(days: int) -> None:
    """Print the table."""
    print(f"{days} days, {len(RULES)} surveys, {PEOPLE} people, {PROCESSES} processes")
    with tempfile.TemporaryDirectory() as place:
        found = {"SQLite": year(f"sqlite:///{place}/year.db", days)}
    with databases.postgres() as server, server.database() as url:
        found["PostgreSQL"] = year(url, days)
    print(f"{'':<34}{'SQLite':>12}{'PostgreSQL':>12}")
    for name in found["SQLite"]:
        print(f"{name:<34}{found['SQLite'][name]:>12}{found['PostgreSQL'][name]:>12}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 365)
