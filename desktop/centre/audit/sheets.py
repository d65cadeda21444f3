"""What offices do that is of no case, beside its rows: stamped sheets and what stands on them,
copies of another office's letters, papers that they doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from desktop.centre.audit.chains import AT_ONCE, payload_of, texts_of_kind
from desktop.centre.elsewhere_tables import CopyOutRow
from desktop.centre.sheet_tables import OddSheetsRow, SheetRow, SheetRunRow, ToldPaperRow
from desktop.centre.tables import FactRow, LetterRow
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.elsewhere import CopyPrinted
from desktop.domain.sheet_stock import SHEETS, SOME_TOUCHING, TOUCHING, UNTOLD, Odd, Stock
from desktop.domain.stamped_sheets import SheetRun
from desktop.domain.stream import office_of
from desktop.domain.told_paper import PaperTold
from desktop.sql.metadata import table_of
from desktop.wire.chain_check import told_at
from desktop.wire.codec import decode_fact

_FACT = table_of(FactRow)
_SHEET, _ODD = table_of(SheetRow), table_of(OddSheetsRow)


def stamped(session: Session) -> Iterator[Discrepancy]:
    """Every sheet, every bundle, and what was printed on sheets that were not blank."""
    letters = select(LetterRow.letter_id, LetterRow.case_id)
    copies = select(CopyOutRow.letter_id)
    cases = session.execute(letters.where(LetterRow.letter_id.in_(copies)))
    stock = Stock(cases={letter_id: case_id for letter_id, case_id in cases})
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
    some = _FACT.c.kind.in_(SOME_TOUCHING) & _FACT.c.canon.contains(SHEETS, autoescape=True)
    return (
        select(_FACT.c.stream, _FACT.c.case_id, _FACT.c.at, _FACT.c.canon)
        .where(or_(_FACT.c.kind.in_(TOUCHING), some))
        .order_by(at, _FACT.c.stream, _FACT.c.pos)
    )


def _sheets(session: Session, stock: Stock) -> Iterator[Discrepancy]:
    left = stock.sheets
    for row in session.execute(select(_SHEET).execution_options(yield_per=AT_ONCE)):
        sheet = left.pop((row.series, row.number), None)
        kept = (row.office, row.state, row.letter_id, row.copy)
        if sheet is not None and sheet.on == UNTOLD:
            sheet.on = (row.letter_id, row.copy)
        again = (sheet.office, sheet.state, *sheet.on) if sheet is not None else None
        if kept != again:
            where = f"sheet {row.series} {row.number}"
            yield Discrepancy(Wrong.SHEET, where, differing(kept, again))
    for series, number in sorted(left):
        yield Discrepancy(Wrong.SHEET, f"sheet {series} {number}", "it was taken and is not kept")


def _runs(session: Session, stock: Stock) -> Iterator[Discrepancy]:
    left = dict(stock.bundles)
    for row in session.scalars(select(SheetRunRow)):
        bundle = left.pop((row.series, row.first), None)
        again = None
        if bundle is not None:
            blank = stock.blank(SheetRun(row.series, row.first, bundle.last))
            again = (bundle.last, bundle.office, told_at(bundle.taken_at), blank)
        kept = (row.last, row.office, told_at(row.taken_at), row.blank)
        if kept != again:
            where = f"sheets {row.series} {row.first}"
            yield Discrepancy(Wrong.SHEET, where, differing(kept, again))
    for series, first in sorted(left):
        yield Discrepancy(Wrong.SHEET, f"sheets {series} {first}", "a bundle is not kept")


def _odd(session: Session, stock: Stock) -> Iterator[Discrepancy]:
    left = stock.odd
    for row in session.execute(select(_ODD)):
        again = left.pop((row.letter_id, row.copy, row.series, row.first), None)
        again = replace(again, at=told_at(again.at)) if again is not None else None
        kept = Odd(row.last, row.case_id, row.office, told_at(row.at))
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
