"""Gives tests the page of a running sandbox: asked over HTTP, or shown in a real browser with a tiny app behind it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from sandbox.server import Sandbox
from tests.sandbox.core import cast
from tests.sandbox.core.trial import Trial, sandbox, started
from tests.sandbox.face.tiny import listen


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """A sandbox without an app."""
    with sandbox() as running:
        yield running


@pytest.fixture
def trial() -> Iterator[Trial]:
    """A sandbox with the tiny app, over Socket Mode."""
    manifest = cast.manifest()
    manifest["oauth_config"]["scopes"]["bot"].append("assistant:write")
    with started("socket", manifest) as running:
        listen(running.app)
        yield running


@pytest.fixture
def page(browser: Browser, trial: Trial) -> Iterator[Page]:
    """A fresh window. Whatever goes wrong in the page's own script, or runs from an app's content, fails a test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce")
    window = context.new_page()
    trouble: list[str] = []
    window.on("pageerror", lambda error: trouble.append(str(error)))
    window.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    window.on("dialog", lambda dialog: trouble.append(dialog.message))
    window.set_default_timeout(5000)
    yield window
    context.close()  # before the sandbox stops: a page that looks for it in vain would complain
    assert trouble == []
