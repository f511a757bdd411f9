"""The screen before a start: dates with the reason for each shift, clashes, how many are asked, what they can show."""

from __future__ import annotations

from bot.people import Function
from bot.surveys.preflight import Clash, Preflight
from bot.surveys.rules import full_date
from bot.surveys.survey import State, Survey
from bot.surveys.timetable import Slot
from handlers.ui import blocks, mrkdwn
from handlers.ui.blocks import Block
from handlers.ui.survey_form import About

START = "survey_start"
LOOK = "survey_look"
ALMOST_ALL = 0.9  # a difference that only opposite answers of everybody would reach is none that can be told
NAMES = {
    Function.PROCUREMENT: "procurement",
    Function.DIGITAL: "digital",
    Function.BOTH: "both",
    Function.OTHER: "something else",
    None: "have not said",
}


def check(survey: Survey, found: Preflight) -> Block:
    """All of it. A draft can be started from here."""
    parts = [
        blocks.section(f"*Next dates*\n{_dates(found)}"),
        *([blocks.context([mrkdwn.escape(found.unknown)])] if found.unknown else []),
        blocks.section(f"*Other surveys*\n{_clashes(found)}"),
        blocks.section(f"*How many are asked*\n{_people(survey, found)}"),
        blocks.section(f"*What they can show*\n{_power(survey, found)}"),
        blocks.section(f"*Time to answer*\nAbout {found.minutes} minute{'s' * (found.minutes != 1)}."),
    ]
    about = About(survey.id, survey.revision).kept()
    if survey.state is not State.DRAFT:
        return blocks.modal(LOOK, "Dates and checks", parts, metadata=about, close="Back")
    parts.append(blocks.context(["*Start* sends nothing now: the first round begins on the first date above."]))
    return blocks.modal(START, "Check and start", parts, submit="Start", metadata=about, close="Back")


def looking() -> Block:
    """What stands there while people and dates are looked up."""
    return blocks.modal(LOOK, "Checks", [blocks.section("Looking at people and dates …")], close="Back")


def trouble(sentence: str) -> Block:
    """Why it cannot be checked."""
    return blocks.modal(LOOK, "Checks", [blocks.section(sentence)], close="Back")


def _dates(found: Preflight) -> str:
    return "\n".join(map(_date, found.slots)) or "None. Choose when it is sent."


def _date(slot: Slot) -> str:
    if slot.day is None:
        return f"• ~{full_date(slot.planned)}~ {mrkdwn.escape(slot.reason)}"
    return f"• {full_date(slot.day)}" + (f" ({mrkdwn.escape(slot.reason)})" if slot.reason else "")


def _clashes(found: Preflight) -> str:
    if not found.clashes:
        return "No other survey asks these people within seven days of these dates."
    lines = [_clash(clash) for clash in found.clashes[:10]]
    return "\n".join(
        [*lines, "Whoever was invited to another survey in the last seven days is invited to this one later."]
    )


def _clash(clash: Clash) -> str:
    people = "person" if clash.people == 1 else "people"
    return f"• “{mrkdwn.escape(clash.title)}” asks {clash.people} {people} of them, first on {full_date(clash.on)}."


def _people(survey: Survey, found: Preflight) -> str:
    if not found.invited:
        return "Nobody. Choose an audience with people in it."
    counts = [f"{count} {NAMES[function]}" for function in NAMES if (count := found.by_function.get(function, 0))]
    told = f"{found.invited}, by what they set in my Home: {', '.join(counts)}."
    if found.invited < survey.draft.threshold:
        told += f" :warning: With fewer than {survey.draft.threshold} people nothing will ever be shown."
    return told


def _power(survey: Survey, found: Preflight) -> str:
    if not survey.draft.by_function:
        return "The professions are not compared."
    basis = "If half of them are in procurement, half in digital, and all answer" if found.assumed else "If all answer"
    if found.gap is None or found.gap > ALMOST_ALL:
        return f"{basis}, no difference between the professions can be told from chance. Read the whole, not the parts."
    return (
        f"{basis}, only differences of about {round(found.gap * 100)} percentage points or more between the professions"
        " can be told from chance, question by question. All items together show smaller ones."
    )
