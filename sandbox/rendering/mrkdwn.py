"""Keeps how Slack's own markup, mrkdwn, reads: `*bold*`, `<@U1>`, `<https://…|label>`, quotes, code, dates.

Facts: docs.slack.dev/messaging/formatting-message-text. The text is cut into tokens first, and what lies between the
tokens is escaped, so nothing that a person or an app wrote can become markup of ours.
"""

import html
import re
from collections.abc import Callable

from sandbox.rendering.emoji import with_emoji
from sandbox.rendering.markup import NOTHING, Html, anchor, join, tag, text
from sandbox.rendering.reader import Reader

_BREAK = tag("br")
_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
# In this order: inline code, <something>, a bare web address.
_TOKEN = re.compile(r"`([^`\n]+)`|<([^<>\n]+)>|(https?://[^\s<>|`*~]+[^\s<>|`*~.,;:!?)\]'\"_])")
_MARKS = {"*": "strong", "_": "em", "~": "s"}
_BROADCAST = ("here", "channel", "everyone")


def mrkdwn(raw: object, reader: Reader) -> Html:
    """A message's text, with quotes and code blocks."""
    pieces = _FENCE.split(str(raw))
    shown = [_code(piece) if odd % 2 else _lines(piece, reader) for odd, piece in enumerate(pieces)]
    return join(shown)


def inline(raw: object, reader: Reader) -> Html:
    """The same without quotes and code blocks, for labels, options and cells."""
    return join((_emphasised(_tokens(line, reader)) for line in str(raw).split("\n")), _BREAK)


def plain(raw: object) -> Html:
    """A plain_text object's text: emoji and line breaks, no other markup (…/composition-objects/text-object)."""
    return join((text(with_emoji(line)) for line in str(raw).split("\n")), _BREAK)


def words(text_object: object, reader: Reader) -> Html:
    """A text object of either sort, in one line of thought."""
    if not isinstance(text_object, dict):
        return NOTHING
    raw = text_object.get("text", "")
    return inline(raw, reader) if text_object.get("type") == "mrkdwn" else plain(raw)


def bare(text_object: object, reader: Reader) -> str:
    """The words of a text object without any markup, for attributes and for options of a menu."""
    return html.unescape(re.sub(r"<[^>]+>", "", words(text_object, reader).replace(_BREAK, " ")))


