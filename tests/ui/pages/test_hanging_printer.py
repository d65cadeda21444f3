"""A printer that says nothing: what is read goes on beside it."""

from __future__ import annotations

import time
from threading import Event

import pytest

from desktop.domain.people import Role
from desktop.ui import places, printing
from desktop.ui.pages.letter.page import LetterPage
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office, made


@pytest.mark.slow
def test_a_printer_that_hangs_holds_up_nothing_else(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who leaves the letter for the queue sees its cases while the spooler says nothing."""
    case = cases.answered(office.crew)
    office.sit(Role.CLERK)
    going = Event()

    def hangs(*, demo: bool = False) -> tuple[printing.Printer, ...]:
        going.wait(10)
        return (printing.Printer(printing.PDF),)

    monkeypatch.setattr(printing, "printers", hangs)
    monkeypatch.setattr(office.window.work, "_serial", False)
    read: list[str] = []
    office.go(places.Letter(case.case_id))
    office.window.work.run(office.window, lambda: "read", read.append)
    deadline = time.monotonic() + 5
    while not read and time.monotonic() < deadline:
        made()
    page = office.page
    assert isinstance(page, LetterPage)
    assert (read, going.is_set()) == (["read"], False)
    assert page.panel.print_card.printer.options() == ()
    going.set()
    while not office.window.is_idle:
        made()
    assert page.panel.print_card.printer.value() == printing.PDF
