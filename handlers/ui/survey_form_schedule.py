"""When a survey is sent: the form, drawn for the kind of rule that was chosen, and read back."""

from __future__ import annotations

import calendar
from datetime import date, time
from typing import Any

from bot.surveys.calendars import Closure, Nation
from bot.surveys.rules import NTH, EveryWeeks, Faults, LastWorkingDay, NthWeekday, Once, Rule
from bot.surveys.schedule import LONGEST, WORKING_HOURS, Policy, Schedule
from handlers.ui import blocks, fields
from handlers.ui.blocks import Block
from handlers.ui.survey_form import About

SCHEDULE = "survey_schedule"
KIND = "survey_schedule_kind"
_DAY, _ANCHOR, _WEEKS, _WEEKDAYS, _NTH, _WEEKDAY, _MONTHS = "day anchor weeks weekdays nth weekday months".split()
_AT, _ZONE, _WHOSE, _POLICY, _NATIONS, _CLOSED, _OPEN = "at zone whose policy nations closed open_days".split()
_FROM, _UNTIL = "from", "until"
KINDS = {
    "once": "Once",
    "every-weeks": "Every week, or every few weeks",
    "nth-weekday": "On a weekday of the month, such as the first Tuesday",
    "last-working-day": "On the last working day of the month",
}
AT = {
    "rule": KIND,
    "day": _DAY,
    "anchor": _ANCHOR,
    "interval": _WEEKS,
    "weekdays": _WEEKDAYS,
    "nth": _NTH,
    "weekday": _WEEKDAY,
    "months": _MONTHS,
    "at": _AT,
    "zone": _ZONE,
    "open_days": _OPEN,
    "hours": _FROM,
}
"""The field of the form at which a fault of a schedule stands."""
DEFAULTS = Schedule(rule=EveryWeeks(4, (calendar.TUESDAY,), date.min), at=time(10, 0))
POLICIES = {
    Policy.NEXT: "Send it on the next working day",
    Policy.PREVIOUS: "Send it on the working day before",
    Policy.SKIP: "Leave that round out",
    Policy.IGNORE: "Send it all the same",
}
WEEKDAYS = [(str(day), calendar.day_name[day]) for day in range(calendar.SATURDAY)]
Errors = dict[str, str]


def schedule(chosen: Schedule | None, of: About, on: date, kind: str = "") -> Block:
    """The form. `on` is today; `kind` is what was chosen since it was drawn, when the fields below must follow."""
    kept = chosen or DEFAULTS
    shown = kind or kept.rule.kind
    rule = kept.rule if chosen and kept.rule.kind == shown else None
    parts = [
        fields.radios(KIND, "How often", list(KINDS.items()), chosen=shown, redraws=True),
        *_rule(shown, rule, on),
        *_time(kept),
        *_days_off(kept),
        fields.menu(
            _OPEN,
            "Open for so many working days",
            [(str(days), str(days)) for days in range(1, LONGEST + 1)],
            chosen=str(kept.open_days),
            hint="It closes at 17:00 on the last of them.",
        ),
        _clock(_FROM, "Send nothing before", kept.hours[0]),
        _clock(_UNTIL, "Send nothing after", kept.hours[1]),
    ]
    return blocks.modal(SCHEDULE, "When it is sent", parts, submit="Save", metadata=of.kept())


def _rule(kind: str, rule: Rule | None, on: date) -> list[Block]:
    if kind == "once":
        return [_date(_DAY, "On", rule.day if isinstance(rule, Once) else on)]
    first = _date(_ANCHOR, "Not before", on if rule is None or isinstance(rule, Once) else rule.anchor)
    if kind == "every-weeks":
        every = rule if isinstance(rule, EveryWeeks) else DEFAULTS.rule
        weeks, days = (every.interval, every.weekdays) if isinstance(every, EveryWeeks) else (4, ())
        return [
            fields.menu(_WEEKS, "Every so many weeks", _numbers(), chosen=str(weeks)),
            fields.boxes(_WEEKDAYS, "On", WEEKDAYS, chosen=map(str, days)),
            first,
        ]
    if kind == "nth-weekday":
        nth = rule if isinstance(rule, NthWeekday) else NthWeekday(1, calendar.TUESDAY, 1, on)
        return [
            fields.menu(_NTH, "On the", [(str(n), name) for n, name in NTH.items()], chosen=str(nth.nth)),
            fields.menu(_WEEKDAY, "Weekday", WEEKDAYS, chosen=str(nth.weekday)),
            fields.menu(_MONTHS, "Every so many months", _numbers(), chosen=str(nth.months)),
            first,
        ]
    months = rule.months if isinstance(rule, LastWorkingDay) else 1
    return [fields.menu(_MONTHS, "Every so many months", _numbers(), chosen=str(months)), first]


