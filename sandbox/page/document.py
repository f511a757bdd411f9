"""Keeps the page as a whole: its landmarks, its panes that are kept up to date, and the two dialogs."""

from sandbox.page.conversation import conversation, thread_pane
from sandbox.page.modal import modal
from sandbox.page.panels import panels
from sandbox.page.scene import Scene
from sandbox.page.sidebar import sidebar
from sandbox.rendering import Html, tag, text

# No inline script or style anywhere, nothing from another host: what an app writes cannot run or call home.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def panes(scene: Scene) -> dict[str, Html]:
    """The parts of the page that change while one looks."""
    return {
        "sidebar": sidebar(scene),
        "main": conversation(scene),
        "thread": thread_pane(scene),
        "modal": modal(scene),
        "panels": panels(scene),
    }


def title(scene: Scene) -> str:
    """What the browser's tab says."""
    return f"{scene.name} – {scene.person.shown_name} – Slack sandbox"


def document(scene: Scene, version: int, boot: str) -> str:
    """The whole page."""
    shown = panes(scene)
    body = tag(
        "body",
        {"data-version": str(version), "data-boot": boot},
        tag("a", {"class": "skip", "href": "#main"}, text("Skip to messages")),
        _banner(),
        tag("div", {"class": "layout"}, _left(shown), _middle(shown), _pane("thread", shown)),
        _dialogs(shown),
        tag("div", {"id": "announcer", "class": "sr", "aria-live": "polite"}),
    )
    return f"<!doctype html>{tag('html', {'lang': 'en-GB'}, _head(scene), body)}"


def _head(scene: Scene) -> Html:
    return tag(
        "head",
        None,
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", None, text(title(scene))),
        Html('<link rel="stylesheet" href="/page/style.css"><link rel="icon" href="/page/icon.svg">'),
        tag("script", {"src": "/page/script.js", "type": "module"}),
    )


def _banner() -> Html:
    said = tag("strong", None, text("This is not Slack."))
    made_up = tag("span", {"class": "wide-only"}, text(" Everybody in it is made up."))
    more = Html(text(" It is a sandbox on this computer, to try the bot in.") + made_up)
    notice = {"id": "notice", "class": "notice", "role": "alert", "hidden": True}
    words = tag("span", {"id": "notice-text"})
    button = tag("button", {"type": "button", "class": "button small", "id": "notice-close"}, text("Dismiss"))
    noscript = tag("noscript", None, tag("p", None, text("This page needs JavaScript to send messages.")))
    return tag("header", {"class": "banner"}, tag("p", None, said, more), noscript, tag("div", notice, words, button))


def _left(shown: dict[str, Html]) -> Html:
    """Folded on narrow screens, where the messages need the room; the script opens it on wide ones."""
    look = {"class": "sidebar", "role": "region", "aria-label": "People and conversations"}
    summary = tag("summary", {"class": "drawer-handle"}, text("People and conversations"))
    inside = tag("div", {"class": "drawer-inside"}, _pane("sidebar", shown), _pane("panels", shown))
    return tag("div", look, tag("details", {"id": "drawer", "open": True}, summary, inside))


def _middle(shown: dict[str, Html]) -> Html:
    return tag("main", {"id": "main", "tabindex": "-1"}, _pane("main", shown))


def _pane(name: str, shown: dict[str, Html]) -> Html:
    return tag("div", {"id": f"pane-{name}", "class": f"pane pane-{name}", "data-pane": name}, shown[name])


def _dialogs(shown: dict[str, Html]) -> Html:
    notice = tag("p", {"id": "modal-notice", "class": "alert error modal-notice", "role": "alert", "hidden": True})
    frame = {"id": "modal", "class": "modal", "aria-labelledby": "modal-title"}
    form = tag("dialog", frame, notice, _pane("modal", shown))
    deny = tag("button", {"type": "button", "class": "button", "id": "confirm-no"})
    accept = tag("button", {"type": "button", "class": "button primary", "id": "confirm-yes"})
    head = tag("header", {"class": "modal-head"}, tag("h2", {"id": "confirm-title"}))
    inside = tag("div", {"class": "modal-body"}, tag("p", {"id": "confirm-text"}))
    foot = tag("footer", {"class": "modal-foot"}, deny, accept)
    look = {"id": "confirm", "class": "modal", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text"}
    return Html(form + tag("dialog", look, head, inside, foot))
