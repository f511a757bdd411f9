"""A survey for the demonstration: two rounds that are over, with made-up answers, and the next one on Tuesday.

Everything goes through the same doors as in real use, with the clock turned back: what is shown is a release.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from bot.clock import LONDON
from bot.people import Actor, Audience, AudienceKind, Function, Member, Role
from bot.surveys import calendars, templates
from bot.surveys.calendars import BankHolidays
from bot.surveys.questions import FUNCTION, Kind, Question, checked
from bot.surveys.release import release
from bot.surveys.round import Round
from bot.surveys.rules import EveryWeeks
from bot.surveys.schedule import Schedule
from bot.surveys.survey import Draft
from storage import deliveries, joining, profiles, releases, responses, rounds, sealing, surveys
from storage.database import Database
from storage.keys import Keys

TEMPLATE = "collaboration-pulse"
TUESDAY, WEEKS, OVER = 1, 4, 2
ANSWERING = 24  # of the 28
COLLEAGUES = tuple(f"U0COLLEAGUE{number:02}" for number in range(28))  # who have moved on since
MOODS = {
    Function.PROCUREMENT: {"early": (3, 4, 2, 1, 0), "timely": (1, 3, 3, 3, 1)},
    Function.DIGITAL: {"early": (0, 1, 2, 4, 2), "constraints": (2, 4, 3, 1, 0)},
}
USUAL = (1, 1, 3, 4, 2)  # how often 1 to 5 is chosen
COMMENTS = (
    "Talk to us before the requirement is written, not after.",
    "One plan with all dates on it that both teams can see.",
    "Fewer approvals for small buys.",
    "A shared template for outcome-based briefs.",
    "Say earlier which framework you have in mind, and why.",
    "Let us sit in on the demos.",
    "Security questions at the start, please.",
    "More time between the shortlist and the award.",
    "A person to ring in each team.",
    "Tell us what happened after the award.",
    "Joint training on the new Act.",
    "Stop changing scope after the notice is out.",
)


def seed(db: Database, keys: Keys, content: Path, workspace: str, channels: tuple[str, str], now: datetime) -> None:
    """Write the survey. `channels` are who is asked and where results go."""
    holidays = calendars.load(content, [])
    next_tuesday = _next_tuesday(now)
    began = next_tuesday - timedelta(weeks=WEEKS * OVER, days=5)
    cerys = Actor(workspace, "U0CERYS", frozenset({Role.ORGANISER}))
    draft = _draft(content, channels, next_tuesday)
    survey = surveys.create(db, cerys, draft, began)
    surveys.activate(db, cerys, survey.id, holidays, began)
    for number in range(OVER):
        due = surveys.get(db, cerys, survey.id)
        members = tuple(Member(member, "Europe/London") for member in COLLEAGUES)
        if due.next_round_at and (round := rounds.start(db, due, members, holidays, due.next_round_at)):
            _sent(db, holidays, round)
            _lived(db, keys, round, Random(number))  # noqa: S311 - made up, and the same every time
    for member in COLLEAGUES:
        profiles.stop(db, workspace, member)


def _next_tuesday(now: datetime) -> datetime:
    """Ten o'clock on the first Tuesday whose ten o'clock is still to come: what the page's clock offers."""
    local = now.astimezone(LONDON)
    days = (TUESDAY - local.weekday()) % 7
    ten = datetime.combine(local.date() + timedelta(days=days), time(10), LONDON)
    return ten if ten > now else ten + timedelta(days=7)


def _draft(content: Path, channels: tuple[str, str], first: datetime) -> Draft:
    template = next(each for each in templates.load(content, []) if each.slug == TEMPLATE)
    anchor = first.date() - timedelta(weeks=WEEKS * OVER)
    return replace(
        template.draft,
        audience=Audience(AudienceKind.CHANNEL, (channels[0],), guests=True, outsiders=True),
        schedule=Schedule(rule=EveryWeeks(WEEKS, (TUESDAY,), anchor), at=time(10)),
        results_channel=channels[1],
    )


def _sent(db: Database, holidays: BankHolidays, round: Round) -> None:
    """Everybody has been invited."""
    while delivery := deliveries.claim(db, holidays, round.opens_at):
        deliveries.sent(db, delivery, "D0MADEUP", "0", round.opens_at)


def _lived(db: Database, keys: Keys, round: Round, chance: Random) -> None:
    """The round's life: answered by most, closed and sealed. Nobody of then is written to any more."""
    keys.make(round.id)
    answering = COLLEAGUES[:ANSWERING]
    for at, member in enumerate(answering):
        function = (Function.PROCUREMENT, Function.DIGITAL)[at % 2]
        given = {FUNCTION: (function.value,)} | {each.key: _made_up(each, function, chance) for each in round.questions}
        kept, _ = checked(round.asked, given)
        responses.record(db, keys, round, member, kept, round.opens_at + timedelta(hours=1))
    joining.leave(db, round, answering)
    rounds.close(db, round.id, round.closes_at)
    kept_release = partial(releases.worked_out, release)
    sealing.seal(db, keys, rounds.get(db, round.id), round.closes_at, kept_release)


def _made_up(question: Question, function: Function, chance: Random) -> tuple[str, ...]:
    if question.kind is Kind.TEXT:
        return (chance.choice(COMMENTS),) if chance.random() < 0.6 else ()
    if question.kind is Kind.RATING:
        mood = MOODS[function].get(question.key, USUAL)
        return tuple(chance.choices(question.values[:5], mood))
    if question.kind is Kind.CHOICES:
        return tuple(chance.sample(question.values[:5], 2))
    return (chance.choice(question.values[1:]),)
