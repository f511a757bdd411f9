"""A person asks in the sandbox's page and goes on from the answer: by mouse, and once by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from bot.demo import CURATORS
from sandbox.server import Sandbox
from tests.journeys.using import message, visit, write

pytestmark = pytest.mark.browser
AMIRA, BEN, DEV = "U0AMIRA", "U0BEN", "U0DEV"


def test_a_mention_is_answered_in_its_thread_with_sources(page: Page, box: Sandbox) -> None:
    visit(page, box, AMIRA)
    write(page, "@Digital Buying Bot is G-Cloud 14 still open?")
    message(page, "is G-Cloud 14 still open?").get_by_role("link", name=re.compile(r"1 reply")).click()
    answer = message(page, "is no longer open")
    expect(answer).to_contain_text("28 October 2026")
    expect(answer).to_contain_text("Sources")
    expect(answer).to_contain_text("Owner: Frameworks curators")


def test_a_direct_message_is_answered_where_it_was_written(page: Page, box: Sandbox) -> None:
    visit(page, box, BEN, "dm")
    write(page, "Can I direct award on Digital Outcomes 6?")
    expect(message(page, "You can't direct award")).to_be_visible()


def test_a_command_is_private_until_it_is_shared(page: Page, box: Sandbox) -> None:
    visit(page, box, AMIRA)
    write(page, "/buying what is the threshold for councils")
    answer = page.locator(".ephemeral").filter(has_text="£207,720")
    expect(answer).to_contain_text("Only visible to you")
    visit(page, box, BEN)
    expect(page.get_by_text("£207,720")).to_have_count(0)
    visit(page, box, AMIRA)
    page.get_by_role("button", name="Share").last.click()
    expect(page.locator(".message:not(.ephemeral)").filter(has_text="£207,720")).to_be_visible()
    visit(page, box, BEN)
    expect(message(page, "£207,720")).to_contain_text("Asked: what is the threshold for councils")


def test_a_wrong_answer_is_reported_after_the_form_asked_for_a_reason(page: Page, box: Sandbox) -> None:
    visit(page, box, BEN, "dm")
    write(page, "how long must the standstill last")
    message(page, "eight working days").get_by_role("button", name="Wrong or out of date").click()
    form = page.get_by_role("dialog", name="Wrong or out of date")
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("alert")).to_have_count(1)
    form.get_by_role("textbox").fill("   ")
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("alert")).to_have_count(1)
    form.get_by_role("textbox").fill("A canary says it is nine")
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_contain_text("kept without your name")
    page.get_by_role("button", name="Close").last.click()
    visit(page, box, DEV, CURATORS)
    report = message(page, "A canary says it is nine")
    expect(report).to_contain_text("standstill-length")
    expect(report).not_to_contain_text("Ben")


def test_a_person_is_asked_with_consent_to_be_named(page: Page, box: Sandbox) -> None:
    visit(page, box, AMIRA)
    write(page, "/buying who fixes the photocopier on floor nine")
    page.get_by_role("button", name="Ask a person").last.click()
    form = page.get_by_role("dialog", name="Ask a person")
    form.get_by_role("textbox").fill("Who looks after photocopiers?")
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    visit(page, box, DEV, CURATORS)
    expect(message(page, "Who looks after photocopiers?")).to_contain_text("Amira Khan")
    visit(page, box, AMIRA, "dm")
    expect(message(page, "Your question is with the curators")).to_be_visible()


def test_the_home_tab_says_what_ends_soon(page: Page, box: Sandbox) -> None:
    visit(page, box, BEN, "home")
    expect(page.get_by_role("heading", name="Ask about buying digital services")).to_be_visible()
    expect(page.get_by_text("Ending in the next 90 days")).to_be_visible()


def test_asking_and_opening_a_related_answer_by_keyboard_alone(page: Page, box: Sandbox) -> None:
    visit(page, box, BEN, "dm")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("what replaced G-Cloud 13?")
    page.keyboard.press("Enter")
    answer = message(page, "G-Cloud 13 is followed by")
    expect(answer).to_be_visible()
    first = answer.get_by_role("button", name=re.compile("G-Cloud 13:")).first
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if first.evaluate("button => button === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(message(page, "is no longer open")).to_be_visible()
