"""The offices as rows of the registry, and which of them are looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from desktop.actions.office_list import AtWork, Registry, states
from desktop.domain.office_care import Footing, OfficeState
from desktop.domain.persian import fold
from desktop.ui.pages.queue.case_list import ListFilter
from desktop.ui.standing.office_list import FOOTINGS
from desktop.ui.widgets.sketch.marks import Mark
from desktop.ui.widgets.sketch.sketch import SketchPlace

ALL, SILENT, LICENCE, PLACELESS = "", "silent", "licence", "placeless"
MARKS: Mapping[Footing, Mark] = {
    Footing.COUNTER: Mark.DISC,
    Footing.AGENCY: Mark.SQUARE,
    Footing.CONVERTING: Mark.DIAMOND,
    Footing.STOPPED: Mark.STRUCK,
    Footing.TRAINING: Mark.DISC,
    Footing.UNTOLD: Mark.DOT,
}
"""On the sketch the shape says what the chip says."""
FILTERS = (
    ListFilter(ALL, "همه"),
    *(
        ListFilter(footing.value, look.words, look.icon, look.tone)
        for footing, look in FOOTINGS.items()
    ),
    ListFilter(SILENT, "بی‌تماس", "wifi-off", "refuse"),
    ListFilter(LICENCE, "پایان پروانه", "clock-exclamation", "pay"),
    ListFilter(PLACELESS, "بی‌مکان", "map-pin", "neutral"),
)
"""Standings and troubles: of each kind any of the chosen ones is wanted, of both kinds both."""
_FOOTINGS = frozenset(footing.value for footing in Footing)


@dataclass(frozen=True)
class RegistryRow:
    """An office in the list: `words` is what it is found by, `mark` where it lies, if known.

    `names` are the filters that it passes: worked out once, as thousands of rows are counted.
    """

    office_id: str
    state: OfficeState
    codes: tuple[str, ...]
    words: str
    trained: Mapping[str, int]
    mark: SketchPlace | None
    names: frozenset[str]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: chips by their names, words, a district (0: any), these offices (None:
    any)."""

    chips: frozenset[str] = frozenset()
    typed: str = ""
    district: int = 0
    offices: frozenset[str] | None = None

    @property
    def anything(self) -> bool:
        """Whether nothing is looked for."""
        return self == Wanted()

    def among(self, rows: Sequence[RegistryRow]) -> list[RegistryRow]:
        """Those rows that are looked for, in their order."""
        footings, troubles = self.chips & _FOOTINGS, self.chips - _FOOTINGS
        words = fold(self.typed).split()
        return [
            row
            for row in rows
            if (self.offices is None or row.office_id in self.offices)
            and (not self.district or row.state.card.district == self.district)
            and (not footings or footings & row.names)
            and (not troubles or troubles & row.names)
            and all(_found(word, row) for word in words)
        ]


def _found(word: str, row: RegistryRow) -> bool:
    """Numbers are codes, from their first digit on; words stand anywhere."""
    if word.isdecimal():
        return any(code.startswith(word) for code in row.codes)
    return word in row.words


def rows_of(known: Registry, heard: AtWork | None, moment: datetime) -> list[RegistryRow]:
    """The rows in the order of the list; takes a while where there are thousands."""
    found = []
    for office_id, state in states(known, heard, moment):
        card = state.card
        codes = known.codes.get(office_id, (card.code,))
        words = fold(" ".join((card.name, card.neighbourhood, card.holder)))
        mark = None
        if card.has_place:
            place = float(card.latitude), float(card.longitude)
            mark = SketchPlace(office_id, *place, MARKS[state.footing])
        trained = known.trained.get(office_id, {})
        names = _names(state)
        found.append(RegistryRow(office_id, state, codes, words, trained, mark, names))
    return found


def _names(state: OfficeState) -> frozenset[str]:
    troubles = {
        SILENT: state.silent,
        LICENCE: state.licence_ends,
        PLACELESS: not state.card.has_place,
    }
    return frozenset({state.footing.value, *(name for name, has in troubles.items() if has)})


def counts(rows: Collection[RegistryRow]) -> dict[str, int]:
    """How many each filter would show."""
    found = Counter(chain.from_iterable(row.names for row in rows))
    return {ALL: len(rows), **found}
