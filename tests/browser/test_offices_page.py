"""The citizens' page of offices in a browser: the program's own answers, and no network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from math import dist
from pathlib import Path
from random import Random
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from desktop.domain.calendar import TEHRAN
from desktop.domain.city_places import alike, named
from desktop.domain.nearest import Near, nearest
from desktop.domain.nearest_words import SENTENCES, distance_words, opening_words
from desktop.domain.offices_page import OfficesPage
from desktop.domain.persian import clean, to_persian_digits
from desktop.forms.outline import shipped_outline
from desktop.forms.shipped import shipped_city
from desktop.reports.offices_page import draw
from tests import nearby
from tests.browser.driver import Browser
from tests.misspelt import misspelt
from tests.shipped import SHIPPED

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
CITY = shipped_city()
SHUT = nearby.TODAY + timedelta(days=2)  # a Thursday
CALENDAR = replace(CITY.calendar, holidays={**CITY.calendar.holidays, SHUT: "تعطیل"})
OFFERED = tuple(SHIPPED.values())
OFFICES = tuple(nearby.finder_of(nearby.nearby()))
AT = datetime.combine(nearby.TODAY, time(10, 42), TEHRAN)
PAGE = OfficesPage(
    nearby.TODAY, OFFICES, OFFERED, CITY.places, CALENDAR, shipped_outline(), CITY.bounds
)
# Asks the page as a reader does, and reads all that it lists: code, distance, hours.
_ASK = """
const [asked] = arguments, at = (id) => document.getElementById(id);
return asked.map(([service, typed, moment, open, stepFree]) => {
  Date.now = () => moment;
  at("service").value = service;
  at("open").checked = open;
  at("step-free").checked = stepFree;
  at("place").value = typed;
  at("ask").requestSubmit();
  window.dispatchEvent(new Event("beforeprint"));
  return [...at("found").children].map((item) => [
    item.dataset.code, item.querySelector(".far").textContent,
    item.querySelector(".hours").textContent,
  ]);
});
"""

# Types each name as a reader does, and reads what the page says of it.
_SAID = """
const [names] = arguments, at = (id) => document.getElementById(id);
return names.map((typed) => {
  at("place").value = typed;
  at("ask").requestSubmit();
  const far = document.querySelector("#found .far");
  return [at("wrong").textContent, far ? far.textContent !== "" : null];
});
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("page") / "دفترها.html"
    written.write_text(draw(PAGE), encoding="utf-8")
    return written


def codes(browser: Browser) -> list[str]:
    found: list[str] = browser.run(
        "return [...document.querySelectorAll('#found > li')].map((item) => item.dataset.code)"
    )
    return found


def type_place(browser: Browser, words: str) -> None:
    line = browser.driver.find_element(By.ID, "place")
    line.clear()
    line.send_keys(words, Keys.ENTER)


def told(found: list[Near], moment: datetime) -> list[list[str]]:
    return [
        [near.card.code, distance_words(near.metres), opening_words(near, moment)] for near in found
    ]


@pytest.mark.long
def test_page_and_program_agree_on_set_order_and_words_at_a_thousand_places(
    browser: Browser, file: Path
) -> None:
    browser.open(file, AT)
    random, asked, expected = Random(31), [], []
    midnight = datetime.combine(nearby.TODAY, time(), TEHRAN)
    for number in range(1_000):
        service = number % len(OFFERED)
        place = (f"{random.uniform(31.80, 31.96):.6f}", f"{random.uniform(54.27, 54.44):.6f}")
        moment = midnight + timedelta(minutes=random.randrange(5 * 1440))
        only_open, step_free = random.random() < 0.5, random.random() < 0.2
        asked.append(
            [service, ", ".join(place), int(moment.timestamp() * 1000), only_open, step_free]
        )
        found = nearest(
            OFFICES, OFFERED[service].code, place, moment, CALENDAR,
            only_open=only_open, step_free=step_free,
        )  # fmt: skip
        expected.append(told(found, moment))
    answers: list[Any] = []
    for begin in range(0, len(asked), 100):
        answers += browser.run(_ASK, asked[begin : begin + 100])
    assert answers == expected
    assert sum(map(len, expected)) > 10_000


@pytest.mark.long
def test_nothing_is_asked_of_any_network(browser: Browser, file: Path) -> None:
    browser.open(file, AT)
    type_place(browser, "نعیم‌آباد")
    browser.driver.find_element(By.ID, "more").click()
    browser.run("document.querySelector('[data-part=map]').click()")
    sent = browser.sent()
    assert file.as_uri() in sent
    assert {address.split(":")[0] for address in sent} <= {"file", "data"}
    assert [address for address in sent if address.startswith("file:")] == [file.as_uri()]
    # What somebody would smuggle in could not go out either.
    blocked = browser.run(
        "return fetch('https://esalat.example/').then(() => 'sent', () => 'blocked')"
    )
    assert blocked == "blocked"


