"""A letter of the municipality to an office (A4): what is handed over to it, or taken back.

Drawn from its value alone, so the bytes are the same at every desk.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from desktop.domain.calendar import format_jalali
from desktop.domain.letter import TRAINING, Table
from desktop.domain.office_letter import OfficeLetter, OfficeLetterKind
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.v1.drawing import contact
from desktop.reports.letter.v2 import figures, stamp, table
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import A4, ACCENT, FINE, QUIET, Mark, Pen, Sheet, Side
from desktop.reports.letter.v2.wrap import Line, balanced, wrap

_BODY, _LEADING = 11.0, 20.5
_SMALL, _SMALL_LEADING = 8.0, 13.0
_HEAD, _NEXT_HEAD = 36 * mm, 17 * mm
_EMBLEM = 18 * mm
# Free for ink: a hand's place under each name, and the stamp's between them.
_HAND, _INK, _ARM = 62 * mm, 24 * mm, 4 * mm
_UNSIGNED = "پیش از امضا – فاقد اعتبار"
_TAKEN_BACK = "پیش از آغاز پس گرفته شد – فاقد اعتبار"
_COPIES = ("دارندهٔ پروانهٔ دفتر", "بایگانی")
_ANNEX = {
    OfficeLetterKind.DELEGATION: "پیوست: خدمت‌های واگذارشده",
    OfficeLetterKind.WITHDRAWAL: "پیوست: خدمت‌هایی که واگذاری آن‌ها پایان می‌یابد",
}


def draw(letter: OfficeLetter, *, taken_back: bool = False) -> bytes:
    """The letter as PDF; without a number, or `taken_back`, it says that it is none.

    Raises Refusal on a character without a glyph, before drawing.
    """
    foot = _foot(letter)
    bottom = A4.bottom + (len(foot) + 1) * _SMALL_LEADING + 3 * mm
    top = A4.height - A4.top
    sheet = Sheet(A4, top - _HEAD, top - _NEXT_HEAD, bottom)
    sheet.text(letter.addressee, _BODY + 0.5, _LEADING, Weight.BOLD)
    sheet.text(f"موضوع: **{letter.kind.subject}**", _BODY, _LEADING)
    sheet.space(2 * mm)
    sheet.text("با سلام", _BODY, _LEADING)
    for words in letter.paragraphs:
        sheet.text(words, _BODY, _LEADING, side=Side.JUSTIFY)
        sheet.space(1 * mm)
    sheet.space(3 * mm)
    sheet.text(_ANNEX[letter.kind], _BODY, _LEADING, Weight.BOLD, keep=3 * _LEADING)
    table.put(sheet, annex(letter))
    sheet.space(6 * mm)
    _signatures(sheet, letter)
    notice = _TAKEN_BACK if taken_back else "" if letter.number else _UNSIGNED
    header, running = _header(letter, notice), _running(letter, notice)

    def frame(pen: Pen, page: int, pages: int) -> None:
        (header if page == 1 else running)(pen)
        pen.rule(A4.left, bottom - 2 * mm, A4.start, bottom - 2 * mm)
        base = bottom - 2 * mm - 11
        for line in foot:
            pen.line(line, A4.start, base, Side.RIGHT, colour=QUIET)
            base -= _SMALL_LEADING
        training = f"، {TRAINING}" if letter.head.training else ""
        sample = training or ("، نمونه" if letter.sample else "")
        count = wrap(to_persian_digits(f"صفحهٔ {page} از {pages}{sample}"), A4.column, _SMALL)[0]
        pen.line(count, A4.start, base, Side.RIGHT, colour=QUIET)

    title = f"{letter.kind.subject} – {to_persian_digits(letter.number or letter.code)}"
    return sheet.pdf(title, frame, sample=letter.sample, training=letter.head.training)


def annex(letter: OfficeLetter) -> Table:
    """Its services, each with its own term where they differ, and who finishes what is open."""
    rows = letter.services
    columns: list[tuple[str, Sequence[str]]] = [
        ("ردیف", [to_persian_digits(number) for number in range(1, len(rows) + 1)]),
        ("خدمت", [to_persian_digits(each.title) for each in rows]),
    ]
    if letter.term is None:
        columns.append(("از روز", [isolate(format_jalali(each.since)) for each in rows]))
        if letter.kind is OfficeLetterKind.DELEGATION:
            ends = [isolate(format_jalali(each.until)) if each.until else "—" for each in rows]
            columns.append(("تا روز", ends))
    if len({each.heir for each in rows}) > 1:
        columns.append(("پرونده‌های باز", [each.heir or "همین دفتر" for each in rows]))
    heads = tuple(head for head, _ in columns)
    return Table(heads, tuple(zip(*(cells for _, cells in columns), strict=True)))


def _signatures(sheet: Sheet, letter: OfficeLetter) -> None:
    """Who signs by the municipality's data at the left, the second signature at the right."""
    name, title = letter.signer.hand
    first = [(name, Weight.BOLD, _BODY), (title, Weight.REGULAR, 9.5)]
    second = [
        (letter.second, Weight.BOLD, _BODY),
        (
            f"{letter.second_title}، امضای دوم" if letter.second else "امضای دوم",
            Weight.REGULAR,
            9.5,
        ),
    ]
    blocks = [
        [line for words, weight, size in each if words for line in wrap(words, _HAND, size, weight)]
        for each in (first, second)
    ]
    names = max(len(each) for each in blocks) * 16
    sheet.fit(names + _INK + 4 * _SMALL_LEADING)
    top = sheet.y
    radius = stamp.shape("office").radius
    edge = A4.left + _HAND

    def mark(pen: Pen) -> None:
        for lines, right in zip(blocks, (edge, A4.start), strict=True):
            base = top - 12
            for line in lines:
                pen.line(line, right, base, Side.CENTRE, _HAND)
                base -= 16
            pen.corners(right - _HAND, top - names - _INK, _HAND, _INK, _ARM)
        if not letter.number:
            middle = (edge + A4.start - _HAND) / 2
            stamp.place(pen, middle, top - names - _INK / 2, min(radius, 17 * mm))

    sheet.put(mark)
    sheet.y -= names + _INK
    sheet.space(3 * mm)
    sheet.text("رونوشت", _SMALL + 0.5, _SMALL_LEADING, Weight.BOLD)
    for number, words in enumerate(_COPIES, start=1):
        sheet.text(to_persian_digits(f"{number}) {words}"), _SMALL, _SMALL_LEADING, colour=QUIET)


