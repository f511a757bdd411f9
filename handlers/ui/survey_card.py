"""Surveys at a glance, for their organisers: the list, and one survey as a card with what can be done to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.people import Audience, AudienceKind, Function
from bot.surveys.delivery import DeliveryState
from bot.surveys.health import Health
from bot.surveys.questions import function_question, minutes
from bot.surveys.round import Round, RoundState, response_rate
from bot.surveys.rules import in_a_row
from bot.surveys.survey import Fault, State, Survey
from handlers.ui import blocks, mrkdwn, report
from handlers.ui.blocks import Block
from handlers.ui.invitation import moment
from handlers.ui.survey_form import About

NEW, LIST, OPEN = "surveys_new", "surveys_list", "surveys_open"
EDIT_WORDS, EDIT_QUESTIONS, EDIT_AUDIENCE, EDIT_SCHEDULE = (
    f"surveys_edit_{what}" for what in ("words", "questions", "audience", "schedule")
)
PREVIEW, TEST, CHECK = "surveys_preview", "surveys_test", "surveys_check"
PAUSE, RESUME, SKIP, CLOSE, ARCHIVE = (f"surveys_{what}" for what in ("pause", "resume", "skip", "close", "archive"))
LISTED = 40  # surveys in the list: two blocks each, and a form holds a hundred
STATES = {State.DRAFT: "Draft", State.ACTIVE: "On", State.PAUSED: "Paused", State.ARCHIVED: "Archived"}
SENT_TO = {
    AudienceKind.CHANNEL: "Everybody in {}",
    AudienceKind.GROUP: "The user group {}",
    AudienceKind.MEMBERS: "{}",
    AudienceKind.FUNCTION: "Everybody whose profession is {}",
}


@dataclass(frozen=True)
class Latest:
    """The newest round of a survey, and how many have answered it."""

    round: Round
    answered: int


@dataclass(frozen=True)
class Glance:
    """A survey in the list. `is_theirs`: whether the reader may open and change it."""

    survey: Survey
    latest: Latest | None
    is_theirs: bool


@dataclass(frozen=True)
class Card:
    """All that the card of a survey shows. `groups` are names of user groups by their ids."""

    survey: Survey
    latest: Latest | None
    health: Health | None
    faults: tuple[Fault, ...]
    groups: Mapping[str, str]


def listed(glances: Sequence[Glance]) -> Block:
    """The organiser's list."""
    parts = [blocks.actions("surveys", [blocks.button("New survey", NEW, "new", primary=True)])]
    for glance in glances[:LISTED]:
        parts += [blocks.divider(), _glance(glance)]
    if not glances:
        parts.append(blocks.section("There are no surveys yet. Start from a template: it takes a few minutes."))
    if len(glances) > LISTED:
        parts.append(blocks.context([f"and {len(glances) - LISTED} more; archive what is over to see them"]))
    return blocks.modal(LIST, "Surveys", parts, close="Close")


def _glance(glance: Glance) -> Block:
    survey = glance.survey
    lines = [f"*{mrkdwn.escape(survey.draft.title)}*", " · ".join([STATES[survey.state], *_next(survey)])]
    lines += [_answered(glance.latest)] if glance.latest else []
    lines += [] if glance.is_theirs else [f"Looked after by <@{survey.owner}>"]
    made = blocks.section("\n".join(lines))
    if glance.is_theirs:
        label = f"Open the survey {survey.draft.title}"
        made["accessory"] = blocks.button("Open", OPEN, About(survey.id, survey.revision).kept(), label=label)
    return made


def _next(survey: Survey) -> list[str]:
    return [f"next round {moment(survey.next_round_at)}"] if survey.next_round_at else []


def _answered(latest: Latest) -> str:
    asked = latest.round
    share = f" ({response_rate(latest.answered, asked.invited)}%)" if asked.invited else ""
    have = "have answered" if asked.state is RoundState.OPEN else "answered"
    until = f", open until {moment(asked.closes_at)}" if asked.state is RoundState.OPEN else ", closed"
    return f"Round {asked.number}{until}: {latest.answered} of {asked.invited} {have}{share}"


def card(shown: Card, note: str = "") -> Block:
    """One survey, with what can be done to it now."""
    survey = shown.survey
    about = About(survey.id, survey.revision)
    parts = [
        *([blocks.section(note)] if note else []),
        blocks.section(f"*{mrkdwn.escape(survey.draft.title)}*\n{mrkdwn.escape(survey.draft.purpose or '–')}"),
        blocks.context([" · ".join([STATES[survey.state], *_next(survey)])]),
        *_round(shown),
        blocks.divider(),
        *_parts(shown, about),
        *_missing(shown),
        blocks.divider(),
        *_actions(shown, about),
    ]
    return blocks.modal(OPEN, "Survey", parts, metadata=about.kept(), close="Close")


def _round(shown: Card) -> list[Block]:
    if shown.latest is None:
        return []
    said = [_answered(shown.latest)]
    if shown.health:
        said.append(f"Invitations: {_health(shown.health)}")
        said += [f"• {count}: {mrkdwn.escape(why)}" for why, count in sorted(shown.health.why.items())]
    return [blocks.section("\n".join(said))]