@pytest.mark.parametrize("typed", ["نعيم اباد", "محلهٔ نعیم‌آباد", "۸۹۱۵۸۱۸۴۱۱", "31.8842, 54.3972"])
def test_a_place_is_found_in_any_spelling(browser: Browser, file: Path, typed: str) -> None:
    browser.open(file, AT)
    type_place(browser, typed)
    found = nearest(OFFICES, OFFERED[0].code, ("31.8842", "54.3972"), AT, CALENDAR, only_open=True)
    assert codes(browser) == [near.card.code for near in found][:8]
    browser.driver.find_element(By.ID, "more").click()
    assert codes(browser) == [near.card.code for near in found][:28]


@pytest.mark.long
def test_a_wrong_name_tells_what_may_be_meant_and_keeps_what_was_typed(
    browser: Browser, file: Path
) -> None:
    browser.open(file, AT)
    type_place(browser, "نعیماد")
    wrong = browser.driver.find_element(By.ID, "wrong")
    assert "محله «نعیماد» در فهرست نیست؛ شاید نعیم‌آباد" in wrong.text
    wrong.find_element(By.TAG_NAME, "button").click()
    assert browser.driver.find_element(By.ID, "place").get_attribute("value") == "نعیم‌آباد"
    assert wrong.text == ""
    type_place(browser, "7145812345")
    assert "کد پستی ۷۱۴۵… در فهرست نیست؛ محله را بنویسید." in wrong.text


@pytest.mark.long
def test_page_and_program_tell_the_same_of_five_hundred_misspelt_names(
    browser: Browser, file: Path
) -> None:
    browser.open(file, AT)
    names = list(misspelt(CITY.places, Random(500), 500))
    meant = [(named(CITY.places, None, typed), alike(CITY.places, None, typed)) for typed in names]
    # All three outcomes are among them, and most are led home.
    assert sum(known is not None for known, _ in meant) > 50
    assert sum(known is None and near is not None for known, near in meant) > 250
    assert sum(known is None and near is None for known, near in meant) > 20
    expected = []
    for typed, (known, near) in zip(names, meant, strict=True):
        told = to_persian_digits(clean(typed))
        words = SENTENCES["unknown"].format("محله یا خیابان", told)
        if near is not None:
            words = SENTENCES["perhaps"].format(near.kind.word, told, near.name) + near.name
        expected.append(["" if known else words, known is not None])
    assert browser.run(_SAID, names) == expected


@pytest.mark.long
def test_a_place_outside_the_city_is_none_of_it(browser: Browser, file: Path) -> None:
    browser.open(file, AT)
    type_place(browser, "35.70, 51.40")
    wrong = browser.driver.find_element(By.ID, "wrong")
    assert wrong.text == "این نقطه بیرون از شهر است؛ محله را بنویسید."
    browser.tell("Browser.setPermission", permission={"name": "geolocation"}, setting="granted")
    browser.tell("Emulation.setGeolocationOverride", latitude=35.7, longitude=51.4, accuracy=5)
    type_place(browser, "نعیم‌آباد")
    assert wrong.text == ""
    browser.driver.find_element(By.ID, "here").click()
    browser.wait(lambda: "بیرون از شهر" in wrong.text)


def test_while_the_page_stands_offices_shut_and_what_is_open_stays_so(
    browser: Browser, file: Path
) -> None:
    browser.open(file, AT)
    type_place(browser, "نعیم‌آباد")
    before = codes(browser)
    browser.driver.find_elements(By.CSS_SELECTOR, "#found button.office")[2].click()
    goes_on = "const [at] = arguments; Date.now = () => at;"
    goes_on += "document.dispatchEvent(new Event('visibilitychange'));"
    evening = AT.replace(hour=19, minute=59)
    browser.run(goes_on, int(evening.timestamp() * 1000))
    found = nearest(
        OFFICES, OFFERED[0].code, ("31.8842", "54.3972"), evening, CALENDAR, only_open=True
    )
    assert codes(browser) == [near.card.code for near in found][:8] != before
    opened = browser.driver.find_element(By.CSS_SELECTOR, "#found > li.open")
    assert opened.get_attribute("data-code") == before[2]
    assert browser.run("return document.activeElement.closest('li').dataset.code") == before[2]


