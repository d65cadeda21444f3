"""Papers of a form's documents: dropped, pasted, chosen, scanned; read off the window's thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop import journal
from desktop.actions import documents
from desktop.actions.documents import HeldPage, Papers, PaperSource, SourceReading
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import DocumentFile
from desktop.scans.legible import ADVICE
from desktop.ui import theme
from desktop.ui.choosing import open_files
from desktop.ui.page import Shell
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.papers.document_papers import DocumentPapers
from desktop.ui.widgets.papers.document_row import DocumentRow
from desktop.ui.widgets.papers.pages_strip import HIGH, PageThumb

_Result = TypeVar("_Result")
_KINDS = "عکس و PDF (*.jpg *.jpeg *.png *.tif *.tiff *.bmp *.gif *.webp *.pdf)"
_NOTHING = "در حافظه عکس یا فایلی نیست؛ نخست آن را رونوشت کنید (Ctrl+C)."
_LEFT = "پیوستی که هنوز خوانده می‌شد در پیش‌نویس نیامد؛ دوباره آن را پیوست کنید."
_NOT_HERE = "صفحه‌های پیشین این مدرک هنوز نیامده است؛ اندکی بعد دوباره پیوست کنید."


@dataclass
class _Job:
    """A source on its way into a row, or a change of the pages there when its turn comes."""

    row: DocumentRow
    key: str
    source: PaperSource | None = None
    change: Callable[[Papers], Papers] = lambda papers: papers
    pages: list[HeldPage] = field(default_factory=list)
    stopped: bool = False
    quiet: bool = False


class FormFiles(QObject):
    """Reads sources and changes pages, one after the other; `changed` names the row's document.

    `opened` asks to look at a document's pages. `pick` asks a person for files.
    """

    changed = Signal(str)
    opened = Signal(object, int)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._waiting: deque[_Job] = deque()
        self._now: _Job | None = None
        self._held: dict[str, Papers] = {}
        self.pick: Callable[[QWidget], Sequence[Path]] = pick_files

    @property
    def busy(self) -> bool:
        """Whether something is being read or changed: what `papers` gives is not the last word."""
        return self._now is not None

    def papers(self, key: str) -> Papers:
        """What is held for the document."""
        return self._held.get(key, Papers())

    def serve(self, row: DocumentRow) -> None:
        """Take files for the row from now on, and show what is held for it."""
        row.attaching.connect(lambda: self._choose(row))
        row.given.connect(lambda mime: self._receive(row, mime))
        self._show(row)

    def put(self, key: str, papers: Papers, row: DocumentRow | None = None) -> None:
        """Hold these for the document, as a draft or an undoing gives them back."""
        self._held[key] = papers
        if row is not None:
            self._show(row)

    def fetch(self, row: DocumentRow, case_id: str, file: DocumentFile) -> None:
        """Show the pages of a document that a case already has, unless they are here."""
        if self.papers(row.key).pages:
            return
        self._held[row.key] = Papers((), file)
        seat = self._shell.seat
        fetched = partial(documents.papers_of, seat, case_id, file)
        self._queue(_Job(row, row.key, change=lambda _: fetched(), quiet=True))

    def add(self, row: DocumentRow, sources: Sequence[PaperSource]) -> None:
        """Read these into the row, after what is being read now."""
        held = self.papers(row.key)
        if held.file is not None and not held.pages:
            self._tell(row, _NOT_HERE)
            return
        for source in sources:
            self._queue(_Job(row, row.key, source))

    def leave(self) -> None:
        """The page goes: what is still being read does not come into its draft."""
        under_way = (*((self._now,) if self._now is not None else ()), *self._waiting)
        # What is only fetched is at the centre all the same.
        if any(not job.quiet for job in under_way):
            self._shell.toast(_LEFT)

    def _choose(self, row: DocumentRow) -> None:
        paths = self.pick(row)
        self.add(row, [documents.file_source(path) for path in paths])

    def _receive(self, row: DocumentRow, mime: QMimeData) -> None:
        sources = sources_of(mime)
        if sources:
            self.add(row, sources)
        else:
            self._tell(row, _NOTHING)

    def run(
        self,
        owner: QObject,
        work: Callable[[], _Result],
        then: Callable[[_Result], None],
        failed: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Work with files off the window's thread, after what is being read.

        A bug is logged once and told by `failed` too: nothing may wait for ever.
        """

        def guarded() -> _Result:
            try:
                return work()
            except (Refusal, LineDown):
                raise
            # Whatever went wrong with a paper, the next one must have its turn.
            except Exception as bug:
                code = isolate(journal.report(bug))
                raise Refusal(f"این فایل با خطای برنامه روبه‌رو شد. کد گزارش: {code}") from bug

        self._shell.work.run(owner, guarded, then, failed, papers=True)

    def _queue(self, job: _Job) -> None:
        self._waiting.append(job)
        if self._now is None:
            self._go_on()

    # Reading, a page a job: the person sees how far it is and may say that it is enough.

    def _go_on(self) -> None:
        self._now = self._waiting.popleft() if self._waiting else None
        if self._now is None:
            return
        job, seat = self._now, self._shell.seat
        if job.source is None:
            self._run(job, partial(job.change, self.papers(job.key)), partial(self._changed, job))
            return
        if isValid(job.row):
            box = self._box(job.row)
            box.tell("", acceptable=False)
            box.show_progress(0, None)
        read = partial(documents.read, seat, job.source, len(self.papers(job.key).pages))
        self._run(job, read, lambda reading: self._read(job, reading))

    def _read(self, job: _Job, reading: SourceReading) -> None:
        if isValid(job.row):
            self._box(job.row).show_progress(len(job.pages), reading.total)

        def come(page: HeldPage | None) -> None:
            if page is not None:
                job.pages.append(page)
            if page is None or job.stopped:
                reading.close()
                self._join(job)
            else:
                self._read(job, reading)

        self._run(job, partial(next, reading.pages, None), come)

    def _join(self, job: _Job, fault: str = "") -> None:
        """The pages that came, behind those that were there, as one document."""
        pages = (*self.papers(job.key).pages, *job.pages)
        seat, source = self._shell.seat, job.source

        def join() -> Papers:
            papers = documents.join(seat, pages)
            if source is not None and not fault:
                source.taken()
            return papers

        job.pages = []
        self._run(job, join, lambda papers: self._changed(job, papers, fault))

    def _changed(self, job: _Job, papers: Papers, fault: str = "") -> None:
        self._held[job.key] = papers
        self._end(job, fault)
        if not job.quiet:
            self.changed.emit(job.key)

    def _failed(self, job: _Job, refusal: Refusal) -> None:
        """The source was not taken, or not whole: pages that came before stay."""
        if job.pages:
            self._join(job, refusal.words)
        else:
            self._end(job, refusal.words)

    def _end(self, job: _Job, fault: str) -> None:
        if isValid(job.row):
            self._show(job.row)
            if fault:
                self._tell(job.row, fault)
        self._go_on()

    def _stop(self, row: DocumentRow) -> None:
        if self._now is not None and self._now.row is row:
            self._now.stopped = True

    def _run(self, job: _Job, work: Callable[[], _Result], then: Callable[[_Result], None]) -> None:
        self.run(self, work, then, partial(self._failed, job))

    # What is done with pages that are here.

    def _turn(self, row: DocumentRow, index: int) -> None:
        if not self._is_moving(row):
            seat = self._shell.seat
            self._queue(_Job(row, row.key, change=lambda now: documents.turn(seat, now, index)))

    def _remove(self, row: DocumentRow, index: int) -> None:
        if self._is_moving(row):
            return
        seat, held = self._shell.seat, self.papers(row.key).pages[index]
        words = f"صفحهٔ {index + 1} «{row.words()}» حذف شد."
        back = _Job(row, row.key, change=lambda now: documents.with_page(seat, now, index, held))
        self._queue(_Job(row, row.key, change=lambda now: documents.without(seat, now, index)))
        self._shell.toast(to_persian_digits(words), "بازگردانی", lambda: self._queue(back))

    def _accept(self, row: DocumentRow) -> None:
        if not self._is_moving(row):
            self._queue(_Job(row, row.key, change=documents.accept))

    def _is_moving(self, row: DocumentRow) -> bool:
        """Whether the pages that show are not the last word: an act on one might meet another."""
        waiting = (self._now, *self._waiting)
        return any(job is not None and job.key == row.key for job in waiting)

    # Showing.

    def _box(self, row: DocumentRow) -> DocumentPapers:
        if row.papers is not None:
            return row.papers
        box = row.open_papers()
        box.strip.wanted.connect(self._draw)
        box.strip.turned.connect(lambda index: self._turn(row, index))
        box.strip.removed.connect(lambda index: self._remove(row, index))
        box.strip.opened.connect(lambda index: self.opened.emit(row, index))
        box.accepted.connect(lambda: self._accept(row))
        box.stopped.connect(lambda: self._stop(row))
        return box

    def _show(self, row: DocumentRow) -> None:
        papers = self.papers(row.key)
        if row.papers is None and not papers.pages:
            return
        box = self._box(row)
        box.end_progress()
        box.set_pages([(page.sha256, bool(page.faults)) for page in papers.pages])
        box.tell(fault_words(papers), acceptable=True)
        if box.is_empty():
            row.close_papers()

    def _tell(self, row: DocumentRow, words: str) -> None:
        self._box(row).tell(words, acceptable=False)
        # The row grew by it, at its lower end.
        bring_into_sight(row)

    def _draw(self, thumb: PageThumb) -> None:
        side = round(theme.px(HIGH) * thumb.devicePixelRatioF())
        job = partial(documents.thumbnail, self._shell.seat, thumb.name, side)

        def come(png: bytes) -> None:
            if isValid(thumb):
                thumb.set_image(QImage.fromData(png))

        self.run(self, job, come, lambda _: None)


def fault_words(papers: Papers) -> str:
    """What can't be read, and how to do better; nothing when all can."""
    told = [f"صفحهٔ {number} {fault}؛ {ADVICE[fault]}" for number, fault in papers.faults]
    return to_persian_digits(" ".join(told))


def sources_of(mime: QMimeData) -> list[PaperSource]:
    """Files first, else a picture; empty when there is neither."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return [documents.file_source(path) for path in paths]
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(held, b"png").write(image)
    return [documents.pasted_source(bytes(held.data().data()))]


def pick_files(parent: QWidget) -> list[Path]:
    """Ask for pictures and PDFs."""
    return open_files(parent, "پیوست مدرک", _KINDS)
