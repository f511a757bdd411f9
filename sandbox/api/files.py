"""Keeps the three steps of an upload: a URL, the bytes, the sharing.

https://docs.slack.dev/messaging/working-with-files
"""

import mimetypes
import secrets

from sandbox import payloads, posting
from sandbox.api.call import Call, Handler
from sandbox.content import read_content
from sandbox.errors import SlackError, invalid
from sandbox.records import BOT_USER_ID, Channel, File, Json
from sandbox.world import World


def take_bytes(world: World, key: str, content: bytes) -> bool:
    """The second step: the bytes arrive at the upload URL; whether there is such a URL."""
    file_id = world.uploads.pop(key, None)
    if file_id is None:
        return False
    world.workspace.files[file_id].content = content
    return True


def _get_url(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal"""
    name, length = call.required("filename"), call.number("length", 0)
    if length <= 0:
        raise invalid("invalid_arguments", ["length must be greater than 0"])
    file = File(
        id=world.workspace.new_id("F"),
        name=name,
        title=name,
        owner=BOT_USER_ID,
        created=int(world.workspace.clock.seconds()),
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        alt_text=call.text("alt_txt"),
    )
    key = secrets.token_urlsafe(16)
    world.workspace.files[file.id] = file
    world.uploads[key] = file.id
    return {"upload_url": f"{world.base_url}/upload/{key}", "file_id": file.id}


def _complete(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal"""
    files = [_completed(world, entry) for entry in call.listed("files")]
    if not files:
        raise invalid("invalid_arguments", ["missing required field: files"])
    for name in filter(None, [call.text("channel_id"), *call.listed("channels")]):
        _share(world, call, posting.destination(world, name), files)
    return {"files": [payloads.file(world.workspace, file) for file in files]}


def _completed(world: World, entry: Json) -> File:
    file = world.workspace.files.get(str(entry.get("id")))
    if file is None or not file.content:
        raise SlackError("file_not_found")
    file.title = str(entry.get("title") or file.title)
    return file


def _share(world: World, call: Call, channel: Channel, files: list[File]) -> None:
    content = read_content({"text": call.text("initial_comment"), "blocks": call.args.get("blocks")})
    ids = [file.id for file in files]
    for file in files:
        file.shared = True
        file.channels.append(channel.id)
    posting.post(world, channel, content, thread_ts=call.text("thread_ts") or None, files=ids)


METHODS: dict[str, Handler] = {
    "files.completeUploadExternal": _complete,
    "files.getUploadURLExternal": _get_url,
}
