"""A browser without a window, as Debian has it, and in it the page that checks letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tests.browser.driver import Browser
from tests.browser.verify_page import AT, HOST, await_page, write_page

_DRIVER = "/usr/bin/chromedriver"


@pytest.fixture(scope="session")
def chrome() -> Iterator[Chrome]:
    options = ChromeOptions()
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        # By any name but this machine's own a page over plain http is no secure one.
        f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = Chrome(options=options, service=Service(_DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chrome: Chrome) -> Iterator[Browser]:
    """A page of its own, so that nothing said of the world before counts."""
    chrome.switch_to.new_window("tab")
    yield Browser(chrome)
    chrome.close()
    chrome.switch_to.window(chrome.window_handles[0])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The page that checks letters, as a file."""
    return write_page(tmp_path / "page.html")


@pytest.fixture
def opened(browser: Browser, page: Path) -> Browser:
    """A browser with that page open."""
    browser.open(page, AT)
    await_page(browser)
    return browser
