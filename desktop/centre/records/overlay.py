"""What was learnt after the export: paid bills, visits, rulings, corrections, until it has them.

Here too stands what an export lost and nobody answered for yet: holds and Article 100 files.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, literal_column, select, update

from desktop.centre.records import in_force
from desktop.centre.records.codec import child_of, from_json
from desktop.centre.records.columns import RowKind
from desktop.centre.records.in_force import Reading
from desktop.centre.records.tables import KEPT, OVERLAY, RECORD
from desktop.domain.contest import Contested, Corrected, Correction, person_key
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import RenewalCode, renewal_code
from desktop.domain.property import (
    Article100File,
    Hold,
    LaidRuling,
    Overlay,
    PropertyRecord,
    same_due,
)
from desktop.domain.record_words import DebtStatus, FileStatus, RecordWords, word_key
from desktop.sql.missing import make_missing
from desktop.sql.turns import take_turn

_SETTLED, _VISIT, _KEPT, _RULING = "settled", "visit", "kept", "ruling"
_CORRECTED = "corrected"
_OF_CODES = select(OVERLAY).where(
    OVERLAY.c.code.in_(bindparam("codes", expanding=True)), in_force.lies(bindparam("present"))
)

# So many properties are asked for with one question.
_AT_ONCE = 500
_RECORDS = select(RECORD.c.code, RECORD.c.body).where(
    RECORD.c.code.in_(bindparam("codes", expanding=True)), in_force.holds(bindparam("present"))
)
_CORRECTIONS = select(OVERLAY).where(
    OVERLAY.c.code == bindparam("code"),
    OVERLAY.c.kind == _CORRECTED,
    OVERLAY.c.until.is_(None),
)


def settle(
    session: Reading, code: RenewalCode, key: str, day: date, case_id: str = "", sum_: int = 0
) -> None:
    """Counts a debt or fine of the property (`Debt.key`, `Article100File.key`) as paid on the day.

    The sum is in Rial, 0 where nobody knows it. Each case that paid it is noted; a second time for
    one changes nothing.
    """
    _add(session, code, _SETTLED, {"case": case_id, "key": key, "sum": sum_}, day)


def unsettle(session: Reading, code: RenewalCode, key: str, case_id: str) -> None:
    """Takes a case's settlement away that never was; another case's of the same sum stays."""
    of_it = (OVERLAY.c.code == str(code), OVERLAY.c.kind == _SETTLED)
    for row in session.execute(select(OVERLAY.c.id, OVERLAY.c.body).where(*of_it)).all():
        body = json.loads(row.body)
        # Settlements noted before cases were named beside them are nobody's in particular.
        if body["key"] == key and body.get("case", case_id) == case_id:
            session.execute(delete(OVERLAY).where(OVERLAY.c.id == row.id))


def note_visit(
    session: Reading,
    code: RenewalCode,
    day: date,
    land: Decimal | None = None,
    built: Decimal | None = None,
    floors: int | None = None,
    units: int | None = None,
    use: str = "",
    *,
    unmeasured: bool = False,
) -> None:
    """Lays a visit of the day on the record, with what was measured (areas in m²) and seen.

    `unmeasured` is what stands there of which no area is told.
    """
    body = {
        "built": None if built is None else f"{built:.2f}",
        "day": day.isoformat(),
        "floors": floors,
        "land": None if land is None else f"{land:.2f}",
        "units": units,
        "unmeasured": unmeasured,
        "use": use,
    }
    _add(session, code, _VISIT, body, day)


def note_ruling(session: Reading, code: RenewalCode, ruling: LaidRuling, day: date) -> None:
    """Lays a commission's final ruling of the day on the record; the fine is in Rial."""
    body = {
        "file": ruling.file,
        "fine": ruling.fine,
        "number": ruling.number,
        "status": ruling.status.value,
    }
    _add(session, code, _RULING, body, day)


