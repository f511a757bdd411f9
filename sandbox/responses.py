"""Keeps what an app may say where an interaction took place: through its response URL, or in an acknowledgement.

https://docs.slack.dev/interactivity/handling-user-interaction
"""

from sandbox import posting
from sandbox.content import required_content
from sandbox.errors import SlackError
from sandbox.keys import ResponseUrl
from sandbox.records import Json, Message
from sandbox.world import World


def use(world: World, key: str, body: Json) -> None:
    """Do what was sent to a response URL. Only what was done counts against the budget."""
    url = world.response_urls.find(key)
    answer(world, url, body)
    url.uses_left -= 1


def answer(world: World, url: ResponseUrl, body: Json) -> None:
    """Replace, delete or post, privately unless the app says `in_channel`."""
    original = world.workspace.message(url.channel, url.ts) if url.ts else None
    if body.get("delete_original"):
        _delete(world, original)
    elif body.get("replace_original") and original is not None:
        # Blocks are replaced as a whole, for ephemeral messages too: this is their only way to change.
        posting.replace(world, original, required_content(body), edited=False)
    else:
        _post(world, url, body)


def _delete(world: World, original: Message | None) -> None:
    if original is None:
        raise SlackError("message_not_found")
    posting.remove(world, original)


def _post(world: World, url: ResponseUrl, body: Json) -> None:
    in_channel = body.get("response_type") == "in_channel"
    posting.post(
        world,
        world.workspace.channels[url.channel],
        required_content(body),
        thread_ts=str(body["thread_ts"]) if body.get("thread_ts") else None,
        ephemeral_to=None if in_channel else url.person,
    )
