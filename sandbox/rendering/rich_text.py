"""Keeps how a rich text block reads: sections, lists, quotes and code, made of styled pieces.

Facts: docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.rendering.emoji import with_emoji
from sandbox.rendering.markup import NOTHING, Html, anchor, join, tag, text
from sandbox.rendering.mrkdwn import mention, mrkdwn
from sandbox.rendering.reader import Reader

Json = Mapping[str, Any]
_STYLES = {"code": "code", "bold": "strong", "italic": "em", "strike": "s", "underline": "u", "highlight": "mark"}


def rich_text(block: Json, reader: Reader) -> Html:
    """The whole block. Lists that follow one another and differ in indent or style are lists of their own."""
    return join(_part(part, reader) for part in block.get("elements", []) if isinstance(part, Mapping))


def _part(part: Json, reader: Reader) -> Html:
    draw = _PARTS.get(str(part.get("type")))
    return draw(part, reader) if draw else NOTHING


def _pieces(part: Json, reader: Reader) -> Html:
    return join(_piece(piece, reader) for piece in part.get("elements", []) if isinstance(piece, Mapping))


def _section(part: Json, reader: Reader) -> Html:
    return tag("p", None, _pieces(part, reader))


def _quote(part: Json, reader: Reader) -> Html:
    return tag("blockquote", None, _pieces(part, reader))


def _preformatted(part: Json, reader: Reader) -> Html:
    return tag("pre", None, tag("code", None, _pieces(part, reader)))


def _list(part: Json, reader: Reader) -> Html:
    items = [tag("li", None, _pieces(item, reader)) for item in part.get("elements", []) if isinstance(item, Mapping)]
    indent = min(int(part.get("indent", 0)), 8)
    look = {"class": f"indent-{indent}" if indent else None}
    if part.get("style") == "ordered":
        return tag("ol", {**look, "start": str(int(part.get("offset", 0)) + 1)}, *items)
    return tag("ul", look, *items)


_PARTS: Mapping[str, Callable[[Json, Reader], Html]] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
}


def _piece(piece: Json, reader: Reader) -> Html:
    draw = _PIECES.get(str(piece.get("type")))
    shown = draw(piece, reader) if draw else NOTHING
    style = piece.get("style")
    for name, element in _STYLES.items():
        if isinstance(style, Mapping) and style.get(name):
            shown = tag(element, None, shown)
    return shown


def _words(piece: Json, reader: Reader) -> Html:
    return join((text(line) for line in str(piece.get("text", "")).split("\n")), tag("br"))


def _link(piece: Json, reader: Reader) -> Html:
    return anchor(piece.get("url"), text(piece.get("text") or piece.get("url", "")))


def _user(piece: Json, reader: Reader) -> Html:
    key = str(piece.get("user_id"))
    return mention(f"@{reader.people.get(key, key)}", of_reader=key == reader.me)


def _channel(piece: Json, reader: Reader) -> Html:
    key = str(piece.get("channel_id"))
    return mention(f"#{reader.channels.get(key, key)}")


def _group(piece: Json, reader: Reader) -> Html:
    key = str(piece.get("usergroup_id"))
    return mention(f"@{reader.groups.get(key, key)}")


def _broadcast(piece: Json, reader: Reader) -> Html:
    return mention(f"@{piece.get('range', '')}", of_reader=True)


def _emoji(piece: Json, reader: Reader) -> Html:
    return text(with_emoji(f":{piece.get('name', '')}:"))


def _date(piece: Json, reader: Reader) -> Html:
    moment = reader.moment(float(piece.get("timestamp", 0)), str(piece.get("format", "")))
    shown = text(moment or piece.get("fallback", ""))
    return anchor(piece["url"], shown) if "url" in piece else shown


def _color(piece: Json, reader: Reader) -> Html:
    return mrkdwn(f"`{piece.get('value', '')}`", reader)


_PIECES: Mapping[str, Callable[[Json, Reader], Html]] = {
    "text": _words,
    "link": _link,
    "user": _user,
    "usergroup": _group,
    "channel": _channel,
    "broadcast": _broadcast,
    "emoji": _emoji,
    "date": _date,
    "color": _color,
}
