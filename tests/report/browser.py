"""Chromium, as a reader sees a page: what it asks for, in which colours, how wide, by keyboard."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

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


class Browser:
    def __init__(self, chromium: str, driver: str) -> None:
        options = ChromeOptions()
        options.binary_location = chromium
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        for flag in _FLAGS:
            options.add_argument(flag)
        self._chrome = Chrome(options, ChromeService(driver))

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._chrome.quit()

    def open(self, page: Path) -> list[str]:
        """Opens a file; gives what the page asked for beside itself. Data that is in the page is not asked for."""
        self._log()
        self._chrome.get(page.as_uri())
        messages = [json.loads(entry["message"])["message"] for entry in self._log()]
        sent = [message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"]
        assert page.as_uri() in sent, "the log holds what is asked for"
        return [url for url in sent if url != page.as_uri() and not url.startswith("data:")]

    def _log(self) -> list[dict[str, str]]:
        """What came into it since the last time."""
        return list(self._chrome.get_log("performance"))  # type: ignore[no-untyped-call]

    def look(self, scheme: str = "light", media: str = "screen") -> None:
        """Light or dark colours, screen or paper."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self._chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})

    def resize(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def run(self, script: str, *arguments: Any) -> Any:
        return self._chrome.execute_script(script, *arguments)

    def wait_for(self, script: str) -> Any:
        """What the promise comes to that the script gives."""
        done = "const done = arguments[arguments.length - 1];"
        return self._chrome.execute_async_script(f"{done} ({script}).then(done, error => done(String(error)))")

    def press(self, key: str) -> None:
        ActionChains(self._chrome).send_keys(key).perform()

    def click(self, selector: str) -> None:
        self._chrome.find_element(By.CSS_SELECTOR, selector).click()

    def style(self, selector: str, name: str) -> str:
        return str(self.run("return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]", selector, name))

    def hide_scrollbars(self) -> None:
        self._chrome.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})

    def photograph(self, to: Path) -> None:
        self._chrome.save_screenshot(str(to))
