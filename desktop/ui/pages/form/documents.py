"""Block C of the case form: the documents that this request asks for, live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions.documents import from_text, to_text
from desktop.domain.form import Document
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import SeenDocument
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.form.part import Cell, Part
from desktop.ui.pages.form.scanner import ScannerStrip
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.papers.document_row import DocumentList, DocumentRow

Kept = dict[str, str]


class DocumentsPart(Part):
    """A row for each document; one that is no longer asked comes back as it was."""

    def __init__(self, number: int, today: date, files: FormFiles) -> None:
        super().__init__(number, "مدارک")
        self._today = today
        self.files = files
        self.files.changed.connect(self._attached)
        self._asked: tuple[Document, ...] = ()
        self._kept: dict[str, Kept] = {}
        self.rows: dict[str, DocumentRow] = {}
        self.count = Label("", "small", "text2", elide=True)
        self.add_beside(self.count, 1)
        self.printed = Link("چاپ فهرست مدارک")
        self.add_beside(self.printed)
        self.scanner = ScannerStrip(files, self._target)
        self.add_beside(self.scanner.link)
        self.add(self.scanner)
        self.list = DocumentList()
        self.add(self.list)

    def set_today(self, today: date) -> None:
        """The day has changed: what is asked from now on reckons from it."""
        self._today = today

    def ask(self, documents: Sequence[Document]) -> None:
        """Show these."""
        if tuple(documents) == self._asked:
            return
        self._kept = self.kept()
        rows = {}
        for document in documents:
            row = self.rows.get(document.key)
            rows[document.key] = row if row is not None else self._make(document)
        self.rows, self._asked = rows, tuple(documents)
        self.list.set_rows([*rows.values()])
        self._tell()
        self.arranged.emit()

    def seen(self) -> list[SeenDocument]:
        """The documents as shown at the counter."""
        return [self._seen(document) for document in self._asked]

    def complete(self) -> int:
        """How many are seen, with the number and date that they need."""
        return sum(self._is_complete(document) for document in self._asked)

    def total(self) -> int:
        """How many are asked for."""
        return len(self._asked)

    def unreadable(self) -> set[str]:
        """The rows, by their cells' keys, of which a page can't be read."""
        keys = [each.key for each in self._asked]
        return {f"document.{key}" for key in keys if self.files.papers(key).faults}

    def kept(self) -> dict[str, Kept]:
        """Everything ticked and typed, for a draft."""
        now = {
            key: {
                "seen": row.seen.raw(),
                "number": row.number.raw(),
                "date": row.date.raw() if row.date is not None else "",
                "papers": self._papers_text(key),
            }
            for key, row in self.rows.items()
        }
        return {**self._kept, **now}

    def fill(self, kept: Mapping[str, Kept]) -> None:
        """Put back what `kept` gave."""
        self._kept.update(kept)
        for key, held in kept.items():
            self.files.put(key, from_text(held.get("papers", "")), self.rows.get(key))
        for key, row in self.rows.items():
            self._fill_row(row, self._kept.get(key, {}))
        self._tell()

    def cells(self) -> dict[str, Cell]:
        """The rows."""
        return {f"document.{key}": row for key, row in self.rows.items()}

    def stops(self) -> list[QWidget]:
        """Edit, then row by row."""
        return [self.edit, *self.rows.values()]

    def summary(self) -> list[str]:
        """«۴ از ۴ کامل»."""
        return [to_persian_digits(f"{self.complete()} از {self.total()} کامل")]

    def _make(self, document: Document) -> DocumentRow:
        row = DocumentRow(
            document.key,
            document.title,
            because=document.why,
            needs_number=document.numbered,
            dated_by=self._today if document.dated else None,
            needs_scan=document.scan,
        )
        self._fill_row(row, self._kept.get(document.key, {}))
        key = f"document.{document.key}"
        row.edited.connect(lambda: self._edited(key))
        row.left.connect(lambda: self.left.emit(key))
        self.files.serve(row)
        return row

    def _papers_text(self, key: str) -> str:
        papers = self.files.papers(key)
        return to_text(papers) if papers.file is not None else ""

    def _target(self, held: DocumentRow | None) -> DocumentRow | None:
        """The row that a scan is for: where the focus is or was last, else the first without."""
        focus = QApplication.focusWidget()
        for row in self.rows.values():
            if focus is not None and row.isAncestorOf(focus):
                return row
        if held is not None and held in self.rows.values():
            return held
        lacking = (row for key, row in self.rows.items() if not self.files.papers(key).pages)
        return next(lacking, None)

    def _attached(self, key: str) -> None:
        if key in self.rows:
            self._edited(f"document.{key}")

    @staticmethod
    def _fill_row(row: DocumentRow, kept: Kept) -> None:
        row.seen.set_value(kept.get("seen", ""))
        row.number.set_value(kept.get("number", ""))
        if row.date is not None:
            row.date.set_value(kept.get("date", ""))

    def _seen(self, document: Document) -> SeenDocument:
        row = self.rows[document.key]
        dated = row.date.value() if row.date is not None else None
        number = row.number.value() if document.numbered else ""
        file = self.files.papers(document.key).file
        return SeenDocument(document.key, document.title, row.seen.value(), number, dated, file)

    def _is_complete(self, document: Document) -> bool:
        shown = self._seen(document)
        numbered = bool(shown.number) or not document.numbered
        scanned = shown.file is not None or not document.scan
        dated = shown.dated is not None or not document.dated
        readable = not self.files.papers(document.key).faults
        return shown.seen and numbered and dated and scanned and readable

    def _edited(self, key: str) -> None:
        self._tell()
        self.edited.emit(key)

    def _tell(self) -> None:
        for document in self._asked:
            row = self.rows[document.key]
            if self.files.papers(document.key).faults:
                row.set_state("unreadable")
            elif self._is_complete(document):
                row.set_state("complete")
            else:
                # What was seen still lacks its number, date or picture.
                row.set_state("incomplete" if row.seen.value() else "waiting")
        self.count.setText(self.summary_words())
