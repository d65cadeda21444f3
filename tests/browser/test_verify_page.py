"""The page that checks letters in a browser: the program's own verdicts, and no network."""

from __future__ import annotations

import base64
import io
import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from desktop.actions.checking import check_pdf
from desktop.domain.calendar import compact, parse_jalali
from desktop.domain.persian import to_persian_digits
from desktop.domain.short_code import short_code, spaced
from desktop.reports.letter import LAYOUT
from desktop.reports.letter import draw as draw_letter
from desktop.reports.verify_page import draw
from desktop.scans.codes import codes_in_picture
from desktop.wire.letter_code import encode, to_text
from desktop.wire.letter_files import write_keys, write_list
from desktop.wire.verdicts import Verdict
from tests.browser.driver import Browser
from tests.browser.verify_page import (
    AT,
    VECTORS,
    await_page,
    dropped,
    judged,
    paste,
    photographed,
    shown,
    strangers,
)
from tests.reports.paper_folder import anew, papers, pdf_of
from tests.reports.paper_vectors import paper_vectors
from tests.reports.samples import letter
from tests.reports.scanning import HEAVY, LIGHT, Wear, printed, scanned
from tests.reports.test_every_letter import longest_of
from tests.shipped import SHIPPED
from tests.wire.letter_vectors import (
    CENTRE,
    ESSENCE,
    KEYS,
    LIST,
    STRANGER,
    TODAY,
    Renewal,
    Vector,
    code,
    file_vectors,
    files,
    signed,
)
from tests.wire.test_letter_code import TRUST, said, touched

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
_LARGEST = 2_500_000


def test_it_is_small_and_asks_for_nothing(opened: Browser, page: Path, tmp_path: Path) -> None:
    assert page.stat().st_size <= _LARGEST
    for content, verdict in (
        (photographed(pdf_of(), tmp_path), "valid"),
        (anew(pdf_of(), "qpdf", tmp_path), "unsealed"),
        (pdf_of(), "valid"),
    ):
        assert dropped(opened, content, "letter")["verdict"] == verdict
    opened.tell("Page.printToPDF")
    assert strangers(opened) == []


def test_it_says_of_each_letter_what_must_be_said(opened: Browser) -> None:
    told = judged(opened, [(each.text, each.today, each.listed) for each in VECTORS])
    assert dict(zip(names(), told, strict=True)) == {
        each.name: each.verdict.value for each in VECTORS
    }


def names() -> list[str]:
    return [each.name for each in VECTORS]


def test_without_the_browsers_own_signatures_it_says_the_same(browser: Browser, page: Path) -> None:
    """As over plain http, where a browser has none."""
    lacking = "Object.defineProperty(crypto, 'subtle', { value: undefined });"
    browser.tell("Page.addScriptToEvaluateOnNewDocument", source=lacking)
    browser.open(page, AT)
    await_page(browser)
    assert browser.run("return crypto.subtle === undefined")
    told = judged(browser, [(each.text, each.today, each.listed) for each in VECTORS])
    assert told == [each.verdict.value for each in VECTORS]


