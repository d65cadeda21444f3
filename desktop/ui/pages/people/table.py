"""The list of an office's people: a row each, by what hinders most."""

from __future__ import annotations

from dataclasses import replace

from desktop.actions.people import Person, Staffing
from desktop.domain.staff_state import StaffState
from desktop.ui.pages.queue.case_list import ListFilter
from desktop.ui.standing.staff import (
    LOOKS,
    NOTHING,
    authority_summary,
    chip_of,
    day_words,
    office_words,
    role_words,
)
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet

_NAME = TableColumn("نام", 128, stretch=3, sortable=False)
_OFFICE = TableColumn("دفتر", 72, sortable=False)
COLUMNS = (
    _NAME,
    TableColumn("نقش", 104, stretch=2, sortable=False),
    TableColumn("از", 86, sortable=False),
    TableColumn("تا", 86, drop=1, sortable=False),
    TableColumn("تفویض اختیار", 168, stretch=3, drop=2, sortable=False),
    TableColumn("وضعیت", 156, stretch=1, sortable=False),
)
"""Of one office."""
COLUMNS_OF_ALL = (_NAME, _OFFICE, *(replace(each) for each in COLUMNS[1:]))
"""Of several offices."""
FILTERS = (
    ListFilter("", "همه"),
    *(
        ListFilter(state.value, state.word, LOOKS[state][0], LOOKS[state][1])
        for state in reversed(StaffState)
    ),
)
"""Everybody, then by state."""


def cells(person: Person, staffing: Staffing, *, offices: bool) -> list[Cell]:
    """The person's row; with the office where there are several."""
    term, today = person.newest, staffing.today
    role = role_words(person, staffing)
    found = [
        named(person.name),
        Cell(role, "text2", wraps=True),
        quiet(day_words(term.since, NOTHING) if term is not None else NOTHING),
        quiet(day_words(term.until, "بدون پایان") if term is not None else "بدون پایان"),
        Cell(authority_summary(person, staffing, brief=offices), wraps=True),
        Cell(chip=chip_of(person, today, "bare")),
    ]
    return (
        [found[0], quiet(office_words(staffing, person.office)), *found[1:]] if offices else found
    )
