"""بستهٔ بازدید: what an inspector takes along of each visit, in the order of his way (A4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportlab.lib.units import mm

from desktop.domain.calendar import format_long
from desktop.domain.counter import CONDITIONS, STAGES
from desktop.domain.identifiers import phone_words
from desktop.domain.papers import PackedVisit, PackPart, VisitPack
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import VisitOpinion
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import Pen, Side
from desktop.reports.letter.v2.wrap import wrap
from desktop.reports.small import SmallPaper

_LINE = 9 * mm
_SQUARE = 5 * mm
_GRID = 16, 12
"""Squares of the sketch's grid, across and down: a metre each, or what is written beside it."""
_SIDES = ("شمال", "شرق", "جنوب", "غرب")


def draw(pack: VisitPack) -> bytes:
    """The chosen parts of every visit, each on a page of its own.

    Raises Refusal on an unprintable character.
    """
    paper = SmallPaper(pack.head, "بستهٔ بازدید", "", sample=pack.sample, wide=True)
    begun = False
    for number, visit in enumerate(pack.visits, start=1):
        for part in pack.parts:
            if begun:
                paper.sheet.turn()
            begun = True
            _DRAWN[part](paper, pack, number, visit)
    return paper.pdf()


def _title(paper: SmallPaper, number: int, words: str) -> None:
    said = to_persian_digits(f"بازدید {number}: {words}")
    paper.sheet.text(said, 12, 21, Weight.BOLD, keep=paper.leading)


def _slip(paper: SmallPaper, pack: VisitPack, number: int, visit: PackedVisit) -> None:
    planned = visit.planned
    _title(paper, number, PackPart.SLIP.word)
    paper.rows(
        [
            ("روز", format_long(pack.day)),
            ("ساعت", planned.window),
            ("نشانی", to_persian_digits(planned.address) or "نامعلوم"),
            ("از بازدید پیش", visit.way),
            ("ملک", planned.property),
            ("متقاضی", to_persian_digits(planned.applicant)),
            ("تلفن", phone_words(planned.phone)),
            ("حاضر در محل", to_persian_digits(planned.attending)),
            ("خدمت", planned.service),
            ("کد رهگیری", planned.tracking_code),
            ("مأمور بازدید", pack.inspector),
        ]
    )
    if visit.asks:
        paper.heading("آنچه باید دیده شود")
        paper.points(list(visit.asks), numbered=True)


def _record(paper: SmallPaper, _: VisitPack, number: int, visit: PackedVisit) -> None:
    _title(paper, number, PackPart.RECORD.word)
    if visit.record:
        paper.rows(visit.record)
    else:
        paper.points(["از این ملک سابقه‌ای نیست؛ ابعاد، چهار حد و عرض گذر اندازه گرفته می‌شود."])
    paper.heading("کروکی")
    _grid(paper)


def _grid(paper: SmallPaper) -> None:
    """Squares to draw in, north above."""
    across, down = _GRID
    wide, high = across * _SQUARE, down * _SQUARE
    sheet = paper.sheet
    sheet.fit(high + paper.leading)
    caption = wrap("شمال بالا؛ هر خانه یک متر، یا: ............", wide, 8.5)[0]
    sheet.set(caption, paper.paper.start, paper.leading, Side.RIGHT, wide)
    top, right = sheet.y, paper.paper.start

    def mark(pen: Pen) -> None:
        for row in range(down + 1):
            y = top - row * _SQUARE
            pen.rule(right - wide, y, right, y)
        for column in range(across + 1):
            x = right - column * _SQUARE
            pen.rule(x, top - high, x, top)

    sheet.put(mark)
    sheet.y -= high + 2 * mm


def _report(paper: SmallPaper, pack: VisitPack, number: int, visit: PackedVisit) -> None:
    _title(paper, number, "گزارش بازدید")
    paper.rows(
        [
            ("نشانی", to_persian_digits(visit.planned.address) or "نامعلوم"),
            ("کد رهگیری", visit.planned.tracking_code),
            ("روز", format_long(pack.day)),
        ]
    )
    _lines(paper, ("ساعت", "حاضرین", "عرض و طول جغرافیایی"))
    paper.heading("۲. ابعاد و حدود (متر)")
    for side in _SIDES:
        _lines(paper, (f"{side}، سند", "موجود", "حد"))
    _lines(paper, ("عرصه", "عرض گذر", "پیشروی همسایه"))
    paper.heading("۳. بنا")
    _choices(paper, "وضعیت", tuple(CONDITIONS.values()))
    _choices(paper, "مرحله", tuple(STAGES.values()))
    _lines(paper, ("اعیان", "طبقه", "واحد", "کاربری"))
    paper.heading("۴. تخلف مشهود")
    for _ in range(2):
        _lines(paper, ("نوع", "متراژ", "شرح", "عکس"))
    paper.heading("۵. نظر مأمور")
    _choices(paper, "نظر", tuple(opinion.word for opinion in VisitOpinion))
    _lines(paper, ("نتیجه",))
    _lines(paper, ("",))
    paper.signature("امضای مأمور بازدید", pack.inspector)


def _lines(paper: SmallPaper, captions: tuple[str, ...]) -> None:
    """Captions beside each other, each before a line to write on."""
    sheet, room = paper.sheet, paper.paper.column / len(captions)
    sheet.fit(_LINE)
    base, right = sheet.y - _LINE + 2.5 * mm, paper.paper.start
    told = [wrap(f"{caption}:", room, paper.body)[0] if caption else None for caption in captions]

    def mark(pen: Pen) -> None:
        for at, line in enumerate(told):
            begin = right - at * room
            if line is not None:
                pen.line(line, begin, base, Side.RIGHT)
            used = line.width + 2 * mm if line is not None else 0
            pen.rule(begin - room + 3 * mm, base - 1, begin - used, base - 1)

    sheet.put(mark)
    sheet.y -= _LINE


def _choices(paper: SmallPaper, caption: str, words: tuple[str, ...]) -> None:
    """Boxes to be ticked."""
    sheet = paper.sheet
    sheet.fit(_LINE)
    base, right, box = sheet.y - _LINE + 2.5 * mm, paper.paper.start, 3.4 * mm
    head = wrap(f"{caption}:", paper.paper.column, paper.body)[0]
    told = [wrap(each, paper.paper.column, paper.body)[0] for each in words]

    def mark(pen: Pen) -> None:
        pen.line(head, right, base, Side.RIGHT)
        x = right - head.width - 6 * mm
        for line in told:
            for x1, y1, x2, y2 in (
                (x - box, base - 1, x, base - 1),
                (x - box, base - 1 + box, x, base - 1 + box),
                (x, base - 1, x, base - 1 + box),
                (x - box, base - 1, x - box, base - 1 + box),
            ):
                pen.rule(x1, y1, x2, y2)
            pen.line(line, x - box - 2 * mm, base, Side.RIGHT)
            x -= box + line.width + 9 * mm

    sheet.put(mark)
    sheet.y -= _LINE


_DRAWN: Mapping[PackPart, Callable[[SmallPaper, VisitPack, int, PackedVisit], None]] = {
    PackPart.SLIP: _slip,
    PackPart.RECORD: _record,
    PackPart.REPORT: _report,
}
