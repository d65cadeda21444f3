"""What a card asks beside the work: its key leads to the first field that lacks something."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.domain.people import Role
from desktop.trial.hands import Hands
from desktop.ui import places, registry
from desktop.ui.page import Page
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.widgets.inputs.field import FormField
from tests.ui.pages import cases
from tests.ui.pages.case_hands import unpaid
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import confirm, settle
from tests.ui.pages.seeing import wake
from tests.ui.pages.test_typed_everywhere import printed
from tests.ui.pages.typing_through import give, is_input, value_of
from tests.ui.spooler import Spooler

_MOST = 12


def _fee(office: Office) -> None:
    case = unpaid(office)
    office.sit(Role.CLERK)
    office.go(places.Outcome(case.case_id))


def _debt(office: Office) -> None:
    case = cases.owing(office.crew)
    office.sit(Role.CLERK)
    office.go(places.Outcome(case.case_id))


def _visit(office: Office) -> None:
    """Whoever comes is named on the form of the request: here nobody is."""
    case = cases.to_visit(office.crew)
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case.case_id))
    assert isinstance(page, OutcomePage)
    assert page.visit is not None
    page.visit.attending.name.set_value("")
    page.visit.attending.phone.set_value("")


def _basket(office: Office) -> None:
    case = unpaid(office)
    office.sit(Role.CLERK)
    office.go(places.Basket(case.request.party.person_id))


def _letter(office: Office, role: Role) -> LetterPage:
    case = printed(office)
    office.sit(role)
    page = office.go(places.Letter(case.case_id))
    assert isinstance(page, LetterPage)
    return page


def _hand_over(office: Office) -> None:
    _letter(office, Role.CLERK).panel.hand.receiver.set_value("")


def _again(office: Office) -> None:
    _letter(office, Role.MANAGER).print_again()


def _void(office: Office) -> None:
    _letter(office, Role.MANAGER).panel.open_void()


def _till(office: Office) -> None:
    list(islice(cases.registered(office.crew), 2))
    office.sit(Role.MANAGER)
    office.go(places.Till())


def _day(office: Office) -> None:
    list(islice(cases.registered(office.crew), 2))
    office.sit(Role.MANAGER)
    office.go(places.DayClose())


CARDS: dict[str, Callable[[Office], None]] = {
    "pay-fee": _fee,
    "pay-due": _debt,
    "pay-fees": _basket,
    "book-visit": _visit,
    "hand-over": _hand_over,
    "print-again": _again,
    "void": _void,
    "close-till": _till,
    "close-day": _day,
}
# In the order of the card; all of it is given once, and then it is done.
ASKED = {
    "pay-fee": ["reference"],
    "pay-due": ["reference"],
    "pay-fees": ["reference"],
    "book-visit": ["reference", "attending", "mobile"],
    "hand-over": ["receiver", "receiver_id", "seen", "password"],
    "print-again": ["reason", "password"],
    "void": ["reason", "password", "witness_password"],
    "close-till": ["terminal", "bill", "note"],
    "close-day": ["terminal", "bill", "begin", "left", "note", "password"],
}
# Pages of their own, led through by a list of what lacks (`test_delegation`), or signed alone.
_ELSEWHERE = {"publish"}


def test_no_card_is_left_out() -> None:
    pages = Path(registry.__file__).parent / "pages"
    text = "".join(path.read_text() for path in pages.rglob("*.py"))
    named = set(re.findall(r'CardForm\(\s*self(?:\.card)?, "([a-z-]+)"', text))
    assert named - _ELSEWHERE == CARDS.keys()


@pytest.mark.long
@pytest.mark.parametrize("name", CARDS)
def test_each_fault_of_a_card_is_gone_to_in_order(
    office: Office, spooler: Spooler, name: str
) -> None:
    CARDS[name](office)
    wake(office)
    page, hands = office.page, Hands(office.window)
    given: list[str] = []
    for _ in range(_MOST):
        confirm(office)
        settle()
        wrong = _wrong(page) if isValid(page) and office.page is page else []
        if not wrong:
            break
        focus, first = QApplication.focusWidget(), wrong[0]
        assert focus is not None
        assert first.isAncestorOf(focus), (first.key, focus)
        before = {each: value_of(each) for each in _inputs(page)}
        give(hands, first.key, focus)
        changed = {each for each in _inputs(page) if value_of(each) != before.get(each, "")}
        assert changed == {focus}, first.key
        given.append(first.key)
    assert given == ASKED[name]


def _parts(page: Page) -> list[QWidget]:
    return [page] if page.side is None else [page, page.side]


def _inputs(page: Page) -> list[QWidget]:
    return [
        each
        for part in _parts(page)
        for each in part.findChildren(QWidget)
        if is_input(each) and each.isVisible()
    ]


def _wrong(page: Page) -> list[FormField]:
    """Fields that say what they lack, as they are read: from above, from the right."""
    found = {
        each
        for part in _parts(page)
        for each in part.findChildren(FormField)
        if each.isVisible() and each.error()
    }

    def place(field: FormField) -> tuple[int, int]:
        at = field.mapTo(field.window(), QPoint(0, 0))
        return at.y(), -at.x()

    return sorted(found, key=place)
