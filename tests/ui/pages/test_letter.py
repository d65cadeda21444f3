"""The letter page by keyboard: stamp, print, hand over, void, recall, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import delete

from desktop.actions import letters, second_looks
from desktop.actions.desk import OLD_PROGRAM, UNPROVEN
from desktop.demo.following import case_now, deliver, release
from desktop.demo.people import PASSWORD
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.store import ledger, meta
from desktop.store.tables import ReleaseKeyRow
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.letter.cards import CARD, INTRODUCTION
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.queue.page import QueuePage
from desktop.ui.palette import Theme
from desktop.ui.standing.case import headline_words
from desktop.ui.standing.chips import chip_of_case
from desktop.ui.standing.letter_facts import facts_of
from desktop.ui.standing.outcome import NOT_HANDED_OVER
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.told.chip import Chip
from desktop.ui.work import Changed
from desktop.wire.canon import content_hash
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.case_hands import unpaid
from tests.ui.pages.cases import Line
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import (
    banners,
    confirm,
    held,
    key,
    main_words,
    open_letter,
    open_outcome,
    settle,
)
from tests.ui.pages.seeing import faults, wake
from tests.ui.spooler import PRINTER, Spooler

Key = Qt.Key


def phase(page: LetterPage) -> str:
    assert page.now is not None
    return page.now.phase


def sees(widget: QWidget) -> bool:
    """Whether all of it shows."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def stamp_and_print(office: Office) -> None:
    type_text(office.window, PASSWORD)
    key(office, Key.Key_F8)


@pytest.mark.long
def test_who_may_not_stamp_reads_whose_turn_it_is(office: Office, spooler: Spooler) -> None:
    page = open_letter(office, cases.answered(office.crew), Role.CLERK)
    assert phase(page) == "theirs"
    assert not page.panel.release.password.isVisible()
    assert not page.panel.void_button.isVisible()
    assert main_words(page) == "پروندهٔ بعدی"
    key(office, Key.Key_F8)
    assert spooler.jobs() == []


@pytest.mark.slow
def test_the_whole_way_of_a_letter(office: Office, spooler: Spooler) -> None:
    case = cases.answered(office.crew)
    page = open_letter(office, case)
    proof = page.frame.pdf()
    assert page.panel.release.password.hasFocus()
    stamp_and_print(office)
    printed = held(office, case)
    assert printed.release is not None
    assert printed.release.by == "محمد زارع"
    (paper,) = spooler.jobs()
    assert content_hash(paper) == printed.sha256
    assert paper == page.frame.pdf() != proof
    assert (printed.copies, page.panel.hand.person_id.hasFocus()) == (1, True)
    party = case.request.party
    type_text(office.window, party.carrier_id or party.person_id)
    press(office.window, Key.Key_Return)
    press(office.window, Key.Key_Space)
    page.panel.hand.password.setFocus()
    type_text(office.window, PASSWORD)
    if party.kind.is_body:
        page.panel.hand.receiver.set_value("رضا خبیری")
    confirm(office)
    after = case_now(office.crew.clerk, case.case_id)
    assert (after.state, phase(page)) == (State.HANDED_OVER, "done")
    waits = places.Case(unpaid(office).case_id)
    confirm(office)
    assert office.page.place == waits


@pytest.mark.slow
def test_a_wrong_password_is_told_beside_it_and_nothing_is_stamped(
    office: Office, spooler: Spooler
) -> None:
    case = cases.answered(office.crew)
    page = open_letter(office, case)
    key(office, Key.Key_F8)
    assert page.panel.release.field.error() == "گذرواژهٔ خود را وارد کنید."
    type_text(office.window, "نادرست")
    assert page.panel.release.field.error() is None
    key(office, Key.Key_F8)
    assert page.panel.release.field.error()
    assert held(office, case).release is None
    assert spooler.jobs() == []
    # Another one takes its place, not its end.
    type_text(office.window, "دیگر")
    assert page.panel.release.password.text() == "دیگر"


@pytest.mark.long
def test_all_that_stands_beside_a_letter_is_in_sight_until_it_is_printed(
    office: Office, spooler: Spooler
) -> None:
    page = open_letter(office, cases.answered(office.crew))
    settle()
    assert sees(page.panel.void_button)
    assert not page.panel.hand.password.isVisible()
    stamp_and_print(office)
    settle()
    assert sees(page.panel.hand.password)