def _health(health: Health) -> str:
    names = {DeliveryState.UNKNOWN: "not known whether they arrived", DeliveryState.CANCELLED: "not sent"}
    counts = [
        f"{health.invitations[state]} {names.get(state, state)}"
        for state in DeliveryState
        if state in health.invitations
    ]
    return ", ".join([*counts, *([f"{health.late} late"] if health.late else [])]) or "none yet"


def _parts(shown: Card, about: About) -> list[Block]:
    draft = shown.survey.draft
    takes = minutes(draft.asked)
    names = "Anonymous" if draft.anonymous else "With names"
    split = ", procurement and digital compared" if draft.by_function else ""
    told = [
        ("Words and terms", f"{names}{split}, shown from {draft.threshold} responses on", EDIT_WORDS),
        ("Questions", f"{len(draft.questions)}, about {takes} minute{'s' * (takes != 1)}", EDIT_QUESTIONS),
        ("Who is asked", described(draft.audience, shown.groups), EDIT_AUDIENCE),
        ("When", mrkdwn.escape(draft.schedule.describe()) if draft.schedule else "Not chosen yet", EDIT_SCHEDULE),
    ]
    made = []
    for name, text, action in told:
        part = blocks.section(f"*{name}*\n{text}")
        if shown.survey.state is not State.ARCHIVED:
            part["accessory"] = blocks.button("Change", action, about.kept(), label=f"Change: {name}")
        made.append(part)
    return made


def described(audience: Audience | None, groups: Mapping[str, str]) -> str:
    """An audience in words."""
    if audience is None or not audience.targets:
        return "Not chosen yet"
    shown = [_target(audience.kind, each, groups) for each in audience.targets[:20]]
    shown += [f"{len(audience.targets) - 20} more"] if len(audience.targets) > 20 else []
    who = SENT_TO[audience.kind].format(in_a_row(shown))
    others = [
        word
        for word, included in (("guests", audience.guests), ("people from elsewhere", audience.outsiders))
        if included
    ]
    return f"{who}; {in_a_row(others)} too" if others else who


def _target(kind: AudienceKind, target: str, groups: Mapping[str, str]) -> str:
    if kind is AudienceKind.FUNCTION:
        return function_question().label(target).lower() if target in set(Function) else mrkdwn.escape(target)
    if kind is AudienceKind.GROUP:
        return mrkdwn.escape(groups.get(target, target))
    return f"<{'#' if kind is AudienceKind.CHANNEL else '@'}{mrkdwn.escape(target)}>"


def _missing(shown: Card) -> list[Block]:
    if not shown.faults or shown.survey.state is State.ARCHIVED:
        return []
    told = "\n".join(
        f"• {mrkdwn.escape(sentence)}" for sentence in dict.fromkeys(fault.sentence for fault in shown.faults)
    )
    return [blocks.section(f"*Before it can start*\n{told}")]


def _actions(shown: Card, about: About) -> list[Block]:
    survey, value = shown.survey, about.kept()
    trying = [blocks.button("Preview", PREVIEW, value), blocks.button("Send me a test", TEST, value)]
    if survey.state is State.DRAFT:
        trying.append(blocks.button("Check and start", CHECK, value, primary=True))
    elif survey.state is not State.ARCHIVED:
        trying.append(blocks.button("Dates and checks", CHECK, value))
    rows = [blocks.actions("survey_trying", trying)] if survey.draft.questions or survey.state is State.DRAFT else []
    running = [button for button in _running(shown, value) if button]
    rows += [blocks.actions("survey_running", running)] if running else []
    back = [blocks.button("All surveys", LIST, "list")]
    if shown.latest and shown.latest.round.state is RoundState.SEALED:
        back.insert(0, blocks.button("Results", report.RESULTS, survey.id, label=f"Results of {survey.draft.title}"))
    return [*rows, blocks.actions("survey_back", back)]


def _running(shown: Card, value: str) -> list[Block]:
    state = shown.survey.state
    is_open = shown.latest is not None and shown.latest.round.state is RoundState.OPEN
    made = []
    if state is State.ACTIVE:
        asks = "Nothing more is sent until you resume. An open round goes on for those whom it has reached."
        made.append(blocks.confirmed(blocks.button("Pause", PAUSE, value), "Pause it?", asks, "Pause", danger=False))
        if shown.survey.next_round_at:
            skip = blocks.button("Skip the next round", SKIP, value)
            made.append(blocks.confirmed(skip, "Skip the next round?", "The one after it comes as planned.", "Skip"))
    if state is State.PAUSED:
        made.append(blocks.button("Resume", RESUME, value))
    if is_open:
        close = blocks.button("Close this round now", CLOSE, value)
        asks = "Nobody can answer, change or withdraw any more, and the results are made. This cannot be undone."
        made.append(blocks.confirmed(close, "Close this round now?", asks, "Close it"))
    if state is not State.ARCHIVED:
        asks = "Nothing more is sent, and it cannot be started again. Results of its rounds can still be read."
        made.append(blocks.confirmed(blocks.button("Archive", ARCHIVE, value), "Archive it?", asks, "Archive"))
    return made
