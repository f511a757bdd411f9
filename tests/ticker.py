"""A bell for tests: the ticking as it is wired, on a clock that waiting turns, with an audience made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from slack_sdk import WebClient

from bot.errors import Problem
from bot.people import Audience, Member
from bot.surveys.release import Published, Release
from bot.surveys.round import Round
from bot.surveys.sealed import Sealed
from handlers.delivering import Delivering
from handlers.messenger import Messenger
from handlers.ticking import Ticking
from storage import results
from storage.database import Database
from storage.keys import KeyFolder
from tests.bot.surveys.builders import holidays
from tests.fakes import HandClock
from tests.scheduled import EVERYBODY

TOKEN = "xoxb-1-canary-bot-token"


def a_release(sealed: Sealed, _earlier: Iterable[Release]) -> Release:
    """A release that shows nothing."""
    of = sealed.round
    nothing = Published(of.threshold, 1, ())
    return Release(
        round_id=of.id,
        survey_id=of.survey_id,
        number=of.number,
        title=of.title,
        purpose=of.purpose,
        period=of.period,
        questions=of.questions,
        opened_on=of.opens_at.date(),
        closed_on=of.closes_at.date(),
        anonymous=of.anonymous,
        by_function=of.by_function,
        audience=of.audience,
        inside=nothing,
        outside=nothing,
    )


@dataclass
class Crowd:
    """Who belongs to the audience, as a test says; or why it cannot be read."""

    present: tuple[Member, ...] = EVERYBODY
    trouble: Problem | None = None
    only_for: str = ""

    def members(self, _workspace: str, audience: Audience) -> tuple[Member, ...]:
        """Those present. With `only_for` the trouble is with that target alone."""
        if self.trouble and self.only_for in ("", *audience.targets):
            raise self.trouble
        return self.present


@dataclass(frozen=True)
class Crier:
    """Remembers each round that it was the first to announce, and tells nobody."""

    db: Database
    clock: HandClock
    sealed: list[Round]

    def announce(self, round: Round) -> None:
        if results.announce(self.db, round, holidays(), self.clock()):
            self.sealed.append(round)

    def send(self) -> None:
        """Nothing is sent."""


@dataclass
class Bell:
    """Rings when a test says so."""

    db: Database
    clock: HandClock
    folder: Path
    crowd: Crowd = field(default_factory=Crowd)
    sealed: list[Round] = field(default_factory=list)
    while_waiting: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.keys = KeyFolder(self.folder / "keys")
        messenger = Messenger(WebClient(token=TOKEN, retry_handlers=[]))
        self.delivering = Delivering(self.db, self.clock, messenger, self.keys, self._pause)
        self.ticking = Ticking(
            self.db,
            self.clock,
            messenger,
            self.crowd,
            self.keys,
            self.delivering,
            holidays,
            a_release,
            "bell",
            Crier(self.db, self.clock, self.sealed),
        )

    def ring(self, **later: float) -> None:
        """Let time pass, and ring."""
        self.clock.turn(**later)
        self.ticking.tick()

    def ring_for(self, *, every: float = 30, times: int = 10) -> None:
        """Ring many times, every so many seconds."""
        for _ in range(times):
            self.ring(seconds=every)

    def _pause(self, seconds: float) -> bool:
        self.while_waiting()
        self.clock.turn(seconds=seconds)
        return False
