"""The stamped letter (A4), drawn from its value alone: the same bytes on every desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from desktop.domain.calendar import format_jalali
from desktop.domain.letter import TRAINING, Essence, Facts, Letter, LetterText, Release
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.short_code import short_code, spaced
from desktop.reports.letter.attachment import Kept, Printed, Sealed, attacher, seal
from desktop.reports.letter.v1.drawing import contact
from desktop.reports.letter.v2 import bills, code, facts, figures, stamp, table
from desktop.reports.letter.v2.archive import Filed
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import (
    A4,
    ACCENT,
    FINE,
    INK,
    PALE,
    QUIET,
    Mark,
    Pen,
    Sheet,
    Side,
)
from desktop.reports.letter.v2.wrap import Line, balanced, wrap
from desktop.wire.essence import read as read_essence
from desktop.wire.letters import NO_SEAL

_LAYOUT = 2
_BODY, _LEADING = 11.0, 20.5
_SMALL, _SMALL_LEADING = 8.0, 13.0
_HEAD = 28.5 * mm
_NEXT_HEAD = 17 * mm
# The lowest base line: what an office's printer still prints.
_FOOT = 9 * mm
# Under the code, for the short one.
_SHORT_CODE = 3.6 * mm
# Under the text: 73 × 28 mm free for ink, 44 × 41 mm for the stamp, what is left for the copies.
_BLOCK, _AIR = 42 * mm, 4 * mm
_HAND = (73 * mm, 27 * mm)
_STAMP = (44 * mm, 41 * mm)
_ARM = 4 * mm
_BAR, _PAD, _EDGE = 1.3 * mm, 2.2 * mm, 4 * mm
_OVER_BAR, _UNDER_BAR = 2 * mm, 1.5 * mm
# Size and leading of the closing words and the air under them: as they are, in small print, and
# closer still, where the seal would else go to a page of its own.
_CLOSINGS = (
    (_BODY, _LEADING, _AIR),
    (9.0, 15.0, _AIR),
    (9.0, 14.0, 1 * mm),
    (8.5, 12.5, 0.6 * mm),
)
_BEFORE = "پیش از تأیید – فاقد اعتبار"
_CHECK_AT = "اصالت این نامه را در {} بررسی کنید"
_CHECK_HOW = (
    "رمزینه را با دوربین همان صفحه بخوانید یا کد کوتاه زیر آن را بنویسید. بررسی در هر دفتر پیشخوان"
    " نیز رایگان است."
)
_CHECK_HERE = "اصالت این نامه با رمزینهٔ آن در هر دفتر پیشخوان رایگان بررسی می‌شود."
_WITHOUT = "بدون مهر و امضا اعتبار ندارد. اگر نوشتهٔ نامه با نتیجهٔ بررسی یکسان نبود، آن را نپذیرید."
_DUPLICATE = "المثنی"
_ORDINALS = ("اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم")


@dataclass(frozen=True)
class _Paper:
    """What is drawn: the words, the essence they are signed by, and how far the letter has come."""

    text: LetterText
    essence: Essence
    code: str
    release: Release | None
    copy: int

    @property
    def number(self) -> str:
        return isolate(to_persian_digits(self.essence.number))

    @property
    def day(self) -> str:
        return _day(self.essence.issued)


def _day(compact: str) -> str:
    return isolate(to_persian_digits(f"{compact[:4]}/{compact[4:6]}/{compact[6:]}"))


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
    said = code.text(letter, release.proof, copy) if release is not None else ""
    paper = _Paper(letter.text, essence, said, release, copy)
    foot = _Foot(paper)
    top = A4.height - A4.top
    sheet = Sheet(A4, top - _HEAD, top - _NEXT_HEAD, foot.top)
    _body(sheet, paper)
    attach = attacher(_kept(letter, release, said, copy)) if release is not None else None
    header, running = _header(paper), _running_head(paper)

    def frame(pen: Pen, page: int, pages: int) -> None:
        (header if page == 1 else running)(pen)
        foot.draw(pen, page, pages)

    title = f"{letter.text.subject} – {to_persian_digits(essence.number)}"
    text = letter.text
    pdf = sheet.pdf(
        title,
        frame,
        sample=text.sample,
        training=text.head.training,
        attach=attach,
        filed=Filed(
            f"{text.head.organisation}، {text.head.office}",
            text.subject,
            release.on if release is not None else letter.issued_on,
        ),
    )
    # Last: the signature is over all that stands there without it.
    sealed = release is not None and release.proof is not None and release.proof.seal
    return seal(pdf, sealed) if sealed else pdf


def _kept(letter: Letter, release: Release, said: str, copy: int) -> Kept | Sealed:
    """What the file carries of itself."""
    if release.proof is None:
        return Kept(letter.text, letter.essence, letter.signature, release, _LAYOUT, copy)
    printed = Printed(release.by, release.title, release.on, release.stamp)
    return Sealed(letter.text, said, printed, _LAYOUT, NO_SEAL)


def _body(sheet: Sheet, paper: _Paper) -> None:
    text = paper.text
    sheet.text(text.addressee, _BODY + 0.5, _LEADING, Weight.BOLD)
    sheet.text(f"موضوع: **{text.subject}**", _BODY, _LEADING)
    sheet.space(3 * mm)
    bar, after = _closing(paper)
    codes = bills.of_table(text.table) if text.table else []
    seal = _block_height(paper)
    keep = _AIR + seal
    # The block stands with the last words, never alone on a page.
    ends = text.table is None and not bar
    before = text.facts.after if text.facts else 0
    for i, (paragraph, kept) in enumerate(_keeping(text.paragraphs, keep if ends else 0)):
        if text.facts and i == before:
            _facts(sheet, text.facts)
        sheet.text(paragraph, _BODY, _LEADING, side=Side.JUSTIFY, keep=kept)
    if text.facts and before >= len(text.paragraphs):
        _facts(sheet, text.facts)
    if text.table is not None:
        sheet.space(1.5 * mm)
        alone = not (bar or codes or after)
        table.put(sheet, text.table, keep=keep if alone else 0)
        sheet.space(1 * mm)
    size, leading, air = _CLOSINGS[0]
    if bar:
        size, leading, air = _together(sheet, bar[0], codes, after, seal)
        keep = air + seal
        sheet.space(_OVER_BAR)
        _bar(sheet, bar[0], 0 if after or codes else keep)
        sheet.space(_UNDER_BAR)
    bills.put(sheet, codes, 0 if after else keep)
    for paragraph, kept in _keeping(after, keep, size, leading):
        sheet.text(paragraph, size, leading, side=Side.JUSTIFY, keep=kept)
    sheet.fit(keep)
    sheet.space(air)
    _block(sheet, paper)


def _together(
    sheet: Sheet,
    bar: str,
    codes: Sequence[bills.Bill],
    after: Sequence[str],
    seal: float,
) -> tuple[float, float, float]:
    """Room on one page for what the bar says, the bills, the closing words and the seal.

    Gives size and leading of the closing words and the air under them: where they don't fit as they
    are, they fit in small print, or all goes on to the next page. A sum is never read on one page
    and sealed on another.
    """
    width = A4.column - 2 * _EDGE
    over = _OVER_BAR + _UNDER_BAR + 2 * _PAD
    over += len(wrap(bar, width, _BODY, justified=True)) * _LEADING + bills.height(codes) + seal
    heights = []
    for size, leading, air in _CLOSINGS:
        lines = sum(len(wrap(words, A4.column, size, justified=True)) for words in after)
        heights.append(over + lines * leading + air)
        if heights[-1] <= sheet.room:
            return size, leading, air
    if codes:
        sheet.fit(heights[0])
    return _CLOSINGS[0]


def _keeping(
    paragraphs: Sequence[str], keep: float, size: float = _BODY, leading: float = _LEADING
) -> list[tuple[str, float]]:
    """Each paragraph with the height of what must stand on the page of its end.

    That is the block behind the last; where that one is a single line, the one before goes too.
    """
    kept = [0.0 for _ in paragraphs]
    if keep and paragraphs:
        kept[-1] = keep
        lines = wrap(paragraphs[-1], A4.column, size, justified=True)
        if len(lines) == 1 and len(paragraphs) > 1:
            kept[-2] = keep + leading
    return list(zip(paragraphs, kept, strict=True))


def _facts(sheet: Sheet, block: Facts) -> None:
    sheet.space(1.5 * mm)
    facts.put(sheet, block)
    sheet.space(1.5 * mm)


def _closing(paper: _Paper) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands in the bar, and after it: the closing words, else until when the letter holds."""
    until, closing = paper.essence.valid_until, paper.text.closing
    if closing or not until:
        return closing[:1], closing[1:]
    return (f"**اعتبار تا {_day(until)}.**",), ()


