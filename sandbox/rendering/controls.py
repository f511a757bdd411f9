"""Keeps how things to fill in look: text boxes, menus, dates, radio buttons and checkboxes, as plain HTML controls.

Facts: docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sandbox.rendering import pressing
from sandbox.rendering.field import Field
from sandbox.rendering.markup import NOTHING, Attributes, Html, join, tag, text
from sandbox.rendering.mrkdwn import words

_TYPES = {"email_text_input": "email", "url_text_input": "url", "datepicker": "date", "timepicker": "time"}
_INITIAL = {"datepicker": "initial_date", "timepicker": "initial_time"}
GROUPS = frozenset(
    {
        "radio_buttons",
        "checkboxes",
        "multi_static_select",
        "multi_users_select",
        "multi_channels_select",
        "multi_conversations_select",
        "multi_external_select",
    }
)


def control(field: Field) -> Html:
    """The control for one element; an unknown one says so instead of vanishing."""
    draw = _CONTROLS.get(field.kind)
    return draw(field) if draw else tag("span", {"class": "unknown"}, text(f"[{field.kind}]"))


def _string(value: object) -> str:
    return "" if value is None else str(value)


def _box(field: Field) -> Html:
    """One line of text, a date or a time. Lengths are judged when the form is sent, and not by the browser."""
    value = _string(field.value(field.element.get(_INITIAL.get(field.kind, "initial_value"))))
    hint = field.bare(field.element.get("placeholder")) or None
    shape = {"type": _TYPES.get(field.kind, "text"), "value": value, "placeholder": hint}
    keyboard = "decimal" if field.kind == "number_input" else None
    return tag("input", {**field.attributes(), **shape, "inputmode": keyboard, "autocomplete": "off"})


def _text(field: Field) -> Html:
    if not field.element.get("multiline") and field.kind == "plain_text_input":
        return _box(field)
    value = field.value(field.element.get("initial_value"))
    hint = field.bare(field.element.get("placeholder")) or None
    # The line break after the tag is eaten by the browser; without it a value's own first line break would be.
    return tag("textarea", {**field.attributes(), "rows": "4", "placeholder": hint}, Html("\n"), text(_written(value)))


def _written(value: object) -> str:
    """The letters of a value: a rich text input holds a whole block."""
    if isinstance(value, Mapping):
        inner = [_written(part) for part in value.get("elements", [])]
        return str(value.get("text", "")) + "".join(inner)
    return _string(value)


def _moment(field: Field) -> Html:
    """A date with time, shown and read in the reader's zone (…/datetime-picker-element)."""
    value = field.value(field.element.get("initial_date_time"))
    local = field.place.reader.local(float(value)) if isinstance(value, int | float) else None
    shown = f"{local:%Y-%m-%dT%H:%M}" if local else _string(value)
    return tag("input", {**field.attributes(), "type": "datetime-local", "value": shown})


_Choice = tuple[str, Any, Any]  # the value, the text object or name, the description


def _offered(field: Field) -> Iterator[tuple[str | None, list[_Choice]]]:
    """The choices in their groups; menus of people and channels offer everybody the reader can name."""
    if "users" in field.kind:
        yield None, [(key, f"@{name}", None) for key, name in field.place.reader.people.items()]
    elif "channels" in field.kind or "conversations" in field.kind:
        yield None, [(key, f"#{name}", None) for key, name in field.place.reader.channels.items()]
    yield None, _choices(field.element.get("options", []))
    for group in field.element.get("option_groups", []):
        yield field.bare(group.get("label")), _choices(group.get("options", []))


def _choices(options: list[Mapping[str, Any]]) -> list[_Choice]:
    return [(str(option.get("value")), option.get("text"), option.get("description")) for option in options]


def _chosen(field: Field) -> set[str]:
    """The values that are set, whatever form they came in."""
    element = field.element
    first = next((element[name] for name in element if name.startswith("initial_")), None)
    value = field.value(first)
    several = value if isinstance(value, list) else [value]
    return {str(one.get("value")) if isinstance(one, Mapping) else str(one) for one in several if one is not None}


def _name(field: Field, shown: Any) -> Html:
    return words(shown, field.place.reader) if isinstance(shown, Mapping) else text(shown)


def _select(field: Field) -> Html:
    chosen = _chosen(field)
    hint = field.bare(field.element.get("placeholder"), "Choose an option")
    groups = [tag("option", {"value": ""}, text(hint))]
    for label, choices in _offered(field):
        options = join(_option(field, choice, chosen) for choice in choices)
        groups.append(tag("optgroup", {"label": label}, options) if label else options)
    return tag("select", field.attributes(), *groups)


def _option(field: Field, choice: _Choice, chosen: set[str]) -> Html:
    value, shown, description = choice
    label = field.bare(shown) if isinstance(shown, Mapping) else str(shown)
    more = f" – {field.bare(description)}" if description else ""
    return tag("option", {"value": value, "selected": value in chosen}, text(label + more))


def _group(field: Field) -> Html:
    """Radio buttons or checkboxes; the fieldset around an input block is drawn with its label."""
    sort = "radio" if field.kind == "radio_buttons" else "checkbox"
    chosen = _chosen(field)
    shown: list[Html] = []
    for label, choices in _offered(field):
        heading = [tag("p", {"class": "group-label"}, text(label))] if label else []
        start = len(shown)
        shown += heading + [_tick(field, sort, start + n, choice, chosen) for n, choice in enumerate(choices)]
    # Inside an input block the fieldset there carries the name and the error; elsewhere the group names itself.
    naming: Attributes = {} if field.labelled else {"role": "group", "aria-label": field.name}
    look = "choices many" if field.kind.startswith("multi_") else "choices"
    return tag("div", {"id": field.id, "class": look, **field.marks(), **naming}, *shown)


def _tick(field: Field, sort: str, number: int, choice: _Choice, chosen: set[str]) -> Html:
    value, shown, description = choice
    own_id = f"{field.id}-{number}"
    ticked: Attributes = {"id": own_id, "type": sort, "name": field.id, "value": value, "checked": value in chosen}
    wrong: Attributes = {"aria-invalid": "true" if field.block_id in field.place.errors else None}
    more = tag("span", {"class": "description"}, _name(field, description)) if description else NOTHING
    label = tag("label", {"for": own_id}, tag("span", None, _name(field, shown)), more)
    return tag("div", {"class": "choice"}, tag("input", {**ticked, **wrong}), label)


def _file(field: Field) -> Html:
    """Uploading by a person is not part of the sandbox; the field says so (…/file-input-element)."""
    return tag(
        "p", {"id": field.id, "class": "hint"}, text("A file can be chosen here in Slack. The sandbox has none.")
    )


_CONTROLS: dict[str, Callable[[Field], Html]] = {
    "button": pressing.button,
    "icon_button": pressing.icon,
    "feedback_buttons": pressing.feedback,
    "overflow": pressing.overflow,
    "workflow_button": pressing.workflow,
    "plain_text_input": _text,
    "rich_text_input": _text,
    "datetimepicker": _moment,
    "file_input": _file,
    **dict.fromkeys(("email_text_input", "url_text_input", "number_input", "datepicker", "timepicker"), _box),
    **dict.fromkeys(
        ("static_select", "external_select", "users_select", "channels_select", "conversations_select"), _select
    ),
    **dict.fromkeys(GROUPS, _group),
}
