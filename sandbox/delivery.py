"""Keeps how payloads reach the app and what becomes of those that are not acknowledged. Transports stand behind it."""

import asyncio
import dataclasses
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar

from sandbox.faults import Faults
from sandbox.records import Json

_T = TypeVar("_T")
Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True)
class Pace:
    """How long things take. The defaults are Slack's; tests make them short."""

    # https://docs.slack.dev/interactivity/handling-user-interaction : acknowledge within 3 seconds
    acknowledge_within: float = 3.0
    # https://docs.slack.dev/reference/methods/views.open : a trigger lives for 3 seconds
    trigger_lives: float = 3.0
    # https://docs.slack.dev/apis/events-api : nearly at once, after a minute, after five minutes
    retry_after: tuple[float, ...] = (0.5, 60.0, 300.0)
    # https://docs.slack.dev/interactivity/handling-user-interaction : 5 uses within 30 minutes
    response_url_uses: int = 5
    response_url_lives: float = 1800.0
    # https://docs.slack.dev/apis/events-api/using-socket-mode
    max_connections: int = 10
    # how long a faulty API call hangs before the connection is cut
    hang: float = 30.0


@dataclass(frozen=True)
class Parcel:
    """One payload for the app."""

    kind: Kind
    payload: Json
    retry_attempt: int = 0
    retry_reason: str = ""

    @property
    def takes_answer(self) -> bool:
        """The app may put a message or a view into its acknowledgement."""
        return self.kind == "slash_commands" or self.payload.get("type") in ("view_submission", "block_suggestion")


@dataclass(frozen=True)
class Receipt:
    """What came back. `reason` is Slack's word for a failure: "timeout", "connection_failed", "http_error"."""

    acknowledged: bool
    body: Json | None = None
    reason: str = ""
    may_retry: bool = True


class Delivery(Protocol):
    """A transport: Socket Mode, or signed HTTP."""

    async def deliver(self, parcel: Parcel, within: float) -> Receipt:
        """Hand one payload over and wait for its acknowledgement."""
        ...

    async def close(self) -> None:
        """Let everything go."""
        ...


@dataclass
class Courier:
    """Brings payloads to the app: interactions once, events with Slack's retries."""

    delivery: Delivery
    pace: Pace
    faults: Faults
    log: deque[tuple[Parcel, Receipt]] = field(default_factory=lambda: deque(maxlen=1_000))
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    async def ask(self, parcel: Parcel) -> Receipt:
        """Deliver once and wait. Slack does not repeat interactions: the person sees that something went wrong."""
        delay = self.faults.next_delay()
        if not delay:
            return await self._attempt(parcel)
        # The person's three seconds run while the payload is late; it still arrives.
        late = self.in_background(self._late(parcel, delay))
        try:
            return await asyncio.wait_for(asyncio.shield(late), self.pace.acknowledge_within)
        except TimeoutError:
            return Receipt(False, reason="timeout")

    def tell(self, parcel: Parcel) -> None:
        """Deliver in the background, again when there is no acknowledgement, twice when that fault is on."""
        for _ in range(self.faults.next_copies()):
            self.in_background(self._persist(parcel))

    def in_background(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        """Run something that `settle` waits for and `close` ends."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def settle(self) -> None:
        """Wait until nothing is under way any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.delivery.close()

    async def _persist(self, parcel: Parcel) -> None:
        # Slack's Events API repeats an unacknowledged event up to three times. That Socket Mode does so too is
        # inferred from the envelope's retry_attempt and retry_reason. https://docs.slack.dev/apis/events-api
        receipt = await self._late(parcel, self.faults.next_delay())
        for number, pause in enumerate(self.pace.retry_after, start=1):
            if receipt.acknowledged or not receipt.may_retry:
                return
            await asyncio.sleep(pause)
            again = dataclasses.replace(parcel, retry_attempt=number, retry_reason=receipt.reason)
            receipt = await self._attempt(again)

    async def _late(self, parcel: Parcel, delay: float) -> Receipt:
        await asyncio.sleep(delay)
        return await self._attempt(parcel)

    async def _attempt(self, parcel: Parcel) -> Receipt:
        receipt = await self.delivery.deliver(parcel, self.pace.acknowledge_within)
        self.log.append((parcel, receipt))
        return receipt
