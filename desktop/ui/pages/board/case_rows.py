"""Rows of a list of the city's cases: on screen, in a file, and in a message to their offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from desktop.actions.spreadsheet import Cell as Value
from desktop.actions.spreadsheet import Heading
from desktop.domain.calendar import format_jalali, iso_jalali
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.domain.status import read_status
from desktop.ui.pages.board.figures import KINDS
from desktop.ui.standing.chips import CHIPS, chip_of
from desktop.ui.standing.lines import deadline, last_days, plain_code, short_number
from desktop.ui.widgets.lists.paged_rows import PAGE
from desktop.ui.widgets.lists.table_cells import CASE_NUMBER, Cell, TableColumn, named, quiet
from desktop.ui.widgets.lists.table_cells import deadline as deadline_cell
from desktop.wire.board_cases import BoardCase, Figure

__all__ = ["COLUMNS", "HEADINGS", "OF_LETTERS", "PAGE", "TITLES", "cells", "letter_words", "values"]

OF_LETTERS = frozenset(
    {Figure.ISSUED, Figure.RELEASED, Figure.VOIDED, Figure.COPIED, Figure.ANSWERED, Figure.TAKEN}
)
"""A case may have several of these: it stands in the list once."""
TITLES = {True: "یادآوری پرونده‌های گذشته از مهلت", False: "پیام ناظر دربارهٔ پرونده‌ها"}
"""Of a reminder and of another message."""
_TO_ONE = {
    True: "این پرونده‌ها از مهلت گذشته‌اند؛ به آن‌ها رسیدگی کنید:",
    False: "دربارهٔ این پرونده‌ها:",
}
_TO_SEVERAL = {
    True: "پرونده‌هایی از مهلت گذشته‌اند؛ در کارتابل، پالایش «دیرکرد» را ببینید.",
    False: "دربارهٔ پرونده‌های دفتر شما: ",
}
_MOST_NAMED = 20
COLUMNS = (
    TableColumn("", 34, sortable=False),
    CASE_NUMBER,
    TableColumn("وضعیت", 158, sortable=False),
    TableColumn("متقاضی", 130, stretch=3, sortable=False),
    TableColumn("خدمت", 106, stretch=1, sortable=False),
    TableColumn("دفتر", 60, sortable=False),
    TableColumn("متصدی", 110, stretch=1, drop=3, sortable=False),
    TableColumn("نتیجهٔ نخست", 140, stretch=1, drop=2, sortable=False),
    TableColumn("دریافت", 96, drop=1, sortable=False),
    TableColumn("مهلت", 128, sortable=False),
)
HEADINGS = (
    Heading("کد رهگیری", 24), Heading("دفتر", 8), Heading("متقاضی", 28), Heading("خدمت", 22),
    Heading("منطقه", 8), Heading("متصدی", 22), Heading("نتیجهٔ نخست", 22), Heading("وضعیت", 20),
    Heading("دریافت", 12), Heading("مهلت", 12),
)  # fmt: skip
_OUTCOMES = {kind.key: kind for kind in KINDS}


# Of a long list the same days come again and again.
_day = lru_cache(maxsize=1_024)(iso_jalali)


def _outcome(case: BoardCase) -> str:
    return _OUTCOMES[case.first_outcome or Figure.UNDECIDED.value].words


def _service(case: BoardCase, services: Mapping[str, Service]) -> str:
    service = services.get(case.service)
    return service.short if service is not None else case.service


def cells(
    case: BoardCase, services: Mapping[str, Service], today: date, *, ticked: bool
) -> list[Cell]:
    """A row on screen."""
    due, over = deadline(
        State(case.state), case.due_on, today, last_days(services.get(case.service))
    )
    return [
        Cell(tick=ticked, said="برگزیده" if ticked else "برگزیده نیست"),
        quiet(short_number(case.tracking)),
        Cell(chip=chip_of(read_status(case.status, case.state))),
        named(to_persian_digits(case.applicant)),
        Cell(_service(case, services)),
        Cell(to_persian_digits(case.office)),
        Cell(case.clerk),
        Cell(_outcome(case)),
        quiet(isolate(format_jalali(case.received_on))),
        deadline_cell(due, over=over),
    ]


def values(case: BoardCase, services: Mapping[str, Service]) -> tuple[Value, ...]:
    """A row for other programs and for paper."""
    return (
        plain_code(case.tracking),
        case.office,
        case.applicant,
        _service(case, services),
        str(case.district) if case.district else "",
        case.clerk,
        _outcome(case),
        CHIPS[read_status(case.status, case.state)].words,
        _day(case.received_on),
        _day(case.due_on),
    )


def letter_words(chosen: Sequence[BoardCase], *, reminding: bool) -> str:
    """What their office is told; of several offices none hears of another's cases."""
    if len({case.office for case in chosen}) > 1:
        return _TO_SEVERAL[reminding]
    # Each on a line of its own: no mark of direction is kept in what a person may go on typing.
    numbers = [to_persian_digits(case.tracking) for case in chosen[:_MOST_NAMED]]
    if more := len(chosen) - len(numbers):
        numbers.append(to_persian_digits(f"و {more} پروندهٔ دیگر"))
    return "\n".join((_TO_ONE[reminding], *numbers))
