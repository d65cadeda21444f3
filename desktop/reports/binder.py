"""Letters of a month, or of one property, as one PDF: an index, each letter under a bookmark.

Beside its pages lies its file, whose bytes its seal is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf

from desktop.reports.letter.v2.page import Paper, Part, Sheet, pdf_of

VOID = "ابطال شد"
"""What lies across every page of a letter that is void."""


@dataclass(frozen=True)
class BoundLetter:
    """One letter: what its bookmark says, the name and bytes of its file, whether it is void."""

    words: str
    name: str
    pdf: bytes
    void: bool = False


def bind(path: Path, title: str, index: bytes, letters: Iterable[BoundLetter]) -> None:
    """Write the PDF. Raises OSError, and what `letters` raises."""
    with pikepdf.Pdf.open(BytesIO(index)) as book:
        with book.open_metadata() as told:
            told["dc:title"] = title
        book.Root.Lang = pikepdf.String("fa-IR")
        book.Root.PageMode = pikepdf.Name.UseOutlines
        marks = [("فهرست", 0)]
        for letter in letters:
            marks.append((letter.words, len(book.pages)))
            with pikepdf.Pdf.open(BytesIO(letter.pdf)) as own:
                for page in own.pages:
                    if letter.void:
                        _lay_void(page)
                    book.pages.append(page)
            name = f"{letter.name}.pdf"
            book.attachments[name] = pikepdf.AttachedFileSpec(
                book, letter.pdf, filename=name, mime_type="application/pdf"
            )
        with book.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(words, at) for words, at in marks)
        book.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _lay_void(page: pikepdf.Page) -> None:
    width, height = (float(side) for side in page.mediabox[2:])
    with pikepdf.Pdf.open(BytesIO(_void_page(width, height))) as mark:
        page.add_underlay(mark.pages[0], None)


def _void_page(width: float, height: float) -> bytes:
    """An empty page with the words aslant."""
    sheet = Sheet(Paper(width, height, 0, 0, 0, 0), height, height, 0)
    return pdf_of(VOID, [Part(sheet, lambda *_: None, sample=False, words=VOID)])
