"""Trouble that a person can understand: the text of a Problem is shown as it is."""

from __future__ import annotations

from collections.abc import Sequence


class Problem(Exception):
    """Something a person can do something about, in a sentence that says what."""


class ConfigError(Problem):
    """The settings cannot be used; `faults` has one sentence for each, with the line to write."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class ContentError(Problem):
    """The content folder cannot be used at all."""


class DatabaseProblem(Problem):
    """The database cannot be opened, or is not in the shape that this version needs."""


class SlackProblem(Problem):
    """Slack refuses to work with us as we are set up."""
