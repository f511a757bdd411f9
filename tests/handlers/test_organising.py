"""An organiser looks after surveys: the list, the card, preview and test, two editors at once, start to archive."""

from __future__ import annotations

import pytest

from tests.conftest import Running
from tests.fakes import FakeSlack
from tests.forms import chose, press, sent
from tests.handlers.surveying import a_draft, opened, the_survey
from tests.payloads import ADA
from tests.reading import words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_whoever_is_second_loses_nothing(organised: Running, slack: FakeSlack) -> None:
    card = a_draft(organised, slack)
    mine = opened(organised, slack, card, "words")
    organised.receives(sent(mine, title="Theirs"))
    answered = organised.receives(sent(mine, title="Mine", purpose="My purpose"))
    assert answered["response_action"] == "update"
    assert "Somebody else changed this survey while you had this open." in words(answered["view"])
    assert the_survey(organised).draft.title == "Theirs"
    assert organised.receives(sent(answered["view"])) == {}  # what they wrote stands in it
    assert (the_survey(organised).draft.title, the_survey(organised).draft.purpose) == ("Mine", "My purpose")


def test_a_question_written_second_comes_back_too(organised: Running, slack: FakeSlack) -> None:
    listed = opened(organised, slack, a_draft(organised, slack), "questions")
    organised.receives(press(listed, "Edit", nth=1))
    form = slack.shown
    organised.receives(press(listed, "Down", nth=2))
    answered = organised.receives(sent(form, text="{Other} come to me in time."))
    assert answered["response_action"] == "update"
    assert organised.receives(sent(answered["view"])) == {}
    assert "{Other} come to me in time." in [each.text for each in the_survey(organised).draft.questions]


def test_a_move_by_whoever_is_second_shows_the_list_as_it_is(organised: Running, slack: FakeSlack) -> None:
    listed = opened(organised, slack, a_draft(organised, slack), "questions")
    organised.receives(press(listed, "Down", nth=1))
    kept = the_survey(organised)
    organised.receives(press(listed, "Down", nth=1))
    assert "Somebody else changed this survey" in words(slack.shown)
    assert the_survey(organised) == kept


def test_the_preview_is_the_questionnaire_that_members_see(organised: Running, slack: FakeSlack) -> None:
    organised.receives(press(a_draft(organised, slack), "Preview"))
    form = slack.shown
    assert "This is what members see." in words(form)
    assert "Which best describes your work?" in words(form)
    refused = organised.receives(sent(form))
    assert refused["response_action"] == "errors"
    done = organised.receives(sent(form, q_function="digital", q_gate="once_or_twice"))
    assert "Nothing was kept" in words(done["view"])


def test_a_preview_follows_the_profession_that_is_chosen(organised: Running, slack: FakeSlack) -> None:
    organised.receives(press(a_draft(organised, slack), "Preview"))
    organised.receives(chose(slack.shown, "q_function", "digital"))
    assert "Procurement colleagues bring me in early enough" in words(slack.shown)


def test_a_test_goes_to_its_organiser_alone_and_is_marked(organised: Running, slack: FakeSlack) -> None:
    organised.receives(press(a_draft(organised, slack), "Send me a test"))
    [message] = slack.messages
    assert message["channel"] == ADA
    assert "Only you got this" in words(message)
    button = message["blocks"][-1]["elements"][0]
    pressed = press({"blocks": [{"type": "actions", "elements": [button]}]}, "Answer")
    organised.receives(pressed | {"view": None, "channel": {"id": "D0ADA"}, "container": {"type": "message"}})
    assert "This is what members see." in words(slack.form)
