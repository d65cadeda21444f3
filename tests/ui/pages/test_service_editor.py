"""A service's file as a person writes it: faults in their lines, the form, what it makes."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import publishing, service_files
from desktop.domain.errors import LineDown
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.pages.services.asking import DIFFERENCE, EXAMPLES, FORM, LETTERS, PAST
from desktop.ui.pages.services.editor import ServiceEditor
from desktop.ui.pages.services.seen import hint_of, lines_words, spoiled
from desktop.ui.widgets.code.edit import CodeEdit
from desktop.ui.widgets.code.marks import Mark
from desktop.ui.widgets.lists.rows import ListRow
from desktop.wire.services import FaultBody
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.service_hands import (
    CHANGED,
    CTRL,
    SOON,
    TODAY,
    file_of,
    labels,
    line_of,
    open_editor,
    replace,
    settle,
    sign_first,
)


@pytest.mark.long
def test_a_fault_is_told_in_its_line_within_a_second_and_goes_when_mended(
    office: Office, qtbot: QtBot
) -> None:
    page = open_editor(office)
    assert page.seen is not None
    assert page.seen.faults == ()
    page.text.moveCursor(QTextCursor.MoveOperation.Start)
    assert page.text.find_next("required = true")
    type_text(page.text, "requird = true")
    line = page.text.line()
    qtbot.waitUntil(lambda: page.text.mark_at(line) is not None)
    mark = page.text.mark_at(line)
    assert mark is not None
    assert (mark.line, mark.tone) == (line, "refuse")
    assert "required" in mark.words
    assert "۱ ایراد" in labels(page)
    page.text.undo()
    for _ in range(30):
        if page.text.text() == file_of("walling"):
            break
        page.text.undo()
    settle(page)
    assert page.text.mark_at(line) is None
    assert page.seen.faults == ()


@pytest.mark.slow
def test_the_form_follows_the_text_and_keeps_what_was_filled_in(office: Office) -> None:
    page = open_editor(office)
    assert page.form.body is not None
    cells = page.form.body.details.fields.cells
    key = next(k for k, cell in cells.items() if cell.words().startswith("ارتفاع"))
    cells[key].set_value("2")
    replace(page, *CHANGED)
    cell = page.form.body.details.fields.cells[key]
    assert cell.words().startswith("بلندی")
    assert cell.raw() == "2"


@pytest.mark.long
def test_the_last_good_form_stays_while_the_text_cannot_be_read(office: Office) -> None:
    page = open_editor(office)
    body = page.form.body
    replace(page, "[fees]", "[fees")
    assert page.form.body is body
    assert "فرم از ۱۰:۴۲ است؛ سطر" in labels(page)
    line = line_of(page, "[fees")
    assert page.text.mark_at(line) is not None


@pytest.mark.long
def test_what_a_fault_spoils_says_so_beside_its_field(office: Office) -> None:
    page = open_editor(office)
    assert page.form.body is not None
    replace(page, 'kind = "metres"', 'kind = "metre"')
    line = line_of(page, 'kind = "metre"')
    told = {key: cell.error() for key, cell in page.form.body.cells().items() if cell.error()}
    (words,) = told.values()
    assert words is not None
    assert words.startswith(f"سطر {to_persian_digits(line)}: ")
    # The field is the one in whose block the line stands.
    above = page.text.text().split("\n")[:line]
    assert list(told) == [next(r for r in reversed(above) if r.startswith("key")).split('"')[1]]
    replace(page, 'kind = "metre"', 'kind = "metres"')
    assert not any(cell.error() for cell in page.form.body.cells().values())


@pytest.mark.slow
def test_a_line_belongs_to_the_field_or_document_in_whose_block_it_stands() -> None:
    text = """code = "x"
