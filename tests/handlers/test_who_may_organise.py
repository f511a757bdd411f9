"""Whoever has no role reaches no survey by any door; nor does a form or a button that the bot did not draw."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.people import Actor, Role
from bot.surveys.survey import Draft, Survey
from storage import surveys
from tests.conftest import Running, Start
from tests.directory import WORKSPACE
from tests.fakes import FakeSlack, HandClock
from tests.forms import acted, chose, press, sent
from tests.handlers.surveying import a_draft, opened, the_survey
from tests.payloads import ADA, BO, BUYING, ELSEWHERE, command
from tests.reading import strings, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Json = dict[str, Any]
Door = Callable[[str], Json]
Doors = dict[str, Door]
EX, GUS, OLA, ROBO = "U0EX", "U0GUS", "U0OLA", "U0ROBO"
SECRET = "A canary title"
REFUSED = ("Only organisers can do that.", "I can't find that survey among yours.")


@pytest.fixture
def doors(start: Start, surveying: Path, slack: FakeSlack) -> tuple[Running, Doors]:
    """Every payload of the survey stories, as Ada's survey drew it, to be sent by anybody."""
    for member, more in (
        (EX, {}),
        (GUS, {"is_restricted": True}),
        (OLA, {"team_id": ELSEWHERE}),
        (ROBO, {"is_bot": True}),
    ):
        slack.directory.add(member, **more)
    running = start(content_dir=surveying, organisers=(ADA, GUS, OLA, ROBO))
    card = a_draft(running, slack)
    running.receives(sent(opened(running, slack, card, "words"), title=SECRET))
    card = slack.shown
    forms = {part: opened(running, slack, card, part) for part in ("words", "questions", "audience", "schedule")}
    listed = forms["questions"]
    running.receives(press(listed, "Edit"))
    question = slack.shown
    running.receives(press(card, "Preview"))
    preview = slack.shown
    running.receives(press(card, "All surveys"))
    surveys_listed = slack.shown
    running.receives(press(surveys_listed, "New survey"))
    new = slack.shown
    menu = next(each for block in listed["blocks"] for each in block.get("elements", []) if "options" in each)
    pressed = ("Preview", "Send me a test", "Check and start", "Archive", "All surveys")
    running_buttons = ("surveys_pause", "surveys_resume", "surveys_skip", "surveys_close", "survey_try")
    value = next(each["value"] for block in card["blocks"] for each in block.get("elements", []) if "value" in each)
    found: Doors = {
        "command": lambda by: command("surveys", by=by),
        "open": lambda by: press(surveys_listed, "Open", by=by),
        "new": lambda by: press(surveys_listed, "New survey", by=by),
        "new chosen": lambda by: sent(new, template="blank", by=by),
        "words": lambda by: sent(forms["words"], title="Mine", by=by),
        "audience": lambda by: sent(forms["audience"], channels=[BUYING], by=by),
        "schedule": lambda by: sent(forms["schedule"], by=by),
        "question": lambda by: sent(question, text="Mine", by=by),
        "add": lambda by: acted(listed, menu | {"selected_option": menu["options"][0]}, by=by),
        "audience kind": lambda by: chose(forms["audience"], "survey_audience_kind", "members", by=by),
        "schedule kind": lambda by: chose(forms["schedule"], "survey_schedule_kind", "once", by=by),
        "preview changed": lambda by: chose(preview, "q_function", "digital", by=by),
        "preview sent": lambda by: sent(preview, q_function="digital", q_gate="not_at_all", by=by),
        "start": lambda by: sent(preview | {"callback_id": "survey_start", "private_metadata": value}, by=by),
    }
    found |= {name: pressing(card, name) for name in pressed}
    found |= {f"change {nth}": pressing(card, "Change", nth) for nth in range(4)}
    found |= {name: pressing(listed, name) for name in ("Edit", "Up", "Down", "Remove")}
    found |= {action: using(card, action, value) for action in running_buttons}
    return running, found


