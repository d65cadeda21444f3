"""What is to be printed by itself is once the centre agrees, also where its page was left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.widgets.told.banner import Banner
from tests.ui.pages.cases import Line
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import book_without_a_line, open_outcome
from tests.ui.pages.seeing import wake
from tests.ui.spooler import Spooler

Key = Qt.Key


@pytest.mark.long
def test_a_booking_without_a_line_prints_its_slip_when_the_centre_has_agreed(
    office: Office, monkeypatch: pytest.MonkeyPatch, spooler: Spooler
) -> None:
    line = Line(monkeypatch)
    _, page = book_without_a_line(office, line)
    assert page.headline is not None
    assert page.headline.words.words() == "نوبت درخواست شد"
    assert not page.on_paper()
    assert spooler.jobs() == []
    line.cut = False
    office.house.office.bell.ring()
    assert page.on_paper()
    assert len(spooler.jobs()) == 1


@pytest.mark.long
def test_a_slip_whose_page_was_left_is_told_and_printed(
    office: Office, monkeypatch: pytest.MonkeyPatch, spooler: Spooler
) -> None:
    line = Line(monkeypatch)
    case, _ = book_without_a_line(office, line)
    office.go(places.Home())
    line.cut = False
    office.house.office.bell.ring()
    assert spooler.jobs() == []
    wake(office)
    name = to_persian_digits(case.request.party.name)
    (told,) = banners_of(office, f"برگ نوبت «{name}» هنوز چاپ نشده است.")
    told.followed.emit()
    assert isinstance(office.page, OutcomePage)
    assert len(spooler.jobs()) == 1
    # Once: it is not told of again, nor printed.
    office.go(places.Home())
    office.window.noticing.look()
    open_outcome(office, case)
    assert len(spooler.jobs()) == 1


def banners_of(office: Office, words: str) -> list[Banner]:
    """Those over any page that say so."""
    shown = (each for each in office.window.findChildren(Banner) if each.isVisible())
    return [each for each in shown if words in each.accessibleName()]