def _header(letter: OfficeLetter, notice: str) -> Mark:
    """Emblem, municipality and unit at the right; number, day and annex at the left."""
    width, label, value = 62 * mm, 14 * mm, 34 * mm
    names = wrap(letter.head.organisation, width, 13, Weight.BOLD)
    units = balanced(letter.head.office, width, 9)
    opening = wrap("بسمه تعالی", A4.column, 10, Weight.MEDIUM)[0]
    number = isolate(to_persian_digits(letter.number)) if letter.number else "پس از امضا"
    facts = [
        (wrap(named, label, 9)[0], wrap(told, value, 9.5, Weight.MEDIUM)[0])
        for named, told in (
            ("شماره", number),
            ("تاریخ", isolate(format_jalali(letter.dated))),
            ("پیوست", "دارد"),
        )
    ]
    told = wrap(notice, A4.column, 10, Weight.BOLD)[0] if notice else None

    def mark(pen: Pen) -> None:
        top = A4.height - A4.top
        emblem = figures.emblem(A4.start - _EMBLEM, top - _EMBLEM, _EMBLEM)
        pen.canvas.addLiteral(emblem)
        base, right = top - 14, A4.start - _EMBLEM - 4 * mm
        base = _lines(pen, names, right, base, 18)
        _lines(pen, units, right, base, 15)
        pen.line(opening, A4.width, top - 12, Side.CENTRE, A4.width)
        base = top - 12
        for named, fact in facts:
            pen.line(named, A4.left + value + label, base, Side.RIGHT, colour=QUIET)
            pen.line(fact, A4.left + value, base, Side.RIGHT)
            base -= 18
        y = top - _HEAD + 9 * mm
        if told is not None:
            pen.line(told, A4.width, y + 7, Side.CENTRE, A4.width, QUIET)
        for below in (0.0, 1.6):
            pen.rule(A4.left, y - below, A4.start, y - below, ACCENT)

    return mark


def _lines(pen: Pen, lines: Sequence[Line], right: float, base: float, step: float) -> float:
    for line in lines:
        pen.line(line, right, base, Side.RIGHT)
        base -= step
    return base


def _running(letter: OfficeLetter, notice: str) -> Mark:
    """On further pages: to whom, which number and day, and that it is none where it is none."""
    number = isolate(to_persian_digits(letter.number)) if letter.number else "پس از امضا"
    day = isolate(format_jalali(letter.dated))
    line = wrap(f"{letter.addressee}{f'، {notice}' if notice else ''}", 110 * mm, 9)[0]
    known = wrap(f"شماره: {number}، تاریخ: {day}", A4.column, 9)[0]

    def mark(pen: Pen) -> None:
        top = A4.height - A4.top
        pen.line(line, A4.start, top - 12, Side.RIGHT)
        pen.line(known, A4.left, top - 12, Side.LEFT)
        pen.rule(A4.left, top - 20, A4.start, top - 20, FINE)

    return mark


def _foot(letter: OfficeLetter) -> list[Line]:
    """Where it comes from, and whose signatures put it into force."""
    prepared = f"در سامانه: نخست {letter.prepared}" if letter.prepared else ""
    prepared += f"، دوم {letter.second}" if letter.second else ""
    signed = f"{prepared}. " if prepared else ""
    rows = (contact(letter.head), f"{signed}بدون مهر و امضا فاقد اعتبار است.")
    return [line for words in rows if words for line in wrap(words, A4.column, _SMALL)]
