"""An organiser writes a survey from the template, sees its six dates with the reason for each shift, and starts it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.server import Sandbox
from tests.journeys.using import visit, write

pytestmark = pytest.mark.browser
CERYS, AMIRA = "U0CERYS", "U0AMIRA"
PULSE = "How procurement and digital work together"


def form(page: Page, title: str) -> Locator:
    """The form with a title, once it is there."""
    found = page.get_by_role("dialog", name=title, exact=True)
    expect(found).to_be_visible()
    return found


def test_a_survey_is_written_from_the_template_checked_and_started(page: Page, box: Sandbox) -> None:
    visit(page, box, CERYS)
    write(page, "/buying surveys")
    form(page, "Surveys").get_by_role("button", name="New survey").click()
    new = form(page, "New survey")
    new.get_by_label(PULSE, exact=True).check()
    new.get_by_role("button", name="Write it").click()
    card = form(page, "Survey")
    expect(card).to_contain_text("Choose who is asked.")

    card.get_by_role("button", name="Change: Who is asked").click()
    audience = form(page, "Who is asked")
    audience.get_by_label("#digital-buying").check()
    audience.get_by_role("button", name="Save").click()
    expect(form(page, "Survey")).to_contain_text("Everybody in #digital-buying")

    card.get_by_role("button", name="Change: When").click()
    schedule = form(page, "When it is sent")
    schedule.get_by_label("On the last working day of the month").check()
    expect(schedule.get_by_label("Tuesday", exact=True)).to_have_count(0)
    schedule.get_by_label("Every week, or every few weeks").check()
    schedule.get_by_label("Every so many weeks").select_option("1")
    schedule.get_by_label("Tuesday", exact=True).uncheck()
    schedule.get_by_label("Monday", exact=True).check()
    schedule.get_by_role("textbox", name="Time zone").fill("Mars/Olympus")
    schedule.get_by_role("button", name="Save").click()
    expect(schedule.get_by_role("alert")).to_contain_text("This time zone is not known.")
    schedule.get_by_role("textbox", name="Time zone").fill("Europe/London")
    schedule.get_by_label("Not before").fill("2027-12-13")
    schedule.get_by_role("button", name="Save").click()

    form(page, "Survey").get_by_role("button", name="Check and start").click()
    check = form(page, "Check and start")
    expect(check).to_contain_text(re.compile(r"Monday 13 December 2027.*Monday 20 December 2027", re.DOTALL))
    expect(check).to_contain_text("Wednesday 29 December 2027 (moved from Monday 27 December 2027:")
    expect(check).to_contain_text("With fewer than 5 people nothing will ever be shown.")
    check.get_by_role("button", name="Start").click()
    started = form(page, "Survey")
    expect(started).to_contain_text("Started.")
    expect(started).to_contain_text("next round Monday 13 December 2027")
    started.get_by_role("button", name="All surveys").click()
    expect(form(page, "Surveys")).to_contain_text(PULSE)
    form(page, "Surveys").get_by_role("button", name="Close").last.click()


def test_a_test_comes_to_the_organiser_alone_and_keeps_nothing(page: Page, box: Sandbox) -> None:
    visit(page, box, CERYS)
    write(page, "/buying surveys")
    form(page, "Surveys").get_by_role("button", name="New survey").click()
    form(page, "New survey").get_by_label("Looking back at a buy", exact=True).check()
    form(page, "New survey").get_by_role("button", name="Write it").click()
    form(page, "Survey").get_by_role("button", name="Send me a test").click()
    expect(form(page, "Survey")).to_contain_text("Nobody else got it.")
    form(page, "Survey").get_by_role("button", name="Close").last.click()
    visit(page, box, CERYS, "dm")
    message = page.locator(".message").filter(has_text="Only you got this").last
    message.get_by_role("button", name="Try the survey").click()
    asked = form(page, "Survey")
    expect(asked).to_contain_text("This is what members see.")
    asked.get_by_label("Both", exact=True).check()
    asked.get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_contain_text("Nothing was kept")
    visit(page, box, AMIRA, "dm")
    expect(page.get_by_text("Only you got this")).to_have_count(0)


def test_whoever_is_no_organiser_is_told_so(page: Page, box: Sandbox) -> None:
    visit(page, box, AMIRA)
    write(page, "/buying surveys")
    expect(page.locator(".ephemeral").last).to_contain_text("Only organisers can do that.")
