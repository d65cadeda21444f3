"""What the counter learnt after the export: paid bills and visits, until an export holds them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping, delete, insert, select
from sqlalchemy.orm import Session

from desktop.centre.records.codec import from_json
from desktop.centre.records.tables import OVERLAY, RECORD
from desktop.domain.identifiers import RenewalCode
from desktop.domain.property import FileStatus, Overlay, PropertyRecord

Reading: TypeAlias = Session | Connection

_SETTLED, _VISIT = "settled", "visit"


def settle(session: Reading, code: RenewalCode, key: str, day: date, case_id: str = "") -> None:
    """Counts a debt or fine of the property (`Debt.key`, `Article100File.key`) as paid on the day.

    Each case that paid it is noted; a second time for one changes nothing.
    """
    _add(session, code, _SETTLED, {"case": case_id, "key": key}, day)


def unsettle(session: Reading, code: RenewalCode, key: str, case_id: str) -> None:
    """Takes a case's settlement away that never was; another case's of the same sum stays."""
    # Settlements noted before cases were named beside them are nobody's in particular.
    texts = [_text({"case": case_id, "key": key}), _text({"key": key})]
    of_it = (OVERLAY.c.code == str(code), OVERLAY.c.kind == _SETTLED, OVERLAY.c.body.in_(texts))
    session.execute(delete(OVERLAY).where(*of_it))


def note_visit(
    session: Reading,
    code: RenewalCode,
    day: date,
    land: Decimal | None = None,
    built: Decimal | None = None,
) -> None:
    """Lays a visit of the day on the record, with the areas measured, m²."""
    body = {
        "built": None if built is None else f"{built:.2f}",
        "day": day.isoformat(),
        "land": None if land is None else f"{land:.2f}",
    }
    _add(session, code, _VISIT, body, day)


def overlays_of(session: Reading, codes: Iterable[str]) -> dict[str, Overlay]:
    """The overlays of these properties, by code; of several visits the latest (then last noted)."""
    query = select(OVERLAY).where(OVERLAY.c.code.in_(list(codes))).order_by(OVERLAY.c.id)
    rows: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in session.execute(query).mappings():
        rows[row["code"]].append(row)
    return {code: _overlay(found) for code, found in rows.items()}


def prune(connection: Connection) -> None:
    """Takes away what the records hold now: debts no longer listed, visits as old as the last."""
    rows = connection.execute(select(OVERLAY)).mappings().all()
    spent = []
    for row in rows:
        text = connection.execute(
            select(RECORD.c.body).where(RECORD.c.code == row["code"])
        ).scalar()
        if _is_held(row, None if text is None else from_json(text)):
            spent.append(row["id"])
    if spent:
        connection.execute(delete(OVERLAY).where(OVERLAY.c.id.in_(spent)))


def _is_held(row: RowMapping, record: PropertyRecord | None) -> bool:
    body = json.loads(row["body"])
    if row["kind"] == _SETTLED:
        return record is None or body["key"] not in {
            *(debt.key for debt in record.debts),
            *(file.key for file in record.files if file.status == FileStatus.FINE_UNPAID),
        }
    day = date.fromisoformat(body["day"])
    return record is not None and record.last_visit is not None and record.last_visit >= day


def _add(
    session: Reading, code: RenewalCode, kind: str, body: dict[str, Any], made_on: date
) -> None:
    text = _text(body)
    same = (OVERLAY.c.code == str(code), OVERLAY.c.kind == kind, OVERLAY.c.body == text)
    if session.execute(select(OVERLAY.c.id).where(*same)).first() is None:
        session.execute(
            insert(OVERLAY).values(code=str(code), kind=kind, body=text, made_on=made_on)
        )


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _overlay(rows: list[RowMapping]) -> Overlay:
    settled: set[str] = set()
    visits: list[dict[str, Any]] = []
    for row in rows:
        body = json.loads(row["body"])
        if row["kind"] == _SETTLED:
            settled.add(body["key"])
        else:
            visits.append(body)
    if not visits:
        return Overlay(frozenset(settled))
    last = max(visits, key=lambda visit: visit["day"])
    latest = [visit for visit in visits if visit["day"] == last["day"]][-1]
    return Overlay(
        frozenset(settled),
        visited=date.fromisoformat(latest["day"]),
        land=_area(latest["land"]),
        built=_area(latest["built"]),
    )


def _area(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
