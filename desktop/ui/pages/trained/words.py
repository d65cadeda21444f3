"""How offices, services and the trained are told in the table."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.calendar import format_day_month
from desktop.domain.persian import fold, to_persian_digits
from desktop.domain.readiness import Cell, CellState, Matrix, OfficeRow, lack_words
from desktop.domain.service import Service
from desktop.forms.lessons.choosing import lesson_examples
from desktop.ui.pages.trained.table import SERVICE_WIDTH
from desktop.ui.palette import Tone
from desktop.ui.widgets.lists import table_cells as cells
from desktop.ui.widgets.lists.table_cells import TableColumn
from desktop.ui.widgets.told.chip import ChipLook

ALL, LACKING, RENEWING, LEARNING = "all", "lacking", "renewing", "learning"
"""The chips over the table."""
OFTEN, EVERY = "often", "every"
"""Which services show: those with a key on the counter's first page, or all."""
_LACKS: tuple[str, Tone] = ("alert-triangle", "pay")
_LEARNS: tuple[str, Tone] = ("school", "visit")


def name_of(service: Service) -> str:
    """A service where room is scarce."""
    return service.short or service.title


def lesson_words(service: Service, lesson: int) -> str:
    """«درس ۲ از ۴»; «سر درس» where nobody knows which."""
    if not lesson:
        return "سر درس"
    return to_persian_digits(f"درس {lesson} از {len(lesson_examples(service))}")


def services_of(matrix: Matrix, which: str) -> list[Service]:
    """The services that show; what begins somewhere or is missing is never out of sight."""
    wanted = {*matrix.begins, *(code for row in matrix.lacking for code in row.lacking)}
    return [s for s in matrix.services if which == EVERY or s.digit or s.code in wanted]


def columns_of(matrix: Matrix, services: Sequence[Service]) -> list[TableColumn]:
    """Their heads, with the day under those that begin."""
    return [
        TableColumn(
            name_of(s), SERVICE_WIDTH, sortable=False, wraps=True, under=_begins(matrix, s.code)
        )
        for s in services
    ]


def _begins(matrix: Matrix, code: str) -> str:
    day = matrix.begins.get(code)
    return f"از {format_day_month(day)}" if day is not None else ""


def rows_of(matrix: Matrix, chip: str, district: str, typed: str) -> list[OfficeRow]:
    """The offices that a chip, a district and what was typed let through."""
    some = {LACKING: matrix.lacking, RENEWING: matrix.renewing, LEARNING: matrix.learning}
    rows = some.get(chip, matrix.rows)
    wanted = fold(typed)
    return [
        row
        for row in rows
        if (not district or str(row.card.district) == district)
        and (not wanted or wanted in fold(f"{row.card.code} {row.card.name} {row.card.known_as}"))
    ]


def line_of(row: OfficeRow, services: Sequence[Service]) -> list[cells.Cell]:
    """The row's cells."""
    return [
        cells.quiet(to_persian_digits(row.card.code)),
        cells.named(row.card.known_as),
        cells.quiet(to_persian_digits(len(row.people))),
        *(_cell(row, service) for service in services),
    ]


def _cell(row: OfficeRow, service: Service) -> cells.Cell:
    cell = row.cell(service.code)
    said = to_persian_digits(f"{row.card.known_as}، {name_of(service)}،")
    match cell.state:
        case CellState.NONE:
            return cells.Cell("—", "text2", said=f"{said} واگذار نشده")
        case CellState.LACKS:
            icon, tone = _LEARNS if cell.learning else _LACKS
            return cells.Cell(chip=ChipLook(lack_words(cell), icon, tone), said=f"{said} متصدی")
        case CellState.RENEW:
            return cells.Cell(chip=_renewal(cell), said=f"{said} درس تازه تا")
        case CellState.READY:
            count = to_persian_digits(len(cell.trained))
            return cells.Cell(count, "ok", 500, icon="user-check", said=f"{said} آموزش‌دیده")


def _renewal(cell: Cell) -> ChipLook:
    return ChipLook(format_day_month(cell.by) if cell.by else "", "clock", "pay", "line")
