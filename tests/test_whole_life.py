"""One survey's whole life, through Slack's door: it is due, people are asked, answer, and read what came of it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import handlers
from bot.config import Config
from bot.people import Actor, Audience, AudienceKind, Role
from bot.surveys.delivery import DeliveryKind
from bot.surveys.report import Commitment
from bot.surveys.round import Round, RoundState
from handlers.reports import Reports
from handlers.ui import commitment_form, invitation
from handlers.ui import report as picture
from storage import commitments, releases, responses, rounds
from storage.database import Database
from storage.tables import DeliveryRow, OpenAnswerRow, OpenCommentRow
from tests.conftest import ROOT, Running
from tests.directory import WORKSPACE
from tests.fakes import HandClock
from tests.handlers.test_answering import form, sent
from tests.payloads import ADA, CY, Json, click, submission
from tests.reading import buttons, words
from tests.rounds import rows
from tests.scheduled import FIRST, SECOND, WRITTEN, active

PEOPLE = [f"U0MEMBER{number:02}" for number in range(24)]
CHANNEL = "C0RESULTS"
CANARY = "Canary comment number"


def answers_of(number: int) -> dict[str, tuple[str, ...]]:
    """Procurement agrees, digital does not; everybody names approvals and writes something."""
    procurement = number % 2 == 0
    return {
        "function": ("procurement" if procurement else "digital",),
        "gate": ("some",),
        "early": (("5", "4")[number % 4 // 2] if procurement else ("2", "1", "3")[number % 3],),
        "likely": (str(number % 11),),
        "barriers": ("approvals",),
        "comment": (f"{CANARY} {number}",),
    }


class Life:
    """The bot with its bell, a channel of 24 people, and a survey of Ada's that is on."""

    def __init__(self, running: Running, clock: HandClock, config: Config, **changes: Any) -> None:
        self.running, self.clock = running, clock
        self.ticking = handlers.ticking(running.bot.app, running.db, clock, config, running.bot.keys, self._pause)
        for member in PEOPLE:
            running.slack.directory.add(member)
        running.slack.directory.channels["C0ASKED"] = list(PEOPLE)
        clock.now = WRITTEN
        audience = Audience(AudienceKind.CHANNEL, ("C0ASKED",))
        self.survey = active(running.db, WRITTEN, audience=audience, results_channel=CHANNEL, **changes)

    @property
    def db(self) -> Database:
        return self.running.db

    def tick_at(self, moment: datetime) -> None:
        """Ring the bell until nothing more is due at a moment."""
        self.clock.now = moment
        for _ in range(4):
            self.ticking.tick()
            self.clock.turn(seconds=30)

    def _pause(self, seconds: float) -> bool:
        self.clock.turn(seconds=seconds)
        return False

    def told(self, to: str) -> list[Json]:
        return [each for each in self.running.slack.told("chat.postMessage") if each["channel"] == to]

    @property
    def round(self) -> Round:
        with self.db.transaction() as session:
            [round_id] = {row.round_id for row in session.query(DeliveryRow)}
        return rounds.get(self.db, round_id)

    def answer(self, members: list[str]) -> None:
        """They answer in Slack."""
        for number, member in enumerate(members):
            answers = answers_of(number)
            self.running.receives(sent(self.round, form(self.running, self.round, member), answers, member))

    def record(self, members: list[str]) -> None:
        """They have answered; what Slack has to do with it is not of interest."""
        for number, member in enumerate(members):
            answers, keys = answers_of(number), self.running.bot.keys
            responses.record(self.db, keys, self.round, member, answers, self.clock())


@pytest.fixture
def life(running: Running, clock: HandClock, config: Config) -> Life:
    return Life(running, clock, config)


