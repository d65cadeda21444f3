"""The papers of a case: a chip each, ticked once the paper was shown to its end."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions import documents
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import SeenDocument
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Flow, clear
from desktop.ui.widgets.told.chip import FilterChip
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Work

PHOTOS = "photos"
_SKETCH = "sketch"
_SEEN, _UNSEEN, _NO_PICTURE = "check", "circle-dashed", "alert-triangle"


class Papers(QWidget):
    """Chips over the pages of the chosen paper; `seen` holds the keys of those shown to the end.

    `looked` comes with the key of a paper that was just seen whole.
    """

    looked = Signal(str)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._papers: dict[str, SeenDocument] = {}
        self._seat: Seat | None = None
        self._case_id = ""
        self._shown = ""
        self.seen: set[str] = set()
        self.chips: dict[str, FilterChip] = {}
        self._flow = Flow(gap=6, row_gap=6)
        self._bar = QWidget()
        self._bar.setLayout(self._flow)
        self.words = Label("", role="text2", wrap=True)
        self.words.hide()
        self.frame = PdfFrame(work)
        self.frame.setAccessibleName("مدرک")
        self.frame.drawn.connect(self.frame.fit_width)
        self.frame.drawn.connect(self._look)
        self.frame.scrolled.connect(self._look)
        self.empty = EmptyState("مدرکی نیست", "شرط‌ها از سوابق‌اند.", icon="paperclip")
        column = Column(self._bar, self.words, self.empty, gap=8, margins=(10, 12, 12, 12))
        column.addWidget(self.frame, 1)
        column.addStretch(0)
        self.setLayout(column)

    def show_case(self, seat: Seat, case: Case) -> None:
        """The papers of a case; the first that has pages is shown."""
        self._seat, self._case_id = seat, case.case_id
        found = {document.key: document for document in case.request.documents}
        if case.report is not None and case.report.photos is not None:
            found[PHOTOS] = SeenDocument(PHOTOS, "عکس‌های بازدید", True, file=case.report.photos)
        if case.report is not None and case.report.sketch is not None:
            sketch = SeenDocument(_SKETCH, "کروکی دستی", seen=True, file=case.report.sketch)
            found[_SKETCH] = sketch
        self._papers = found
        self._make_chips()
        self.empty.setVisible(not found)
        self.frame.hide()
        with_pages = (key for key, paper in found.items() if paper.file is not None)
        first = self._shown if self._shown in found else next(with_pages, "")
        self._shown = ""
        if first:
            self.show_paper(first)
        elif found:
            self._say("هیچ مدرکی تصویر ندارد؛ اصل آن‌ها را تنها متصدی دیده است.")

    def _make_chips(self) -> None:
        clear(self._flow)
        self.chips = {}
        # Where none has one, the sentence below says it of all.
        some = any(paper.file is not None for paper in self._papers.values())
        for key, paper in self._papers.items():
            tone = "pay" if paper.file is None else "text"
            bare = "، بدون تصویر" if some and paper.file is None else ""
            words = to_persian_digits(f"{paper.title}{bare}")
            chip = FilterChip(words, icon=self._icon(key), tone=tone)
            chip.clicked.connect(lambda _=False, key=key: self.show_paper(key))
            self.chips[key] = chip
            self._flow.addWidget(chip)

    def _icon(self, key: str) -> str:
        if self._papers[key].file is None:
            return _NO_PICTURE
        return _SEEN if key in self.seen else _UNSEEN

    def show_paper(self, key: str) -> None:
        """Look at that paper."""
        paper, seat = self._papers.get(key), self._seat
        for each, chip in self.chips.items():
            chip.setChecked(each == key)
        if paper is None or seat is None or key == self._shown:
            return
        self._shown = key
        self.frame.set_pdf(b"")
        file = paper.file
        self.frame.setVisible(file is not None)
        if file is None:
            self._say(f"«{paper.title}» تصویر ندارد؛ اصل آن را تنها متصدی دیده است.")
            return
        self._say("در حال آوردن فایل…")
        job = partial(documents.content, seat, self._case_id, file)
        self._work.run(self, job, partial(self._came, key), partial(self._refused, key), line=True)

    def _came(self, key: str, pdf: bytes) -> None:
        # What was asked for before may come late, under another chip by then.
        if key == self._shown:
            self._say("")
            self.frame.set_pdf(pdf)

    def _refused(self, key: str, no: Refusal) -> None:
        if key == self._shown:
            self._say(no.words)

    def _say(self, words: str) -> None:
        self.words.setText(to_persian_digits(words))
        self.words.setVisible(bool(words))

    def _look(self) -> None:
        key = self._shown
        if key and key not in self.seen and self.frame.isVisible() and self.frame.end_in_view():
            self.seen.add(key)
            chip = self.chips[key]
            chip.set_icon(_SEEN)
            chip.setAccessibleName(f"{chip.text()}: دیده شد")
            self.looked.emit(key)
