"""The ways into the page that checks letters: by key, over plain http, in a browser that reads no
pictures, by a camera with a light and another beside it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from desktop.domain.persian import to_latin_digits
from desktop.domain.short_code import short_code
from tests.browser.driver import Browser
from tests.browser.verify_page import (
    AT,
    HOST,
    VECTORS,
    await_page,
    dropped,
    paste,
    photographed,
    shown,
    strangers,
)
from tests.reports.paper_folder import anew, pdf_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
_NO_CAMERA, _NO_PICTURES = "به دوربین نمی‌رسد", "رمزینه را از دوربین و عکس نمی‌خواند"
_DROPPED = """
const [content, name] = arguments;
const dataTransfer = new DataTransfer();
const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
dataTransfer.items.add(new File([bytes], name));
document.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
"""
# Two cameras: the one that the browser takes first, at the back, has a light.
_CAMERAS = """
window.asked = []; window.lit = []; window.given = [];
const filmed = (deviceId) => {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  const stream = canvas.captureStream(20), [track] = stream.getVideoTracks();
  setInterval(() => pen.fillRect(0, 0, 9, 9), 40);
  const stop = track.stop.bind(track);
  return Object.assign(stream, { getVideoTracks: () => [track] }) && Object.assign(track, {
    getCapabilities: () => ({ torch: deviceId === "back" }),
    getSettings: () => ({ deviceId }),
    applyConstraints: async ({ advanced: [{ torch }] }) => { lit.push(torch); },
    stop: () => { given.push(deviceId); stop(); },
  }) && stream;
};
navigator.mediaDevices.getUserMedia = async ({ video: { deviceId, facingMode } }) => {
  asked.push(deviceId ? deviceId.exact : facingMode.ideal);
  return filmed(deviceId ? deviceId.exact : "back");
};
navigator.mediaDevices.enumerateDevices = async () =>
  ["front", "back", "side"].map((deviceId) => ({ kind: "videoinput", deviceId }));
"""


@contextmanager
def over_http(folder: Path) -> Iterator[str]:
    """The address of the folder as any web server gives it, without a certificate."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        try:
            yield f"http://{HOST}:{server.server_port}"
        finally:
            server.shutdown()


def drop(browser: Browser, content: bytes, verdict: str) -> dict[str, Any]:
    """What the page shows of a file that falls on it, once its verdict is this."""
    browser.run(_DROPPED, base64.b64encode(content).decode(), "letter")
    browser.wait(lambda: shown(browser)["verdict"] == verdict, 20)
    return shown(browser)


def seen(browser: Browser, name: str) -> bool:
    return browser.driver.find_element(By.ID, name).is_displayed()


def press(browser: Browser, name: str) -> None:
    browser.driver.find_element(By.ID, name).click()


def test_over_plain_http_it_says_that_there_is_no_camera_and_all_else_works(
    browser: Browser, page: Path, tmp_path: Path
) -> None:
    picture, pdf = photographed(pdf_of(), tmp_path), pdf_of(number="1405/21/12")
    with over_http(page.parent) as address:
        browser.open(f"{address}/page.html", AT)
        await_page(browser)
        lacking = "return [isSecureContext, 'subtle' in crypto, 'mediaDevices' in navigator]"
        assert browser.run(lacking) == [False, False, False]
        assert _NO_CAMERA in shown(browser)["notice"]
        assert not seen(browser, "by-camera")
        drop(browser, picture, "valid")
        assert shown(browser)["notice"] == ""
        drop(browser, pdf, "void")
        told = drop(browser, pdf_of(), "valid")
        assert (told["beside"], told["word"]) == ("", "معتبر")
        browser.driver.find_element(By.ID, "short").send_keys(short_code("1405/21/12"), Keys.ENTER)
        browser.wait(lambda: shown(browser)["verdict"] == "void")
        # The next one begins as the first did.
        press(browser, "next")
        assert _NO_CAMERA in shown(browser)["notice"]
        assert {each.removeprefix(address) for each in strangers(browser)} <= {
            "/page.html",
            "/favicon.ico",
        }


_LISTEN = """
window.pressed = [];
window.print = () => pressed.push("print");
document.getElementById("picker").click = () => pressed.push("by-file");
navigator.mediaDevices.getUserMedia = async () => { pressed.push("by-camera"); throw new Error(); };
document.getElementById("short").addEventListener("focus", () => pressed.push("short"));
"""
_CAPS = """
return Object.fromEntries([...document.querySelectorAll("[aria-keyshortcuts]")].map((each) => {
  const row = each.closest("button, form");
  const caps = [...row.querySelectorAll("kbd")].filter((cap) => cap.offsetParent);
  return [each.id, [each.getAttribute("aria-keyshortcuts"), ...caps.map((cap) => cap.innerText)]];
}));
"""
_KEYS = {"Alt": Keys.ALT, "Ctrl": Keys.CONTROL, "Enter": Keys.ENTER, "F8": Keys.F8}


def strike(browser: Browser, *caps: str) -> list[str]:
    """What the keys with these caps do."""
    browser.run("pressed.length = 0")
    *held, last = [_KEYS.get(cap, to_latin_digits(cap)) for cap in caps]
    chain = ActionChains(browser.driver)
    for key in held:
        chain.key_down(key)
    chain.send_keys(last)
    for key in held:
        chain.key_up(key)
    chain.perform()
    found: list[str] = browser.run("return pressed")
    return found


