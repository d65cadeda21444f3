"""Stamped sheets as facts make them, told again from the first one on: for an audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from desktop.domain.elsewhere import CopyPrinted
from desktop.domain.facts import LetterPrinted
from desktop.domain.paper import SheetSpoiled
from desktop.domain.stamped_sheets import SheetRun, SheetsDropped, SheetsTaken
from desktop.domain.stream import CommandRefused

BLANK, WRITTEN, SPOILED, DROPPED = "blank", "written", "spoiled", "dropped"
Place = tuple[str, int]
"""A sheet's series and number."""
Copy = tuple[str, int]
"""A letter's id and the number of its copy."""
NOTHING: Final[Copy] = ("", 0)
UNTOLD: Final[Copy] = ("?", 0)
"""What stands on sheets of an act that was refused: its fact does not say."""
TOUCHING = (SheetsTaken.kind, SheetsDropped.kind, SheetSpoiled.kind, CopyPrinted.kind)
"""Facts that tell of sheets, or may."""
SOME_TOUCHING = (LetterPrinted.kind, CommandRefused.kind)
"""Facts of which those alone tell of sheets that have `SHEETS` in their text."""
SHEETS = '"sheets":{'


@dataclass
class OneSheet:
    """A sheet: whose it is, what became of it, what stands or stood on it."""

    office: str
    state: str = BLANK
    on: Copy = NOTHING


@dataclass(frozen=True)
class BundleHeld:
    """A bundle up to its last sheet: whose it is, since when."""

    last: int
    office: str
    taken_at: datetime


@dataclass(frozen=True)
class Odd:
    """A copy that came out on sheets of which not all were its office's and blank."""

    last: int
    case_id: str
    office: str
    at: datetime


@dataclass
class Stock:
    """All sheets and bundles. A copy comes out on what is `free`; `cases` are the cases of other
    offices' letters."""

    free: frozenset[str] = frozenset({BLANK})
    cases: Mapping[str, str] = field(default_factory=dict)
    sheets: dict[Place, OneSheet] = field(default_factory=dict)
    bundles: dict[Place, BundleHeld] = field(default_factory=dict)
    odd: dict[tuple[str, int, str, int], Odd] = field(default_factory=dict)
    refused: set[tuple[str, SheetRun]] = field(default_factory=set)
    _written: dict[Copy, set[Place]] = field(default_factory=dict)

    def tell(self, office: str, case_id: str, at: datetime, told: object) -> None:
        """The next fact, of that office's stream and of that case; empty for none's."""
        match told:
            case SheetsTaken():
                run = told.run
                self.bundles[run.series, run.first] = BundleHeld(run.last, office, at)
                self.sheets |= {place: OneSheet(office) for place in places(run)}
            case SheetsDropped():
                for place in places(told.run):
                    if self._is_free(place, office, {BLANK}):
                        self.sheets[place].state = DROPPED
            case CopyPrinted() if told.spoiled:
                self._spoil(told, office)
            case CopyPrinted() if told.sheets is not None:
                case_id = self.cases.get(told.letter_id, "")
                self._write(office, case_id, (told.letter_id, told.copy), told.sheets, at)
            case LetterPrinted() if told.sheets is not None:
                self._write(office, case_id, (told.letter_id, told.copy), told.sheets, at)
            case SheetSpoiled():
                self._spoil(told)
            case CommandRefused() if told.sheets is not None:
                self.refused.add((office, told.sheets))
                self._write(office, "", UNTOLD, told.sheets, at)
            case _:
                pass

    def blank(self, run: SheetRun) -> int:
        """How many of the run are blank."""
        return sum(self.sheets[place].state == BLANK for place in places(run))

    def _is_free(self, place: Place, office: str, states: frozenset[str] | set[str]) -> bool:
        sheet = self.sheets.get(place)
        return sheet is not None and sheet.office == office and sheet.state in states

    def _write(self, office: str, case_id: str, on: Copy, run: SheetRun, at: datetime) -> None:
        own = [place for place in places(run) if self._is_free(place, office, self.free)]
        for place in own:
            self.sheets[place].state, self.sheets[place].on = WRITTEN, on
        self._written.setdefault(on, set()).update(own)
        if len(own) != run.count and on != UNTOLD:
            self.odd.setdefault((*on, run.series, run.first), Odd(run.last, case_id, office, at))

    def _spoil(self, told: SheetSpoiled | CopyPrinted, office: str = "") -> None:
        on = (told.letter_id, told.copy)
        only = set(places(told.sheets)) if told.sheets is not None else None
        for place in sorted(self._written.get(on, ())):
            sheet = self.sheets[place]
            if (only is not None and place not in only) or (office and sheet.office != office):
                continue
            self._written[on].discard(place)
            if told.pages:
                sheet.state = SPOILED
            else:
                sheet.state, sheet.on = BLANK, NOTHING


def places(run: SheetRun) -> Iterator[Place]:
    """The sheets of the run."""
    return ((run.series, number) for number in range(run.first, run.last + 1))
