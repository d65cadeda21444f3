"""The bulletin's tables as cells: the city's line first, what is hidden told as such."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.bulletin import Bulletin, BulletinTable, Line
from desktop.domain.bulletin_words import HIDDEN, heads, words
from desktop.ui.widgets.lists.table_cells import Cell, TableColumn, named, quiet

_NAME, _COUNT = 140, 84
# Where there is no room for all, the rarest go first: the files have them.
_KEPT = 2
_UNTOLD = "—"


def columns(told: Bulletin) -> tuple[TableColumn, ...]:
    """The name, then the counts and what follows from them."""
    last = len(told.columns)
    shown = []
    for at, words_over in enumerate(heads(told)):
        drop = at - _KEPT + 1 if _KEPT <= at < last else 0
        shown.append(
            TableColumn(words_over, _COUNT, stretch=1, drop=drop, sortable=False, wraps=True)
        )
    return (TableColumn("نام", _NAME, stretch=3, sortable=False), *shown)


def rows(told: Bulletin, table: BulletinTable) -> list[tuple[str, Sequence[Cell]]]:
    """The lines of a table under that of the whole city, where it may be told."""
    whole = [] if told.whole is None else [("", _cells(told.whole, weighty=True))]
    return [*whole, *((line.name, _cells(line)) for line in table.lines)]


def _cells(line: Line, *, weighty: bool = False) -> list[Cell]:
    name, *values = words(line)
    if weighty:
        return [Cell(each or _UNTOLD, weight=700) for each in (name, *values)]
    return [named(name), *(_cell(each) for each in values)]


def _cell(value: str) -> Cell:
    return quiet(value or _UNTOLD) if value in ("", HIDDEN) else Cell(value)
