"""What offices do that is of no case, beside its rows: stamped sheets and what stands on them,
copies of another office's letters, papers that they doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from desktop.centre.audit.chains import AT_ONCE, payload_of, texts_of_kind, told_at
from desktop.centre.elsewhere_tables import CopyOutRow
from desktop.centre.sheet_tables import OddSheetsRow, SheetRow, SheetRunRow, ToldPaperRow
from desktop.centre.stamped_sheets import BLANK, DROPPED, SPOILED, WRITTEN
from desktop.centre.tables import FactRow, LetterRow
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.elsewhere import CopyPrinted
from desktop.domain.facts import LetterPrinted
from desktop.domain.paper import SheetSpoiled
from desktop.domain.stamped_sheets import SheetRun, SheetsDropped, SheetsTaken
from desktop.domain.stream import CommandRefused, office_of
from desktop.domain.told_paper import PaperTold
from desktop.sql.metadata import table_of
from desktop.wire.codec import decode_fact

_FACT = table_of(FactRow)
_SHEET, _ODD = table_of(SheetRow), table_of(OddSheetsRow)
_OF_SHEETS = (SheetsTaken.kind, SheetsDropped.kind, SheetSpoiled.kind, CopyPrinted.kind)
# Of these only some have sheets, and all of them are read otherwise.
_WITH_SHEETS = (LetterPrinted.kind, CommandRefused.kind)
_Place = tuple[str, int]
_Copy = tuple[str, int]
_NONE: _Copy = ("", 0)
_UNTOLD: _Copy = ("?", 0)
"""What stands on sheets of an act that was refused: the fact does not tell."""


@dataclass
class _Sheet:
    office: str
    state: str = BLANK
    on: _Copy = _NONE


@dataclass
class _Run:
    """A bundle: its last sheet, whose it is, since when."""

    last: int
    office: str
    taken_at: datetime


@dataclass
class _Stock:
    """All sheets as facts make them, one after the other."""

    cases: Mapping[str, str]
    sheets: dict[_Place, _Sheet] = field(default_factory=dict)
    runs: dict[_Place, _Run] = field(default_factory=dict)
    odd: dict[tuple[str, int, str, int], tuple[object, ...]] = field(default_factory=dict)
    refused: set[tuple[str, SheetRun]] = field(default_factory=set)
    _written: dict[_Copy, set[_Place]] = field(default_factory=dict)

    def tell(self, office: str, case_id: str, at: datetime, told: object) -> None:
        """The next fact, of that office's stream and case; empty for none's."""
        match told:
            case SheetsTaken():
                run = told.run
                self.runs[run.series, run.first] = _Run(run.last, office, told_at(at))
                self.sheets |= {place: _Sheet(office) for place in _places(run)}
            case SheetsDropped():
                for place in _places(told.run):
                    if self._is_blank(place, office):
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
                self._write(office, "", _UNTOLD, told.sheets, at)
            case _:
                pass

    def _is_blank(self, place: _Place, office: str) -> bool:
        sheet = self.sheets.get(place)
        return sheet is not None and (sheet.office, sheet.state) == (office, BLANK)

    def _write(self, office: str, case_id: str, on: _Copy, run: SheetRun, at: datetime) -> None:
        own = [place for place in _places(run) if self._is_blank(place, office)]
        for place in own:
            self.sheets[place].state, self.sheets[place].on = WRITTEN, on
        self._written.setdefault(on, set()).update(own)
        if len(own) != run.count and on != _UNTOLD:
            key = (*on, run.series, run.first)
            self.odd.setdefault(key, (run.last, case_id, office, told_at(at)))

    def _spoil(self, told: SheetSpoiled | CopyPrinted, office: str = "") -> None:
        on = (told.letter_id, told.copy)
        only = set(_places(told.sheets)) if told.sheets is not None else None
        for place in sorted(self._written.get(on, ())):
            sheet = self.sheets[place]
            if (only is not None and place not in only) or (office and sheet.office != office):
                continue
            self._written[on].discard(place)
            if told.pages:
                sheet.state = SPOILED
            else:
                sheet.state, sheet.on = BLANK, _NONE


def _places(run: SheetRun) -> Iterator[_Place]:
    return ((run.series, number) for number in range(run.first, run.last + 1))


def stamped(session: Session) -> Iterator[Discrepancy]:
    """Every sheet, every bundle, and what was printed on sheets that were not blank."""
    letters = select(LetterRow.letter_id, LetterRow.case_id)
    copies = select(CopyOutRow.letter_id)
    cases = session.execute(letters.where(LetterRow.letter_id.in_(copies)))
    stock = _Stock({letter_id: case_id for letter_id, case_id in cases})
    for row in session.execute(_in_order().execution_options(yield_per=AT_ONCE)):
        told = payload_of(row.canon)
        stock.tell(office_of(row.stream), row.case_id, row.at, told)
    yield from _runs(session, stock)
    yield from _sheets(session, stock)
    yield from _odd(session, stock)


def _in_order() -> Select[Any]:
    """What touches sheets, of each stream in its order, of all together as it happened: a clock
    that went back puts nothing before what it follows."""
    at = func.max(_FACT.c.at).over(partition_by=_FACT.c.stream, order_by=_FACT.c.pos)
    some = _FACT.c.kind.in_(_WITH_SHEETS) & _FACT.c.canon.contains('"sheets":{', autoescape=True)
    return (
        select(_FACT.c.stream, _FACT.c.case_id, _FACT.c.at, _FACT.c.canon)
        .where(or_(_FACT.c.kind.in_(_OF_SHEETS), some))
        .order_by(at, _FACT.c.stream, _FACT.c.pos)
    )


def _sheets(session: Session, stock: _Stock) -> Iterator[Discrepancy]:
    left = stock.sheets
    for row in session.execute(select(_SHEET).execution_options(yield_per=AT_ONCE)):
        sheet = left.pop((row.series, row.number), None)
        kept = (row.office, row.state, row.letter_id, row.copy)
        if sheet is not None and sheet.on == _UNTOLD:
            sheet.on = (row.letter_id, row.copy)
        again = (sheet.office, sheet.state, *sheet.on) if sheet is not None else None
        if kept != again:
            where = f"sheet {row.series} {row.number}"
            yield Discrepancy(Wrong.SHEET, where, differing(kept, again))
    for series, number in sorted(left):
        yield Discrepancy(Wrong.SHEET, f"sheet {series} {number}", "it was taken and is not kept")


def _runs(session: Session, stock: _Stock) -> Iterator[Discrepancy]:
    left = dict(stock.runs)
    for row in session.scalars(select(SheetRunRow)):
        run = left.pop((row.series, row.first), None)
        again = None
        if run is not None:
            places = _places(SheetRun(row.series, row.first, run.last))
            blank = sum(stock.sheets[place].state == BLANK for place in places)
            again = (run.last, run.office, run.taken_at, blank)
        kept = (row.last, row.office, told_at(row.taken_at), row.blank)
        if kept != again:
            where = f"sheets {row.series} {row.first}"
            yield Discrepancy(Wrong.SHEET, where, differing(kept, again))
    for series, first in sorted(left):
        yield Discrepancy(Wrong.SHEET, f"sheets {series} {first}", "a bundle is not kept")


def _odd(session: Session, stock: _Stock) -> Iterator[Discrepancy]:
    left = stock.odd
    for row in session.execute(select(_ODD)):
        again = left.pop((row.letter_id, row.copy, row.series, row.first), None)
        kept = (row.last, row.case_id, row.office, told_at(row.at))
        of_refused = (row.office, SheetRun(row.series, row.first, row.last)) in stock.refused
        if kept != again and not (again is None and of_refused):
            where = f"odd sheets {row.letter_id} {row.copy}"
            yield Discrepancy(Wrong.SHEET, where, differing(kept, again))
    for letter_id, copy, *_ in sorted(left):
        yield Discrepancy(Wrong.SHEET, f"odd sheets {letter_id} {copy}", "they are not kept")


def told_of_papers(session: Session) -> Iterator[Discrepancy]:
    """Every paper that an office says shows something else, and every copy of another's letter."""
    papers: dict[tuple[object, ...], tuple[object, ...]] = {}
    for stream, _, canon in texts_of_kind(session, PaperTold.kind):
        fact = decode_fact(canon)
        assert isinstance(fact.payload, PaperTold)
        key = (office_of(stream), fact.payload.number, fact.payload.copy)
        papers.pop(key, None)
        if fact.payload.names:
            papers[key] = (fact.actor_name, "\n".join(fact.payload.names), fact.at)
    copies: dict[tuple[object, ...], tuple[object, ...]] = {}
    for stream, _, canon in texts_of_kind(session, CopyPrinted.kind):
        told = decode_fact(canon).payload
        assert isinstance(told, CopyPrinted)
        copies[told.letter_id, told.copy, office_of(stream)] = ()
    kept_papers: dict[tuple[object, ...], tuple[object, ...]] = {
        (row.office, row.number, row.copy): (row.name, row.names, told_at(row.at))
        for row in session.scalars(select(ToldPaperRow))
    }
    kept_copies: dict[tuple[object, ...], tuple[object, ...]] = {
        (row.letter_id, row.copy, row.office): () for row in session.scalars(select(CopyOutRow))
    }
    yield from _same("told_paper", kept_papers, papers)
    yield from _same("copy_out", kept_copies, copies)


def _same(
    table: str,
    kept: Mapping[tuple[object, ...], tuple[object, ...]],
    again: Mapping[tuple[object, ...], tuple[object, ...]],
) -> Iterator[Discrepancy]:
    for key in sorted({*kept, *again}, key=str):
        one, other = kept.get(key), again.get(key)
        if one != other:
            where = " ".join((table, *map(str, key)))
            yield Discrepancy(Wrong.SHEET, where, differing(one, other))
