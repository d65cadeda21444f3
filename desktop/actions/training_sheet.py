"""Who is trained for what, on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.actions import spreadsheet
from desktop.actions.desk import Desk
from desktop.actions.spreadsheet import Heading
from desktop.domain.calendar import format_day_month, format_jalali
from desktop.domain.letter import Table
from desktop.domain.office import MUNICIPALITY
from desktop.domain.papers import TrainingSheet
from desktop.domain.persian import to_persian_digits
from desktop.domain.readiness import Cell, CellState, Matrix, OfficeRow, lack_words
from desktop.domain.service import Service
from desktop.reports import training

_A_PAGE = 9
"""So many services stand beside each other on A4."""
_STANDING = ("کد", "دفتر", "نفر")
_HEADINGS = (Heading("کد", 8), Heading("دفتر", 34), Heading("منطقه", 8), Heading("متصدی", 8))
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
            return lack_words(cell)
        case CellState.RENEW:
            return format_day_month(cell.by) if cell.by is not None else ""
        case CellState.READY:
            return to_persian_digits(len(cell.trained))


def write(matrix: Matrix, rows: Sequence[OfficeRow], path: Path) -> int:
    """The rows by all services as a workbook, right to left; how many they are.

    Raises Refusal where it can't be written.
    """
    services = (Heading(_head(matrix, each), _SERVICE_WIDTH) for each in matrix.services)
    lines = [_line(row, matrix.services) for row in rows]
    spreadsheet.write(path, "آموزش متصدیان", (*_HEADINGS, *services), lines)
    return len(rows)


def _line(row: OfficeRow, services: Sequence[Service]) -> list[spreadsheet.Cell]:
    # A code is no number: what begins with 0 would lose it.
    own: list[spreadsheet.Cell] = [row.card.code, row.card.name, row.card.district, len(row.people)]
    return [*own, *(_cell(row.cell(service.code)) for service in services)]


def _cell(cell: Cell) -> spreadsheet.Cell:
    match cell.state:
        case CellState.READY:
            return len(cell.trained)
        case CellState.RENEW:
            return f"تا {format_jalali(cell.by)}" if cell.by else ""
        case CellState.LACKS:
            return lack_words(cell)
        case CellState.NONE:
            return ""
