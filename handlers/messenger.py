"""Slack's Web API, made small: post, open a form, look people up. Every message is checked before it leaves."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.errors import Problem
from handlers.refusals import UNSPOKEN, certainty, waiting_time
from handlers.ui import limits
from handlers.ui.blocks import Block, Message, cut

log = logging.getLogger(__name__)
QUIET = {"unfurl_links": False, "unfurl_media": False}  # sources are links; their previews would bury the answer
NO_ANSWER = (OSError, HTTPException)  # a timeout, a broken line, no network: slack_sdk lets them through as they are
ALT = 1000  # characters of a file's alternative text: reference/methods/files.getUploadURLExternal
PAGE = 200  # people at a time: what Slack recommends, https://docs.slack.dev/apis/web-api/pagination
DELIVERY, MARK = "survey_delivery", "delivery_id"  # all that is said beside a message: everybody's apps may read it
LOOKED_AT = 15  # messages: what Slack gives at most to apps that are sold outside its marketplace
UNREACHABLE = {"channel_not_found", "not_in_channel", "is_archived", "restricted_action"}


class Refused(Problem):
    """Slack said no, or nothing. `code` is its word for why, empty when there was no answer; `wait` its Retry-After."""

    def __init__(self, code: str, wait: timedelta = UNSPOKEN) -> None:
        self.code = code
        self.wait = wait
        self.certainty = certainty(code)
        super().__init__(_sentence(code))


@dataclass(frozen=True)
class Posted:
    """Where a message stands in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True)
class File:
    """A file to be shown; `alt` says in words what it holds, for whoever cannot see it."""

    name: str
    title: str
    held: bytes
    alt: str


