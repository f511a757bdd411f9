"""The clock strikes: rounds begin, messages go out, people join and leave, rounds close and are sealed.

Any number of processes may tick at once; who does a thing is decided by the database. A survey or a person in trouble
is noted and stepped over, so that the others are served.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from bot.clock import Clock
from bot.errors import Problem
from bot.people import Audience, Member
from bot.surveys.calendars import BankHolidays
from bot.surveys.planning import slot_behind
from bot.surveys.round import Round
from bot.surveys.survey import Survey
from bot.surveys.timetable import Lateness, Timetable
from handlers.delivering import Delivering
from handlers.messenger import Messenger
from handlers.ui import survey_notes
from handlers.ui.blocks import Message
from storage import enquiries, joining, releases, responses, rounds, sealing, surveys, ticks
from storage.database import Database
from storage.keys import Keys

log = logging.getLogger(__name__)
Due = TypeVar("Due", Round, Survey)
LOOKED_EVERY = timedelta(hours=1)  # at who joined and left: Slack allows few such calls


class People(Protocol):
    """Who belongs to an audience now."""

    def members(self, workspace: str, audience: Audience) -> tuple[Member, ...]: ...


class Announces(Protocol):
    """Sees that results reach people."""

    def announce(self, round: Round) -> None: ...

    def send(self) -> None: ...


@dataclass(frozen=True)
class Ticking:
    """One look at everything that is due. `announcing` is told of each sealed round until it has planned for it."""

    db: Database
    clock: Clock
    messenger: Messenger
    roster: People
    keys: Keys
    delivering: Delivering
    holidays: Callable[[], BankHolidays]
    release: releases.Releasing
    process: str
    announcing: Announces
    _looked: dict[str, datetime] = field(default_factory=dict, repr=False)

    def tick(self) -> None:
        """Do what is due, and note that it was looked at."""
        now, holidays, troubles = self.clock(), self.holidays(), Troubles()
        troubles.for_each("closing", lambda: rounds.to_close(self.db, now), lambda round: self._close(round, now))
        troubles.for_each("announcing", lambda: rounds.to_report(self.db), self.announcing.announce)
        troubles.for_each(
            "beginning", lambda: surveys.due(self.db, now), lambda survey: self._begin(survey, holidays, now)
        )
        troubles.for_each(
            "keeping up", lambda: rounds.running(self.db, now), lambda round: self._keep_up(round, holidays, now)
        )
        with troubles.stepped_over("looking for messages"):
            self.delivering.reconcile()
        with troubles.stepped_over("reminding"):
            self.delivering.remind(holidays)
        with troubles.stepped_over("inviting"):
            self.delivering.invite(holidays)
        with troubles.stepped_over("sending results"):
            self.announcing.send()
        ticks.beat(self.db, self.process, str(troubles), self.clock())

    def nightly(self) -> None:
        """Plan anew, because bank holidays are announced late; and look at every audience."""
        now, holidays, troubles = self.clock(), self.holidays(), Troubles()
        for survey in surveys.replan(self.db, holidays, now):
            with troubles.stepped_over("planning", survey.id):
                self._tell(survey, survey_notes.moved(survey, surveys.next_of(self.db, survey.id)))
        for round in rounds.running(self.db, now):
            with troubles.stepped_over("keeping up", round.id):
                self._join_and_leave(round, holidays, now)

    def _begin(self, survey: Survey, holidays: BankHolidays, now: datetime) -> None:
        if _is_missed(survey, holidays, now):
            self._pass_over(survey, survey_notes.passed_over, holidays, now)
            return
        members = self._asked(survey, now)
        if not members:
            self._pass_over(survey, survey_notes.nobody_to_ask, holidays, now)
        elif round := rounds.start(self.db, survey, members, holidays, now):
            log.info("a round of %d people has begun: %s", round.invited, round.id)

    def _asked(self, survey: Survey, now: datetime) -> tuple[Member, ...]:
        if survey.draft.audience is None:
            return ()
        try:
            return self.roster.members(survey.workspace, survey.draft.audience)
        except Problem as problem:
            if enquiries.first_seen(self.db, survey.workspace, f"cannot begin {survey.id} {survey.next_slot}", now):
                self._tell(survey, survey_notes.cannot_begin(survey, str(problem)))
            raise

    def _pass_over(
        self,
        survey: Survey,
        note: Callable[[Survey, str, datetime | None], Message],
        holidays: BankHolidays,
        now: datetime,
    ) -> None:
        if surveys.pass_over(self.db, survey, holidays, now):
            following = surveys.next_of(self.db, survey.id)
            self._tell(survey, note(survey, str(survey.next_slot), following))

    def _tell(self, survey: Survey, note: Message) -> None:
        self.messenger.tell(survey.owner, note)

    def _keep_up(self, round: Round, holidays: BankHolidays, now: datetime) -> None:
        """Before anybody is asked there must be a key; a key that was lost is not made anew over answers."""
        if round.anonymous and self.keys.get(round.id) is None and not responses.count(self.db, round):
            self.keys.make(round.id)
        if now - self._looked.setdefault(round.id, now) >= LOOKED_EVERY:
            self._join_and_leave(round, holidays, now)

    def _join_and_leave(self, round: Round, holidays: BankHolidays, now: datetime) -> None:
        self._looked[round.id] = now
        found = self.roster.members(round.workspace, round.whom) if round.whom else ()
        if found:  # an audience that is empty all at once is more likely trouble
            joining.leave(self.db, round, joining.members_of(self.db, round.id) - {each.id for each in found})
            joining.join(self.db, round, found, holidays, now)

    def _close(self, round: Round, now: datetime) -> None:
        rounds.close(self.db, round.id, now)
        self._looked.pop(round.id, None)
        kept = partial(releases.worked_out, self.release)
        sealing.seal(self.db, self.keys, rounds.get(self.db, round.id), now, kept)


class Troubles:
    """What went wrong in one tick, without anything that people wrote."""

    def __init__(self) -> None:
        self._noted: list[str] = []

    def __str__(self) -> str:
        return "; ".join(self._noted)

    def for_each(self, doing: str, find: Callable[[], tuple[Due, ...]], work: Callable[[Due], None]) -> None:
        """Do the work with everything that is found, one by one."""
        found: tuple[Due, ...] = ()
        with self.stepped_over(doing):
            found = find()
        for each in found:
            with self.stepped_over(doing, each.id):
                work(each)

    @contextmanager
    def stepped_over(self, doing: str, subject: str = "") -> Iterator[None]:
        """Whatever is raised is noted by its kind, and ends here."""
        try:
            yield
        except Exception as error:
            kind = " ".join(filter(None, (type(error).__name__, getattr(error, "code", ""))))
            self._noted.append(" ".join(filter(None, (doing, subject, kind))))
            log.error("%s %s: %s", doing, subject, kind)  # noqa: TRY400 -- a traceback may quote people


def _is_missed(survey: Survey, holidays: BankHolidays, now: datetime) -> bool:
    if survey.draft.schedule is None or survey.next_slot is None:
        return False
    timetable = Timetable(survey.draft.schedule, holidays)
    slot = slot_behind(timetable, survey.next_slot)
    return bool(slot and slot.day and timetable.due(now, slot) is Lateness.MISSED)
