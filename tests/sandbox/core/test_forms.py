"""What people type and fill in, in Slack's words."""

from typing import Any

import pytest

from sandbox import checks, forms, typed
from sandbox.records import Channel, Json, Person

PEOPLE = [Person("U1", "amira", "Amira"), Person("U2", "amira.khan", "Amira Khan"), Person("W3", "ang", "Ann & Bo")]
CHANNELS = [Channel("C1", "digital"), Channel("C2", "digital-buying"), Channel("D1", is_im=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b> & co", "&lt;b&gt; &amp; co"),
        ("@Amira Khan, @amira!", "<@U2>, <@U1>!"),
        ("@ann & bo?", "<@W3>?"),
        ("me@amira.org and x@amira", "me@amira.org and x@amira"),
        ("@nobody in #nowhere", "@nobody in #nowhere"),
        ("#digital-buying or #digital.", "<#C2|digital-buying> or <#C1|digital>."),
        ("@here <!here>", "<!here> &lt;!here&gt;"),
        ("(see https://gov.uk/a?b=1&c=2)", "(see <https://gov.uk/a?b=1&amp;c=2>)"),
        ("<@U1> typed by hand", "&lt;@U1&gt; typed by hand"),
    ],
)
def test_typed_text_becomes_slacks_text(text: str, expected: str) -> None:
    assert typed.as_message(text, PEOPLE, CHANNELS) == expected


def test_a_command_names_people_only_when_the_manifest_says_so() -> None:
    text = "@amira <3 #digital"
    assert typed.as_command(text, PEOPLE, CHANNELS, should_escape=False) == "@amira &lt;3 #digital"
    assert typed.as_command(text, PEOPLE, CHANNELS, should_escape=True) == "<@U1|amira> &lt;3 <#C1|digital>"


def test_what_was_typed_is_also_there_as_rich_text() -> None:
    (block,) = typed.rich_text("<@U1> &lt;3 <#C1|digital> <!here> <https://gov.uk/?a=1&amp;b>")
    assert [e for e in block["elements"][0]["elements"] if e != {"type": "text", "text": " "}] == [
        {"type": "user", "user_id": "U1"},
        {"type": "text", "text": " <3 "},
        {"type": "channel", "channel_id": "C1"},
        {"type": "broadcast", "range": "here"},
        {"type": "link", "url": "https://gov.uk/?a=1&b"},
    ]


OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in "ab"]
GROUPS = [{"label": {"type": "plain_text", "text": "G"}, "options": OPTIONS}]


@pytest.mark.parametrize(
    ("element", "given", "expected"),
    [
        ({"type": "plain_text_input", "initial_value": "x"}, {}, {"value": "x"}),
        ({"type": "plain_text_input", "initial_value": "x"}, {"it": ""}, {"value": None}),
        ({"type": "number_input"}, {"it": "7"}, {"value": "7"}),
        ({"type": "static_select", "option_groups": GROUPS}, {"it": "b"}, {"selected_option": OPTIONS[1]}),
        (
            {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[0]},
            {"it": None},
            {"selected_option": None},
        ),
        ({"type": "checkboxes", "options": OPTIONS, "initial_options": OPTIONS}, {"it": []}, {"selected_options": []}),
        ({"type": "external_select"}, {"it": OPTIONS[0]}, {"selected_option": OPTIONS[0]}),
        ({"type": "datetimepicker"}, {"it": "1790000000"}, {"selected_date_time": 1790000000}),
        ({"type": "datetimepicker"}, {}, {"selected_date_time": None}),
        ({"type": "multi_users_select"}, {}, {"selected_users": []}),
        ({"type": "channels_select"}, {"it": "C1"}, {"selected_channel": "C1"}),
        ({"type": "file_input"}, {"it": ["F1"]}, {"files": ["F1"]}),
        ({"type": "rich_text_input"}, {"it": ""}, {"rich_text_value": None}),
    ],
)
def test_the_state_of_every_kind_of_field(
    element: dict[str, Any], given: dict[str, Any], expected: dict[str, Any]
) -> None:
    blocks = [{"type": "input", "block_id": "b", "element": element | {"action_id": "it"}}]
    state = forms.state_values(blocks, {"b": given})["b"]["it"]
    assert state == {"type": element["type"], **expected}


def test_buttons_hold_nothing_and_menus_beside_text_do() -> None:
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    menu = {"type": "static_select", "action_id": "it", "options": OPTIONS}
    blocks: list[Json] = [
        {"type": "actions", "block_id": "a", "elements": [button]},
        {"type": "section", "block_id": "s", "accessory": menu},
    ]
    assert forms.state_values(blocks, {}) == {"s": {"it": {"type": "static_select", "selected_option": None}}}
    assert forms.find(blocks, "a", "go") == (blocks[0], button)
    assert forms.find(blocks, "a", "it") is None


@pytest.mark.parametrize(
    ("element", "value", "fault"),
    [
        ({"type": "plain_text_input"}, None, "required"),
        ({"type": "checkboxes", "options": OPTIONS}, [], "required"),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "at most 3"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "valid number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.5", "at least 2"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "2"}, "3", "at most 2"),
        ({"type": "email_text_input"}, "nobody", "email"),
        ({"type": "url_text_input"}, "gov.uk", "URL"),
        ({"type": "multi_static_select", "options": OPTIONS, "max_selected_items": 1}, ["a", "b"], "at most 1"),
    ],
)
def test_slacks_own_page_refuses_before_anything_is_sent(element: dict[str, Any], value: Any, fault: str) -> None:
    block = {"type": "input", "block_id": "b", "element": element | {"action_id": "it"}}
    assert fault in checks.refused_fields([block], {"b": {"it": value}})["b"]
    fine = checks.refused_fields([block | {"optional": True}], {"b": {"it": None}})
    assert fine == {}
