"""Keeps how each Slack block looks as semantic HTML. What cannot be shown says so; nothing vanishes in silence.

Facts: docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sandbox.rendering.controls import GROUPS, control
from sandbox.rendering.field import Field, Place
from sandbox.rendering.markdown import markdown
from sandbox.rendering.markup import NOTHING, Html, anchor, join, tag, text
from sandbox.rendering.mrkdwn import bare, mrkdwn, plain, words
from sandbox.rendering.rich_text import rich_text

Json = Mapping[str, Any]


def blocks_html(blocks: Iterable[Any], place: Place) -> Html:
    """The blocks of a message or a view, one below the other."""
    return join(_block(block, number, place) for number, block in enumerate(blocks) if isinstance(block, Mapping))


def _block(block: Json, number: int, place: Place) -> Html:
    kind = str(block.get("type"))
    draw = _BLOCKS.get(kind)
    if draw is None:
        return tag("p", {"class": "block unknown"}, text(f"The sandbox cannot show this block: {kind}"))
    return draw(block, f"{place.key}-{number}", place)


def _said(text_object: object, place: Place) -> Html:
    """A text object with all that mrkdwn can do, quotes and code included."""
    if isinstance(text_object, Mapping) and text_object.get("type") == "mrkdwn":
        return mrkdwn(text_object.get("text", ""), place.reader)
    return words(text_object, place.reader)


def _field(element: Json, block: Json, key: str, place: Place, name: str) -> Field:
    return Field(element, str(block.get("block_id", "")), key, place, name)


def _name_of(element: Json, place: Place, otherwise: str) -> str:
    """What to call a control that has no label: its placeholder, or the words beside it."""
    return bare(element.get("placeholder"), place.reader) or otherwise or str(element.get("type", "")).replace("_", " ")


def _section(block: Json, key: str, place: Place) -> Html:
    said = tag("div", {"class": "text"}, _said(block["text"], place)) if "text" in block else NOTHING
    fields = [tag("li", None, _said(field, place)) for field in block.get("fields", [])]
    inside = tag("div", {"class": "words"}, said, tag("ul", {"class": "fields"}, *fields) if fields else NOTHING)
    return tag("div", {"class": "block section"}, inside, _accessory(block, key, place))


def _accessory(block: Json, key: str, place: Place) -> Html:
    element = block.get("accessory")
    if not isinstance(element, Mapping):
        return NOTHING
    if element.get("type") == "image":
        return tag("div", {"class": "accessory"}, _image(element, place))
    # "More: Survey of March": the words beside it say which of many equal controls this one is.
    name = _name_of(element, place, bare(block.get("text"), place.reader)[:80])
    return tag("div", {"class": "accessory"}, control(_field(element, block, f"{key}-a", place, name)))


def _header(block: Json, key: str, place: Place) -> Html:
    # Below the page's headings (channel h2, message h3): an app's header is never the page's own.
    return tag("h4", {"class": "block header"}, words(block.get("text"), place.reader))


def _divider(block: Json, key: str, place: Place) -> Html:
    return tag("hr", {"class": "block"})


def _context(block: Json, key: str, place: Place) -> Html:
    return tag("div", {"class": "block context"}, *[_in_context(part, place) for part in block.get("elements", [])])


def _in_context(part: Json, place: Place) -> Html:
    return _image(part, place) if part.get("type") == "image" else tag("span", None, _said(part, place))


def _actions(block: Json, key: str, place: Place) -> Html:
    elements = enumerate(block.get("elements", []))
    shown = [control(_field(one, block, f"{key}-{n}", place, _name_of(one, place, ""))) for n, one in elements]
    return tag("div", {"class": f"block {block['type']}"}, *shown)


def _image(block: Json, place: Place) -> Html:
    """The picture, if it is a file of this sandbox; from anywhere else only what it shows, in words."""
    source, described = place.reader.picture(block), str(block.get("alt_text", ""))
    if source is None:
        return tag("span", {"class": "no-picture"}, text(f"Picture: {described}"))
    return tag("img", {"src": source, "alt": described, "loading": "lazy"})


def _picture(block: Json, key: str, place: Place) -> Html:
    title = block.get("title")
    caption = tag("figcaption", None, words(title, place.reader)) if title else NOTHING
    return tag("figure", {"class": "block"}, caption, _image(block, place))


def _input(block: Json, key: str, place: Place) -> Html:
    """A label, a control, a hint and, when something is wrong, the error: each tied to the control."""
    element = block.get("element")
    if not isinstance(element, Mapping):
        return NOTHING
    named = str(block.get("block_id", ""))
    hint, wrong = block.get("hint"), place.errors.get(named)
    tied = [f"{key}-hint"] * bool(hint) + [f"{key}-error"] * bool(wrong)
    field = Field(
        element,
        named,
        f"{key}-i",
        place,
        bare(block.get("label"), place.reader),
        labelled=True,
        required=not block.get("optional"),
        described_by=" ".join(tied) or None,
        dispatches=bool(block.get("dispatch_action")),
    )
    below = [_note("hint", f"{key}-hint", words(hint, place.reader))] if hint else []
    below += (
        [_note("error", f"{key}-error", tag("span", {"class": "sr"}, text("Error: ")), text(wrong))] if wrong else []
    )
    return _labelled(block, field, below)


def _note(look: str, key: str, *inner: Html) -> Html:
    return tag("p", {"class": look, "id": key, "role": "alert" if look == "error" else None}, *inner)


def _labelled(block: Json, field: Field, below: list[Html]) -> Html:
    optional = tag("span", {"class": "optional"}, text(" (optional)")) if block.get("optional") else NOTHING
    label = join([words(block.get("label"), field.place.reader), optional])
    look = {"class": "block input wrong" if field.block_id in field.place.errors else "block input"}
    if field.kind not in GROUPS:
        return tag("div", look, tag("label", {"for": field.id}, label), control(field), *below)
    # aria-required and aria-invalid belong to the radio group, not to a plain fieldset (ARIA 1.2).
    state = (
        {"role": "radiogroup", **field.state()}
        if field.kind == "radio_buttons"
        else {"aria-describedby": field.described_by}
    )
    return tag("fieldset", {**look, **state}, tag("legend", None, label), control(field), *below)


def _rich(block: Json, key: str, place: Place) -> Html:
    return tag("div", {"class": "block rich"}, rich_text(block, place.reader))


def _markdown(block: Json, key: str, place: Place) -> Html:
    return tag("div", {"class": "block rich"}, markdown(block.get("text", "")))


def _table(block: Json, key: str, place: Place) -> Html:
    """Both sorts of table. The first row is the head; the frame can be scrolled, so it takes the focus."""
    head, *body = block.get("rows") or [[]]
    aligned = [str((one or {}).get("align", "left")) for one in block.get("column_settings", [])]
    caption = tag("caption", None, text(block["caption"])) if "caption" in block else NOTHING
    top = tag("thead", None, _row("th", head, aligned, place))
    rest = tag("tbody", None, *[_row("td", row, aligned, place) for row in body])
    frame = {
        "class": "block frame",
        "tabindex": "0",
        "role": "region",
        "aria-label": str(block.get("caption", "Table")),
    }
    return tag("div", frame, tag("table", None, caption, top, rest))


def _row(name: str, cells: list[Json], aligned: list[str], place: Place) -> Html:
    shown = []
    for number, cell in enumerate(cells):
        side = aligned[number] if number < len(aligned) and aligned[number] in ("center", "right") else None
        inner = rich_text(cell, place.reader) if cell.get("type") == "rich_text" else plain(cell.get("text", ""))
        shown.append(tag(name, {"class": side, "scope": "col" if name == "th" else None}, inner))
    return tag("tr", None, *shown)


def _alert(block: Json, key: str, place: Place) -> Html:
    level = str(block.get("level", "default"))
    known = level if level in ("info", "warning", "error", "success") else "default"
    return tag("div", {"class": f"block alert {known}", "role": "note"}, _said(block.get("text"), place))


def _video(block: Json, key: str, place: Place) -> Html:
    """A link; nothing is embedded or fetched from afar."""
    title = words(block.get("title"), place.reader)
    more = [words(block.get("description"), place.reader), text(block.get("alt_text", ""))]
    link = anchor(block.get("title_url") or block.get("video_url"), title)
    return tag(
        "div", {"class": "block video"}, tag("p", None, text("Video: "), link), *[tag("p", None, m) for m in more]
    )


def _file(block: Json, key: str, place: Place) -> Html:
    return tag("p", {"class": "block"}, text(f"File: {block.get('external_id', '')}"))


def _card(block: Json, key: str, place: Place) -> Html:
    pictures = [_image(block[name], place) for name in ("hero_image", "icon") if name in block]
    said = [
        tag("p", {"class": f"card-{name}"}, _said(block[name], place))
        for name in ("title", "subtitle", "body")
        if name in block
    ]
    pressed = _actions({"type": "actions", **block, "elements": block.get("actions", [])}, key, place)
    return tag("div", {"class": "block card"}, *pictures, *said, pressed if "actions" in block else NOTHING)


def _carousel(block: Json, key: str, place: Place) -> Html:
    cards = [_card(card, f"{key}-{number}", place) for number, card in enumerate(block.get("elements", []))]
    return tag("div", {"class": "block carousel"}, *cards)


_BLOCKS: Mapping[str, Callable[[Json, str, Place], Html]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "image": _picture,
    "input": _input,
    "rich_text": _rich,
    "markdown": _markdown,
    "table": _table,
    "data_table": _table,
    "alert": _alert,
    "video": _video,
    "file": _file,
    "card": _card,
    "carousel": _carousel,
}
