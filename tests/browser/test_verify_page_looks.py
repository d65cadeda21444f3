"""How the page that checks letters looks: on a phone, in the dark, on paper, in both languages."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from desktop.domain.short_code import short_code
from desktop.reports.verify_page import draw
from desktop.wire.letter_files import write_list
from tests.browser.driver import Browser
from tests.browser.verify_page import AT, VECTORS, await_page, dropped, paste, shown
from tests.reports.paper_folder import anew, pdf_of
from tests.reports.reading import pages_of
from tests.wire.letter_vectors import KEYS, LIST, files, signed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
_LETTERS = {
    "valid": "an answer",
    "replaced": "1405/21/400",
    "false": "another name under the signature",
    "unknown-key": "a stranger's",
    "unproven": "an early one",
}
"""Whose verdicts are looked at: by the verdict, the letter's name among the published ones."""
_RARER = ("replaced", "unknown-key", "unproven")
_PERSIAN_DIGIT, _LATIN_DIGIT = re.compile("[۰-۹]"), re.compile("[0-9]")
# What reaches beyond the screen, what is cut within its own box, what a thumb does not hit.
_FAULTS = """
const wide = innerWidth, faults = [];
const name = (each) => each.id || each.className || each.tagName;
if (document.documentElement.scrollWidth > wide) faults.push("the page is wider");
for (const each of document.querySelectorAll("body *")) {
  const { left, right, width, height } = each.getBoundingClientRect();
  if (!width || !each.offsetParent) continue;
  if (left < -0.5 || right > wide + 0.5) faults.push(`${name(each)}: beyond the screen`);
  if (each.scrollWidth > each.clientWidth + 1 && each.clientWidth && each.tagName !== "INPUT") {
    faults.push(`${name(each)}: cut`);
  }
  if (each.matches("button, input, summary, a") && height < 44) faults.push(`${name(each)}: low`);
}
return faults;
"""
# The camera's place with all its keys, as on a phone that has a light and two cameras.
_FILMING = """
for (const id of ["view", "torch", "other-camera"]) document.getElementById(id).hidden = false;
"""
# Whether the middle of each is what a finger meets that presses there.
_REACHED = """
return arguments[0].filter((id) => {
  const each = document.getElementById(id);
  each.scrollIntoView({ block: "center" });
  const { left, top, width, height } = each.getBoundingClientRect();
  return each.contains(document.elementFromPoint(left + width / 2, top + height / 2));
});
"""


def begin(browser: Browser, page: Path, language: str, wide: int) -> None:
    browser.open(page, AT, wide=wide)
    await_page(browser)
    browser.driver.find_element(By.CSS_SELECTOR, f"[data-language={language}]").click()


def text_of(verdict: str) -> str:
    return next(each.text for each in VECTORS if each.name == _LETTERS[verdict])


def states(browser: Browser, folder: Path) -> Iterator[str]:
    """All that a reader may come to see, one after the other."""
    yield "start"
    for verdict in _LETTERS:
        paste(browser, text_of(verdict), verdict)
        yield verdict
    assert dropped(browser, anew(pdf_of(), "gs", folder), "letter.pdf")["verdict"] == "unsealed"
    browser.run("document.getElementById('text-card').open = true")
    yield "a file with its text"
    browser.driver.find_element(By.ID, "short").send_keys(short_code("1405/21/12"))
    browser.run("document.getElementById('by-short').requestSubmit()")
    browser.wait(lambda: shown(browser)["verdict"] == "void")
    yield "a short code"
    browser.run("document.getElementById('short').value = ''")
    assert dropped(browser, b"GIF89a", "picture.gif")["verdict"] == "none"
    browser.run(_FILMING)
    yield "the camera"


