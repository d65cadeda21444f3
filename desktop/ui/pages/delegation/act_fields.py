"""The act that a delegation or its end rests on: body, number, day, scan; typed and kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.documents import Papers
from desktop.domain.act import Act
from desktop.domain.request import DocumentFile
from desktop.ui.page import Shell
from desktop.ui.pages.case.row_papers import RowPapers
from desktop.ui.pages.delegation.words import NO_SCAN, READING
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.papers.document_row import DocumentRow

SCAN = "scan"


class ActFields(QObject):
    """The fields, for the page to place; `edited` comes as one of them changes."""

    edited = Signal()

    def __init__(self, shell: Shell, owner: QWidget) -> None:
        super().__init__(owner)
        self._today = shell.today()
        self.body = FormField("مرجع", TextLine(max_length=120), key="act_body")
        self.number = FormField("شمارهٔ مصوبه", TextLine(max_length=60), key="act_number")
        self.day_line = DateLine(self._today, "past")
        self.dated = FormField("تاریخ مصوبه", self.day_line, key="act_dated")
        self.files = FormFiles(shell, owner)
        self.scan = DocumentRow(
            SCAN, "تصویر مصوبه", needs_number=False, needs_scan=True, original=False
        )
        self.files.serve(self.scan)
        self.papers = RowPapers(self.files, self.scan, "", None)
        for field in (self.body, self.number, self.dated):
            field.edited.connect(lambda each=field: self._typed(each))
        self.papers.edited.connect(self._scanned)
        self.scan.set_state("incomplete")

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Those that are typed into, in order."""
        return (self.body, self.number, self.dated)

    @property
    def file(self) -> DocumentFile | None:
        """The scan, once it is read."""
        held: Papers = self.files.papers(SCAN)
        return held.file

    def set_today(self, today: date) -> None:
        """The day has changed."""
        self._today = today
        self.day_line.set_today(today)

    def propose_body(self, body: str) -> None:
        """What acts were of before, while nobody typed another."""
        if body and not self.body.value():
            self.body.set_value(body)

    def act(self) -> Act | None:
        """The act as it stands there; None while something of it lacks."""
        dated = self.day_line.value()
        number, body = str(self.number.value()).strip(), str(self.body.value()).strip()
        if not number or not body or dated is None:
            return None
        return Act(number, dated, body, self.file.sha256 if self.file else "")

    def faults(self) -> list[tuple[str, str]]:
        """What lacks, in the order in which it is looked for: number, day, body, scan."""
        found = []
        if not str(self.number.value()).strip():
            found.append(("act_number", "شمارهٔ مصوبه را بنویسید."))
        dated = self.day_line.value()
        if dated is None:
            words = self.day_line.fault() or "تاریخ مصوبه را بنویسید."
            found.append(("act_dated", words))
        elif dated > self._today:
            found.append(("act_dated", "تاریخ مصوبه پس از امروز است."))
        if not str(self.body.value()).strip():
            found.append(("act_body", "مرجع مصوبه را بنویسید."))
        if self.files.busy:
            found.append((SCAN, READING))
        elif self.file is None:
            found.append((SCAN, NO_SCAN))
        return found

    def set_error(self, key: str, words: str | None) -> None:
        """Say what is wrong beside its cause."""
        if key == SCAN:
            self.scan.set_error(words)
            return
        for field in self.fields:
            if field.key == key:
                field.set_error(words)

    def go_to(self, key: str) -> bool:
        """Give that field the keys; whether it is one of these."""
        targets: dict[str, QWidget] = {field.key: field for field in self.fields}
        target = self.scan if key == SCAN else targets.get(key)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return target is not None

    def tell_scan(self) -> None:
        """Whether there is a scan, as after a draft was laid in or all was signed."""
        self.scan.set_error(None)
        self.scan.set_state("complete" if self.file else "incomplete")

    def _typed(self, field: FormField) -> None:
        field.set_error(None)
        self.edited.emit()

    def _scanned(self) -> None:
        self.tell_scan()
        self.edited.emit()
