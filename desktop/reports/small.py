"""What the office's unnumbered papers (A5) share: head, tracking code with QR, rows, foot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.units import mm

from desktop.domain.letter import LetterHead
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.v1 import art, qr
from desktop.reports.letter.v1.drawing import contact
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import A5, INK, QUIET, Colour, Mark, Pen, Sheet, Side
from desktop.reports.letter.v2.wrap import Line, natural, wrap

BODY, LEADING = 9.5, 16.5
_HEAD = 33 * mm
_NEXT_HEAD = 12 * mm
_CODE = 17 * mm
_FOOT, _FOOT_LEADING = 7.5, 12.0


class SmallPaper:
    """An A5 paper under the office's head, named, and known by its tracking code if it has one."""

    def __init__(self, head: LetterHead, title: str, tracking_code: str, *, sample: bool) -> None:
        self._head, self._title, self._code, self._sample = head, title, tracking_code, sample
        self._foot = wrap(contact(head), A5.column, _FOOT)
        self._bottom = A5.bottom + (len(self._foot) + 1) * _FOOT_LEADING + 1 * mm
        top = A5.height - A5.top
        self.sheet = Sheet(A5, top - _HEAD, top - _NEXT_HEAD, self._bottom)

    def heading(self, words: str) -> None:
        """A bold line over what follows, never the last on a page."""
        self.sheet.space(2.5 * mm)
        self.sheet.text(words, BODY, LEADING, Weight.BOLD, keep=LEADING)

    def rows(self, pairs: Iterable[tuple[str, str]]) -> None:
        """«label: value» rows with the values under each other; empty values are left out."""
        shown = [(f"{label}:", value) for label, value in pairs if value]
        indent = max(natural(label, BODY)[0] for label, _ in shown) + 3 * mm
        sheet = self.sheet
        for label, value in shown:
            caption = wrap(label, indent, BODY)[0]
            lines = wrap(value, A5.column - indent, BODY, Weight.MEDIUM)
            sheet.fit(min(2, len(lines)) * LEADING)
            for i, line in enumerate(lines):
                sheet.fit(LEADING)
                if i == 0:
                    self._beside(caption, line, indent, QUIET)
                sheet.set(line, A5.start - indent, LEADING, Side.RIGHT, A5.column - indent)

    def points(self, lines: Iterable[str], *, numbered: bool = False) -> None:
        """Short paragraphs, each behind a dash or a number."""
        for i, words in enumerate(lines, start=1):
            lead = f"{to_persian_digits(i)})" if numbered else "–"
            mark = wrap(lead, 9 * mm, BODY)[0]
            indent = 6 * mm
            rows = wrap(words, A5.column - indent, BODY)
            for at, line in enumerate(rows):
                self.sheet.fit(LEADING)
                if at == 0:
                    self._beside(mark, line, indent, INK)
                self.sheet.set(line, A5.start - indent, LEADING, Side.RIGHT, A5.column - indent)

    def _beside(self, lead: Line, line: Line, indent: float, colour: Colour) -> None:
        """What stands at the right of a line that comes next, copied as one line with it."""
        base = self.sheet.y - (LEADING + BODY * 0.5) / 2
        start = A5.start - indent

        def mark(pen: Pen) -> None:
            pen.line(lead, A5.start, base, Side.RIGHT, colour=colour)
            if line.text:
                pen.bridge(start, A5.start - lead.width, base, BODY)

        self.sheet.put(mark)

    def signature(self, caption: str, name: str) -> None:
        """Who signs, at the left, with room for the hand."""
        self.sheet.space(4 * mm)
        width = 62 * mm
        self.sheet.fit(3 * LEADING)
        for words in (caption, name):
            for line in wrap(words, width, BODY, Weight.MEDIUM):
                self.sheet.fit(LEADING)
                self.sheet.set(line, A5.left + width, LEADING, Side.CENTRE, width)

    def places(self, places: Sequence[tuple[str, str, float, float]]) -> None:
        """Places for ink side by side, from right to left: (caption, name, width, height) each.

        They stand together, with what they are for and whose they are above them.
        """
        tall = max(height for *_, height in places)
        named = any(name for _, name, *_ in places)
        head = (2 if named else 1) * LEADING
        self.sheet.space(3 * mm)
        self.sheet.fit(head + tall + 1 * mm)
        top = self.sheet.y
        gap = (A5.column - sum(width for *_, width, _ in places)) / max(1, len(places) - 1)
        right = A5.start if len(places) > 1 else A5.left + places[0][2]
        for caption, name, width, height in places:
            lines = wrap(caption, width, 8.5)[:1] + (wrap(name, width, BODY, Weight.MEDIUM)[:1])
            self.sheet.put(_place(lines if name else lines[:1], right, top, width, head, height))
            right -= width + gap
        self.sheet.y -= head + tall + 1 * mm

    def pdf(self) -> bytes:
        """The paper as PDF. Raises Refusal on a character without a glyph, before drawing."""
        head, width = self._head, 46 * mm
        names = wrap(head.organisation, width, 9.5, Weight.BOLD) + wrap(head.office, width, 7.5)
        title = wrap(self._title, 50 * mm, 12, Weight.BOLD)
        if self._sample:
            title += wrap("نمونه", 50 * mm, 9, Weight.BOLD)
        shown = isolate(to_persian_digits(self._code))
        known = f"{self._title}، کد رهگیری {shown}" if self._code else self._title
        code = wrap(f"کد رهگیری: {shown}", A5.column, 9.5, Weight.BOLD)[0]
        running = wrap(known, A5.column, 8.5, Weight.MEDIUM)[0]

        def frame(pen: Pen, page: int, pages: int) -> None:
            top = A5.height - A5.top
            if page == 1:
                middle, emblem = A5.start - width / 2, 10 * mm
                art.draw(
                    pen.figures,
                    art.drawing("art/emblem"),
                    middle - emblem / 2,
                    top - emblem,
                    emblem,
                )
                base = top - emblem - 10
                for line in names:
                    pen.line(line, A5.start, base, Side.CENTRE, width)
                    base -= 11
                base = top - 20
                for line in title:
                    pen.line(line, A5.width, base, Side.CENTRE, A5.width)
                    base -= 17
                edge = 3 * mm
                if self._code:
                    qr.draw(pen.figures, self._code, A5.left + edge, top - _CODE, _CODE)
                    pen.line(code, A5.left + A5.column, top - _HEAD + 5, Side.RIGHT)
            else:
                pen.line(running, A5.start, top - 10, Side.RIGHT)
            y = self._bottom - 1.5 * mm
            pen.rule(A5.left, y, A5.start, y)
            base = y - 10
            for line in self._foot:
                pen.line(line, A5.start, base, Side.RIGHT, colour=QUIET)
                base -= _FOOT_LEADING
            count = to_persian_digits(f"صفحهٔ {page} از {pages}")
            pen.line(wrap(count, A5.column, _FOOT)[0], A5.start, base, Side.RIGHT, colour=QUIET)

        named = f"{self._title} – {to_persian_digits(self._code)}" if self._code else self._title
        return self.sheet.pdf(named, frame, sample=self._sample)


def _place(
    lines: list[Line], right: float, top: float, width: float, head: float, height: float
) -> Mark:
    def mark(pen: Pen) -> None:
        for i, line in enumerate(lines):
            colour = QUIET if i == 0 else INK
            pen.line(line, right, top - 11 - i * LEADING, Side.CENTRE, width, colour)
        pen.corners(right - width, top - head - height, width, height, 3 * mm)

    return mark
