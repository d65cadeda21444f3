"""What is in force of the records, what is staged beside it, and the rows that it has wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import RowMapping, func, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.importing import demand_supervisor
from desktop.centre.records import in_force, overlay
from desktop.centre.records.columns import SHEETS, Kind
from desktop.centre.records.importer import READING, SILENT
from desktop.centre.records.tables import CHANGE, EXPORT, TOLD
from desktop.centre.tables import DeviceRow
from desktop.domain.calendar import format_jalali
from desktop.domain.city import City
from desktop.domain.import_causes import Cause, CauseKind
from desktop.domain.money import format_rial
from desktop.domain.persian import to_persian_digits
from desktop.wire import records as w

_MOST_ROWS = 5_000
_TITLES = {sheet.kind: sheet.title for sheet in SHEETS}


def state(
    session: Session, centre: Centre, device: DeviceRow, ask: w.ActorAsk, at: datetime
) -> w.StateAnswer:
    """What is in force and what is staged beside it. Raises Refusal."""
    demand_supervisor(session, device, ask.actor)
    act = in_force.last_act(session)
    present = act.export_id if act else 0
    newest = select(EXPORT).where(EXPORT.c.id > present).order_by(EXPORT.c.id.desc()).limit(1)
    staged = session.execute(newest).mappings().first()
    if act is not None and act.kind == in_force.BACK and staged is not None:
        # What was just taken back is no import that waits.
        taken = act.former_id == staged["id"]
        staged = None if taken else staged
    held = session.execute(select(EXPORT).where(EXPORT.c.id == present)).mappings().first()
    city = centre.reference.city(session, day_of(at))
    left = days_left(session, city, at)
    return w.StateAnswer(
        in_force=_body(session, held, at) if held else None,
        forced=_forced(act, at) if act else None,
        staged=_body(session, staged, at) if staged else None,
        kept=len(overlay.kept_rows(session, present)),
        days_left=left,
        warned=left <= city.imports.warning_days,
    )


def days_left(session: Session, city: City, at: datetime) -> int:
    """Days for which the records in force still answer; 0 when they don't, or there are none."""
    as_of = in_force.as_of(session)
    if as_of is None:
        return 0
    return max(0, city.record_age_days - (day_of(at) - as_of).days)


def _forced(act: in_force.Forced, at: datetime) -> w.ForcedBody:
    words = act.words
    today = day_of(act.at) == day_of(at)
    return w.ForcedBody(
        at=act.at,
        by=str(words.get("by", "")),
        second=str(words.get("second", "")),
        reason=str(words.get("reason", "")),
        may_go_back=act.kind == in_force.FORCED and act.former_id is not None and today,
    )


def _body(session: Session, row: RowMapping, at: datetime) -> w.ImportBody:
    totals = json.loads(row["totals"]) if row["totals"] else {}
    groups = (
        select(TOLD.c.sheet, TOLD.c.reason, TOLD.c.fate, func.count(), func.min(TOLD.c.number))
        .where(TOLD.c.export_id == row["id"])
        .group_by(TOLD.c.sheet, TOLD.c.reason, TOLD.c.fate)
        .order_by(func.count().desc(), func.min(TOLD.c.number))
    )
    return w.ImportBody(
        export_id=row["id"],
        as_of=row["as_of"],
        state=row["state"],
        source=row["source"],
        sha256=row["sha256"],
        reader=row["reader_name"],
        begun_at=row["begun_at"],
        heard_at=row["heard_at"],
        silent=row["state"] == READING and at - row["heard_at"] > SILENT,
        fault=row["fault"],
        sheet=row["sheet"],
        rows=row["rows"],
        done=row["done"],
        totals={key: value for key, value in totals.items() if isinstance(value, int)},
        causes=[_cause(cause) for cause in causes_of(row)],
        told=[
            w.ToldGroup(sheet=sheet, reason=reason, fate=fate, count=count)
            for sheet, reason, fate, count, _ in session.execute(groups)
        ],
    )


def causes_of(row: RowMapping) -> list[Cause]:
    """What holds the import back."""
    return [
        Cause(**{**cause, "kind": CauseKind(cause["kind"])}) for cause in json.loads(row["causes"])
    ]


def _cause(cause: Cause) -> w.CauseBody:
    told = cause.told
    return w.CauseBody(
        key=cause.key,
        kind=cause.kind,
        cause=told.cause,
        limit=told.limit,
        consequence=told.consequence,
        needs_two=cause.needs_two,
        count=cause.count,
    )


