"""`/buying` and what follows: a few first words open their stories, and everything else is a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext

from handlers.messenger import payload
from handlers.ui import help as picture

COMMAND = "/buying"
HELP = "help"
Story = Callable[[Ack, dict[str, Any], BoltContext], None]
"""What happens after some words. It acknowledges by itself."""


@dataclass(frozen=True)
class Commands:
    """`stories` by the words that open them, alone after the command; `asking` takes all else."""

    asking: Story
    stories: Mapping[str, Story]

    def listen(self, app: App) -> None:
        app.command(COMMAND)(self.on_command)

    def on_command(self, ack: Ack, command: dict[str, Any], context: BoltContext) -> None:
        """Only the whole text counts: “surveys of suppliers” is a question."""
        words = " ".join(str(command.get("text", "")).lower().split())
        if words == HELP:
            ack(response_type="ephemeral", **payload(picture.render()))
        else:
            self.stories.get(words, self.asking)(ack, command, context)
