"""Who is trained for what, on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from desktop.actions.desk import Desk
from desktop.domain.calendar import format_day_month, format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.letter import Table
from desktop.domain.office import MUNICIPALITY
from desktop.domain.papers import TrainingSheet
from desktop.domain.persian import to_persian_digits
from desktop.domain.readiness import Cell, CellState, Matrix, OfficeRow
from desktop.domain.service import Service
from desktop.reports import training

_A_PAGE = 9
"""So many services stand beside each other on A4."""
_STANDING = ("کد", "دفتر", "نفر")
_HEADINGS = (("کد", 8), ("دفتر", 34), ("منطقه", 8), ("متصدی", 8))
_SERVICE_WIDTH = 14


def paper(desk: Desk, matrix: Matrix, rows: Sequence[OfficeRow], *, wide: bool) -> bytes:
    """The rows by all services, on one large sheet or on several smaller ones.

    Raises Refusal on an unprintable character.
    """
    with desk.store.reading() as session:
        card = desk.reference.office(session, MUNICIPALITY, desk.today(session))
    services = matrix.services
    parts = [services] if wide else _parts(services)
    count = f"{sum(len(row.people) for row in rows)} متصدی در {len(rows)} دفتر"
    return training.draw(
        TrainingSheet(
            head=card.head,
            day=matrix.day,
            count=to_persian_digits(count),
            tables=tuple(_table(matrix, rows, part) for part in parts),
            wide=wide,
            sample=card.sample,
        )
    )


def _parts(services: Sequence[Service]) -> list[Sequence[Service]]:
    return [services[at : at + _A_PAGE] for at in range(0, len(services), _A_PAGE)]


def _table(matrix: Matrix, rows: Sequence[OfficeRow], services: Sequence[Service]) -> Table:
    heads = tuple(_head(matrix, service) for service in services)
    lines = tuple(
        (
            to_persian_digits(row.card.code),
            to_persian_digits(row.card.name),
            to_persian_digits(len(row.people)),
            *(_words(row.cell(service.code)) for service in services),
        )
        for row in rows
    )
    return Table((*_STANDING, *heads), lines, numeric=(0, 2))


def _head(matrix: Matrix, service: Service) -> str:
    named = service.short or service.title
    begins = matrix.begins.get(service.code)
    return f"{named} از {format_day_month(begins)}" if begins is not None else named


def _words(cell: Cell) -> str:
    match cell.state:
        case CellState.NONE:
            return "—"
        case CellState.LACKS:
            return "ندارد"
        case CellState.RENEW:
            return format_day_month(cell.by) if cell.by is not None else ""
        case CellState.READY:
            return to_persian_digits(len(cell.trained))


def write(matrix: Matrix, rows: Sequence[OfficeRow], path: Path) -> int:
    """The rows by all services as a workbook, right to left; how many they are.

    Raises Refusal where it can't be written.
    """
    try:
        with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
            sheet = book.add_worksheet("آموزش متصدیان")
            sheet.right_to_left()
            sheet.freeze_panes(1, 2)
            head = book.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#EDE7DC", "text_wrap": True}
            )
            heads = [*_HEADINGS, *((_head(matrix, s), _SERVICE_WIDTH) for s in matrix.services)]
            for column, (heading, width) in enumerate(heads):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, heading, head)
            for place, row in enumerate(rows, start=1):
                _write_row(sheet, place, row, matrix.services)
    except (OSError, XlsxWriterException) as fault:
        raise Refusal(f"{path.name}: در این پوشه نمی‌توان نوشت.") from fault
    return len(rows)


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet, place: int, row: OfficeRow, services: Sequence[Service]
) -> None:
    # A code is no number: what begins with 0 would lose it.
    sheet.write_string(place, 0, row.card.code)
    sheet.write_string(place, 1, row.card.name)
    sheet.write_number(place, 2, row.card.district)
    sheet.write_number(place, 3, len(row.people))
    for at, service in enumerate(services, start=len(_HEADINGS)):
        cell = row.cell(service.code)
        match cell.state:
            case CellState.READY:
                sheet.write_number(place, at, len(cell.trained))
            case CellState.RENEW:
                sheet.write_string(place, at, f"تا {format_jalali(cell.by)}" if cell.by else "")
            case CellState.LACKS:
                sheet.write_string(place, at, "ندارد")
            case CellState.NONE:
                pass
