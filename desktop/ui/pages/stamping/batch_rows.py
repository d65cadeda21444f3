"""The table of a batch: what it rests on, and a row a letter with what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.actions import batch, board
from desktop.actions.batch import BatchLetter
from desktop.actions.desk import Seat
from desktop.actions.stamping import Chosen
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.ui.pages.stamping.batch_words import fate_cell
from desktop.ui.standing.letter_facts import kind_chip, sum_or_term
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet

COLUMNS = (
    TableColumn("ردیف", 44, sortable=False),
    TableColumn("نامه", 104, drop=1, sortable=False),
    TableColumn("به نام", 116, stretch=2, sortable=False),
    TableColumn("خدمت", 112, drop=3, sortable=False),
    TableColumn("نوع نامه", 108, sortable=False),
    TableColumn("مبلغ یا اعتبار", 132, drop=2, sortable=False),
    TableColumn("چاپ", 150, stretch=2, sortable=False),
)


@dataclass(frozen=True)
class Loaded:
    """The letters as they stand, and names of services."""

    letters: tuple[BatchLetter, ...]
    services: dict[str, Service]


def load(seat: Seat, chosen: Sequence[Chosen]) -> Loaded:
    """Off the window's thread."""
    return Loaded(
        tuple(batch.look(seat, chosen)),
        board.services_known(seat.desk),
    )


def cells_of(each: BatchLetter, place: int, services: Mapping[str, Service]) -> list[Cell]:
    """The cells of the letter at that place (from 1), in the order of the columns."""
    request, letter = each.case.request, each.held.letter
    service = services.get(request.service)
    title = (service.short or service.title) if service else request.service
    return [
        quiet(to_persian_digits(place)),
        quiet(isolate(to_persian_digits(letter.number))),
        named(to_persian_digits(request.party.name)),
        Cell(title, "text2"),
        Cell(chip=kind_chip(letter.kind, unrecorded=each.case.unrecorded)),
        Cell(sum_or_term(letter)),
        fate_cell(each),
    ]
