"""A person opens the bot: the Home tab says what it can do, and the Messages tab offers first questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_bolt import App, BoltContext

from bot.clock import Clock, today
from bot.knowledge.shelf import Shelf
from handlers.messenger import Messenger
from handlers.roster import workspace_of
from handlers.ui import home
from handlers.ui.mine import Mine
from storage import profiles, rounds
from storage.database import Database


@dataclass(frozen=True)
class Home:
    """The two tabs of the bot's own page."""

    db: Database
    clock: Clock
    shelf: Shelf
    messenger: Messenger

    def listen(self, app: App) -> None:
        app.event("app_home_opened")(self.on_opened)

    def on_opened(self, event: dict[str, Any], context: BoltContext) -> None:
        """Draw the tab that was opened."""
        if event.get("tab") == "messages":
            self.messenger.suggest_prompts(event["channel"], home.prompts())
        else:
            self.publish(workspace_of(context), event["user"])

    def publish(self, workspace: str, member: str) -> None:
        """Show a member their Home tab as it is now."""
        now = self.clock()
        profile = profiles.get(self.db, workspace, member)
        waiting = rounds.open_rounds(self.db, workspace, member, now)
        theirs = Mine(waiting, profile.function, profile.stopped)
        self.messenger.publish_home(member, home.render(self.shelf.replier.base, today(now), theirs))
