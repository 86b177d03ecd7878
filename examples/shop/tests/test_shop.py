"""From the button to the verdict, in a real browser, with the emulator's page in the place of the service's."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import cloudauth
import pytest
from cloudauth.testing import Emulator
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from .running_shop import RunningShop


def _until(true: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def _comes_to(browser: Chrome, title: str) -> None:
    _until(lambda: browser.title.startswith(title), f"the page {title!r} does not come")


def _press(browser: Chrome, selector: str) -> None:
    browser.find_element(By.CSS_SELECTOR, selector).click()


def _begin(browser: Chrome, shop: RunningShop) -> None:
    """The person goes to the service's page."""
    browser.get(shop.settings.url)
    _comes_to(browser, "Verify your identity")
    _press(browser, "form button")
    _comes_to(browser, "Verification (cloudauth emulator)")


@pytest.fixture
def picture(browser: Chrome, request: pytest.FixtureRequest) -> Callable[[str], object]:
    """Puts a picture of the page into the folder of `--pictures`, if that is given."""
    folder = request.config.getoption("pictures")
    return lambda name: folder and browser.save_screenshot(f"{folder}/{name}.png")


def _text(browser: Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, "main p").text


def _call_back(shop: RunningShop, token: str, times: int = 1) -> list[int]:
    """The statuses of callbacks about the latest verification; what they began is done."""
    connection = HTTPConnection("127.0.0.1", shop.port, timeout=10)
    query = urlencode({"transactionId": shop.row("transaction_id"), "passed": "Y", "subcode": "200", "callbackToken": token})
    statuses = []
    # Requests of one connection are served one after another, with the work behind them.
    for target in [f"/verified?{query}"] * times + ["/state"]:
        connection.request("GET", target)
        reply = connection.getresponse()
        reply.read()
        statuses.append(reply.status)
    connection.close()
    assert statuses.pop() == 200
    return statuses


def _token(shop: RunningShop) -> str:
    return cloudauth.started_from_json(shop.row("started"))["callback_token"] or ""


def _calls(emulator: Emulator, action: str) -> int:
    return sum(call["action"] == action for call in emulator.calls)


def test_a_person_who_finishes_is_verified(
    browser: Chrome, shop: RunningShop, emulator: Emulator, picture: Callable[[str], object]
) -> None:
    browser.get(shop.settings.url)
    picture("shop-button")
    _begin(browser, shop)
    _press(browser, "[data-code='200']")
    _comes_to(browser, "You are verified")
    picture("shop-verdict")
    assert not browser.find_elements(By.TAG_NAME, "button")
    evidence = cloudauth.from_json(shop.row("evidence"))
    assert evidence["passed"] and evidence["face"] and evidence["face"]["image"], "stored with its pictures"
    assert Path(shop.settings.database).stat().st_mode & 0o777 == 0o600
    # Then nothing is left at the service.
    _until(lambda: shop.row("deleted"), "the shop does not delete")
    with cloudauth.Client(**emulator.client_args) as client:
        assert client.status(started=shop.row("started"))["state"] == "gone"


@pytest.mark.parametrize(
    ("sub_code", "title", "advice"),
    [
        ("204", "That did not work", "Find good light"),
        ("206", "That did not work", "Use another phone"),
        ("209", "We are taking a closer look", "One of us"),
        ("212", "We could not verify you", "Please write to us"),
    ],
)
def test_a_person_who_fails_reads_what_to_do(browser: Chrome, shop: RunningShop, sub_code: str, title: str, advice: str) -> None:
    _begin(browser, shop)
    _press(browser, f"[data-code='{sub_code}']")
    _comes_to(browser, title)
    assert _text(browser).startswith(advice)
    retry = sub_code in ("204", "206")
    assert bool(browser.find_elements(By.TAG_NAME, "button")) == retry
    if retry:
        _press(browser, "form button")
        _comes_to(browser, "Verification (cloudauth emulator)")


