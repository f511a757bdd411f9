"""Keeps which addresses the page answers at, and how a browser is kept up to date without asking all the time."""

import json
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.acting import Actor
from sandbox.page.acts import NotUnderstood, act
from sandbox.page.document import POLICY, document, panes, title
from sandbox.page.scene import Scene, read_scene
from sandbox.workspace import Workspace

_HERE = Path(__file__).parent
_SCRIPTS = ("script.js", "dialogs.js", "fields.js", "morph.js")
_FILES = {"style.css": "text/css", "icon.svg": "image/svg+xml", **dict.fromkeys(_SCRIPTS, "text/javascript")}
_PATIENCE = 20.0  # seconds that a browser's question stays open when nothing happens
_SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(workspace: Workspace, actor: Actor) -> list[web.RouteDef]:
    """The page, its files, its live channel, and the one address at which people act."""
    page = _Page(workspace, actor)
    return [
        web.get("/", page.whole),
        web.get("/page/{name}", page.file),
        web.get("/ui/live", page.live),
        web.post("/ui/act", page.act),
    ]


class _Page:
    def __init__(self, workspace: Workspace, actor: Actor) -> None:
        self._workspace = workspace
        self._actor = actor
        self._boot = secrets.token_hex(4)  # a browser that knows another start of the sandbox loads the page anew

    async def whole(self, request: web.Request) -> web.Response:
        scene = read_scene(self._workspace, request.query)
        await self._arrive(scene)
        self._look(scene)
        html = document(scene, self._workspace.version, self._boot)
        return web.Response(text=html, content_type="text/html", headers=_SAFE)

    async def file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in _FILES:
            raise web.HTTPNotFound
        return web.Response(body=(_HERE / name).read_bytes(), content_type=_FILES[name], headers=_SAFE)

    async def live(self, request: web.Request) -> web.Response:
        """Answers as soon as something is different from what the browser has, or with nothing after a while."""
        if request.query.get("boot") != self._boot:
            return _answer({"reload": True})
        scene = read_scene(self._workspace, request.query)
        if "arrive" in request.query:
            await self._arrive(scene)
        after = _number(request.query.get("after", ""))
        if await self._workspace.wait_for_change(after, _PATIENCE) <= after:
            return web.Response(status=204, headers=_SAFE)
        # Read again: a thread or a channel may have gone while the question stood open.
        scene = read_scene(self._workspace, request.query)
        if "hidden" not in request.query:
            self._look(scene)
        return _answer({"version": self._workspace.version, "title": title(scene), "panes": panes(scene)})

    async def act(self, request: web.Request) -> web.Response:
        # Other pages cannot send this type without asking first, and nobody answers them.
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            outcome = await act(self._workspace, self._actor, await request.json())
        except (NotUnderstood, ValueError, AttributeError) as wrong:
            return _answer({"problem": str(wrong)}, status=400)
        return _answer({"problem": outcome.problem, "errors": outcome.errors, "acknowledged": outcome.acknowledged})

    async def _arrive(self, scene: Scene) -> None:
        """Opening a tab of the app is an event (docs.slack.dev/reference/events/app_home_opened)."""
        if scene.channel is None:
            await self._actor.open_home(scene.person.id)
        elif scene.channel.is_im:
            await self._actor.open_home(scene.person.id, "messages")

    def _look(self, scene: Scene) -> None:
        if scene.channel is not None:
            self._workspace.mark_read(scene.person.id, scene.channel.id)


def _number(asked: str) -> int:
    return int(asked) if asked.isdecimal() and len(asked) < 18 else -1


def _answer(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(text=json.dumps(body), content_type="application/json", status=status, headers=_SAFE)
