"""The registry's table: a row an office, what is done next at its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.domain.office_care import Care
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.offices.rows import RegistryRow
from desktop.ui.standing.lines import NOTHING
from desktop.ui.standing.office_list import (
    FOOTINGS,
    Toned,
    care_step,
    contact_told,
    licence_told,
)
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet

TRAINED = 4
"""Which column tells of training."""
TRAINED_SERVICES, TRAINED_PEOPLE = "خدمت آموزش‌دیده", "متصدی آموزش‌دیده"
COLUMNS = (
    TableColumn("کد", 48, sortable=False),
    TableColumn("دفتر", 118, stretch=3, sortable=False),
    TableColumn("نوع", 130, sortable=False),
    TableColumn("آخرین تماس", 124, drop=1, sortable=False),
    TableColumn(TRAINED_SERVICES, 112, drop=2, sortable=False),
    TableColumn("پروانه تا", 112, drop=3, sortable=False),
    TableColumn("گام بعد", 122, stretch=2, sortable=False),
)


def cells(row: RegistryRow, services: Sequence[str], service: str, now: datetime) -> list[Cell]:
    """The cells of an office; `service` is the one whose trained people are counted, if any."""
    state = row.state
    return [
        quiet(isolate(to_persian_digits(state.card.code))),
        named(state.card.known_as),
        Cell(chip=FOOTINGS[state.footing]),
        _cell(contact_told(state, now)),
        Cell(_trained(row, services, service)),
        _cell(licence_told(state)),
        _step(row),
    ]


def _cell(told: Toned) -> Cell:
    return Cell(told.words, told.tone or "text2", icon=told.icon)


def _trained(row: RegistryRow, services: Sequence[str], service: str) -> str:
    if service:
        people = row.trained.get(service, 0)
        return to_persian_digits(f"{people} نفر") if people else NOTHING
    known = sum(code in row.trained for code in services)
    return to_persian_digits(f"{known} از {len(services)}") if known else NOTHING


def _step(row: RegistryRow) -> Cell:
    words = to_persian_digits(care_step(row.state).words)
    if row.state.care is Care.NOTHING:
        return quiet(words)
    if row.state.care is Care.PLACE:
        return Cell(words, "neutral", icon="map-pin")
    return Cell(words, weight=500, wraps=True)
