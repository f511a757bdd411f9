"""Keeps strangers out: other machines, and other pages in the same browser (DNS rebinding, cross-site requests)."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_NAMES = ("127.0.0.1", "localhost")
_HARMLESS = ("GET", "HEAD")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Serve only requests that name this machine, and changes only from the sandbox's own pages or from programs."""
    if urlsplit(f"//{request.host}").hostname not in _NAMES:
        raise web.HTTPForbidden(text="The sandbox answers on this machine only.")
    changes = request.method not in _HARMLESS or "upgrade" in request.headers.get("Connection", "").lower()
    # Browsers always send Origin with a POST and with a WebSocket; the bot is not a browser and sends none.
    origin = request.headers.get("Origin")
    if changes and origin is not None and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text="The sandbox takes no requests from other pages.")
    return await handler(request)