def lift_ruling(session: Reading, code: RenewalCode, number: str) -> None:
    """Takes a ruling of that number away that was none: it had not become final."""
    of_it = (OVERLAY.c.code == str(code), OVERLAY.c.kind == _RULING)
    for row in session.execute(select(OVERLAY.c.id, OVERLAY.c.body).where(*of_it)).all():
        if json.loads(row.body)["number"] == number:
            session.execute(delete(OVERLAY).where(OVERLAY.c.id == row.id))


def correct(session: Reading, code: RenewalCode, laid: Corrected) -> None:
    """Lays a correction by an upheld objection on the record; it takes an earlier one's place."""
    correction = laid.correction
    # Of two at once the later takes the earlier one's place, whichever that is.
    take_turn(session, f"corrected:{code}")
    for row in session.execute(_CORRECTIONS, {"code": str(code)}).mappings().all():
        before = _correction(row).correction
        keys = (before.key, _put(before))
        if before.item is correction.item and any(same_due(correction.key, key) for key in keys):
            # What the export itself says is what the first of them put right.
            correction = replace(correction, former=before.former, key=before.key)
            session.execute(delete(OVERLAY).where(OVERLAY.c.id == row["id"]))
    body = {
        "first_name": correction.first_name,
        "former": correction.former,
        "item": correction.item.value,
        "key": correction.key,
        "last_name": correction.last_name,
        "tracking": laid.tracking,
        "value": correction.value,
    }
    _add(session, code, _CORRECTED, body, laid.on)


def _put(before: Correction) -> str:
    """The key of the owner whom an earlier correction put there."""
    return person_key(before.value) if before.item is Contested.OWNER else before.key


def _correction(row: RowMapping) -> Corrected:
    body = json.loads(row["body"])
    correction = Correction(
        Contested(body["item"]),
        body["value"],
        body["former"],
        body["key"],
        body["first_name"],
        body["last_name"],
    )
    return Corrected(correction, row["made_on"], body["tracking"])


def contradicted(connection: Reading, import_id: int) -> list[Corrected]:
    """The corrections that lie on the records and of which that import says something else.

    A property that it no longer has says nothing of them, and what a person let stand once (see
    `prune`) is not told again while the import says the same.
    """
    lying = (OVERLAY.c.kind == _CORRECTED, OVERLAY.c.until.is_(None))
    rows = connection.execute(select(OVERLAY).where(*lying).order_by(OVERLAY.c.id)).mappings().all()
    wrong = []
    for row, record in _beside_records(connection, rows, import_id):
        laid = _correction(row)
        if record is not None and not record.says(laid.correction):
            told = record.told_of(laid.correction)
            # What it says as before is only older than the correction.
            if told != laid.correction.former:
                wrong.append(laid)
    return wrong


def _beside_records(
    connection: Reading, rows: Sequence[RowMapping], import_id: int
) -> Iterator[tuple[RowMapping, PropertyRecord | None]]:
    """Each of the rows with the record that the import has of its property."""
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        asked = {"codes": list({row["code"] for row in some}), "present": import_id}
        found = connection.execute(_RECORDS, asked)
        records = {code: from_json(body) for code, body in found}
        for row in some:
            yield row, records.get(row["code"])


def keep(
    session: Reading, code: str, kind: str, row: Mapping[str, Any], day: date, export_id: int
) -> None:
    """Keeps a hold or an Article 100 file (`kind` of a sheet) that this export no longer has."""
    body = {"export": export_id, "kind": kind, "row": dict(row)}
    _add(session, renewal_code(code), _KEPT, body, day)


def forget_kept(session: Reading, export_id: int) -> None:
    """Nothing is kept any more for an import that is taken back: its forerunner has the rows."""
    for row in kept_rows(session, export_id):
        if row.export_id == export_id:
            lift(session, row.overlay_id)


@dataclass(frozen=True)
class KeptRow:
    """A row that stays active until somebody answers for its end."""

    overlay_id: int
    code: str
    kind: str
    row: Mapping[str, Any]
    since: date
    export_id: int


