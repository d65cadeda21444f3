"""The reading order of a file: which marked words are a paragraph, and what it says (ISO 32000-1
§14.7).

Glyphs stand in a line as they are seen, from left to right: what is read aloud is told beside. It
stands with the paragraph, not with its glyphs, where poppler and pdfium would turn it round. All
that is no words is marked as what a reader leaves out. No claim of PDF/UA is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc

from desktop.domain.persian import strip_isolates
from desktop.reports.letter.v2.wrap import Line

BEGIN, END = "/Artifact BMC", "EMC"
"""Around all of a page: what lies between words is no part of them."""


@dataclass
class _Paragraph:
    """Lines that are one paragraph: the page and the mark of each, and its words."""

    lines: list[tuple[int, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class Tags:
    """Marks the lines of a document as they are drawn, and tells their order at its end.

    A paragraph goes on until a line that ends one, over pages too. What frames the first page
    stands before its text where it is drawn above the middle, else behind all text; that of further
    pages is no text.
    """

    def __init__(self) -> None:
        self._page = 0
        self._marks = 0
        self._above: list[_Paragraph] = []
        self._text: list[_Paragraph] = []
        self._below: list[_Paragraph] = []
        self._open: _Paragraph | None = None
        self._middle: float | None = None
        self._pages: list[list[_Paragraph]] = []

    @contextmanager
    def framing(self, page: int, middle: float) -> Iterator[None]:
        """What is drawn now frames the page, counted from 1."""
        self._page, self._marks, self._middle = page, 0, middle
        self._pages.append([])
        before, self._open = self._open, None
        yield
        self._open, self._middle = before, None

    def line(self, line: Line, y: float, operators: str) -> str:
        """The operators of a line on that base line, marked."""
        if self._middle is not None and self._page > 1:
            return operators
        if self._open is None:
            self._open = _Paragraph()
            self._place(y).append(self._open)
        self._open.lines.append((self._page, self._marks))
        self._open.words.append(strip_isolates(line.text))
        self._pages[-1].append(self._open)
        marked = f"{END} /P <</MCID {self._marks}>> BDC {operators} {END} {BEGIN}"
        self._marks += 1
        if line.last:
            self._open = None
        return marked

    def _place(self, y: float) -> list[_Paragraph]:
        if self._middle is None:
            return self._text
        return self._above if y > self._middle else self._below

    def add(self, document: Any) -> None:
        """The order, in the document."""
        catalog = document.Catalog
        paragraphs = [*self._above, *self._text, *self._below]
        names = {id(each): f"letter-p{place}" for place, each in enumerate(paragraphs)}
        whole = document.Reference(_Written(_whole, list(names.values())), "letter-whole")
        for each in paragraphs:
            document.Reference(_Written(_paragraph, each), names[id(each)])
        parents = [[names[id(each)] for each in marked] for marked in self._pages]
        document.Reference(_Written(_parents, parents), "letter-parents")
        catalog.StructTreeRoot = document.Reference(_Written(_root, whole.name), "letter-order")
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        for place, page in enumerate(document.Pages.pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = place, pdfdoc.PDFName("S")


class _Written(pdfdoc.PDFObject):
    """An object that names others, written when all have their numbers."""

    def __init__(self, write: Any, told: Any) -> None:
        self._write, self._told = write, told

    def format(self, document: Any) -> bytes:
        """The text."""

        def number(name: str) -> str:
            return "{} {} R".format(*document.idToObjectNumberAndVersion[name])

        text: str = self._write(number, self._told)
        return text.encode("ascii")


def _root(number: Any, whole: str) -> str:
    return f"<< /Type /StructTreeRoot /K {number(whole)} /ParentTree {number('letter-parents')} >>"


def _whole(number: Any, names: list[str]) -> str:
    kids = " ".join(map(number, names))
    order = number("letter-order")
    return f"<< /Type /StructElem /S /Document /P {order} /Lang (fa-IR) /K [ {kids} ] >>"


def _paragraph(number: Any, told: _Paragraph) -> str:
    lines, first = told.lines, told.lines[0][0]
    words = " ".join(told.words).encode("utf-16-be").hex()
    kids = [
        str(mark) if page == first else f"<< /Type /MCR /Pg {number(f'Page{page}')} /MCID {mark} >>"
        for page, mark in lines
    ]
    begun = number(f"Page{first}")
    whole = number("letter-whole")
    return (
        f"<< /Type /StructElem /S /P /P {whole} /Pg {begun} /K [ {' '.join(kids)} ]"
        f" /ActualText <FEFF{words}> >>"
    )


def _parents(number: Any, pages: list[list[str]]) -> str:
    listed = " ".join(
        f"{place} [ {' '.join(map(number, names))} ]" for place, names in enumerate(pages)
    )
    return f"<< /Nums [ {listed} ] >>"
