"""Slack's text markup, both ways: ours made safe to show, theirs made plain to read.

Escaping follows https://docs.slack.dev/messaging/formatting-message-text: exactly &, < and >, the ampersand first.
"""

from __future__ import annotations

import html
import re

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^\s)<>|]+)\)")
_BULLET = re.compile(r"^\s*[-*] ", re.M)
_MENTION = re.compile(r"<@[UWB][A-Z0-9]*(?:\|[^>]*)?>|<!subteam\^[A-Z0-9]+(?:\|[^>]*)?>|<![a-z]+(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#[CG][A-Z0-9]+\|?([^>]*)>")
_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ANCHOR = re.compile(r"<((?:https?|mailto):[^|>]+)\|?([^>]*)>")


def escape(text: str) -> str:
    """Text that shows as it is: nothing in it can mention, link or notify."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def of_markdown(text: str) -> str:
    """Our small Markdown (bold, links, lists) as mrkdwn; all else is escaped."""
    safe = _BULLET.sub("• ", escape(text))
    return _LINK.sub(r"<\2|\1>", _BOLD.sub(r"*\1*", safe))


def link(text: str, url: str | None) -> str:
    """A link, or the bare text where there is no address."""
    label = escape(text).replace("|", "¦")
    return f"<{escape(url)}|{label}>" if url else label


def plain(text: str) -> str:
    """What somebody typed in Slack, as they saw it, without mentions of people, groups or everybody."""
    text = _MENTION.sub(" ", text)
    text = _CHANNEL.sub(r"#\1", text)
    text = _ANCHOR.sub(lambda found: found.group(2) or found.group(1), text)
    return " ".join(keepable(html.unescape(text)).split())


def keepable(text: str) -> str:
    """Text without control characters and halves of characters: no database keeps them all, and nobody types them."""
    return _UNKEEPABLE.sub("", text)
