"""What people write, and what the app hears of it."""

from typing import Any

import pytest
from slack_bolt import Say

from sandbox.records import BOT_USER_ID
from tests.sandbox.core import cast
from tests.sandbox.core.trial import Trial, started


def _listen(trial: Trial, *kinds: str) -> list[dict[str, Any]]:
    for kind in kinds:

        @trial.app.event(kind)
        def note(body: dict[str, Any]) -> None:
            trial.seen.append(body)

    return trial.seen


def test_a_mention_is_answered_in_its_thread(trial: Trial) -> None:
    @trial.app.event("app_mention")
    def answer(event: dict[str, Any], say: Say) -> None:
        say(text="It is *open*.", thread_ts=event["ts"])

    _listen(trial, "message")
    question = trial.say("@Tiny Bot is G-Cloud 14 open?")
    reply = trial.until(2)[1]
    assert (reply.text, reply.thread_ts, reply.user) == ("It is *open*.", question.ts, BOT_USER_ID)


def test_a_mention_arrives_twice_with_different_event_ids(trial: Trial) -> None:
    _listen(trial, "app_mention", "message")
    trial.say("@tiny bot hello")
    trial.settle()
    assert sorted(body["event"]["type"] for body in trial.seen) == ["app_mention", "message"]
    assert len({body["event_id"] for body in trial.seen}) == 2
    assert len({body["event"]["ts"] for body in trial.seen}) == 1


def test_a_direct_message_arrives_once_as_message_im(trial: Trial) -> None:
    @trial.app.event("message")
    def answer(event: dict[str, Any], say: Say) -> None:
        trial.seen.append(event)
        say("Hello.")

    _listen(trial, "app_home_opened")
    direct = trial.box.do(trial.box.actor.open_dm(cast.AMIRA))
    trial.say("@Tiny Bot hello", direct.id)
    assert trial.until(2, direct.id)[1].text == "Hello."
    heard = [event for event in trial.seen if event.get("channel_type") == "im"]
    assert [event["user"] for event in heard] == [cast.AMIRA]
    assert heard[0]["channel"] == direct.id


def test_what_a_person_types_is_escaped_and_names_become_ids(trial: Trial) -> None:
    _listen(trial, "app_mention", "message")
    message = trial.say("@Tiny Bot <!channel> & #digital-buying @Amira Khan https://gov.uk/a?b=1.")
    assert message.text == (
        f"<@{BOT_USER_ID}> &lt;!channel&gt; &amp; <#C0BUYING|digital-buying> <@{cast.AMIRA}> <https://gov.uk/a?b=1>."
    )


def test_the_app_hears_the_echo_of_its_own_post() -> None:
    with started("socket") as trial:
        trial.app.client.chat_postMessage(channel=cast.BUYING, text="hello")
        trial.settle()
        (parcel, _), *_ = trial.box.world.courier.log
        event = parcel.payload["event"]
        assert (event["type"], event["bot_id"], event["user"]) == ("message", "B0SANDBOX", BOT_USER_ID)


def test_messages_of_other_bots_reach_the_app(trial: Trial) -> None:
    _listen(trial, "message")
    trial.say("ping", person=cast.OTHER_BOT)
    trial.settle()
    assert [body["event"]["bot_id"] for body in trial.seen] == ["B0OTHER"]


def test_edits_and_deletions_arrive_as_subtypes(trial: Trial) -> None:
    _listen(trial, "message")
    message = trial.say("one")
    trial.settle()
    actor = trial.box.actor
    trial.box.do(actor.edit(cast.AMIRA, cast.BUYING, message.ts, "two"))
    trial.settle()
    trial.box.do(actor.delete(cast.AMIRA, cast.BUYING, message.ts))
    trial.settle()
    assert [body["event"].get("subtype") for body in trial.seen] == [None, "message_changed", "message_deleted"]
    assert trial.seen[1]["event"]["message"]["text"] == "two"
    assert trial.seen[1]["event"]["previous_message"]["text"] == "one"


def test_a_reaction_arrives_and_goes_again(trial: Trial) -> None:
    _listen(trial, "reaction_added", "message")
    message = trial.say("one")
    for _ in range(2):
        trial.box.do(trial.box.actor.react(cast.BEN, cast.BUYING, message.ts, "tada"))
    trial.settle()
    assert [b["event"]["reaction"] for b in trial.seen if b["event"]["type"] == "reaction_added"] == ["tada"]
    assert message.reactions == {}


@pytest.mark.parametrize("missing", [{"without_event": "message.channels"}, {"without_scope": "channels:history"}])
def test_events_without_subscription_or_scope_are_not_delivered(missing: dict[str, Any]) -> None:
    with started("socket", cast.manifest(**missing)) as trial:
        trial.say("nobody hears this")
        trial.settle()
        assert not trial.box.world.courier.log


def test_a_channel_without_the_bot_is_silent_and_the_person_is_told(trial: Trial) -> None:
    trial.say("@Tiny Bot hello", cast.QUIET)
    told = trial.posts(cast.QUIET)[1]
    assert told.ephemeral_to == cast.AMIRA
    assert "not in this channel" in told.text
    assert not trial.box.world.courier.log


def test_people_from_another_organisation_belong_to_another_team(trial: Trial) -> None:
    _listen(trial, "message")
    trial.say("hello", person=cast.OUTSIDER)
    trial.settle()
    assert trial.seen[0]["event"]["team"] == "T0OTHER"
    assert trial.seen[0]["is_ext_shared_channel"] is True


def test_nobody_writes_where_they_may_not(trial: Trial) -> None:
    actor = trial.box.actor
    trial.box.fault("archive", channel=cast.QUIET)
    archived = trial.box.do(actor.say(cast.AMIRA, cast.QUIET, "hello"))
    outside = trial.box.do(actor.say(cast.BEN, cast.PRIVATE, "hello"))
    trial.box.fault("deactivate", person=cast.BEN)
    gone = trial.box.do(actor.say(cast.BEN, cast.BUYING, "hello"))
    assert "archived" in archived.problem
    assert "not in" in outside.problem
    assert "deactivated" in gone.problem


def test_a_messages_tab_that_is_off_takes_no_messages() -> None:
    with started("socket", cast.manifest(without_messages=True)) as trial:
        direct = trial.box.change(lambda w: w.dm_with(cast.AMIRA))
        assert "turned off" in trial.box.do(trial.box.actor.say(cast.AMIRA, direct.id, "hello")).problem
        assert "no messages tab" in trial.box.do(trial.box.actor.open_home(cast.AMIRA, "messages")).problem


def test_unread_marks_count_what_others_wrote(trial: Trial) -> None:
    _listen(trial, "message")
    trial.say("one")
    trial.say("two")
    workspace = trial.box.workspace
    assert (workspace.unread(cast.AMIRA, cast.BUYING), workspace.unread(cast.BEN, cast.BUYING)) == (0, 2)
    trial.box.do(trial.box.actor.read(cast.BEN, cast.BUYING))
    assert workspace.unread(cast.BEN, cast.BUYING) == 0
