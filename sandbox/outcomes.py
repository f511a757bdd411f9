"""Keeps what a person learns of their own action: whether the app answered in time, and in what words Slack says no."""

from dataclasses import dataclass, field

from sandbox.delivery import Kind, Parcel, Receipt
from sandbox.records import Json, Message, Person
from sandbox.world import World

CONNECTION_TROUBLE = "We had some trouble connecting. Try again?"
GONE = "This is no longer here."


class CannotAct(Exception):
    """A person tried something that Slack does not let them do; the text says what they read."""


@dataclass(frozen=True)
class Outcome:
    """What came of an action.

    `acknowledged` is whether the app answered in time; None when nothing was sent that a person waits for.
    `problem` is what the person reads, empty when all is well. `errors` are those at a modal's fields, by block_id.
    """

    acknowledged: bool | None = None
    problem: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    message: Message | None = None
    options: list[Json] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing went wrong."""
        return not self.problem and not self.errors


def active(world: World, person: str) -> Person:
    """The person, unless their account is deactivated."""
    found = world.workspace.people[person]
    if found.deleted:
        raise CannotAct("This account has been deactivated.")
    return found


async def interact(world: World, payload: Json, kind: Kind = "interactive") -> Receipt:
    """Deliver something that a person waits for. An app without interactivity gets no interactions."""
    if kind == "interactive" and not world.workspace.manifest.interactivity:
        return Receipt(False, reason="interactivity_disabled")
    return await world.courier.ask(Parcel(kind, payload))


def error_code(receipt: Receipt) -> str:
    """Slack's word for what went wrong. https://docs.slack.dev/interactivity/implementing-slash-commands"""
    return "operation_timeout" if "timeout" in receipt.reason else "dispatch_failed"


def of(receipt: Receipt) -> Outcome:
    """What a person sees after a press or a shortcut."""
    problem = "" if receipt.acknowledged else f"The app did not answer ({error_code(receipt)})."
    return Outcome(receipt.acknowledged, problem)
