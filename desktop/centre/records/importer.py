"""Imports an export of the municipality's records, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, select, update

from desktop.centre.records import changes
from desktop.centre.records.changes import differences
from desktop.centre.records.codec import assemble
from desktop.centre.records.columns import Kind
from desktop.centre.records.overlay import prune
from desktop.centre.records.report import ImportResult, Report, open_report
from desktop.centre.records.sheets import open_export
from desktop.centre.records.staging import STAGED, Staged, Watch, stage, tell_shares
from desktop.centre.records.tables import CHANGE, EXPORT, RECORD
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.property import FULL_DANG
from desktop.sql.faults import told
from desktop.sql.spool import Spool

_CHUNK = 500


def import_export(
    engine: Engine,
    source: Path,
    as_of: date,
    *,
    progress: Callable[[int, int], None] = lambda done, whole: None,
    cancelled: Callable[[], bool] = lambda: False,
    report_path: Path | None = None,
) -> ImportResult:
    """Makes the export in the workbook or folder the records of the day `as_of`.

    The export is the whole picture: what it no longer holds is ended. All is written in one
    transaction, after all is read. `progress` is called with (done, 1000); the told rows go to
    `report_path`. Raises Refusal for what is no whole export, for one older than the records, and
    (Cancelled) when `cancelled` says so: nothing is changed then.
    """
    result = ImportResult(as_of)
    watch = Watch(progress, cancelled)
    with told():
        with engine.connect() as connection:
            _refuse_older(connection, as_of)
        with Spool() as spool, open_report(result, report_path) as report:
            # Closed before the writing begins: a workbook's texts are a third of all the memory.
            with open_export(source) as export:
                staged = stage(export, spool, result, report, watch)
            with engine.begin() as connection:
                _merge(connection, staged, spool, result, report, watch)
    watch.progress(1000, 1000)
    return result


def _refuse_older(connection: Connection, as_of: date) -> date | None:
    present = connection.execute(
        select(EXPORT.c.as_of).order_by(EXPORT.c.id.desc()).limit(1)
    ).scalar()
    if present is not None and as_of < present:
        raise Refusal(
            f"این خروجی از {format_jalali(as_of)} است و سوابق اکنون از {format_jalali(present)};"
            " خروجی کهنه جای تازه را نمی‌گیرد."
        )
    return present


def _merge(
    connection: Connection,
    staged: Staged,
    spool: Spool,
    result: ImportResult,
    report: Report,
    watch: Watch,
) -> None:
    present = _refuse_older(connection, result.as_of)
    result.first = present is None
    export_id: int = connection.execute(
        insert(EXPORT).values(as_of=result.as_of, totals="").returning(EXPORT.c.id)
    ).scalar_one()
    codes = list(staged.groups)
    doubted = {staged.groups[code] for code in staged.doubted if code in staged.groups}
    bodies = _bodies(spool, doubted, report)
    done = 0
    while chunk := list(islice(bodies, _CHUNK)):
        named = [(codes[group], plate, body) for group, plate, body in chunk]
        _write(connection, named, export_id, result)
        done += len(chunk)
        watch.step(STAGED + (1000 - STAGED) * done // len(codes))
    if result.first:
        for kind, count in result.sheets.items():
            result.changes[kind].new = count.kept
    else:
        _end(connection, set(codes), export_id, result)
        prune(connection)
    if present == result.as_of and not result.changed:
        connection.execute(delete(EXPORT).where(EXPORT.c.id == export_id))
        return
    result.export_id = export_id
    connection.execute(
        update(EXPORT)
        .where(EXPORT.c.id == export_id)
        .values(totals=json.dumps(result.totals(), sort_keys=True))
    )


def _bodies(
    spool: Spool, doubted: set[int], report: Report
) -> Iterator[tuple[int, list[int | None], str]]:
    """(group, plate, body) of each property, in the order of the groups."""
    for group, rows in groupby(spool.ordered(), key=itemgetter(0)):
        texts: dict[Kind, list[str]] = {}
        first_owner = 0
        for _, kind, place, text in rows:
            if kind == Kind.OWNER and not first_owner:
                first_owner = place
            texts.setdefault(Kind(kind), []).append(text)
        (own,) = texts[Kind.PROPERTY]
        if first_owner:
            dang = sum((Decimal(json.loads(t)["dang"]) for t in texts[Kind.OWNER]), Decimal(0))
            if dang != FULL_DANG:
                tell_shares(
                    first_owner,
                    to_persian_digits(f"{dang.normalize():f}").replace(".", "٫"),
                    report,
                )
        plate = json.loads(own)["plate"] or [None, None, None]
        yield group, plate, assemble(own, texts, group in doubted)


def _write(
    connection: Connection,
    chunk: list[tuple[str, list[int | None], str]],
    export_id: int,
    result: ImportResult,
) -> None:
    held = {} if result.first else _held(connection, [code for code, _, _ in chunk])
    rows = [
        {
            "code": code,
            "section": section,
            "main": main,
            "sub": sub,
            "body": body,
            "export_id": export_id,
        }
        for code, (section, main, sub), body in chunk
        if held.get(code) != body
    ]
    if not rows:
        return
    codes = [str(row["code"]) for row in rows]
    if not result.first:
        connection.execute(delete(RECORD).where(RECORD.c.code.in_(codes)))
        bodies = [str(row["body"]) for row in rows]
        states = [(code, held.get(code), body) for code, body in zip(codes, bodies, strict=True)]
        _list(connection, states, export_id, result)
    connection.execute(insert(RECORD), rows)


def _held(connection: Connection, codes: list[str]) -> dict[str, str]:
    query = select(RECORD.c.code, RECORD.c.body).where(RECORD.c.code.in_(codes))
    return {code: body for code, body in connection.execute(query)}


def _end(connection: Connection, codes: set[str], export_id: int, result: ImportResult) -> None:
    ended = [code for code in connection.scalars(select(RECORD.c.code)) if code not in codes]
    for i in range(0, len(ended), _CHUNK):
        chunk = ended[i : i + _CHUNK]
        held = _held(connection, chunk)
        _list(connection, [(code, held[code], None) for code in chunk], export_id, result)
        connection.execute(delete(RECORD).where(RECORD.c.code.in_(chunk)))


def _list(
    connection: Connection,
    states: Sequence[tuple[str, str | None, str | None]],
    export_id: int,
    result: ImportResult,
) -> None:
    """Counts and lists what became of properties: (code, body before, body after)."""
    listing = []
    for code, before, after in states:
        for difference in differences(before, after):
            change = result.changes[difference.kind]
            match difference.change:
                case changes.NEW:
                    change.new += 1
                case changes.CHANGED:
                    change.changed += 1
                case _:
                    change.ended += 1
            listing.append(
                {
                    "export_id": export_id,
                    "code": code,
                    "kind": difference.kind.value,
                    "change": difference.change,
                    "before": difference.before,
                    "after": difference.after,
                }
            )
    connection.execute(insert(CHANGE), listing)