def test_a_survey_lives_from_its_first_message_to_what_will_be_done(life: Life) -> None:
    life.tick_at(FIRST - timedelta(minutes=10))
    assert not any(life.told(member) for member in PEOPLE)

    life.tick_at(FIRST)
    assert all(len(life.told(member)) == 1 for member in PEOPLE)
    assert invitation.ANSWER in [button["action_id"] for button in buttons(life.told(PEOPLE[0])[0]).values()]

    life.answer(PEOPLE[:20])
    round = life.round
    assert responses.count(life.db, round) == 20
    assert releases.of_survey(life.db, life.survey.id) == ()

    life.tick_at(datetime(2026, 12, 3, 10, 5, tzinfo=UTC))
    reminded = [member for member in PEOPLE if len(life.told(member)) == 2]
    assert reminded == PEOPLE[20:]

    life.tick_at(round.closes_at + timedelta(minutes=1))
    assert rounds.get(life.db, round.id).state is RoundState.SEALED
    assert rows(life.db, OpenAnswerRow) == []
    assert rows(life.db, OpenCommentRow) == []

    life.tick_at(datetime(2026, 12, 8, 9, 31, tzinfo=UTC))
    report = life.told(PEOPLE[3])[-1]
    assert "20 of 24" in words(report)
    assert "digital" in words(report).lower()
    assert all("How we buy together" in words(life.told(member)[-1]) for member in [*PEOPLE, ADA])
    assert life.told(CHANNEL) == []
    life.tick_at(datetime(2026, 12, 9, 9, 35, tzinfo=UTC))
    assert len(life.told(CHANNEL)) == 1
    assert words(life.told(CHANNEL)[0]) == words(report)


def test_results_name_nobody_and_hold_no_comment_in_the_order_of_answering(life: Life) -> None:
    life.tick_at(FIRST)
    life.record(PEOPLE)
    life.tick_at(life.round.closes_at + timedelta(hours=16, minutes=31))
    said = words(life.told(PEOPLE[0])[-1])
    assert not [member for member in PEOPLE if member in said]
    order = [int(line.rsplit(" ", 1)[1]) for line in said.splitlines() if line.startswith(f">{CANARY}")]
    assert sorted(order) == list(range(24))
    assert order != sorted(order)


@pytest.fixture
def sealed(life: Life) -> Life:
    """The round is over, and everybody has the results."""
    life.tick_at(FIRST)
    life.record(PEOPLE)
    life.tick_at(life.round.closes_at + timedelta(hours=16, minutes=31))
    return life


def press(life: Life, action_id: str, by: str, channel: str = "D0SOMEBODY") -> None:
    button = {"type": "button", "action_id": action_id, "value": life.round.id}
    life.running.receives(click(button, by=by, channel=channel))


def test_an_organiser_says_what_will_be_done_and_the_results_say_it(sealed: Life) -> None:
    press(sealed, picture.PROMISE, ADA)
    view = sealed.running.slack.form
    body = submission(view, by=ADA, text="Meet <!channel> before each brief", owner="Commercial")
    body["view"]["state"]["values"]["due"] = {"due": {"type": "datepicker", "selected_date": "2027-01-11"}}
    assert "Saved" in words(sealed.running.receives(body)["view"])
    message = Reports(sealed.db, ROOT / "content").message(sealed.round.id)
    assert "Meet &lt;!channel&gt; before each brief (Commercial, by 11 January 2027)" in words(
        {"blocks": message.blocks}
    )


@pytest.mark.parametrize(
    ("fields", "due", "wrong"),
    [
        ({"text": "", "owner": "Commercial"}, "2027-01-11", {"text"}),
        ({"text": "Meet", "owner": " "}, "2027-01-11", {"owner"}),
        ({"text": "Meet", "owner": "Commercial"}, "2026-01-11", {"due"}),
        ({"text": "Meet", "owner": "Commercial"}, "soon", {"due"}),
    ],
)
def test_a_commitment_that_says_too_little_is_a_sentence_at_its_field(
    sealed: Life, fields: dict[str, str], due: str, wrong: set[str]
) -> None:
    press(sealed, picture.PROMISE, ADA)
    body = submission(sealed.running.slack.form, by=ADA, **fields)
    body["view"]["state"]["values"]["due"] = {"due": {"type": "datepicker", "selected_date": due}}
    assert set(sealed.running.receives(body)["errors"]) == wrong