def _time(kept: Schedule) -> list[Block]:
    return [
        _clock(_AT, "At", kept.at),
        fields.radios(
            _WHOSE,
            "Whose clock",
            [
                ("mine", "One moment for everybody, in the time zone below"),
                ("theirs", "This time where each person is"),
            ],
            chosen="theirs" if kept.recipient_zones else "mine",
        ),
        blocks.text_input(
            _ZONE, "Time zone", hint="Such as Europe/London.", initial=kept.zone, longest=60, one_line=True
        ),
    ]


def _days_off(kept: Schedule) -> list[Block]:
    closed = "\n".join(f"{closure.day} {closure.name}" for closure in kept.closed)
    return [
        fields.boxes(
            _NATIONS,
            "Bank holidays of",
            [(nation.value, nation.words) for nation in Nation],
            chosen=kept.nations,
            optional=True,
        ),
        fields.radios(
            _POLICY,
            "When a round falls on a day off",
            [(policy.value, words) for policy, words in POLICIES.items()],
            chosen=kept.policy,
        ),
        blocks.text_input(
            _CLOSED,
            "Other days off",
            hint="One a line, the date first: 2026-12-24 Christmas shutdown",
            initial=closed,
            optional=True,
            longest=1500,
        ),
    ]


def kind_chosen(view: Block) -> str:
    """The kind of rule that is chosen in the form now."""
    chosen = fields.one_chosen(view, KIND)
    return chosen if chosen in KINDS else "once"


def read_schedule(view: Block) -> tuple[Schedule | None, Errors]:
    """The schedule that was sent, or None and what cannot be read, by field. What it means is judged elsewhere."""
    errors: Errors = {}
    rule = _read_rule(view, errors)
    at, opening, ending = (_read_time(view, field, errors) for field in (_AT, _FROM, _UNTIL))
    closed = _read_closed(blocks.typed(view, _CLOSED), errors)
    if rule is None or errors:
        return None, errors
    nations = fields.chosen(view, _NATIONS)
    policy, days = fields.one_chosen(view, _POLICY), fields.one_chosen(view, _OPEN)
    return (
        Schedule(
            rule=rule,
            at=at,
            zone=blocks.typed(view, _ZONE),
            recipient_zones=fields.one_chosen(view, _WHOSE) == "theirs",
            policy=Policy(policy) if policy in set(Policy) else Policy.NEXT,
            nations=tuple(nation for nation in Nation if nation in nations),
            closed=closed,
            open_days=_number(days),
            hours=(opening, ending),
        ),
        {},
    )


def place(faults: Faults) -> Errors:
    """What is wrong with a schedule, at the fields of the form, the first of each."""
    placed: Errors = {}
    for field, sentence in faults:
        placed.setdefault(AT.get(field, KIND), sentence)
    return placed


def _read_rule(view: Block, errors: Errors) -> Rule | None:
    kind = kind_chosen(view)
    start = _read_date(view, _DAY if kind == "once" else _ANCHOR, errors)
    if start is None:
        return None
    months = _number(fields.one_chosen(view, _MONTHS))
    if kind == "once":
        return Once(start)
    if kind == "every-weeks":
        days = tuple(_number(day) for day in fields.chosen(view, _WEEKDAYS))
        return EveryWeeks(_number(fields.one_chosen(view, _WEEKS)), days, start)
    if kind == "nth-weekday":
        nth: Any = _number(fields.one_chosen(view, _NTH))
        return NthWeekday(nth, _number(fields.one_chosen(view, _WEEKDAY)), months, start)
    return LastWorkingDay(months, start)


def _read_date(view: Block, field: str, errors: Errors) -> date | None:
    try:
        return date.fromisoformat(fields.one_chosen(view, field))
    except ValueError:
        errors[field] = "Choose a date."
        return None


def _read_time(view: Block, field: str, errors: Errors) -> time:
    try:
        return time.fromisoformat(fields.one_chosen(view, field)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        errors[field] = "Choose a time."
        return WORKING_HOURS[0]


def _read_closed(text: str, errors: Errors) -> tuple[Closure, ...]:
    found = []
    for line in filter(str.strip, text.split("\n")):
        day, _, name = line.strip().partition(" ")
        try:
            found.append(Closure(date.fromisoformat(day), name.strip() or "closed"))
        except ValueError:
            errors[_CLOSED] = f"“{blocks.cut(line.strip(), 60)}” does not begin with a date. Write it as 2026-12-24."
    return tuple(found)


def _number(text: str) -> int:
    """A whole number that was chosen; -9 for what was not in the list, which is a fault of the schedule."""
    return int(text) if text.removeprefix("-").isdecimal() and text.isascii() else -9


def _numbers() -> list[tuple[str, str]]:
    return [(str(number), str(number)) for number in range(1, 13)]


def _date(field: str, label: str, initial: date) -> Block:
    return fields.field(field, label, {"type": "datepicker", "initial_date": initial.isoformat()})


def _clock(field: str, label: str, initial: time) -> Block:
    return fields.field(field, label, {"type": "timepicker", "initial_time": f"{initial:%H:%M}"})