def _plain(raw: str) -> Html:
    # Slack hands texts out with these three characters escaped, and expects them so.
    return text(raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def _code(raw: str) -> Html:
    return tag("pre", None, tag("code", None, _plain(raw)))


def _lines(raw: str, reader: Reader) -> Html:
    """Quoted lines stand together in a blockquote; `>>>` quotes all that follows."""
    if not raw.strip("\n"):
        return NOTHING
    shown: list[Html] = []
    quote: list[Html] = []
    rest_quoted = False
    for line in raw.strip("\n").split("\n"):
        marked = re.match(r"(>>>|&gt;&gt;&gt;|>|&gt;) ?", line) if not rest_quoted else None
        rest_quoted = rest_quoted or bool(marked and len(marked[1]) in (3, 12))
        inner = _emphasised(_tokens(line[marked.end() :] if marked else line, reader))
        if marked or rest_quoted:
            quote.append(inner)
            continue
        shown += [*_quoted(quote), tag("span", {"class": "line"}, inner or _BREAK)]
        quote = []
    return join([*shown, *_quoted(quote)])


def _quoted(lines: list[Html]) -> list[Html]:
    return [tag("blockquote", None, join(lines, _BREAK))] if lines else []


Piece = str | Html
_Part = tuple[bool, str]  # (is already HTML, the text)


def _tokens(line: str, reader: Reader) -> list[_Part]:
    parts: list[_Part] = []
    end = 0
    for found in _TOKEN.finditer(line):
        parts += [(False, line[end : found.start()]), (True, _token(found, reader))]
        end = found.end()
    return [*parts, (False, line[end:])]


def _token(found: re.Match[str], reader: Reader) -> Html:
    if found[1] is not None:
        return tag("code", None, _plain(found[1]))
    return _reference(found[2], reader) if found[2] is not None else anchor(found[3], _plain(found[3]))


def _reference(inner: str, reader: Reader) -> Html:
    """What stands between angle brackets: a mention, a date, or a link with or without a label."""
    target, _, label = inner.partition("|")
    for start, show in _REFERENCES.items():
        if target.startswith(start):
            return show(target[len(start) :], label, reader)
    address = target.replace("&amp;", "&")
    return anchor(address, _plain(label or address.removeprefix("mailto:")))


def mention(name: str, *, of_reader: bool = False) -> Html:
    """A person, channel or group that is named."""
    return tag("span", {"class": "mention mention-me" if of_reader else "mention"}, text(name))


def _person(key: str, label: str, reader: Reader) -> Html:
    return mention(f"@{reader.people.get(key) or label or key}", of_reader=key == reader.me)


def _channel(key: str, label: str, reader: Reader) -> Html:
    return mention(f"#{reader.channels.get(key) or label or key}")


def _group(key: str, label: str, reader: Reader) -> Html:
    return mention(f"@{reader.groups.get(key) or label.lstrip('@') or key}")


def _special(key: str, label: str, reader: Reader) -> Html:
    """`<!here>`, and any command that Slack may add later: its label, or its name in angle brackets."""
    name = key.split("^")[0]
    return mention(f"@{name}", of_reader=True) if name in _BROADCAST else text(label or f"<{name}>")


def _date(key: str, label: str, reader: Reader) -> Html:
    """`<!date^1392734382^{date} at {time}^link|fallback>`, in the reader's time zone."""
    seconds, _, rest = key.partition("^")
    wanted, _, link = rest.partition("^")
    moment = reader.moment(float(seconds), wanted) if re.fullmatch(r"-?\d{1,12}", seconds) else None
    local = reader.local(float(seconds)) if moment is not None else None
    if moment is None or local is None:
        return _plain(label or wanted)
    shown = tag(
        "time", {"datetime": local.isoformat(), "title": f"{local:%d %B %Y, %H:%M} ({reader.zone})"}, text(moment)
    )
    return anchor(link, shown) if link else shown


_REFERENCES: dict[str, Callable[[str, str, Reader], Html]] = {
    "!subteam^": _group,
    "!date^": _date,
    "!": _special,
    "@": _person,
    "#": _channel,
}


def _emphasised(parts: list[_Part]) -> Html:
    """Bold, italic and strike in one pass. A mark left open stays as it was typed, so elements always nest."""
    shown: list[Html] = []
    open_marks: list[tuple[str, int]] = []
    whole = "".join("\x00" if ready else raw for ready, raw in parts)
    place = 0
    for ready, raw in parts:
        if ready:
            shown.append(Html(raw))
            place += 1
            continue
        for piece in re.split(r"([*_~])", raw):
            _place_mark(piece, whole, place, shown, open_marks)
            place += len(piece)
    return join(shown)


def _place_mark(piece: str, whole: str, place: int, shown: list[Html], open_marks: list[tuple[str, int]]) -> None:
    before, after = whole[place - 1 : place] or " ", whole[place + 1 : place + 2] or " "
    known = [mark for mark, _ in open_marks]
    if piece in known and before != piece and not before.isspace() and not after.isalnum():
        where = known.index(piece)
        start = open_marks[where][1]
        shown[start] = Html(f"<{_MARKS[piece]}>")
        shown.append(Html(f"</{_MARKS[piece]}>"))
        del open_marks[where:]
    else:
        if piece in _MARKS and not after.isspace() and not before.isalnum() and piece not in known:
            open_marks.append((piece, len(shown)))
        shown.append(_plain(with_emoji(piece)))