def _bar(sheet: Sheet, words: str, keep: float) -> None:
    """A paragraph on a pale ground behind a bar; with `keep` on the page of its last two lines."""
    pad, width = _PAD, A4.column - 2 * _EDGE
    lines = wrap(words, width, _BODY, justified=True)
    height = len(lines) * _LEADING + 2 * pad
    if height + keep <= sheet.whole:
        sheet.fit(height + keep)
    while lines:
        fits = max(1, int((sheet.room - 2 * pad) / _LEADING))
        if fits < len(lines) and len(lines) - fits < 2:
            fits = max(1, fits - 1)
        now, lines = lines[:fits], lines[fits:]
        sheet.put(_ground(sheet.y, len(now) * _LEADING + 2 * pad))
        sheet.y -= pad
        for line in now:
            sheet.set(line, A4.start - _EDGE, _LEADING, Side.JUSTIFY, width)
        sheet.y -= pad
        if lines:
            sheet.turn()


def _ground(top: float, height: float) -> Mark:
    def mark(pen: Pen) -> None:
        pen.box(A4.left, top - height, A4.column, height, PALE)
        pen.box(A4.start - _BAR, top - height, _BAR, height, ACCENT)

    return mark


def _block_height(paper: _Paper) -> float:
    """The block of signature and stamp, taller where many copies are sent."""
    return max(_BLOCK, len(_copies(paper.text.copies)) * _SMALL_LEADING)


