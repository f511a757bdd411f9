"""Keeps the shapes in which Slack writes people, channels, messages and views into payloads."""

from sandbox import forms, typed
from sandbox.records import APP_ID, BOT_ID, TEAM_ID, Channel, File, Json, Message, Person, View
from sandbox.workspace import Workspace

TOKEN = "sandbox-verification-token"  # noqa: S105 -- Slack's deprecated field; nobody checks it


def person_short(person: Person) -> Json:
    """A person in an interaction. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    return {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id}


def team() -> Json:
    """The workspace in an interaction."""
    return {"id": TEAM_ID, "domain": "sandbox"}


def channel_short(channel: Channel) -> Json:
    """A channel in an interaction; direct messages have a fixed word for a name."""
    return {"id": channel.id, "name": channel_name(channel)}


def channel_name(channel: Channel) -> str:
    """The name as interactions and commands give it."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def channel_type(channel: Channel) -> str:
    """Slack's word in `message` events: "im", "group" (private) or "channel"."""
    if channel.is_im:
        return "im"
    return "group" if channel.is_private else "channel"


def common(person: Person) -> Json:
    """What every interaction begins with."""
    return {
        "user": person_short(person),
        "team": team(),
        "api_app_id": APP_ID,
        "token": TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message(workspace: Workspace, found: Message, *, with_metadata: bool = False) -> Json:
    """A message as history and events give it. https://docs.slack.dev/reference/events/message"""
    body: Json = {"type": "message", "user": found.user, "ts": found.ts, "text": found.text}
    body |= {"team": workspace.people[found.user].team_id if found.user in workspace.people else TEAM_ID}
    body |= _author(workspace, found)
    optional = {
        "subtype": found.subtype,
        "thread_ts": found.thread_ts,
        "attachments": found.attachments,
        "files": [file(workspace, workspace.files[f]) for f in found.files],
        "reactions": [{"name": n, "users": list(u), "count": len(u)} for n, u in found.reactions.items()],
        "edited": {"user": found.user, "ts": found.edited_ts} if found.edited_ts else None,
        "metadata": found.metadata if with_metadata else None,
        "is_ephemeral": True if found.ephemeral_to else None,
    }
    body |= {key: part for key, part in optional.items() if part}
    return body | _thread(workspace, found)


def view(workspace: Workspace, found: View) -> Json:
    """A view as interactions and `views.*` answers give it. https://docs.slack.dev/reference/views"""
    return found.body | {
        "id": found.id,
        "team_id": TEAM_ID,
        "state": {"values": forms.state_values(found.blocks, found.entered)},
        "hash": found.hash,
        "root_view_id": found.root_id,
        "previous_view_id": found.previous_id,
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }


def file(workspace: Workspace, found: File) -> Json:
    """An uploaded file. https://docs.slack.dev/reference/objects/file-object"""
    path = f"/files/{found.id}/{found.name}"
    return {
        "id": found.id,
        "created": found.created,
        "name": found.name,
        "title": found.title,
        "mimetype": found.mimetype,
        "size": len(found.content),
        "user": found.owner,
        "alt_txt": found.alt_text,
        "url_private": path,
        "url_private_download": path,
        "permalink": path,
        "channels": list(found.channels),
        "is_external": False,
        "mode": "hosted",
    }


def _author(workspace: Workspace, found: Message) -> Json:
    if not found.bot_id:
        return {"client_msg_id": f"sandbox-{found.ts}", "blocks": found.blocks or typed.rich_text(found.text)}
    body: Json = {"bot_id": found.bot_id}
    if found.bot_id == BOT_ID:
        profile = {"id": BOT_ID, "app_id": APP_ID, "name": workspace.manifest.bot_name, "team_id": TEAM_ID}
        body |= {"app_id": APP_ID, "bot_profile": profile}
    return body | ({"blocks": found.blocks} if found.blocks else {})


def _thread(workspace: Workspace, found: Message) -> Json:
    if found.is_reply:
        parent = workspace.message(found.channel, found.thread_ts or "")
        return {"parent_user_id": parent.user} if parent else {}
    replies = workspace.replies(found)
    if not replies:
        return {}
    users = sorted({reply.user for reply in replies})
    return {
        "thread_ts": found.ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
    }