def test_a_key_does_what_its_cap_stands_beside(opened: Browser) -> None:
    opened.run(_LISTEN)
    # There is nothing to print yet.
    assert strike(opened, "F8") == []
    paste(opened, VECTORS[0].text, "valid")
    caps = opened.run(_CAPS)
    spoken = {name: keys.pop(0) for name, keys in caps.items()}
    assert spoken == {
        "by-camera": "Alt+1",
        "by-file": "Alt+2",
        "short": "Alt+3",
        "print": "F8",
        "next": "Control+Enter",
    }
    # What is shown is what is said, and every cap on the page is one of them.
    shown_ = {name: to_latin_digits("+".join(keys)) for name, keys in caps.items()}
    assert shown_ == {**spoken, "next": "Ctrl+Enter"}
    assert len(opened.run("return document.querySelectorAll('kbd')")) == sum(
        map(len, caps.values())
    )
    # A letter stays where it is until the next is asked for.
    for name in ("print", "by-file", "short", "by-camera"):
        assert strike(opened, *caps[name]) == [name]
    paste(opened, VECTORS[0].text, "valid")
    strike(opened, *caps["next"])
    assert shown(opened)["verdict"] == "none"


def test_keys_of_others_are_left_to_them(opened: Browser) -> None:
    """A digit alone is a scanner's or a screen reader's; with Alt a key may be the system's."""
    opened.run(_LISTEN)
    for digit in "1234":
        assert strike(opened, digit) == []
    assert opened.run(_OTHERS) == [False] * 4
    assert opened.run("return pressed") == []


_OTHERS = """
return ["F4", "F1", "Numpad2", "Digit4"].map((code) => {
  const event = new KeyboardEvent("keydown", { code, key: code, altKey: true, cancelable: true });
  document.dispatchEvent(event);
  return event.defaultPrevented;
});
"""


def blinded(page: Path) -> None:
    """As a browser reads it that does not know the policy's word for WebAssembly."""
    text, word = page.read_text(encoding="utf-8"), " &#39;wasm-unsafe-eval&#39;"
    assert text.count(word) == 1
    page.write_text(text.replace(word, ""), encoding="utf-8")


def test_a_browser_that_can_read_no_code_says_so_before_a_camera_opens(
    browser: Browser, page: Path, tmp_path: Path
) -> None:
    blinded(page)
    # Whoever is quicker than the reader: the key is pressed as soon as there is one.
    browser.tell("Page.addScriptToEvaluateOnNewDocument", source=_CAMERAS + _AT_ONCE)
    browser.open(page, AT)
    await_page(browser)
    browser.wait(lambda: _NO_PICTURES in shown(browser)["notice"])
    assert browser.run("return [pressed, asked]") == [True, []]
    assert not seen(browser, "view")
    assert not seen(browser, "by-camera")
    ActionChains(browser.driver).key_down(Keys.ALT).send_keys("1").key_up(Keys.ALT).perform()
    assert browser.run("return asked") == []
    assert _NO_PICTURES in shown(browser)["notice"]
    # What is not looked at is not called false either.
    good = pdf_of()
    for by in ("gs", "print"):
        told = dropped(browser, anew(good, by, tmp_path), "letter.pdf")
        assert (told["verdict"], _NO_PICTURES in told["notice"]) == ("none", True)
    told = dropped(browser, photographed(good, tmp_path), "letter.png")
    assert (told["verdict"], _NO_PICTURES in told["notice"]) == ("none", True)
    # What wants no picture is judged as ever.
    assert dropped(browser, good, "letter.pdf")["verdict"] == "valid"
    paste(browser, VECTORS[0].text, "valid")


_AT_ONCE = """
window.pressed = false;
new MutationObserver(() => {
  if (pressed || !document.body || document.body.dataset.ready !== "yes") return;
  pressed = true;
  document.getElementById("by-camera").click();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""


def test_a_camera_whose_picture_can_not_be_read_closes_and_says_so(opened: Browser) -> None:
    opened.run(_CAMERAS)
    opened.run(
        "CanvasRenderingContext2D.prototype.getImageData = () => { throw new Error('no'); };"
    )
    press(opened, "by-camera")
    opened.wait(lambda: _NO_PICTURES in shown(opened)["notice"])
    assert not seen(opened, "view")
    assert opened.run("return given") == ["back"]


def test_a_camera_has_its_light_and_another_beside_it(opened: Browser) -> None:
    opened.run(_CAMERAS)

    def look() -> None:
        press(opened, "by-camera")
        opened.wait(lambda: seen(opened, "other-camera"))

    def pressed() -> str | None:
        return opened.driver.find_element(By.ID, "torch").get_attribute("aria-pressed")

    def taken(name: str, asked: list[str]) -> None:
        press(opened, name)
        opened.wait(lambda: bool(opened.run("return asked") == asked))

    look()
    press(opened, "stop")
    # Until one is chosen it is the browser's choice, for every letter.
    look()
    asked = ["environment"] * 2
    assert opened.run("return asked") == asked
    for on in (True, False, True):
        press(opened, "torch")
        opened.wait(lambda on=on: pressed() == str(on).lower())  # type: ignore[misc]
    assert opened.run("return lit") == [True, False, True]
    # The one after that which the browser had chosen, wherever that stands; it has no light.
    taken("other-camera", asked := [*asked, "side"])
    opened.wait(lambda: not seen(opened, "torch"))
    assert pressed() == "false"
    taken("other-camera", asked := [*asked, "front"])
    taken("other-camera", asked := [*asked, "back"])
    opened.wait(lambda: seen(opened, "torch"))
    assert opened.run("return given") == ["back", "back", "side", "front"]
    press(opened, "stop")
    assert not seen(opened, "view")
    # Who chose one is not asked again.
    look()
    assert opened.run("return asked") == [*asked, "back"]
    assert strangers(opened) == []
