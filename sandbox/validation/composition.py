"""Keeps what Slack calls composition objects: texts, options, confirmations and files, with their limits.

Facts: docs.slack.dev/reference/block-kit/composition-objects
"""

from collections.abc import Iterator
from typing import Any

from sandbox.validation.shapes import (
    Check,
    Rule,
    Shape,
    array,
    at_least_one,
    below,
    boolean,
    exactly_one,
    fault,
    kind,
    one_of,
    record,
    string,
    typed,
)

ANY_ID = string(255, 1)
LINK = string(3000, 1)
URL = string(3000, 1, pattern=r"(?i)https?://.+")


def plain(most: int) -> Check:
    """A `plain_text` object, which titles, labels and buttons insist on (…/composition-objects/text-object)."""
    return typed({"plain_text": kind({"text": string(most, 1)}, {"emoji": boolean})})


def words(most: int) -> Check:
    """A text object of either sort; `emoji` belongs to plain text, `verbatim` to mrkdwn (…/text-object)."""
    return typed(
        {
            "plain_text": kind({"text": string(most, 1)}, {"emoji": boolean}),
            "mrkdwn": kind({"text": string(most, 1)}, {"verbatim": boolean}),
        }
    )


# …/composition-objects/confirmation-dialog-object
CONFIRM = record(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
# …/composition-objects/slack-file-object
SLACK_FILE = record({}, {"id": string(255, 1), "url": URL}, exactly_one("id", "url"))
# …/composition-objects/dispatch-action-configuration-object
DISPATCH = record({"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2, 1)})
# …/composition-objects/conversation-filter-object
CONVERSATION_FILTER = record(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 4, 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
# …/composition-objects/workflow-object
WORKFLOW = record(
    {
        "trigger": record(
            {"url": URL}, {"customizable_input_parameters": array(record({"name": ANY_ID, "value": string()}))}
        )
    }
)

_VALUE = string(150, 1)
# …/composition-objects/option-object: only radio buttons and checkboxes may use mrkdwn; only overflow menus may link.
MENU_OPTION = record({"text": plain(75), "value": _VALUE}, {"description": plain(75)})
CHOICE_OPTION = record({"text": words(75), "value": _VALUE}, {"description": words(75)})
OVERFLOW_OPTION = record({"text": plain(75), "value": _VALUE}, {"description": plain(75), "url": URL})
# …/composition-objects/option-group-object
OPTION_GROUP = record({"label": plain(75), "options": array(MENU_OPTION, 100, 1)})

IMAGE_SOURCE: Shape = {"image_url": URL, "slack_file": SLACK_FILE}
IMAGE_RULE: Rule = exactly_one("image_url", "slack_file")


def _offered(element: dict[str, Any]) -> list[Any]:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def initial_is_offered(element: dict[str, Any], at: str) -> Iterator[str]:
    """What is chosen at first must be among the options (docs.slack.dev/reference/block-kit/block-elements)."""
    offered = _offered(element)
    if "initial_option" in element and element["initial_option"] not in offered:
        yield fault("initial_option must be one of the options", below(at, "initial_option"))
    for place, option in enumerate(element.get("initial_options", [])):
        if option not in offered:
            yield fault("initial_options must be among the options", below(below(at, "initial_options"), place))
