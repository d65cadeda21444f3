"""A page in Chromium as a test drives it: time, place and network held."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.support.wait import WebDriverWait


@dataclass
class Browser:
    """The driver, and what a test says of the world before the page is read."""

    driver: Chrome

    def open(
        self, page: Path | str, at: datetime, *, script: bool = True, wide: int = 1280
    ) -> None:
        """Read the file, or what has that address, as if it were that moment, in a window so
        wide."""
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
        self.driver.get(page if isinstance(page, str) else page.as_uri())

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
