"""Keeps the door of the Web API: who may call what, and what goes wrong on demand. https://docs.slack.dev/apis/web-api"""

from sandbox.api import assistant, basics, chat, conversations, files, people, reactions, scheduled, views
from sandbox.api.call import Call, Handler, need_scope
from sandbox.errors import SlackError
from sandbox.records import BOT_USER_ID, Json
from sandbox.scopes import APP_TOKEN_METHODS, METHOD_SCOPES
from sandbox.world import World

METHODS: dict[str, Handler] = {
    **assistant.METHODS,
    **basics.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **people.METHODS,
    **reactions.METHODS,
    **scheduled.METHODS,
    **views.METHODS,
}


def answer(world: World, method: str, token: str, args: Json) -> Json:
    """The answer to one call, refusals included."""
    try:
        handler = METHODS.get(method)
        if handler is None:
            raise SlackError("unknown_method", req_method=method)
        _check_token(world, method, token)
        refusal = world.faults.next_refusal(method)
        if refusal:
            raise SlackError(refusal)
        need_scope(world, *METHOD_SCOPES.get(method, ()))
        return {"ok": True, **handler(world, Call(method, args))}
    except SlackError as error:
        return error.body()


def _check_token(world: World, method: str, token: str) -> None:
    """https://docs.slack.dev/reference/methods/auth.test lists the codes."""
    wanted, other = world.credentials.bot_token, world.credentials.app_token
    if method in APP_TOKEN_METHODS:
        wanted, other = other, wanted
    if not token:
        raise SlackError("not_authed")
    if token == other:
        raise SlackError("not_allowed_token_type")
    if token != wanted:
        raise SlackError("invalid_auth")
    if world.faults.token_revoked:
        raise SlackError("token_revoked")
    if world.workspace.people[BOT_USER_ID].deleted:
        raise SlackError("account_inactive")
