"""Who is who: roles by the settings and by Slack, audiences by channel, user group and name."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from slack_bolt import BoltContext

from bot.app import client_of
from bot.config import Config
from bot.errors import Problem
from bot.people import Audience, AudienceKind, Function, Role
from handlers.messenger import Messenger
from handlers.roster import Group, Roster
from storage import profiles
from storage.database import Database
from tests.directory import WORKSPACE
from tests.fakes import FakeSlack, HandClock
from tests.payloads import ADA, BO, BUYING, CY, ELSEWHERE

DEE, GUS, OLA, ROBO, ELI = "U0DEE", "U0GUS", "U0OLA", "U0ROBO", "U0ELI"
GROUP = "S0ORGANISERS"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def people(slack: FakeSlack) -> FakeSlack:
    """Beside the usual three: an admin, a guest, somebody from elsewhere, a bot, and somebody who has left."""
    slack.directory.add(DEE, is_owner=True, tz="Europe/Paris")
    slack.directory.add(GUS, is_restricted=True)
    slack.directory.add(OLA, team_id=ELSEWHERE)
    slack.directory.add(ROBO, is_bot=True)
    slack.directory.add(ELI, deleted=True)
    slack.directory.groups[GROUP] = [BO, GUS, OLA]
    return slack


def roster(db: Database, config: Config, clock: HandClock, **settings: Any) -> Roster:
    return Roster(db, clock, Messenger(client_of(config)), replace(config, **{"organisers": ()} | settings))


def acting(member: str) -> BoltContext:
    installed = SimpleNamespace(team_id=WORKSPACE, enterprise_id=None)
    return cast("BoltContext", SimpleNamespace(authorize_result=installed, team_id=ELSEWHERE, user_id=member))


def asked(roster: Roster, kind: AudienceKind, *targets: str, **more: bool) -> list[str]:
    return [member.id for member in roster.members(WORKSPACE, Audience(kind, targets, **more))]


def test_without_settings_the_workspaces_own_admins_do_everything(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    who = roster(db, config, clock)
    assert who.actor(acting(DEE)).roles == {Role.ADMIN}
    assert who.actor(acting(DEE)).may_organise
    assert who.actor(acting(DEE)).may_curate
    assert who.actor(acting(ADA)).roles == frozenset()


def test_with_the_setting_only_those_named_are_admins(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    who = roster(db, config, clock, admins=(ADA,))
    assert who.actor(acting(ADA)).roles == {Role.ADMIN}
    assert who.actor(acting(DEE)).roles == frozenset()


def test_a_role_comes_by_name_or_by_user_group(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    who = roster(db, config, clock, organisers=(ADA, GROUP), curators=(BO,))
    assert who.actor(acting(ADA)).roles == {Role.ORGANISER}
    assert who.actor(acting(BO)).roles == {Role.ORGANISER, Role.CURATOR}
    assert who.actor(acting(CY)).roles == frozenset()
    assert who.actor(acting(CY)).workspace == WORKSPACE


@pytest.mark.parametrize("member", [GUS, OLA, ROBO, ELI])
def test_guests_outsiders_bots_and_those_who_left_have_no_role_whatever_the_settings_say(
    people: FakeSlack, db: Database, config: Config, clock: HandClock, member: str
) -> None:
    who = roster(db, config, clock, organisers=(member, GROUP), admins=(member,), curators=(member,))
    assert who.actor(acting(member)).roles == frozenset()


def test_who_leaves_the_group_loses_the_role_within_five_minutes(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    who = roster(db, config, clock, organisers=(GROUP,))
    assert who.actor(acting(BO)).may_organise
    people.directory.groups[GROUP].remove(BO)
    asked_before = len(people.calls)
    assert who.actor(acting(BO)).may_organise
    assert len(people.calls) == asked_before  # believed for a while
    clock.turn(minutes=5)
    assert not who.actor(acting(BO)).may_organise


def test_when_slack_cannot_be_asked_nobody_has_a_role_and_it_is_not_remembered(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    who = roster(db, config, clock, organisers=(ADA,))
    people.fail("users.info", TimeoutError("timed out"))
    with pytest.raises(Problem, match="Try again in a minute"):
        who.actor(acting(ADA))
    people.mend("users.info")
    assert who.actor(acting(ADA)).may_organise


def test_a_group_in_the_settings_that_a_free_plan_does_not_have_gives_nobody_a_role(
    people: FakeSlack, db: Database, config: Config, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    people.directory.paid = False
    who = roster(db, config, clock, organisers=(GROUP, ADA))
    assert not who.actor(acting(BO)).may_organise
    assert who.actor(acting(ADA)).may_organise
    assert f"nobody has a role by it: {GROUP}" in caplog.text


def test_a_channels_members_are_asked_all_pages_of_them_without_bots_and_those_who_left(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    who = roster(db, config, clock)
    assert asked(who, AudienceKind.CHANNEL, BUYING) == sorted([ADA, BO, CY, DEE])
    assert asked(who, AudienceKind.CHANNEL, BUYING, guests=True) == sorted([ADA, BO, CY, DEE, GUS])
    assert asked(who, AudienceKind.CHANNEL, BUYING, outsiders=True) == sorted([ADA, BO, CY, DEE, OLA])
    assert len(people.told("users.list")) == 4
    [dee] = who.members(WORKSPACE, Audience(AudienceKind.MEMBERS, (DEE,)))
    assert dee.zone == "Europe/Paris"


def test_all_who_chose_a_function_are_asked(people: FakeSlack, db: Database, config: Config, clock: HandClock) -> None:
    who = roster(db, config, clock)
    for member, function in ((ADA, Function.DIGITAL), (BO, Function.PROCUREMENT), (CY, Function.BOTH)):
        profiles.choose_function(who.db, WORKSPACE, member, function)
    profiles.choose_function(who.db, ELSEWHERE, DEE, Function.DIGITAL)
    assert asked(who, AudienceKind.FUNCTION, "digital", "both") == [ADA, CY]
    profiles.choose_function(who.db, WORKSPACE, CY, None)
    assert asked(who, AudienceKind.FUNCTION, "digital", "both") == [ADA]


def test_several_targets_ask_each_person_once(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    people.directory.groups["S0TWO"] = [BO, CY]
    who = roster(db, config, clock)
    assert asked(who, AudienceKind.GROUP, GROUP, "S0TWO") == [BO, CY]
    assert asked(who, AudienceKind.MEMBERS, CY, ADA, CY) == [ADA, CY]


def test_somebody_whom_the_list_of_people_leaves_out_is_looked_up(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    who = roster(db, config, clock)
    assert asked(who, AudienceKind.MEMBERS, ADA) == [ADA]
    people.directory.add("U0LATE", team_id=ELSEWHERE)
    assert asked(who, AudienceKind.MEMBERS, ADA, "U0LATE", "U0NOBODY", outsiders=True) == [ADA, "U0LATE"]


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel"])
def test_a_channel_that_the_bot_is_not_in_is_said(
    people: FakeSlack, db: Database, config: Config, clock: HandClock, code: str
) -> None:
    people.refuse("conversations.members", code)
    with pytest.raises(Problem, match="I am not in one of those channels"):
        asked(roster(db, config, clock), AudienceKind.CHANNEL, BUYING)


def test_a_free_plan_has_no_groups_and_says_so(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    assert roster(db, config, clock).groups() == (Group(GROUP, f"Group {GROUP}"),)
    people.directory.paid = False
    who = roster(db, config, clock)
    assert who.groups() == ()
    with pytest.raises(Problem, match="no user groups: they come with Slack's paid plans"):
        asked(who, AudienceKind.GROUP, GROUP)


def test_a_group_that_is_gone_is_said(people: FakeSlack, db: Database, config: Config, clock: HandClock) -> None:
    with pytest.raises(Problem, match="not there any more"):
        asked(roster(db, config, clock), AudienceKind.GROUP, "S0GONE")


def test_trouble_with_slack_is_not_taken_for_an_empty_audience(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    for method in ("conversations.members", "usergroups.users.list", "users.list"):
        people.refuse(method, "ratelimited")
    for kind, target in ((AudienceKind.CHANNEL, BUYING), (AudienceKind.GROUP, GROUP), (AudienceKind.MEMBERS, ADA)):
        with pytest.raises(Problem, match="Try again in a minute"):
            asked(roster(db, config, clock), kind, target)


def test_slackbot_is_a_bot_although_slack_says_otherwise(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    people.directory.add("USLACKBOT")
    assert asked(roster(db, config, clock), AudienceKind.MEMBERS, "USLACKBOT") == []


def test_on_enterprise_grid_a_person_of_several_workspaces_is_no_outsider(
    people: FakeSlack, db: Database, config: Config, clock: HandClock
) -> None:
    people.directory.add("U0GRID", team_id="T0HOME", enterprise_user={"enterprise_id": "E0", "teams": [WORKSPACE]})
    assert asked(roster(db, config, clock), AudienceKind.MEMBERS, "U0GRID") == ["U0GRID"]