@pytest.mark.parametrize("action_id", [picture.PROMISE, picture.DATA])
@pytest.mark.parametrize("by", [PEOPLE[0], CY])
def test_what_organisers_do_is_refused_to_others(sealed: Life, action_id: str, by: str) -> None:
    press(sealed, action_id, by)
    assert "Only organisers can do that" in words(sealed.running.slack.messages[-1])


def test_a_commitment_sent_by_somebody_who_does_not_organise_is_not_kept(sealed: Life) -> None:
    view = commitment_form.render(sealed.round.id, FIRST.date())
    body = submission(view, by=CY, text="Give me the answers", owner="Cy")
    body["view"]["state"]["values"]["due"] = {"due": {"type": "datepicker", "selected_date": "2027-01-11"}}
    assert "Only organisers" in words(sealed.running.receives(body)["view"])


def test_charts_and_data_are_uploaded_with_words_beside_them(sealed: Life) -> None:
    press(sealed, picture.CHARTS, PEOPLE[0])
    charts = sealed.running.slack.uploads
    assert charts
    assert all(file.held.startswith(b"\x89PNG") and len(file.alt) > 40 for file in charts)
    press(sealed, picture.DATA, ADA)
    data = sealed.running.slack.uploads[-1].held
    package = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("datapackage.json"))
    assert package["profile"] == "data-package"
    assert CANARY.encode() not in data


def test_charts_are_not_for_who_was_not_asked(sealed: Life) -> None:
    press(sealed, picture.CHARTS, CY)
    assert "Only organisers can do that" in words(sealed.running.slack.messages[-1])
    assert sealed.running.slack.uploads == []


def test_results_are_sent_to_each_once_however_often_the_bell_rings(sealed: Life) -> None:
    before = len(sealed.running.slack.told("chat.postMessage"))
    sealed.tick_at(sealed.clock.now + timedelta(hours=1))
    assert len(sealed.running.slack.told("chat.postMessage")) == before
    kinds = [row.kind for row in rows(sealed.db, DeliveryRow)]
    assert kinds.count(DeliveryKind.RESULT) == len(PEOPLE) + 2


def test_an_organiser_opens_the_results_from_the_survey_and_others_cannot(sealed: Life) -> None:
    before = len(sealed.told(ADA))
    button = {"type": "button", "action_id": picture.RESULTS, "value": sealed.survey.id}
    for by in (PEOPLE[0], ADA):
        body = click(button, by=by)
        del body["container"], body["channel"], body["message"]
        sealed.running.receives(body | {"view": {"id": "V0CARD", "type": "modal"}})
    assert len(sealed.told(ADA)) == before + 1
    assert "Say what we will do" in buttons(sealed.told(ADA)[-1])
    assert not [message for message in sealed.told(PEOPLE[0]) if "Say what we will do" in buttons(message)]


def test_the_next_round_opens_with_what_was_promised(sealed: Life) -> None:
    actor = Actor(WORKSPACE, ADA, frozenset({Role.ORGANISER}))
    promised = Commitment("Meet before each brief", "Commercial", FIRST.date())
    commitments.promise(sealed.db, actor, sealed.round.id, promised, sealed.clock.now)
    sealed.tick_at(SECOND)
    asked = sealed.told(PEOPLE[0])[-1]
    assert "Promised after the last round:* Meet before each brief (Commercial, by 1 December 2026)" in words(asked)


def test_names_come_with_the_data_of_an_attributed_survey_to_its_organiser_in_a_direct_message(
    running: Running, clock: HandClock, config: Config
) -> None:
    life = Life(running, clock, config, anonymous=False)
    life.tick_at(FIRST)
    life.record(PEOPLE)
    life.tick_at(life.round.closes_at + timedelta(hours=16, minutes=31))
    press(life, picture.DATA, ADA)
    assert [file.name.split("-")[0] for file in running.slack.uploads] == ["survey", "named"]
    assert PEOPLE[0].encode() in running.slack.uploads[1].held
    press(life, picture.DATA, ADA, channel=CHANNEL)
    assert [file.name.split("-")[0] for file in running.slack.uploads[2:]] == ["survey"]
