"""A report in a browser: nothing leaves it, nobody is named, and everybody can read it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browser import Browser
from pages import NAME, Pages
from selenium.webdriver.common.keys import Keys

NAMES = ["result", "archive", "changed", "hostile", "run"]
# A window of 1280 pixels at 400 %.
NARROW = (320, 256)
WIDE = (1280, 1024)


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """Notes what it is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = asked  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("show", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_report_asks_for_nothing(browser: Browser, pages: Pages, name: str, show: bool) -> None:
    assert browser.open(pages.page(name, show=show)) == []
    assert browser.run("return document.title").endswith(" report"), "no script took it"
    assert browser.run("return document.querySelectorAll('script, iframe, object, link, a, form').length") == 0


def test_the_policy_lets_nothing_out(browser: Browser, pages: Pages, server: ThreadingHTTPServer) -> None:
    """Even if markup came into a page, which it does not."""
    url = f"http://127.0.0.1:{server.server_port}"
    markup = f"""<img src="{url}/img"><script>document.title = 'taken'; fetch('{url}/fetch')</script><script src="{url}/js"></script>
        <link rel="stylesheet" href="{url}/css"><iframe src="{url}/frame"></iframe><style>body {{ background: url({url}/style) }}</style>
        <p style="background: url({url}/attribute)">x</p><video src="{url}/video"></video><object data="{url}/object"></object>"""
    html = pages.page("archive", show=True).read_text().replace("<main>", f"<main>{markup}")
    browser.open(pages.written("attacked.html", html))
    assert browser.run("return document.title") == "Archive report"
    assert server.asked == []  # type: ignore[attr-defined]
    # Without the policy, the same page asks for all of it.
    asked = browser.open(pages.written("free.html", html.replace("Content-Security-Policy", "X-Nothing")))
    assert browser.run("return document.title") == "taken"
    due = {f"{url}/{name}" for name in ["img", "fetch", "js", "css", "frame", "attribute", "object"]}
    assert due <= set(asked), "what is asked for is seen"
    assert "/img" in server.asked  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_in_a_report_unless_asked_for(browser: Browser, pages: Pages, name: str) -> None:
    hidden = pages.page(name, show=False)
    browser.open(hidden)
    assert browser.run("return document.querySelectorAll('img, input, .veil').length") == 0
    for canary in [NAME, "SPECIMEN", "hkscanary", pages.transaction, "base64,"]:
        assert canary not in hidden.read_text(), canary


def test_somebody_is_in_a_report_that_was_asked_for(pages: Pages) -> None:
    of_archive = ["SPECIMEN", pages.transaction, "base64,"]
    for name, canary in [("hostile", NAME), ("run", "hkscanary"), *(("archive", canary) for canary in of_archive)]:
        assert canary in pages.page(name, show=True).read_text(), canary


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("show", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_serious(browser: Browser, pages: Pages, axe: str, name: str, show: bool, scheme: str) -> None:
    browser.look(scheme)
    browser.open(pages.page(name, show=show))
    # Ink on a page of the scheme.
    assert browser.style("body", "backgroundColor") == {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 25, 29)"}[scheme]
    # Only colours are others in the dark.
    assert _violations(browser, axe, rules=None if scheme == "light" else ["color-contrast"]) == []


def test_axe_sees_what_is_wrong(browser: Browser, pages: Pages, axe: str) -> None:
    browser.look()
    html = pages.page("result", show=False).read_text()
    browser.open(pages.written("wrong.html", html.replace("<main>", '<main><img src="data:,"><input><font color="#eee">faint</font>')))
    assert {"image-alt", "label", "color-contrast"} <= set(_violations(browser, axe))


def _violations(browser: Browser, axe: str, rules: list[str] | None = None) -> list[str]:
    browser.run(axe)
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    found = browser.wait_for(f"axe.run(document, {json.dumps(options)})")
    return [rule["id"] for rule in found["violations"] if rule["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("show", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_at_400_percent(browser: Browser, pages: Pages, name: str, show: bool) -> None:
    browser.resize(*NARROW)
    browser.open(pages.page(name, show=show))
    beyond = "const page = document.documentElement; return page.scrollWidth - page.clientWidth"
    assert browser.run(beyond) == 0
    browser.run("document.body.insertAdjacentHTML('beforeend', '<pre>' + 'wide '.repeat(100) + '</pre>')")
    assert browser.run(beyond) > 0, "what is too wide is seen"
    browser.resize(*WIDE)


def test_a_keyboard_alone_shows_a_picture(browser: Browser, pages: Pages) -> None:
    browser.resize(*WIDE)
    browser.open(pages.page("archive", show=True))
    label = "return document.activeElement.labels?.[0]?.innerText ?? ''"
    for _ in range(20):
        browser.press(Keys.TAB)
        if browser.run(label) == "Show face.jpg":
            break
    assert browser.run(label) == "Show face.jpg"
    image = "img[alt='face.jpg']"
    assert browser.style("input:focus", "outlineStyle") == "solid", "where the focus is, is seen"
    assert browser.style(image, "filter").startswith("blur(")
    browser.press(Keys.SPACE)
    assert browser.style(image, "filter") == "none"
    browser.press(Keys.SPACE)
    browser.click(image)
    assert browser.style(image, "filter") == "none", "a click on the picture does the same"
    assert browser.run("return document.querySelector(arguments[0]).naturalWidth", image) > 0


def test_names_are_blurred_until_they_are_clicked(browser: Browser, pages: Pages) -> None:
    browser.open(pages.page("archive", show=True))
    name = ".veiled dd > span"
    assert browser.style(name, "filter").startswith("blur(")
    browser.click(".veil:has(> .veiled dl) > label")
    assert browser.style(name, "filter") == "none"


def test_paper_is_white_and_still_blurred(browser: Browser, pages: Pages) -> None:
    browser.look("dark", "print")
    browser.open(pages.page("archive", show=True))
    assert browser.style("body", "backgroundColor") == "rgb(255, 255, 255)"
    assert browser.style("body", "color") == "rgb(0, 0, 0)"
    assert browser.style("img", "filter").startswith("blur(")
    browser.look()
