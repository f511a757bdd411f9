"""A person in a real browser, with a real Bolt app behind it: asks, presses, fills in, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from sandbox.records import Message
from tests.sandbox.core.cast import AMIRA, BEN, BUYING
from tests.sandbox.core.trial import Trial
from tests.sandbox.face.hostile import HOSTILE, everything

pytestmark = pytest.mark.browser


def visit(page: Page, trial: Trial, place: str = BUYING, person: str = AMIRA) -> None:
    """Open the page and wait until its script runs."""
    page.goto(f"{trial.box.url}/?as={person}&in={place}")
    page.wait_for_function("document.documentElement.classList.contains('with-script')")


def ask(page: Page, words: str = "@Tiny Bot is G-Cloud open?") -> None:
    """Write in the channel's box and send."""
    page.get_by_label("Message #").fill(words)
    page.get_by_label("Message #").press("Enter")


def focused(page: Page) -> str:
    """The accessible words of what has the focus."""
    return str(page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"))


def test_a_mention_is_answered_and_its_button_works(page: Page, trial: Trial) -> None:
    visit(page, trial)
    ask(page)
    answer = page.get_by_role("listitem").filter(has_text="G-Cloud 14 is open.")
    expect(answer).to_have_count(1)
    expect(page.get_by_label("Message #")).to_have_value("")
    expect(page.locator("#announcer")).to_contain_text("Tiny Bot: G-Cloud 14 is open.")
    answer.get_by_role("button", name="Useful").click()
    thanks = page.locator(".ephemeral")
    expect(thanks).to_contain_text("Only visible to you")
    expect(thanks).to_contain_text("Thank you for saying so.")
    thanks.get_by_label("Actions for the message").click()
    thanks.get_by_role("button", name="Dismiss").click()
    expect(thanks).to_have_count(0)


def test_a_form_is_refused_put_right_and_sent(page: Page, trial: Trial) -> None:
    visit(page, trial)
    ask(page, "/tiny")
    dialog = page.get_by_role("dialog", name="Ask a curator")
    expect(dialog).to_be_visible()
    question = dialog.get_by_label("Question", exact=True)
    expect(question).to_be_focused()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_have_count(2)
    expect(question).to_have_attribute("aria-invalid", "true")
    expect(question).to_have_accessible_description(re.compile("One sentence. Error: Please complete"))
    question.fill("silly")
    dialog.get_by_role("radio", name="Buying").check()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_have_count(1)
    expect(dialog.get_by_role("alert")).to_have_text(re.compile("Please ask a real question."))
    expect(question).to_be_focused()
    expect(question).to_have_value("silly")
    expect(dialog.get_by_role("radio", name="Buying")).to_be_checked()
    question.fill("is it open?")
    question.press("Enter")
    expect(dialog).to_be_hidden()
    # Within main: what is new also stands, for screen readers, in the page's live region.
    expect(page.get_by_role("main").get_by_text("Asked: is it open? / buy / so far by @Amira Khan")).to_be_visible()
    expect(page.get_by_label("Message #")).to_be_focused()


def test_a_modal_grows_is_pushed_upon_and_goes_back(page: Page, trial: Trial) -> None:
    visit(page, trial)
    page.get_by_role("button", name="Begin").click()
    first = page.get_by_role("dialog", name="Steps").get_by_label("Question")
    first.fill("typed before")
    page.get_by_role("button", name="Grow").click()
    expect(page.get_by_role("dialog").get_by_text("Grown")).to_be_visible()
    expect(first).to_have_value("typed before")
    expect(page.get_by_role("dialog").get_by_label("Notes")).to_have_value("")
    page.get_by_role("button", name="Send").last.click()
    last = page.get_by_role("dialog", name="The last step")
    expect(last.get_by_label("Question")).to_be_focused()
    expect(last.get_by_label("Question")).to_have_value("")
    last.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog", name="Steps")).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Begin")).to_be_focused()


