"""What the page that checks letters tells a screen reader, as the browser itself hands it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from selenium.webdriver.common.by import By

from tests.browser.driver import Browser
from tests.browser.verify_page import VECTORS, dropped, paste
from tests.reports.paper_folder import pdf_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
_CONTROLS = {
    "fa": ["فارسی", "English", "دوربین رمزینهٔ پایین نامه را نشان دهید"]
    + ["عکس یا فایل نامه اینجا رها کنید یا برگزینید", "کد کوتاه", "بررسی"]
    + ["چاپ نتیجه", "بررسی نامهٔ بعدی"],
    "en": ["فارسی", "English", "Camera Show the code at the foot of the letter"]
    + ["Picture or PDF Drop it here, or choose", "Short code", "Check", "Print", "Next letter"],
}
_VERDICTS = {
    "fa": [("an answer", "valid", "معتبر"), ("1405/21/400", "replaced", "جایگزین‌شده")],
    "en": [("an answer", "valid", "Valid"), ("1405/21/400", "replaced", "Replaced")],
}
_DIRECTIONS = {"fa": "rtl", "en": "ltr"}
_LANDMARKS = ["banner", "complementary", "main"]


class Spoken:
    """The tree of what is told: of each node its role, its name and what else is known of it."""

    def __init__(self, browser: Browser) -> None:
        nodes = browser.tell("Accessibility.getFullAXTree")["nodes"]
        self._nodes: Mapping[str, Any] = {each["nodeId"]: each for each in nodes}

    def all(self, *roles: str) -> list[Any]:
        """The nodes of these roles; what no reader comes to is left out."""
        told = (each for each in self._nodes.values() if not each["ignored"])
        return [each for each in told if each["role"]["value"] in roles]

    def words(self, node: Any) -> str:
        """All that is read of the node."""
        return " ".join(self._words(node))

    def _words(self, node: Any) -> Iterator[str]:
        if node["role"]["value"] == "StaticText":
            yield name(node)
        for child in node.get("childIds", ()):
            yield from self._words(self._nodes[child])


def name(node: Any) -> str:
    found: str = node["name"]["value"]
    return found


def known(node: Any, *names: str) -> list[Any]:
    """These properties of the node."""
    told = {each["name"]: each["value"].get("value") for each in node["properties"]}
    return [told.get(each) for each in names]


def names(nodes: Sequence[Any]) -> list[str]:
    return sorted(name(node) for node in nodes)


@pytest.mark.parametrize("language", ["fa", pytest.param("en", marks=pytest.mark.long)])
def test_all_of_the_page_has_a_name_and_the_verdict_is_announced(
    opened: Browser, language: str
) -> None:
    opened.driver.find_element(By.CSS_SELECTOR, f"[data-language={language}]").click()
    root = opened.run("const { lang, dir } = document.documentElement; return [lang, dir];")
    assert root == [language, _DIRECTIONS[language]]
    (begun,) = Spoken(opened).all("alert")
    assert known(begun, "live", "atomic") == ["assertive", True]
    for letter, verdict, word in _VERDICTS[language]:
        text = next(each.text for each in VECTORS if each.name == letter)
        sentence = paste(opened, text, verdict)["sentence"]
        spoken = Spoken(opened)
        (alert,) = spoken.all("alert")
        # A reader says what changes in a place that it knows, and goes on from there.
        assert alert["backendDOMNodeId"] == begun["backendDOMNodeId"]
        assert known(alert, "focused") == [True]
        assert spoken.words(alert) == f"{word} {sentence}"
    assert names(spoken.all("button", "textbox")) == sorted(_CONTROLS[language])
    assert sorted(each["role"]["value"] for each in spoken.all(*_LANDMARKS)) == _LANDMARKS
    # Shapes and signs say nothing that the words don't.
    assert spoken.all("image", "img", "Video") == []
    (heading,) = (each for each in spoken.all("heading") if known(each, "level") == [1])
    assert name(heading) == opened.driver.title
    assert all(name(each) for each in spoken.all("heading", "term", "group", "complementary"))


def test_what_is_wrong_with_what_was_given_is_said_too(opened: Browser) -> None:
    told = dropped(opened, b"GIF89a", "picture.gif")
    spoken = Spoken(opened)
    (status,) = spoken.all("status")
    assert known(status, "live") == ["polite"]
    assert spoken.words(status) == told["notice"]
    opened.driver.find_element(By.ID, "short").send_keys("1234567890")
    opened.run("document.getElementById('by-short').requestSubmit()")
    (field,) = Spoken(opened).all("textbox")
    assert known(field, "invalid") == ["true"]


@pytest.mark.long
def test_a_letters_own_words_stay_persian_in_a_page_that_is_english(opened: Browser) -> None:
    dropped(opened, pdf_of(), "letter.pdf")
    opened.driver.find_element(By.CSS_SELECTOR, "[data-language=en]").click()
    own = "const { lang, dir } = document.getElementById('text'); return [lang, dir];"
    assert opened.run(own) == ["fa", "rtl"]