def _block(sheet: Sheet, paper: _Paper) -> None:
    """Signature at the left with room for ink, the stamp beside it, copies at the right."""
    release, text = paper.release, paper.text
    top, bottom = sheet.y, sheet.y - _BLOCK
    ink_width, ink_height = _HAND
    stamp_width, stamp_height = _STAMP
    stamp_left = A4.left + ink_width + 3 * mm
    names: list[Line] = []
    if release is not None:
        # Who answers for it, in which capacity, and since when.
        said = f"{release.title}، تأیید و مهر: {isolate(format_jalali(release.on))}"
        names = wrap(release.by, ink_width, _BODY, Weight.BOLD) + wrap(said, ink_width, 9)
    signs, stamped = wrap("امضا", ink_width, 7.5)[0], wrap("مهر", stamp_width, 7.5)[0]
    look = stamp.shape(release.stamp if release else "office")

    def mark(pen: Pen) -> None:
        base = top - 12
        for line in names:
            pen.line(line, A4.left + ink_width, base, Side.CENTRE, ink_width)
            base -= 15
        pen.corners(A4.left, bottom, ink_width, ink_height, _ARM)
        pen.line(signs, A4.left + ink_width - 2 * mm, bottom + ink_height - 9, Side.RIGHT, 0, FINE)
        pen.corners(stamp_left, bottom, stamp_width, stamp_height, _ARM)
        right = stamp_left + stamp_width
        pen.line(stamped, right - 2 * mm, bottom + stamp_height - 9, Side.RIGHT, 0, FINE)
        x, y = stamp_left + stamp_width / 2, bottom + stamp_height / 2 - 1 * mm
        if release is None:
            stamp.place(pen, x, y, look.radius)
        else:
            head = text.head
            stamp.draw(
                pen, release.stamp, head.organisation, head.office, x, y,
                sample=text.sample, training=head.training,
            )  # fmt: skip

    sheet.put(mark)
    copies = _copies(text.copies)
    height = _block_height(paper)
    base = top - height + len(copies) * _SMALL_LEADING - 9

    def send(pen: Pen) -> None:
        for i, line in enumerate(copies):
            colour = QUIET if i else INK
            pen.line(line, A4.start, base - i * _SMALL_LEADING, Side.RIGHT, colour=colour)

    sheet.put(send)
    sheet.y -= height


def _copies(copies: tuple[str, ...]) -> list[Line]:
    """«رونوشت» beside the stamp, numbered where there are several; no lines where none are sent."""
    if not copies:
        return []
    width = A4.column - _HAND[0] - _STAMP[0] - 7 * mm
    lines = wrap("رونوشت", width, _SMALL + 0.5, Weight.BOLD)
    for i, words in enumerate(copies, start=1):
        lead = to_persian_digits(f"{i}) ") if len(copies) > 1 else ""
        lines += wrap(lead + words, width, _SMALL)
    return lines


