"""Who may call what, people and conversations, files and reactions, and pages of long lists."""

from typing import Any
from urllib.request import urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.api import METHODS
from sandbox.records import BOT_USER_ID, Person
from sandbox.scopes import APP_TOKEN_METHODS, METHOD_SCOPES
from sandbox.server import Sandbox
from tests.sandbox.core import cast
from tests.sandbox.core.trial import sandbox


def _refused(error: str) -> Any:
    return pytest.raises(SlackApiError, match=rf"'error': '{error}'")


def test_every_method_has_a_line_in_the_table_of_scopes() -> None:
    assert set(METHODS) == {*METHOD_SCOPES, *APP_TOKEN_METHODS}


def test_the_app_learns_who_it_is_and_what_it_may(box: Sandbox, client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["user_id"], answer["bot_id"]) == (BOT_USER_ID, "B0SANDBOX")
    assert answer.headers["x-oauth-scopes"].split(",") == list(box.workspace.manifest.scopes)
    assert box.bot_token.startswith("xoxb-sandbox-")
    assert box.app_token.startswith("xapp-sandbox-")


def test_wrong_tokens_are_refused(box: Sandbox, client: WebClient) -> None:
    def call(token: str, method: str = "auth.test") -> None:
        WebClient(token=token, base_url=box.api_url).api_call(method)

    for token, error in (("", "not_authed"), ("xoxb-wrong", "invalid_auth"), (box.app_token, "not_allowed_token_type")):
        with _refused(error):
            call(token)
    with _refused("not_allowed_token_type"):
        call(box.bot_token, "apps.connections.open")
    box.fault("revoke_token")
    with _refused("token_revoked"):
        client.auth_test()
    box.fault("restore_token")
    box.fault("deactivate", person=BOT_USER_ID)
    with _refused("account_inactive"):
        client.auth_test()


def test_an_unknown_method_is_called_so(client: WebClient) -> None:
    with _refused("unknown_method"):
        client.api_call("chat.sing")


def test_a_missing_scope_names_what_is_needed(client: WebClient) -> None:
    with _refused("missing_scope") as refusal:
        client.team_info()
    assert refusal.value.response["needed"] == "team:read"
    assert "chat:write" in refusal.value.response["provided"].split(",")


def test_a_scope_opens_its_own_kind_of_conversation_only(client: WebClient) -> None:
    direct = client.conversations_open(users=cast.AMIRA, return_im=True)["channel"]
    assert direct["user"] == cast.AMIRA
    assert client.conversations_history(channel=direct["id"])["messages"] == []
    with _refused("missing_scope") as refusal:
        client.conversations_info(channel=direct["id"])
    assert refusal.value.response["needed"] == "im:read"


def test_forms_and_json_say_the_same(client: WebClient) -> None:
    blocks = [{"type": "divider"}]
    by_json = client.api_call("chat.postMessage", json={"channel": cast.BUYING, "text": "x", "blocks": blocks})
    by_form = client.api_call("chat.postMessage", data={"channel": cast.BUYING, "text": "x", "blocks": str_(blocks)})
    assert by_json["message"]["blocks"][0]["type"] == by_form["message"]["blocks"][0]["type"] == "divider"


def str_(blocks: list[dict[str, str]]) -> str:
    """Blocks as forms carry them."""
    return str(blocks).replace("'", '"')


def test_people_have_a_zone_and_little_else_for_strangers(client: WebClient) -> None:
    amira = client.users_info(user=cast.AMIRA, include_locale=True)["user"]
    assert (amira["tz"], amira["locale"], amira["team_id"]) == ("Europe/London", "en-GB", "T0SANDBOX")
    assert "email" not in amira["profile"]  # users:read.email is another scope
    assert client.users_info(user=cast.GUEST)["user"]["is_restricted"] is True
    outsider = client.users_info(user=cast.OUTSIDER)["user"]
    assert (outsider["team_id"], outsider["is_stranger"], "is_admin" in outsider) == ("T0OTHER", False, False)
    with _refused("user_not_found"):
        client.users_info(user="U0NOBODY")