def test_news_does_not_disturb_a_form(page: Page, trial: Trial) -> None:
    visit(page, trial)
    ask(page, "/tiny")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Running").check()
    dialog.get_by_label("Question", exact=True).fill("half a")
    trial.box.do(trial.box.actor.say(BEN, BUYING, "Morning all"))
    expect(page.locator(".message").filter(has_text="Morning all")).to_have_count(1)
    expect(dialog.get_by_label("Question", exact=True)).to_be_focused()
    expect(dialog.get_by_label("Question", exact=True)).to_have_value("half a")
    expect(dialog.get_by_role("radio", name="Running")).to_be_checked()


def test_what_is_typed_while_the_app_thinks_stays(page: Page, trial: Trial) -> None:
    visit(page, trial)
    ask(page, "/tiny")
    dialog = page.get_by_role("dialog")
    question = dialog.get_by_label("Question", exact=True)
    dialog.get_by_role("radio", name="Running").check()
    question.fill("slow and silly")
    question.press("Enter")
    question.fill("a better one")
    expect(dialog.get_by_role("alert")).to_contain_text("Please ask a real question.")
    expect(question).to_have_value("a better one")


def test_earlier_messages_come_above_what_one_reads(page: Page, trial: Trial) -> None:
    trial.box.change(lambda w: [w.add_message(Message(BUYING, w.new_ts(), BEN, f"number {n}")) for n in range(300)])
    visit(page, trial)
    expect(page.get_by_text("number 299", exact=True)).to_be_in_viewport()
    page.get_by_role("link", name="Show earlier messages (200)").click()
    expect(page.get_by_text("number 0", exact=True)).to_be_attached()
    expect(page.get_by_text("number 200", exact=True)).to_be_in_viewport()


def test_home_is_published_and_opens_a_form(page: Page, trial: Trial) -> None:
    visit(page, trial)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Welcome home")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tiny Bot: Home")
    page.get_by_role("button", name="Ask a curator").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Ask a curator")).to_be_focused()


def test_everything_by_keyboard_alone(page: Page, trial: Trial) -> None:
    visit(page, trial)
    press = page.keyboard.press
    press("Tab")
    assert focused(page) == "Skip to messages"
    press("Enter")
    for _ in range(30):
        press("Tab")
        if focused(page).startswith("Message #"):
            break
    page.keyboard.type("@Tiny Bot open?")
    press("Enter")
    expect(page.get_by_role("button", name="Useful")).to_be_visible()
    for _ in range(10):
        press("Shift+Tab")
        if focused(page) == "Ask a curator":
            break
    press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(12):  # round and round: the focus does not leave the dialog for the page behind it
        press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    press("Escape")
    expect(dialog).to_be_hidden()
    assert focused(page) == "Ask a curator"


