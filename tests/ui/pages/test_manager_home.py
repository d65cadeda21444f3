"""The manager's home by keyboard: letters are seen, chosen, kept chosen, and told why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.actions import batch, intake, letters, stamping
from desktop.actions.desk import OLD_PROGRAM
from desktop.actions.stamping import Lock, Pile
from desktop.demo.filling import fill
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.demo.requests import requests
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.ui import places, theme
from desktop.ui.look import Look
from desktop.ui.pages.stamping.home import ManagerHome
from desktop.ui.palette import Theme
from desktop.ui.standing.letter_facts import kind_chip
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import EVERYTHING, Changed, Steps
from tests.houses import Filling, properties_on
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import banners, confirm, key, main_words, settle
from tests.ui.pages.seeing import faults, wake
from tests.ui.pages.stamping_hands import (
    at_home,
    batch_of,
    go_down,
    home_of,
    letters_waiting,
    read,
    waiting,
)

Key, Held = Qt.Key, Qt.KeyboardModifier
# Longer than a place that has the keys itself waits before its frame shows.
_RING_MS = 250


@pytest.fixture
def filling() -> Filling:
    return letters_waiting


def sentence(page: ManagerHome) -> str:
    assert page.bar is not None
    return page.bar._sentence.words()


@pytest.mark.slow
def test_the_first_letter_shows_beside_the_list_with_its_four_facts(office: Office) -> None:
    page = at_home(office)
    first = page.at
    assert first is not None
    assert page.table.hasFocus()
    assert page.letter.letter_id == first.letter_id
    assert page.letter.frame.pdf()
    assert [fact.name for fact in page.letter.facts._facts] == ["به نام", "ملک", "مبلغ", "اعتبار"]
    assert page.letter.facts._facts[0].value == to_persian_digits(first.row.applicant)
    go_down(office)
    second = page.at
    assert second is not None
    assert page.letter.letter_id == second.letter_id != first.letter_id


@pytest.mark.slow
def test_facts_stand_in_rows_and_a_banner_keeps_its_distance(office: Office) -> None:
    page = at_home(office)
    facts = page.letter.facts
    shown = {label.words(): label for label in facts.findChildren(Label) if label.isVisible()}
    for told in (
        [fact.name for fact in facts._facts],
        [fact.value for fact in facts._facts],
        [fact.detail for fact in facts._facts if fact.detail],
    ):
        assert len({shown[words].mapTo(facts, QPoint(0, 0)).y() for words in told}) == 1, told
    valid = shown[facts._facts[-1].value]
    assert valid.heightForWidth(valid.width()) == valid.heightForWidth(1000), "a day on one line"
    page.shell.tell("پاسخ ۱ درخواست رسید.")
    settle()
    banner = next(b for b in office.window.findChildren(Banner) if b.isVisible())
    below = banner.mapTo(office.window, QPoint(0, banner.height())).y()
    assert facts.mapTo(office.window, QPoint(0, 0)).y() - below >= theme.px(8)


@pytest.mark.long
def test_space_ticks_and_goes_down_and_the_ticks_are_there_again(office: Office) -> None:
    page = at_home(office)
    assert main_words(page) == "تأیید و مهر این نامه"
    for _ in range(3):
        key(office, Key.Key_Space)
    assert page.table.row() == 3
    assert main_words(page) == "تأیید و مهر ۳ نامه"
    chosen = list(page.chosen)
    key(office, Key.Key_F4)
    assert isinstance(office.page.place, places.Queue)
    key(office, Key.Key_Escape)
    page = home_of(office)
    assert list(page.chosen) == chosen
    assert main_words(page) == "تأیید و مهر ۳ نامه"
    page.table.choose(0)
    key(office, Key.Key_Space)
    assert main_words(page) == "تأیید و مهر ۲ نامه"


@pytest.mark.slow
def test_shift_with_an_arrow_ticks_letter_by_letter(office: Office) -> None:
    page = at_home(office)
    press(office.window, Key.Key_Down, Held.ShiftModifier)
    press(office.window, Key.Key_Down, Held.ShiftModifier)
    assert len(page.chosen) == 3
    assert page.table.row() == 2


@pytest.mark.slow
def test_a_letter_is_seen_after_two_seconds_with_its_last_line_in_view(office: Office) -> None:
    page = at_home(office)
    assert not page.letter.frame.end_in_view()
    page.letter.reading.stop()
    page.letter.reading.timeout.emit()
    assert page.at is not None
    assert not page.at.seen
    key(office, Key.Key_PageDown)
    assert page.letter.frame.end_in_view()
    assert page.at.seen
    # Kept for this person and day, wherever one has been meanwhile.
    key(office, Key.Key_F4)
    key(office, Key.Key_Escape)
    again = home_of(office).at
    assert again is not None
    assert again.seen


@pytest.mark.slow
def test_a_letter_that_cannot_be_shown_is_told_in_its_place_and_is_not_seen(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_home(office)
    shown, other = page.letter, waiting(office)[1]

    def broken(*_: object) -> bytes:
        raise Refusal("پروندهٔ این نامه خوانده نمی‌شود.")

    with monkeypatch.context() as stopped:
        stopped.setattr(letters, "proof", broken)
        go_down(office)
    # Of the letter before nothing stands there that could be taken for this one's.
    assert (shown.frame.pdf(), shown.letter_id, shown.facts.isVisible()) == (b"", "", False)
    assert shown.trouble.isVisible()
    assert "خوانده نمی‌شود" in shown.trouble.accessibleName()
    shown.reading.timeout.emit()
    assert page.at is not None
    assert page.at.chosen.letter_id == other.letter_id
    assert not page.at.seen
    key(office, Key.Key_Up)
    go_down(office)
    assert shown.letter_id == other.letter_id
    assert not shown.trouble.isVisible()


@pytest.mark.slow
def test_a_letter_that_is_only_passed_is_not_seen(office: Office) -> None:
    page = at_home(office)
    key(office, Key.Key_PageDown)
    assert page.letter.reading.isActive()
    go_down(office)
    assert page.letter.reading.isActive()
    page.letter.reading.stop()
    page.letter.reading.timeout.emit()
    # Two seconds of the first one's end say nothing of the second one.
    assert page.at is not None
    assert not page.at.seen


def two_seconds_pass(page: ManagerHome) -> None:
    """Where they are counted; nobody waits for them here."""
    if page.letter.reading.isActive():
        page.letter.reading.stop()
        page.letter.reading.timeout.emit()
    QApplication.processEvents()


def seen(page: ManagerHome) -> bool:
    assert page.at is not None
    return page.at.seen


@pytest.mark.slow
def test_a_letter_behind_the_door_is_not_seen_and_begins_anew_after_it(office: Office) -> None:
    page = at_home(office)
    office.window.lock()
    # What loads and scrolls on a page that nobody sees counts for nothing.
    page.letter.frame.page_down()
    page.refresh(EVERYTHING)
    two_seconds_pass(page)
    page.letter.reading.timeout.emit()
    assert not seen(page)
    office.sit(Role.MANAGER)
    wake(office)
    assert home_of(office) is page
    # The two seconds are asked for again, though the end is in view already.
    page.letter.frame.page_up()
    page.letter.frame.page_down()
    assert not seen(page)
    two_seconds_pass(page)
    assert seen(page)


@pytest.mark.long
def test_a_letter_that_comes_behind_the_door_is_read_after_it(office: Office) -> None:
    page = at_home(office)
    first = page.at
    assert first is not None
    office.window.lock()
    manager = office.crew.manager
    letter = case_now(manager, first.row.case_id).letter(first.letter_id).letter
    letters.release(manager, first.row.case_id, letter, PASSWORD)
    page.refresh(EVERYTHING)
    assert page.letter.letter_id != first.letter_id
    assert not page.letter.reading.isActive()
    office.sit(Role.MANAGER)
    wake(office)
    page.letter.frame.page_down()
    assert not seen(page)
    two_seconds_pass(page)
    assert seen(page)


@pytest.mark.long
def test_a_letter_behind_the_narrow_list_is_not_seen(office: Office) -> None:
    page = at_home(office)
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    QApplication.processEvents()
    while not page.letter.frame.end_in_view():
        key(office, Key.Key_PageDown)
    key(office, Key.Key_F7)
    assert not page.letter.isVisible()
    two_seconds_pass(page)
    page.letter.reading.timeout.emit()
    assert not seen(page)
    key(office, Key.Key_F7)
    two_seconds_pass(page)
    assert seen(page)
    office.window.set_look(Look(Theme.LIGHT, 100, motion=False))


@pytest.mark.long
def test_a_letter_made_too_small_to_be_read_was_not_seen(office: Office) -> None:
    page = at_home(office)
    frame = page.letter.frame
    while frame.is_wide or frame.legible:
        frame.zoom_by(-1)
        QApplication.processEvents()
    # All of it shows now, and nobody can read it.
    assert frame.end_in_view()
    two_seconds_pass(page)
    assert not seen(page)
    while not frame.legible:
        frame.zoom_by(1)
        QApplication.processEvents()
    while not frame.end_in_view():
        key(office, Key.Key_PageDown)
    two_seconds_pass(page)
    assert seen(page)


@pytest.mark.slow
def test_a_letter_read_while_the_list_comes_anew_is_seen(office: Office) -> None:
    page = at_home(office)
    page.letter.frame.page_down()
    page.rows.set_count(page.rows.model.rowCount())
    assert page.at is None
    two_seconds_pass(page)
    page.rows.model.data(page.rows.model.index(0, 0))
    QApplication.processEvents()
    assert seen(page)


@pytest.mark.slow
def test_ctrl_a_ticks_what_was_seen_and_never_a_letter_unread(office: Office) -> None:
    page = at_home(office)
    press(office.window, Key.Key_A, Held.ControlModifier)
    assert not page.chosen
    assert "ندیده‌اید" in sentence(page)
    read_ones = []
    for _ in range(2):
        read(office)
        assert page.at is not None
        read_ones.append(page.at.letter_id)
        go_down(office)
    press(office.window, Key.Key_A, Held.ControlModifier)
    assert sorted(page.chosen) == sorted(read_ones)
    assert sentence(page) == ""


def held_back(
    monkeypatch: pytest.MonkeyPatch, office: Office, ask: Callable[[], None]
) -> list[Callable[[], None]]:
    """The jobs that `ask` asks for; each is done when it is called."""
    work, jobs = office.window.work, list[Callable[[], None]]()
    with monkeypatch.context() as patch:
        run = work.run
        patch.setattr(work, "run", lambda *given: jobs.append(partial(run, *given)))
        ask()
    return jobs


@pytest.mark.long
def test_a_tick_set_or_taken_away_while_the_list_is_read_anew_stays_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_home(office)
    key(office, Key.Key_Space)
    key(office, Key.Key_Space)
    first, second = page.chosen
    jobs = held_back(monkeypatch, office, lambda: page.refresh(EVERYTHING))
    page.table.choose(0)
    key(office, Key.Key_Space)
    page.table.choose(2)
    key(office, Key.Key_Space)
    assert first not in page.chosen
    (third,) = page.chosen.keys() - {second}
    for job in jobs:
        job()
    QApplication.processEvents()
    assert list(page.chosen) == [second, third]


@pytest.mark.long
def test_a_ticked_letter_that_is_stamped_elsewhere_loses_its_tick(office: Office) -> None:
    page = at_home(office)
    key(office, Key.Key_Space)
    key(office, Key.Key_Space)
    first, second = page.chosen.values()
    manager = office.crew.manager
    letter = case_now(manager, first.case_id).letter(first.letter_id).letter
    letters.release(manager, first.case_id, letter, PASSWORD)
    page.refresh(EVERYTHING)
    QApplication.processEvents()
    assert list(page.chosen) == [second.letter_id]


@pytest.mark.slow
def test_a_tick_right_after_ctrl_a_is_not_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_home(office)
    read(office)
    assert page.at is not None
    read_one = page.at.letter_id
    began: list[Steps] = []
    with monkeypatch.context() as patch:
        patch.setattr(office.window.work, "flow", lambda _, steps: began.append(steps))
        press(office.window, Key.Key_A, Held.ControlModifier)
    (steps,) = began
    asked = steps.send(None)
    found = asked.do()
    page.table.choose(1)
    key(office, Key.Key_Space)
    (ticked,) = page.chosen
    with pytest.raises(StopIteration):
        steps.send(found)
    assert page.chosen.keys() == {read_one, ticked}


@pytest.mark.long
def test_f8_goes_to_the_next_letter_not_seen(office: Office) -> None:
    page = at_home(office)
    page.table.choose(1)
    read(office)
    page.table.choose(0)
    key(office, Key.Key_F8)
    assert page.table.row() == 2
    page.table.choose(page.rows.model.rowCount() - 1)
    key(office, Key.Key_F8)
    assert page.table.row() == 0


@pytest.mark.slow
def test_unseen_ones_are_told_beside_the_keys(office: Office) -> None:
    page = at_home(office)
    read(office)
    key(office, Key.Key_Space)
    key(office, Key.Key_Space)
    assert sentence(page) == "۱ نامهٔ برگزیده را تا پایان ندیده‌اید"


@pytest.mark.slow
def test_what_oneself_registered_has_a_lock_and_the_reason(office: Office) -> None:
    manager = office.crew.manager
    before = len(waiting(office))
    services, figures = intake.services(manager.desk), intake.figures(manager.desk)
    with manager.desk.store.reading() as session:
        today = manager.desk.today(session)
    source = requests(properties_on(today), services, figures, 99)
    own = ""
    while not own:
        service, asker = next(source)
        paid = intake.FeePayment("terminal", f"9{before}{service.code}"[:8])
        done = intake.register(manager, service, fill(service, asker, figures, today), paid)
        own = done.case_id if case_now(manager, done.case_id).answer is not None else ""
    page = at_home(office)
    piled = stamping.piled(manager, Pile.ALL, 0)
    rows = stamping.rows(manager, piled.listing, 0, piled.listing.count)
    (locked,) = (place for place, each in enumerate(rows) if each.row.case_id == own)
    assert rows[locked].lock is Lock.OWN
    page.table.choose(locked)
    key(office, Key.Key_Space)
    assert not page.chosen
    assert page.table.row() == locked
    assert sentence(page) == "ثبت‌کنندهٔ درخواست نمی‌تواند نامهٔ آن را مهر کند."
    confirm(office)
    assert home_of(office) is page


@pytest.mark.long
def test_filters_count_and_stay(office: Office) -> None:
    page = at_home(office)
    counts = stamping.piled(office.crew.manager, Pile.ALL, 0).counts
    assert counts[Pile.ALL] == len(waiting(office)) > 0
    parts = (Pile.ANSWERS, Pile.DEBTS, Pile.REFUSALS)
    assert counts[Pile.ALL] == sum(counts[part] for part in parts)
    # A certificate, and that there is no record, lie in one pile: no word for the one alone.
    chips = [kind_chip(LetterKind.ANSWER, unrecorded=missing) for missing in (True, False)]
    assert page.filters.chips[Pile.ANSWERS].text() not in [chip.words for chip in chips]
    page.filters.chips[Pile.UNPRINTED].click()
    QApplication.processEvents()
    assert page.empty.isVisible()
    assert main_words(page) == "کارتابل"
    key(office, Key.Key_F4)
    key(office, Key.Key_Escape)
    assert home_of(office).pile is Pile.UNPRINTED
    # At the next start it holds as well, unless the program has it no more.
    key(office, Key.Key_F4)
    office.window._remembered.clear()
    key(office, Key.Key_Escape)
    assert home_of(office).pile is Pile.UNPRINTED
    key(office, Key.Key_F4)
    office.window.remembered.choose_filter(places.ManagerHome, "gone")
    key(office, Key.Key_Escape)
    assert home_of(office).pile is Pile.ALL


@pytest.mark.long
def test_enter_opens_the_case_and_ctrl_enter_the_password(office: Office) -> None:
    page = at_home(office)
    first = page.at
    assert first is not None
    key(office, Key.Key_Return)
    assert office.page.place == places.Case(first.row.case_id)
    key(office, Key.Key_Escape)
    confirm(office)
    batch = batch_of(office)
    assert [chosen.letter_id for chosen in batch.place.letters] == [first.letter_id]
    assert batch.panel.ask_stamp.password.hasFocus()
    # Esc leads back, and nothing is stamped.
    key(office, Key.Key_Escape)
    assert home_of(office).at is not None


@pytest.mark.slow
def test_f2_opens_the_services_and_the_clerks_home_is_there(office: Office) -> None:
    at_home(office)
    key(office, Key.Key_F2)
    assert office.page.place == places.Home(choosing=True)


@pytest.mark.long
def test_narrow_the_letter_takes_the_place_and_f7_opens_the_list(office: Office) -> None:
    page = at_home(office)
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    QApplication.processEvents()
    assert page.letter.isVisible()
    assert not page.table.isVisible()
    key(office, Key.Key_Space)
    assert len(page.chosen) == 1
    key(office, Key.Key_F7)
    assert page.table.isVisible()
    assert not page.letter.isVisible()
    assert page.table.hasFocus()
    key(office, Key.Key_F7)
    assert page.letter.isVisible()
    page.letter.clearFocus()
    page.take_focus()
    QTest.qWait(_RING_MS)
    assert page.letter.ring.isVisible(), "the keys are here, and it is seen"
    office.window.set_look(Look(Theme.LIGHT, 100, motion=False))


@pytest.mark.long
def test_nothing_is_cut_at_home_nor_at_the_password(office: Office) -> None:
    at_home(office)
    key(office, Key.Key_Space)
    assert faults(office) == []
    confirm(office)
    batch_of(office)
    assert faults(office) == []


@pytest.mark.slow
def test_a_clerk_has_the_home_of_before(office: Office) -> None:
    office.sit(Role.CLERK)
    assert office.page.place == places.Home()
    assert banners(office) == []


@pytest.mark.long
def test_a_program_that_is_too_old_stamps_nothing_and_asks_for_no_password(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_home(office)
    key(office, Key.Key_Space)
    assert page.chosen
    monkeypatch.setattr("desktop.centre.clients.LEAST_CLIENT", "0.10.0")
    running = office.house.office
    running.round._greeted_at = None
    office.window.work.changed.emit(Changed.by(running.sync()))
    QApplication.processEvents()
    assert page.bar is not None
    (stamp,) = [b for b in page.bar.findChildren(Button) if b.text() == "تأیید و مهر این نامه"]
    assert not stamp.isEnabled()
    assert main_words(page) == "چه باید کرد؟"
    assert sentence(page) == OLD_PROGRAM
    assert [row.lock for row in listed(office)] == [Lock.OLD_PROGRAM] * len(listed(office))
    assert not page.chosen
    assert faults(office) == []
    confirm(office)
    entry = office.window.helping.panel.entry
    assert entry is not None
    assert entry.title == "برنامه قدیمی است"
    # Also where the password's page stood open already.
    with pytest.raises(Refusal, match="برنامه قدیمی است"):
        batch.open_batch(office.crew.manager, "گذرواژه‌ای دیگر")
    monkeypatch.undo()
    office.window.work.changed.emit(Changed.by(running.sync()))
    QApplication.processEvents()
    assert sentence(page) == ""
    assert main_words(page) == "تأیید و مهر این نامه"


def listed(office: Office) -> list[stamping.ListedLetter]:
    """All that wait for the stamp, whether they may be chosen or not."""
    manager = office.crew.manager
    piled = stamping.piled(manager, Pile.ALL, 0)
    return stamping.rows(manager, piled.listing, 0, piled.listing.count)
