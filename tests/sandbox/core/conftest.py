"""Gives tests a running sandbox, alone or with the tiny app over both transports."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.sandbox.core.trial import Trial, sandbox, started


@pytest.fixture(params=["socket", "http"])
def trial(request: pytest.FixtureRequest) -> Iterator[Trial]:
    """The tiny app in a sandbox, once over Socket Mode and once over signed HTTP."""
    with started(request.param) as running:
        yield running


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """A sandbox without an app: for the Web API alone."""
    with sandbox() as running:
        yield running


@pytest.fixture
def client(box: Sandbox) -> WebClient:
    """The app's way to call the Web API."""
    return WebClient(token=box.bot_token, base_url=box.api_url, retry_handlers=[])