def kept_rows(session: Reading, import_id: int) -> list[KeptRow]:
    """All rows that are kept, by property."""
    query = select(OVERLAY).where(literal_column(KEPT), in_force.lies(import_id))
    rows = session.execute(query.order_by(OVERLAY.c.code, OVERLAY.c.id)).mappings()
    return [_kept_row(row) for row in rows]


def _kept_row(row: RowMapping) -> KeptRow:
    body = json.loads(row["body"])
    return KeptRow(
        row["id"], row["code"], body["kind"], body["row"], row["made_on"], body["export"]
    )


def lift(session: Reading, overlay_id: int) -> KeptRow:
    """Ends a row that was kept; the row. Raises Refusal when there is none such."""
    own = (OVERLAY.c.id == overlay_id, OVERLAY.c.kind == _KEPT)
    row = session.execute(delete(OVERLAY).where(*own).returning(OVERLAY)).mappings().first()
    if row is None:
        raise Refusal("این ردیف دیگر نگه داشته نشده است.")
    return _kept_row(row)


def overlays_of(
    session: Reading, codes: Iterable[str], import_id: int, made: date | None = None
) -> dict[str, Overlay]:
    """The overlays of these properties that lie on an import, by code; of several visits the latest
    (then last noted). With `made` only those of that day and before."""
    asked = {"codes": list(codes), "present": import_id}
    rows: defaultdict[str, list[RowMapping]] = defaultdict(list)
    # Put in order here: a database that is asked to would rather go through all by their ids.
    for row in sorted(session.execute(_OF_CODES, asked).mappings(), key=itemgetter("id")):
        if made is None or row["made_on"] <= made:
            rows[row["code"]].append(row)
    return {code: _overlay(found) for code, found in rows.items()}


def prune(connection: Reading, import_id: int, words: RecordWords) -> None:
    """Ends, from this import on, what its records hold themselves: debts no longer listed, visits
    as old as the last, kept rows that are back, corrections of an owner who has sold since.

    A correction that the import contradicts, which a person let stand by putting it into force,
    knows that value from here on: told is what is said anew.
    """
    rows = connection.execute(select(OVERLAY).where(OVERLAY.c.until.is_(None))).mappings().all()
    spent = []
    for row, record in _beside_records(connection, rows, import_id):
        if _is_held(row, record, words):
            spent.append(row["id"])
        elif row["kind"] == _CORRECTED and record is not None:
            body, told = json.loads(row["body"]), record.told_of(_correction(row).correction)
            if told is not None and told != body["former"]:
                own = OVERLAY.c.id == row["id"]
                known = _text({**body, "former": told})
                connection.execute(update(OVERLAY).where(own).values(body=known))
    for start in range(0, len(spent), _AT_ONCE):
        own = OVERLAY.c.id.in_(spent[start : start + _AT_ONCE])
        connection.execute(update(OVERLAY).where(own).values(until=import_id))


def unprune(connection: Reading, import_id: int) -> None:
    """Lays again what that import had ended: it is taken back."""
    own = OVERLAY.c.until == import_id
    connection.execute(update(OVERLAY).where(own).values(until=None))


def _is_held(row: RowMapping, record: PropertyRecord | None, words: RecordWords) -> bool:
    body = json.loads(row["body"])
    if row["kind"] == _SETTLED:
        if record is None or record.doubted:
            # A row that is not there for once was not paid by that.
            return False
        return not _still_asks(record, body["key"], words)
    if row["kind"] == _CORRECTED:
        correction = _correction(row).correction
        if record is None or record.says(correction):
            return record is not None
        # Whom it was about owns nothing there any more: there is nothing to put right.
        sold = correction.item is Contested.OWNER and record.told_of(correction) is None
        return sold and not record.doubted
    if row["kind"] == _KEPT:
        kept = _spelled(_child(body))
        if record is None:
            return False
        return kept in (*map(_spelled, record.holds), *map(_spelled, record.files))
    if row["kind"] == _RULING:
        return record is not None and _knows(record, _ruling(body), words)
    day = date.fromisoformat(body["day"])
    return record is not None and record.last_visit is not None and record.last_visit >= day


