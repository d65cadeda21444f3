"""An office's stamped sheets, beside what facts make of them and what this desk did since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.commands import PrintLetter
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.elsewhere import TellCopy
from desktop.domain.paper import SpoilSheet
from desktop.domain.sheet_stock import (
    BLANK,
    DROPPED,
    SHEETS,
    SOME_TOUCHING,
    TOUCHING,
    UNTOLD,
    Copy,
    Place,
    Stock,
    places,
)
from desktop.domain.stamped_sheets import DropSheets, SheetRun, TakeSheets
from desktop.domain.stream import CommandHeld, CommandRefused, office_of
from desktop.store import meta
from desktop.store.ledger import PrintState
from desktop.store.sheet_tables import SheetRow, SheetRunRow
from desktop.store.tables import FactRow, OutboxRow, PrintRow
from desktop.wire.codec import Unreadable, decode_command, decode_fact

_AT_ONCE = 1_000
_ACTS = tuple(each.kind for each in (TakeSheets, DropSheets, PrintLetter, SpoilSheet, TellCopy))


@dataclass
class _Own:
    """What this desk did and the centre does not have, or refused; and what is in its printer: of
    these sheets no fact tells how they stand here."""

    places: set[Place] = field(default_factory=set)
    copies: set[Copy] = field(default_factory=set)

    def add(self, run: SheetRun | None, *copies: Copy) -> None:
        """These sheets, and whichever bear these copies."""
        self.places.update(places(run) if run is not None else ())
        self.copies.update(copies)


def sheets(session: Session) -> Iterator[Discrepancy]:
    """Every sheet and every bundle."""
    stock, own = _stock(session), _own(session)
    for bundle in session.scalars(select(SheetRunRow)):
        told = stock.bundles.pop((bundle.series, bundle.first), None)
        # One of a command is not the centre's word yet.
        last = told.last if told is not None else bundle.last if bundle.command_id else None
        if bundle.last != last:
            where = f"sheets {bundle.series} {bundle.first}"
            yield Discrepancy(Wrong.SHEET, where, differing(bundle.last, last))
    for series, first in sorted(stock.bundles):
        yield Discrepancy(Wrong.SHEET, f"sheets {series} {first}", "a bundle is not kept")
    for row in session.scalars(select(SheetRow).execution_options(yield_per=_AT_ONCE)):
        place, on = (row.series, row.number), (row.letter_id, row.copy)
        sheet = stock.sheets.pop(place, None)
        said = sheet.on if sheet is not None and sheet.on != UNTOLD else on
        if place in own.places or not own.copies.isdisjoint({on, said}):
            continue
        again = (sheet.state, said) if sheet is not None else None
        if (row.state, on) != again:
            where = f"sheet {row.series} {row.number}"
            yield Discrepancy(Wrong.SHEET, where, differing((row.state, on), again))
    for series, number in sorted(stock.sheets.keys() - own.places):
        yield Discrepancy(Wrong.SHEET, f"sheet {series} {number}", "it was taken and is not kept")


def _stock(session: Session) -> Stock:
    home = meta.get(session).identity.home
    # Another desk's copy came out also on sheets that the office had thought gone.
    stock = Stock(free=frozenset({BLANK, DROPPED}))
    some = FactRow.kind.in_(SOME_TOUCHING) & FactRow.canon.contains(SHEETS, autoescape=True)
    asked = select(FactRow.canon).where(
        FactRow.stream == home, or_(FactRow.kind.in_(TOUCHING), some)
    )
    in_order = asked.order_by(FactRow.pos).execution_options(yield_per=_AT_ONCE)
    for canon in session.scalars(in_order):
        try:
            fact = decode_fact(canon)
        except Unreadable:
            continue
        stock.tell(office_of(home), fact.case_id, fact.at, fact.payload)
    return stock


def _own(session: Session) -> _Own:
    own = _Own()
    done = select(FactRow.pos).where(
        FactRow.cause == OutboxRow.command_id,
        FactRow.kind.not_in((CommandHeld.kind, CommandRefused.kind)),
    )
    acts = select(OutboxRow.canon).where(OutboxRow.kind.in_(_ACTS), ~done.exists())
    for canon in session.scalars(acts):
        act: Any = decode_command(canon).payload
        if isinstance(act, TakeSheets | DropSheets):
            own.add(act.run)
        else:
            own.add(getattr(act, "sheets", None), (act.letter_id, act.copy))
    sending = PrintRow.state.in_((PrintState.SPOOLING, PrintState.UNKNOWN))
    for row in session.scalars(select(PrintRow).where(or_(sending, PrintRow.said == ""))):
        run = SheetRun(row.series, row.sheet_first, row.sheet_last) if row.sheet_first else None
        own.add(run, (row.letter_id, row.copy))
    return own
