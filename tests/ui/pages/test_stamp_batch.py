"""A batch of letters by keyboard: one password, printing in turn, and all that can go wrong."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import batch, board, letters, second_looks
from desktop.actions.desk import Seat
from desktop.actions.stamping import Chosen, ListedLetter, Lock
from desktop.demo import following
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain import facts as f
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate
from desktop.ui import places, printing
from desktop.ui.pages.stamping.batch import BatchPage
from desktop.ui.pages.stamping.batch_steps import AskPrint
from desktop.ui.pages.stamping.batch_words import fate_cell
from desktop.ui.pages.stamping.home import ManagerHome
from desktop.ui.standing.telling import LogCase, tell
from desktop.ui.work import EVERYTHING, Steps
from desktop.wire.canon import content_hash
from tests.houses import Filling
from tests.ui.keyboard import press, type_text
from tests.ui.pages.cases import Line
from tests.ui.pages.conftest import Office, opened_office
from tests.ui.pages.paper_hands import confirm, key, main_words
from tests.ui.pages.seeing import faults, wake
from tests.ui.pages.stamping_hands import (
    batch_of,
    fates,
    give_password,
    held,
    home_of,
    letters_waiting,
    open_batch,
    waiting,
)
from tests.ui.spooler import PRINTER, Spooler

Key = Qt.Key
# Only a test that hangs waits so long, ms: how fast a busy machine is says nothing of the program.
_LONG = 300_000
pytestmark = pytest.mark.slow


@pytest.fixture
def filling() -> Filling:
    return letters_waiting


def releases(office: Office, chosen: Chosen) -> list[f.LetterReleased]:
    """What the records tell of its stamp."""
    told = board.look(office.crew.manager.desk, chosen.case_id).confirmed
    stamps = [x.payload for x in told if isinstance(x.payload, f.LetterReleased)]
    return [x for x in stamps if x.letter_id == chosen.letter_id]


def letter_at(home: ManagerHome, row: int) -> ListedLetter:
    """The letter of that row of the list."""
    found = home.rows.at(row)
    assert found is not None
    return found


def test_six_letters_under_one_password_are_on_paper_in_turn(
    office: Office, spooler: Spooler
) -> None:
    page = open_batch(office, 6)
    assert main_words(page) == "تأیید، مهر و چاپ ۶ نامه"
    assert page.panel.ask_stamp.password.hasFocus()
    assert page.panel.print_card.detail.words().startswith(f"چاپگر {isolate(PRINTER)}، یک نسخه")
    assert AskPrint().where() == printing.LOOKING
    give_password(office)
    assert fates(page) == ["printed"] * 6
    papers = [content_hash(paper) for paper in spooler.jobs()]
    assert papers == [held(office, chosen).sha256 for chosen in page.place.letters]
    for chosen in page.place.letters:
        (stamp,) = releases(office, chosen)
        assert stamp.release.by == "محمد زارع"
        assert not stamp.unseen
        assert held(office, chosen).copies == 1
    # The password is for this batch alone, never for the next.
    assert page.panel.ask_stamp.password.text() == ""
    rest = len(waiting(office))
    assert rest
    assert "نامهٔ باقی‌مانده" in main_words(page)
    confirm(office)
    assert home_of(office).rows.model.rowCount() == rest


@pytest.mark.long
def test_a_wrong_password_stamps_nothing(office: Office, spooler: Spooler) -> None:
    page = open_batch(office, 3)
    confirm(office)
    assert page.panel.ask_stamp.field.error() == "گذرواژهٔ خود را وارد کنید."
    give_password(office, "نادرست")
    assert page.panel.ask_stamp.field.error() == "گذرواژه درست نیست؛ هیچ نامه‌ای مهر نشد."
    assert fates(page) == ["to-stamp"] * 3
    assert spooler.jobs() == []
    # What was typed wrong is chosen: the right one is typed over it.
    give_password(office)
    assert fates(page) == ["printed"] * 3


@pytest.mark.long
def test_the_password_is_gone_before_the_first_letter_is_stamped(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_batch(office, 2)
    begun: list[Steps] = []
    flow, stamp = page.flow, letters.stamp
    held_then: list[object] = []

    def noting(steps: Steps) -> None:
        begun.append(steps)
        flow(steps)

    def looking(*given: object, **named: object) -> None:
        held_then.extend(inspect.getcoroutinelocals(begun[0]).values())
        stamp(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(page, "flow", noting)
    monkeypatch.setattr(letters, "stamp", looking)
    give_password(office)
    assert fates(page) == ["printed"] * 2
    assert held_then
    assert PASSWORD not in held_then


def test_a_password_that_was_typed_and_not_given_is_gone_when_the_page_is_locked(
    office: Office, spooler: Spooler
) -> None:
    page = open_batch(office, 2, seen=False)
    type_text(office.window, PASSWORD)
    page.panel.ask_stamp.agree.set_value(value=True)
    assert page.panel.ask_stamp.password.text() == PASSWORD
    office.window.lock()
    assert page.panel.ask_stamp.password.text() == ""
    assert not page.panel.ask_stamp.agree.value()


@pytest.mark.long
def test_unseen_letters_are_asked_once_more_and_kept_so(office: Office, spooler: Spooler) -> None:
    page = open_batch(office, 2, seen=False)
    assert "۲ نامه را تا پایان ندیده‌اید" in page.panel.ask_stamp.unseen.words()
    give_password(office)
    assert fates(page) == ["to-stamp"] * 2
    assert page.panel.ask_stamp.agree.hasFocus()
    press(office.window, Key.Key_Space)
    confirm(office)
    assert fates(page) == ["printed"] * 2
    for chosen in page.place.letters:
        (stamp,) = releases(office, chosen)
        assert stamp.unseen
        assert "بدون مشاهدهٔ نامه" in tell(stamp, LogCase(None, {}, "")).detail
    assert "در سابقه ثبت شد" in page.panel.list_card.detail.words()


@pytest.mark.long
def test_one_voided_meanwhile_is_told_and_the_others_go_on(
    office: Office, spooler: Spooler
) -> None:
    page = open_batch(office, 4)
    gone = page.place.letters[1]
    manager = office.crew.manager
    following.void(manager, gone.case_id, gone.letter_id, "نام نادرست بود")
    office.house.office.sync()
    assert fates(page) == ["to-stamp", "refused", "to-stamp", "to-stamp"]
    give_password(office)
    assert fates(page) == ["printed", "refused", "printed", "printed"]
    assert fate_cell(page.in_order[1]).words == "مهر نشد: نامه ابطال شد"
    assert held(office, gone).release is None
    assert len(spooler.jobs()) == 3
    assert page._told is not None
    assert page._told.words.startswith("۱ نامه مهر نشد: ")


@pytest.mark.long
def test_one_that_changes_while_the_others_are_stamped_is_told(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_batch(office, 3)
    last = page.place.letters[2]
    stamp, manager = letters.stamp, office.crew.manager
    done: list[str] = []

    def voiding(*given: object, **named: object) -> None:
        """Another desk voids the third while the first is stamped."""
        stamp(*given, **named)  # type: ignore[arg-type]
        if not done:
            done.append("first")
            following.void(manager, last.case_id, last.letter_id, "دستور قضایی")

    monkeypatch.setattr(letters, "stamp", voiding)
    give_password(office)
    assert fates(page) == ["printed", "printed", "refused"]
    assert len(spooler.jobs()) == 2


@pytest.mark.long
def test_a_printer_that_takes_no_more_stops_there_and_goes_on_from_there(
    office: Office, spooler: Spooler
) -> None:
    page = open_batch(office, 5)
    spooler.break_after(3)
    give_password(office)
    assert fates(page) == ["printed", "printed", "printed", "failed", "ready"]
    assert page._told is not None
    assert "هر ۵ نامه مهر شده‌اند؛ ۳ نامه چاپ شده و ۲ نامه مانده است." in page._told.words
    assert main_words(page) == "ادامهٔ چاپ از ردیف ۴"
    assert page.table.row() == 3
    assert page.panel.ask_print._help.isVisible()
    # Still out of paper: the same again, and no letter is passed over.
    confirm(office)
    assert fates(page) == ["printed", "printed", "printed", "failed", "ready"]
    spooler.mend()
    confirm(office)
    assert fates(page) == ["printed"] * 5
    assert len({content_hash(paper) for paper in spooler.jobs()}) == len(spooler.jobs()) == 5
    assert all(held(office, chosen).copies == 1 for chosen in page.place.letters)


@pytest.mark.long
def test_later_they_wait_among_the_unprinted_ones(office: Office, spooler: Spooler) -> None:
    page = open_batch(office, 3)
    spooler.break_after(1)
    give_password(office)
    key(office, Key.Key_Escape)
    home = home_of(office)
    home.filters.chips["unprinted"].click()
    QApplication.processEvents()
    assert home.rows.model.rowCount() == 2
    press(office.window, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert main_words(home) == "چاپ ۲ نامه"
    spooler.mend()
    confirm(office)
    page = batch_of(office)
    # No password again: they are stamped.
    assert fates(page) == ["printed"] * 2
    assert len(spooler.jobs()) == 3
    confirm(office)
    assert home_of(office).empty.isVisible()


@pytest.mark.parametrize("stamped", [False, True])
@pytest.mark.long
def test_coming_back_shows_what_was_and_prints_only_when_asked(
    office: Office, spooler: Spooler, stamped: bool
) -> None:
    page = open_batch(office, 3)
    spooler.break_after(1)
    give_password(office)
    if stamped:
        # The two that are left, from the list of what is on no paper.
        key(office, Key.Key_Escape)
        home_of(office).filters.chips["unprinted"].click()
        QApplication.processEvents()
        press(office.window, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        confirm(office)
        page = batch_of(office)
    left = [each for each in page.in_order if each.fate.value != "printed"]
    page.open_letter()
    QApplication.processEvents()
    spooler.mend()
    # From the letter to its case, and back.
    key(office, Key.Key_Escape)
    key(office, Key.Key_Escape)
    back = batch_of(office)
    assert back is not page
    assert back.progress.isVisible()
    assert [each.chosen for each in back.in_order if each.fate.value != "printed"] == [
        each.chosen for each in left
    ]
    assert len(spooler.jobs()) == 1
    assert main_words(back).startswith("ادامهٔ چاپ از ردیف")
    confirm(office)
    assert set(fates(back)) == {"printed"}
    assert len(spooler.jobs()) == 3


@pytest.mark.long
def test_only_the_stamp_leaves_the_paper_for_later(office: Office, spooler: Spooler) -> None:
    page = open_batch(office, 2)
    type_text(office.window, PASSWORD)
    page.stamp(print_too=False)
    QApplication.processEvents()
    assert fates(page) == ["ready"] * 2
    assert spooler.jobs() == []
    assert page._told is not None
    assert "۲ نامه در «چاپ‌نشده» است" in page._told.words


@pytest.mark.long
def test_without_a_line_they_wait_and_nothing_is_printed_before_the_centre_agreed(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(monkeypatch)
    page = open_batch(office, 3)
    line.cut = True
    give_password(office)
    assert fates(page) == ["sending"] * 3
    assert spooler.jobs() == []
    assert page._told is not None
    assert page._told.words == "خط قطع است؛ ۳ نامه مهر شد و پس از تأیید مرکز چاپ می‌شود."
    line.cut = False
    office.house.office.bell.ring()
    assert fates(page) == ["printed"] * 3
    assert len(spooler.jobs()) == 3


@pytest.mark.long
def test_a_stamp_that_the_centre_refuses_is_told_in_its_row(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The supervisor returned the letter while the line was down."""
    line = Line(monkeypatch)
    page = open_batch(office, 2)
    first = page.place.letters[0]
    line.cut = True
    give_password(office)
    line.cut = False
    case = case_now(office.crew.clerk, first.case_id)
    second_looks.look_again(office.crew.supervisor, case, right=False, comment="متراژ نادرست است")
    office.house.office.bell.ring()
    assert fates(page) == ["refused", "printed"]
    assert len(spooler.jobs()) == 1


