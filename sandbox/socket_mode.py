"""Keeps Socket Mode: which WebSockets are open, which payload went to which of them, and who has acknowledged.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import itertools
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from sandbox.delivery import Pace, Parcel, Receipt
from sandbox.records import APP_ID, Json

_GOODBYE = 0.5  # seconds to wait for the other side's farewell


@dataclass(eq=False)
class Connection:
    """One WebSocket of the app, and the payloads it has not acknowledged yet."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    waiting: dict[str, asyncio.Future[Receipt]] = field(default_factory=dict)

    def acknowledge(self, answer: Json) -> None:
        """The app has answered an envelope; anything else that it says is ignored."""
        future = self.waiting.pop(str(answer.get("envelope_id", "")), None)
        if future is not None and not future.done():
            body = answer.get("payload")
            future.set_result(Receipt(True, body if isinstance(body, dict) else None))

    def cut(self) -> None:
        """End it at once, without the courtesies of the protocol."""
        if self.transport is not None:
            self.transport.abort()

    def abandon(self) -> None:
        """The connection is gone: what it did not acknowledge was not delivered."""
        for future in self.waiting.values():
            if not future.done():
                future.set_result(Receipt(False, reason="connection_failed"))
        self.waiting.clear()


class SocketMode:
    """The app calls us: it opens WebSockets with one-use tickets, and each payload goes to one of them."""

    def __init__(self, pace: Pace, changed: Callable[[], None]) -> None:
        self.connections: list[Connection] = []
        self._changed = changed  # called when the app connects or is gone
        self._pace = pace
        self._tickets: set[str] = set()
        self._turns = itertools.count()

    def new_ticket(self) -> str:
        """A ticket for one connection. https://docs.slack.dev/reference/methods/apps.connections.open"""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Greet a connection and read its acknowledgements until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPUnauthorized(text="invalid ticket")
        self._tickets.discard(ticket)
        connection = Connection(web.WebSocketResponse(timeout=_GOODBYE), request.transport)
        await connection.socket.prepare(request)
        if len(self.connections) >= self._pace.max_connections:
            await _farewell(connection, "too_many_websockets")
            return connection.socket
        await self._converse(connection)
        return connection.socket

    async def deliver(self, parcel: Parcel, within: float) -> Receipt:
        """Send to one connection, in turn: "each payload may be sent to any of the connections"."""
        if not self.connections:
            return Receipt(False, reason="connection_failed")
        connection = self.connections[next(self._turns) % len(self.connections)]
        envelope = _envelope(parcel)
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = future
        try:
            async with asyncio.timeout(within):
                await connection.socket.send_json(envelope)
                return await future
        except TimeoutError:
            return Receipt(False, reason="timeout")
        except ConnectionError:
            return Receipt(False, reason="connection_failed")
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)

    async def refresh(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours, and close."""
        for connection in list(self.connections):
            await _farewell(connection, "refresh_requested")

    def drop(self) -> None:
        """Cut every connection without a word."""
        for connection in list(self.connections):
            connection.cut()

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self.connections):
            with contextlib.suppress(ConnectionError):
                await connection.socket.close()

    async def _converse(self, connection: Connection) -> None:
        self.connections.append(connection)
        self._changed()
        try:
            await connection.socket.send_json(_hello(len(self.connections)))
            async for message in connection.socket:
                if message.type is WSMsgType.TEXT:
                    connection.acknowledge(_read(message.data))
        finally:
            self.connections.remove(connection)
            connection.abandon()
            self._changed()


def _read(text: str) -> Json:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _hello(number: int) -> Json:
    return {
        "type": "hello",
        "num_connections": number,
        "debug_info": {"host": "sandbox", "build_number": 0, "approximate_connection_time": 18060},
        "connection_info": {"app_id": APP_ID},
    }


def _envelope(parcel: Parcel) -> Json:
    body: Json = {
        "envelope_id": secrets.token_hex(16),
        "type": parcel.kind,
        "payload": parcel.payload,
        "accepts_response_payload": parcel.takes_answer,
    }
    if parcel.kind == "events_api":
        body |= {"retry_attempt": parcel.retry_attempt, "retry_reason": parcel.retry_reason}
    return body


async def _farewell(connection: Connection, reason: str) -> None:
    await connection.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
    await connection.socket.close()
