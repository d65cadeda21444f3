"""Ctrl+K as people use it: acts, services, cases, people and help, by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import board, intake
from desktop.actions.board import QueueCase, QueueFilter
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.errors import LineDown
from desktop.domain.identifiers import mask_id
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.command import found
from desktop.ui.command.box import CommandBox
from desktop.ui.command.row import whole_parts
from desktop.ui.look import Look, current
from desktop.ui.offered import page_acts
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.paint import strokes
from tests.houses import Busy, Filling
from tests.ui.keyboard import Modifier, click, paste, press, type_text
from tests.ui.layout_check import find_problems
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake, walkers
from tests.ui.pages.test_typed_everywhere import WALKS

_CONTROL = Modifier.ControlModifier


@pytest.fixture
def filling() -> Filling:
    return Busy(today=5)


@pytest.fixture
def busy(office: Office) -> Office:
    """An office with ten cases, its clerk at the desk."""
    office.sit(Role.CLERK)
    return office


def _open(office: Office) -> CommandBox:
    press(office.window, Qt.Key.Key_K, _CONTROL)
    box = office.window.commanding.box
    assert box is not None
    return box


def test_the_box_leaves_no_strip_of_the_main_key(busy: Office) -> None:
    page = busy.go(places.Queue())
    assert page.bar is not None
    box = _open(busy)
    top = page.bar.mapTo(busy.window, QPoint(0, 0)).y()
    assert box.mapTo(busy.window, QPoint(0, box.height())).y() <= top


def _cases(office: Office) -> list[QueueCase]:
    desk = office.crew.clerk.desk
    newest = board.listing(desk, QueueFilter(), board.Order.RECEIVED, descending=True)
    return board.rows(desk, newest, 0, newest.count)


def _type(box: CommandBox, words: str) -> None:
    type_text(box, words)
    box._ask()
    QApplication.processEvents()


def _headings(box: CommandBox) -> list[str]:
    return [group.heading for group in box.groups]


def _words(box: CommandBox) -> list[str]:
    return [row.hit.words for row in box.rows]


@pytest.mark.long
def test_the_groups_stand_in_their_order_with_few_rows_each(busy: Office) -> None:
    box = _open(busy)
    _type(box, "کار")
    order = ["کارها", "خدمت‌ها", "پرونده‌ها", "اشخاص", "راهنما"]
    assert [heading for heading in order if heading in _headings(box)] == _headings(box)
    most = {"کارها": 3, "خدمت‌ها": 2, "پرونده‌ها": 3, "اشخاص": 2, "راهنما": 2}
    assert all(len(group.hits) <= most[group.heading] for group in box.groups)
    assert box.chosen is box.rows[0].hit
    found = sum(group.count for group in box.groups)
    assert found > len(box.rows)
    assert box._foot.text() == to_persian_digits(f"{len(box.rows)} از {found} یافته")


@pytest.mark.long
def test_an_act_shows_its_own_key_and_a_new_button_is_there_by_itself(busy: Office) -> None:
    page = busy.go(places.Queue())
    pressed: list[int] = []
    button = Button("کاری تازه", keys="F9")
    button.clicked.connect(lambda: pressed.append(1))
    assert page.bar is not None
    page.bar.arrange(main=page.bar.main, seconds=[button])
    QApplication.processEvents()
    box = _open(busy)
    _type(box, "كاري تازه")
    assert box.chosen is not None
    assert (box.chosen.words, box.chosen.keys) == ("کاری تازه", "F9")
    press(box, Qt.Key.Key_Return)
    assert pressed == [1]
    assert busy.window.commanding.box is None


@pytest.mark.long
def test_every_act_of_the_bar_is_offered(busy: Office) -> None:
    page = busy.go(places.Case(_cases(busy)[0].case_id))
    QApplication.processEvents()
    assert page.bar is not None
    shown = {b.text() for b in page.bar.findChildren(Button) if b.isVisible() and b.text()}
    assert shown
    assert shown <= {act.words for act in page_acts(page)}


@pytest.mark.parametrize("role", walkers(WALKS))
@pytest.mark.long
def test_whatever_can_be_pressed_on_a_page_is_found_by_its_words(
    office: Office, role: Role
) -> None:
    for place, opens in WALKS[role](office):
        office.window.lock()
        office.sit(role)
        wake(office)
        page = office.go(place)
        opens(page)
        QApplication.processEvents()
        box = _open(office)
        found = [act.words for act in box._offered]
        box.close_quietly()
        for root in (page, page.side):
            pressed = [*root.findChildren(Button), *root.findChildren(Link)] if root else []
            for each in (b for b in pressed if b.isVisible() and b.text()):
                assert {each.text(), each.accessibleName()} & {*found}, (place, each.text())


@pytest.mark.long
def test_what_a_clerk_asks_of_finance_is_found_and_done(office: Office) -> None:
    case = cases.owing(office.crew)
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case.case_id))
    assert isinstance(page, OutcomePage)
    assert page.owed is not None
    page.owed.payment.reference.set_value("9912")
    box = _open(office)
    _type(box, "ارجاع به امور مالی")
    press(box, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert case_now(office.crew.clerk, case.case_id).claims.keys() == {case.owed[0].key}


@pytest.mark.long
def test_the_theme_is_turned_by_its_name(busy: Office) -> None:
    box = _open(busy)
    _type(box, "تیره")
    press(box, Qt.Key.Key_Return)
    assert current().theme is Theme.DARK
    busy.window.set_look(Look())


@pytest.mark.long
def test_a_service_opens_its_form(busy: Office) -> None:
    service = next(iter(intake.services(busy.crew.clerk.desk).values()))
    box = _open(busy)
    _type(box, service.title)
    row = next(row for row in box.rows if row.hit.about == "درخواست جدید")
    assert row.hit.keys == f"F2+{service.digit}"
    row.click()
    assert busy.page.place == places.Form(service.code)


@pytest.mark.slow
@pytest.mark.parametrize("of", ["tracking", "applicant_id", "code"])
def test_what_is_known_by_its_shape_stands_on_top(busy: Office, of: str) -> None:
    case = next(c for c in _cases(busy) if c.code and len(c.applicant_id) == 10)
    box = _open(busy)
    paste(box, to_persian_digits(getattr(case, of)))
    # Enter right after the last letter waits for the case.
    press(box, Qt.Key.Key_Return)
    QApplication.processEvents()
    place = busy.page.place
    assert isinstance(place, places.Case)
    assert getattr(board.look(busy.crew.clerk.desk, place.case_id).case, "case_id", "")
    opened = next(c for c in _cases(busy) if c.case_id == place.case_id)
    assert getattr(opened, of) == getattr(case, of)


@pytest.mark.slow
def test_a_person_is_found_with_a_masked_id_and_leads_to_their_cases(busy: Office) -> None:
    case = next(c for c in _cases(busy) if len(c.applicant_id) == 10)
    box = _open(busy)
    _type(box, case.applicant)
    people = next(group for group in box.groups if group.heading == "اشخاص")
    hit = next(hit for hit in people.hits if hit.words == case.applicant)
    assert mask_id(case.applicant_id) in hit.about
    assert case.applicant_id not in hit.about
    assert to_persian_digits(case.applicant_id) not in "".join(
        row.accessibleName() for row in box.rows
    )
    hit.do()
    assert busy.page.place == places.Search(case.applicant_id)


@pytest.mark.slow
def test_the_help_is_found_and_opens_beside_the_page(busy: Office) -> None:
    box = _open(busy)
    _type(box, "كد نوسازي")
    row = next(row for row in box.rows if row.hit.about == "راهنما")
    assert row.hit.words == "کد نوسازی"
    row.click()
    entry = busy.window.helping.panel.entry
    assert entry is not None
    assert entry.title == "کد نوسازی"


def test_beside_a_case_stand_whole_parts_only(qtbot: QtBot) -> None:
    about = "کد رهگیری ۲۱-۰۵۰۹۰۳-۰۲-۰۰۸۷-۲، کد نوسازی ۱-۱-۳، ثبت ۱۴۰۵/۰۹/۰۳"
    first, second, _ = about.split("، ")
    assert whole_parts(about, 2000) == about
    assert (
        whole_parts(about, strokes.width_of(f"{first}، {second}", "small") + 1)
        == f"{first}، {second}"
    )
    assert whole_parts(about, 40) == first


@pytest.mark.slow
def test_ctrl_down_goes_to_the_next_group_and_the_arrows_row_by_row(busy: Office) -> None:
    box = _open(busy)
    _type(box, "کار")
    second = len(box.groups[0].hits)
    press(box, Qt.Key.Key_Down, _CONTROL)
    assert box.chosen is box.rows[second].hit
    press(box, Qt.Key.Key_Up)
    assert box.chosen is box.rows[second - 1].hit


@pytest.mark.slow
def test_esc_empties_then_closes_and_the_focus_is_where_it_was(busy: Office) -> None:
    busy.go(places.Form("no-violation"))
    QApplication.processEvents()
    before = QApplication.focusWidget()
    box = _open(busy)
    _type(box, "کار")
    press(box, Qt.Key.Key_Escape)
    assert box.box.text() == ""
    assert box.isVisible()
    press(box, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert QApplication.focusWidget() is before
    assert isinstance(busy.page.place, places.Form)


@pytest.mark.slow
def test_what_is_typed_after_enter_is_not_done_by_itself(busy: Office) -> None:
    """A number is asked after; before its cases come, something else is typed."""
    box = _open(busy)
    page = busy.page
    # The answer to the first is on its way still.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(box, "_ask", lambda: None)
        type_text(box, "1234")
        press(box.box, Qt.Key.Key_Return)
    box.box.selectAll()
    _type(box, "قفل")
    assert not busy.window.is_locked
    assert busy.window.commanding.box is box
    assert busy.page is page


@pytest.mark.slow
def test_an_act_of_a_page_that_was_arranged_anew_is_done_or_said_to_be_gone(busy: Office) -> None:
    case = cases.unpaid(busy.crew)
    page = busy.go(places.Case(case.case_id))
    assert isinstance(page, CasePage)

    box = _open(busy)
    # A round comes.
    page.arrange()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    _type(box, "انصراف متقاضی")
    press(box.box, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.form is not None
    main = page_acts(page)[0]
    page.close_act()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    main.do()
    assert busy.window.frame is not None
    assert "دیگر در این صفحه نیست" in busy.window.frame.toast.words.text()


@pytest.mark.slow
def test_ctrl_k_closes_it_too_and_a_click_in_the_header_opens_it(busy: Office) -> None:
    box = _open(busy)
    press(busy.window, Qt.Key.Key_K, _CONTROL)
    assert not box.isVisible()
    frame = busy.window.frame
    assert frame is not None
    click(frame.search)
    assert box.isVisible()
    assert box.box.hasFocus()


@pytest.mark.slow
def test_empty_it_shows_what_was_opened_last_and_the_acts_of_the_page(busy: Office) -> None:
    case = _cases(busy)[0]
    busy.go(places.Case(case.case_id))
    busy.go(places.Form("no-violation"))
    busy.go(places.Queue())
    QApplication.processEvents()
    box = _open(busy)
    assert _headings(box) == ["تازه‌ترین‌ها", "کارها"]
    # Nobody is named in it yet: its state tells it from the service itself.
    assert "گواهی عدم خلاف، پیش‌نویس" in _words(box)
    assert any(case.applicant in words for words in _words(box)[:5])
    bar = busy.page.bar
    assert bar is not None
    assert bar.main is not None
    assert bar.main.text() in _words(box)


@pytest.mark.long
def test_another_person_does_not_see_what_the_last_one_opened(busy: Office) -> None:
    busy.go(places.Case(_cases(busy)[0].case_id))
    busy.window.lock()
    busy.sit(Role.MANAGER)
    assert _headings(_open(busy)) == ["کارها"]


@pytest.mark.slow
def test_nothing_found_says_so_and_f3_goes_on_in_the_search(busy: Office) -> None:
    box = _open(busy)
    _type(box, "قفطذژ")
    assert box.rows == []
    told = [label.words() for label in box.findChildren(Label) if "قفطذژ" in label.words()]
    assert told == [f"چیزی با «{isolate('قفطذژ')}» نیست. در همهٔ پرونده‌ها بگردید"]
    press(box, Qt.Key.Key_F3)
    assert busy.page.place == places.Search("قفطذژ", typing=True)


@pytest.mark.long
def test_what_stamps_is_only_gone_to(busy: Office) -> None:
    busy.sit(Role.MANAGER)
    case_id = next(c.case_id for c in _cases(busy) if c.state is State.ISSUED)
    page = busy.go(places.Letter(case_id))
    assert isinstance(page, LetterPage)
    line = page.panel.release.password
    line.set_value(PASSWORD)
    page.setFocus()
    box = _open(busy)
    _type(box, "مهر")
    row = next(row for row in box.rows if row.hit.words == "تأیید، مهر و چاپ")
    row.click()
    QApplication.processEvents()
    focus: QWidget | None = QApplication.focusWidget()
    assert isinstance(focus, PasswordLine)
    assert page.now is not None
    assert page.now.held.release is None


@pytest.mark.long
def test_a_supervisor_finds_the_cases_of_all_offices(busy: Office) -> None:
    case = _cases(busy)[0]
    busy.sit(Role.SUPERVISOR)
    box = _open(busy)
    _type(box, case.applicant)
    row = next(row for row in box.rows if case.applicant in row.hit.words)
    row.click()
    assert busy.page.place == places.MunicipalCase(case.case_id)


@pytest.mark.slow
def test_without_a_line_the_rest_is_found_and_it_says_why_cases_are_not(
    busy: Office, qtbot: QtBot
) -> None:
    busy.sit(Role.SUPERVISOR)
    box = _open(busy)
    with pytest.MonkeyPatch.context() as cut:
        cut.setattr("desktop.ui.pages.search.parts.find", _no_line)
        _type(box, "کارتابل")
        assert "کارتابل ناظر" in _words(box)

        def told() -> bool:
            labels = box.findChildren(Label)
            return any("خط" in label.words() for label in labels if label.isVisible())

        qtbot.waitUntil(told)


def _no_line(*_: object) -> None:
    raise LineDown


@pytest.mark.slow
def test_locked_nothing_opens(busy: Office) -> None:
    _open(busy)
    busy.window.lock()
    press(busy.window, Qt.Key.Key_K, _CONTROL)
    assert busy.window.commanding.box is None
    busy.sit(Role.CLERK)
    assert busy.window.commanding.box is None


def test_the_letters_typed_are_marked_whatever_their_form() -> None:
    assert found.marks("کارتابل من", "كار") == [(0, 3)]
    assert found.marks("پیش‌نویس", "پیشنویس") == [(0, 8)]
    assert found.marks("پایان کار", "کار پایان") == [(6, 3), (0, 5)]
    assert found.marks("خانه", "کار") == []


@pytest.mark.parametrize("zoom", [100, 150, 160])
@pytest.mark.long
def test_nothing_is_cut(busy: Office, qtbot: QtBot, zoom: int) -> None:
    busy.window.set_look(Look(Theme.LIGHT, zoom, motion=False))
    QApplication.processEvents()
    box = _open(busy)
    for words in ("", "کار", "قفطذژ"):
        box.box.clear()
        _type(box, words)
        qtbot.waitUntil(lambda: find_problems(box) == [])
        frame = busy.window.frame
        assert frame is not None
        assert frame.rect().contains(box.geometry())
