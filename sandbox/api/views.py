"""Keeps `views.*` as the app calls them; the rules of the stack are in `sandbox.modals`.

https://docs.slack.dev/reference/methods/views.open
"""

from sandbox import modals, payloads
from sandbox.api.call import Call, Handler
from sandbox.errors import SlackError
from sandbox.records import Json, View
from sandbox.world import World


def _open(world: World, call: Call) -> Json:
    return _shown(world, modals.open_modal(world, call.required("trigger_id"), call.args.get("view")))


def _push(world: World, call: Call) -> Json:
    return _shown(world, modals.push_by_trigger(world, call.required("trigger_id"), call.args.get("view")))


def _update(world: World, call: Call) -> Json:
    name = call.text("external_id")
    view = world.workspace.view_by_external_id(name) if name else world.workspace.view(call.required("view_id"))
    if view is None:
        raise SlackError("not_found")
    return _shown(world, modals.update(world, view, call.args.get("view"), call.text("hash") or None))


def _publish(world: World, call: Call) -> Json:
    person = call.required("user_id")
    return _shown(world, modals.publish(world, person, call.args.get("view"), call.text("hash") or None))


def _shown(world: World, view: View) -> Json:
    return {"view": payloads.view(world.workspace, view)}


METHODS: dict[str, Handler] = {
    "views.open": _open,
    "views.publish": _publish,
    "views.push": _push,
    "views.update": _update,
}
