"""The page that checks letters in Debian's other browser, which is driven by its own protocol."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.remote.websocket_connection import WebSocketConnection

from tests.browser.verify_page import AT, VECTORS, write_page
from tests.reports.paper_folder import anew, packed, pdf_of, swapped
from tests.reports.scanning import LIGHT, printed, scanned
from tests.wire.letter_vectors import STRANGER

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_PATIENCE_S, _LOOK_S = 60.0, 0.02
_JUDGE = """async (asked) => {
  const told = [];
  for (const each of JSON.parse(asked)) told.push((await checkLetter(...each)).verdict);
  return JSON.stringify(told);
}"""
_DROP = """async (content, name) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  await checkLetterFile(new File([bytes], name));
  return document.getElementById("verdict").dataset.verdict;
}"""


class Firefox:
    """A page in the browser, to call functions in."""

    def __init__(self, url: str) -> None:
        self._line = WebSocketConnection(f"{url}/session", _PATIENCE_S, _LOOK_S)  # type: ignore[no-untyped-call]
        self._ask("session.new", capabilities={})
        self._page = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, file: Path) -> None:
        """Read the file as if it were that moment."""
        moment = int(AT.timestamp() * 1000)
        clock = f"() => {{ Date.now = () => {moment}; }}"
        self._ask("script.addPreloadScript", functionDeclaration=clock)
        url = file.as_uri()
        self._ask("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def call(self, function: str, *values: str) -> str:
        """What the function gives, a text, once it has it."""
        told = self._ask(
            "script.callFunction",
            functionDeclaration=function,
            awaitPromise=True,
            target={"context": self._page},
            arguments=[{"type": "string", "value": each} for each in values],
        )
        assert told["type"] == "success", told
        found: str = told["result"]["value"]
        return found

    def close(self) -> None:
        """End the connection."""
        self._line.close()  # type: ignore[no-untyped-call]

    def _ask(self, method: str, **values: Any) -> Any:
        told = self._line.send_cmd(method, values)  # type: ignore[no-untyped-call]
        assert "result" in told, told
        return told["result"]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    home = tmp_path_factory.mktemp("firefox")
    command = ("firefox-esr", "--headless", "--no-remote", "--profile", str(home))
    log = home / "log"
    with log.open("w") as said:
        process = subprocess.Popen(
            (*command, "--remote-debugging-port", "0"),
            env={**os.environ, "HOME": str(home)},
            stderr=said,
        )
    try:
        driven = Firefox(_where(log))
        driven.open(write_page(home / "page.html"))
        yield driven
        driven.close()
    finally:
        process.terminate()
        process.wait(30)


def _where(log: Path) -> str:
    """The address that the browser says it listens at."""
    end = time.monotonic() + _PATIENCE_S
    while (found := _LISTENS.search(log.read_text())) is None:
        assert time.monotonic() < end, log.read_text()
        time.sleep(_LOOK_S)
    return found[1]


def test_it_says_of_each_letter_what_must_be_said(firefox: Firefox) -> None:
    asked = [(each.text, each.today, each.listed) for each in VECTORS]
    told = json.loads(firefox.call(_JUDGE, json.dumps(asked)))
    assert told == [each.verdict.value for each in VECTORS]


@pytest.mark.long
def test_files_and_pictures_are_read(firefox: Firefox, tmp_path: Path) -> None:
    plain = pdf_of()
    scan = scanned(printed(plain, tmp_path, LIGHT.dpi), LIGHT, 1)
    brought = {
        "plain.pdf": (plain, "valid"),
        "stranger.pdf": (pdf_of(key=STRANGER), "unknown-key"),
        "void.pdf": (pdf_of(number="1405/21/12"), "void"),
        "saved anew.pdf": (anew(plain, "gs", tmp_path), "unsealed"),
        "printed to a file.pdf": (anew(plain, "print", tmp_path), "valid"),
        "the value of another.pdf": (swapped(plain, pdf_of(number="1405/21/1848")), "false"),
        "nothing.pdf": (b"%PDF-1.4", "false"),
        "scan.jpg": (packed(scan, "JPEG"), "valid"),
        "words.png": ("نامه".encode(), "none"),
    }
    told = {
        name: firefox.call(_DROP, base64.b64encode(content).decode(), name)
        for name, (content, _) in brought.items()
    }
    assert told == {name: verdict for name, (_, verdict) in brought.items()}
