"""Keeps how a message looks in a conversation: who, when, what, and what one can do with it."""

from collections.abc import Iterator
from datetime import date

from sandbox.page.scene import Scene, file_path
from sandbox.records import Json, Message, Person
from sandbox.rendering import (
    Html,
    Place,
    Reader,
    anchor,
    bare,
    blocks_html,
    inline,
    mrkdwn,
    tag,
    text,
    with_emoji,
)

_TINTS = 6


def message_list(scene: Scene, messages: list[Message], *, key: str) -> Html:
    """Messages, oldest first, with a line where a new day begins. `key` keeps ids in two lists apart."""
    reader = scene.reader()
    return tag("ol", {"class": "messages", "id": f"{key}-list"}, *_items(scene, reader, messages, key))


def _items(scene: Scene, reader: Reader, messages: list[Message], key: str) -> Iterator[Html]:
    before: date | None = None
    for message in messages:
        local = reader.local(float(message.ts))
        today = local.date() if local else None
        if today and today != before:
            words = f"{today:%A} {today.day} {today:%B %Y}"
            yield tag("li", {"class": "day", "id": f"{key}-{today}"}, tag("span", None, text(words)))
        before = today
        yield _item(scene, reader, message, key)


def _item(scene: Scene, reader: Reader, message: Message, key: str) -> Html:
    own = f"{key}-{message.ts.replace('.', '-')}"
    author = scene.workspace.people.get(message.user)
    marks = {
        "id": own,
        "class": "message ephemeral" if message.ephemeral_to else "message",
        "data-container": "message",
        "data-channel": message.channel,
        "data-ts": message.ts,
        "data-spoken": f"{_name(message, author)}: {_spoken(message, reader)}",
    }
    body = tag(
        "div",
        {"class": "message-body"},
        *_above(scene, reader, message, author, own),
        *_below(scene, reader, message, own),
    )
    return tag("li", marks, avatar(author, message.user), body, _menu(scene, message, author, own))


def avatar(person: Person | None, key: str) -> Html:
    """Two letters on a tint; the name stands beside it, so it is hidden from screen readers."""
    name = person.shown_name if person else key
    letters = "".join(part[0] for part in name.split()[:2]).upper() or "?"
    look = "avatar bot" if person and person.is_bot else f"avatar tint-{sum(map(ord, key)) % _TINTS}"
    return tag("span", {"class": look, "aria-hidden": "true"}, text(letters))


def _name(message: Message, author: Person | None) -> str:
    return author.shown_name if author else message.user


def _spoken(message: Message, reader: Reader) -> str:
    """What is read out when the message comes: its text, cut to what one listens to."""
    words = bare({"type": "mrkdwn", "text": message.text}, reader)
    return words if len(words) <= 300 else words[:300] + "…"


def _above(scene: Scene, reader: Reader, message: Message, author: Person | None, own: str) -> Iterator[Html]:
    local = reader.local(float(message.ts))
    when = text(f"{local:%H:%M}" if local else "")
    clock = tag("time", {"datetime": local.isoformat() if local else None, "class": "when"}, when)
    badge = _badge(author)
    if message.ephemeral_to:
        yield tag("p", {"class": "note"}, text("Only visible to you"))
    yield tag("h3", {"class": "by", "id": f"{own}-by"}, text(_name(message, author)), badge, text(" "), clock)
    if message.broadcast:
        link = tag("a", {"href": scene.link(thread=message.thread_ts), "data-go": True}, text("replied to a thread"))
        yield tag("p", {"class": "note"}, link)
    yield _content(scene, reader, message, own)
    if message.edited_ts:
        yield tag("span", {"class": "note"}, text("(edited)"))


def _badge(author: Person | None) -> Html:
    if author and author.is_bot:
        return tag("span", {"class": "badge"}, text("App"))
    if author and author.is_external:
        return tag("span", {"class": "badge"}, text("Other organisation"))
    if author and (author.is_restricted or author.is_ultra_restricted):
        return tag("span", {"class": "badge"}, text("Guest"))
    return text("")


def _content(scene: Scene, reader: Reader, message: Message, own: str) -> Html:
    entered = message.entered.get(scene.person.id, {})
    place = Place(own, reader, entered)
    shown = blocks_html(message.blocks, place) if message.blocks else mrkdwn(message.text, reader)
    more = [_attachment(reader, one, f"{own}-x{number}") for number, one in enumerate(message.attachments)]
    return tag("div", {"class": "content"}, shown, *more)


