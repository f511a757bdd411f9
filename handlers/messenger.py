"""Slack's Web API, made small: post, whisper, open a form. Every message is checked before it leaves."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.errors import Problem
from handlers.ui import limits
from handlers.ui.blocks import Block, Message

log = logging.getLogger(__name__)
QUIET = {"unfurl_links": False, "unfurl_media": False}  # sources are links; their previews would bury the answer
NO_ANSWER = (OSError, HTTPException)  # a timeout, a broken line, no network: slack_sdk lets them through as they are
UNREACHABLE = {"channel_not_found", "not_in_channel", "is_archived", "restricted_action"}


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

    def _call(self, method: str, **arguments: Any) -> None:
        try:
            self.client.api_call(method, json={name: value for name, value in arguments.items() if value is not None})
        except SlackApiError as error:
            code = error.response.get("error")
            log.warning("%s was refused: %s", method, code)
            raise Problem(_sentence(str(code))) from error
        except NO_ANSWER as error:
            log.warning("%s had no answer: %s", method, type(error).__name__)
            raise Problem(_sentence("")) from error


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