def test_a_deactivated_person_has_no_zone(box: Sandbox, client: WebClient) -> None:
    box.fault("deactivate", person=cast.AMIRA)
    amira = client.users_info(user=cast.AMIRA)["user"]
    assert (amira["deleted"], "tz" in amira) == (True, False)


def test_long_lists_come_in_pages(box: Sandbox, client: WebClient) -> None:
    box.change(lambda w: [w.add_person(Person(f"U1{n}", f"p{n}")) for n in range(5)])
    everybody = [user["id"] for page in client.users_list(limit=3) for user in page["members"]]
    assert everybody == list(box.workspace.people)
    assert len(everybody) > 9
    with _refused("invalid_cursor"):
        client.users_list(cursor="nonsense")
    with _refused("invalid_limit"):
        client.users_list(limit=0)


def test_history_comes_newest_first_and_in_pages(client: WebClient) -> None:
    times = [client.chat_postMessage(channel=cast.BUYING, text=str(n))["ts"] for n in range(5)]
    first = client.conversations_history(channel=cast.BUYING, limit=2)
    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert first["has_more"] is True
    rest = client.conversations_history(channel=cast.BUYING, cursor=first["response_metadata"]["next_cursor"])
    assert [m["text"] for m in rest["messages"]] == ["2", "1", "0"]
    between = {"oldest": times[1], "latest": times[3]}
    inside = client.conversations_history(channel=cast.BUYING, **between)["messages"]
    edges = client.conversations_history(channel=cast.BUYING, inclusive=True, **between)["messages"]
    assert [[m["text"] for m in found] for found in (inside, edges)] == [["2"], ["3", "2", "1"]]


def test_conversations_are_listed_as_far_as_the_app_sees_them(client: WebClient) -> None:
    found = client.conversations_list()["channels"]
    assert [(c["name"], c["is_member"]) for c in found] == [("digital-buying", True), ("quiet", False)]
    assert [c["id"] for c in client.users_conversations()["channels"]] == [cast.BUYING]
    assert cast.OUTSIDER in client.conversations_members(channel=cast.BUYING)["members"]
    with _refused("missing_scope"):
        client.conversations_list(types="private_channel")
    with _refused("not_in_channel"):
        client.conversations_history(channel=cast.QUIET)


def test_user_groups_need_a_paid_plan(client: WebClient) -> None:
    assert client.usergroups_list(include_users=True)["usergroups"][0]["users"] == [cast.AMIRA, cast.BEN]
    assert client.usergroups_users_list(usergroup="S0CURATORS")["users"] == [cast.AMIRA, cast.BEN]
    with _refused("no_such_subteam"):
        client.usergroups_users_list(usergroup="S0NONE")
    with sandbox(paid_plan=False) as free, _refused("plan_upgrade_required"):
        WebClient(token=free.bot_token, base_url=free.api_url).usergroups_list()


def test_a_file_is_uploaded_in_three_steps(box: Sandbox, client: WebClient) -> None:
    client.files_upload_v2(channel=cast.BUYING, filename="r.csv", content="a,b", title="R", initial_comment="see")
    message = box.workspace.messages[cast.BUYING][0]
    file = box.workspace.files[message.files[0]]
    assert (message.text, file.title, file.content) == ("see", "R", b"a,b")
    with urlopen(f"{box.url}/files/{file.id}/{file.name}") as answer:  # noqa: S310 -- our own address
        assert answer.read() == b"a,b"
        assert answer.headers["Content-Disposition"] == "attachment"
    with _refused("file_not_found"):
        client.files_completeUploadExternal(files=[{"id": "F0NONE", "title": "x"}])


def test_reactions_are_put_and_taken_away_once(box: Sandbox, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=cast.BUYING, text="x")["ts"]
    place = {"channel": cast.BUYING, "timestamp": ts}
    client.reactions_add(name="tada", **place)
    with _refused("already_reacted"):
        client.reactions_add(name="tada", **place)
    found = client.reactions_get(**place)["message"]["reactions"]
    assert found == [{"name": "tada", "users": [BOT_USER_ID], "count": 1}]
    client.reactions_remove(name="tada", **place)
    with _refused("no_reaction"):
        client.reactions_remove(name="tada", **place)
    with _refused("invalid_name"):
        client.reactions_add(name="Not an emoji", **place)
