"""What a person does in the sandbox's page: come as somebody, write, look for a message."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from bot.demo import BUYING
from sandbox.server import Sandbox


def visit(page: Page, box: Sandbox, person: str, place: str = BUYING) -> None:
    """Open the page as somebody and wait until its script runs."""
    page.goto(f"{box.url}/?as={person}&in={place}")
    page.wait_for_function("document.documentElement.classList.contains('with-script')")


def write(page: Page, words: str) -> None:
    """Write in the box of the conversation and send with Enter."""
    field = page.get_by_role("main").get_by_role("textbox").first
    field.fill(words)
    field.press("Enter")


def message(page: Page, words: str) -> Locator:
    """The newest message that says so."""
    return page.locator(".message").filter(has_text=words).last
