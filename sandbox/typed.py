"""Keeps what Slack makes of the text that a person types: escaped, with mentions, channels and links in brackets.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable, Iterable

from sandbox.records import Channel, Json, Person

_LINK = re.compile(r"(?<![<\w])(https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"])")
_TAG = re.compile(r"<(@[UW]\w+|#C\w+|!\w+|https?:)([^>]*)>")
_EVERYBODY = ("channel", "here", "everyone")


def escape(text: str) -> str:
    """Slack escapes exactly three characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_message(text: str, people: Iterable[Person], channels: Iterable[Channel]) -> str:
    """A typed message: `@Name` becomes `<@U1>`, `#channel` becomes `<#C1|channel>`, an address becomes a link."""
    return _link(_name(escape(text), people, channels, lambda person: f"<@{person.id}>"))


def as_command(text: str, people: Iterable[Person], channels: Iterable[Channel], *, should_escape: bool) -> str:
    """A command's text: names and links go in brackets only when the manifest says `should_escape`.

    https://docs.slack.dev/interactivity/implementing-slash-commands
    """
    if not should_escape:
        return escape(text)
    return _link(_name(escape(text), people, channels, lambda person: f"<@{person.id}|{person.name}>"))


def rich_text(text: str) -> list[Json]:
    """The rich text block that Slack adds to what a person typed."""
    elements: list[Json] = []
    at = 0
    for tag in _TAG.finditer(text):
        _add_text(elements, text[at : tag.start()])
        elements.append(_element(tag))
        at = tag.end()
    _add_text(elements, text[at:])
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]


def mentions(text: str, user: str) -> bool:
    """Whether a message mentions this user."""
    return f"<@{user}>" in text or f"<@{user}|" in text


def _name(text: str, people: Iterable[Person], channels: Iterable[Channel], mention: Callable[[Person], str]) -> str:
    written = {f"@{escape(name)}".lower(): mention(p) for p in people for name in (p.name, p.shown_name)}
    written |= {f"@{word}": f"<!{word}>" for word in _EVERYBODY}
    written |= {f"#{c.name}".lower(): f"<#{c.id}|{c.name}>" for c in channels if c.name}
    # The longest name wins: "@Amira Khan" must not become "<@U1> Khan" because somebody is called Amira.
    names = sorted(written, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w<])(" + "|".join(map(re.escape, names)) + r")(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda found: written[found[0].lower()], text) if names else text


def _link(text: str) -> str:
    return _LINK.sub(r"<\1>", text)


def _add_text(elements: list[Json], text: str) -> None:
    if text:
        plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        elements.append({"type": "text", "text": plain})


def _element(tag: re.Match[str]) -> Json:
    head = tag[1]
    if head.startswith("@"):
        return {"type": "user", "user_id": head[1:]}
    if head.startswith("#"):
        return {"type": "channel", "channel_id": head[1:]}
    if head.startswith("!"):
        return {"type": "broadcast", "range": head[1:]}
    return {"type": "link", "url": (head + tag[2]).replace("&amp;", "&")}