def test_a_forged_callback_changes_nothing(browser: Chrome, shop: RunningShop, emulator: Emulator) -> None:
    _begin(browser, shop)
    assert _call_back(shop, "forged") == [403]
    assert _calls(emulator, "CheckResult") == 0, "nobody has asked for it"
    browser.get(shop.settings.url)
    _comes_to(browser, "We are waiting")


def test_a_repeated_callback_changes_nothing(browser: Chrome, shop: RunningShop, emulator: Emulator) -> None:
    _begin(browser, shop)
    # Slow enough for all to come before the first has its result.
    emulator.set_faults("latency:delay=500ms,action=CheckResult")
    _press(browser, "[data-code='200']")
    token, statuses = _token(shop), list[int]()
    repeats = [Thread(target=lambda: statuses.extend(_call_back(shop, token))) for _ in range(3)]
    for repeat in repeats:
        repeat.start()
    for repeat in repeats:
        repeat.join()
    _comes_to(browser, "You are verified")
    _until(lambda: shop.row("deleted"), "the shop does not delete")
    assert statuses + _call_back(shop, token, times=3) == [200] * 6
    assert (_calls(emulator, "CheckResult"), _calls(emulator, "DeleteVerifyResult")) == (1, 1)


def test_a_person_who_walks_away_can_begin_anew(browser: Chrome, shop: RunningShop) -> None:
    _begin(browser, shop)
    first = browser.current_url
    _press(browser, "[data-page='FACE']")
    _until(lambda: browser.find_elements(By.LINK_TEXT, "Go on to ReturnUrl"), "the emulator's page does not change")
    _press(browser, "main p a")
    _comes_to(browser, "We are waiting")
    # Only then the service's log can be believed.
    shop.let_pass(minutes=31)
    _comes_to(browser, "You left before the end")
    _press(browser, "form button")
    _comes_to(browser, "Verification (cloudauth emulator)")
    assert browser.current_url != first


def test_what_a_restart_missed_is_made_up_for(emulator: Emulator, tmp_path: Path) -> None:
    database, client = str(tmp_path / "shop.sqlite3"), {**emulator.client_args}
    with RunningShop(database, client) as shop:
        connection = HTTPConnection("127.0.0.1", shop.port, timeout=10)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        for _ in range(2):
            connection.request("POST", "/verifications", "meta_info={}", form)
            reply = connection.getresponse()
            reply.read()
            assert reply.status == 303
        connection.close()
    emulator.finish(shop.row("transaction_id"))
    with RunningShop(database, client) as shop:
        _until(lambda: shop.row("deleted"), "the sweep did not find it")
        assert shop.row("state") == "accept"


def test_a_service_that_is_down_is_told(browser: Chrome, shop: RunningShop, emulator: Emulator) -> None:
    browser.get(shop.settings.url)
    emulator.set_faults("json-503:action=InitializeV2")
    _press(browser, "form button")
    _comes_to(browser, "Something went wrong on our side")
    emulator.set_faults()
    _press(browser, "form button")
    _comes_to(browser, "Verification (cloudauth emulator)")


def test_the_service_s_script_gives_the_meta_info(browser: Chrome, emulator: Emulator, tmp_path: Path) -> None:
    script = 'data:text/javascript,window.getMetaInfo = () => ({"device": "x"}); onsubmit = event => event.preventDefault()'
    with RunningShop(str(tmp_path / "shop.sqlite3"), {**emulator.client_args}, client_script=script) as shop:
        browser.get(shop.settings.url)
        _press(browser, "form button")
        value = browser.find_element(By.NAME, "meta_info").get_property("value")
    assert value == '{"device":"x"}'


def test_pages_fit_a_narrow_screen(browser: Chrome, shop: RunningShop) -> None:
    # 1280 pixels at 400 %.
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 320, "height": 256, "deviceScaleFactor": 1, "mobile": False})
    try:
        fits = "return document.documentElement.scrollWidth <= 320"
        browser.get(shop.settings.url)
        assert browser.execute_script(fits)
        _begin(browser, shop)
        assert browser.execute_script(fits)
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
