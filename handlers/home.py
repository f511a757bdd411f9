"""A person opens the bot: the Home tab says what it can do, and the Messages tab offers first questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_bolt import App

from bot.clock import Clock, today
from bot.knowledge.shelf import Shelf
from handlers.messenger import Messenger
from handlers.ui import home


@dataclass(frozen=True)
class Home:
    """The two tabs of the bot's own page."""

    clock: Clock
    shelf: Shelf
    messenger: Messenger

    def listen(self, app: App) -> None:
        app.event("app_home_opened")(self.on_opened)

    def on_opened(self, event: dict[str, Any]) -> None:
        """Draw the tab that was opened."""
        if event.get("tab") == "messages":
            self.messenger.suggest_prompts(event["channel"], home.prompts())
        else:
            self.messenger.publish_home(event["user"], home.render(self.shelf.replier.base, today(self.clock())))