@pytest.mark.long
def test_the_readers_own_place_is_asked_of_the_browser_alone(browser: Browser, file: Path) -> None:
    browser.open(file, AT)
    here = browser.driver.find_element(By.ID, "here")
    browser.tell("Browser.setPermission", permission={"name": "geolocation"}, setting="denied")
    here.click()
    wrong = browser.driver.find_element(By.ID, "wrong")
    browser.wait(lambda: "موقعیت شما در دسترس نیست؛ محله را بنویسید." in wrong.text)
    browser.tell("Browser.setPermission", permission={"name": "geolocation"}, setting="granted")
    browser.tell(
        "Emulation.setGeolocationOverride", latitude=31.8842, longitude=54.3972, accuracy=5
    )
    here.click()
    browser.wait(lambda: wrong.text == "")
    found = nearest(OFFICES, OFFERED[0].code, ("31.8842", "54.3972"), AT, CALENDAR, only_open=True)
    assert codes(browser) == [near.card.code for near in found][:8]


def test_delegations_begin_and_end_in_a_page_that_is_days_old(browser: Browser, file: Path) -> None:
    browser.open(file, AT)
    for ahead in (0, 1, 3, 6):
        moment = AT + timedelta(days=ahead)
        answer = browser.run(
            _ASK, [[0, "31.8842, 54.3972", int(moment.timestamp() * 1000), True, False]]
        )[0]
        found = nearest(
            OFFICES, OFFERED[0].code, ("31.8842", "54.3972"), moment, CALENDAR, only_open=True
        )
        assert answer == told(found, moment)


@pytest.mark.long
def test_a_holiday_is_told_beforehand_and_who_is_open_on_thursday_afternoon(
    browser: Browser, file: Path
) -> None:
    browser.open(file, AT)
    opened = browser.driver.find_element(By.CSS_SELECTOR, "#found > li.open")
    assert "پنجشنبه ۵ آذر: بسته" in opened.text
    for at in (AT, AT + timedelta(days=3)):
        browser.open(file, at)
        browser.driver.find_element(By.ID, "open").click()
        browser.driver.find_element(By.ID, "thursday").click()
        browser.run("window.dispatchEvent(new Event('beforeprint'))")
        thursday = SHUT if at == AT else SHUT + timedelta(days=7)
        evening = {
            office.card.code
            for office in OFFICES
            if office.card.hours is not None
            and any(span.closes > 14 * 60 for span in office.card.hours.on(thursday, CALENDAR))
        }
        found = nearest(OFFICES, OFFERED[0].code, None, at, CALENDAR)
        wanted = [near.card.code for near in found if near.card.code in evening]
        assert codes(browser) == wanted
    assert wanted


@pytest.mark.long
def test_no_number_on_the_sketch_hides_another(browser: Browser, file: Path) -> None:
    browser.open(file, AT)
    browser.driver.find_element(By.ID, "open").click()
    for place in ("", "نعیم‌آباد", "فهادان", "رحمت‌آباد"):
        type_place(browser, place)
        rings = browser.run(
            "return [...document.querySelectorAll('#map .number')]"
            ".map((ring) => [+ring.getAttribute('cx'), +ring.getAttribute('cy')])"
        )
        assert len(rings) >= 7
        near = min(dist(one, other) for one, other in combinations(rings, 2))
        assert near > 20, place


@pytest.mark.long
def test_an_old_page_says_so(browser: Browser, file: Path) -> None:
    for days, shown in ((30, False), (31, True)):
        browser.open(file, AT + timedelta(days=days))
        old = browser.driver.find_element(By.ID, "old")
        assert old.is_displayed() is shown
    assert "این فهرست تا ۱۴۰۵/۰۹/۰۳ است؛ پیش از رفتن تلفن کنید." in old.text


