"""Papers over the case form: a document's pages, and the pre-check for the citizen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.page import Page, Shell
from desktop.ui.pages.document_sheet import DocumentSheet
from desktop.ui.pages.form_files import FormFiles
from desktop.ui.pages.sheet import PaperSheet
from desktop.ui.widgets.document_row import DocumentRow


class FormPapers(QObject):
    """Two sheets over the form, one at a time."""

    def __init__(self, shell: Shell, form: Page) -> None:
        super().__init__(form)
        self._shell = shell
        self.sheet = DocumentSheet(shell.work, form)
        self.told = PaperSheet(shell.work, form)

    def follow(self, files: FormFiles) -> None:
        """Show the pages that are asked for from the strips of these files."""

        def look(row: DocumentRow, page: int) -> None:
            file = files.papers(row.key).file
            self.sheet.show_document(self._shell.seat, "", row.words(), file, page)

        files.opened.connect(look)

    def show_precheck(self, draw: Callable[[], bytes]) -> None:
        """The pre-check as it will be printed."""
        self.told.show_paper("برگهٔ پیش‌بررسی", draw)

    def press(self, key: str) -> bool:
        """Esc takes a sheet away; F8 prints the paper that shows."""
        if key == "Esc":
            return self.sheet.close_sheet() or self.told.close_sheet()
        if key == "F8" and self.told.isVisible():
            self.told.paper.print_now()
            return True
        return False
