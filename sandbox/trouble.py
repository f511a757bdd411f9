"""Keeps the list of troubles that a person or a test can cause, by the word that the page uses for each."""

from collections.abc import Callable

from sandbox.faults import API_FAULTS, ApiFault
from sandbox.records import Json
from sandbox.world import World

Cause = Callable[[World, Json], None]


async def cause(world: World, wish: Json) -> None:
    """Cause one trouble: {"fault": "rate_limited", "method": "chat.postMessage", "times": 2, "retry_after": 1}.

    Words for API calls: those of `faults.ApiFault`, and "refuse" with an `error` code; all take `method` and `times`.
    For deliveries: "delay" (`seconds`, `times`), "double" (`times`), "drop_connection", "refresh_connection".
    For the workspace: "deactivate" and "reactivate" (`person`), "archive" and "unarchive" (`channel`),
    "revoke_token" and "restore_token", "free_plan" and "paid_plan". "clear" ends what was planned.
    """
    word = str(wish.get("fault"))
    if word == "drop_connection":
        world.socket_mode.drop()
    elif word == "refresh_connection":
        await world.socket_mode.refresh()
    elif word in API_FAULTS:
        _plan(world, word, wish)
    elif word in _CAUSES:
        _CAUSES[word](world, wish)
    else:
        raise ValueError(f"There is no fault {word!r}.")
    world.workspace.changed()


def _plan(world: World, word: str, wish: Json) -> None:
    kind: ApiFault = next(kind for kind in API_FAULTS if kind == word)
    method = str(wish.get("method", "*"))
    world.faults.plan(kind, method, _times(wish), int(wish.get("retry_after", 1)))


def _refuse(world: World, wish: Json) -> None:
    world.faults.refuse(str(wish["error"]), str(wish.get("method", "*")), _times(wish))


def _times(wish: Json) -> int:
    return int(wish.get("times", 1))


def _person(deleted: bool) -> Cause:
    def change(world: World, wish: Json) -> None:
        world.workspace.people[str(wish["person"])].deleted = deleted

    return change


def _channel(archived: bool) -> Cause:
    def change(world: World, wish: Json) -> None:
        world.workspace.channels[str(wish["channel"])].archived = archived

    return change


def _token(revoked: bool) -> Cause:
    def change(world: World, wish: Json) -> None:
        world.faults.token_revoked = revoked

    return change


def _plan_of_workspace(paid: bool) -> Cause:
    def change(world: World, wish: Json) -> None:
        world.workspace.paid_plan = paid

    return change


_CAUSES: dict[str, Cause] = {
    "archive": _channel(True),
    "clear": lambda world, wish: world.faults.clear(),
    "deactivate": _person(True),
    "delay": lambda world, wish: world.faults.delay(float(wish.get("seconds", 5)), _times(wish)),
    "double": lambda world, wish: world.faults.double(_times(wish)),
    "free_plan": _plan_of_workspace(False),
    "paid_plan": _plan_of_workspace(True),
    "reactivate": _person(False),
    "refuse": _refuse,
    "restore_token": _token(False),
    "revoke_token": _token(True),
    "unarchive": _channel(False),
}
