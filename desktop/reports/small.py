"""What the office's unnumbered papers share: head, tracking code with QR, rows, foot.

They are A5; in large print A4, for who sees little or has it read by another; `wide` ones, which
hold a day or a month or hang on a wall, are A4 in the usual print.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from reportlab.lib.units import mm

from desktop.domain.letter import TRAINING, LetterHead, Table
from desktop.domain.persian import bind, isolate, pair, to_persian_digits
from desktop.reports.letter.v1 import art, qr
from desktop.reports.letter.v1.drawing import contact
from desktop.reports.letter.v2 import table
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import (
    A4,
    A5,
    INK,
    QUIET,
    Colour,
    Mark,
    Paper,
    Part,
    Pen,
    Sheet,
    Side,
    pdf_of,
)
from desktop.reports.letter.v2.wrap import Line, balanced, natural, wrap

BODY, LEADING = 9.5, 16.5
_LINE = LEADING / BODY
A4_LANDSCAPE = Paper(297 * mm, 210 * mm, 10 * mm, 14 * mm, 9 * mm, 12 * mm)
"""For tables of many columns."""
_LARGE, _LARGE_LEADING = 17.0, 28.0
# The head is between the office and the code: its words grow only so much.
_HEAD_SCALE = 1.4
_HEAD = 33 * mm
_NEXT_HEAD = 12 * mm
_CODE = 17 * mm
_FOOT, _FOOT_LEADING = 7.5, 12.0


class SmallPaper:
    """A paper under the office's head, named, and known by its tracking code if it has one.

    A wide table has a `paper` of its own; `body` is another size of print, points.
    """

    def __init__(
        self,
        head: LetterHead,
        title: str,
        tracking_code: str,
        *,
        sample: bool,
        large: bool = False,
        wide: bool = False,
        paper: Paper | None = None,
        body: float = BODY,
    ) -> None:
        self.paper = paper or (A4 if large or wide else A5)
        self.body, self.leading = (_LARGE, _LARGE_LEADING) if large else (body, body * _LINE)
        self._scale = self.body / BODY if large else 1.0
        self._foot_leading = _FOOT_LEADING * self._scale
        self._head, self._title, self._code, self._sample = head, title, tracking_code, sample
        self._foot = wrap(contact(head), self.paper.column, _FOOT * self._scale)
        self._bottom = self.paper.bottom + (len(self._foot) + 1) * self._foot_leading + 1 * mm
        top = self.paper.height - self.paper.top
        self._head_height = _HEAD + (7 * mm if large else 0)
        self.sheet = Sheet(self.paper, top - self._head_height, top - _NEXT_HEAD, self._bottom)

    def heading(self, words: str, keep: float = 0) -> None:
        """A bold line over what follows, never the last on a page: `keep` points follow it there,
        a line at least."""
        self.sheet.space(2.5 * mm)
        kept = max(keep, self.leading)
        self.sheet.text(words, self.body, self.leading, Weight.BOLD, keep=kept)

    def table(self, name: str, rows: Table, *, larger: bool = False) -> None:
        """A table under its name, which stands with its head and first row."""
        table.put(self.sheet, rows, larger=larger, over=partial(self.heading, name))

    def rows(self, pairs: Iterable[tuple[str, str]]) -> None:
        """«label: value» rows with the values under each other; empty values are left out."""
        shown = [(f"{label}:", value) for label, value in pairs if value]
        indent = max(natural(label, self.body)[0] for label, _ in shown) + 3 * mm
        sheet, room = self.sheet, self.paper.column - indent
        for label, value in shown:
            caption = wrap(label, indent, self.body)[0]
            lines = wrap(pair(bind(value)), room, self.body, Weight.MEDIUM)
            sheet.fit(min(2, len(lines)) * self.leading)
            for i, line in enumerate(lines):
                sheet.fit(self.leading)
                if i == 0:
                    self._beside(caption, line, indent, QUIET)
                sheet.set(line, self.paper.start - indent, self.leading, Side.RIGHT, room)

    def points(self, lines: Iterable[str], *, numbered: bool = False) -> None:
        """Short paragraphs, each behind a dash or a number."""
        for i, words in enumerate(lines, start=1):
            lead = f"{to_persian_digits(i)})" if numbered else "–"
            mark = wrap(lead, 9 * mm * self._scale, self.body)[0]
            indent = 6 * mm * self._scale
            start, room = self.paper.start - indent, self.paper.column - indent
            rows = wrap(pair(bind(words)), room, self.body)
            for at, line in enumerate(rows):
                self.sheet.fit(self.leading)
                if at == 0:
                    self._beside(mark, line, indent, INK)
                self.sheet.set(line, start, self.leading, Side.RIGHT, room)

    def _beside(self, lead: Line, line: Line, indent: float, colour: Colour) -> None:
        """What stands at the right of a line that comes next, copied as one line with it."""
        base = self.sheet.y - (self.leading + self.body * 0.5) / 2
        start = self.paper.start - indent

        def mark(pen: Pen) -> None:
            pen.line(lead, self.paper.start, base, Side.RIGHT, colour=colour)
            if line.text:
                pen.bridge(start, self.paper.start - lead.width, base, self.body)

        self.sheet.put(mark)

    def signature(self, caption: str, name: str) -> None:
        """Who signs, at the left, with room for the hand."""
        self.sheet.space(4 * mm)
        width = 62 * mm
        self.sheet.fit(3 * self.leading)
        for words in (caption, name):
            for line in wrap(bind(words), width, self.body, Weight.MEDIUM):
                self.sheet.fit(self.leading)
                self.sheet.set(line, self.paper.left + width, self.leading, Side.CENTRE, width)

    def places(self, places: Sequence[tuple[str, str, float, float]]) -> None:
        """Places for ink side by side, from right to left: (caption, name, width, height) each.

        They stand together, with what they are for and whose they are above them.
        """
        tall = max(height for *_, height in places)
        named = any(name for _, name, *_ in places)
        head = (2 if named else 1) * self.leading
        self.sheet.space(3 * mm)
        self.sheet.fit(head + tall + 1 * mm)
        top = self.sheet.y
        gap = (self.paper.column - sum(width for *_, width, _ in places)) / max(1, len(places) - 1)
        right = self.paper.start if len(places) > 1 else self.paper.left + places[0][2]
        for caption, name, width, height in places:
            lines = (
                wrap(caption, width, 8.5 * min(1.4, self._scale))[:1]
                + (wrap(name, width, self.body, Weight.MEDIUM)[:1])
            )
            self.sheet.put(
                _place(lines if name else lines[:1], right, top, width, head, height, self.leading)
            )
            right -= width + gap
        self.sheet.y -= head + tall + 1 * mm

    def pdf(self) -> bytes:
        """The paper as PDF. Raises Refusal on a character without a glyph, before drawing."""
        named = f"{self._title} – {to_persian_digits(self._code)}" if self._code else self._title
        return pdf_of(named, [self.part()])

    def part(self) -> Part:
        """The paper as one of several in a document; raises as `pdf`."""
        head, larger = self._head, min(_HEAD_SCALE, self._scale)
        width = 46 * mm * larger
        names = wrap(head.organisation, width, 9.5 * larger, Weight.BOLD)
        names += balanced(head.office, width, 7.5 * larger)
        title = wrap(self._title, 50 * mm * larger, 12 * larger, Weight.BOLD)
        if said := TRAINING if head.training else "نمونه" if self._sample else "":
            title += wrap(said, 50 * mm * larger, 9 * larger, Weight.BOLD)
        shown = isolate(to_persian_digits(self._code))
        known = f"{self._title}، کد رهگیری {shown}" if self._code else self._title
        code = wrap(f"کد رهگیری: {shown}", self.paper.column, 9.5 * self._scale, Weight.BOLD)[0]
        running = wrap(known, self.paper.column, 8.5, Weight.MEDIUM)[0]

        def frame(pen: Pen, page: int, pages: int) -> None:
            top = self.paper.height - self.paper.top
            if page == 1:
                middle, emblem = self.paper.start - width / 2, 10 * mm
                art.draw(
                    pen.figures,
                    art.drawing("art/emblem"),
                    middle - emblem / 2,
                    top - emblem,
                    emblem,
                )
                base = top - emblem - 10 * larger
                for line in names:
                    pen.line(line, self.paper.start, base, Side.CENTRE, width)
                    base -= 11 * larger
                base = top - 20
                for line in title:
                    pen.line(line, self.paper.width, base, Side.CENTRE, self.paper.width)
                    base -= 17 * larger
                edge = 3 * mm
                if self._code:
                    qr.draw(pen.figures, self._code, self.paper.left + edge, top - _CODE, _CODE)
                    pen.line(
                        code,
                        self.paper.left + self.paper.column,
                        top - self._head_height + 5 * self._scale,
                        Side.RIGHT,
                    )
            else:
                pen.line(running, self.paper.start, top - 10, Side.RIGHT)
            y = self._bottom - 1.5 * mm
            pen.rule(self.paper.left, y, self.paper.start, y)
            base = y - 10 * self._scale
            for line in self._foot:
                pen.line(line, self.paper.start, base, Side.RIGHT, colour=QUIET)
                base -= self._foot_leading
            count = to_persian_digits(f"صفحهٔ {page} از {pages}")
            pen.line(
                wrap(count, self.paper.column, _FOOT * self._scale)[0],
                self.paper.start,
                base,
                Side.RIGHT,
                colour=QUIET,
            )

        return Part(self.sheet, frame, sample=self._sample, training=head.training)


def _place(
    lines: list[Line],
    right: float,
    top: float,
    width: float,
    head: float,
    height: float,
    leading: float,
) -> Mark:
    def mark(pen: Pen) -> None:
        for i, line in enumerate(lines):
            colour = QUIET if i == 0 else INK
            pen.line(line, right, top - 11 - i * leading, Side.CENTRE, width, colour)
        pen.corners(right - width, top - head - height, width, height, 3 * mm)

    return mark
