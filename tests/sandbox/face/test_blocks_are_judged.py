"""What Slack refuses in blocks is refused here, with the JSON pointer of the value at fault; what it takes is taken."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.validation import Surface, faults_in_blocks, faults_in_view
from tests.sandbox.face.payloads import (
    Json,
    actions,
    asked,
    button,
    element,
    image,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    rich,
    section,
    table,
)

NUMBER = element("number_input", is_decimal_allowed=False)
DESCRIBED = option(description=plain("x" * 76))
CARD: Json = {"type": "card", "title": plain()}

REFUSED: list[tuple[str, Surface, list[Json], str]] = [
    ("section text too long", "message", [section(text=mrkdwn("x" * 3001))], "/blocks/0/text/text"),
    ("section text empty", "message", [section(text=mrkdwn(""))], "/blocks/0/text/text"),
    ("section without text or fields", "message", [{"type": "section"}], "/blocks/0"),
    ("section field too long", "message", [section(fields=[mrkdwn("x" * 2001)])], "/blocks/0/fields/0/text"),
    ("eleven fields", "message", [section(fields=[mrkdwn()] * 11)], "/blocks/0/fields"),
    ("section text a bare string", "message", [section(text="hello")], "/blocks/0/text"),
    ("unknown key", "message", [section(colour="teal")], "/blocks/0"),
    ("emoji in mrkdwn", "message", [section(text={**mrkdwn(), "emoji": True})], "/blocks/0/text"),
    ("verbatim in plain text", "message", [section(text={**plain(), "verbatim": True})], "/blocks/0/text"),
    ("header too long", "message", [{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
    ("header in mrkdwn", "message", [{"type": "header", "text": mrkdwn()}], "/blocks/0/text/type"),
    ("header without text", "message", [{"type": "header"}], "/blocks/0"),
    ("eleven in a context", "message", [{"type": "context", "elements": [mrkdwn()] * 11}], "/blocks/0/elements"),
    ("empty context", "message", [{"type": "context", "elements": []}], "/blocks/0/elements"),
    ("a button in a context", "message", [{"type": "context", "elements": [button()]}], "/blocks/0/elements/0/type"),
    ("26 buttons", "message", [actions(*[button(f"b{n}") for n in range(26)])], "/blocks/0/elements"),
    ("button text too long", "message", [actions(button(text=plain("x" * 76)))], "/blocks/0/elements/0/text/text"),
    ("button in mrkdwn", "message", [actions(button(text=mrkdwn()))], "/blocks/0/elements/0/text/type"),
    ("button value too long", "message", [actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    ("button style default", "message", [actions(button(style="default"))], "/blocks/0/elements/0/style"),
    ("action_id too long", "message", [actions(button("x" * 256))], "/blocks/0/elements/0/action_id"),
    ("same action_id twice", "message", [actions(button("a"), button("a"))], "/blocks/0/elements/1/action_id"),
    ("same block_id twice", "message", [section(block_id="a"), section(block_id="a")], "/blocks/1/block_id"),
    ("block_id too long", "message", [section(block_id="x" * 256)], "/blocks/0/block_id"),
    ("unknown block", "message", [{"type": "sektion", "text": mrkdwn()}], "/blocks/0/type"),
    ("block without type", "message", [{"text": mrkdwn()}], "/blocks/0"),
    ("block that is text", "message", ["hello"], "/blocks/0"),  # type: ignore[list-item]
    ("text input in actions", "message", [actions(element("plain_text_input"))], "/blocks/0/elements/0/type"),
    ("text input beside", "message", [section(accessory=element("plain_text_input"))], "/blocks/0/accessory/type"),
    ("a button as input", "modal", [asked(button())], "/blocks/0/element/type"),
    ("input without label", "modal", [{"type": "input", "element": element("plain_text_input")}], "/blocks/0"),
    ("label too long", "modal", [asked(label=plain("x" * 2001))], "/blocks/0/label/text"),
    ("label in mrkdwn", "modal", [asked(label=mrkdwn())], "/blocks/0/label/type"),
    ("hint too long", "modal", [asked(hint=plain("x" * 2001))], "/blocks/0/hint/text"),
    ("51 blocks in a message", "message", [{"type": "divider"}] * 51, "/blocks"),
    ("101 blocks on Home", "home", [{"type": "divider"}] * 101, "/blocks"),
    ("alert in a message", "message", [{"type": "alert", "text": mrkdwn()}], "/blocks/0/type"),
    ("alert on Home", "home", [{"type": "alert", "text": mrkdwn()}], "/blocks/0/type"),
    ("alert level", "modal", [{"type": "alert", "text": mrkdwn(), "level": "loud"}], "/blocks/0/level"),
    ("alert too long", "modal", [{"type": "alert", "text": mrkdwn("x" * 201)}], "/blocks/0/text/text"),
    ("markdown in a modal", "modal", [{"type": "markdown", "text": "x"}], "/blocks/0/type"),
    ("markdown too long", "message", [{"type": "markdown", "text": "x" * 12_001}], "/blocks/0/text"),
    ("markdown too long in all", "message", [{"type": "markdown", "text": "x" * 7_000}] * 2, "/blocks"),
    ("table on Home", "home", [table()], "/blocks/0/type"),
    ("two tables", "message", [table(), table()], "/blocks"),
    ("101 rows", "message", [table(rows=101)], "/blocks/0/rows"),
    ("21 columns", "message", [table(columns=21)], "/blocks/0/rows/0"),
    ("file block", "message", [{"type": "file", "external_id": "x", "source": "remote"}], "/blocks/0/type"),
    ("number in a message", "message", [asked(NUMBER)], "/blocks/0/element/type"),
    ("image without alt text", "message", [{"type": "image", "image_url": "https://example.org/a.png"}], "/blocks/0"),
    ("image from two places", "message", [image(slack_file={"id": "F1"})], "/blocks/0"),
    ("image from a script", "message", [image(image_url="javascript:alert(1)")], "/blocks/0/image_url"),
    ("11 cards", "message", [{"type": "carousel", "elements": [CARD] * 11}], "/blocks/0/elements"),
    ("card without content", "message", [{"type": "card", "subtitle": plain()}], "/blocks/0"),
    ("card title", "message", [{"type": "card", "title": plain("x" * 151)}], "/blocks/0/title/text"),
    ("card body", "message", [{"type": "card", "body": plain("x" * 201)}], "/blocks/0/body/text"),
    ("unknown rich text", "message", [rich({"type": "script", "text": "x"})], "/blocks/0/elements/0/elements/0/type"),
    ("two with the focus", "modal", [asked(element("plain_text_input", focus_on_load=True))] * 2, "/blocks"),
]  # fmt: skip

MENUS_REFUSED: list[tuple[str, Json, str]] = [
    ("no options", element("static_select"), ""),
    ("101 options", element("static_select", options=options(101)), "/options"),
    ("options and groups", element("static_select", options=options(1), option_groups=[]), "/option_groups"),
    ("11 radio buttons", element("radio_buttons", options=options(11)), "/options"),
    ("11 checkboxes", element("checkboxes", options=options(11)), "/options"),
    ("option text", element("radio_buttons", options=[option(text="x" * 76)]), "/options/0/text/text"),
    ("option value", element("radio_buttons", options=[option("x" * 151)]), "/options/0/value"),
    ("option value empty", element("radio_buttons", options=[option("")]), "/options/0/value"),
    ("description", element("radio_buttons", options=[DESCRIBED]), "/options/0/description/text"),
    ("mrkdwn in a menu", element("static_select", options=[option() | {"text": mrkdwn()}]), "/options/0/text/type"),
    ("a link in a menu", element("static_select", options=[option(url="https://gov.uk")]), "/options/0"),
    ("not offered", element("radio_buttons", options=options(2), initial_option=option("z")), "/initial_option"),
    ("not among", element("checkboxes", options=options(2), initial_options=[option("z")]), "/initial_options/0"),
    ("placeholder", element("plain_text_input", placeholder=plain("x" * 151)), "/placeholder/text"),
    ("placeholder in mrkdwn", element("plain_text_input", placeholder=mrkdwn()), "/placeholder/type"),
    ("text too long", element("plain_text_input", max_length=3001), "/max_length"),
    ("bounds crossed", element("plain_text_input", min_length=9, max_length=3), "/min_length"),
    ("initial too long", element("plain_text_input", max_length=3, initial_value="four"), "/initial_value"),
    ("number needs decimals", element("number_input"), ""),
    ("number bounds", NUMBER | {"min_value": "9", "max_value": "3"}, "/min_value"),
    ("no date", element("datepicker", initial_date="24/11/2026"), "/initial_date"),
    ("no time", element("timepicker", initial_time="25:00"), "/initial_time"),
    ("milliseconds", element("datetimepicker", initial_date_time=1_764_000_000_000), "/initial_date_time"),
    ("select at most nobody", element("multi_users_select", max_selected_items=0), "/max_selected_items"),
    ("true as a number", element("multi_users_select", max_selected_items=True), "/max_selected_items"),
    ("unknown element", element("slider"), "/type"),
]  # fmt: skip

TAKEN: list[tuple[str, Surface, list[Json]]] = [
    ("at every limit", "message", [section(text=mrkdwn("x" * 3000), fields=[mrkdwn("y" * 2000)] * 10)]),
    ("50 blocks", "message", [{"type": "divider"}] * 50),
    ("no blocks", "message", []),
    ("buttons", "message", [actions(button(style="primary", url="https://gov.uk"), button("b", confirm={
        "title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), "style": "danger"}))]),
    ("same action_id in two blocks", "message", [actions(button("a")), actions(button("a"))]),
    ("picture", "message", [image(title=plain()), image() | {"image_url": "http://127.0.0.1:3900/files/F1/a.png"}]),
    ("context", "message", [{"type": "context", "elements": [image(), plain(), mrkdwn()]}]),
    ("overflow", "home", [section(accessory=element("overflow", options=[option(url="https://gov.uk"), option("b")]))]),
    ("feedback", "message", [{"type": "context_actions", "elements": [
        element("feedback_buttons", positive_button={"text": plain("Yes"), "value": "1"},
                negative_button={"text": plain("No"), "value": "0"}),
        {"type": "icon_button", "icon": "trash", "text": plain("Remove"), "action_id": "rm"}]}]),
    ("rich text", "message", [rich({"type": "text", "text": "a", "style": {"bold": True}},
                                  {"type": "link", "url": "https://gov.uk"}, {"type": "user", "user_id": "U1"},
                                  {"type": "emoji", "name": "tada"}, {"type": "broadcast", "range": "here"})]),
    ("markdown and table", "message", [{"type": "markdown", "text": "# Hi"}, table(rows=100, columns=20)]),
    ("alert", "modal", [{"type": "alert", "text": mrkdwn(), "level": "warning"}]),
    ("groups", "modal", [asked(element("multi_static_select", option_groups=[{"label": plain(), "options": options(3)}],
                                       initial_options=[options(3)[1]]))]),
    ("mrkdwn in a choice", "modal", [asked(element("radio_buttons", options=[option() | {"text": mrkdwn()}]))]),
    ("every other input", "modal", [asked(element(kind)) for kind in (
        "plain_text_input", "email_text_input", "url_text_input", "datepicker", "timepicker", "datetimepicker",
        "users_select", "channels_select", "conversations_select", "multi_users_select", "multi_channels_select",
        "multi_conversations_select", "external_select", "multi_external_select", "rich_text_input", "file_input")]),
    ("number", "modal", [asked(element("number_input", is_decimal_allowed=True, min_value="-1.5", initial_value="0"))]),
    ("video", "message", [{"type": "video", "alt_text": "a", "title": plain(), "video_url": "https://example.org/v",
                           "thumbnail_url": "https://example.org/t.png"}]),
    ("data table", "message", [{"type": "data_table", "caption": "c", "rows": [
        [{"type": "raw_text", "text": "n"}], [{"type": "raw_number", "value": 1, "text": "1"}]]}]),
    ("carousel", "message", [{"type": "carousel", "elements": [CARD | {"actions": [button()]}] * 10}]),
]  # fmt: skip


@pytest.mark.parametrize(("surface", "blocks", "at"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_bad_block_is_refused_and_pointed_at(surface: Surface, blocks: list[Json], at: str) -> None:
    assert f"[json-pointer:{at}]" in _pointers(faults_in_blocks(blocks, surface))


@pytest.mark.parametrize(("inner", "at"), [row[1:] for row in MENUS_REFUSED], ids=[row[0] for row in MENUS_REFUSED])
def test_a_bad_element_is_refused_and_pointed_at(inner: Json, at: str) -> None:
    found = _pointers(faults_in_blocks([asked(inner)], "modal"))
    assert f"[json-pointer:/blocks/0/element{at}]" in found


@pytest.mark.parametrize(("surface", "blocks"), [row[1:] for row in TAKEN], ids=[row[0] for row in TAKEN])
def test_a_good_block_is_taken(surface: Surface, blocks: list[Json]) -> None:
    assert faults_in_blocks(blocks, surface) == []


def test_a_fault_is_worded_as_slack_words_it() -> None:
    blocks = [section(text=mrkdwn("x" * 3001))]
    assert faults_in_blocks(blocks, "message") == [
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


_KEYS = st.sampled_from(["type", "text", "elements", "element", "rows", "options", "action_id"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(
    _JSON, st.sampled_from(["section", "actions", "input", "table", "data_table", "context", "rich_text", "markdown"])
)
def test_whatever_comes_is_judged_and_never_fails(part: Any, kind: str) -> None:
    block = {**part, "type": kind} if isinstance(part, dict) else part
    assert isinstance(faults_in_blocks([block], "message"), list)
    assert isinstance(faults_in_view({"type": "modal", "blocks": part}), list)
    assert faults_in_view(modal(section())) == []


def _pointers(faults: list[str]) -> list[str]:
    return [fault[fault.index("[json-pointer:") :] for fault in faults]
