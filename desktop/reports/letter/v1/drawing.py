"""The stamped letter (A4), drawn from its value alone: the same bytes on every desk."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm

from desktop.domain.letter import Essence, Letter, LetterHead, LetterText, Release
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.attachment import Kept, attacher
from desktop.reports.letter.v1 import art, qr, stamp, table
from desktop.reports.letter.v1.fonts import Weight
from desktop.reports.letter.v1.page import A4, HAIR, QUIET, Mark, Pen, Sheet, Side
from desktop.reports.letter.v1.wrap import Line, wrap
from desktop.wire.essence import read as read_essence

_LAYOUT = 1
_BODY, _LEADING = 11.0, 20.5
_SMALL, _SMALL_LEADING = 8.0, 13.0
_HEAD = 43 * mm
_NEXT_HEAD = 19 * mm
_CODE = 28 * mm
_SIGNATURE = 40 * mm
_ORDINALS = ("اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم")


@dataclass(frozen=True)
class _Paper:
    """What is drawn: the words, the essence they are signed by, and how far the letter has come."""

    text: LetterText
    essence: Essence
    signed: bytes
    release: Release | None
    copy: int

    @property
    def number(self) -> str:
        return isolate(to_persian_digits(self.essence.number))

    @property
    def day(self) -> str:
        return _day(self.essence.issued)


def _day(compact: str) -> str:
    return to_persian_digits(f"{compact[:4]}/{compact[4:6]}/{compact[6:]}")


def draw(letter: Letter, release: Release | None, copy: int) -> bytes:
    """The letter as a PDF: its copy number `copy` under a release, the proof where there is none.

    Number, day and validity are drawn from the signed essence, so that paper says only what was
    signed. A proof has neither stamp nor QR nor the attached value. Raises Refusal for an unknown
    stamp and for a character without a glyph, ValueError when words and essence differ.
    """
    if copy < 1:
        raise ValueError(f"copy {copy}")
    essence = read_essence(bytes.fromhex(letter.essence))
    if essence.digest != letter.text.digest():
        raise ValueError(f"letter {essence.number}: the words are not those of the essence")
    signed = bytes.fromhex(letter.essence) + bytes.fromhex(letter.signature)
    paper = _Paper(letter.text, essence, signed, release, copy)
    foot = _foot(paper)
    bottom = A4.bottom + max(_CODE + 2 * mm, (len(foot) + 1) * _SMALL_LEADING) + 5 * mm
    top = A4.height - A4.top
    sheet = Sheet(A4, top - _HEAD, top - _NEXT_HEAD, bottom)
    _body(sheet, paper)
    attach = None
    if release is not None:
        attach = attacher(
            Kept(letter.text, letter.essence, letter.signature, release, _LAYOUT, copy)
        )
    header = _header(paper)

    def frame(pen: Pen, page: int, pages: int) -> None:
        if page == 1:
            header(pen)
        else:
            _running_head(pen, paper)
        _draw_foot(pen, paper, foot, bottom, page, pages)

    title = f"{letter.text.subject} – {to_persian_digits(essence.number)}"
    return sheet.pdf(title, frame, sample=letter.text.sample, attach=attach)


def _body(sheet: Sheet, paper: _Paper) -> None:
    text = paper.text
    sheet.text(text.addressee, _BODY, _LEADING, Weight.BOLD)
    sheet.text(f"موضوع: {text.subject}", _BODY, _LEADING, Weight.BOLD)
    sheet.space(5 * mm)
    copies = _copies(text.copies)
    # Stamp and copies stand with the last words, never alone on a page.
    tail = _SIGNATURE + len(copies) * _SMALL_LEADING
    tail = tail if tail < sheet.whole / 2 else _SIGNATURE
    before, after = (text.paragraphs, text.closing) if text.table else ((), ())
    for paragraph in before:
        sheet.text(paragraph, _BODY, _LEADING, side=Side.JUSTIFY)
    if text.table is not None:
        sheet.space(2 * mm)
        table.put(sheet, text.table)
        sheet.space(3 * mm)
    else:
        after = (*text.paragraphs, *text.closing)
    for i, paragraph in enumerate(after, start=1):
        keep = tail if i == len(after) else 0
        sheet.text(paragraph, _BODY, _LEADING, side=Side.JUSTIFY, keep=keep)
    sheet.fit(tail)
    _signature(sheet, paper)
    if copies:
        height = len(copies) * _SMALL_LEADING
        if height <= sheet.room:
            sheet.y = sheet.bottom + height
        for line in copies:
            sheet.fit(_SMALL_LEADING)
            sheet.set(line, A4.start, _SMALL_LEADING, Side.RIGHT, A4.column, QUIET)


def _signature(sheet: Sheet, paper: _Paper) -> None:
    """Name above title at the bottom left, the stamp beside and a little over them."""
    release, text = paper.release, paper.text
    radius = stamp.shape(release.stamp if release else "office").radius
    middle = sheet.y - _SIGNATURE / 2 - 1 * mm
    width = 68 * mm
    right = A4.left + width
    lines: list[Line] = []
    if release is not None:
        lines = wrap(release.by, width, _BODY, Weight.BOLD) + wrap(release.title, width, 10)

    def mark(pen: Pen) -> None:
        base = middle + (len(lines) - 1) * 8 - 2
        for line in lines:
            pen.line(line, right, base, Side.CENTRE, width)
            base -= 16
        widest = max((line.width for line in lines), default=0)
        # Beside the longest line: a name under a stamp would not be read.
        edge = max(A4.left + (width + widest) / 2 + 1 * mm, right - 20 * mm)
        x = edge + radius
        if release is None:
            stamp.place(pen, x, middle, radius)
        else:
            head = text.head
            stamp.draw(
                pen, release.stamp, head.organisation, head.office, x, middle, sample=text.sample
            )

    sheet.put(mark)
    sheet.y -= _SIGNATURE


def _copies(copies: tuple[str, ...]) -> list[Line]:
    """«رونوشت» at the bottom right of the last page, numbered; no lines where there are none."""
    if not copies:
        return []
    size = _SMALL + 0.5
    lines = wrap("رونوشت:", A4.column, size, Weight.BOLD)
    for i, words in enumerate(copies, start=1):
        lines += wrap(f"{to_persian_digits(i)}) {words}", A4.column, size)
    return lines


def _header(paper: _Paper) -> Mark:
    """Emblem, organisation and office at the right, «بسمه تعالی», number and day at the left."""
    head = paper.text.head
    width = 58 * mm
    names = wrap(head.organisation, width, 11, Weight.BOLD) + wrap(head.office, width, 9)
    opening = wrap("بسمه تعالی", A4.column, 10, Weight.MEDIUM)[0]
    facts = [
        line
        for words in (
            f"شماره: {paper.number}",
            f"تاریخ: {paper.day}",
            f"پیوست: {paper.text.attachment}",
        )
        for line in wrap(words, 46 * mm, 10)
    ]
    notice = wrap("پیش از تأیید – فاقد اعتبار", A4.column, 12, Weight.BOLD)[0]

    def mark(pen: Pen) -> None:
        top = A4.height - A4.top
        emblem = 17 * mm
        middle = A4.start - width / 2 + 6 * mm
        art.draw(pen, art.drawing("art/emblem"), middle - emblem / 2, top - emblem, emblem)
        base = top - emblem - 13
        for line in names:
            pen.line(line, middle + width / 2, base, Side.CENTRE, width)
            base -= 14
        pen.line(opening, A4.width, top - 12, Side.CENTRE, A4.width)
        base = top - 12
        for line in facts:
            pen.line(line, A4.left + 46 * mm, base, Side.RIGHT)
            base -= 18
        if paper.release is None:
            pen.line(notice, A4.width, top - 34, Side.CENTRE, A4.width, QUIET)

    return mark


def _running_head(pen: Pen, paper: _Paper) -> None:
    """On further pages: whose letter this is, so that no page is lost among others."""
    top = A4.height - A4.top
    words = f"{paper.text.head.organisation}، {paper.text.head.office}"
    line = wrap(words, 110 * mm, 9, Weight.MEDIUM)[0]
    pen.line(line, A4.start, top - 12, Side.RIGHT)
    number = wrap(f"شماره: {paper.number}، تاریخ: {paper.day}", A4.column, 9)[0]
    pen.line(number, A4.left, top - 12, Side.LEFT)
    pen.rule(A4.left, top - 20, A4.start, top - 20)


def _foot(paper: _Paper) -> list[Line]:
    width = A4.column - _CODE - 8 * mm
    validity = (
        f" این نامه تا {_day(paper.essence.valid_until)} اعتبار دارد."
        if (paper.essence.valid_until)
        else ""
    )
    last = "پیش از تأیید – فاقد اعتبار"
    if paper.release is not None:
        last = f"بدون مهر و امضا فاقد اعتبار است.{validity} {_copy(paper.copy)}"
    rows = (contact(paper.text.head), paper.text.authority, last)
    return [line for row in rows if row for line in wrap(row, width, _SMALL)]


def contact(head: LetterHead) -> str:
    """Address, phone and postal code of the office in one line."""
    parts = [head.address]
    if head.phone:
        parts.append(f"تلفن {isolate(to_persian_digits(head.phone))}")
    if head.postal_code:
        parts.append(f"کد پستی {isolate(to_persian_digits(head.postal_code))}")
    return "، ".join(part for part in parts if part)


def _copy(copy: int) -> str:
    if copy <= len(_ORDINALS):
        return f"نسخهٔ {_ORDINALS[copy - 1]}"
    return f"نسخهٔ {to_persian_digits(copy)}"


def _draw_foot(
    pen: Pen, paper: _Paper, foot: list[Line], bottom: float, page: int, pages: int
) -> None:
    y = bottom - 2.5 * mm
    pen.rule(A4.left, y, A4.start, y)
    base = y - 12
    for line in foot:
        pen.line(line, A4.start, base, Side.RIGHT, colour=QUIET)
        base -= _SMALL_LEADING
    count = to_persian_digits(f"صفحهٔ {page} از {pages}")
    pen.line(wrap(count, A4.column, _SMALL)[0], A4.start, A4.bottom, Side.RIGHT, colour=QUIET)
    code_top = y - 2 * mm
    if paper.release is not None:
        qr.draw(pen, qr.to_code(paper.signed), A4.left, code_top - _CODE, _CODE)
        return
    pen.dashes()
    pen.canvas.rect(A4.left, code_top - _CODE, _CODE, _CODE, stroke=1, fill=0)
    pen.solid()
    words = wrap("جای رمزینه", _CODE, 9)[0]
    pen.line(words, A4.left + _CODE, code_top - _CODE / 2 - 3, Side.CENTRE, _CODE, HAIR)
