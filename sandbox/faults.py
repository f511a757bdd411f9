"""Keeps the faults that somebody asked for, and hands each out as often as it was asked for."""

from collections import deque
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

_T = TypeVar("_T")

ApiFault = Literal[
    "rate_limited",  # 429 with Retry-After
    "error_before",  # 500, and nothing happened
    "error_after",  # 500, although it happened
    "timeout_before",  # no answer, and nothing happened
    "timeout_after",  # no answer, although it happened
    "reset_after",  # the connection is cut, although it happened
]
API_FAULTS: tuple[ApiFault, ...] = get_args(ApiFault)
ANY_METHOD = "*"


@dataclass(frozen=True)
class Planned:
    """One API call that is to go wrong."""

    kind: ApiFault
    retry_after: int = 1


class Faults:
    """What is to go wrong next. People and channels carry their own state (deleted, archived)."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.token_revoked = False
        self._calls: dict[str, deque[Planned]] = {}
        self._refusals: dict[str, deque[str]] = {}
        self._delays: deque[float] = deque()
        self._doubles = 0

    def plan(self, kind: ApiFault, method: str = ANY_METHOD, times: int = 1, retry_after: int = 1) -> None:
        """Let the next calls of a method (or of any) go wrong."""
        if kind not in API_FAULTS:
            raise ValueError(f"There is no fault {kind!r}. There are: {', '.join(API_FAULTS)}.")
        self._calls.setdefault(method, deque()).extend([Planned(kind, retry_after)] * times)

    def refuse(self, error: str, method: str = ANY_METHOD, times: int = 1) -> None:
        """Let the next calls of a method answer with one of Slack's error codes."""
        self._refusals.setdefault(method, deque()).extend([error] * times)

    def delay(self, seconds: float, times: int = 1) -> None:
        """Let the next payloads reach the app late."""
        self._delays.extend([seconds] * times)

    def double(self, times: int = 1) -> None:
        """Deliver the next events twice, with the same event_id."""
        self._doubles += times

    def next_call(self, method: str) -> Planned | None:
        """What is to happen to this call; used up by asking."""
        return _take(self._calls, method)

    def next_refusal(self, method: str) -> str | None:
        """The error code this call is to get; used up by asking."""
        return _take(self._refusals, method)

    def next_delay(self) -> float:
        """How late this payload goes out; used up by asking."""
        return self._delays.popleft() if self._delays else 0.0

    def next_copies(self) -> int:
        """How often this event goes out; used up by asking."""
        if not self._doubles:
            return 1
        self._doubles -= 1
        return 2


def _take(plans: dict[str, deque[_T]], method: str) -> _T | None:
    for key in (method, ANY_METHOD):
        if plans.get(key):
            return plans[key].popleft()
    return None
