"""Papers over the case form: a document's pages, and the pre-check for the citizen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.page import Page, Shell
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.papers.document_sheet import DocumentSheet
from desktop.ui.pages.papers.sheet import PaperSheet
from desktop.ui.widgets.papers.document_row import DocumentRow


class FormPapers(QObject):
    """Two sheets over the form, one at a time."""

    def __init__(self, shell: Shell, form: Page) -> None:
        super().__init__(form)
        self._shell, self._form = shell, form
        self._sheet: DocumentSheet | None = None
        self._told: PaperSheet | None = None

    @property
    def sheet(self) -> DocumentSheet:
        """Over which documents are looked at; made when the first one is."""
        if self._sheet is None:
            self._sheet = DocumentSheet(self._shell.work, self._form)
        return self._sheet

    @property
    def told(self) -> PaperSheet:
        """Over which the pre-check stands."""
        if self._told is None:
            self._told = PaperSheet(self._shell.work, self._form)
        return self._told

    def follow(self, files: FormFiles) -> None:
        """Show the pages that are asked for from the strips of these files."""

        def look(row: DocumentRow, page: int) -> None:
            file = files.papers(row.key).file
            self.sheet.show_document(self._shell.seat, "", row.words(), file, page)

        files.opened.connect(look)

    def show_precheck(self, draw: Callable[[], bytes]) -> None:
        """The pre-check as it will be printed."""
        self._close()
        self.told.show_paper("برگهٔ پیش‌بررسی", draw)

    def _close(self) -> bool:
        open_ones = (each for each in (self._told, self._sheet) if each is not None)
        return any(each.close_sheet() for each in open_ones)

    def press(self, key: str) -> bool:
        """Esc takes a sheet away; F8 prints the paper that shows."""
        if key == "Esc":
            return self._close()
        if key == "F8" and self._told is not None and self._told.isVisible():
            self._told.paper.print_now()
            return True
        return False
