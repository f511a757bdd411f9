"""Keeps how things to press look: buttons, feedback thumbs, icon buttons and overflow menus.

Facts: docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Mapping

from sandbox.rendering.field import Field
from sandbox.rendering.markup import Html, join, safe_url, tag, text
from sandbox.rendering.mrkdwn import plain, words

_STYLES = {"primary": "button primary", "danger": "button danger"}
_ICONS = {"trash": "🗑️"}


def button(field: Field) -> Html:
    """A button; with a safe `url` a link that also tells the app (…/button-element)."""
    element = field.element
    target = safe_url(element.get("url"))
    name = element.get("accessibility_label")
    look = {
        "id": field.id,
        "class": _STYLES.get(str(element.get("style")), "button"),
        **field.marks(),
        "aria-label": str(name) if name else None,
    }
    label = words(element.get("text"), field.place.reader)
    if target:
        return tag("a", {**look, "href": target, "target": "_blank", "rel": "noopener noreferrer"}, label)
    return tag("button", {**look, "type": "button"}, label)


def icon(field: Field) -> Html:
    """A small button with a picture on it (…/icon-button-element)."""
    label = field.bare(field.element.get("text"))
    name = str(field.element.get("accessibility_label") or label)
    shown = text(_ICONS.get(str(field.element.get("icon")), label))
    look = {"id": field.id, "type": "button", "class": "button icon", "title": label, "aria-label": name}
    return tag("button", {**look, **field.marks()}, shown)


def feedback(field: Field) -> Html:
    """Two buttons for good and bad (…/feedback-buttons-element)."""
    return join(_opinion(field, side) for side in ("positive_button", "negative_button"))


def _opinion(field: Field, side: str) -> Html:
    opinion = field.element.get(side)
    said = opinion if isinstance(opinion, Mapping) else {}
    label = said.get("accessibility_label")
    look = {
        "id": f"{field.id}-{side}",
        "type": "button",
        "class": "button",
        **field.marks(),
        "data-value": side,
        "aria-label": str(label) if label else None,
    }
    return tag("button", look, words(said.get("text"), field.place.reader))


def overflow(field: Field) -> Html:
    """A menu of up to five choices behind three dots (…/overflow-menu-element)."""
    choices = join(_choice(field, number, option) for number, option in enumerate(field.element.get("options", [])))
    name = field.name if field.name else "More options"
    summary = tag("summary", {"class": "button icon", "aria-label": f"More: {name}"}, text("⋯"))
    return tag("details", {"id": field.id, "class": "menu"}, summary, tag("ul", {"class": "menu-list"}, choices))


def _choice(field: Field, number: int, option: Mapping[str, object]) -> Html:
    look = {"id": f"{field.id}-{number}", "class": "menu-item", **field.marks(), "data-value": str(option.get("value"))}
    label = words(option.get("text"), field.place.reader)
    target = safe_url(option.get("url"))
    if target:
        inner = tag("a", {**look, "href": target, "target": "_blank", "rel": "noopener noreferrer"}, label)
    else:
        inner = tag("button", {**look, "type": "button"}, label)
    return tag("li", None, inner)


def workflow(field: Field) -> Html:
    """Workflows are not part of the sandbox: the button is shown and does nothing (…/workflow-button-element)."""
    label = plain(field.bare(field.element.get("text")))
    return tag("button", {"id": field.id, "type": "button", "class": "button", "disabled": True}, label)
