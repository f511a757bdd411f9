"""The Home tab: how to ask, what is about to end, and how fresh the base is."""

from __future__ import annotations

from datetime import date, timedelta

from bot.knowledge.asof import day_in_words
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.records import Agreement
from handlers.ui import blocks, mine, mrkdwn
from handlers.ui.blocks import Block
from handlers.ui.mine import Mine

SOON = timedelta(days=90)
MOST = 8
PROMPTS = (
    ("Can I still use a framework?", "Is G-Cloud 14 still open?"),
    ("How can I buy from it?", "Can I direct award on Digital Outcomes 6?"),
    ("What does the law say?", "What are the procurement thresholds for councils?"),
    ("Working together", "How can procurement and digital teams work better together?"),
)


def prompts() -> list[dict[str, str]]:
    """First questions for the Messages tab; Slack shows at most four."""
    return [{"title": title, "message": message} for title, message in PROMPTS]


def render(base: KnowledgeBase, on: date, theirs: Mine) -> list[Block]:
    """The Home tab on a day. The member's own part comes first when something in it waits for them."""
    own, asking = mine.render(theirs), _asking(base, on)
    return [*own, blocks.divider(), *asking] if theirs.rounds else [*asking, blocks.divider(), *own]


def _asking(base: KnowledgeBase, on: date) -> list[Block]:
    asked = "\n".join(f"• {question}" for _, question in PROMPTS)
    return [
        blocks.header("Ask about buying digital services"),
        blocks.section(
            "Ask in a few words. Answers come from a curated base, with sources and dates."
            " When I don't know, I say so.\n\n"
            "• Write to me in *Messages*\n• Type `/buying` and your question in any channel: only you see the answer\n"
            "• Mention me in a channel that I am in: the answer goes in the thread\n"
            "• Choose *Answer this* from the menu of any message"
        ),
        blocks.section(f"*Try*\n{asked}"),
        blocks.divider(),
        *_ending(base, on),
        blocks.context([_freshness(base)]),
        blocks.context(
            ["Questions are kept without your name or personal details, so that curators see what is missing."]
        ),
    ]


def _ending(base: KnowledgeBase, on: date) -> list[Block]:
    """Agreements whose listed end is near, soonest first."""
    soon = [(each.ends.on, each) for each in base.agreements.values() if each.ends and on <= each.ends.on <= on + SOON]
    soon.sort(key=lambda pair: (pair[0], pair[1].name))
    if not soon:
        return [blocks.section("*Ending in the next 90 days*\nNo agreement that I hold is listed to end by then.")]
    lines = [_line(day, each) for day, each in soon[:MOST]]
    lines += [f"and {len(soon) - MOST} more"] if len(soon) > MOST else []
    return [blocks.section("*Ending in the next 90 days*\n" + "\n".join(lines))]


def _line(day: date, agreement: Agreement) -> str:
    assert agreement.ends  # noqa: S101 - chosen by its end date
    as_of = agreement.source_of(agreement.ends).as_of
    return (
        f"• {mrkdwn.escape(agreement.name)} ({mrkdwn.escape(agreement.reference)}): {day_in_words(day)}, as of {as_of}"
    )


def _freshness(base: KnowledgeBase) -> str:
    reviewed = [each.reviewed for each in base.agreements.values()] + [each.reviewed for each in base.entries.values()]
    newest = day_in_words(max(reviewed)) if reviewed else "never"
    return (
        f"I hold {len(base.agreements)} agreements, {len(base.entries)} answers and {len(base.terms)} terms."
        f" Last checked {newest}."
    )
