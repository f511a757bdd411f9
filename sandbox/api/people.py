"""Keeps `users.*`, `usergroups.*` and `team.info`: who there is, and how much the app learns of them.

https://docs.slack.dev/reference/objects/user-object
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.api.call import Call, Handler, page
from sandbox.errors import SlackError
from sandbox.records import APP_ID, BOT_USER_ID, TEAM_ID, Json, Person
from sandbox.world import World


def _info(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/users.info"""
    person = world.workspace.people.get(call.required("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": user(world, person, with_locale=call.flag("include_locale"))}


def _list(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/users.list"""
    items, more = page(list(world.workspace.people.values()), call)
    locale = call.flag("include_locale")
    return {"members": [user(world, p, with_locale=locale) for p in items], "cache_ts": 0, **more}


def user(world: World, person: Person, *, with_locale: bool = False) -> Json:
    """A person as `users.*` give them. A stranger from another organisation has little more than a name."""
    body: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "profile": _profile(world, person),
    }
    if person.deleted:
        return body
    body |= {"real_name": person.shown_name, "is_app_user": False, "updated": 0, **_zone(world, person)}
    if person.is_external:
        return body | {"is_stranger": not _shares_channel(world, person)}
    body |= {"is_admin": person.is_admin, "is_owner": False, "is_primary_owner": False}
    body |= {"is_restricted": person.is_restricted, "is_ultra_restricted": person.is_ultra_restricted}
    return body | ({"locale": person.locale} if with_locale else {})


def _profile(world: World, person: Person) -> Json:
    profile: Json = {"real_name": person.shown_name, "display_name": person.shown_name, "team": person.team_id}
    # https://docs.slack.dev/reference/scopes/users.read.email
    if person.email and not person.is_external and "users:read.email" in world.workspace.manifest.scopes:
        profile["email"] = person.email
    if person.bot_id:
        profile |= {"bot_id": person.bot_id, "api_app_id": APP_ID if person.id == BOT_USER_ID else ""}
    return profile


def _zone(world: World, person: Person) -> Json:
    moment: datetime = world.workspace.clock.now().astimezone(ZoneInfo(person.tz))
    offset = moment.utcoffset()
    return {"tz": person.tz, "tz_label": moment.tzname(), "tz_offset": int(offset.total_seconds()) if offset else 0}


def _shares_channel(world: World, person: Person) -> bool:
    return any({person.id, BOT_USER_ID} <= set(c.members) for c in world.workspace.channels.values() if not c.is_im)


def _groups(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/usergroups.list"""
    _need_paid_plan(world)
    found = []
    for group in world.workspace.group_list():
        body: Json = {"id": group.id, "team_id": TEAM_ID, "handle": group.handle, "name": group.name}
        body |= {"is_usergroup": True, "date_delete": 0, "user_count": len(group.members)}
        found.append(body | ({"users": list(group.members)} if call.flag("include_users") else {}))
    return {"usergroups": found}


def _group_members(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/usergroups.users.list"""
    _need_paid_plan(world)
    group = world.workspace.groups.get(call.required("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.members)}


def _need_paid_plan(world: World) -> None:
    if not world.workspace.paid_plan:
        raise SlackError("plan_upgrade_required")


def _team(world: World, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/team.info"""
    return {"team": {"id": TEAM_ID, "name": world.workspace.name, "domain": "sandbox", "url": f"{world.base_url}/"}}


METHODS: dict[str, Handler] = {
    "team.info": _team,
    "usergroups.list": _groups,
    "usergroups.users.list": _group_members,
    "users.info": _info,
    "users.list": _list,
}
