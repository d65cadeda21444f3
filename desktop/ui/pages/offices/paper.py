"""The list of offices as a paper: what its rows say, and the telephones to call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.actions import office_paper
from desktop.actions.desk import Seat
from desktop.domain.identifiers import phone_words
from desktop.domain.letter import Table
from desktop.domain.office import within_city
from desktop.domain.persian import bind, isolate, to_persian_digits
from desktop.ui.pages.offices.rows import RegistryRow
from desktop.ui.standing.lines import NOTHING
from desktop.ui.standing.office_list import FOOTINGS, care_step, licence_told

PAPER = "فهرست دفترها"
_COLUMNS = ("کد", "دفتر", "نوع", "نشانی", "تلفن", "پروانه تا", "گام بعد")


def draw_list(seat: Seat, rows: Sequence[RegistryRow], looked_for: str, told_at: datetime) -> bytes:
    """The rows as PDF, off the window's thread. Raises Refusal on an unprintable character."""
    table = Table(_COLUMNS, tuple(_cells(row) for row in rows), numeric=(0, 4, 5))
    return office_paper.paper(seat, table, looked_for, told_at)


def _cells(row: RegistryRow) -> tuple[str, ...]:
    state, card = row.state, row.state.card
    return (
        isolate(to_persian_digits(card.code)),
        card.known_as,
        FOOTINGS[state.footing].words,
        bind(to_persian_digits(within_city(card.address))),
        phone_words(card.phone) if card.phone else NOTHING,
        licence_told(state).words,
        to_persian_digits(care_step(state).words),
    )