def rows(
    session: Session, _: Centre, device: DeviceRow, ask: w.RowsAsk, __: datetime
) -> w.RowsAnswer:
    """A page of an import's rows. Raises Refusal."""
    demand_supervisor(session, device, ask.actor)
    limit = min(ask.limit, _MOST_ROWS)
    kind = ask.cause.partition(":")[0]
    if kind in _ENDING:
        return _ending_rows(session, ask, CauseKind(kind), limit)
    wanted = [TOLD.c.export_id == ask.export_id]
    for column, value in ((TOLD.c.sheet, ask.sheet), (TOLD.c.reason, ask.reason)):
        wanted += [column == value] if value else []
    wanted += [TOLD.c.fate == ask.fate] if ask.fate else []
    if kind == CauseKind.ORPHANS:
        wanted.append(TOLD.c.heading == SHEETS[0].columns[0])
    total = session.scalar(select(func.count()).select_from(TOLD).where(*wanted)) or 0
    page = select(TOLD).where(*wanted).order_by(TOLD.c.number).offset(ask.offset).limit(limit)
    found = [
        w.RowBody(
            sheet=row["sheet"],
            number=row["row"],
            heading=row["heading"],
            reason=row["reason"],
            fate=row["fate"],
            about=row["about"],
        )
        for row in session.execute(page).mappings()
    ]
    return w.RowsAnswer(rows=found, total=total)


_ENDING = {
    CauseKind.PROPERTIES_END: Kind.PROPERTY,
    CauseKind.DEBTS_END: Kind.DEBT,
    CauseKind.DEBT_SUM_ENDS: Kind.DEBT,
    CauseKind.HOLDS_END: Kind.HOLD,
    CauseKind.FILES_END: Kind.FILE,
}


def _ending_rows(session: Session, ask: w.RowsAsk, cause: CauseKind, limit: int) -> w.RowsAnswer:
    kind = _ENDING[cause]
    wanted = (
        CHANGE.c.export_id == ask.export_id,
        CHANGE.c.kind == kind.value,
        CHANGE.c.change == "ended",
    )
    total = session.scalar(select(func.count()).select_from(CHANGE).where(*wanted)) or 0
    page = select(CHANGE).where(*wanted).order_by(CHANGE.c.id).offset(ask.offset).limit(limit)
    found = [
        w.RowBody(
            sheet=_TITLES[kind],
            number=0,
            heading=row["code"],
            reason=row_key(row["code"], row["before"]),
            fate="",
            about=about(kind, json.loads(row["before"])),
        )
        for row in session.execute(page).mappings()
    ]
    return w.RowsAnswer(rows=found, total=total)


def row_key(code: str, text: str) -> str:
    """What names a row of the records that would end."""
    return f"{code}#{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def about(kind: Kind, row: Mapping[str, object]) -> str:
    """A row of the records in a few words."""
    match kind:
        case Kind.DEBT:
            total = int(str(row["principal"])) + int(str(row["penalty"]))
            return to_persian_digits(f"{row['kind']} سال {row['year']}، {format_rial(total)}")
        case Kind.HOLD:
            number = f"، شمارهٔ {row['number']}" if row["number"] else ""
            return to_persian_digits(f"{row['authority'] or 'مرجع نامعلوم'}{number}")
        case Kind.FILE:
            return to_persian_digits(f"{row['violation']}، {row['status']}")
        case _:
            return str(row.get("address", ""))


def kept(
    session: Session, _: Centre, device: DeviceRow, ask: w.ActorAsk, __: datetime
) -> w.KeptAnswer:
    """Holds and files that an export lost and nobody answered for. Raises Refusal."""
    demand_supervisor(session, device, ask.actor)
    found = [
        w.KeptBody(
            overlay_id=row.overlay_id,
            code=row.code,
            sheet=_TITLES[Kind(row.kind)],
            about=about(Kind(row.kind), row.row),
            since=row.since,
        )
        for row in overlay.kept_rows(session, in_force.number(session) or 0)
    ]
    return w.KeptAnswer(rows=found)


def alarm(session: Session, city: City, at: datetime) -> str:
    """What the municipality is told when the records grow old; empty while they are young."""
    left, as_of = days_left(session, city, at), in_force.as_of(session)
    if as_of is None or left > city.imports.warning_days:
        return ""
    since = format_jalali(as_of)
    if not left:
        return f"سوابق از {since} است و کهنه شده؛ همهٔ درخواست‌ها به کارشناس می‌رود."
    shown = to_persian_digits(left)
    return f"سوابق از {since} است؛ {shown} روز دیگر همهٔ درخواست‌ها به کارشناس می‌رود."
