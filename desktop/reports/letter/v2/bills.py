"""Bar codes of bills: bill and payment id in one row of 26 digits, as a bank's reader takes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm

from desktop.domain.letter import Table
from desktop.domain.persian import isolate, to_latin_digits, to_persian_digits
from desktop.reports.letter.v2.page import INK, QUIET, Pen, Sheet, Side
from desktop.reports.letter.v2.wrap import wrap

_BILL, _PAYMENT = "شناسهٔ قبض", "شناسهٔ پرداخت"
# Thinner bars are lost on an office printer (10 mil is what hand readers are made for).
_BAR, _HEIGHT = 0.264 * mm, 7.5 * mm
_ROW, _BESIDE = 15.2 * mm, 3
# Between the ids under the last bar codes and the words that follow.
_AIR = 2 * mm
# So many rows stand with what comes after them.
_TOGETHER = 2
_SIZE = 7.5


Bill = tuple[str, str, str]
"""Name of a row, its bill id and its payment id, each as it stands in the table."""


def of_table(table: Table) -> list[Bill]:
    """The rows of a table that have a bill's two ids."""
    if _BILL not in table.columns or _PAYMENT not in table.columns:
        return []
    bill, payment = table.columns.index(_BILL), table.columns.index(_PAYMENT)
    found = []
    for row in table.rows:
        ids = to_latin_digits(row[bill]), to_latin_digits(row[payment])
        if all(number.isdigit() and len(number) <= 13 for number in ids):
            name = " ".join(part for part in row[1::-1] if part not in ("", "—"))
            found.append((name, *ids))
    return found


def height(bills: Sequence[Bill]) -> float:
    """How high the bar codes of these bills stand."""
    return -(-len(bills) // _BESIDE) * _ROW + (_AIR if bills else 0)


def put(sheet: Sheet, bills: list[Bill], keep: float = 0) -> None:
    """The bar codes, three in a row, from the sheet's cursor on; the last two rows with the height
    `keep` of what must stand on their page."""
    width = sheet.paper.column / _BESIDE
    for start in range(0, len(bills), _BESIDE):
        left = -(-(len(bills) - start) // _BESIDE)
        sheet.fit(left * _ROW + _AIR + keep if left <= _TOGETHER else _ROW)
        top = sheet.y
        for place, bill in enumerate(bills[start : start + _BESIDE]):
            right = sheet.paper.start - place * width
            sheet.put(_one(*bill, right, top, width))
        sheet.y -= _ROW
    if bills:
        sheet.y -= _AIR


def bars(bill: str, payment: str) -> Any:
    """The bar code of a bill, as ReportLab draws it: 26 digits."""
    # Its kin come with it: a twentieth of a second that no other paper needs.
    from reportlab.graphics.barcode.code128 import Code128

    digits = bill.zfill(13) + payment.zfill(13)
    return Code128(digits, barWidth=_BAR, barHeight=_HEIGHT, quiet=0)


def _one(name: str, bill: str, payment: str, right: float, top: float, width: float) -> Any:
    caption = wrap(name, width - 2 * mm, _SIZE)[0]
    ids = wrap(to_persian_digits(f"{isolate(bill)} / {isolate(payment)}"), width, _SIZE)[0]

    def mark(pen: Pen) -> None:
        pen.line(caption, right, top - 9, Side.RIGHT, width, QUIET)
        drawn = bars(bill, payment)
        pen.figures.fill(INK)
        drawn.drawOn(pen.canvas, right - drawn.width, top - 12 - _HEIGHT)
        pen.figures.forget()
        pen.line(ids, right - drawn.width / 2 + width / 2, top - 20 - _HEIGHT, Side.CENTRE, width)

    return mark
