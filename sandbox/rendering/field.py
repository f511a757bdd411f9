"""Keeps what a control needs to know of its place: its ids, its name for assistive technology, its present value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.rendering.markup import Attributes
from sandbox.rendering.mrkdwn import bare
from sandbox.rendering.reader import Reader

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where blocks stand: in a message or a view. `key` begins every DOM id, so that no two controls share one."""

    key: str
    reader: Reader
    entered: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # block_id -> action_id -> value
    errors: Mapping[str, str] = field(default_factory=dict)  # block_id -> what is wrong


@dataclass(frozen=True)
class Field:
    """One interactive element. `labelled` says that a visible label stands beside it; if not, `name` is its name."""

    element: Json
    block_id: str
    id: str
    place: Place
    name: str
    labelled: bool = False
    required: bool = False
    described_by: str | None = None
    dispatches: bool = True  # a change is told to the app at once

    @property
    def kind(self) -> str:
        """The element's type."""
        return str(self.element.get("type"))

    def value(self, initial: Any) -> Any:
        """What the person entered, or else what the app put there."""
        entered = self.place.entered.get(self.block_id, {})
        return entered.get(str(self.element.get("action_id")), initial)

    def bare(self, text_object: object, otherwise: str = "") -> str:
        """The words of a text object, without markup."""
        return bare(text_object, self.place.reader) or otherwise

    def marks(self) -> Attributes:
        """What the script reads off the page: which element this is, and whether to ask before it acts."""
        return {
            "data-kind": self.kind,
            "data-block": self.block_id,
            "data-action": str(self.element.get("action_id", "")),
            "data-dispatches": self.dispatches,
            "data-focus": bool(self.element.get("focus_on_load")),
            **self._confirmation(),
        }

    def attributes(self) -> Attributes:
        """What every single control carries."""
        return {"id": self.id, **self.marks(), **self.named(), **self.state()}

    def named(self) -> Attributes:
        """The accessible name, where no label is to be seen."""
        return {} if self.labelled else {"aria-label": self.name}

    def state(self) -> Attributes:
        """Required, described, wrong: for the control or the group."""
        wrong = self.block_id in self.place.errors
        return {
            "aria-required": "true" if self.required else None,
            "aria-describedby": self.described_by,
            "aria-invalid": "true" if wrong else None,
        }

    def _confirmation(self) -> Attributes:
        """…/composition-objects/confirmation-dialog-object, shown by the script before it goes on."""
        confirm = self.element.get("confirm")
        if not isinstance(confirm, dict):
            return {}
        parts = {"title": "Are you sure?", "text": "", "confirm": "Yes", "deny": "Cancel"}
        return {f"data-confirm-{name}": self.bare(confirm.get(name), other) for name, other in parts.items()}
