"""Keeps Slack's way of refusing: an error code, and the fields that some codes bring along."""

from typing import Any


class SlackError(Exception):
    """A call is answered with `{"ok": false, "error": code}`. https://docs.slack.dev/apis/web-api"""

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    def body(self) -> dict[str, Any]:
        """What the caller reads."""
        return {"ok": False, "error": self.code, **self.fields}


def invalid(code: str, messages: list[str]) -> SlackError:
    """A refusal that explains itself, as `invalid_blocks` and `invalid_arguments` do."""
    return SlackError(code, response_metadata={"messages": [f"[ERROR] {message}" for message in messages]})
