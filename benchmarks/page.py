"""How soon the sandbox's page paints, with 10 and with 1,000 messages in a channel. `python -m benchmarks.page`"""

from __future__ import annotations

import shutil
import statistics
from time import perf_counter

from playwright.sync_api import Browser, sync_playwright

from bot.app import MANIFEST
from bot.demo import BUYING, CAST, CHANNELS
from sandbox.records import Message
from sandbox.server import Sandbox
from sandbox.workspace import Workspace

TIMES = 7
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def fill(workspace: Workspace, messages: int) -> None:
    """So many messages of a usual length."""
    for number in range(messages):
        text = f"Message {number}: does anybody know whether *this agreement* is open to councils in Wales?"
        workspace.add_message(Message(BUYING, workspace.new_ts(), CAST[number % len(CAST)].id, text))


def paints(browser: Browser, address: str) -> tuple[list[float], list[float]]:
    """Milliseconds to the first contentful paint, and until a new message that is typed shows."""
    first, shown = [], []
    for number in range(TIMES):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.wait_for_function("document.documentElement.classList.contains('with-script')")
        page.wait_for_function(FIRST_PAINT)
        first.append(float(page.evaluate(FIRST_PAINT)))
        field = page.get_by_role("main").get_by_role("textbox").first
        field.fill(f"typed {number}")
        start = perf_counter()
        field.press("Enter")
        page.locator(".message").filter(has_text=f"typed {number}").last.wait_for()
        shown.append((perf_counter() - start) * 1000)
        page.close()
    return first, shown


def main() -> None:
    """Print the table."""
    path = shutil.which("chromium")
    if not path:
        raise SystemExit("This needs the system's Chromium: apt-get install chromium")
    print(f"{'milliseconds, median of ' + str(TIMES):<34} {'first paint':>12} {'worst':>8} {'typed to shown':>15}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for messages in (10, 1000):
            with Sandbox(MANIFEST, CAST, CHANNELS) as box:
                box.change(lambda workspace, n=messages: fill(workspace, n))  # type: ignore[misc]
                first, shown = paints(browser, f"{box.url}/?as={CAST[0].id}&in={BUYING}")
            name = f"{messages} messages in the channel"
            print(f"{name:<34} {statistics.median(first):12.0f} {max(first):8.0f} {statistics.median(shown):15.0f}")
        browser.close()


if __name__ == "__main__":
    main()
