"""Keeps what a message or a view must be before Slack takes it, and fills in the ids that an app leaves out."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox import forms
from sandbox.errors import SlackError, invalid
from sandbox.records import Json
from sandbox.validation import faults_in_blocks, faults_in_view

MAX_TEXT = 40_000  # longer texts are cut. https://docs.slack.dev/reference/methods/chat.postMessage
MAX_MARKDOWN = 12_000  # https://docs.slack.dev/reference/methods/chat.postMessage
MAX_UPDATE_TEXT = 4_000  # https://docs.slack.dev/reference/methods/chat.update
MAX_ATTACHMENTS = 100  # https://docs.slack.dev/reference/methods/chat.postMessage
MAX_VIEW_BYTES = 250_000  # https://docs.slack.dev/reference/methods/views.open


@dataclass
class Content:
    """What a message shows, once it was found to be sound."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None


def read_content(args: Json) -> Content:
    """The content in the arguments of a posting method, or Slack's refusal."""
    text, blocks = str(args.get("text") or ""), _list(args.get("blocks"), "invalid_blocks_format")
    attachments = _list(args.get("attachments"), "invalid_attachments")
    markdown = str(args.get("markdown_text") or "")
    if markdown:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MAX_MARKDOWN:
            raise SlackError("msg_too_long")
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    if len(attachments) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    _refuse_bad_blocks(blocks)
    return Content(text[:MAX_TEXT], with_ids(blocks), attachments, read_metadata(args.get("metadata")))


def required_content(args: Json) -> Content:
    """The same, for a message that may not be empty."""
    content = read_content(args)
    if not (content.text.strip() or content.blocks or content.attachments):
        raise SlackError("no_text")
    return content


def read_metadata(value: Any) -> Json | None:
    """Message metadata. https://docs.slack.dev/messaging/message-metadata"""
    if value in (None, ""):
        return None
    found = _decode(value, "invalid_metadata_format")
    if not isinstance(found, dict):
        raise SlackError("invalid_metadata_format")
    if found and not (isinstance(found.get("event_type"), str) and isinstance(found.get("event_payload"), dict)):
        raise SlackError("invalid_metadata_schema")
    return found


def read_view(value: Any, *, kind: str) -> Json:
    """A view that may be shown, with Slack's defaults. https://docs.slack.dev/reference/views"""
    body = _decode(value, "invalid_arguments")
    if not isinstance(body, dict):
        raise invalid("invalid_arguments", ["missing required field: view"])
    if len(json.dumps(body)) > MAX_VIEW_BYTES:
        raise SlackError("view_too_large")
    if body.get("type") != kind:
        raise invalid("invalid_arguments", [f'a view of type "{kind}" is expected [json-pointer:/view/type]'])
    faults = faults_in_view(body)
    if faults:
        raise invalid("invalid_arguments", faults)
    return _DEFAULTS | body | {"blocks": with_ids(body["blocks"])}


_DEFAULTS: Json = {
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "clear_on_close": False,
    "notify_on_close": False,
    "title": {"type": "plain_text", "text": "View Title", "emoji": True},
    "close": None,
    "submit": None,
}


def with_ids(blocks: list[Json]) -> list[Json]:
    """The same blocks, each with a block_id and each element with an action_id, as Slack fills them in."""
    own: list[Json] = json.loads(json.dumps(blocks))
    for block in own:
        block["block_id"] = block.get("block_id") or secrets.token_urlsafe(4)
        for element in _nameless(block):
            element["action_id"] = secrets.token_urlsafe(4)
    return own


def _nameless(block: Json) -> list[Json]:
    parts = [block.get("accessory"), block.get("element")]
    if block.get("type") in ("actions", "context_actions"):
        parts += block.get("elements", [])
    return [part for part in parts if isinstance(part, dict) and "action_id" not in part and _acts(part)]


def _acts(element: Json) -> bool:
    return forms.is_stateful(element) or element["type"] in ("button", "overflow", "feedback_buttons", "icon_button")


def _refuse_bad_blocks(blocks: list[Json]) -> None:
    faults = faults_in_blocks(blocks, "message") if blocks else []
    if faults:
        raise invalid("invalid_blocks", faults)


def _list(value: Any, error: str) -> list[Json]:
    if value in (None, ""):
        return []
    found = _decode(value, error)
    if not isinstance(found, list):
        raise SlackError(error)
    return found


def _decode(value: Any, error: str) -> Any:
    # Forms carry lists and objects as JSON text; JSON bodies carry them as they are.
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise SlackError(error) from None