def test_news_does_not_disturb_who_is_typing(page: Page, trial: Trial) -> None:
    visit(page, trial)
    box = page.get_by_label("Message #")
    box.fill("half a sen")
    box.evaluate("field => field.setSelectionRange(4, 6)")
    trial.box.do(trial.box.actor.say(BEN, BUYING, "Morning all"))
    expect(page.get_by_role("listitem").filter(has_text="Morning all")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("half a sen")
    assert box.evaluate("field => [field.selectionStart, field.selectionEnd]") == [4, 6]


def test_acting_as_somebody_else_shows_their_view(page: Page, trial: Trial) -> None:
    visit(page, trial, "C0PRIVATE")
    page.get_by_label("Act as").select_option(BEN)
    expect(page.get_by_role("heading", level=1)).to_have_text("# digital-buying")
    expect(page.get_by_role("link", name="private")).to_have_count(0)
    expect(page.get_by_label("Act as")).to_be_focused()
    ask(page, "It is me\u2026 Ben")
    expect(page.get_by_role("listitem").filter(has_text="It is me")).to_contain_text("Ben Osei")


def test_a_thread_opens_beside_and_is_answered(page: Page, trial: Trial) -> None:
    visit(page, trial)
    ask(page, "a plain remark")
    message = page.get_by_role("listitem").filter(has_text="a plain remark")
    message.get_by_label("Actions for the message").click()
    message.get_by_role("link", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.get_by_role("heading", name="Thread")).to_be_focused()
    thread.get_by_label("Reply in this thread").fill("@Tiny Bot and now?")
    thread.get_by_role("button", name="Send").click()
    expect(thread.get_by_text("is open.")).to_be_visible()
    thread.get_by_role("link", name="Close thread").click()
    expect(page.get_by_role("link", name="2 replies")).to_be_visible()


def test_a_message_shortcut_runs_on_its_message(page: Page, trial: Trial) -> None:
    visit(page, trial)
    ask(page, "is DOS6 open?")
    message = page.get_by_role("listitem").filter(has_text="is DOS6 open?")
    message.get_by_label("Actions for the message").click()
    message.get_by_role("button", name="Look up").click()
    expect(page.locator(".ephemeral")).to_contain_text("Looked up: is DOS6 open?")


def test_suggested_prompts_are_asked_with_one_press(page: Page, trial: Trial) -> None:
    visit(page, trial)
    page.get_by_role("link", name="Direct message").click()
    page.get_by_role("button", name="Still open?").click()
    expect(page.locator(".message").filter(has_text="Is G-Cloud open?")).to_contain_text("Amira Khan")


def test_an_app_that_does_not_answer_is_told_as_slack_tells_it(page: Page, trial: Trial) -> None:
    visit(page, trial)
    ask(page)
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("alert").filter(has_text="operation_timeout")).to_be_visible()


def test_the_clock_moves_for_everybody(page: Page, trial: Trial) -> None:
    visit(page, trial)
    before = trial.box.workspace.clock.now()
    page.get_by_text("Clock", exact=True).click()
    page.get_by_role("button", name="+1 day").click()
    page.get_by_role("button", name="Next Tuesday 10:00").click()
    expect(page.locator("#panel-clock time")).to_contain_text(re.compile(r"^Tuesday .* 10:00$"))
    assert (trial.box.workspace.clock.now() - before).total_seconds() > 86400


def test_faults_can_be_asked_for(page: Page, trial: Trial) -> None:
    visit(page, trial)
    page.get_by_text("Faults", exact=True).click()
    page.get_by_role("button", name="Archive #digital-buying").click()
    expect(page.get_by_text("This channel is archived.")).to_be_visible()
    page.get_by_role("button", name="Unarchive #digital-buying").click()
    expect(page.get_by_label("Message #")).to_be_visible()


@pytest.mark.parametrize("bad", HOSTILE[:6])
def test_hostile_content_runs_nothing(page: Page, trial: Trial, bad: str) -> None:
    blocks = everything(bad.replace("alert(1)", "window.ran=1"), "javascript:window.ran=1")
    visit(page, trial)
    trial.box.change(lambda w: w.add_message(Message(BUYING, w.new_ts(), BEN, bad, blocks)))
    expect(page.get_by_role("heading", level=4).first).to_be_visible()
    page.locator(".message").last.hover()
    assert page.evaluate("window.ran") is None
    page.reload()
    expect(page.get_by_role("heading", level=4).first).to_be_visible()
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("width", [320, 360, 640])
def test_narrow_windows_need_no_sideways_scrolling(page: Page, trial: Trial, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    visit(page, trial)
    ask(page)
    expect(page.get_by_role("button", name="Useful")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("People and conversations").click()
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Welcome home")).to_be_visible()


def test_everything_to_press_is_large_enough(page: Page, trial: Trial) -> None:
    visit(page, trial)
    ask(page)
    expect(page.get_by_role("button", name="Useful")).to_be_visible()
    small = page.evaluate(
        """[...document.querySelectorAll("button, select, summary, textarea, nav a")]
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
            .filter(([, area]) => area.width && (area.width < 24 || area.height < 24))
            .map(([words]) => words)"""
    )
    assert small == []
