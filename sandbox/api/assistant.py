"""Keeps what an agent shows beside its messages: a status, a title, prompts.

https://docs.slack.dev/reference/methods/assistant.threads.setStatus
"""

from sandbox import posting
from sandbox.api.call import Call, Handler
from sandbox.errors import invalid
from sandbox.records import Json, Status
from sandbox.world import World

MAX_PROMPTS = 4
MAX_LOADING_MESSAGES = 10


def _set_status(world: World, call: Call) -> Json:
    place, text = _place(world, call), call.text("status")
    loading = [str(one) for one in call.listed("loading_messages")]
    if len(loading) > MAX_LOADING_MESSAGES:
        raise invalid("invalid_arguments", ["no more than 10 items allowed [json-pointer:/loading_messages]"])
    if text:
        world.workspace.statuses[place] = Status(text, loading)
    else:
        world.workspace.statuses.pop(place, None)
    world.workspace.changed()
    return {}


def _set_title(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/assistant.threads.setTitle"""
    world.workspace.titles[_place(world, call)] = call.required("title")
    world.workspace.changed()
    return {}


def _set_prompts(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts"""
    prompts = call.listed("prompts")
    if not 0 < len(prompts) <= MAX_PROMPTS:
        raise invalid("invalid_arguments", ["between 1 and 4 prompts are needed [json-pointer:/prompts]"])
    if not all(isinstance(p, dict) and p.get("title") and p.get("message") for p in prompts):
        raise invalid("invalid_arguments", ["a prompt has a title and a message [json-pointer:/prompts]"])
    world.workspace.prompts[_place(world, call)] = prompts
    world.workspace.changed()
    return {}


def _place(world: World, call: Call) -> tuple[str, str]:
    channel = posting.known_channel(world, call.required("channel_id"))
    return channel.id, call.text("thread_ts")


METHODS: dict[str, Handler] = {
    "assistant.threads.setStatus": _set_status,
    "assistant.threads.setSuggestedPrompts": _set_prompts,
    "assistant.threads.setTitle": _set_title,
}
