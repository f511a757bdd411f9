"""Keeps the foot of a conversation: what the app is doing, what one might ask, and the box to write in."""

from collections.abc import Iterator

from sandbox.manifest import Shortcut
from sandbox.page.scene import Scene
from sandbox.records import BOT_USER_ID, Channel
from sandbox.rendering import Html, tag, text

_HINT = "Enter sends, Shift+Enter starts a new line."


def foot(scene: Scene, channel: Channel, thread: str | None = None) -> Html:
    """Everything below the messages."""
    return tag("div", {"class": "foot"}, *_parts(scene, channel, thread))


def _parts(scene: Scene, channel: Channel, thread: str | None) -> Iterator[Html]:
    yield _status(scene, channel, thread)
    if channel.archived:
        yield tag("p", {"class": "note"}, text("This channel is archived. Nobody can write in it."))
    elif channel.is_im and scene.workspace.manifest.messages_tab_read_only:
        yield tag("p", {"class": "note"}, text("Sending messages to this app has been turned off."))
    else:
        yield _prompts(scene, channel, thread)
        yield _composer(scene, channel, thread)


def _status(scene: Scene, channel: Channel, thread: str | None) -> Html:
    """What the app says it is doing (docs.slack.dev/reference/methods/assistant.threads.setStatus)."""
    status = scene.workspace.statuses.get((channel.id, thread or ""))
    said = f"{scene.workspace.manifest.bot_name} {status.text}" if status else ""
    return tag("p", {"class": "status", "role": "status", "id": f"status-{thread or 'main'}"}, text(said))


def _prompts(scene: Scene, channel: Channel, thread: str | None) -> Html:
    """Suggested prompts (docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts)."""
    space, key = scene.workspace, thread or "main"
    own = space.manifest.suggested_prompts if channel.is_im and thread is None else []
    prompts = space.prompts.get((channel.id, thread or ""), own)
    if not prompts:
        return text("")
    listed = tag("ul", None, *[_prompt(f"prompt-{key}-{number}", prompt) for number, prompt in enumerate(prompts)])
    if space.messages[channel.id]:
        # Once one talks, the room belongs to the talk.
        summary = tag("summary", None, text("Try asking"))
        return tag("details", {"class": "prompts", "id": f"asks-{key}"}, summary, listed)
    return tag("div", {"class": "prompts", "id": f"asks-first-{key}"}, tag("h2", None, text("Try asking")), listed)


def _prompt(key: str, prompt: dict[str, str]) -> Html:
    title, asked = prompt.get("title", ""), prompt.get("message", "")
    look = {"type": "button", "class": "prompt", "id": key, "data-prompt": asked}
    return tag("li", None, tag("button", look, tag("strong", None, text(title)), tag("span", None, text(asked))))


def _composer(scene: Scene, channel: Channel, thread: str | None) -> Html:
    key = f"{channel.id}-{thread or 'main'}".replace(".", "-")
    label = tag("label", {"for": f"box-{key}"}, text("Reply in this thread" if thread else f"Message {scene.name}"))
    box = {"id": f"box-{key}", "rows": "2", "aria-describedby": f"box-{key}-hint", "data-composer": True}
    area = tag("textarea", {**box, "placeholder": _example(scene, channel, thread)})
    send = tag("button", {"class": "button primary", "id": f"send-{key}"}, text("Send"))
    hint = tag("p", {"class": "hint", "id": f"box-{key}-hint"}, text(_HINT))
    tools = tag("div", {"class": "composer-tools"}, *_tools(scene, channel, thread, key), hint)
    marks = {"id": f"composer-{key}", "data-form": "say", "data-in": channel.id, "data-thread": thread}
    return tag("form", {"class": "composer", **marks}, label, tag("div", {"class": "composer-row"}, area, send), tools)


def _example(scene: Scene, channel: Channel, thread: str | None) -> str | None:
    """A first question, so that nobody sits before an empty box and wonders."""
    prompts = scene.workspace.manifest.suggested_prompts
    if thread or not prompts or BOT_USER_ID not in channel.members:
        return None
    asked = prompts[0].get("message", "")
    return "For example: " + (asked if channel.is_im else f"@{scene.workspace.manifest.bot_name} {asked}")


def _tools(scene: Scene, channel: Channel, thread: str | None, key: str) -> Iterator[Html]:
    """Buttons for what one would otherwise have to know: the mention, the commands, the global shortcuts."""
    manifest = scene.workspace.manifest
    if not channel.is_im and BOT_USER_ID in channel.members:
        yield _insert(f"@{manifest.bot_name} ", f"Mention @{manifest.bot_name}", f"put-{key}-mention")
    # Slack takes no slash commands in threads (docs.slack.dev/interactivity/implementing-slash-commands).
    if not thread:
        for name in manifest.commands:
            yield _insert(f"{name} ", name, f"put-{key}-{name.strip('/')}")
    for shortcut in manifest.shortcuts.values():
        if shortcut.kind == "global":
            yield _run(shortcut, f"run-{key}-{shortcut.callback_id}")


def _insert(words: str, label: str, key: str) -> Html:
    return tag("button", {"type": "button", "class": "button small", "data-insert": words, "id": key}, text(label))


def _run(shortcut: Shortcut, key: str) -> Html:
    look = {"type": "button", "class": "button small", "data-shortcut": shortcut.callback_id, "id": key}
    return tag("button", look, text(shortcut.name))
