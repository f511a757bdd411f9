"""Forms in which a survey is written: what each is about, where faults stand; a new survey; its words and terms.

Between two forms a survey lies in the database. A form carries only the survey's id and the revision that it was
drawn from, so that two people who write at once cannot overwrite each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import Problem
from bot.surveys.questions import KEY
from bot.surveys.survey import HIGHEST_THRESHOLD, LONGEST_PURPOSE, LONGEST_TITLE, LOWEST_THRESHOLD, Draft, Fault
from bot.surveys.templates import Template
from handlers.ui import blocks, fields, mrkdwn
from handlers.ui.blocks import Block

NEW = "survey_new"
WORDS = "survey_words"
BLANK = "blank"
_TEMPLATE, _TITLE, _PURPOSE, _NAMES, _SPLIT = "template", "title", "purpose", "anonymous", "by_function"
_THRESHOLD, _PERIOD, _CHANNEL = "threshold", "period", "results_channel"
_SURVEY = re.compile(r"[0-9a-f]{32}")
OLD = "That is from an older version. Close it, and open your surveys again with /buying surveys."
CHANGED = (
    ":warning: *Somebody else changed this survey while you had this open.* Your version is below, and nothing is lost."
    " Look at theirs first, or send yours again to put it in the place of theirs."
)


@dataclass(frozen=True)
class About:
    """What a form or a button belongs to: a survey at a revision, and perhaps one of its questions."""

    survey_id: str
    revision: int = 0
    key: str = ""

    def kept(self) -> str:
        """As a button's value, or as what a form carries."""
        return json.dumps({"s": self.survey_id, "r": self.revision} | ({"q": self.key} if self.key else {}))


def about(kept: object) -> About:
    """What came back from Slack. Raises Problem when it is not something that we wrote."""
    try:
        told: Any = json.loads(str(kept))
        found = About(told["s"], told["r"], told.get("q", ""))
        right = _SURVEY.fullmatch(found.survey_id) and isinstance(found.revision, int)
        if not right or (found.key and not KEY.fullmatch(found.key)):
            raise ValueError("not written by this bot")
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Problem(OLD) from error
    return found


def place(faults: Iterable[Fault], at: Mapping[str, str], otherwise: str) -> dict[str, str]:
    """Faults at the fields of a form, the first of each; those of other forms stand at the field `otherwise`."""
    placed: dict[str, str] = {}
    for fault in faults:
        placed.setdefault(at.get(fault.field, otherwise), fault.sentence)
    return placed


def noted(view: Block, note: str) -> Block:
    """A form with a sentence above it."""
    return view | {"blocks": [blocks.section(note), *view["blocks"]]}


# A new survey.


def new(templates: Iterable[Template]) -> Block:
    """From what to start."""
    known = list(templates)[: fields.RADIOS - 1]
    choices = [(each.slug, each.draft.title) for each in known] + [(BLANK, "Blank: write your own questions")]
    told = "\n".join(f"• *{mrkdwn.escape(each.draft.title)}*: {mrkdwn.escape(each.about)}" for each in known)
    parts = [
        fields.radios(_TEMPLATE, "Start from", choices),
        *(blocks.sections(told) if told else []),
        blocks.context(["You get a copy as a draft. Nothing is sent until you press *Start*."]),
    ]
    return blocks.modal(NEW, "New survey", parts, submit="Write it")


def read_new(view: Block) -> str:
    """The slug of the template that was chosen; empty for a blank one."""
    chosen = fields.one_chosen(view, _TEMPLATE)
    return "" if chosen == BLANK else chosen


# Its words and terms.

AT = {
    "title": _TITLE,
    "purpose": _PURPOSE,
    "threshold": _THRESHOLD,
    "anonymous": _NAMES,
}
FIRST = _TITLE


def words(draft: Draft, of: About) -> Block:
    """Title, purpose and the terms on which people answer."""
    parts = [
        blocks.text_input(_TITLE, "Title", initial=draft.title, longest=LONGEST_TITLE, one_line=True),
        blocks.text_input(
            _PURPOSE,
            "What the answers are used for",
            hint="One line. Members read it before they answer.",
            initial=draft.purpose,
            longest=LONGEST_PURPOSE,
        ),
        fields.radios(
            _NAMES,
            "Names",
            [("anonymous", "Anonymous: names are unlinked when a round closes"), ("attributed", "With names")],
            chosen="anonymous" if draft.anonymous else "attributed",
            hint="Members are told which before the first question. It cannot change after the first round.",
        ),
        blocks.tick_box(
            _SPLIT, "Procurement and digital", "Ask for the profession and compare", ticked=draft.by_function
        ),
        blocks.text_input(
            _THRESHOLD,
            "Fewest responses for which anything is shown",
            hint=f"From {LOWEST_THRESHOLD} to {HIGHEST_THRESHOLD}. Smaller groups are left out of the results.",
            initial=str(draft.threshold),
            longest=3,
            one_line=True,
        ),
        blocks.text_input(
            _PERIOD,
            "How far people look back",
            hint="It fills the gap in “In the last …”: month, quarter, six months.",
            initial=draft.period,
            longest=30,
            one_line=True,
        ),
        _results(draft.results_channel),
    ]
    return blocks.modal(WORDS, "Words and terms", parts, submit="Save", metadata=of.kept())


def _results(channel: str) -> Block:
    element: Block = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
    hint = "People who were asked see the results first. Leave it empty to tell nobody else."
    if channel:
        element["initial_conversation"] = channel
    return fields.field(_CHANNEL, "Channel for the results", element, hint=hint, optional=True)


def read_words(view: Block, draft: Draft) -> Draft:
    """The draft with what was sent. A threshold that is no number becomes 0, which is a fault of the draft."""
    threshold = blocks.typed(view, _THRESHOLD)
    return replace(
        draft,
        title=" ".join(blocks.typed(view, _TITLE).split()),
        purpose=" ".join(blocks.typed(view, _PURPOSE).split()),
        anonymous=fields.one_chosen(view, _NAMES) != "attributed",
        by_function=blocks.ticked(view, _SPLIT),
        threshold=int(threshold) if re.fullmatch("[0-9]{1,3}", threshold) else 0,
        period=" ".join(blocks.typed(view, _PERIOD).split()) or "month",
        results_channel=fields.one_chosen(view, _CHANNEL),
    )


def place_words(draft: Draft) -> dict[str, str]:
    """What is wrong with the words and terms of a draft, at the fields of the form."""
    return place((fault for fault in draft.faults_as_written() if fault.field in AT), AT, FIRST)
