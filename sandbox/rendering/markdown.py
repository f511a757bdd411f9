"""Keeps how the markdown block reads: the common part of Markdown, line by line.

Facts: docs.slack.dev/reference/block-kit/blocks/markdown-block. Raw HTML inside it is shown as text.
"""

import re

from sandbox.rendering.emoji import with_emoji
from sandbox.rendering.markup import Html, anchor, join, tag, text

_SPAN = re.compile(
    r"`(?P<code>[^`\n]+)`|\[(?P<label>[^\]\n]*)\]\((?P<url>[^)\s]+)\)|<(?P<auto>https?://[^>\s]+)>"
    r"|\*\*(?P<bold>[^*\n]+)\*\*|__(?P<strong>[^_\n]+)__|~~(?P<strike>[^~\n]+)~~"
    r"|\*(?P<italic>[^*\n]+)\*|(?<!\w)_(?P<em>[^_\n]+)_(?!\w)"
)
_TAGS = {"bold": "strong", "strong": "strong", "strike": "s", "italic": "em", "em": "em"}
_LINE = re.compile(
    r"(?P<heading>#{1,6}) |(?P<bullet>\s*[-*+]) |(?P<number>\s*\d{1,4}[.)]) "
    r"|(?P<quote>>) ?|(?P<rule>(?:---+|\*\*\*+)\s*$)"
)
_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```\s*?$", re.DOTALL | re.MULTILINE)


def markdown(raw: object) -> Html:
    """The text as headings, lists, quotes, code and paragraphs."""
    pieces = _FENCE.split(str(raw))
    return join(
        tag("pre", None, tag("code", None, text(piece))) if odd % 2 else _lines(piece)
        for odd, piece in enumerate(pieces)
    )


def _lines(raw: str) -> Html:
    """Lines of one sort that follow one another stand together."""
    shown: list[Html] = []
    sort, together = "", list[Html]()
    for line in [*raw.split("\n"), ""]:
        found = _LINE.match(line)
        now = found.lastgroup or "" if found else ("text" if line.strip() else "")
        if together and (now != sort or now == "heading"):
            shown.append(_together(sort, together))
            together = []
        sort = now
        if now == "rule":
            shown.append(tag("hr"))
        elif now:
            together.append(_line(now, line, found))
    return join(shown)


def _line(sort: str, line: str, found: re.Match[str] | None) -> Html:
    inner = _spans(line[found.end() :] if found else line)
    if sort in ("bullet", "number"):
        return tag("li", None, inner)
    # A message stands below the page's own headings, so its headings begin at the fourth level.
    level = min(len(found["heading"]) + 3, 6) if found and sort == "heading" else 0
    return tag(f"h{level}", None, inner) if level else inner


def _together(sort: str, lines: list[Html]) -> Html:
    if sort == "heading":
        return join(lines)
    if sort in ("bullet", "number"):
        return tag("ul" if sort == "bullet" else "ol", None, *lines)
    return tag("blockquote" if sort == "quote" else "p", None, join(lines, tag("br")))


def _spans(raw: str) -> Html:
    shown: list[Html] = []
    end = 0
    for found in _SPAN.finditer(raw):
        shown += [text(with_emoji(raw[end : found.start()])), _span(found)]
        end = found.end()
    return join([*shown, text(with_emoji(raw[end:]))])


def _span(found: re.Match[str]) -> Html:
    sort = found.lastgroup
    if found["code"] is not None:
        return tag("code", None, text(found["code"]))
    if found["auto"] is not None:
        return anchor(found["auto"], text(found["auto"]))
    if found["url"] is not None:
        return anchor(found["url"], _spans(found["label"]))
    return tag(_TAGS[str(sort)], None, _spans(found[str(sort)]))
