"""A document looked at over its page: its pages large, closer and farther."""

from __future__ import annotations

from functools import partial

from desktop.actions import documents
from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import DocumentFile
from desktop.ui.page import Page
from desktop.ui.pages.papers.cover import Cover
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.work import Work


class DocumentCover(Cover):
    """The file of one document."""

    def __init__(self, work: Work, host: Page) -> None:
        self._work = work
        self._page = 0
        self._asked: DocumentFile | None = None
        self.frame = PdfFrame(work)
        self.frame.setAccessibleName("مدرک")
        super().__init__(host, self.frame)
        self.frame.drawn.connect(self._begin)

    def show_document(
        self, seat: Seat, case_id: str, title: str, file: DocumentFile | None, page: int = 0
    ) -> None:
        """Look at the file from a page on; one of a case may have to come from the centre."""
        if file is None:
            return
        self._page, self._asked = page, file
        self.frame.set_pdf(b"")
        self.open_cover(to_persian_digits(f"{title}، {file.pages} صفحه"), self.frame)
        self.say("در حال آوردن فایل…")
        job = partial(documents.content, seat, case_id, file)

        def show(pdf: bytes) -> None:
            # What was asked for before may come late, under another title by then.
            if file == self._asked:
                self.say("")
                self.frame.set_pdf(pdf)

        def no(refusal: Refusal) -> None:
            if file == self._asked:
                self.say(refusal.words)

        self._work.run(self, job, show, no, line=True)

    def _begin(self) -> None:
        self.frame.fit_width()
        self.frame.go_to(self._page)