def test_without_a_script_the_whole_list_by_neighbourhood_stands_there(
    browser: Browser, file: Path
) -> None:
    browser.open(file, AT, script=False)
    text = browser.driver.find_element(By.ID, "all").text
    assert not browser.driver.find_element(By.ID, "finder").is_displayed()
    for office in OFFICES:
        assert office.card.neighbourhood in text
        assert "تلفن" in text
    assert text.count("دفتر") >= len(OFFICES)
    browser.tell("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.long
def test_by_keyboard_from_top_to_bottom(browser: Browser, file: Path) -> None:
    browser.open(file, AT)
    keys = browser.driver.switch_to
    order = []
    browser.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    for _ in range(8):
        order.append(
            browser.run("return document.activeElement.id || document.activeElement.className")
        )
        keys.active_element.send_keys(Keys.TAB)
    assert order == [
        "service",
        "place",
        "here",
        "key main",
        "open",
        "thursday",
        "step-free",
        "office",
    ]
    first = browser.driver.find_elements(By.CSS_SELECTOR, "#found button.office")[0]
    first.send_keys(Keys.ARROW_DOWN)
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    opened = browser.driver.find_elements(By.CSS_SELECTOR, "#found > li.open")
    assert len(opened) == 1
    assert opened[0].find_element(By.CLASS_NAME, "disc").text == "۲"
    ring = browser.run("return getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"


@pytest.mark.long
def test_on_a_phone_nothing_is_wider_than_the_screen_and_a_tap_calls(
    browser: Browser, file: Path
) -> None:
    browser.open(file, AT, wide=390)
    type_place(browser, "حسن‌آباد مشیر")
    for part in ("list", "map", "papers"):
        browser.driver.find_element(By.CSS_SELECTOR, f"#parts [data-part={part}]").click()
        assert browser.run("return document.documentElement.scrollWidth") <= 390
        shown = {
            name: browser.driver.find_element(By.CSS_SELECTOR, name).is_displayed()
            for name in (".results", ".where", ".bring")
        }
        assert list(shown.values()) == [part == "list", part == "map", part == "papers"]
    browser.driver.find_element(By.CSS_SELECTOR, "#parts [data-part=list]").click()
    call, way = browser.driver.find_elements(By.CSS_SELECTOR, ".acts a")
    assert str(call.get_attribute("href")).startswith("tel:0")
    assert str(way.get_attribute("href")).startswith("geo:31.")
    low = [
        height
        for height in browser.run(
            "return [...document.querySelectorAll('button, a.key, select, #place, .chosen label')]"
            ".filter((each) => each.offsetParent).map((each) => each.offsetHeight)"
        )
        if height < 44
    ]
    assert low == []


@pytest.mark.long
def test_dark_by_the_system_and_on_paper_the_list_alone(browser: Browser, file: Path) -> None:
    browser.open(file, AT)
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    light = browser.run(ground)
    browser.tell(
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}]
    )
    assert browser.run(ground) != light
    browser.tell("Emulation.setEmulatedMedia", media="print", features=[])
    for name, shown in (
        (".results", True),
        (".asked", False),
        (".beside", False),
        (".foot", False),
    ):
        assert browser.driver.find_element(By.CSS_SELECTOR, name).is_displayed() is shown, name
    # On paper, which is no wider than a phone's screen, each has its number and its telephone, and
    # over them stands what they do.
    browser.tell(
        "Emulation.setDeviceMetricsOverride",
        width=700,
        height=844,
        deviceScaleFactor=1,
        mobile=False,
    )
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    phones = browser.driver.find_elements(By.CSS_SELECTOR, "#found .phone")
    assert len(phones) == len(codes(browser)) > 8
    assert all(phone.is_displayed() for phone in phones)
    assert OFFERED[0].title in browser.driver.find_element(By.ID, "count").text
    disc = "return getComputedStyle(document.querySelector('#found .disc')).color"
    assert browser.run(disc) == "rgb(0, 0, 0)"
    browser.run("window.dispatchEvent(new Event('afterprint'))")
    assert len(browser.driver.find_elements(By.CSS_SELECTOR, "#found .phone")) == 1
    browser.tell("Emulation.setEmulatedMedia", media="", features=[])


def test_no_name_becomes_markup(browser: Browser, tmp_path: Path) -> None:
    spoilt = "</script><b onclick='x()'>دفتر</b>{{ 1 }}"
    card = replace(OFFICES[0].card, name=spoilt, address=f"یزد، {spoilt}", neighbourhood=spoilt)
    file = tmp_path / "page.html"
    page = replace(PAGE, offices=(replace(OFFICES[0], card=card),))
    file.write_text(draw(page), encoding="utf-8")
    browser.open(file, AT)
    name = browser.driver.find_element(By.CSS_SELECTOR, "#found .name")
    assert name.text.startswith(spoilt.replace("1", "۱"))
    assert browser.run("return document.querySelectorAll('b[onclick]').length") == 0


def test_nobody_open_tells_the_first_to_open(browser: Browser, file: Path) -> None:
    night = replace(PAGE, offices=tuple(o for o in OFFICES if o.card.hours == nearby.PLAIN))
    file = file.with_name("night.html")
    file.write_text(draw(night), encoding="utf-8")
    browser.open(file, datetime(2026, 11, 24, 22, 0, tzinfo=TEHRAN).astimezone(UTC))
    none = browser.driver.find_element(By.ID, "none")
    assert none.text.startswith("هیچ دفتری اکنون این خدمت را انجام نمی‌دهد. نخستین: دفتر")
    assert "فردا از ۷:۳۰" in none.text


def test_a_page_of_five_hundred_offices_is_below_a_megabyte() -> None:
    many = tuple(nearby.finder_of(nearby.nearby(500)))
    assert len(many) == 500
    assert len(draw(replace(PAGE, offices=many)).encode()) < 1_000_000


def test_the_same_day_gives_the_same_bytes() -> None:
    assert draw(PAGE) == draw(replace(PAGE, told_on=date(2026, 11, 24)))
