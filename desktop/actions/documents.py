"""Citizens' papers: pages added, turned and taken out, joined to one PDF a document, read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import DocumentFile
from desktop.reports.bundle import bundle
from desktop.scans import opening, page
from desktop.scans.folder import ScanFolder
from desktop.scans.pdf import jpegs
from desktop.store import blobs
from desktop.store.open import Session
from desktop.wire import blobs as wire
from desktop.wire import calls
from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain

MOST_PAGES = opening.MOST_PAGES
_NOT_YET = "این فایل هنوز از دفتر به مرکز نرسیده است؛ اندکی بعد دوباره باز کنید."
_GONE = "این صفحه دیگر در این رایانه نیست."


@dataclass(frozen=True)
class HeldPage:
    """A page that is kept: its name by content, and what stands against reading it.

    `taken` is the day on which a camera says it took it, `hour` its hour («10:32»), `place`
    where it stood (latitude, longitude).
    """

    sha256: str
    faults: tuple[str, ...] = ()
    taken: date | None = None
    hour: str = ""
    place: tuple[str, str] | None = None


@dataclass(frozen=True)
class Papers:
    """The pages of one document, and the PDF that they make (None while there is no page)."""

    pages: tuple[HeldPage, ...] = ()
    file: DocumentFile | None = None

    @property
    def faults(self) -> list[tuple[int, str]]:
        """What can't be read, as page number (from 1) and fault."""
        return [(i, fault) for i, held in enumerate(self.pages, 1) for fault in held.faults]


@dataclass(frozen=True)
class PaperSource:
    """Where a paper comes from: a file, or the content of one (pasted), with a name to tell.

    `taken` is called once all its pages are in their document.
    """

    name: str
    read: Callable[[], bytes]
    taken: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class SourceReading:
    """A source under way: how many pages it has, and each kept as it is asked for.

    Who does not go through them to the end calls `close`.
    """

    total: int
    pages: Iterator[HeldPage]
    close: Callable[[], None]


def to_text(papers: Papers) -> str:
    """The document as a draft keeps it."""
    return canon(plain(papers))


def from_text(text: str) -> Papers:
    """The document out of a draft; empty for an empty text."""
    return adapter(Papers).validate_json(text) if text else Papers()


def file_source(path: Path) -> PaperSource:
    """A file by its path."""
    return PaperSource(path.name, lambda: opening.read_file(path))


def scanned_source(folder: ScanFolder, path: Path) -> PaperSource:
    """A file out of the scanner's folder; once it is in its document it is put away there."""
    return PaperSource(
        path.name, partial(opening.read_file, path), partial(folder.put_away, [path])
    )


def pasted_source(content: bytes) -> PaperSource:
    """A picture from the clipboard."""
    return PaperSource("تصویر چسبانده", lambda: content)


def read(seat: Seat, source: PaperSource, held: int) -> SourceReading:
    """Open the source for a document that holds so many pages. Raises Refusal (see `scans`)."""
    opened = opening.open_pages(source.read(), source.name)
    if held + opened.total > MOST_PAGES:
        words = (
            f"«{isolate(source.name)}» {opened.total} صفحه دارد و این مدرک {held} صفحه؛ "
            f"هر مدرک تا {MOST_PAGES} صفحه می‌پذیرد."
        )
        opened.close()
        raise Refusal(to_persian_digits(words))
    return SourceReading(opened.total, _kept_pages(seat, opened), opened.close)


def _kept_pages(seat: Seat, opened: opening.Opened) -> Iterator[HeldPage]:
    shot = opened.shot
    hour = f"{shot.hour:%H:%M}" if shot.hour is not None else ""
    for image in opened.pages:
        made = page.page_of(image)
        yield HeldPage(keep(seat, made.jpeg), made.faults, shot.day, hour, shot.place)


def join(seat: Seat, pages: tuple[HeldPage, ...]) -> Papers:
    """The pages as one PDF, kept. Raises Refusal when one of them is gone."""
    if not pages:
        return Papers()
    pdf = bundle([_content(seat, held.sha256) for held in pages], page.DPI)
    return Papers(pages, DocumentFile(keep(seat, pdf), len(pdf), len(pages)))


def turn(seat: Seat, papers: Papers, index: int) -> Papers:
    """The page turned a quarter clockwise."""
    held = papers.pages[index]
    name = keep(seat, page.turned(_content(seat, held.sha256), 1))
    return join(seat, _with(papers, index, replace(held, sha256=name)))


def with_page(seat: Seat, papers: Papers, index: int, held: HeldPage) -> Papers:
    """The document with a page put back at its place."""
    return join(seat, (*papers.pages[:index], held, *papers.pages[index:]))


def papers_of(seat: Seat, case_id: str, file: DocumentFile) -> Papers:
    """The pages of a document that a case has, as the form shows them.

    Raises Refusal while it is on its way, LineDown.
    """
    pdf = content(seat, case_id, file)
    # Kept whole too: the form looks at it without its case.
    keep(seat, pdf)
    return Papers(tuple(HeldPage(keep(seat, jpeg)) for jpeg in jpegs(pdf)), file)


def accept(papers: Papers) -> Papers:
    """All pages taken as readable: a person looked."""
    return replace(papers, pages=tuple(replace(held, faults=()) for held in papers.pages))


def without(seat: Seat, papers: Papers, index: int) -> Papers:
    """The document without a page."""
    return join(seat, papers.pages[:index] + papers.pages[index + 1 :])


def thumbnail(seat: Seat, sha256: str, side: int) -> bytes:
    """The page as a PNG of at most so many pixels a side. Raises Refusal when it is gone."""
    return page.thumbnail(_content(seat, sha256), side)


def content(seat: Seat, case_id: str, file: DocumentFile) -> bytes:
    """The document's PDF, from this desk or, through its case, from the centre.

    Raises Refusal while it is on its way, LineDown.
    """
    with seat.desk.store.reading() as session:
        here = blobs.read(session, file.sha256)
    if here is not None:
        return here
    chunks: list[bytes] = []
    while True:
        ask = wire.PaperAsk(
            actor=seat.staff.staff_id,
            case_id=case_id,
            sha256=file.sha256,
            number=len(chunks),
        )
        answer = seat.desk.ask(calls.BLOB_READ, ask)
        if not answer.stored:
            raise Refusal(_NOT_YET)
        chunks.append(wire.bytes_of(answer.content))
        if answer.last:
            break
    whole = b"".join(chunks)
    if wire.name_of(whole) != file.sha256:
        raise Refusal("فایلی که از مرکز آمد با نامش مطابقت ندارد؛ با ناظر تماس بگیرید.")
    return whole


def _with(papers: Papers, index: int, held: HeldPage) -> tuple[HeldPage, ...]:
    return (*papers.pages[:index], held, *papers.pages[index + 1 :])


def keep(seat: Seat, made: bytes) -> str:
    """Keep the content at this desk; its name."""

    def work(session: Session) -> str:
        return blobs.keep(session, made, seat.desk.moment(session))

    return seat.desk.store.write(work)


def _content(seat: Seat, sha256: str) -> bytes:
    with seat.desk.store.reading() as session:
        found = blobs.read(session, sha256)
    if found is None:
        raise Refusal(_GONE)
    return found
