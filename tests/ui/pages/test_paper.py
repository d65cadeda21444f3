"""A letter's paper at its page: a sheet that is no good, and more copies than the office prints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.actions import letters
from desktop.demo.following import case_now, release
from desktop.demo.people import PASSWORD
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.home.page import Home
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.recalls.forms import CopyAnswerForm
from desktop.ui.pages.recalls.page import RecallsPage
from desktop.ui.widgets.lists.rows import ListRow
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import act, main_words
from tests.ui.pages.paper_hands import key, open_letter
from tests.ui.pages.seeing import wake
from tests.ui.spooler import PRINTER, Spooler

pytestmark = pytest.mark.slow
Key = Qt.Key


def ready(office: Office) -> Case:
    """A stamped letter that nobody has printed."""
    case = cases.answered(office.crew)
    release(office.crew, case)
    office.house.office.sync()
    return case_now(office.crew.clerk, case.case_id)


def copies(office: Office, case: Case) -> tuple[int, int]:
    held = case_now(office.crew.clerk, case.case_id).letters[0]
    return held.copies, held.on_paper


def test_a_sheet_that_is_no_good_is_destroyed_and_the_same_copy_comes_again(
    office: Office, spooler: Spooler
) -> None:
    case = ready(office)
    page = open_letter(office, case)
    key(office, Key.Key_F8)
    wake(office)
    card = page.panel.print_card
    assert copies(office, case) == (1, 1)
    # Nobody is asked of a sheet that came out; it can be said that it is no good.
    assert not card.came.isVisible()
    assert card.unreadable.isVisible()
    card.unreadable.click()
    assert (card.came.isVisible(), card.bad.isVisible(), card.lost.isVisible()) == (
        False, True, True,
    )  # fmt: skip
    card.bad.click()
    assert card.why.hasFocus()
    # Nothing else is one key away: what would give the letter out least of all.
    assert main_words(page) == "برگ را باطل کردم"
    key(office, Key.Key_Escape)
    assert main_words(page) == "تحویل نامه"
    card.bad.click()
    act(page)
    wake(office)
    assert copies(office, case) == (1, 0)
    assert page.now is not None
    assert page.now.phase == "print"
    assert "خراب شد" in card.detail.words()
    assert not card.unreadable.isVisible()
    assert main_words(page) == "چاپ نامه"
    key(office, Key.Key_F8)
    wake(office)
    first, second = spooler.jobs()
    # The very same bytes once more, for which nobody need give a reason or a password.
    assert first == second
    assert copies(office, case) == (1, 1)
    card.unreadable.click()
    card.lost.click()
    wake(office)
    assert copies(office, case) == (1, 0)


@pytest.mark.long
def test_what_is_beyond_the_offices_own_copies_is_asked_and_answered(
    office: Office, spooler: Spooler
) -> None:
    case = ready(office)
    page = open_letter(office, case)
    key(office, Key.Key_F8)
    wake(office)
    card = page.panel.print_card
    for _ in range(2):
        key(office, Key.Key_F8)
        card.reason.set_value("برای بانک")
        card.password.set_value(PASSWORD)
        key(office, Key.Key_F8)
        wake(office)
    assert len(spooler.jobs()) == 3
    key(office, Key.Key_F8)
    wake(office)
    assert main_words(page) == "درخواست از ناظر"
    assert not card.password.isVisible()
    card.reason.set_value("برای وکیل مالک، نسخه‌ها نزد بانک است")
    page.ask_copy()
    wake(office)
    office.house.office.sync()
    office.sit(Role.SUPERVISOR)
    wake(office)
    listed = office.go(places.Recalls("copies"))
    assert isinstance(listed, RecallsPage)
    wake(office)
    listed.open_one()
    wake(office)
    opened = office.page
    assert isinstance(opened, MunicipalCasePage)
    form = opened._main_form
    assert isinstance(form, CopyAnswerForm)
    form.choice.set_value("yes")
    form.password.set_value(PASSWORD)
    act(opened)
    office.house.municipality.sync()
    office.house.office.sync()
    page = open_letter(office, case)
    wake(office)
    assert isinstance(page, LetterPage)
    key(office, Key.Key_F8)
    wake(office)
    assert main_words(page) == "چاپ نسخهٔ دیگر"


def test_a_sheet_that_the_power_cut_short_is_told_where_the_day_begins(office: Office) -> None:
    case, clerk = ready(office), office.crew.clerk
    held = case.letters[0]
    begun = letters.begin_print(clerk, case.case_id, held, PRINTER, "")
    letters.doubt_print(clerk.desk, begun.print_id)
    office.sit(Role.CLERK)
    home = office.page
    assert isinstance(home, Home)
    assert home.side is not None
    (row,) = [
        each for each in home.side.findChildren(ListRow) if "بیرون آمد؟" in each.accessibleName()
    ]
    row.click()
    page = office.page
    assert isinstance(page, LetterPage)
    assert page.place == places.Letter(case.case_id, held.letter.letter_id)
    wake(office)
    assert page.panel.print_card.came.isVisible()
