"""Keeps the addresses that the bot (and the page's clock and fault panels) use, and how each request is read."""

import asyncio
import json
from typing import Any

from aiohttp import web
from yarl import URL

from sandbox import api, responses, trouble
from sandbox.api import files, scheduled
from sandbox.errors import SlackError
from sandbox.faults import Planned
from sandbox.records import Json
from sandbox.world import World

RESPONSE_URL = "response_url"  # its name in `faults`, as if it were a method
_SAFE_FILE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")


def routes(world: World) -> list[web.RouteDef]:
    """Everything but the page."""
    gateway = _Gateway(world)
    return [
        web.route("*", "/api/{method}", gateway.call),
        web.get("/link/", world.socket_mode.serve),
        web.post("/response/{key}", gateway.respond),
        web.post("/upload/{key}", gateway.upload),
        web.get("/files/{id}/{name}", gateway.file),
        web.get("/archives/{channel}/{ts}", gateway.permalink),
        web.get("/clock", gateway.read_clock),
        web.post("/clock", gateway.move_clock),
        web.post("/ui/faults", gateway.fault),
    ]


class _Gateway:
    def __init__(self, world: World) -> None:
        self._world = world

    async def call(self, request: web.Request) -> web.StreamResponse:
        """https://docs.slack.dev/apis/web-api : form or JSON bodies, token in the header or among the arguments"""
        method = request.match_info["method"]
        planned = self._world.faults.next_call(method)
        if planned and planned.kind in ("rate_limited", "error_before", "timeout_before"):
            return await self._go_wrong(request, planned)
        try:
            args = await _arguments(request)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        body = api.answer(self._world, method, _token(request, args), args)
        if planned:
            return await self._go_wrong(request, planned)
        return web.json_response(body, headers=self._scope_headers())

    async def respond(self, request: web.Request) -> web.StreamResponse:
        planned = self._world.faults.next_call(RESPONSE_URL)
        if planned and not planned.kind.endswith("_after"):
            return await self._go_wrong(request, planned)
        try:
            responses.use(self._world, request.match_info["key"], await _json_object(request))
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except SlackError as error:
            gone = error.code in ("used_url", "expired_url", "no_service")
            return web.json_response(error.body(), status=404 if gone else 400)
        return await self._go_wrong(request, planned) if planned else web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        if not files.take_bytes(self._world, request.match_info["key"], content):
            raise web.HTTPNotFound
        return web.Response(text=f"OK - {len(content)}")

    async def file(self, request: web.Request) -> web.StreamResponse:
        found = self._world.workspace.files.get(request.match_info["id"])
        if found is None:
            raise web.HTTPNotFound
        # Only pictures are shown; anything else might run as a page of ours.
        shown = found.mimetype in _SHOWN
        headers = _SAFE_FILE if shown else {**_SAFE_FILE, "Content-Disposition": "attachment"}
        kind = found.mimetype if shown else "application/octet-stream"
        return web.Response(body=found.content, content_type=kind, headers=headers)

    async def permalink(self, request: web.Request) -> web.StreamResponse:
        channel = self._world.workspace.channels.get(request.match_info["channel"])
        if channel is None:
            raise web.HTTPNotFound
        thread = {"thread": request.query["thread_ts"]} if "thread_ts" in request.query else {}
        raise web.HTTPFound(URL("/").with_query({"in": channel.id, **thread}))

    async def read_clock(self, request: web.Request) -> web.StreamResponse:
        clock = self._world.workspace.clock
        return web.json_response({"now": clock.now().isoformat(), "offset_seconds": clock.offset_seconds})

    async def move_clock(self, request: web.Request) -> web.StreamResponse:
        try:
            self._world.workspace.clock.advance(float((await _json_object(request))["advance_seconds"]))
        except (KeyError, TypeError, ValueError) as wrong:
            raise web.HTTPBadRequest(text=str(wrong)) from wrong
        scheduled.post_due(self._world)
        self._world.workspace.changed()
        return await self.read_clock(request)

    async def fault(self, request: web.Request) -> web.StreamResponse:
        try:
            await trouble.cause(self._world, await _json_object(request))
        except (KeyError, TypeError, ValueError) as wrong:
            raise web.HTTPBadRequest(text=str(wrong)) from wrong
        return web.json_response({"ok": True})

    async def _go_wrong(self, request: web.Request, planned: Planned) -> web.StreamResponse:
        if planned.kind == "rate_limited":
            # https://docs.slack.dev/apis/web-api/rate-limits
            headers = {"Retry-After": str(planned.retry_after)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if planned.kind.startswith("error"):
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        if planned.kind.startswith("timeout"):
            await asyncio.sleep(self._world.pace.hang)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _scope_headers(self) -> dict[str, str]:
        # Slack names the scopes of the token with every answer; apps read them from auth.test.
        return {"x-oauth-scopes": ",".join(self._world.workspace.manifest.scopes)}


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        return args | await _json_object(request)
    return args | dict(await request.post())


async def _json_object(request: web.Request) -> Json:
    text = await request.text()
    found: Any = json.loads(text) if text else {}
    if not isinstance(found, dict):
        raise ValueError("A JSON object is needed.")  # noqa: TRY004 -- it is the sender's text that is wrong
    return found


def _token(request: web.Request, args: Json) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(args.get("token") or "")
