"""What `/buying help` says."""

from __future__ import annotations

from handlers.ui import blocks
from handlers.ui.blocks import Message

LINES = (
    ("/buying is G-Cloud 14 still open?", "ask; only you see the answer"),
    ("/buying surveys", "write, schedule and look after surveys, for organisers"),
    ("/buying my-data", "see, take with you or remove what is kept about you"),
    ("/buying help", "this list"),
)


def render() -> Message:
    """The list of what can be typed."""
    lines = "\n".join(f"• `{typed}` – {what}" for typed, what in LINES)
    more = "You can also write to me in *Messages*, or mention me in a channel that I am in."
    return Message("What you can type after /buying", [blocks.section(f"*What you can type*\n{lines}\n\n{more}")])
