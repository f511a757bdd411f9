"""Keeps the middle of the page: a conversation with its composer, the thread beside it, and the app's Home tab."""

from sandbox.page.composer import foot
from sandbox.page.messages import message_list
from sandbox.page.scene import Scene
from sandbox.records import Channel
from sandbox.rendering import Html, Place, blocks_html, tag, text

_NOTHING = text("")


def conversation(scene: Scene) -> Html:
    """The channel or direct message, or the Home tab."""
    channel = scene.channel
    if channel is None:
        return _home(scene)
    found = scene.workspace.timeline(channel.id, scene.person.id)
    shown = found[-scene.count :]
    earlier = _earlier(scene, len(found) - len(shown))
    title = tag("h2", {"class": "sr"}, text("Messages"))
    inside = message_list(scene, shown, key="m") if shown else tag("p", {"class": "empty"}, text(_invitation(scene)))
    # The frame scrolls, so a keyboard must be able to reach it.
    frame = {"class": "scroll", "id": "scroll-main", "tabindex": "0", "role": "region", "aria-label": "Messages"}
    main = tag("div", frame, title, earlier, inside)
    return tag("div", {"class": "conversation"}, _heading(scene, channel), main, foot(scene, channel))


def _heading(scene: Scene, channel: Channel) -> Html:
    title = tag("h1", {"id": "place", "tabindex": "-1"}, text(scene.name))
    about = channel.topic if not channel.is_im else "Your direct message with the app. Only the two of you see it."
    return tag("header", {"class": "place"}, title, tag("p", {"class": "topic"}, text(about)) if about else _NOTHING)


def _earlier(scene: Scene, hidden: int) -> Html:
    if hidden <= 0:
        return _NOTHING
    link = {
        "id": "earlier",
        "class": "button",
        "href": scene.link(thread=scene.thread, count=scene.count + 200),
        "data-go": True,
    }
    return tag("p", {"class": "earlier"}, tag("a", link, text(f"Show earlier messages ({hidden})")))


def _invitation(scene: Scene) -> str:
    if scene.channel and scene.channel.is_im:
        return "Ask anything."
    return f"Nothing here yet. Write @{scene.workspace.manifest.bot_name} and a question, and press Enter."


def thread_pane(scene: Scene) -> Html:
    """The thread beside the conversation, when one is open."""
    channel, thread = scene.channel, scene.thread
    if channel is None or thread is None:
        return _NOTHING
    messages = scene.workspace.thread(channel.id, thread, scene.person.id)
    close = tag(
        "a", {"href": scene.link(), "class": "button", "id": "close-thread", "data-go": True}, text("Close thread")
    )
    heading = tag(
        "header", {"class": "place"}, tag("h2", {"id": "thread-heading", "tabindex": "-1"}, text("Thread")), close
    )
    frame = {
        "class": "scroll",
        "id": "scroll-thread",
        "tabindex": "0",
        "role": "region",
        "aria-label": "Messages in the thread",
    }
    inside = tag("div", frame, message_list(scene, messages, key="t"))
    whole = {"class": "conversation", "aria-labelledby": "thread-heading"}
    return tag("aside", whole, heading, inside, foot(scene, channel, thread))


def _home(scene: Scene) -> Html:
    """The Home tab that the app published for this person (docs.slack.dev/surfaces/app-home)."""
    view = scene.workspace.homes.get(scene.person.id)
    title = tag("h1", {"id": "place", "tabindex": "-1"}, text(scene.name))
    if view is None:
        inside = tag("p", {"class": "empty"}, text("The app has not published a Home tab for this person yet."))
    else:
        place = Place(f"v{view.id}", scene.reader(), view.entered)
        marks = {"class": "home", "data-container": "view", "data-view": view.id}
        inside = tag("div", marks, blocks_html(view.blocks, place))
    frame = {"class": "scroll", "id": "scroll-main", "tabindex": "0", "role": "region", "aria-label": "Home tab"}
    return tag("div", {"class": "conversation"}, tag("header", {"class": "place"}, title), tag("div", frame, inside))
