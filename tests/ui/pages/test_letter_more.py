"""Letters that the supervisor recalls, and letters that a body's messenger fetches."""

from __future__ import annotations

import pytest

from desktop.actions import review
from desktop.demo.following import case_now, deliver, release
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.ui.pages.letter.cards import CARD, INTRODUCTION
from desktop.ui.standing.case import headline_words
from desktop.ui.standing.chips import chip_of_case
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import confirm, held, main_words, open_letter
from tests.ui.pages.test_letter import phase, spooler, stamp_and_print
from tests.ui.spooler import Spooler

__all__ = ["spooler"]


@pytest.mark.slow
def test_a_letter_that_the_supervisor_recalls_is_not_handed_over(
    office: Office, spooler: Spooler
) -> None:
    case = cases.answered(office.crew)
    release(office.crew, case)
    deliver(office.crew, case_now(office.crew.clerk, case.case_id))
    review.look_again(
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
    assert headline_words(page.now.case).words == "ناظر ابطال نامه را خواسته است"
    page = open_letter(office, case)
    assert main_words(page) == "ابطال نامه…"
    confirm(office)
    assert page.panel.void_card.reason.hasFocus()
    page.panel.void_card.reason.set_value("متراژ نادرست بود")
    page.panel.void_card.password.set_value(PASSWORD)
    confirm(office)
    after = case_now(office.crew.clerk, case.case_id)
    assert case.answer is not None
    assert after.letter(case.answer.letter.letter_id).voided


@pytest.mark.slow
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
    assert hand.receiver.hasFocus()
    hand.receiver.set_value("رضا دهقان")
    hand.person_id.set_value("0012345679")
    hand.password.set_value(PASSWORD)
    hand.seen.set_value((CARD,))
    confirm(office)
    assert held(office, case).handed_to == ""
    assert hand.fields[2].error() == "معرفی‌نامهٔ مرجع را ببینید و نشانه بزنید."
    hand.seen.set_value((CARD, INTRODUCTION))
    confirm(office)
    assert held(office, case).handed_to == "رضا دهقان"