@dataclass(frozen=True)
class Messenger:
    """Speaks to Slack with the bot's own token."""

    client: WebClient

    def post(self, channel: str, message: Message, thread: str | None = None) -> None:
        """Post for everybody in a channel, or in a DM. Raises Problem when the bot may not."""
        self._call("chat.postMessage", channel=channel, thread_ts=thread, **payload(message), **QUIET)

    def tell(self, member: str, message: Message) -> None:
        """Write to one person, in the bot's own conversation with them."""
        self.post(member, message)

    def whisper(self, channel: str, member: str, message: Message, thread: str | None = None) -> None:
        """Post in a channel so that only one person sees it."""
        self._call("chat.postEphemeral", channel=channel, user=member, thread_ts=thread, **payload(message))

    def open_form(self, trigger: str, view: Block) -> None:
        """Open a modal; Slack allows three seconds from the press."""
        self._call("views.open", trigger_id=trigger, view=view)

    def push_form(self, trigger: str, view: Block) -> Block:
        """Lay a modal over the one that is open, three deep at most; gives the view as Slack knows it."""
        pushed: Block = self._call("views.push", trigger_id=trigger, view=view)["view"]
        return pushed

    def replace_form(self, view_id: str, view: Block) -> None:
        """Draw an open modal anew. What was typed stays where a field keeps its ids."""
        self._call("views.update", view_id=view_id, view=view)

    def publish_home(self, member: str, parts: list[Block]) -> None:
        """Show a member their Home tab."""
        self._call("views.publish", user_id=member, view={"type": "home", "blocks": parts})

    def suggest_prompts(self, channel: str, prompts: list[dict[str, str]]) -> None:
        """Offer first questions in the bot's Messages tab; a workspace without that feature goes without."""
        try:
            self.client.api_call(
                "assistant.threads.setSuggestedPrompts", json={"channel_id": channel, "prompts": prompts}
            )
        except SlackApiError as error:
            log.info("suggested prompts are not offered: %s", error.response.get("error"))
        except NO_ANSWER as error:
            log.info("suggested prompts are not offered: %s", type(error).__name__)

    def upload(self, channel: str, files: Sequence[File], thread: str | None = None) -> None:
        """Show files in a conversation that the bot is in: https://docs.slack.dev/messaging/working-with-files."""
        given = [
            {"filename": each.name, "title": each.title, "content": each.held, "alt_txt": cut(each.alt, ALT)}
            for each in files
        ]
        try:
            self.client.files_upload_v2(channel=channel, file_uploads=given, thread_ts=thread)
        except SlackApiError as error:
            raise Refused(str(error.response.get("error"))) from error
        except (SlackRequestError, *NO_ANSWER) as error:
            raise Refused("") from error

    # Messages that must arrive once.

    def deliver(self, member: str, message: Message, mark: str) -> Posted:
        """Write to one person, with a random mark by which the message can be found again; give where it stands."""
        mark_of_ours = {"event_type": DELIVERY, "event_payload": {MARK: mark}}
        answer = self._call("chat.postMessage", channel=member, metadata=mark_of_ours, **payload(message), **QUIET)
        return Posted(str(answer["channel"]), str(answer["ts"]))

    def find(self, member: str, mark: str, since: datetime) -> Posted | None:
        """Look for a marked message among the first that the bot wrote to a person since a moment; None without it.

        Slack gives the messages closest to `oldest` when that is the only bound.
        """
        channel = str(self._call("conversations.open", users=member)["channel"]["id"])
        oldest = f"{since.timestamp():.6f}"
        history = self._get(
            "conversations.history", channel=channel, oldest=oldest, include_all_metadata="true", limit=LOOKED_AT
        )
        for each in history["messages"]:
            metadata = each.get("metadata") or {}
            if metadata.get("event_type") == DELIVERY and metadata.get("event_payload", {}).get(MARK) == mark:
                return Posted(channel, str(each["ts"]))
        return None

    # Looking people up. These methods take forms, not JSON.

    def person(self, member: str) -> dict[str, Any]:
        """Somebody, as Slack's user object tells of them."""
        found: dict[str, Any] = self._get("users.info", user=member)["user"]
        return found

    def people(self) -> list[dict[str, Any]]:
        """Everybody whom the workspace knows, page by page."""
        return self._pages("users.list", "members")

    def channel(self, channel: str) -> dict[str, Any]:
        """A channel: its name, whether the bot is in it."""
        found: dict[str, Any] = self._get("conversations.info", channel=channel)["channel"]
        return found

    def members_of(self, channel: str) -> list[str]:
        """The ids of everybody in a channel."""
        return self._pages("conversations.members", "members", channel=channel)

    def groups(self) -> list[dict[str, Any]]:
        """The workspace's user groups. Raises Refused on a plan that has none."""
        found: list[dict[str, Any]] = self._get("usergroups.list")["usergroups"]
        return found

    def members_of_group(self, group: str) -> list[str]:
        """The ids of everybody in a user group. Raises Refused on a plan that has none."""
        found: list[str] = self._get("usergroups.users.list", usergroup=group)["users"]
        return found

    def _pages(self, method: str, key: str, **arguments: Any) -> list[Any]:
        """A long list, whole."""
        found: list[Any] = []
        cursor = ""
        while True:
            answer = self._get(method, **arguments, limit=PAGE, **({"cursor": cursor} if cursor else {}))
            found += answer[key]
            cursor = (answer.get("response_metadata") or {"next_cursor": ""})["next_cursor"]
            if not cursor:
                return found

    def _get(self, method: str, **arguments: Any) -> SlackResponse:
        return self._tried(method, params=arguments)

    def _call(self, method: str, **arguments: Any) -> SlackResponse:
        return self._tried(method, json={name: value for name, value in arguments.items() if value is not None})

    def _tried(self, method: str, **given: Any) -> SlackResponse:
        try:
            return self.client.api_call(method, **given)
        except SlackApiError as error:
            code = error.response.get("error")
            log.warning("%s was refused: %s", method, code)
            raise Refused(str(code), waiting_time(error.response.headers.get("Retry-After"))) from error
        except NO_ANSWER as error:
            log.warning("%s had no answer: %s", method, type(error).__name__)
            raise Refused("") from error


def respond(send: Respond, message: Message, *, in_channel: bool = False, thread: str | None = None) -> None:
    """Answer through the address that came with a press or a shortcut; works where the bot is not a member."""
    if not send.response_url:
        return
    once = WebhookClient(send.response_url, retry_handlers=[])  # Bolt's own would repeat, and share a thing twice
    answer = once.send_dict(
        payload(message)
        | QUIET
        | {"response_type": "in_channel" if in_channel else "ephemeral", "replace_original": False}
        | ({"thread_ts": thread} if thread else {})
    )
    if answer.status_code != 200:  # an old address, which nothing can be done about but to note it
        log.warning("the answer to a press was refused: %d", answer.status_code)


def payload(message: Message) -> dict[str, Any]:
    """The arguments of a message. A picture that Slack would refuse is left out, and its text stands alone."""
    if faults := limits.faults(message.blocks):
        log.error("a message was sent as text: %s", "; ".join(faults))
        return {"text": message.text}
    return {"text": message.text, "blocks": message.blocks} if message.blocks else {"text": message.text}


def _sentence(code: str) -> str:
    if code in UNREACHABLE:
        return (
            "I can't post there. Invite me to the channel, or ask whoever looks after me to correct the channel's id."
        )
    if code in ("expired_trigger_id", "exchanged_trigger_id"):
        return "That took too long to open. Press the button again."
    return "Slack did not accept that just now. Try again in a minute."