def _spelled(row: Hold | Article100File) -> Hold | Article100File:
    """The row with what the spellings of its words have in common in their place."""
    if isinstance(row, Hold):
        return replace(row, authority=word_key(row.authority), scope=word_key(row.scope))
    return replace(row, violation=word_key(row.violation), status=word_key(row.status))


def _still_asks(record: PropertyRecord, key: str, words: RecordWords) -> bool:
    """Whether an export that has the property asks for what was paid, if for another sum of it."""
    for debt in record.debts:
        paid = words.debt(debt.status) is DebtStatus.SETTLED
        if same_due(debt.key, key) or (debt.may_be(key) and not paid):
            return True
    unpaid = [f for f in record.files if words.file(f.status) is FileStatus.FINE_UNPAID]
    return any(same_due(file.key, key) or file.may_be(key) for file in unpaid)


def _knows(record: PropertyRecord, ruling: LaidRuling, words: RecordWords) -> bool:
    """Whether an export knows of the ruling: its file is another than it was, or stands as ruled.

    Where there was none before, it is any file of that fine that stands so.
    """
    if ruling.file:
        before = [file for file in record.files if same_due(file.key, ruling.file)]
        if not before:
            return not record.doubted
        return any(words.file(file.status) is ruling.status for file in before)
    return any(
        words.file(file.status) is ruling.status and file.fine == ruling.fine
        for file in record.files
    )


def _ruling(body: Mapping[str, Any]) -> LaidRuling:
    return LaidRuling(body["file"], body["number"], FileStatus(body["status"]), body["fine"])


def _child(body: Mapping[str, Any]) -> Hold | Article100File:
    child = child_of(RowKind(body["kind"]), body["row"])
    if not isinstance(child, (Hold, Article100File)):
        raise TypeError(f"{body['kind']} is never kept")
    return child


def _add(
    session: Reading, code: RenewalCode, kind: str, body: dict[str, Any], made_on: date
) -> None:
    row = {"code": str(code), "kind": kind, "body": _text(body), "made_on": made_on}
    make_missing(session, OVERLAY, row)


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _overlay(rows: list[RowMapping]) -> Overlay:
    settled: Counter[str] = Counter()
    visits: list[dict[str, Any]] = []
    kept: list[Hold | Article100File] = []
    rulings: list[LaidRuling] = []
    corrected: list[Corrected] = []
    for row in rows:
        body = json.loads(row["body"])
        match row["kind"]:
            case "settled":
                settled[body["key"]] = max(settled[body["key"]], body.get("sum", 0))
            case "kept":
                kept.append(_child(body))
            case "ruling":
                rulings.append(_ruling(body))
            case "corrected":
                corrected.append(_correction(row))
            case "visit":
                visits.append(body)
            case kind:
                raise ValueError(f"an overlay of an unknown kind: {kind}")
    overlay = Overlay(
        settled,
        holds=tuple(row for row in kept if isinstance(row, Hold)),
        files=tuple(row for row in kept if isinstance(row, Article100File)),
        rulings=tuple(rulings),
        corrected=tuple(corrected),
    )
    if not visits:
        return overlay
    last = max(visits, key=lambda visit: visit["day"])
    latest = [visit for visit in visits if visit["day"] == last["day"]][-1]
    return replace(
        overlay,
        visited=date.fromisoformat(latest["day"]),
        land=_area(latest["land"]),
        built=_area(latest["built"]),
        # A visit noted by an earlier version says nothing of these.
        floors=latest.get("floors"),
        units=latest.get("units"),
        use=latest.get("use", ""),
        unmeasured=latest.get("unmeasured", False),
    )


def _area(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