[[field]]
label = "یک"
key = "one"
[[field.column]]
key = "part"
kind = "?"
[[document]]
key = "deed"
[[example]]
name = "?"
"""
    faults = [FaultBody(line=n, key="", words=f"{n}") for n in (0, 1, 3, 7, 6, 9, 11, 99)]
    assert spoiled(faults, text) == {"one": "سطر ۳: 3", "document.deed": "سطر ۹: 9"}


@pytest.mark.parametrize(
    ("day", "words"),
    [(TODAY, "پس گرفته نمی‌شود"), (SOON, "می‌توان انتشار را پس گرفت")],
)
@pytest.mark.long
def test_how_long_it_can_be_taken_back_is_told(office: Office, day: date, words: str) -> None:
    another = ('code = "walling"', 'code = "fence"'), ('"مجوز دیوارکشی"', '"مجوز حصارکشی"')
    text = file_of("walling", *another)
    page = open_editor(office, text.replace(SOON.isoformat(), day.isoformat()))
    assert words in labels(page)


def test_hints_tell_a_day_in_jalali_and_a_sum_aloud() -> None:
    assert hint_of("effective = 2026-12-12") == "شنبه ۲۱ آذر ۱۴۰۵"
    assert "یک میلیون" in hint_of('amount = "1_850_000"')
    assert hint_of("most = 4000") == ""
    assert hint_of('title = "داربست"') == ""
    assert hint_of("effective = 2026-13-40") == ""


def test_lines_that_could_not_be_read_are_named_as_one_says_them() -> None:
    assert lines_words({53}) == "سطر ۵۳"
    assert lines_words({116, 53}) == "سطرهای ۵۳ و ۱۱۶"
    assert lines_words({9, 4, 116}) == "سطرهای ۴، ۹ و ۱۱۶"


@pytest.mark.slow
def test_f7_goes_round_the_faults_and_the_main_key_to_the_first(office: Office) -> None:
    text = file_of(
        "walling", ("required = true", "requird = true"), ('kind = "metres"', 'kind = "x"')
    )
    page = open_editor(office, text)
    page.text.go_to(1)
    faulty = sorted({mark.line for mark in page.marks})
    visited = []
    for _ in faulty:
        press(page.text, Qt.Key.Key_F7)
        visited.append(page.text.line())
    assert visited == faulty
    page.text.go_to(1)
    assert page.bar is not None
    page.bar.press_main()
    first = min(mark.line for mark in page.marks if mark.tone == "refuse")
    assert page.text.line() == first
    assert publishing.waiting(office.crew.second) == []


@pytest.mark.long
def test_f1_tells_the_key_at_the_cursor_in_persian(office: Office) -> None:
    page = open_editor(office)
    page.text.go_to(line_of(page, "legal_basis"))
    press(page.text, Qt.Key.Key_F1)
    assert "مستندهای قانونی" in labels(page)
    page.text.go_to(line_of(page, "declares"))
    assert "اظهار" in page.help.banner.accessibleName()
    press(page.text, Qt.Key.Key_Escape)
    assert not page.help.isVisible()
    assert isinstance(office.page, ServiceEditor)


@pytest.mark.long
def test_f6_leads_to_the_open_help_too_and_from_there_to_the_text(office: Office) -> None:
    page = open_editor(office)
    office.window.resize(1920, 900)
    press(page.text, Qt.Key.Key_F1, CTRL)
    QApplication.processEvents()
    helping = office.window.helping
    assert helping.panel.box.hasFocus()
    for _ in range(2):
        press(helping.panel.box, Qt.Key.Key_F6)
        assert QApplication.focusWidget() is page.text
        press(page.text, Qt.Key.Key_F6)
        assert QApplication.focusWidget() is page.tabs
        press(page.tabs, Qt.Key.Key_F6)
        assert helping.panel.box.hasFocus()
    # With the help closed the two of the page are turned between.
    press(helping.panel.box, Qt.Key.Key_Escape)
    helping.turn()
    press(office.page, Qt.Key.Key_F6)
    first = QApplication.focusWidget()
    press(office.page, Qt.Key.Key_F6)
    assert {first, QApplication.focusWidget()} == {page.text, page.tabs}


@pytest.mark.long
def test_keys_lead_through_the_page(office: Office) -> None:
    page = open_editor(office)
    assert QApplication.focusWidget() is page.text
    QTest.keyClick(page.text, Qt.Key.Key_3, CTRL)
    assert page.tabs.current() == EXAMPLES
    QTest.keyClick(page.tabs, Qt.Key.Key_F6, CTRL)
    assert QApplication.focusWidget() is page.text
    QTest.keyClick(page.text, Qt.Key.Key_F6, CTRL)
    assert QApplication.focusWidget() is page.tabs
    QTest.keyClick(page.tabs, Qt.Key.Key_1, CTRL)
    assert page.tabs.current() == FORM
    QTest.keyClick(page.tabs, Qt.Key.Key_F, CTRL)
    assert page.finding.isVisible()
    type_text(page.finding.line, "declares")
    press(page.finding.line, Qt.Key.Key_Return)
    assert page.text.line() == line_of(page, "declares")
    press(page.finding.line, Qt.Key.Key_Escape)
    assert not page.finding.isVisible()


@pytest.mark.long
def test_narrow_shows_one_side_and_turns(office: Office) -> None:
    page = open_editor(office)
    page.set_narrow(True)
    assert page.text.isVisible()
    assert not page.tabs.isVisible()
    page.turn()
    assert page.tabs.isVisible()
    assert not page.text.isVisible()
    page.next_fault()
    assert page.text.isVisible()
    assert not page.tabs.isVisible()


@pytest.mark.long
def test_the_draft_survives_leaving_and_a_crash(office: Office, qtbot: QtBot) -> None:
    page = open_editor(office)
    draft = page.place.draft_id
    page.text.moveCursor(QTextCursor.MoveOperation.Start)
    type_text(page.text, "# الف\n")
    # A crash: nobody leaves the page.
    qtbot.waitUntil(
        lambda: service_files.opened(office.window.seat, draft).text.startswith("# الف"),
    )
    type_text(page.text, "# ب\n")
    office.go(places.ServiceFiles())
    assert "# ب" in service_files.opened(office.window.seat, draft).text
    again = office.go(places.ServiceDraft(draft))
    assert isinstance(again, ServiceEditor)
    assert again.text.text().startswith("# الف")


def test_only_lines_that_show_are_painted_of_five_thousand(qtbot: QtBot) -> None:
    edit = CodeEdit(hint_of)
    qtbot.addWidget(edit)
    edit.resize(640, 600)
    edit.set_text("\n".join(f"amount = {n}000" for n in range(1, 5001)))
    edit.show()
    edit.set_marks([Mark(line, "نادرست است " * 20, "refuse") for line in range(1, 5001, 100)])
    QApplication.processEvents()
    assert 0 < len(edit.painted) < 40
    edit.go_to(4000)
    edit.repaint()
    edit.viewport().repaint()
    assert 4000 in edit.painted
    assert len(edit.painted) < 40


def test_a_sentence_that_does_not_fit_goes_under_its_line(qtbot: QtBot) -> None:
    edit = CodeEdit()
    qtbot.addWidget(edit)
    edit.resize(600, 400)
    edit.set_text('a = "ب"\n' * 10)
    edit.show()
    QApplication.processEvents()
    plain = edit.blockBoundingGeometry(edit.document().findBlockByNumber(3)).top()
    edit.set_marks([Mark(2, "کوتاه", "refuse"), Mark(3, "بلند و بلندتر از سطر " * 8, "pay")])
    assert edit.room_under(2) == 0
    assert edit.room_under(3) > 0
    QApplication.processEvents()
    after = edit.blockBoundingGeometry(edit.document().findBlockByNumber(3)).top()
    assert after == pytest.approx(plain + edit.room_under(3))


@pytest.mark.long
def test_examples_come_out_and_lead_to_the_text(office: Office) -> None:
    page = open_editor(office, file_of("walling", ('outcome = "pay"', 'outcome = "answer"')))
    press(page.text, Qt.Key.Key_F9)
    QApplication.processEvents()
    assert page.tabs.current() == EXAMPLES
    rows = [r for r in page.examples.findChildren(ListRow) if r.isVisible()]
    wrong = [r for r in rows if "نادرست" in r.accessibleName()]
    assert len(wrong) == 1
    assert page.seen is not None
    assert page.seen.looked is not None
    assert len(rows) == len(page.seen.looked.examples)
    wrong[0].click()
    assert page.text.line_text(page.text.line()).strip() == "[[example]]"


@pytest.mark.long
def test_letters_are_drawn_as_pages(office: Office) -> None:
    page = open_editor(office)
    page.choose_tab(LETTERS)
    QApplication.processEvents()
    assert page.letters.letters
    assert page.letters.pages.pages() >= 1
    assert len(page.letters.choice.options()) == len(page.letters.letters)
    assert f"نامه‌ها ({to_persian_digits(len(page.letters.letters))})" in (
        page.tabs.accessibleDescription()
    )


@pytest.mark.long
def test_the_difference_is_told_in_words(office: Office) -> None:
    page = open_editor(office, file_of("walling", CHANGED))
    page.choose_tab(DIFFERENCE)
    assert "بلندی" in labels(page)
    replace(page, "بلندی", "ارتفاع")
    assert "فرم، دلیل‌ها و نامه‌ها همان است" in labels(page)


@pytest.mark.long
def test_past_requests_are_put_again(office: Office) -> None:
    page = open_editor(office)
    page.choose_tab(PAST)
    assert "هنوز درخواستی از این خدمت ثبت نشده است." in labels(page)


@pytest.mark.long
def test_with_no_line_writing_and_checking_go_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise LineDown

    for name in ("check", "weigh", "prepare", "try_on_past", "sample_letters"):
        monkeypatch.setattr(publishing, name, down)
    page = open_editor(office, file_of("walling", CHANGED))
    assert page.form.body is not None
    assert page.seen is not None
    assert page.seen.looked is not None
    assert page.seen.looked.examples
    page.choose_tab(PAST)
    assert "به خط نیاز دارد." in labels(page)
    replace(page, "required = true", "requird = true")
    assert page.seen.faults
    replace(page, "requird = true", "required = true")
    sign_first(page)
    assert isinstance(office.page, ServiceEditor)
    monkeypatch.undo()
    assert publishing.waiting(office.crew.second) == []
    settle(page)
    sign_first(page)
    assert len(publishing.waiting(office.crew.second)) == 1


@pytest.mark.long
def test_a_note_in_the_text_draws_no_new_form(office: Office) -> None:
    page = open_editor(office)
    body = page.form.body
    page.text.moveCursor(QTextCursor.MoveOperation.Start)
    type_text(page.text, "# یادداشت\n")
    settle(page)
    assert page.form.body is body
