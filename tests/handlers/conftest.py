"""The small content folder with the shipped templates and bank holidays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
