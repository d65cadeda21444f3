"""The page that checks letters in a test: written, given letters, and what it shows of them."""

from __future__ import annotations

import base64
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.domain.calendar import parse_jalali
from desktop.reports.verify_page import draw
from tests.browser.driver import Browser
from tests.wire.letter_vectors import KEYS, TODAY, files, vectors

HOST = "letters.example"
"""By this name the browser asks this machine, and doesn't know it for its own."""
AT = datetime.combine(parse_jalali(TODAY), datetime.min.time(), UTC).replace(hour=8)
VECTORS = list(vectors())
_JUDGE = """
const [asked, done] = arguments;
Promise.all(asked.map(([text, day, listed]) => checkLetter(text, day, listed)))
  .then((told) => done(told.map((each) => each.verdict)), (fault) => done(String(fault)));
"""
_DROP = """
const [content, name, done] = arguments;
const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
checkLetterFile(new File([bytes], name)).then(() => done(true), (fault) => done(String(fault)));
"""
_SHOWN = """
const text = (id) => document.getElementById(id).innerText;
const rows = (id) => Object.fromEntries(
  [...document.querySelectorAll(`#${id} > div`)].map((row) => [...row.children].map((e) => e.textContent)));
return { verdict: document.getElementById("verdict").dataset.verdict, word: text("word"),
  sentence: text("sentence"), compare: rows("compare"), says: rows("says"),
  beside: text("beside"), notice: text("notice"), text: document.getElementById("text").textContent,
  shape: document.getElementById("shape").dataset.shape };
"""  # noqa: E501
_PASTE = """
const event = new ClipboardEvent("paste", { clipboardData: new DataTransfer() });
event.clipboardData.setData("text", arguments[0]);
document.dispatchEvent(event);
"""


def write_page(file: Path) -> Path:
    """The page with the vectors' keys and list."""
    file.write_text(draw(KEYS.city, *files()), encoding="utf-8")
    return file


def await_page(browser: Browser) -> None:
    """Until it has begun."""
    browser.wait(lambda: bool(browser.run("return document.body.dataset.ready === 'yes'")))


def strangers(browser: Browser) -> list[str]:
    """Whatever was asked for but what the page itself holds."""
    own = ("file:", "data:", "blob:")
    return [each for each in browser.sent() if not each.startswith(own)]


def judged(browser: Browser, asked: list[tuple[str, str, bool]]) -> list[str]:
    told = browser.driver.execute_async_script(_JUDGE, asked)
    assert isinstance(told, list), told
    return told


def dropped(browser: Browser, content: bytes, name: str) -> dict[str, Any]:
    """What the page shows of a file that was given to it."""
    told = browser.driver.execute_async_script(_DROP, base64.b64encode(content).decode(), name)
    assert told is True, told
    return shown(browser)


def shown(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = browser.run(_SHOWN)
    return found


def paste(browser: Browser, text: str, verdict: str) -> dict[str, Any]:
    """What the page shows of a code that is pasted, once its verdict is this."""
    browser.run(_PASTE, text)
    browser.wait(lambda: shown(browser)["verdict"] == verdict)
    return shown(browser)


def photographed(pdf: bytes, folder: Path, dpi: int = 150) -> bytes:
    (folder / "paper.pdf").write_bytes(pdf)
    drawn = ("pdftoppm", "-r", str(dpi), "-png", "-singlefile", folder / "paper.pdf", folder / "p")
    subprocess.run(drawn, check=True)
    return (folder / "p.png").read_bytes()