def pressing(view: Json, words: str, nth: int = 0) -> Door:
    return lambda by: press(view, words, nth=nth, by=by)


def using(view: Json, action: str, value: str) -> Door:
    """A button that the card does not show now."""
    return lambda by: acted(view, {"action_id": action, "type": "button", "value": value, "text": {"text": "x"}}, by=by)


@pytest.mark.parametrize("who", [BO, EX, GUS, OLA, ROBO], ids=["member", "ex-organiser", "guest", "outsider", "bot"])
def test_every_door_is_shut_to_whoever_has_no_role(
    doors: tuple[Running, Doors], slack: FakeSlack, clock: HandClock, who: str
) -> None:
    running, payloads = doors
    organiser = Actor(WORKSPACE, EX, frozenset({Role.ORGANISER}))  # Ex wrote one while they were an organiser
    before, theirs = (
        the_survey(running),
        surveys.create(running.db, organiser, Draft("Ex's", "", ()), clock()),
    )
    for name, payload in payloads.items():
        asked = len(slack.calls)
        answered = running.receives(payload(who))
        told = [answered, *(call.body for call in slack.calls[asked:] if call.method != "users.info")]
        said = "\n".join(text for each in told for text in strings(each))
        assert any(each in said for each in REFUSED), (name, said)
        assert SECRET not in said, name
    assert surveys.get(running.db, Actor(WORKSPACE, ADA, frozenset({Role.ORGANISER})), before.id) == before
    assert set(map(_id, surveys.everything(running.db))) == {before.id, theirs.id}
    assert theirs in surveys.everything(running.db)


def _id(survey: Survey) -> str:
    return survey.id


GARBAGE = [
    "",
    "nonsense",
    "[]",
    "null",
    '{"s": 1, "r": 1}',
    '{"s": "x", "r": 1}',
    json.dumps({"s": "0" * 32}),
    json.dumps({"s": "0" * 32, "r": "1"}),
    json.dumps({"s": "0" * 32, "r": 1, "q": "Robert'); DROP TABLE survey;--"}),
    "[" * 3000,
]


@pytest.mark.parametrize("kept", [*GARBAGE, json.dumps({"s": "0" * 32, "r": 1})])
def test_a_form_or_a_button_that_we_did_not_draw_gets_a_sentence(
    start: Start, surveying: Path, slack: FakeSlack, kept: str
) -> None:
    running = start(content_dir=surveying)
    card = a_draft(running, slack)
    before = the_survey(running)
    for part in ("words", "audience", "schedule"):
        form = opened(running, slack, card, part) | {"private_metadata": kept}
        said = words(running.receives(sent(form))["view"])
        assert "older version" in said or "I can't find that survey" in said
    drawn = {"action_id": "surveys_archive", "type": "button", "value": kept, "text": {"text": "x"}}
    running.receives(acted(card, drawn))
    assert "older version" in words(slack.shown) or "I can't find that survey" in words(slack.shown)
    assert the_survey(running) == before


def test_a_survey_of_another_workspace_is_not_found(
    start: Start, surveying: Path, slack: FakeSlack, clock: HandClock
) -> None:
    running = start(content_dir=surveying)
    elsewhere = Actor(ELSEWHERE, ADA, frozenset({Role.ORGANISER}))
    theirs = surveys.create(running.db, elsewhere, Draft(SECRET, "", ()), clock())
    card = a_draft(running, slack)
    kept = json.dumps({"s": theirs.id, "r": 1})
    drawn = {"action_id": "surveys_open", "type": "button", "value": kept, "text": {"text": "x"}}
    running.receives(acted(card, drawn))
    assert "I can't find that survey" in words(slack.shown)
    form = opened(running, slack, card, "words") | {"private_metadata": kept}
    assert SECRET not in words(running.receives(sent(form))["view"])
    assert theirs in surveys.everything(running.db)
