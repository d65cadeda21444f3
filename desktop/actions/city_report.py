"""The supervisor's board on paper and for other programs, and lists of its cases likewise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from pathlib import Path

from desktop.actions import city_board, looking, spreadsheet
from desktop.actions.city_board import Narrowed
from desktop.actions.desk import Seat
from desktop.actions.spreadsheet import Cell, Export, Heading, WorkbookSheet
from desktop.domain.letter import Table
from desktop.domain.money import format_number
from desktop.domain.papers import CityReport
from desktop.domain.persian import to_persian_digits
from desktop.domain.reading import Way, What
from desktop.reports import city_report
from desktop.store import meta
from desktop.wire.board_cases import BoardCase


def paper(
    seat: Seat, about: str, numbers: Sequence[tuple[str, str]], sheets: Sequence[WorkbookSheet]
) -> bytes:
    """The numbers and the tables that have rows, as PDF. Raises Refusal on an unprintable
    character."""
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        card = desk.reference.office(session, meta.get(session).identity.office, today)
    tables = ((sheet.title, _on_paper(sheet)) for sheet in sheets)
    return city_report.draw(
        CityReport(
            head=card.head,
            about=about,
            numbers=tuple(numbers),
            tables=tuple((title, table) for title, table in tables if table.rows),
            told_on=today,
            sample=card.sample,
        )
    )


def _on_paper(sheet: WorkbookSheet) -> Table:
    printed = [each.printed for each in sheet.headings]
    rows = tuple(tuple(map(_words, compress(row, printed))) for row in sheet.rows)
    return Table(tuple(each.words for each in compress(sheet.headings, printed)), rows)


def _words(value: Cell) -> str:
    return format_number(value) if isinstance(value, int) else to_persian_digits(value) or "—"


def write(path: Path, sheets: Sequence[WorkbookSheet]) -> None:
    """Write the tables as a workbook. Raises Refusal."""
    spreadsheet.write_sheets(path, sheets)


def write_cases(
    seat: Seat,
    of: Narrowed,
    path: Path,
    headings: Sequence[Heading],
    values: Callable[[BoardCase], Sequence[Cell]],
    export: Export,
) -> None:
    """Write all of the figure's cases, as `spreadsheet.write`. Raises LineDown, Refusal."""
    looking.note(seat, What.LIST, Way.FILE)
    rows = export.rows(city_board.all_cases(seat, of), values)
    spreadsheet.write(path, "پرونده‌ها", headings, rows)
