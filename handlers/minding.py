"""A member minds what is their own: what they do, whether they are sent surveys, what is kept about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext

from handlers.home import Home
from handlers.messenger import Messenger
from handlers.roster import workspace_of
from handlers.ui import mine
from handlers.ui.blocks import Block
from storage import my_data, profiles
from storage.database import Database
from storage.keys import Keys


@dataclass(frozen=True)
class Minding:
    """What a member sets for themselves, in Home. Nobody else can, and answering never does."""

    db: Database
    keys: Keys
    messenger: Messenger
    home: Home

    def listen(self, app: App) -> None:
        app.action(mine.FUNCTION)(self.on_function)
        app.action(mine.STOP)(self.on_stop)
        app.action(mine.RESUME)(self.on_resume)
        app.action(mine.DATA)(self.on_data)
        app.view(mine.HELD)(self.on_forget)
        app.view(mine.FORGET_SURE)(self.on_forget_sure)

    def on_function(self, ack: Ack, action: dict[str, Any], context: BoltContext) -> None:
        """The function is kept, and is chosen beforehand in the next questionnaire."""
        ack()
        profiles.choose_function(self.db, *_whose(context), mine.read_function(action))
        self.home.publish(*_whose(context))

    def on_stop(self, ack: Ack, context: BoltContext) -> None:
        ack()
        profiles.stop(self.db, *_whose(context))
        self.home.publish(*_whose(context))

    def on_resume(self, ack: Ack, context: BoltContext) -> None:
        ack()
        profiles.resume(self.db, *_whose(context))
        self.home.publish(*_whose(context))

    def on_command(self, ack: Ack, command: dict[str, Any], context: BoltContext) -> None:
        """`/buying my-data` opens all that is kept about whoever asks."""
        ack()
        self.messenger.open_form(command["trigger_id"], self.form(context))

    def on_data(self, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """All that is kept about the member, in a form that only they see."""
        ack()
        self.messenger.open_form(body["trigger_id"], self.form(context))

    def form(self, context: BoltContext) -> Block:
        """What is kept about whoever asks."""
        return mine.held(my_data.held(self.db, self.keys, *_whose(context)))

    def on_forget(self, ack: Ack) -> None:
        ack(response_action="push", view=mine.forget())

    def on_forget_sure(self, ack: Ack, context: BoltContext) -> None:
        """Removed first, then acknowledged with what was removed and what stays."""
        forgotten = my_data.forget(self.db, self.keys, *_whose(context))
        ack(response_action="update", view=mine.forgotten(forgotten))


def _whose(context: BoltContext) -> tuple[str, str]:
    return workspace_of(context), str(context.user_id or "")