@pytest.mark.parametrize("many", [1_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_of_codes_that_were_touched_it_says_as_the_program(opened: Browser, many: int) -> None:
    texts = [to_text(each) for each in touched(encode(code()), Random(many), many)]
    told = judged(opened, [(text, TODAY, True) for text in texts])
    assert told == [said(text).value for text in texts]
    assert Verdict.VALID.value not in told


def test_a_letter_is_shown_with_what_is_compared(opened: Browser) -> None:
    told = paste(opened, to_text(encode(code(copy=2))), "valid")
    assert (told["word"], told["shape"]) == ("معتبر", "circle")
    assert told["compare"]["شماره"] == "۱۴۰۵/۲۱/۱۸۴۷"
    assert told["compare"]["مالک"] == "فاطمه دهقان، ۱٫۵ دانگ"
    assert told["compare"]["پلاک ثبتی"] == "۴۵۵۵ فرعی از ۶۵ اصلی، بخش ۲"
    assert told["says"]["خدمت"] == "گواهی عدم خلاف"
    assert told["says"]["مساحت عرصه"] == "۲۴۰٫۵۰ مترمربع"
    assert told["says"]["تأیید و مهر"] == "محمد زارع، ۱۴۰۵/۰۹/۰۳، نسخهٔ ۲"
    opened.driver.find_element(By.CSS_SELECTOR, "[data-language=en]").click()
    told = shown(opened)
    assert (told["word"], told["compare"]["Number"]) == ("Valid", "1405/21/1847")
    assert opened.run("return document.documentElement.dir") == "ltr"


def test_a_list_that_is_not_todays_is_in_the_verdict_itself(browser: Browser, page: Path) -> None:
    old = replace(LIST, day="14050908", ended={})
    page.write_text(draw(KEYS.city, files()[0], signed(write_list(old))), encoding="utf-8")
    browser.open(page, AT)
    told = paste(browser, to_text(encode(code())), "valid")
    assert told["word"] == "امضا معتبر؛ ابطال تا ۸ آذر ۱۴۰۵ دیده شد."
    # A newer one of the same city takes its place; a stranger's does not.
    for by, notice in ((STRANGER, "امضا نشده است"), (CENTRE, "تازه شد")):
        told = dropped(browser, signed(write_list(LIST), by), "city.list")
        assert notice in told["notice"]
    # What is shown is judged anew.
    assert told["word"] == "معتبر"


def test_what_no_longer_holds_is_told_first(opened: Browser) -> None:
    replaced = next(each for each in VECTORS if each.name == "1405/21/400")
    told = paste(opened, replaced.text, "replaced")
    assert told["shape"] == "octagon"
    assert "۱۴۰۵/۲۱/۴۳۱" in told["sentence"]
    assert told["says"] == {"روز ابطال": "۱۴۰۵/۰۹/۰۷", "نامهٔ جایگزین": "۱۴۰۵/۲۱/۴۳۱"}


def test_of_a_false_code_no_fact_is_shown(opened: Browser) -> None:
    forged = next(each for each in VECTORS if each.name == "another name under the signature")
    told = paste(opened, forged.text, "false")
    assert told["compare"] == {"شمارهٔ ادعایی": "۱۴۰۵/۲۱/۱۸۴۷"}
    assert told["says"] == {}
    assert "دهقان" not in opened.run("return document.body.innerText")


def test_a_pdf_is_read_by_what_it_carries(opened: Browser, tmp_path: Path) -> None:
    pdf = pdf_of()
    told = dropped(opened, pdf, "letter.pdf")
    assert (told["verdict"], told["beside"]) == ("valid", "")
    assert "فاقد تخلف می‌باشد" in told["text"]
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    old.write_bytes(pdf)
    for again in (("qpdf", old, new), ("mutool", "clean", "-gz", old, new)):
        subprocess.run(again, check=True, capture_output=True)
        told = dropped(opened, new.read_bytes(), "letter.pdf")
        assert told["verdict"] == "unsealed"
        assert "دوباره ذخیره" in told["beside"]
    for old_words, new_words in (("گواهی عدم خلاف", "گواهی عدم خلاق"), ("۱۸۶٫۰۰", "۱۸۹٫۰۰")):
        changed = pdf.replace(old_words.encode(), new_words.encode())
        assert dropped(opened, changed, "letter.pdf")["verdict"] == "false"
    # One byte of the file itself, the seal's too.
    for place in (pdf.index(b"TJ") - 10, pdf.index(b'"seal":"') + 12):
        flipped = bytearray(pdf)
        flipped[place] ^= 1
        told = dropped(opened, bytes(flipped), "letter.pdf")
        assert "دوباره ذخیره" in told["beside"] or told["verdict"] == "false"
    # Nothing of the letter before stays on screen.
    endless = b"%PDF-1.4 " + b"stream\n" * 400_000
    for none in (b"%PDF-1.4", endless, pdf[: len(pdf) // 2], pdf + pdf_of(number="1405/21/99")):
        told = dropped(opened, none, "letter.pdf")
        assert told["verdict"] == "false"
        assert "نامهٔ این سامانه نیست" in told["sentence"]


@pytest.mark.long
def test_no_true_letter_is_refused_for_being_saved_anew(opened: Browser, tmp_path: Path) -> None:
    """The longest letters of all services, each by one of the programs that write files anew."""
    writers = cycle(("gs", "qpdf", "mutool"))
    for code_ in SHIPPED:
        for kind, text in longest_of(code_).items():
            pdf, by = pdf_of(replace(text, sample=False), kind=kind), next(writers)
            told = dropped(opened, anew(pdf, by, tmp_path), "letter.pdf")
            assert told["verdict"] == "unsealed", f"{code_}, {kind}, {by}"
            assert told["beside"]


def test_page_and_program_say_the_same_of_a_pdf(opened: Browser) -> None:
    asked: list[dict[str, Any]] = [{}, {"valid_until": "14050909"}, {"number": "1405/21/12"}]
    for changes in asked:
        pdf = pdf_of(**changes)
        own = check_pdf(pdf, TRUST, TODAY).judged.verdict
        assert dropped(opened, pdf, "letter.pdf")["verdict"] == own.value


@pytest.mark.long
def test_it_says_of_each_published_paper_what_must_be_said(opened: Browser) -> None:
    """It draws what was written anew, and yet calls none of those valid."""
    told, wanted = {}, {}
    for each in paper_vectors():
        told[each.name] = dropped(opened, each.content, each.file)["verdict"]
        wanted[each.name] = each.word if each.verdict is Verdict.VALID else each.verdict.value
    assert told == wanted


@pytest.mark.long
def test_a_folder_of_papers(opened: Browser, tmp_path: Path) -> None:
    brought = papers(tmp_path)
    told = {each.name: dropped(opened, each.content, each.name)["verdict"] for each in brought}
    assert told == {each.name: each.word for each in brought}


@pytest.mark.parametrize(
    ("wear", "many"),
    [
        pytest.param(LIGHT, 3, id="light"),
        pytest.param(LIGHT, 10, id="light, all", marks=pytest.mark.long),
        pytest.param(HEAVY, 10, id="heavy, all", marks=pytest.mark.long),
    ],
)
def test_scans_of_the_paper_are_read(
    opened: Browser, tmp_path: Path, wear: Wear, many: int
) -> None:
    paper = printed(pdf_of(), tmp_path, wear.dpi)
    for seed in range(many):
        picture = io.BytesIO()
        scanned(paper, wear, seed).save(picture, "JPEG", quality=90)
        assert dropped(opened, picture.getvalue(), "scan.jpg")["verdict"] == "valid", seed


@pytest.mark.long
def test_the_nearer_of_two_letters_is_not_taken_for_all_of_a_picture(
    opened: Browser, tmp_path: Path
) -> None:
    table = Image.new("L", (4000, 3000), 90)
    for number, wide, left in (("1405/21/1847", 1700, 50), ("1405/21/1848", 1000, 2200)):
        paper = printed(pdf_of(number=number), tmp_path, 150)
        table.paste(paper.resize((wide, wide * paper.height // paper.width)), (left, 100))
    picture = io.BytesIO()
    table.save(picture, "JPEG", quality=90)
    told = dropped(opened, picture.getvalue(), "table.jpg")
    assert (told["verdict"], told["compare"]) == ("none", {})
    assert "چند رمزینه" in told["notice"]


@pytest.mark.long
def test_a_picture_without_a_code_is_told(opened: Browser, tmp_path: Path) -> None:
    proof = draw_letter(letter(), None, layout=LAYOUT, copy=1)
    for picture in (photographed(proof, tmp_path), b"GIF89a", "نامه".encode()):
        told = dropped(opened, picture, "picture.png")
        assert told["verdict"] == "none"
        assert "رمزینه‌ای خوانده نشد" in told["notice"]


def test_a_short_code_finds_what_is_void_and_confirms_nothing(opened: Browser) -> None:
    field = opened.driver.find_element(By.ID, "short")
    field.send_keys(to_persian_digits(spaced(short_code("1405/21/12"))), Keys.ENTER)
    opened.wait(lambda: shown(opened)["verdict"] == "void")
    assert shown(opened)["compare"] == {"شماره": "۱۴۰۵/۲۱/۱۲"}
    field.clear()
    field.send_keys(short_code(ESSENCE.number), Keys.ENTER)
    opened.wait(lambda: shown(opened)["verdict"] == "unlisted")
    assert "معتبر" not in shown(opened)["word"]
    field.clear()
    field.send_keys("1234567890", Keys.ENTER)
    opened.wait(lambda: "کد کوتاه نامه نیست" in shown(opened)["notice"])


@pytest.mark.parametrize("day", ["14050918", pytest.param("14150910", marks=pytest.mark.long)])
def test_a_short_code_that_an_old_list_does_not_have_asks_for_a_newer_one(
    browser: Browser, page: Path, day: str
) -> None:
    """By the same limit as the code itself; and where the clock is ten years ahead."""
    today = parse_jalali(day)
    browser.open(page, datetime.combine(today, time(8), UTC))
    await_page(browser)
    field = browser.driver.find_element(By.ID, "short")
    field.send_keys(short_code(ESSENCE.number), Keys.ENTER)
    browser.wait(lambda: shown(browser)["verdict"] == "old-list")
    told = shown(browser)
    assert "نخست فهرست تازه" in told["sentence"]
    # Nobody saw a signature.
    assert "امضا" not in told["sentence"]
    told = paste(browser, to_text(encode(code(replace(ESSENCE, valid_until="")))), "old-list")
    assert "امضا درست است" in told["sentence"]
    field.clear()
    field.send_keys(short_code("1405/21/12"), Keys.ENTER)
    browser.wait(lambda: shown(browser)["verdict"] == "void")
    passed = to_persian_digits((today - parse_jalali(TODAY)).days)
    age = browser.run("return document.getElementById('list-age').innerText")
    assert age.startswith(f"{passed} روز پیش")


def test_a_scanner_types_from_anywhere_whatever_the_layout(opened: Browser) -> None:
    text = to_text(encode(code()))
    opened.run(_TYPE, [_place(letter_) for letter_ in text])
    opened.wait(lambda: shown(opened)["verdict"] == "valid")


_TYPE = """
for (const [code, shiftKey] of [...arguments[0], ["Enter", false]]) {
  document.dispatchEvent(new KeyboardEvent("keydown", { code, shiftKey, key: "ض" }));
}
"""
_SHIFTED = {"$": "Digit4", "%": "Digit5", "*": "Digit8", "+": "Equal", ":": "Semicolon"}
_PLAIN = {" ": "Space", "-": "Minus", ".": "Period", "/": "Slash"}


def _place(letter_: str) -> tuple[str, bool]:
    """The key that has the letter on a Latin keyboard, and whether with shift."""
    if letter_ in _SHIFTED:
        return _SHIFTED[letter_], True
    if letter_ in _PLAIN:
        return _PLAIN[letter_], False
    return (f"Digit{letter_}", False) if letter_.isdigit() else (f"Key{letter_}", True)


@pytest.fixture
def filmed(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Chrome]:
    """A browser whose camera sees the letters of these numbers."""
    numbers = getattr(request, "param", ("1405/21/1847",))
    papers = [photographed(pdf_of(number=number), tmp_path, 110) for number in numbers]
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(_film(papers))
    assert len(codes_in_picture(film.read_bytes())) == len(set(numbers))
    options = ChromeOptions()
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ):  # fmt: skip
        options.add_argument(argument)
    driver = Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


def _film(papers: Sequence[bytes]) -> bytes:
    """The lower half of the paper, as a camera that is held over it sees it; of several papers the
    corners with their codes, side by side."""
    seen, film = Image.new("RGB", (1280, 960), "white"), io.BytesIO()
    each = 1280 // len(papers)
    for place, picture in enumerate(papers):
        with Image.open(io.BytesIO(picture)) as whole:
            wide, high = whole.size
            area = (0, high - wide * 3 // 4, wide // len(papers), high)
            part = whole.convert("RGB").crop(area)
        seen.paste(part.resize((each, 960)), (place * each, 0))
    seen.save(film, "JPEG", quality=88)
    return film.getvalue()


def filming(filmed: Chrome, page: Path) -> Browser:
    """The page in that browser, its camera open."""
    browser = Browser(filmed)
    moment = int(AT.timestamp() * 1000)
    browser.tell("Page.addScriptToEvaluateOnNewDocument", source=f"Date.now = () => {moment};")
    filmed.get(page.as_uri())
    await_page(browser)
    filmed.find_element(By.ID, "by-camera").click()
    return browser


_VIEWED = "return !document.getElementById('view').hidden"
_LIVE = "return Boolean(document.getElementById('video').srcObject)"


def test_the_camera_reads_a_letter_and_is_given_back(filmed: Chrome, page: Path) -> None:
    browser = filming(filmed, page)
    browser.wait(lambda: shown(browser)["verdict"] == "valid")
    # At once to the next: the camera that closes itself behind a letter is not the new one.
    browser.run("document.getElementById('next').click()")
    assert shown(browser)["verdict"] == "none"
    browser.wait(lambda: shown(browser)["verdict"] == "valid")
    browser.wait(lambda: not browser.run(_VIEWED))
    assert not browser.run(_LIVE)


@pytest.mark.long
@pytest.mark.parametrize("filmed", [("1405/21/1847", "1405/21/1850")], indirect=True)
def test_of_two_letters_in_sight_the_camera_takes_none(filmed: Chrome, page: Path) -> None:
    browser = filming(filmed, page)
    asked = shown(browser)["notice"]
    # So long it looks before it says how to hold the paper.
    browser.wait(lambda: shown(browser)["notice"] != asked, 20)
    assert shown(browser)["verdict"] == "none"
    assert browser.run(_VIEWED)


@pytest.mark.long
@pytest.mark.parametrize("filmed", [("1405/21/1847", "1405/21/1847")], indirect=True)
def test_two_pages_of_one_letter_in_sight_are_one(filmed: Chrome, page: Path) -> None:
    browser = filming(filmed, page)
    browser.wait(lambda: shown(browser)["verdict"] == "valid")


def test_the_next_letter_comes_the_way_the_last_one_came(opened: Browser) -> None:
    """Who has a scanner, or a file, is asked for no camera."""
    paste(opened, VECTORS[0].text, VECTORS[0].verdict.value)
    opened.run("document.getElementById('next').click()")
    assert shown(opened)["verdict"] == "none"
    assert not opened.run(_VIEWED)
    assert not shown(opened)["notice"].strip()


_NOTICES = {
    Renewal.TAKEN: "تازه شد",
    Renewal.OLDER: "قدیمی‌تر",
    Renewal.REFUSED: "امضا نشده است",
}


@pytest.mark.long
def test_it_does_with_a_file_what_is_published(browser: Browser, page: Path) -> None:
    for each in file_vectors():
        browser.open(page, AT)
        told = dropped(browser, each.file, "city")
        assert _NOTICES[each.renewal] in told["notice"], each.name


def test_newer_keys_take_the_place_of_the_old(opened: Browser) -> None:
    fewer = replace(KEYS, releasers=())
    assert "کلیدها تازه شد" in dropped(opened, signed(write_keys(fewer)), "city.keys")["notice"]
    paste(opened, to_text(encode(code())), "unknown-key")
    for other in (
        replace(fewer, centre="centre-2"),
        replace(KEYS, city="شهرداری میبد", centre="x"),
    ):
        told = dropped(opened, signed(write_keys(other)), "city.keys")
        assert "امضا نشده است" in told["notice"]


@pytest.mark.long
def test_a_page_of_long_ago_judges_anew_by_what_it_is_given(browser: Browser, page: Path) -> None:
    """It was saved when no letter had ended and no key was revoked; the paper is on the table."""
    trusting = replace(
        KEYS, day="14050901", keys=(*KEYS.keys[:2], replace(KEYS.keys[2], revoked=""))
    )
    at_first = (
        signed(write_keys(trusting)),
        signed(write_list(replace(LIST, day="14050908", ended={}))),
    )
    page.write_text(draw(KEYS.city, *at_first), encoding="utf-8")
    keys, ended = files()
    for name, before, given, after in (
        ("1405/21/400", "valid", ended, "replaced"),
        ("by a stolen key, since", "valid", keys, "false"),
    ):
        browser.open(page, AT)
        await_page(browser)
        paste(browser, next(each.text for each in VECTORS if each.name == name), before)
        told = dropped(browser, given, "city.file")
        assert "تازه شد" in told["notice"]
        assert told["verdict"] == after
        # What it was saved with comes back from somebody's stick.
        told = dropped(browser, at_first[given is ended], "city.file")
        assert "قدیمی‌تر" in told["notice"]
        assert told["verdict"] == after
        paste(browser, next(each.text for each in VECTORS if each.name == name), after)


def test_a_list_of_the_same_day_that_was_made_before_is_older(opened: Browser) -> None:
    sooner = replace(LIST, serial=LIST.serial - 1, ended={})
    assert "قدیمی‌تر" in dropped(opened, signed(write_list(sooner)), "city.list")["notice"]
    paste(opened, next(each.text for each in VECTORS if each.name == "1405/21/12"), "void")


@pytest.mark.long
def test_of_two_files_the_later_counts_however_long_each_is_read(
    opened: Browser, tmp_path: Path
) -> None:
    """The picture of a good letter is read slowly; meanwhile the file of a void one is dropped."""
    paste(opened, to_text(encode(code())), "valid")
    opened.run(_NOTE)
    picture, pdf = photographed(pdf_of(), tmp_path), pdf_of(number="1405/21/12")
    given = [base64.b64encode(each).decode() for each in (picture, pdf)]
    assert opened.driver.execute_async_script(_DROP_BOTH, given) is True
    assert shown(opened)["verdict"] == "void"
    # Nor did the verdict of the letter before stand there while they were read.
    assert opened.run("return noted") == ["none", "void"]


_NOTE = """
window.noted = [];
const { dataset } = document.getElementById("verdict");
new MutationObserver(() => {
  if (noted[noted.length - 1] !== dataset.verdict) noted.push(dataset.verdict);
}).observe(document.getElementById("verdict"), { attributeFilter: ["data-verdict"] });
"""
_DROP_BOTH = """
const [contents, done] = arguments;
const files = contents.map((content) =>
  new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], "letter"));
Promise.all(files.map(checkLetterFile)).then(() => done(true), (fault) => done(String(fault)));
"""


def test_a_day_of_the_page_is_the_calendars(opened: Browser) -> None:
    """The clock of the machine is Gregorian; the page reckons its own day."""
    for day in ("14041229", "14050101", "14050631", "14050701", "14081230", "14120101"):
        moment = int(datetime.combine(parse_jalali(day), datetime.min.time(), UTC).timestamp())
        verdict = Vector("", encode(code(replace(ESSENCE, valid_until=day))), Verdict.VALID, day)
        assert compact(parse_jalali(day)) == day
        told = opened.run(
            "Date.now = () => arguments[0]; document.querySelector('[data-language=fa]').click();"
            "return document.getElementById('today').textContent",
            (moment + 9 * 3600) * 1000,
        )
        assert to_persian_digits(str(int(day[6:]))) in told
        assert to_persian_digits(day[:4]) in told
        assert verdict.today == day


def test_the_vectors_are_what_it_is_tried_with() -> None:
    published = json.loads(
        (Path(__file__).parents[2] / "resources/letter/vectors/letters.json").read_text("utf-8")
    )
    assert len(published["letters"]) == len(VECTORS)
