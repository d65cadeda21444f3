"""The pages attached to a document of an act, as one input among the others."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.actions.documents import Papers, from_text, to_text
from desktop.domain.request import DocumentFile
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.widgets.papers.document_row import DocumentRow


class RowPapers(QObject):
    """The pages of one row; the value is empty while they are those that the case has already."""

    edited = Signal()

    def __init__(
        self, files: FormFiles, row: DocumentRow, case_id: str, held: DocumentFile | None
    ) -> None:
        super().__init__(row)
        self._files, self._row, self._case_id, self._held = files, row, case_id, held
        files.changed.connect(self._changed)

    def raw(self) -> str:
        """The pages as a draft keeps them."""
        papers = self._files.papers(self._row.key)
        return to_text(papers) if papers.file != self._held else ""

    def set_value(self, text: str) -> None:
        """Other pages; for an empty text those of the case."""
        if text == self.raw():
            return
        self._files.put(self._row.key, from_text(text) if text else Papers(), self._row)
        if not text and self._held is not None:
            self._files.fetch(self._row, self._case_id, self._held)

    def read(self) -> str:
        """What is there, for a person."""
        return f"{len(self._files.papers(self._row.key).pages)} صفحه"

    def _changed(self, key: str) -> None:
        if key == self._row.key:
            self.edited.emit()