@pytest.mark.parametrize("language", ["fa", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize("wide", [360, pytest.param(390, marks=pytest.mark.long)])
def test_on_a_phone_nothing_is_cut_and_every_key_is_as_high_as_a_thumb(
    browser: Browser, page: Path, tmp_path: Path, wide: int, language: str
) -> None:
    begin(browser, page, language, wide)
    faults = {
        state: found for state in states(browser, tmp_path) if (found := browser.run(_FAULTS))
    }
    assert faults == {}


@pytest.mark.parametrize("language", ["fa", pytest.param("en", marks=pytest.mark.long)])
def test_a_page_is_of_one_language_with_its_digits(
    browser: Browser, page: Path, tmp_path: Path, language: str
) -> None:
    begin(browser, page, language, 390)
    foreign = _LATIN_DIGIT if language == "fa" else _PERSIAN_DIGIT
    for state in states(browser, tmp_path):
        # The letter's own text stays as it was written.
        told = browser.run(
            "document.getElementById('text-card').open = false; return document.body.innerText"
        )
        assert foreign.findall(told) == [], state
        labels = browser.run(
            "return [...document.querySelectorAll('dt, h2, b, small, .key, .advice, .banner')]"
            ".filter((each) => each.offsetParent).map((each) => each.innerText).join(' ')"
        )
        letters = "[A-Za-z]" if language == "fa" else "[آ-ی]"
        assert re.findall(letters, labels) == [], state


@pytest.mark.long
def test_a_message_is_told_anew_in_the_other_language(browser: Browser, page: Path) -> None:
    begin(browser, page, "fa", 390)
    assert "رمزینه‌ای خوانده نشد" in dropped(browser, b"GIF89a", "picture.gif")["notice"]
    browser.driver.find_element(By.CSS_SELECTOR, "[data-language=en]").click()
    assert "No code was read" in shown(browser)["notice"]


@pytest.mark.long
def test_in_a_line_that_is_latin_a_persian_name_stands_last(browser: Browser, page: Path) -> None:
    """Elsewhere the numbers around it would change places."""
    begin(browser, page, "en", 390)
    told = paste(browser, text_of("valid"), "valid")
    assert told["compare"]["Owner"] == "1.5 of 6 dang, فاطمه دهقان"
    assert told["says"]["Released"] == "copy 1, 1405/09/03, محمد زارع"


def assert_seen(browser: Browser) -> None:
    """The verdict, whole, and the title of what is compared, above the keys at the foot."""

    def place(name: str) -> tuple[int, int]:
        top, bottom = browser.run(_PLACE, name)
        return top, bottom

    bar, _ = place("acts")
    top, bottom = place("verdict")
    assert 0 <= top < bottom < bar
    browser.run("scrollTo(0, 0)")
    title, _ = place("compare-title")
    assert title < bar - 44


_PLACE = """
const { top, bottom } = document.getElementById(arguments[0]).getBoundingClientRect();
return [Math.round(top), Math.round(bottom)];
"""


@pytest.mark.parametrize(
    "verdict",
    ["valid", "false", *(pytest.param(each, marks=pytest.mark.long) for each in _RARER)],
)
def test_on_a_phone_the_verdict_is_seen_at_once_and_each_way_is_reached(
    browser: Browser, page: Path, verdict: str
) -> None:
    begin(browser, page, "fa", 360)
    ways = ["by-camera", "by-file", "short"]
    assert browser.run(_REACHED, ways) == ways
    # Nothing was checked: there is nothing to print, and no bar without keys.
    assert not browser.driver.find_element(By.ID, "acts").is_displayed()
    browser.run("scrollTo(0, document.body.scrollHeight)")
    paste(browser, text_of(verdict), verdict)
    assert_seen(browser)
    ways += ["print", "next"]
    assert browser.run(_REACHED, ways) == ways


def test_dark_by_the_system_and_paper_is_white(browser: Browser, page: Path) -> None:
    begin(browser, page, "fa", 390)
    paste(browser, text_of("valid"), "valid")
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    light = browser.run(ground)
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.tell("Emulation.setEmulatedMedia", features=dark)
    assert browser.run(ground) != light
    assert browser.run(_CONTRASTS) == []
    browser.tell("Emulation.setEmulatedMedia", media="print", features=dark)
    assert browser.run(ground) == light


_CONTRASTS = """
const light = (colour) => {
  const [r, g, b] = colour.match(/[0-9.]+/g).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (each) => {
  const { backgroundColor } = getComputedStyle(each);
  return backgroundColor === "rgba(0, 0, 0, 0)" ? ground(each.parentElement) : backgroundColor;
};
return [...document.querySelectorAll("p, dt, dd, b, small, .key, h2")]
  .filter((each) => each.offsetParent && each.innerText)
  .filter((each) => {
    const [one, other] = [light(getComputedStyle(each).color), light(ground(each))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) < 4.5;
  })
  .map((each) => each.innerText);
"""


@pytest.mark.parametrize("language", ["fa", pytest.param("en", marks=pytest.mark.long)])
def test_the_verdict_is_printed_on_one_sheet(browser: Browser, page: Path, language: str) -> None:
    begin(browser, page, language, 390)
    checked = {"fa": ["بررسی", "شد", "۱۰", "آذر"], "en": ["Checked", "10", "Azar"]}[language]
    other = {"fa": "دوربین", "en": "Camera"}[language]
    for verdict in _LETTERS:
        paste(browser, text_of(verdict), verdict)
        told = browser.tell("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)
        (words,) = pages_of(base64.b64decode(told["data"]))
        assert {"۱۴۰۵/۲۱/۱۸۴۷", "1405/21/1847"} & {*words} or verdict in ("replaced", "unproven")
        assert {*checked} <= {*words}
        assert other not in words


@pytest.mark.long
def test_where_the_list_is_old_the_verdicts_whole_sentence_has_its_place(
    browser: Browser, page: Path
) -> None:
    old = signed(write_list(replace(LIST, day="14050906")))
    page.write_text(draw(KEYS.city, files()[0], old), encoding="utf-8")
    for language in ("fa", "en"):
        begin(browser, page, language, 360)
        paste(browser, text_of("valid"), "valid")
        assert browser.run(_FAULTS) == []
        assert_seen(browser)
