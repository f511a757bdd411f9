"""Keeps how an open modal looks inside the page's one dialog: title, blocks, errors at their fields, buttons.

Facts: docs.slack.dev/surfaces/modals
"""

from sandbox.page.scene import Scene
from sandbox.records import View
from sandbox.rendering import Html, Place, blocks_html, tag, text, words


def modal(scene: Scene) -> Html:
    """The person's top modal, or nothing."""
    view = scene.workspace.top_modal(scene.person.id)
    return _form(scene, view) if view else text("")


def _form(scene: Scene, view: View) -> Html:
    place = Place(f"v{view.id}", scene.reader(), view.entered, view.errors)
    # The script sees by the depth that a modal was pushed or that one came back.
    marks = {
        "id": f"form-{view.id}",
        "class": "modal-form",
        "data-form": "submit",
        "data-container": "view",
        "data-view": view.id,
        "novalidate": True,
    }
    trouble = (
        tag("p", {"class": "block alert error", "role": "alert"}, text(view.problem)) if view.problem else text("")
    )
    inside = tag("div", {"class": "modal-body"}, trouble, blocks_html(view.blocks, place))
    return tag("form", marks, _head(scene, view), inside, _foot(scene, view))


def _head(scene: Scene, view: View) -> Html:
    title = tag("h2", {"id": "modal-title", "tabindex": "-1"}, words(view.body.get("title"), scene.reader()))
    cross = {
        "type": "button",
        "class": "button icon",
        "data-close": "all",
        "aria-label": "Close",
        "id": f"cross-{view.id}",
    }
    return tag("header", {"class": "modal-head"}, title, tag("button", cross, text("✕")))


def _foot(scene: Scene, view: View) -> Html:
    submit, close = view.body.get("submit"), view.body.get("close")
    said = words(close, scene.reader()) if close else text("Cancel" if submit else "Close")
    look = {"type": "button", "class": "button", "data-close": "one", "id": f"close-{view.id}"}
    buttons = [tag("button", look, said)]
    if submit:
        send = {"type": "submit", "class": "button primary", "id": f"submit-{view.id}"}
        buttons.append(tag("button", send, words(submit, scene.reader())))
    return tag("footer", {"class": "modal-foot"}, *buttons)
