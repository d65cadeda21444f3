"""Writes the demo city as a municipality's export: a folder of CSV files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from desktop.centre.records.columns import SHEETS, RowKind
from desktop.demo.city import CityProperty
from desktop.domain.calendar import iso_jalali
from desktop.domain.property import PropertyRecord

Line: TypeAlias = Sequence[str | int]


def write_folder(city: Iterable[CityProperty], folder: Path) -> None:
    """Writes the seven CSV files (UTF-8 with a BOM) into the folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        writers: dict[RowKind, Callable[[Line], Any]] = {}
        for sheet in SHEETS:
            path = folder / f"{sheet.title}.csv"
            file = files.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            writers[sheet.kind] = csv.writer(file).writerow
            writers[sheet.kind](sheet.headings)
        for item in city:
            for kind, line in lines(item.record):
                writers[kind](line)


def lines(record: PropertyRecord) -> Iterator[tuple[RowKind, Line]]:
    """The rows of the export that hold the record, cells in the order of the columns."""
    code = str(record.code)
    plate = record.plate
    yield (
        RowKind.PROPERTY,
        (
            code,
            plate.section if plate else "",
            plate.main if plate else "",
            plate.sub if plate else "",
            record.address,
            record.neighbourhood,
            record.district,
            record.postal_code,
            record.deed,
            _area(record.land_by_deed),
            _area(record.land),
            _area(record.built),
            record.floors,
            record.units,
            record.use,
            record.zone,
            _yes(record.historic),
            _area(record.widening),
            _yes(record.on_plan),
            _day(record.last_visit),
            record.latitude,
            record.longitude,
            record.year_built or "",
        ),
    )
    for o in record.owners:
        dang = f"{o.dang.normalize():f}"
        yield RowKind.OWNER, (code, o.first_name, o.last_name, o.person_id, dang, _yes(o.dead))
    for p in record.permits:
        yield RowKind.PERMIT, (code, p.number, _day(p.issued), _day(p.expires))
    for c in record.certificates:
        yield RowKind.CERTIFICATE, (code, c.kind, c.number, _day(c.issued), _day(c.valid_until))
    for f in record.files:
        yield RowKind.FILE, (code, f.violation, _area(f.area), f.status, f.fine)
    for d in record.debts:
        yield (
            RowKind.DEBT,
            (
                code,
                d.year,
                d.kind,
                d.principal,
                d.penalty,
                _day(d.due),
                d.status,
                d.bill_id,
                d.payment_id,
            ),
        )
    for h in record.holds:
        yield RowKind.HOLD, (code, h.authority, h.number, _day(h.placed), h.scope, _day(h.ends))


@lru_cache(20_000)
def _day(day: date | None) -> str:
    return "" if day is None else iso_jalali(day)


def _area(area: Decimal) -> str:
    return f"{area:.2f}"


def _yes(flag: bool | None) -> str:
    return "بله" if flag else "خیر"
