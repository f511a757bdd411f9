"""Keeps the left side of the page: who one acts as, which conversations there are, and what is unread in them."""

from sandbox.page.scene import DIRECT, HOME, Scene
from sandbox.records import Channel, Person
from sandbox.rendering import Html, tag, text


def sidebar(scene: Scene) -> Html:
    """The switch between people, the channels, and the app."""
    return tag("div", {"class": "sidebar-inner"}, _act_as(scene), _channels(scene), _app(scene))


def _act_as(scene: Scene) -> Html:
    people = scene.workspace.cast()
    options = [tag("option", {"value": p.id, "selected": p.id == scene.person.id}, text(_described(p))) for p in people]
    label = tag("label", {"for": "act-as"}, text("Act as"))
    select = tag(
        "select", {"id": "act-as", "name": "as", "autocomplete": "off", "aria-describedby": "act-as-hint"}, *options
    )
    # With script the choice acts at once; the button is for a browser without it, and says what will happen.
    place = tag("input", {"type": "hidden", "name": "in", "value": scene.place})
    button = tag("button", {"class": "button no-script"}, text("Switch"))
    about = f"{scene.person.role_label}. " if scene.person.role_label else ""
    hint = tag("p", {"class": "hint", "id": "act-as-hint"}, text(f"{about}The page shows what this person sees."))
    return tag("form", {"class": "act-as", "method": "get", "action": "/"}, label, select, place, button, hint)


def _described(person: Person) -> str:
    return f"{person.shown_name} – {person.role_label}" if person.role_label else person.shown_name


def _channels(scene: Scene) -> Html:
    mine = [channel for channel in scene.workspace.channels_of(scene.person.id) if not channel.is_im]
    links = [_entry(scene, channel.id, _label(channel), channel) for channel in mine]
    return _section("Channels", "channels-heading", links)


def _label(channel: Channel) -> str:
    return f"{'🔒 ' if channel.is_private else '# '}{channel.name}{' (archived)' if channel.archived else ''}"


def _app(scene: Scene) -> Html:
    manifest, links = scene.workspace.manifest, []
    if manifest.messages_tab:
        direct = _direct(scene)
        links.append(_entry(scene, direct.id if direct else DIRECT, "Direct message", direct))
    if manifest.home_tab:
        links.append(_entry(scene, HOME, "Home", None))
    return _section(manifest.bot_name, "app-heading", links)


def _direct(scene: Scene) -> Channel | None:
    mine = scene.workspace.channels_of(scene.person.id)
    return next((channel for channel in mine if channel.is_im), None)


def _section(title: str, key: str, entries: list[Html]) -> Html:
    heading = tag("h2", {"id": key}, text(title))
    nothing = tag("li", {"class": "hint"}, text("None for this person."))
    return tag("nav", {"aria-labelledby": key}, heading, tag("ul", None, *(entries or [nothing])))


def _entry(scene: Scene, place: str, label: str, channel: Channel | None) -> Html:
    unread = scene.workspace.unread(scene.person.id, channel.id) if channel and scene.place != channel.id else 0
    look = {
        "href": scene.link(place),
        "id": f"to-{place}",
        "data-go": True,
        "class": "unread" if unread else None,
        "aria-current": "page" if scene.place == place else None,
    }
    count = [tag("span", {"class": "count"}, text(unread), tag("span", {"class": "sr"}, text(" unread")))] * bool(
        unread
    )
    return tag("li", None, tag("a", look, tag("span", {"class": "entry"}, text(label)), *count))