def _attachment(reader: Reader, attachment: Json, own: str) -> Html:
    """…/messaging/formatting-message-text#attachments: the old way to add to a message, shown plainly."""
    title = attachment.get("title")
    shown = [mrkdwn(attachment.get(part), reader) for part in ("pretext", "text") if attachment.get(part)]
    if title:
        shown.insert(0, tag("p", None, anchor(attachment.get("title_link"), inline(title, reader))))
    blocks = blocks_html(attachment.get("blocks", []), Place(own, reader))
    fallback = text(attachment.get("fallback", "")) if not (shown or attachment.get("blocks")) else text("")
    return tag("div", {"class": "attachment"}, *shown, blocks, fallback)


def _below(scene: Scene, reader: Reader, message: Message, own: str) -> Iterator[Html]:
    for key in message.files:
        file = scene.workspace.files.get(key)
        if file:
            yield _file(file_path(file.id, file.name), file.title or file.name, file.mimetype, file.alt_text)
    if message.reactions:
        yield _reactions(reader, message)
    replies = scene.workspace.replies(message) if not message.is_reply else []
    if replies and scene.thread != message.ts:
        yield _replies(scene, message, replies, own)


def _replies(scene: Scene, message: Message, replies: list[Message], own: str) -> Html:
    """The way into the thread. Its id tells the count, so that a further reply is new, and is read out."""
    people = scene.workspace.people
    count = f"{len(replies)} repl{'y' if len(replies) == 1 else 'ies'}"
    last = _name(replies[-1], people.get(replies[-1].user))
    link = {
        "class": "replies",
        "id": f"{own}-replies-{len(replies)}",
        "href": scene.link(thread=message.ts),
        "data-go": True,
        "data-spoken": f"{count}, the last by {last}",
    }
    said = tag("span", {"class": "sr"}, text(f" to {_name(message, people.get(message.user))}"))
    by = tag("span", {"class": "note"}, text(f"last by {last}"))
    face = avatar(people.get(replies[-1].user), replies[-1].user)
    return tag("a", link, face, tag("span", None, text(count), said), by)


def _file(path: str, title: str, mimetype: str, alt: str) -> Html:
    link = tag("a", {"href": path, "download": True}, text(title))
    if mimetype.startswith("image/") and "svg" not in mimetype:
        picture = tag("img", {"src": path, "alt": alt or title, "loading": "lazy"})
        return tag("figure", {"class": "file"}, tag("figcaption", None, link), picture)
    return tag("p", {"class": "file"}, text("File: "), link)


def _reactions(reader: Reader, message: Message) -> Html:
    shown = []
    for name, who in message.reactions.items():
        names = ", ".join(reader.people.get(person, person) for person in who)
        said = tag("span", {"class": "sr"}, text(f" from {names}"))
        shown.append(tag("li", {"title": f":{name}: {names}"}, text(with_emoji(f":{name}:") + f" {len(who)}"), said))
    return tag("ul", {"class": "reactions", "aria-label": "Reactions"}, *shown)


def _menu(scene: Scene, message: Message, author: Person | None, own: str) -> Html:
    """What one can do with the message: reply, the app's message shortcuts, dismiss."""
    items = list(_choices(scene, message, own))
    if not items:
        return text("")
    name = f"Actions for the message by {_name(message, author)}"
    summary = tag("summary", {"class": "button icon", "aria-label": name}, text("⋯"))
    listed = tag("ul", {"class": "menu-list"}, *[tag("li", None, item) for item in items])
    return tag("details", {"class": "menu message-menu", "id": f"{own}-menu"}, summary, listed)


def _choices(scene: Scene, message: Message, own: str) -> Iterator[Html]:
    if message.ephemeral_to:
        look = {"type": "button", "class": "menu-item", "id": f"{own}-dismiss", "data-dismiss": True}
        yield tag("button", look, text("Dismiss"))
        return
    root = message.thread_ts or message.ts
    link = {"class": "menu-item", "id": f"{own}-reply", "href": scene.link(thread=root), "data-go": True}
    yield tag("a", link, text("Reply in thread"))
    for shortcut in scene.workspace.manifest.shortcuts.values():
        if shortcut.kind == "message":
            key = f"{own}-s-{shortcut.callback_id}"
            look = {"type": "button", "class": "menu-item", "id": key, "data-shortcut": shortcut.callback_id}
            app = tag("span", {"class": "description"}, text(scene.workspace.manifest.bot_name))
            yield tag("button", look, text(shortcut.name), app)
