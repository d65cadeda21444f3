"""A clerk's hands on the case form: typing, Enter, pasting, and what stands there then."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import intake
from desktop.demo.filling import Asker, fill
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import LineDown
from desktop.domain.people import Applicant, Role
from desktop.domain.property import PropertyRecord
from desktop.forms.answers import Filled
from desktop.ui import places
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.page import CaseForm
from tests.houses import properties_on
from tests.ui.keyboard import paste, press, type_text
from tests.ui.pages.conftest import Office

TODAY = date(2026, 11, 24)
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def clean_record() -> PropertyRecord:
    """A property of one owner with a permit, a visit and a plate."""
    return next(
        item.record
        for item in properties_on(TODAY)
        if len(item.record.owners) == 1
        and len(item.record.owners[0].person_id) == 10
        and item.record.permits
        and item.record.last_visit
        and item.record.plate
        and not item.record.code.is_unit
    )


def a_form(office: Office, code: str = "no-violation", **changes: object) -> Filled:
    """What a clerk would type for the clean record."""
    desk = office.house.office.desk
    record = clean_record()
    asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
    asker = replace(asker, body="بانک مسکن، شعبهٔ مرکزی یزد", **changes)  # type: ignore[arg-type]
    return fill(intake.services(desk)[code], asker, intake.figures(desk), TODAY)


class Clerk:
    """Types into the form that shows."""

    def __init__(self, office: Office, qtbot: QtBot, service: str = "no-violation") -> None:
        self.office, self.qtbot = office, qtbot
        if not office.sits(Role.CLERK):
            office.sit(Role.CLERK)
        self.wake()
        self.open(service)

    def open(self, service: str, draft: str = "") -> None:
        """Go to the form of a service."""
        self.office.go(places.Form(service, draft))

    @property
    def page(self) -> CaseForm:
        """The form."""
        assert isinstance(self.office.page, CaseForm)
        return self.office.page

    @property
    def body(self) -> FormBody:
        """The form's parts."""
        assert self.page.body is not None
        return self.page.body

    def at(self) -> str:
        """The key of the field that has the focus."""
        return self.body.focused_key()

    def type(self, text: str) -> None:
        """Type into what has the focus; a list that this opened is there then."""
        type_text(self.page, text)
        QApplication.processEvents()

    def enter(self) -> None:
        """Enter, and let the page settle."""
        press(self.page, Key.Key_Return)
        QApplication.processEvents()
        self.wake()

    def wake(self) -> None:
        """Without a display nobody gives the window its focus back when a list has closed."""
        if not self.office.window.isActiveWindow():
            self.office.window.activateWindow()
            self.qtbot.waitUntil(self.office.window.isActiveWindow)

    def answer(self, text: str) -> None:
        """Type, then Enter; after a code that is whole the form went on by itself."""
        key = self.at()
        self.type(text)
        if self.at() == key:
            self.enter()

    def put(self, key: str, text: str) -> None:
        """Go to a field, type, go on."""
        self.page.jump(key)
        self.answer(text)

    def fill_party(self, filled: Filled) -> None:
        """Type block A from the id on."""
        self.page.jump("party.person_id")
        asked = ("first_name", "last_name", "father", "birth", "mobile", "address", "postal_code")
        for key in ("person_id", *asked):
            self.put(f"party.{key}", filled.party[key])

    def fill_code(self, filled: Filled) -> None:
        """Paste the code into its first box and wait for the records."""
        self.page.jump("property.code")
        paste(self.page, filled.code)
        self.enter()
        self.qtbot.waitUntil(lambda: not self.body.estate.found.isHidden())

    def fill_rest(self, filled: Filled) -> None:
        """The service's answers, the declaration and the documents."""
        for key, text in filled.answers.items():
            if key not in self.body.details.fields.from_records():
                # What a record would have filled is typed as people write it.
                kept = text[:2] in ("19", "20") and text.count("-") == 2
                self.put(key, iso_jalali(date.fromisoformat(text)) if kept else text)
        if "unchanged" in self.body.cells():
            self.page.jump("unchanged")
            press(self.page, Key.Key_Space)
        for document in filled.documents:
            if document.file is not None:
                self.attach(document.key)
            self.page.jump(f"document.{document.key}")
            press(self.page, Key.Key_Space)
            self.enter()
            row = self.body.documents.rows[document.key]
            if document.number:
                self.type(document.number)
                self.enter()
            if row.date is not None:
                self.answer("1405/08/03")

    def attach(self, key: str) -> None:
        """Choose a file for a document."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "letter.pdf"
            path.write_bytes(sample_paper()[1])
            self.body.documents.files.pick = lambda _: [path]
            self.body.documents.rows[key].clip.click()
            QApplication.processEvents()

    def words(self, key: str) -> str:
        """The error that stands beside a field."""
        return self.body.cells()[key].error() or ""

    def register(self) -> None:
        """Ctrl+Enter."""
        press(self.page, Key.Key_Return, CONTROL)
        QApplication.processEvents()


LONG = "سیده‌فاطمه‌الزهرا طباطبایی"


def no_line(_call: object, _body: object, /) -> Any:
    """The line is down."""
    raise LineDown
