"""Chromium without a window, for pages of ours that are files: told by its driver, over its HTTP.

W3C WebDriver, and through it the browser's own protocol (Chrome DevTools Protocol).
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_DRIVER = "chromedriver"
_LISTENS = re.compile(r"started successfully on port (\d+)")
# The last three: a surface that was drawn before is not drawn over in part, whose edges then differ
# by a shade from one run to the next, and no picture is taken before all of it stands.
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-partial-raster",
    "--disable-checker-imaging",
    "--run-all-compositor-stages-before-draw",
)
_PATIENCE_S = 60.0
_END_S = 10.0


class NoBrowser(Exception):
    """This machine has no Chromium with its driver, or none that starts."""


class Browser:
    """One tab. What it is asked in vain raises RuntimeError."""

    def __init__(self, port: int) -> None:
        self._port = port
        options = {"goog:chromeOptions": {"args": _OPTIONS}}
        begun = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": options}})
        self._session = f"/session/{begun['sessionId']}"

    def open(self, file: Path, at: datetime, wide: int, high: int) -> None:
        """Read the file as if it were that moment, in a window so large."""
        clock = f"Date.now = () => {int(at.timestamp() * 1000)};"
        self.tell("Page.addScriptToEvaluateOnNewDocument", source=clock)
        self.resize(wide, high)
        self._ask("POST", f"{self._session}/url", {"url": file.resolve().as_uri()})

    def resize(self, wide: int, high: int) -> None:
        """Make the window so large, in dots of one CSS pixel each."""
        size = {"width": wide, "height": high, "deviceScaleFactor": 1, "mobile": False}
        self.tell("Emulation.setDeviceMetricsOverride", **size)

    def run(self, script: str, *values: Any) -> Any:
        """What a function of the values, with this for its body, gives; also what it promises."""
        path = f"{self._session}/execute/sync"
        return self._ask("POST", path, {"script": script, "args": values})

    def tell(self, command: str, **values: Any) -> Any:
        """A command of the browser's own protocol, and its answer."""
        path = f"{self._session}/goog/cdp/execute"
        return self._ask("POST", path, {"cmd": command, "params": values})

    def choose(self, field: str, file: Path) -> None:
        """Give the file to a field of the page for files, named by its selector."""
        root = self.tell("DOM.getDocument")["root"]["nodeId"]
        node = self.tell("DOM.querySelector", nodeId=root, selector=field)["nodeId"]
        self.tell("DOM.setFileInputFiles", nodeId=node, files=[str(file.resolve())])

    def picture(self) -> bytes:
        """What shows, as PNG."""
        return base64.b64decode(self.tell("Page.captureScreenshot", format="png")["data"])

    def close(self) -> None:
        """End the browser; its driver stays."""
        self._ask("DELETE", self._session)

    def _ask(self, method: str, path: str, values: Any = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE_S)
        try:
            body = json.dumps(values) if values is not None else None
            connection.request(method, path, body, {"Content-Type": "application/json"})
            told = json.load(connection.getresponse())["value"]
        except (OSError, HTTPException, ValueError) as fault:
            raise RuntimeError(f"the browser's driver: {fault}") from fault
        finally:
            connection.close()
        if isinstance(told, dict) and "error" in told:
            raise RuntimeError(f"{told['error']}: {told['message']}")
        return told


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium as long as it is asked; nothing of it is left. Raises NoBrowser."""
    program = shutil.which(_DRIVER)
    if program is None:
        raise NoBrowser(f"there is no {_DRIVER}")
    with (
        # Killed with its driver a browser leaves its profile behind: in a folder that goes with it.
        # Its name is short: a socket in it has a hundred letters for its whole path.
        TemporaryDirectory(prefix="pishkhan-", ignore_cleanup_errors=True) as folder,
        subprocess.Popen(
            [program, "--port=0"],
            env={**os.environ, "TMPDIR": folder},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as driver,
    ):
        try:
            said = (_LISTENS.search(line) for line in driver.stdout or ())
            port = next((int(found[1]) for found in said if found), None)
            if port is None:
                raise NoBrowser(f"{_DRIVER} does not start")
            try:
                begun = Browser(port)
            except RuntimeError as fault:
                raise NoBrowser(str(fault)) from fault
            try:
                yield begun
            finally:
                begun.close()
        finally:
            driver.terminate()
            driver.wait(_END_S)
