"""A survey in the sandbox: the day comes, members answer, change and decline; the round closes; results are read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.demo import CAST, RESULTS, Demo, demo
from tests.journeys.using import message, visit

pytestmark = pytest.mark.browser
AMIRA, BEN, CERYS = "U0AMIRA", "U0BEN", "U0CERYS"
BELL = 20_000  # milliseconds: the bell may be ringing by itself, and then it is the one to send
DRAWN = 60_000  # the first charts on a new machine wait for Matplotlib to look through its fonts
PULSE = "How procurement and digital work together"


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demonstration as a newcomer finds it."""
    with demo(tmp_path_factory.mktemp("survey") / "demo.db", seeded=True) as running:
        yield running


def pass_time(page: Page, trial: Demo, button: str, times: int = 1) -> None:
    """Move the page's clock, and let the bell ring."""
    if not page.get_by_role("button", name=button).is_visible():
        page.get_by_text("Clock", exact=True).click()
    for _ in range(times):
        with page.expect_response(lambda answer: answer.url.endswith("/clock") and answer.request.method == "POST"):
            page.get_by_role("button", name=button).click()
    trial.bot.ticking.tick()


def answer(page: Page, function: str) -> Locator:
    """Fill in the questionnaire that is open; what stands there when it is sent."""
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("Your answers are confidential until this round closes on")
    asked.get_by_label(function, exact=True).check()
    asked.get_by_label("Most weeks", exact=True).check()
    expect(asked).to_contain_text("bring me in early enough")
    for box in asked.get_by_label("Agree", exact=True).all():
        box.check()
    asked.get_by_label("Approvals", exact=True).check()
    asked.get_by_role("button", name="Send").click()
    return page.get_by_role("dialog")


def test_everybody_is_asked_on_the_day_and_answers(page: Page, trial: Demo) -> None:
    visit(page, trial.box, AMIRA, "home")
    pass_time(page, trial, "Next Tuesday 10:00")
    visit(page, trial.box, AMIRA, "dm")
    invitation = message(page, "Not this round")
    expect(invitation).to_contain_text(PULSE, timeout=BELL)
    expect(invitation).to_contain_text("Confidential while it is open, unlinked from you when it closes")

    invitation.get_by_role("button", name="What organisers see").click()
    expect(page.get_by_role("dialog")).to_contain_text("0 of 6 people have answered.")
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()

    for person in CAST:
        visit(page, trial.box, person.id, "dm")
        message(page, "Not this round").get_by_role("button", name="Answer").first.click()
        digital = person.id in (BEN, CERYS)
        sent = answer(page, "Digital, data or technology" if digital else "Procurement or commercial")
        expect(sent).to_contain_text("Saved. Thank you.")
        sent.get_by_role("button", name="Close").last.click()
        expect(sent).to_be_hidden()


def test_answers_can_be_changed_from_home_while_the_round_is_open(page: Page, trial: Demo) -> None:
    visit(page, trial.box, AMIRA, "home")
    page.get_by_role("button", name="Answer or change").click()
    again = page.get_by_role("dialog")
    expect(again).to_contain_text("You have answered.")
    expect(again).to_contain_text("Digital colleagues bring me in early enough")
    again.get_by_role("button", name="Cancel").click()


def test_results_come_when_the_round_is_over_and_say_what_will_be_done(page: Page, trial: Demo) -> None:
    visit(page, trial.box, CERYS, "dm")
    pass_time(page, trial, "+1 day", times=8)
    visit(page, trial.box, CERYS, "dm")
    results = message(page, "6 of 6 people answered")
    expect(results).to_contain_text("Not shown", timeout=BELL)
    expect(results).to_contain_text("hidden to protect a small group")
    results.get_by_role("button", name="Say what we will do").click()
    promise = page.get_by_role("dialog")
    promise.get_by_label("What will you do?").fill("Meet before each brief")
    promise.get_by_role("button", name="Save").click()
    expect(promise.get_by_role("alert").first).to_be_visible()
    promise.get_by_label("Who looks after it?").fill("Commercial")
    promise.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_contain_text("Saved.")
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("dialog")).to_be_hidden()

    pass_time(page, trial, "+1 day", times=2)
    visit(page, trial.box, BEN, RESULTS)
    shared = message(page, "6 of 6 people answered")
    expect(shared).to_contain_text("Meet before each brief (Commercial, by", timeout=BELL)


def test_results_of_past_rounds_are_there_with_charts(page: Page, trial: Demo) -> None:
    visit(page, trial.box, BEN, RESULTS)
    trial.bot.ticking.tick()
    results = message(page, "24 of 28 people answered")
    expect(results).to_be_visible(timeout=BELL)
    results.get_by_role("button", name="Show charts").click()
    results.get_by_role("link", name=re.compile("repl")).click(timeout=DRAWN)
    expect(page.get_by_role("img", name=re.compile("Procurement")).first).to_be_visible(timeout=BELL)