@pytest.mark.long
def test_only_the_stamp(office: Office, spooler: Spooler) -> None:
    case = cases.answered(office.crew)
    page = open_letter(office, case)
    page.panel.release.password.set_value(PASSWORD)
    page.release(print_too=False)
    QApplication.processEvents()
    assert held(office, case).release is not None
    assert spooler.jobs() == []
    assert main_words(page) == "چاپ نامه"
    key(office, Key.Key_F8)
    assert len(spooler.jobs()) == 1


@pytest.mark.long
def test_a_printer_that_fails_leaves_the_letter_to_be_printed_again(
    office: Office, spooler: Spooler
) -> None:
    case = cases.answered(office.crew)
    page = open_letter(office, case)
    spooler.break_down()
    stamp_and_print(office)
    assert any("نپذیرفت" in words for words in banners(office))
    assert held(office, case).copies == 0
    desk = office.crew.clerk.desk
    with desk.store.reading() as session:
        (tried,) = ledger.of_letter(session, held(office, case).letter.letter_id)
    assert tried.state is ledger.PrintState.FAILED
    spooler.mend()
    key(office, Key.Key_F8)
    assert held(office, case).copies == 1
    assert phase(page) == "hand"


@pytest.mark.long
def test_without_a_printer_nothing_is_stamped_in_vain(
    office: Office, spooler: Spooler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler.set_queues()
    monkeypatch.setenv("HOME", str(tmp_path))
    case = cases.answered(office.crew)
    open_letter(office, case)
    stamp_and_print(office)
    (kept,) = tmp_path.rglob("*.pdf")
    assert content_hash(kept.read_bytes()) == held(office, case).sha256


@pytest.mark.long
def test_without_a_line_the_proof_stays_and_it_prints_when_the_centre_has_agreed(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(monkeypatch)
    case = cases.answered(office.crew)
    page = open_letter(office, case)
    proof = page.frame.pdf()
    line.cut = True
    stamp_and_print(office)
    assert phase(page) == "waiting"
    assert page.frame.pdf() == proof
    assert spooler.jobs() == []
    line.cut = False
    office.house.office.bell.ring()
    assert phase(page) == "hand"
    assert spooler.jobs() == [page.frame.pdf()]


@pytest.mark.slow
def test_a_released_letter_prints_without_a_line(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(monkeypatch)
    case = cases.answered(office.crew)
    letters.release(office.crew.manager, case.case_id, held(office, case).letter, PASSWORD)
    line.cut = True
    page = open_letter(office, case, Role.CLERK)
    key(office, Key.Key_F8)
    assert len(spooler.jobs()) == 1
    assert phase(page) == "hand"


@pytest.mark.long
def test_a_further_copy_asks_why_and_is_another_file(office: Office, spooler: Spooler) -> None:
    case = cases.answered(office.crew)
    page = open_letter(office, case)
    stamp_and_print(office)
    key(office, Key.Key_F8)
    assert page.panel.print_card.reason.hasFocus()
    key(office, Key.Key_F8)
    assert page.panel.print_card.reason_field.error() == "دلیل چاپ نسخهٔ دیگر را بنویسید."
    type_text(office.window, "نسخهٔ نخست خیس شد")
    key(office, Key.Key_F8)
    # The copy is signed by who makes it.
    assert page.panel.print_card.password.hasFocus()
    type_text(office.window, "نادرست")
    key(office, Key.Key_F8)
    assert page.panel.print_card.fields()[-1].error() == "گذرواژه درست نیست."
    assert len(spooler.jobs()) == 1
    page.panel.print_card.password.selectAll()
    type_text(office.window, PASSWORD)
    key(office, Key.Key_F8)
    first, second = spooler.jobs()
    assert first != second
    assert held(office, case).copies == 2
    assert not page.panel.print_card.asked_again()
    assert page.panel.print_card.accessibleName().startswith("چاپ، انجام شد")


@pytest.mark.slow
def test_after_a_crash_it_asks_whether_paper_came_out(office: Office, spooler: Spooler) -> None:
    case = cases.answered(office.crew)
    manager = office.crew.manager
    letters.release(manager, case.case_id, held(office, case).letter, PASSWORD)
    letters.begin_print(manager, case.case_id, held(office, case), PRINTER, "")
    _start_again(office)
    page = open_letter(office, case)
    card = page.panel.print_card
    assert card.came.isVisible()
    key(office, Key.Key_F8)
    assert card.came.hasFocus()
    assert spooler.jobs() == []
    press(office.window, Key.Key_Return)
    assert held(office, case).copies == 1
    assert not card.came.isVisible()
    assert phase(page) == "hand"


@pytest.mark.slow
def test_paper_that_did_not_come_out_is_printed_again(office: Office, spooler: Spooler) -> None:
    case = cases.answered(office.crew)
    manager = office.crew.manager
    letters.release(manager, case.case_id, held(office, case).letter, PASSWORD)
    letters.begin_print(manager, case.case_id, held(office, case), PRINTER, "")
    _start_again(office)
    page = open_letter(office, case)
    page.panel.print_card.lost.click()
    QApplication.processEvents()
    assert held(office, case).copies == 0
    key(office, Key.Key_F8)
    assert held(office, case).copies == 1
    assert len(spooler.jobs()) == 1


def _start_again(office: Office) -> None:
    """What a start does with what was on its way to a printer when the program ended."""
    office.house.office.desk.store.write(ledger.doubt)


@pytest.mark.slow
def test_the_manager_voids_with_a_reason_and_a_password(office: Office) -> None:
    case = cases.answered(office.crew)
    page = open_letter(office, case)
    assert not marked(page)
    page.panel.void_button.click()
    card = page.panel.void_card
    assert card.reason.hasFocus()
    assert main_words(page) == "ابطال نامه"
    confirm(office)
    assert card.fields[0].error() == "دلیل ابطال را بنویسید."
    key(office, Key.Key_Escape)
    assert not card.isVisible()
    assert page.panel.void_button.isVisible()
    page.panel.void_button.click()
    type_text(office.window, "نام مالک نادرست بود")
    card.password.set_value("نادرست")
    card.witness_password.set_value(PASSWORD)
    confirm(office)
    assert card.fields[1].error()
    card.password.set_value(PASSWORD)
    # A colleague confirms it with a password of his own.
    card.witness_password.set_value("نادرست")
    confirm(office)
    assert card.second[1].error()
    card.witness_password.set_value(PASSWORD)
    confirm(office)
    after = case_now(office.crew.clerk, case.case_id)
    assert after.letter(held_id(case)).voided == "نام مالک نادرست بود"
    # The page begins anew: nothing said of the letter before stays above it.
    anew = office.page
    assert isinstance(anew, LetterPage)
    page = anew
    assert phase(page) == "ended"
    # Nothing is stamped, printed or handed over any more: those steps are gone.
    steps = (page.panel.issue, page.panel.release, page.panel.print_card, page.panel.hand)
    assert [step.isVisible() for step in steps] == [True, False, False, False]
    # What hangs on the screen says of itself that it is no longer in force.
    assert marked(page)
    assert not page.panel.void_button.isVisible()
    assert after.answer is not None
    key(office, Key.Key_F9)
    again = office.page
    assert isinstance(again, LetterPage)
    assert again.now is not None
    assert again.now.held == after.answer


def marked(page: LetterPage) -> bool:
    """Whether words stand across the letter."""
    seen = page.frame.grab().toImage()
    page.frame.set_mark("")
    return page.frame.grab().toImage() != seen


def held_id(case: Case) -> str:
    assert case.answer is not None
    return case.answer.letter.letter_id


@pytest.mark.long
def test_another_persons_id_is_not_taken_for_the_applicants(
    office: Office, spooler: Spooler
) -> None:
    case = cases.first(
        office.crew,
        "a person's answer",
        lambda c: c.answer is not None and not c.request.party.kind.is_body,
    )
    page = open_letter(office, case)
    stamp_and_print(office)
    hand = page.panel.hand
    type_text(office.window, "0012345679")
    hand.seen.set_value(("کارت ملی",))
    hand.password.set_value(PASSWORD)
    page.hand_over()
    assert hand.fields[1].error()
    assert held(office, case).handed_to == ""


@pytest.mark.long
def test_what_is_typed_stays_when_facts_come(office: Office) -> None:
    case = cases.answered(office.crew)
    page = open_letter(office, case)
    type_text(office.window, "نم")
    office.window.work.changed.emit(Changed(frozenset({case.case_id}), published=True, sync=True))
    assert page.panel.release.password.text() == "نم"
    assert page.panel.release.password.hasFocus()


@pytest.mark.long
def test_no_password_stays_on_a_page_that_is_locked(office: Office) -> None:
    page = open_letter(office, cases.answered(office.crew))
    panel = page.panel
    cards = (panel.release, panel.print_card, panel.hand, panel.void_card)
    for card in cards:
        card.password.set_value(PASSWORD)
    office.window.lock()
    assert [card.password.text() for card in cards] == [""] * 4


@pytest.mark.slow
def test_the_centres_signature_and_the_words_are_checked(office: Office) -> None:
    page = open_letter(office, cases.answered(office.crew))
    assert page.now is not None
    assert page.now.truth.signed
    assert page.now.truth.same_words


@pytest.mark.long
def test_a_letter_that_the_supervisor_recalls_is_not_handed_over(
    office: Office, spooler: Spooler
) -> None:
    case = cases.answered(office.crew)
    release(office.crew, case)
    deliver(office.crew, case_now(office.crew.clerk, case.case_id))
    second_looks.look_again(
        office.crew.supervisor,
        case_now(office.crew.clerk, case.case_id),
        right=False,
        comment="متراژ نادرست است",
    )
    office.house.office.sync()
    page = open_letter(office, case, Role.CLERK)
    assert phase(page) == "recalled"
    assert main_words(page) == "پروندهٔ بعدی"
    assert not page.panel.hand.receiver.isVisible()
    assert page.now is not None
    assert page.now.chip.words == chip_of_case(page.now.case).words == "ابطال خواسته شد"
    assert headline_words(page.now.case).words == "ناظر ابطال این نامه را خواسته است"
    # The strip over the letter promises nothing: no good news, no day until which it holds.
    assert [chip.look().words for chip in page.facts.findChildren(Chip)] == ["ابطال خواسته شد"]
    strip = {
        each.name: each.value
        for each in facts_of(page.now.case, page.now.held, page.now.standing.today)
    }
    assert strip["اعتبار"] == "قابل استفاده نیست؛ در انتظار ابطال"
    assert page.panel.hand.detail.words() == NOT_HANDED_OVER
    outcome = open_outcome(office, case)
    assert outcome.headline is not None
    assert outcome.headline.words.words() == "ناظر ابطال این نامه را خواسته است"
    assert main_words(outcome) == "دیدن نامه"
    assert NOT_HANDED_OVER in [each.words() for each in outcome.panel.findChildren(Label)]
    page = open_letter(office, case)
    # Its own page says it: no banner over it leads to where one is.
    assert not office.window.frame.recalled.isVisible()  # type: ignore[union-attr]
    assert any("متراژ نادرست است" in words for words in banners(office))
    assert main_words(page) == "ابطال نامه…"
    assert not page.panel.void_button.isVisible(), "the main key is that already"
    confirm(office)
    assert page.panel.void_card.reason.hasFocus()
    page.panel.void_card.reason.set_value("متراژ نادرست بود")
    page.panel.void_card.password.set_value(PASSWORD)
    page.panel.void_card.witness_password.set_value(PASSWORD)
    confirm(office)
    after = case_now(office.crew.clerk, case.case_id)
    assert case.answer is not None
    assert after.letter(case.answer.letter.letter_id).voided
    gone = office.page
    assert isinstance(gone, LetterPage)
    assert not gone.panel.hand.isVisible()
    # One sheet is out in the world.
    assert "نسخهٔ چاپ‌شده را پس بگیرید و باطل کنید" in gone.panel.print_card.detail.words()


@pytest.mark.long
def test_a_bodys_letter_goes_to_who_brings_its_introduction(
    office: Office, spooler: Spooler
) -> None:
    case = cases.first(
        office.crew,
        "a body's answer",
        lambda c: c.answer is not None and c.request.party.kind.is_body,
    )
    page = open_letter(office, case)
    stamp_and_print(office)
    hand = page.panel.hand
    # Others wait for the stamp, but this one's messenger stands here.
    assert main_words(page) == "نامهٔ بعدی برای مهر"
    bar = page.bar
    assert bar is not None
    next(b for b in bar.findChildren(Button) if b.text() == "تحویل نامه").click()
    QApplication.processEvents()
    assert main_words(page) == "تحویل نامه"
    assert hand.receiver.hasFocus()
    hand.receiver.set_value("رضا دهقان")
    hand.person_id.set_value("0012345679")
    hand.password.set_value(PASSWORD)
    hand.seen.set_value((CARD,))
    confirm(office)
    assert held(office, case).handed_to == ""
    assert hand.fields[2].error() == "معرفی‌نامهٔ مرجع را ببینید و علامت بزنید."
    hand.seen.set_value((CARD, INTRODUCTION))
    confirm(office)
    assert held(office, case).handed_to == "رضا دهقان"


@pytest.mark.long
def test_after_a_stamp_the_next_letter_to_stamp_is_one_key_away(
    office: Office, spooler: Spooler
) -> None:
    cases.first(office.crew, "two answers", two_answers())
    office.sit(Role.MANAGER)
    wake(office)
    office.go(places.Queue("issued"))
    confirm(office)
    page = office.page
    assert isinstance(page, LetterPage)
    first = page.now
    assert first is not None
    stamp_and_print(office)
    # Not on to the hand-over: nobody stands at a manager's desk for it.
    assert page.hasFocus()
    confirm(office)
    following = office.page
    assert isinstance(following, LetterPage)
    assert following.now is not None
    assert following.now.case.case_id != first.case.case_id
    assert following.panel.release.password.hasFocus()
    stamp_and_print(office)
    assert len(spooler.jobs()) == 2
    # Back in the list its filter holds, wherever one comes from.
    key(office, Key.Key_F4)
    queue = office.page
    assert isinstance(queue, QueuePage)
    assert queue.filters.chosen == "issued"


def two_answers() -> Callable[[Case], bool]:
    """The second case that is answered."""
    seen: list[str] = []

    def wanted(case: Case) -> bool:
        if case.answer is not None:
            seen.append(case.case_id)
        return len(seen) == 2

    return wanted


@pytest.mark.long
def test_the_letter_is_in_sight_while_the_password_is_typed_also_when_narrow(
    office: Office, spooler: Spooler
) -> None:
    page = open_letter(office, cases.answered(office.crew))
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    settle()
    assert page.frame.isVisible()
    assert page.facts.isVisible()
    assert page.panel.release.password.isVisible()
    page.panel.release.password.setFocus()
    stamp_and_print(office)
    assert len(spooler.jobs()) == 1
    office.window.set_look(Look(Theme.LIGHT, 100, motion=False))


@pytest.mark.long
def test_a_program_that_is_too_old_has_its_stamp_grey_and_says_why(office: Office) -> None:
    store, case = office.house.office.desk.store, cases.answered(office.crew)
    store.write(lambda session: meta.change(session, stopped="too-old"))
    page = open_letter(office, case)
    assert phase(page) == "theirs"
    assert not page.panel.release.password.isVisible()
    assert page.bar is not None
    (stamp,) = [b for b in page.bar.findChildren(Button) if b.text() == "تأیید و مهر"]
    assert not stamp.isEnabled()
    assert page.bar._sentence.words() == OLD_PROGRAM
    store.write(lambda session: meta.change(session, stopped=""))
    page.refresh(Changed(sync=True))
    QApplication.processEvents()
    assert phase(page) == "release"


@pytest.mark.long
def test_what_comes_over_it_never_pushes_what_is_typed_out_of_sight(
    office: Office, spooler: Spooler
) -> None:
    page = open_letter(office, cases.answered(office.crew))
    stamp_and_print(office)
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    settle()
    key(office, Qt.Key.Key_F7)
    page.panel.hand.password.setFocus()
    QTest.qWait(50)
    for rows in range(1, 5):
        page.panel.print_card.set_detail("یک سطر\n" * rows * 2)
        QTest.qWait(50)
        shown = page.panel.hand.password.visibleRegion().boundingRect()
        assert shown.size() == page.panel.hand.password.size()
    office.window.set_look(Look(Theme.LIGHT, 100, motion=False))


@pytest.mark.long
def test_a_stamp_that_no_kept_key_signed_is_told_and_offers_no_paper(office: Office) -> None:
    desk, case = office.house.office.desk, cases.answered(office.crew)
    desk.store.write(lambda session: session.execute(delete(ReleaseKeyRow)))
    release(office.crew, case)
    page = open_letter(office, case_now(office.crew.clerk, case.case_id))
    assert phase(page) == "theirs"
    assert page.bar is not None
    assert page.bar._sentence.words() == UNPROVEN
    words = {button.text(): button.isEnabled() for button in page.bar.findChildren(Button)}
    assert words["تأیید و مهر"] is False
    assert not any("چاپ" in each for each in words)
    (told,) = banners(office)
    assert "با کلید شناخته‌شدهٔ این شخص امضا نشده است" in told
    assert faults(office) == []
