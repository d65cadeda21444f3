"""The first start of a desk, at the keyboard: each step, and each way in which it fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.actions.joining import Joined
from desktop.centre import enrolling
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Why
from desktop.trial.played_joining import (
    ADDRESS,
    CODE,
    JOINED,
    PASSWORD,
    REACHED,
    WORDS,
    PlayedJoining,
)
from desktop.ui import printing
from desktop.ui.pages.wizard import words as say
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.told.banner import Banner
from tests.ui.keyboard import paste
from tests.ui.pages.seeing import faults
from tests.ui.pages.wizard_hands import Desk, opened

_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = opened(qtbot, PlayedJoining())
    yield made
    made.window.close()
    made.work.close()


def shown(desk: Desk) -> list[str]:
    banners = desk.wizard.findChildren(Banner)
    return [banner.accessibleName() for banner in banners if banner.isVisible()]


@pytest.mark.slow
def test_from_the_address_to_the_beginning_by_keys_alone(desk: Desk) -> None:
    assert desk.main_words() == "وصل شدن به مرکز"
    desk.to_code()
    assert desk.step() == 2
    assert "شهرداری یزد پاسخ داد" in desk.wizard.address.found.text()
    assert desk.window.status.sync.text() == "متصل به مرکز"
    desk.key(Qt.Key.Key_Space)
    assert desk.main_words() == "سپردن رایانه به دفتر"
    desk.type(CODE)
    desk.main()
    assert desk.step() == 3
    assert desk.wizard.code.found.text() == "دفتر پیشخوان ۲۱، باجهٔ ۲"
    desk.type(PASSWORD)
    desk.key(Qt.Key.Key_Return)
    desk.type(PASSWORD)
    desk.key(Qt.Key.Key_Return)
    assert desk.step() == 4
    assert desk.main_words() == "چاپ برگ آزمایشی"
    desk.main()
    assert len(desk.printed) == 1
    assert desk.printed[0].startswith(b"%PDF")
    desk.key(Qt.Key.Key_1)
    assert desk.main_words() == "آغاز کار"
    desk.main()
    assert desk.begun == 1
    assert desk.window.door_part is desk.window.sign_in
    assert [asked[0] for asked in desk.joining.asked] == ["reach", "join", "password", "begin"]
    assert desk.joining.asked[1] == ("join", "74182K5M")
    assert desk.joining.asked[2] == ("password", PASSWORD, "")


# The address.


@pytest.mark.slow
def test_when_the_centre_answered_stands_beside_the_address_at_every_later_step(
    desk: Desk,
) -> None:
    moment = datetime(2026, 11, 24, 7, 22, tzinfo=UTC)
    desk.wizard.now = lambda: moment
    desk.to_code()
    told = desk.wizard.address.found.text()
    assert told == "شهرداری یزد پاسخ داد، ۱۰:۵۲"
    desk.wizard.now = lambda: moment + timedelta(minutes=9)
    desk.key(Qt.Key.Key_Space)
    desk.type(CODE)
    desk.main()
    assert desk.step() == 3
    assert desk.wizard.address.found.text() == told


def test_without_an_address_it_says_so_and_stays(desk: Desk) -> None:
    desk.main()
    assert desk.wizard.address.field.error() == say.NO_ADDRESS
    assert desk.joining.asked == []


@pytest.mark.slow
@pytest.mark.parametrize("why", [Why.REFUSED, Why.TIMEOUT, Why.CUT, Why.NAME, Why.TLS, Why.PROXY])
def test_each_way_in_which_the_line_fails_is_said_beside_the_address(desk: Desk, why: Why) -> None:
    desk.joining.faults = [LineDown(why=why)]
    desk.to_code()
    assert desk.step() == 1
    assert desk.wizard.address.field.error() == say.DOWN[why]
    desk.main()
    assert desk.step() == 2, "the same key tries again"


def test_every_cause_of_a_cut_line_has_its_words_and_whom_to_call_its_number() -> None:
    for words in (*say.DOWN.values(), say.NOT_THE_SAME):
        assert ("تماس بگیرید" in words) is ("شمارهٔ او روی برگ راه‌اندازی است" in words)
    over_the_line = {why for why in Why if not why.stops} - {
        Why.BROKEN,
        Why.CLOCK,
        Why.UNSIGNED,
        Why.STRANGE,
    }
    assert set(say.DOWN) == over_the_line


def test_a_refused_address_is_told_in_the_centres_words(desk: Desk) -> None:
    desk.joining.faults = [Refusal("نشانی باید نام یا عدد باشد.", field="address")]
    desk.to_code()
    assert desk.wizard.address.field.error() == "نشانی باید نام یا عدد باشد."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("off_s", "words"),
    [
        (720, "ساعت این رایانه ۱۲ دقیقه جلوتر از مرکز است؛ آن را تنظیم کنید و دوباره وصل شوید."),
        (-10_800, "ساعت این رایانه ۳ ساعت عقب‌تر از مرکز است؛ آن را تنظیم کنید و دوباره وصل شوید."),
        (299, ""),
    ],
)
def test_a_clock_that_is_wrong_is_put_right_first(desk: Desk, off_s: int, words: str) -> None:
    desk.joining.reached = replace(REACHED, clock_off_s=off_s)
    desk.to_code()
    part = desk.wizard.address
    assert (part.clock.accessibleName() if part.clock.isVisible() else "") == words
    assert not part.field.error(), "the address is right"
    assert desk.step() == (1 if words else 2)


@pytest.mark.slow
def test_the_address_stays_over_a_restart_and_nothing_secret_does(desk: Desk, qtbot: QtBot) -> None:
    desk.to_printer()
    again = opened(qtbot, PlayedJoining())
    assert again.wizard.address.line.value() == ADDRESS
    assert again.wizard.code.boxes.value() == ""
    assert again.wizard.password.password.value() == ""
    again.window.close()
    again.work.close()


# The words and the code.


@pytest.mark.slow
def test_the_six_words_are_numbered_and_ticked_before_the_code(desk: Desk) -> None:
    desk.to_code()
    assert desk.wizard.code._words.accessibleName() == "، ".join(WORDS)
    desk.main()
    assert desk.wizard.code._same.error() == say.NO_TICK
    assert desk.wizard.code.same.hasFocus()
    desk.key(Qt.Key.Key_Space)
    assert desk.wizard.code.boxes.boxes[0].hasFocus()
    desk.main()
    assert desk.wizard.code.field.error() == "۸ نویسهٔ کد مانده است."


@pytest.mark.slow
def test_a_centre_in_the_same_machine_has_no_words_to_compare(desk: Desk) -> None:
    desk.joining.reached = replace(REACHED, words=(), trusted=True)
    desk.to_code()
    assert not desk.wizard.code.same.isVisible()
    assert not desk.wizard.code.differs.isVisible()
    desk.type(CODE)
    desk.main()
    assert desk.step() == 3


@pytest.mark.slow
def test_words_that_differ_stop_it(desk: Desk) -> None:
    desk.to_code()
    told: list[str] = []
    desk.wizard.told.connect(told.append)
    desk.wizard.code.differs.setFocus()
    desk.key(Qt.Key.Key_Return)
    assert say.NOT_THE_SAME in shown(desk)
    assert told == [""], "nothing says that the centre was reached"
    assert not desk.wizard.code.boxes.isVisible()
    assert desk.main_words() == "بازگشت به نشانی"
    desk.main()
    assert desk.step() == 1
    desk.main()
    assert not desk.wizard.code.same.value(), "they are compared anew"
    assert desk.wizard.code.boxes.isVisible()


@pytest.mark.slow
def test_the_code_goes_on_by_itself_and_backspace_goes_back(desk: Desk) -> None:
    desk.to_code()
    desk.key(Qt.Key.Key_Space)
    boxes = desk.wizard.code.boxes
    desk.type("74-1 8")
    assert boxes.value() == "7418"
    assert boxes.boxes[4].hasFocus()
    assert boxes.boxes[0].text() == "۷"
    desk.key(Qt.Key.Key_Backspace)
    desk.key(Qt.Key.Key_Backspace)
    assert boxes.value() == "741"
    assert boxes.boxes[3].hasFocus()
    left = boxes.boxes[0].x() < boxes.boxes[7].x()
    assert left, "left to right"


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["7418-2K5M", "۷۴۱۸ ۲k5m", " 74182k5m\n"])
def test_a_pasted_code_fills_all_boxes(desk: Desk, typed: str) -> None:
    desk.to_code()
    desk.key(Qt.Key.Key_Space)
    paste(desk.window, typed)
    assert desk.wizard.code.boxes.value() == "74182K5M"


@pytest.mark.slow
def test_letters_of_the_persian_layout_are_those_of_their_keys(desk: Desk) -> None:
    desk.to_code()
    desk.key(Qt.Key.Key_Space)
    desk.type("ن۷ش!")
    assert desk.wizard.code.boxes.value() == "K7A"
    assert desk.wizard.code.field.fault.words.text() == "کد تنها رقم و حرف لاتین دارد."


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        enrolling.wrong_words(4),
        enrolling.wrong_words(0),
        enrolling.EXPIRED,
        enrolling.SPENT,
    ],
)
def test_a_refused_code_stays_and_the_centres_words_stand_under_it(desk: Desk, words: str) -> None:
    desk.to_code()
    desk.joining.faults = [Refusal(words, field="code")]
    desk.key(Qt.Key.Key_Space)
    desk.type(CODE)
    desk.main()
    assert desk.wizard.code.field.error() == words
    assert desk.wizard.code.boxes.value() == "74182K5M"
    assert desk.wizard.code.boxes.boxes[0].hasFocus()


@pytest.mark.slow
def test_a_line_that_is_cut_at_the_code_is_said_there(desk: Desk) -> None:
    desk.to_code()
    desk.joining.faults = [LineDown(why=Why.CUT)]
    desk.key(Qt.Key.Key_Space)
    desk.type(CODE)
    desk.main()
    assert desk.wizard.code.field.error() == say.DOWN[Why.CUT]
    desk.main()
    assert desk.step() == 3


# The password.


@pytest.mark.parametrize(
    ("first", "second", "key", "begins"),
    [
        ("", "", "password", "گذرواژه را بنویسید"),
        ("abc12", "abc12", "password", "گذرواژه دست‌کم ۸ نویسه"),
        ("11111111", "11111111", "password", "این گذرواژه را همه"),
        (PASSWORD, "kharazmi-84", "password_again", "با نوشتهٔ نخست یکی نیست"),
    ],
)
@pytest.mark.slow
def test_a_password_that_will_not_do(
    desk: Desk, first: str, second: str, key: str, begins: str
) -> None:
    desk.to_password()
    desk.type(first)
    desk.key(Qt.Key.Key_Return)
    desk.type(second)
    desk.main()
    assert desk.step() == 3
    assert (desk.wizard.password.fields[key].error() or "").startswith(begins)
    assert ("password", first, "") not in desk.joining.asked


@pytest.mark.long
def test_where_the_keyring_turns_out_locked_a_passphrase_is_asked_then(desk: Desk) -> None:
    desk.to_password()
    fields = desk.wizard.password.fields
    assert not fields["passphrase"].isVisible()
    desk.joining.faults = [Refusal("دسته‌کلید نپذیرفت.", field="passphrase")]
    desk.type(PASSWORD)
    desk.key(Qt.Key.Key_Return)
    desk.type(PASSWORD)
    desk.key(Qt.Key.Key_Return)
    assert fields["passphrase"].isVisible()
    assert fields["passphrase_again"].isVisible()
    assert fields["passphrase"].error() == "دسته‌کلید نپذیرفت."
    # The keys are there, and the password is not asked for again.
    desk.type("three-windows-4")
    desk.key(Qt.Key.Key_Return)
    desk.type("three-windows-4")
    desk.key(Qt.Key.Key_Return)
    assert desk.joining.asked[-1] == ("password", PASSWORD, "three-windows-4")
    assert desk.step() == 4


@pytest.mark.slow
def test_without_a_keyring_a_passphrase_is_asked_too(qtbot: QtBot) -> None:
    desk = opened(qtbot, PlayedJoining(phrase=True))
    desk.to_password()
    for words in (PASSWORD, PASSWORD, "سه پنجره رو به حیاط"):
        desk.type(words)
        desk.key(Qt.Key.Key_Return)
    desk.main()
    assert desk.wizard.password.fields["passphrase_again"].error() == say.NOT_TWICE
    desk.type("سه پنجره رو به حیاط")
    desk.main()
    assert desk.step() == 4
    assert desk.joining.asked[-1][0:2] == ("password", PASSWORD)
    assert desk.joining.asked[-1][2] != ""
    desk.window.close()
    desk.work.close()


@pytest.mark.slow
def test_a_password_that_was_refused_is_told_beside_it(desk: Desk) -> None:
    desk.to_password()
    desk.joining.faults = [Refusal("مرکز این گذرواژه را نپذیرفت."), LineDown(why=Why.TIMEOUT)]
    desk.type(PASSWORD)
    desk.key(Qt.Key.Key_Return)
    desk.type(PASSWORD)
    desk.main()
    field = desk.wizard.password.fields["password"]
    assert field.error() == "مرکز این گذرواژه را نپذیرفت."
    desk.main()
    assert field.error() == say.DOWN[Why.TIMEOUT]
    desk.main()
    assert desk.step() == 4


# The printer.


@pytest.mark.long
def test_a_page_that_came_out_wrong_says_what_to_do_and_is_printed_again(desk: Desk) -> None:
    desk.to_printer()
    desk.main()
    desk.key(Qt.Key.Key_2)
    assert say.BAD_PRINT in shown(desk)
    assert desk.main_words() == "چاپ برگ آزمایشی"
    desk.main()
    assert len(desk.printed) == 2


@pytest.mark.slow
def test_it_begins_only_once_it_was_said_how_the_page_came_out(desk: Desk) -> None:
    desk.to_printer()
    desk.main()
    assert desk.main_words() == "آغاز کار"
    desk.main()
    assert desk.begun == 0
    assert desk.wizard.printer.right.hasFocus()
    desk.key(Qt.Key.Key_Return)
    desk.main()
    assert desk.begun == 1


@pytest.mark.long
def test_later_begins_without_a_page(desk: Desk) -> None:
    desk.to_printer()
    later = next(b for b in desk.wizard.bar.findChildren(Button) if b.text() == "بعداً")
    later.setFocus()
    desk.key(Qt.Key.Key_Return)
    assert desk.begun == 1
    assert desk.printed == []


@pytest.mark.long
def test_no_printer_is_no_obstacle(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "printers", lambda: (printing.Printer(printing.PDF),))
    desk.to_printer()
    assert say.NO_PRINTER in shown(desk)
    assert desk.main_words() == "جست‌وجوی دوبارهٔ چاپگر"
    monkeypatch.undo()
    desk.main()
    assert desk.main_words() == "چاپ برگ آزمایشی"


@pytest.mark.long
def test_a_printer_that_takes_nothing_says_so_at_its_field(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refusal("چاپگر نپذیرفت؛ روشن بودن و کاغذ آن را ببینید.")

    monkeypatch.setattr(printing, "print_pdf", refuse)
    desk.to_printer()
    desk.main()
    assert desk.wizard.printer.field.error() == "چاپگر نپذیرفت؛ روشن بودن و کاغذ آن را ببینید."


@pytest.mark.slow
def test_a_folder_that_can_not_be_written_is_told_and_tried_again(desk: Desk) -> None:
    desk.to_printer()
    desk.main()
    desk.key(Qt.Key.Key_1)
    desk.joining.faults = [Refusal("در پوشهٔ برنامه نمی‌توان نوشت.")]
    desk.main()
    assert "در پوشهٔ برنامه نمی‌توان نوشت." in shown(desk)
    assert desk.begun == 0
    desk.main()
    assert desk.begun == 1


# Ways about.


@pytest.mark.slow
def test_esc_is_the_step_before_and_f9_the_sample_office(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F9)
    assert desk.samples == 1
    desk.key(Qt.Key.Key_Escape)
    assert desk.step() == 1
    desk.to_password()
    desk.key(Qt.Key.Key_Escape)
    assert desk.step() == 2
    desk.key(Qt.Key.Key_Escape)
    assert desk.step() == 1
    assert desk.wizard.address.line.value() == ADDRESS
    assert desk.wizard.address.line.hasFocus()


def test_f1_tells_of_the_field(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F1)
    panel = desk.window.helping.panel
    assert panel.isVisible()
    desk.window.helping.follow()
    assert panel.entry is not None
    assert panel.entry.title == "نشانی مرکز"
    desk.key(Qt.Key.Key_F1)
    assert not panel.isVisible()


@pytest.mark.slow
def test_there_is_no_rail_no_search_and_no_office_yet(desk: Desk) -> None:
    assert desk.window.frame is None
    desk.key(Qt.Key.Key_K, _CONTROL)
    assert desk.step() == 1
    assert desk.window.status.office.text() == "این رایانه هنوز به دفتری سپرده نشده است"
    desk.to_password()
    assert desk.window.status.office.text() == "دفتر پیشخوان ۲۱، باجهٔ ۲"


@pytest.mark.slow
def test_a_call_that_takes_long_can_be_given_up(qtbot: QtBot) -> None:
    joining = PlayedJoining(gate=threading.Event())
    desk = opened(qtbot, joining, serial=False)
    desk.type(ADDRESS)
    desk.main()
    qtbot.waitUntil(lambda: joining.asked == [("reach", ADDRESS)])
    desk.main()
    assert len(joining.asked) == 1, "once is enough"
    desk.key(Qt.Key.Key_Escape)
    assert desk.step() == 1
    assert joining.gate is not None
    joining.gate.set()
    qtbot.waitUntil(lambda: desk.work.idle)
    assert desk.step() == 1, "nothing is taken of what was given up"
    desk.main()
    qtbot.waitUntil(lambda: desk.step() == 2)
    desk.window.close()
    desk.work.close()


@pytest.mark.long
def test_a_code_that_was_spent_while_nobody_waited_is_spent(qtbot: QtBot) -> None:
    joining = PlayedJoining()
    desk = opened(qtbot, joining, serial=False)
    desk.type(ADDRESS)
    desk.main()
    qtbot.waitUntil(lambda: desk.step() == 2)
    joining.gate = threading.Event()
    desk.key(Qt.Key.Key_Space)
    desk.type(CODE)
    desk.main()
    qtbot.waitUntil(lambda: len(joining.asked) == 2)
    desk.key(Qt.Key.Key_Escape)
    joining.gate.set()
    qtbot.waitUntil(lambda: desk.step() == 3)
    assert desk.wizard.code.found.text().startswith(JOINED.office)
    desk.window.close()
    desk.work.close()


@pytest.mark.long
@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_nothing_is_cut_in_any_look(qtbot: QtBot, step: int) -> None:
    desk = opened(qtbot, PlayedJoining(phrase=True))
    if step > 1:
        desk.to_code()
    if step > 2:
        desk.key(Qt.Key.Key_Space)
        desk.type(CODE)
        desk.main()
    if step > 3:
        for _ in range(4):
            desk.type(PASSWORD)
            desk.key(Qt.Key.Key_Return)
        desk.main()
    assert desk.step() == step
    assert faults(desk) == []
    desk.joining.faults = [Refusal(say.down_words(Why.TLS))]
    desk.main()
    assert faults(desk) == []
    desk.key(Qt.Key.Key_F1)
    assert faults(desk) == []
    desk.window.close()
    desk.work.close()


@pytest.mark.slow
def test_a_desk_of_the_municipality_is_called_what_it_is(desk: Desk) -> None:
    desk.joining.joined = Joined("شهرداری یزد", "municipal", "municipality", 4, "سعید نوری")
    desk.to_password()
    assert desk.wizard.code.found.text() == "شهرداری یزد، میز ۴"
    assert desk.wizard.password.title.text() == "گذرواژهٔ کاربر شهرداری"


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_tab_goes_round_the_step_and_is_never_nowhere(desk: Desk, step: int) -> None:
    for go in (desk.to_code, desk.to_password, desk.to_printer)[step - 2 : step - 1]:
        go()
    assert desk.step() == step
    begun, seen = QApplication.focusWidget(), set()
    for _ in range(40):
        desk.key(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        assert focus.accessibleName(), focus
        seen.add(focus)
    assert begun in seen
    assert desk.wizard.bar.main in seen
    for part in desk.wizard.parts:
        if part is not desk.wizard.parts[step - 1]:
            inside = [each for each in seen if part.inside.isAncestorOf(each)]
            assert inside == []


@pytest.mark.slow
def test_every_widget_that_takes_the_focus_has_a_name(desk: Desk) -> None:
    desk.to_printer()
    for line in desk.wizard.findChildren(QLineEdit):
        assert line.accessibleName()
