"""Any trouble becomes one sentence for the person and one line for the log. The line never holds what anybody wrote."""

from __future__ import annotations

import logging
import secrets
import traceback
from dataclasses import dataclass
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from bot.errors import Problem
from handlers.messenger import Messenger
from handlers.ui import blocks
from handlers.ui.blocks import Message

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problems:
    """The one place where exceptions of all stories arrive."""

    messenger: Messenger

    def listen(self, app: App) -> None:
        app.error(self.on_error)

    def on_error(
        self, error: Exception, body: dict[str, Any], context: BoltContext, response: BoltResponse | None
    ) -> BoltResponse:
        """Tell the person on the surface where they are: the form, or a message only they see.

        Without a `response` it is acknowledged already, and a form has closed. Something must be given back all the
        same: for nothing, Bolt 1.30 takes the acknowledgement back (`ack.response = response` in thread_runner.py).
        """
        sentence = str(error) if isinstance(error, Problem) else _unexpected(error)
        if response and body.get("type") == "view_submission":
            view = blocks.modal("problem", "That did not work", [blocks.section(sentence)], close="Close")
            return BoltResponse(status=200, body={"response_action": "update", "view": view})
        self._tell(sentence, body, context)
        return BoltResponse(status=200)

    def _tell(self, sentence: str, body: dict[str, Any], context: BoltContext) -> None:
        try:
            if body.get("type") == "block_actions" and body.get("view", {}).get("type") == "modal":
                self._lay_over(sentence, body, context)
            elif context.respond and context.response_url:
                context.respond(text=sentence, response_type="ephemeral", replace_original=False)
            elif context.channel_id and context.user_id and not body.get("event", {}).get("bot_id"):
                self.messenger.whisper(context.channel_id, context.user_id, Message(sentence))
            elif context.user_id and body.get("type") == "view_submission":
                self.messenger.tell(context.user_id, Message(sentence))
        except Exception as second:
            log.warning("the person could not be told: %s", type(second).__name__)

    def _lay_over(self, sentence: str, body: dict[str, Any], context: BoltContext) -> None:
        """Over the form in which a button was pressed; where three lie already, in a direct message."""
        try:
            view = blocks.modal("problem", "That did not work", [blocks.section(sentence)], close="Back")
            self.messenger.push_form(body["trigger_id"], view)
        except Problem:
            self.messenger.tell(str(context.user_id), Message(sentence))


def _unexpected(error: Exception) -> str:
    """Note an exception by a code, its kind and where it was raised, without its message, which may quote people."""
    code = secrets.token_hex(2).upper()
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s %s\n%s", code, type(error).__name__, where)
    return (
        f"Something broke, and it has been noted as {code}."
        " Try again; if it happens again, give that code to whoever looks after me."
    )
