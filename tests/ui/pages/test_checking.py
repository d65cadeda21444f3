"""The page that checks letters, as a clerk with a paper in hand uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.actions import board, checked, checking, letters
from desktop.actions.board import ItemKind
from desktop.demo import following
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.short_code import short_code, spaced
from desktop.reports.letter.attachment import Sealed, read
from desktop.scans import lens
from desktop.store import checked as store_checked
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.checking.code_line import by_keys
from desktop.ui.pages.checking.page import CheckPage
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.standing.work_items import item_words
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.told.chip import Chip
from tests.reports import paper_folder
from tests.reports.paper_folder import papers
from tests.reports.reading import text_of
from tests.reports.reading import words as split
from tests.reports.samples import letter, made, words
from tests.scans.test_lens import held, recording
from tests.ui.keyboard import Modifier, press, type_text
from tests.ui.layout_check import find_problems
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import settle
from tests.wire.letter_vectors import TODAY
from tests.wire.test_letter_code import TRUST

pytestmark = pytest.mark.slow
# What the keys of a code give with the Persian layout: a scanner holds Shift for large letters.
_SHIFTED = str.maketrans(
    "QWERTYUIOPASDFGHJKLZXCVBNM",
    "\u0652\u064c\u064d\u064b\u064f\u0650\u064e\u0651][\u0624\u0626\u064a\u0625\u0623\u0622\u0629»«"
    "\u0643\u0653ژ\u0670\u200c\u0654\u0621",
)


@pytest.fixture
def stamped(office: Office) -> Case:
    case = cases.answered(office.crew)
    assert case.answer is not None
    letters.release(office.crew.manager, case.case_id, case.answer.letter, PASSWORD)
    return case_now(office.crew.clerk, case.case_id)


def pdf_of(office: Office, case: Case) -> bytes:
    assert case.answer is not None
    return letters.kept(office.crew.clerk.desk, case.answer)


def opened(office: Office) -> CheckPage:
    office.sit(Role.CLERK)
    page = office.go(places.Check())
    assert isinstance(page, CheckPage)
    assert page.line.hasFocus()
    return page


def shown(widget: QWidget) -> str:
    labels = (each for each in widget.findChildren(QLabel) if each.isVisible())
    return " ".join(each.text() for each in labels)


def test_what_a_scanner_reads_is_checked_and_leads_to_its_case(
    office: Office, stamped: Case
) -> None:
    page = opened(office)
    kept = read(pdf_of(office, stamped))
    assert isinstance(kept, Sealed)
    type_text(office.window, kept.code)
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.verdict.word.text() == "نمونه"
    told = shown(page)
    assert stamped.answer is not None
    assert "کد کوتاه" in told
    assert page.case.isVisible()
    # The next paper can be read at once.
    assert page.line.text() == ""
    page.case.click()
    QApplication.processEvents()
    assert isinstance(office.page, CasePage)


def chips(page: CheckPage) -> list[str]:
    found = page.checks.findChildren(Chip)
    return [each.look().words for each in found if each.isVisible()]


def button(page: CheckPage, words: str) -> Button:
    found = [each for each in page.findChildren(Button) if each.text() == words]
    (one,) = [each for each in found if each.isVisible()]
    return one


@pytest.mark.long
def test_lines_are_ticked_against_the_paper_and_a_scanner_goes_on_from_there(
    office: Office, stamped: Case
) -> None:
    page = opened(office)
    kept = read(pdf_of(office, stamped))
    assert isinstance(kept, Sealed)
    type_text(office.window, kept.code)
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    count = len(page.compare.ticks)
    assert page.compare.left() == count > 3
    for done in range(1, count + 1):
        press(office.window, Qt.Key.Key_Space)
        assert page.compare.left() == count - done
    assert to_persian_digits(f"{count} از {count}") in shown(page.compare)
    # What was done with it here stands beside, and it is the first of today's.
    assert "تأیید و مهر شد" in shown(page)
    assert chips(page) == ["نمونه"]
    # The next paper is read while the last line still has the keys.
    type_text(office.window, kept.code)
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.compare.left() == count
    assert chips(page) == ["نمونه", "نمونه"]


@pytest.mark.long
def test_what_is_not_the_same_on_the_paper_is_kept_and_stands_on_the_slip(
    office: Office, stamped: Case, tmp_path: Path
) -> None:
    page = opened(office)
    file = tmp_path / "نامه.pdf"
    file.write_bytes(pdf_of(office, stamped))
    page.check_path(file)
    QApplication.processEvents()
    page.compare.link.click()
    assert page.compare.grid is not None
    assert page.compare.grid.ticks["شماره"].hasFocus()
    button(page, "ثبت مغایرت").click()
    assert page.compare.field is not None
    assert page.compare.field.error() == "دست‌کم یکی را انتخاب کنید."
    page.compare.grid.ticks["مالک"].click()
    button(page, "ثبت مغایرت").click()
    QApplication.processEvents()
    assert page.verdict.word.text() == "کاغذ با رمزینه یکسان نیست"
    assert "«مالک» روی کاغذ" in page.verdict.sentence.text()
    assert chips(page) == ["کاغذ با رمزینه یکسان نیست"]
    assert find_problems(office.window) == []
    assert page.kept is not None
    text = text_of(checked.slip(page.shell.seat, page.kept, page.compare.differing))
    assert "کاغذ با رمزینه یکسان نیست" in " ".join(text)
    press(office.window, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert page.cover.isVisible()
    press(office.window, Qt.Key.Key_Escape)
    assert not page.cover.isVisible()
    # Its picture stays at this desk, and whoever may stamp here is told, in the letter's case.
    (shown_,) = (each for each in page.checks.findChildren(Link) if each.isVisible())
    shown_.click()
    QApplication.processEvents()
    assert page.cover.isVisible()
    press(office.window, Qt.Key.Key_Escape)
    office.house.office.sync()
    (item,) = board.items(office.crew.manager.desk)
    assert (item.kind, item.case_id) == (ItemKind.PAPER_DIFFERS, stamped.case_id)
    assert "«مالک» آن همان نیست" in item_words(item)
    assert "تصویر کاغذ" in item_words(item)
    (seen,) = board.watched(office.crew.supervisor).differing
    assert (seen.number, seen.names) == (item.detail["number"], ["مالک"])
    # Said by mistake: taken back, the verdict is the letter's again.
    page.compare.link.click()
    page.compare.grid.ticks["مالک"].click()
    button(page, "ثبت مغایرت").click()
    QApplication.processEvents()
    assert page.verdict.word.text() == "نمونه"
    assert chips(page) == ["نمونه"]
    office.house.office.sync()
    assert board.items(office.crew.manager.desk) == []
    assert board.watched(office.crew.supervisor).differing == []


def test_a_scanner_types_what_it_reads_whatever_the_layout() -> None:
    code = "RRQ+D9O60CO0 ZN1000005KG6VQB9027BA*UXD1D$%:.-/"
    persian = code.translate(_SHIFTED).replace("0", "۰").replace("9", "۹").replace("$", "﷼")
    assert by_keys(persian) == code
    assert by_keys(code.lower()) == code


def test_a_file_is_dropped_or_opened(office: Office, stamped: Case, tmp_path: Path) -> None:
    page = opened(office)
    file = tmp_path / "نامه.pdf"
    file.write_bytes(pdf_of(office, stamped))
    page.check_path(file)
    QApplication.processEvents()
    assert page.verdict.word.text() == "نمونه"
    assert page.beside.isHidden()
    file.write_bytes(made(letter())[1])
    page.check_path(file)
    QApplication.processEvents()
    assert page.verdict.word.text() == "کلید ناشناخته"
    assert "فاطمه دهقان" not in shown(page)
    file.write_bytes("نامه".encode())
    page.check_path(file)
    QApplication.processEvents()
    assert page.verdict.word.text() == "نامه‌ای بررسی نشده است"


@pytest.mark.long
def test_a_short_code_tells_what_is_void_and_confirms_nothing(
    office: Office, stamped: Case
) -> None:
    assert stamped.answer is not None
    value = stamped.answer.letter
    page = opened(office)
    typed = spaced(short_code(value.number))
    type_text(office.window, typed)
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.verdict.word.text() == "در فهرست ابطال نیست"
    following.void(office.crew.manager, stamped.case_id, value.letter_id, "نام نادرست")
    office.go(places.Home())
    page = opened(office)
    type_text(office.window, typed)
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.verdict.word.text() == "باطل‌شده"
    press(office.window, Qt.Key.Key_Return, Modifier.ControlModifier)
    assert page.verdict.word.text() == "نامه‌ای بررسی نشده است"
    type_text(office.window, "1234567890")
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.field.error() == "این ده رقم کد کوتاه نامه نیست؛ آن را دوباره بخوانید."
    assert find_problems(office.window) == []


@pytest.mark.long
def test_a_folder_of_papers(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "trust_of", lambda _: TRUST)
    monkeypatch.setattr(checking, "_today", lambda _: TODAY)
    page = opened(office)
    told, wanted = {}, {}
    for paper in papers(tmp_path):
        file = tmp_path / paper.name
        file.write_bytes(paper.content)
        page.check_path(file)
        QApplication.processEvents()
        told[paper.name] = page.kept.found.checked.judged.verdict if page.kept else None
        wanted[paper.name] = paper.verdict
        words = paper.verdict.word if paper.verdict else "نامه‌ای بررسی نشده است"
        assert page.verdict.word.text() == words, paper.name
    assert told == wanted


def test_of_which_day_its_list_is_each_verdict_says(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "trust_of", lambda _: TRUST)
    page, file = opened(office), tmp_path / "letter.pdf"
    looked = "تا \u2066۱۴۰۵/۰۹/۱۰\u2069 دیده شد"
    for today, how, said in (
        (TODAY, {}, ("معتبر", looked)),
        ("14050913", {}, (f"امضا معتبر؛ ابطال {looked}", looked)),
        ("14050918", {}, ("فهرست ابطال تازه لازم است", looked)),
        (TODAY, {"valid_until": "14050909"}, ("منقضی", looked)),
        (TODAY, {"number": "1405/21/12"}, ("باطل‌شده", looked)),
        (TODAY, {"text": words(sample=True)}, ("نمونه", "دیده نشد")),
    ):
        monkeypatch.setattr(checking, "_today", lambda _, today=today: today)
        file.write_bytes(paper_folder.pdf_of(**how))
        page.check_path(file)
        QApplication.processEvents()
        assert (page.verdict.word.text(), page.verdict.voids.text()) == said
        assert page.verdict.voids.isVisible()
        settle()
        assert find_problems(office.window) == []
        assert page.kept is not None
        slip = " ".join(text_of(checked.slip(page.shell.seat, page.kept, ())))
        assert " ".join(split(f"ابطال‌ها {said[1]}")) in slip
    for number, word in (("1405/21/12", "باطل‌شده"), ("1405/21/13", "در فهرست ابطال نیست")):
        press(office.window, Qt.Key.Key_Return, Modifier.ControlModifier)
        type_text(office.window, spaced(short_code(number)))
        press(office.window, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert (page.verdict.word.text(), page.verdict.voids.text()) == (word, looked)


def cameras(monkeypatch: pytest.MonkeyPatch, *recorded: str) -> None:
    """So many cameras at this desk, each of which sees what was recorded."""
    monkeypatch.setattr(lens, "cameras", lambda: list(recorded))


def until(page: CheckPage, done: Callable[[], bool]) -> None:
    for _ in range(40):
        if done():
            return
        page.camera.look()
        QApplication.processEvents()
    raise AssertionError("nothing came of it")


def test_a_paper_is_held_before_the_camera_and_its_picture_is_kept(
    office: Office, stamped: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = pdf_of(office, stamped)
    seen = recording(tmp_path / "desk.avi", *[held(pdf, tmp_path)] * 3)
    cameras(monkeypatch, seen)
    page = opened(office)
    press(office.window, Qt.Key.Key_F9)
    QApplication.processEvents()
    assert page.camera.isVisible()
    assert find_problems(office.window) == []
    until(page, lambda: page.kept is not None)
    assert page.kept is not None
    check_id = page.kept.check_id
    assert page.verdict.word.text() == "نمونه"
    # It makes room for what is to be compared, and gives itself back.
    assert not page.camera.isVisible()
    assert not page.camera.timer.isActive()
    page.compare.link.click()
    assert page.compare.grid is not None
    page.compare.grid.ticks["مالک"].click()
    button(page, "ثبت مغایرت").click()
    QApplication.processEvents()
    with office.crew.clerk.desk.store.reading() as session:
        assert store_checked.scan_of(session, check_id)
    # The next paper is held there too, without another key.
    press(office.window, Qt.Key.Key_Return, Modifier.ControlModifier)
    QApplication.processEvents()
    assert page.camera.isVisible()
    press(office.window, Qt.Key.Key_Escape)
    assert not page.camera.isVisible()
    assert office.page is page


def test_a_camera_that_fails_says_so_and_the_page_goes_on(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cameras(monkeypatch, str(tmp_path / "none.avi"), str(tmp_path / "other.avi"))
    page = opened(office)
    press(office.window, Qt.Key.Key_F9)
    QApplication.processEvents()
    assert "باز نمی‌شود" in page.camera.fault.text()
    assert page.camera.which.isVisible()
    press(office.window, Qt.Key.Key_Escape)
    assert not page.camera.isVisible()


def test_a_desk_without_a_camera_is_offered_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    cameras(monkeypatch)
    page = opened(office)
    assert page.bar is not None
    assert not [each for each in page.bar.findChildren(Button) if each.text() == "دوربین"]
    assert not page.press("F9")


@pytest.mark.long
def test_the_municipality_checks_too_and_comes_to_the_case_by_the_number(
    office: Office, stamped: Case
) -> None:
    kept = read(pdf_of(office, stamped))
    assert isinstance(kept, Sealed)
    office.sit(Role.SIGNER)
    page = office.go(places.Check())
    assert isinstance(page, CheckPage)
    type_text(office.window, kept.code)
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.verdict.word.text() == "نمونه"
    page.case.click()
    QApplication.processEvents()
    assert isinstance(office.page, MunicipalQueuePage)
    assert stamped.answer is not None
    assert office.page.place == places.MunicipalQueue(typed=stamped.answer.letter.number)
