"""A reply as a message: what is said, what to check first, sources and dates, and what to press next."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from bot.errors import Problem
from bot.knowledge.asof import day_in_words
from bot.knowledge.records import Source
from bot.knowledge.reply import Outcome, Reply, Suggestion
from handlers.ui import blocks, mrkdwn
from handlers.ui.blocks import Block, Message

HELPFUL = "reply_helpful"
WRONG = "reply_wrong"
NOT_IT = "reply_not_what_i_asked"
ASK_A_PERSON = "reply_ask_a_person"
SHARE = "reply_share"
SUGGESTION = re.compile(r"^reply_suggestion_\d+$")
SHOWN = 5  # sources in full; a reader who wants more opens the entry's page
_ENQUIRY = re.compile(r"[0-9a-f]{32}")
_TARGET = re.compile(r"[a-z]{1,12}:[\w.:/ -]{1,120}")


@dataclass(frozen=True)
class Pressed:
    """A button of a reply: the enquiry that it belongs to and the target that was shown or is asked for."""

    enquiry_id: str
    target: str

    @classmethod
    def checked(cls, enquiry_id: str, target: str) -> Pressed:
        """What came back from Slack; raises ValueError or TypeError when it is not something that we wrote."""
        if not _ENQUIRY.fullmatch(enquiry_id) or (target != "" and not _TARGET.fullmatch(target)):
            raise ValueError("not written by this bot")
        return cls(enquiry_id, target)


@dataclass(frozen=True)
class Showing:
    """How a reply is shown: for which enquiry, whether it is private, and whether there are curators to ask."""

    enquiry_id: str
    private: bool = False
    curators: bool = False
    target: str = ""
    asked: str = ""


def render(reply: Reply, showing: Showing) -> Message:
    """The message for a reply."""
    parts = [
        *_question(showing.asked),
        blocks.section(_lead(reply)),
        *blocks.sections(mrkdwn.of_markdown("\n".join(reply.lines))),
        *_caveats(reply),
        *_footing(reply),
        *_suggestions(reply, showing),
        *_buttons(reply, showing),
    ]
    return Message(text=blocks.cut(mrkdwn.escape(reply.lead), blocks.FALLBACK), blocks=parts)


def read(action: dict[str, Any]) -> Pressed:
    """The button that was pressed. Raises Problem when its value is not one that we wrote."""
    try:
        value = json.loads(action["value"])
        return Pressed.checked(value["e"], value.get("t", ""))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Problem("That button is from an older version. Ask again and use the new one.") from error


def thanks() -> Message:
    """What a reader sees after *Helpful*."""
    return Message("Thank you. That helps the curators to see which answers work.")


def _question(asked: str) -> list[Block]:
    """The question above a shared reply, so that a channel knows what was asked."""
    return [blocks.context([f"Asked: {mrkdwn.escape(asked)}"])] if asked else []


def _lead(reply: Reply) -> str:
    text = mrkdwn.of_markdown(reply.lead)
    return (
        f"*{text}*"
        if reply.outcome is Outcome.ANSWER and "*" not in text and "\n" not in text and "<" not in text
        else text
    )


def _caveats(reply: Reply) -> list[Block]:
    if not reply.caveats:
        return []
    told = "\n".join(f"• {mrkdwn.of_markdown(caveat)}" for caveat in reply.caveats)
    return [blocks.section(f":warning: *Check first*\n{told}")]


def _footing(reply: Reply) -> list[Block]:
    """Sources with their dates, then who owns the reply, when it was checked and whom it applies to."""
    if not reply.sources:
        return []
    cited = [_source(source) for source in reply.sources[:SHOWN]]
    if len(reply.sources) > SHOWN:
        cited.append(f"and {len(reply.sources) - SHOWN} more")
    about = [f"*Owner*: {mrkdwn.escape(reply.owner)}"]
    if reply.reviewed:
        about.append(f"*Checked*: {day_in_words(reply.reviewed)}")
    if reply.applies_to:
        about.append(f"*Applies to*: {mrkdwn.escape(reply.applies_to)}")
    return [blocks.context(["*Sources*: " + "; ".join(cited)]), blocks.context([" · ".join(about)])]


def _source(source: Source) -> str:
    section = f", {mrkdwn.escape(source.section)}" if source.section else ""
    date = "undated" if source.as_of.latest is None else f"as of {source.as_of}"
    return f"{mrkdwn.link(source.title, source.url)} ({mrkdwn.escape(source.publisher)}{section}, {date})"


def _suggestions(reply: Reply, showing: Showing) -> list[Block]:
    if not reply.suggestions:
        return []
    made = [_suggestion(at, each, showing) for at, each in enumerate(reply.suggestions[: blocks.ACTIONS])]
    return [blocks.actions("reply_suggestions", made)]


def _suggestion(at: int, suggestion: Suggestion, showing: Showing) -> Block:
    return blocks.button(suggestion.label, f"reply_suggestion_{at}", _value(showing.enquiry_id, suggestion.target))


def _buttons(reply: Reply, showing: Showing) -> list[Block]:
    value = _value(showing.enquiry_id, showing.target)
    answered = reply.outcome is Outcome.ANSWER
    made = []
    if answered:
        made += [blocks.button("Helpful", HELPFUL, value), blocks.button("Wrong or out of date", WRONG, value)]
    if answered or (reply.outcome in (Outcome.DID_YOU_MEAN, Outcome.CLARIFY) and reply.suggestions):
        made.append(blocks.button("Not what I asked", NOT_IT, value))
    if (
        showing.curators
        and reply.outcome is not Outcome.OUT_OF_SCOPE
        and not (reply.outcome is Outcome.CLARIFY and not reply.suggestions)
    ):
        made.append(blocks.button("Ask a person", ASK_A_PERSON, value, primary=reply.outcome is Outcome.DONT_KNOW))
    if showing.private and answered:
        made.append(blocks.button("Share", SHARE, value, label="Share this answer with the channel"))
    return [blocks.actions("reply_buttons", made)] if made else []


def _value(enquiry_id: str, target: str) -> str:
    return json.dumps({"e": enquiry_id, "t": target} if target else {"e": enquiry_id}, separators=(",", ":"))
