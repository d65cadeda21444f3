"""A browser without a window, as Debian has it, on a file of ours: time, place and network held."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

_DRIVER = "/usr/bin/chromedriver"


@dataclass
class Browser:
    """The driver, and what a test says of the world before the page is read."""

    driver: Chrome

    def open(self, file: Path, at: datetime, *, script: bool = True, wide: int = 1280) -> None:
        """Read the file as if it were that moment, in a window so wide."""
        self.driver.set_window_size(wide, 844)
        self.tell(
            "Emulation.setDeviceMetricsOverride",
            width=wide,
            height=844,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.tell("Emulation.setScriptExecutionDisabled", value=not script)
        moment = int(at.timestamp() * 1000)
        self.tell("Page.addScriptToEvaluateOnNewDocument", source=f"Date.now = () => {moment};")
        self.sent()
        self.driver.get(file.as_uri())

    def tell(self, command: str, **values: Any) -> Any:
        """A command of the browser's own protocol."""
        return self.driver.execute_cdp_cmd(command, values)

    def run(self, script: str, *values: Any) -> Any:
        """What a script in the page gives."""
        return self.driver.execute_script(script, *values)

    def wait(self, until: Callable[[], bool], seconds: float = 5) -> None:
        """Until it holds; so long at the most."""
        WebDriverWait(self.driver, seconds).until(lambda _: until())

    def sent(self) -> list[str]:
        """The addresses that were asked for since the last time."""
        entries = self.driver.get_log("performance")  # type: ignore[no-untyped-call]
        told = (json.loads(entry["message"])["message"] for entry in entries)
        return [
            each["params"]["request"]["url"]
            for each in told
            if each["method"] == "Network.requestWillBeSent"
        ]


@pytest.fixture(scope="session")
def chrome() -> Iterator[Chrome]:
    options = ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
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
