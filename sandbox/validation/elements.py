"""Keeps the rules of Slack's block elements: buttons, menus, pickers and text inputs.

Facts: docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.validation.composition import (
    ANY_ID,
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    IMAGE_RULE,
    IMAGE_SOURCE,
    LINK,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    WORKFLOW,
    initial_is_offered,
    plain,
)
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.shapes import (
    Check,
    Shape,
    anything,
    array,
    below,
    boolean,
    exactly_one,
    fault,
    in_order,
    integer,
    kind,
    one_of,
    record,
    string,
)

_ACTION: Shape = {"action_id": ANY_ID}
_ACTED: Shape = {**_ACTION, "confirm": CONFIRM}
_FOCUS: Shape = {**_ACTED, "focus_on_load": boolean}
_ASKED: Shape = {**_FOCUS, "placeholder": plain(150)}
_TYPED: Shape = {**_ACTION, "focus_on_load": boolean, "placeholder": plain(150), "dispatch_action_config": DISPATCH}
_MANY: Shape = {**_ASKED, "max_selected_items": integer(1)}
_LISTED: Shape = {"options": array(MENU_OPTION, 100, 1), "option_groups": array(OPTION_GROUP, 100, 1)}
_NUMBER = string(100, 1, pattern=r"-?\d+(\.\d+)?")
_TIME = string(5, 5, pattern=r"([01]\d|2[0-3]):[0-5]\d")


def _initial_fits(element: dict[str, Any], at: str) -> Iterator[str]:
    longest, initial = element.get("max_length", 3000), element.get("initial_value", "")
    if len(initial) > longest:
        yield fault(f"must be less than {longest + 1} characters", below(at, "initial_value"))


# …/block-elements/button-element. The only styles are primary and danger; the default is to name none.
BUTTON = kind(
    {"text": plain(75)},
    {
        **_ACTED,
        "url": LINK,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75, 1),
        "agent_prompt": string(4000, 1),
        "agent_prompt_display": anything,
        "visible_to_user_ids": array(string(255, 1)),
    },
)
# …/block-elements/image-element
IMAGE = kind({"alt_text": string(2000, 1)}, IMAGE_SOURCE, IMAGE_RULE)
_OPINION = record({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75, 1)})
# …/block-elements/feedback-buttons-element
FEEDBACK = kind({"positive_button": _OPINION, "negative_button": _OPINION}, _ACTION)
# …/block-elements/icon-button-element
ICON = kind(
    {"icon": one_of("trash"), "text": plain(75)},
    {
        **_ACTED,
        "value": string(2000),
        "accessibility_label": string(75, 1),
        "visible_to_user_ids": array(string(255, 1)),
    },
)

_CHOICE = array(CHOICE_OPTION, 10, 1)
_ONE_CONVERSATION: Shape = {
    **_ASKED,
    "initial_conversation": ANY_ID,
    "default_to_current_conversation": boolean,
    "response_url_enabled": boolean,
    "filter": CONVERSATION_FILTER,
}

# …/select-menu-element, …/radio-button-group-element, …/date-picker-element, …/time-picker-element
ONE_ANSWER: Mapping[str, Check] = {
    "radio_buttons": kind({"options": _CHOICE}, {**_FOCUS, "initial_option": CHOICE_OPTION}, initial_is_offered),
    "static_select": kind(
        {},
        {**_ASKED, **_LISTED, "initial_option": MENU_OPTION},
        exactly_one("options", "option_groups"),
        initial_is_offered,
    ),
    "external_select": kind({}, {**_ASKED, "min_query_length": integer(0), "initial_option": MENU_OPTION}),
    "users_select": kind({}, {**_ASKED, "initial_user": ANY_ID}),
    "conversations_select": kind({}, _ONE_CONVERSATION),
    "channels_select": kind({}, {**_ASKED, "initial_channel": ANY_ID, "response_url_enabled": boolean}),
    "datepicker": kind({}, {**_ASKED, "initial_date": string(10, 10, pattern=r"\d{4}-\d\d-\d\d")}),
    "timepicker": kind({}, {**_ASKED, "initial_time": _TIME, "timezone": string(100, 1)}),
    # Ten digits: seconds since 1970, never milliseconds (…/datetime-picker-element).
    "datetimepicker": kind({}, {**_FOCUS, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
}
# …/multi-select-menu-element, …/checkboxes-element
MANY_ANSWERS: Mapping[str, Check] = {
    "checkboxes": kind(
        {"options": _CHOICE}, {**_FOCUS, "initial_options": array(CHOICE_OPTION, 10, 1)}, initial_is_offered
    ),
    "multi_static_select": kind(
        {},
        {**_MANY, **_LISTED, "initial_options": array(MENU_OPTION, 100, 1)},
        exactly_one("options", "option_groups"),
        initial_is_offered,
    ),
    "multi_external_select": kind(
        {}, {**_MANY, "min_query_length": integer(0), "initial_options": array(MENU_OPTION, 100, 1)}
    ),
    "multi_users_select": kind({}, {**_MANY, "initial_users": array(ANY_ID)}),
    "multi_conversations_select": kind(
        {},
        {
            **_MANY,
            "initial_conversations": array(ANY_ID),
            "default_to_current_conversation": boolean,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "multi_channels_select": kind({}, {**_MANY, "initial_channels": array(ANY_ID)}),
}
# …/plain-text-input-element and its neighbours
WRITTEN: Mapping[str, Check] = {
    "plain_text_input": kind(
        {},
        {
            **_TYPED,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        in_order("min_length", "max_length"),
        _initial_fits,
    ),
    "email_text_input": kind({}, {**_TYPED, "initial_value": string(3000)}),
    "url_text_input": kind({}, {**_TYPED, "initial_value": string(3000)}),
    "number_input": kind(
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        in_order("min_value", "max_value"),
        in_order("min_value", "initial_value"),
        in_order("initial_value", "max_value"),
    ),
    "rich_text_input": kind({}, {**_TYPED, "initial_value": RICH_TEXT}),
}
FILE_INPUT = kind({}, {**_ACTION, "filetypes": array(string(50, 1), least=1), "max_files": integer(1, 10)})
# …/overflow-menu-element
OVERFLOW = kind({"options": array(OVERFLOW_OPTION, 5, 1)}, _ACTED)
# …/workflow-button-element
WORKFLOW_BUTTON = kind(
    {"text": plain(75), "workflow": WORKFLOW},
    {**_ACTION, "style": one_of("primary", "danger"), "accessibility_label": string(75, 1)},
)

PRESSED: Mapping[str, Check] = {"button": BUTTON, "overflow": OVERFLOW, "workflow_button": WORKFLOW_BUTTON}
# Which elements a block may hold: …/blocks/actions-block, …/blocks/section-block and …/blocks/input-block.
IN_ACTIONS = {**PRESSED, **ONE_ANSWER, **MANY_ANSWERS, "rich_text_input": WRITTEN["rich_text_input"]}
IN_SECTION = {**PRESSED, **ONE_ANSWER, **MANY_ANSWERS, "image": IMAGE}
IN_INPUT = {**ONE_ANSWER, **MANY_ANSWERS, **WRITTEN, "file_input": FILE_INPUT}
