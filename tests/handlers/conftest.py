"""The small content folder with the shipped templates and bank holidays; the log, as it is and as it would be."""

from __future__ import annotations

import io
import logging
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import quieten
from tests.builders import CONTENT
from tests.conftest import Running, Start


@pytest.fixture(scope="session")
def surveying(tmp_path_factory: pytest.TempPathFactory, library: Path) -> Path:
    """The small content folder, in which surveys can be written too."""
    folder = tmp_path_factory.mktemp("with_surveys") / "content"
    shutil.copytree(library, folder)
    shutil.copytree(CONTENT / "surveys", folder / "surveys")
    shutil.copy(CONTENT / "bank-holidays.toml", folder)
    return folder


@pytest.fixture
def organised(start: Start, surveying: Path) -> Running:
    """The bot, running, with Ada for an organiser and something to start from."""
    return start(content_dir=surveying)


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, io.StringIO]]:
    """The log as `python -m bot run` sets it up at DEBUG, and beside it everything that any library says."""
    root, written = logging.getLogger(), {"ours": io.StringIO(), "everything": io.StringIO()}
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    with monkeypatch.context() as stream:
        stream.setattr(sys, "stderr", written["ours"])
        quieten("DEBUG")
    root.addHandler(logging.StreamHandler(written["everything"]))
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
