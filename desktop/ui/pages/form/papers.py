"""Papers over the case form: a document's pages, and the pre-check for the citizen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.page import Page, Shell
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.papers.document_cover import DocumentCover
from desktop.ui.widgets.papers.document_row import DocumentRow


class FormPapers(QObject):
    """Two covers over the form, one at a time."""

    def __init__(self, shell: Shell, form: Page) -> None:
        super().__init__(form)
        self._shell, self._form = shell, form
        self._document_cover: DocumentCover | None = None
        self._precheck_cover: PaperCover | None = None

    @property
    def document_cover(self) -> DocumentCover:
        """Over which documents are looked at; made when the first one is."""
        if self._document_cover is None:
            self._document_cover = DocumentCover(self._shell.work, self._form)
        return self._document_cover

    @property
    def precheck_cover(self) -> PaperCover:
        """Over which the pre-check stands."""
        if self._precheck_cover is None:
            self._precheck_cover = PaperCover(self._shell.work, self._form)
        return self._precheck_cover

    def follow(self, files: FormFiles) -> None:
        """Show the pages that are asked for from the strips of these files."""

        def look(row: DocumentRow, page: int) -> None:
            file = files.papers(row.key).file
            self.document_cover.show_document(self._shell.seat, "", row.words(), file, page)

        files.opened.connect(look)

    def show_precheck(self, draw: Callable[[], bytes]) -> None:
        """The pre-check as it will be printed."""
        self._close()
        self.precheck_cover.show_paper("برگهٔ پیش‌بررسی", draw)

    def _close(self) -> bool:
        open_ones = (
            each for each in (self._precheck_cover, self._document_cover) if each is not None
        )
        return any(each.close_cover() for each in open_ones)

    def press(self, key: str) -> bool:
        """Esc takes a cover away; F8 prints the paper that shows."""
        if key == "Esc":
            return self._close()
        if key == "F8" and self._precheck_cover is not None and self._precheck_cover.isVisible():
            self._precheck_cover.paper.print_now()
            return True
        return False