def recall(office: Office, chosen: Chosen) -> None:
    """The supervisor looks at the stamped letter again, and this office hears of it."""
    case = case_now(office.crew.clerk, chosen.case_id)
    second_looks.look_again(office.crew.supervisor, case, right=False, comment="متراژ نادرست است")
    office.house.office.sync()


@pytest.mark.long
def test_one_recalled_while_the_batch_waits_for_the_line_is_not_printed(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(monkeypatch)
    page = open_batch(office, 2)
    first = page.place.letters[0]
    line.cut = True
    give_password(office)
    assert fates(page) == ["sending"] * 2
    line.cut = False
    office.house.office.sync()
    recall(office, first)
    page.refresh(EVERYTHING)
    QApplication.processEvents()
    assert fates(page) == ["refused", "printed"]
    assert held(office, first).copies == 0
    assert len(spooler.jobs()) == 1
    # It is stamped: what it did not get is paper.
    assert fate_cell(page.in_order[0]).words == "چاپ نشد: ابطال آن خواسته شده است"
    assert page._told is not None
    assert page._told.words.startswith("۱ نامه چاپ نشد: ")
    assert "۲ نامه مهر شده است" in page.panel.stamp_card.detail.words()


@pytest.mark.long
def test_one_recalled_while_the_sheet_before_is_printed_stops_no_other(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_batch(office, 3)
    send, second = printing.print_pdf, page.place.letters[1]

    def recalling(pdf: bytes, printer: str, title: str) -> None:
        send(pdf, printer, title)
        if len(spooler.jobs()) == 1:
            recall(office, second)

    monkeypatch.setattr(printing, "print_pdf", recalling)
    give_password(office)
    assert fates(page) == ["printed", "refused", "printed"]
    assert len(spooler.jobs()) == 2


@pytest.mark.long
def test_a_recalled_letter_is_not_among_those_to_be_printed(
    office: Office, spooler: Spooler
) -> None:
    page = open_batch(office, 3)
    spooler.break_after(1)
    give_password(office)
    gone = page.place.letters[2]
    key(office, Key.Key_Escape)
    home = home_of(office)
    home.filters.chips["unprinted"].click()
    QApplication.processEvents()
    press(office.window, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(home.chosen) == 2
    recall(office, gone)
    home.refresh(EVERYTHING)
    QApplication.processEvents()
    assert gone.letter_id not in home.chosen
    (row,) = (x for x in range(2) if letter_at(home, x).letter_id == gone.letter_id)
    assert letter_at(home, row).lock is Lock.RECALLED
    press(office.window, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    home.table.choose(row)
    key(office, Key.Key_Space)
    assert gone.letter_id not in home.chosen
    assert len(home.chosen) == 1
    assert home.bar is not None
    assert home.bar._sentence.words() == "ابطال آن خواسته شده است"
    spooler.mend()
    confirm(office)
    assert fates(batch_of(office)) == ["printed"]
    assert len(spooler.jobs()) == 2


@pytest.mark.long
def test_holding_the_printer_ends_after_the_sheet_on_its_way(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_batch(office, 3)
    send = printing.print_pdf

    def holding(pdf: bytes, printer: str, title: str) -> None:
        send(pdf, printer, title)
        page.hold()

    monkeypatch.setattr(printing, "print_pdf", holding)
    give_password(office)
    assert fates(page) == ["printed", "ready", "ready"]
    assert main_words(page) == "ادامهٔ چاپ از ردیف ۲"


@pytest.mark.long
def test_held_and_told_to_go_on_while_the_letters_are_looked_at_it_prints(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_batch(office, 3)
    look = batch.look

    def both_keys(seat: Seat, letters_: Sequence[Chosen]) -> list[batch.BatchLetter]:
        """«نگه داشتن چاپ» while the last letter is stamped, «ادامهٔ چاپ» before it is shown."""
        if len(letters_) == 3:
            page.hold()
            page.go_on()
        return look(seat, letters_)

    monkeypatch.setattr(batch, "look", both_keys)
    give_password(office)
    assert fates(page) == ["printed"] * 3
    assert len(spooler.jobs()) == 3


@pytest.mark.long
def test_a_printer_without_an_answer_is_asked_about_and_none_comes_twice(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_batch(office, 3)
    send = printing.print_pdf

    def silent(pdf: bytes, printer: str, title: str) -> None:
        send(pdf, printer, title)
        raise printing.NoAnswer("چاپگر پاسخ نمی‌دهد؛ کابل و روشن بودن آن را ببینید.")

    monkeypatch.setattr(printing, "print_pdf", silent)
    give_password(office)
    assert fates(page) == ["doubted", "ready", "ready"]
    monkeypatch.setattr(printing, "print_pdf", send)
    confirm(office)
    assert page.panel.ask_print.came.hasFocus()
    assert page.panel.ask_print.came.text() == "بله، از دوم"
    press(office.window, Key.Key_Return)
    QApplication.processEvents()
    assert fates(page) == ["printed"] * 3
    assert len(spooler.jobs()) == 3


def test_what_is_under_way_to_a_printer_is_never_sent_again(
    office: Office, spooler: Spooler
) -> None:
    (chosen,) = waiting(office)[:1]
    manager = office.crew.manager
    letters.release(manager, chosen.case_id, held(office, chosen).letter, PASSWORD)
    letters.begin_print(manager, chosen.case_id, held(office, chosen), PRINTER, "")
    with pytest.raises(Refusal, match="نخست بگویید"):
        letters.begin_print(manager, chosen.case_id, held(office, chosen), PRINTER, "")


@pytest.mark.long
def test_the_steps_fold_where_the_window_is_narrow(office: Office, spooler: Spooler) -> None:
    page = open_batch(office, 4, seen=False)
    assert faults(office) == []
    spooler.break_after(2)
    page.panel.ask_stamp.password.set_value(PASSWORD)
    page.panel.ask_stamp.agree.set_value(value=True)
    confirm(office)
    assert fates(page) == ["printed", "printed", "failed", "ready"]
    assert faults(office) == []
    key(office, Key.Key_Return)
    assert isinstance(office.page.place, places.Letter)


@pytest.mark.long
def test_pressed_again_and_again_while_it_works_each_letter_comes_once(
    tmp_path: Path, spooler: Spooler, qtbot: QtBot
) -> None:
    with opened_office(tmp_path / "desk", letters_waiting, serial=False) as office:
        # As a desk's day begins: the line is whole.
        office.house.office.sync()
        office.window.sign_in.choose("محمد زارع")
        office.window.sign_in.go()
        qtbot.waitUntil(lambda: not office.window.is_locked, timeout=_LONG)
        wake(office)
        chosen_four = tuple(waiting(office)[:4])
        page = office.go(places.StampBatch(chosen_four))
        assert isinstance(page, BatchPage)
        qtbot.waitUntil(lambda: len(page.letters) == 4, timeout=_LONG)
        page.panel.ask_stamp.password.set_value(PASSWORD)
        page.panel.ask_stamp.agree.set_value(value=True)

        def printed() -> bool:
            # An impatient hand; «نگه داشتن چاپ» and «ادامهٔ چاپ» in turn.
            if fates(page) != ["printed"] * 4:
                confirm(office)
                return False
            return True

        qtbot.waitUntil(printed, timeout=_LONG)
        assert len({content_hash(paper) for paper in spooler.jobs()}) == len(spooler.jobs()) == 4
        for chosen in chosen_four:
            assert len(releases(office, chosen)) == 1