def _header(paper: _Paper) -> Mark:
    """Emblem, organisation and office at the right, «بسمه تعالی», day, number, attachment left."""
    head = paper.text.head
    emblem, width = 18 * mm, 48 * mm
    names = wrap(head.organisation, width, 13, Weight.BOLD)
    offices = balanced(head.office, width, 9)
    opening = wrap("بسمه تعالی", A4.column, 10, Weight.MEDIUM)[0]
    label, value = 14 * mm, 34 * mm
    facts = [
        (wrap(named, label, 9)[0], wrap(told, value, 9.5, Weight.MEDIUM))
        for named, told in (
            ("تاریخ", paper.day),
            ("شماره", paper.number),
            ("پیوست", paper.text.attachment),
        )
    ]
    notice = wrap("پیش از تأیید – فاقد اعتبار", A4.column, 10, Weight.BOLD)[0]

    def mark(pen: Pen) -> None:
        top = A4.height - A4.top
        pen.canvas.addLiteral(figures.emblem(A4.start - emblem, top - emblem, emblem))
        y = top - _HEAD + 5 * mm
        base, right = top - 14, A4.start - emblem - 4 * mm
        for line in names:
            pen.line(line, right, base, Side.RIGHT)
            base -= 18
        for line in offices:
            pen.line(line, right, base, Side.RIGHT, colour=QUIET)
            base -= 15
        pen.line(opening, A4.width, top - 12, Side.CENTRE, A4.width)
        base = top - 12
        for named, told in facts:
            pen.line(named, A4.left + value + label, base, Side.RIGHT, colour=QUIET)
            for line in told:
                pen.line(line, A4.left + value, base, Side.RIGHT)
                base -= 15
            base -= 3
        if paper.release is None:
            pen.line(notice, A4.width, y + 7, Side.CENTRE, A4.width, QUIET)
        for below in (0.0, 1.6):
            pen.rule(A4.left, y - below, A4.start, y - below, ACCENT)

    return mark


def _running_head(paper: _Paper) -> Mark:
    """On further pages: whose letter this is, so that no page is lost among others."""
    words = f"{paper.text.head.organisation}، {paper.text.head.office}"
    line = wrap(words, 110 * mm, 9, Weight.MEDIUM)[0]
    number = wrap(f"شماره: {paper.number}، تاریخ: {paper.day}", A4.column, 9)[0]

    def mark(pen: Pen) -> None:
        top = A4.height - A4.top
        pen.line(line, A4.start, top - 12, Side.RIGHT)
        pen.line(number, A4.left, top - 12, Side.LEFT)
        pen.rule(A4.left, top - 20, A4.start, top - 20, ACCENT)

    return mark


class _Foot:
    """What stands under each page: the code at the left, how the letter holds at the right."""

    def __init__(self, paper: _Paper) -> None:
        self._paper = paper
        self._text = paper.code
        self._edge = code.EDGE
        width = A4.column - code.SIZE - self._edge - 6 * mm
        at = paper.text.check_at
        self._first = wrap(_CHECK_AT.format(isolate(at)), width, 9.5, Weight.BOLD) if at else []
        rows = [_CHECK_HOW if at else _CHECK_HERE, _WITHOUT] if self._text else [_BEFORE]
        rows += [paper.text.authority, contact(paper.text.head)]
        self._lines = [line for row in rows if row for line in wrap(row, width, _SMALL)]
        words = (len(self._lines) + 1) * _SMALL_LEADING + len(self._first) * _LEADING + 4
        # The rule stays clear of the white around the code.
        self.rule = _FOOT + max(code.SIZE + self._edge + _SHORT_CODE, words)
        self.top = self.rule + 1 * mm

    def draw(self, pen: Pen, page: int, pages: int) -> None:
        """The foot of one page."""
        pen.rule(A4.left, self.rule, A4.start, self.rule)
        base = self.rule - 14
        for line in self._first:
            pen.line(line, A4.start, base, Side.RIGHT)
            base -= _SMALL_LEADING + 2
        for line in self._lines:
            pen.line(line, A4.start, base, Side.RIGHT, colour=QUIET)
            base -= _SMALL_LEADING
        text = self._paper.text
        sample = f"، {TRAINING}" if text.head.training else "، نمونه" if text.sample else ""
        copy = f"{_copy(self._paper.copy)}، " if self._text else ""
        count = to_persian_digits(f"{copy}صفحهٔ {page} از {pages}{sample}")
        pen.line(wrap(count, A4.column, _SMALL)[0], A4.start, _FOOT, Side.RIGHT, colour=QUIET)
        size = code.SIZE
        bottom = self.rule - self._edge - size
        if self._text:
            code.draw(pen.figures, self._text, A4.left, bottom)
            short = to_persian_digits(spaced(short_code(self._paper.essence.number)))
            words = wrap(isolate(short), size, 10.5, Weight.MEDIUM)[0]
            pen.line(words, A4.left + size, bottom - self._edge - 4, Side.CENTRE, size)
            return
        pen.dashes()
        pen.canvas.rect(A4.left, bottom, size, size, stroke=1, fill=0)
        pen.solid()
        words = wrap("جای رمزینه", size, 9)[0]
        pen.line(words, A4.left + size, bottom + size / 2 - 3, Side.CENTRE, size, FINE)


def _copy(copy: int) -> str:
    named = _ORDINALS[copy - 1] if copy <= len(_ORDINALS) else to_persian_digits(copy)
    return f"نسخهٔ {named}" if copy == 1 else f"نسخهٔ {named} ({_DUPLICATE})"
