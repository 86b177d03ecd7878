"""A browser, and pages of `cloudauth report`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser
from pages import Pages


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="DIR", help="put pictures of two reports there")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Without --pictures, nobody asked for any."""
    return True if collection_path.name == "test_pictures.py" and not config.getoption("pictures") else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with Browser(_on_path("chromium"), _on_path("chromedriver")) as browser:
        yield browser


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return Path(os.environ["AXE_CORE"]).read_text()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return Pages(os.environ["CLOUDAUTH_BIN"], tmp_path_factory.mktemp("reports"))


def _on_path(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing; see tests/needs.sh"
    return found
