"""What all tests share: an emulator, the shop, a browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cloudauth.testing import Emulator
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from .running_shop import RunningShop

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=800,560",
    # No name is resolved, whatever asks for one.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="DIR", help="put pictures of the pages there")


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def shop(emulator: Emulator, tmp_path: Path) -> Iterator[RunningShop]:
    with RunningShop(str(tmp_path / "shop.sqlite3"), {**emulator.client_args}) as shop:
        yield shop


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for all tests. Nothing that it does, for itself or for a page, may leave this machine."""
    log = tmp_path_factory.mktemp("chromium") / "net.json"
    options = ChromeOptions()
    options.binary_location = _on_path("chromium")
    for flag in [*_FLAGS, f"--log-net-log={log}"]:
        options.add_argument(flag)
    browser = Chrome(options, ChromeService(_on_path("chromedriver")))
    yield browser
    browser.quit()
    asked, connected = _traffic(log)
    assert asked == {"127.0.0.1"}, "by pages"
    assert connected == {"127.0.0.1"}, "by pages and by the browser itself"


@pytest.fixture
def browser(chromium: Chrome) -> Chrome:
    chromium.delete_all_cookies()
    return chromium


def _on_path(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing; see tests/needs.sh"
    return found


def _traffic(log: Path) -> tuple[set[str], set[str]]:
    """The hosts that pages asked for something, and the addresses of all connections that were tried."""
    recorded = json.loads(log.read_text())
    types = recorded["constants"]["logEventTypes"]

    def events(name: str) -> Iterator[dict[str, str]]:
        return (event.get("params", {}) for event in recorded["events"] if event["type"] == types[name])

    # The initiator of the browser's own requests is no origin.
    urls = {request["url"] for request in events("URL_REQUEST_START_JOB") if "://" in request.get("initiator", "")}
    addresses = {attempt["address"] for attempt in events("TCP_CONNECT_ATTEMPT") if "address" in attempt}
    return {urlsplit(url).hostname or url for url in urls}, {address.rpartition(":")[0] for address in addresses}
