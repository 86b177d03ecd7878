"""The guide's pictures of reports, where --pictures asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Browser
from pages import Pages


def test_the_pictures_of_the_guide(browser: Browser, pages: Pages, request: pytest.FixtureRequest) -> None:
    folder = Path(request.config.getoption("pictures"))
    browser.hide_scrollbars()
    browser.resize(640, 540)
    for name, show, heading in [("archive", True, "Verdict"), ("run", False, "SubCodes")]:
        browser.open(pages.page(name, show=show))
        browser.run("[...document.querySelectorAll('h2')].find(heading => heading.innerText == arguments[0]).scrollIntoView()", heading)
        browser.photograph(folder / f"report-{name}.png")
