"""What is in force of the records, what is staged beside it, and the rows that it has wrong."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import RowMapping, func, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.importing import demand_supervisor
from desktop.centre.records import in_force, lifting, overlay
from desktop.centre.records.cells import shown
from desktop.centre.records.changes import ENDED, NEW, RowChange, counted_by
from desktop.centre.records.codec import child_of
from desktop.centre.records.columns import CODE, SHEETS, RowKind
from desktop.centre.records.importer import BROKEN, OF, READ, READING, SILENT
from desktop.centre.records.report import UNKNOWN
from desktop.centre.records.rows import amount_of
from desktop.centre.records.tables import CHANGE, EXPORT, TOLD
from desktop.centre.tables import DeviceRow, LetterRow
from desktop.centre.tick import issued_since
from desktop.domain.calendar import format_jalali
from desktop.domain.city import City
from desktop.domain.import_causes import Cause, CauseKind, RowFate
from desktop.domain.money import format_rial
from desktop.domain.persian import to_persian_digits
from desktop.domain.record_words import RecordWords, WordColumn
from desktop.wire import records as w

_MOST_ROWS = 5_000
_MOST_LIFTED = 200
_TITLES = {sheet.kind: sheet.title for sheet in SHEETS}


def state(
    session: Session, centre: Centre, device: DeviceRow, ask: w.ActorAsk, at: datetime
) -> w.StateAnswer:
    """What is in force and what is staged beside it. Raises Refusal."""
    demand_supervisor(session, centre, device, ask.actor)
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
    words = centre.reference.city(session, day_of(at) + timedelta(days=1)).words
    left = days_left(session, city, at)
    kept = overlay.kept_rows(session, present)
    return w.StateAnswer(
        in_force=_with_kept(_body(session, words, held, at), kept) if held else None,
        forced=_forced(session, act, at) if act else None,
        staged=_body(session, words, staged, at) if staged else None,
        kept=len(kept),
        lifted=lifting.count(session, present),
        days_left=left,
        warned=left <= city.imports.warning_days,
        alarm=alarm(session, city, at),
        sheets=[(kind.value, title) for kind, title in _TITLES.items()],
    )


def held_back(session: Session) -> bool:
    """Whether an import stands beside the one in force that waits for a person's word."""
    beside = EXPORT.c.id > (in_force.number(session) or 0)
    staged = session.execute(select(EXPORT).where(beside, EXPORT.c.state == READ)).mappings()
    return any(causes_of(row) for row in staged)


def days_left(session: Session, city: City, at: datetime) -> int:
    """Days for which the records in force still answer; 0 when they don't, or there are none."""
    as_of = in_force.as_of(session)
    if as_of is None:
        return 0
    return max(0, city.record_age_days - (day_of(at) - as_of).days)


def _forced(session: Session, act: in_force.Forced, at: datetime) -> w.ForcedBody:
    words = act.words
    today = day_of(act.at) == day_of(at)
    may_go_back = act.kind == in_force.FORCED and act.former_id is not None and today
    former = select(EXPORT.c.as_of).where(EXPORT.c.id == act.former_id)
    return w.ForcedBody(
        at=act.at,
        by=str(words.get("by", "")),
        second=str(words.get("second", "")),
        reason=str(words.get("reason", "")),
        may_go_back=may_go_back,
        former_as_of=session.scalar(former) if may_go_back else None,
        taken_back=act.kind == in_force.BACK,
        letters=_letters_since(session, act.at) if may_go_back else 0,
    )


def _letters_since(session: Session, moment: datetime) -> int:
    issued = select(func.count()).select_from(LetterRow).where(*issued_since(moment))
    return session.scalar(issued) or 0


def _body(session: Session, words: RecordWords, row: RowMapping, at: datetime) -> w.ImportBody:
    totals = json.loads(row["totals"]) if row["totals"] else {}
    unknown = totals.pop(UNKNOWN, [])
    of = totals.pop(OF, 0)
    read = row["state"] == READ
    silent = row["state"] == READING and at - row["heard_at"] > SILENT
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
        silent=silent,
        fault=BROKEN if silent else row["fault"],
        sheet=row["sheet"],
        rows=row["rows"],
        done=row["done"],
        totals={key: value for key, value in totals.items() if isinstance(value, int)},
        causes=[_cause(cause) for cause in causes_of(row)],
        told=[
            w.ToldGroup(sheet=sheet, reason=reason, fate=fate, count=count)
            for sheet, reason, fate, count, _ in session.execute(groups)
        ],
        of=of,
        new=_changes(session, row["id"], NEW) if read else {},
        ended=_changes(session, row["id"], ENDED) if read else {},
        unknown=[
            w.UnknownBody(column=column, word=word, count=cells)
            for column, word, cells in unknown
            if words.spelled(WordColumn(column), word) is None
        ],
    )


def _with_kept(body: w.ImportBody, kept: Sequence[overlay.KeptRow]) -> w.ImportBody:
    """What an export lost and nobody answered for yet is in force too, so it is counted too."""
    totals = Counter(body.totals)
    totals.update(row.kind for row in kept)
    files = (row for row in kept if row.kind == RowKind.FILE)
    totals["fine_rial"] += sum(int(amount_of(child_of(RowKind.FILE, row.row))) for row in files)
    return body.model_copy(update={"totals": dict(totals)})


def _changes(session: Session, export_id: int, change: str) -> dict[str, int]:
    """By kind, how many rows of the import came, or ended."""
    counts = (
        select(CHANGE.c.kind, func.count())
        .where(CHANGE.c.export_id == export_id, CHANGE.c.change == change)
        .group_by(CHANGE.c.kind)
    )
    return {kind: count for kind, count in session.execute(counts)}


def causes_of(row: RowMapping) -> list[Cause]:
    """What holds the import back."""
    return [
        Cause(**{**cause, "kind": CauseKind(cause["kind"])}) for cause in json.loads(row["causes"])
    ]


def _cause(cause: Cause) -> w.CauseBody:
    words = cause.words
    return w.CauseBody(
        key=cause.key,
        kind=cause.kind,
        cause=words.cause,
        limit=words.limit,
        consequence=words.consequence,
        needs_two=cause.needs_two,
        count=cause.count,
    )


def rows(
    session: Session, centre: Centre, device: DeviceRow, ask: w.RowsAsk, at: datetime
) -> w.RowsAnswer:
    """A page of an import's rows. Raises Refusal."""
    demand_supervisor(session, centre, device, ask.actor)
    limit = min(ask.limit, _MOST_ROWS)
    kind, _, about_what = ask.cause.partition(":")
    sheet, _, heading = about_what.partition(":")
    if kind in _ENDING or (kind == CauseKind.REFUSED and heading):
        words = centre.reference.city(session, day_of(at)).words
        return _ending_rows(session, words, ask, _asked_cause(session, ask), limit)
    fate = ask.fate
    if kind in (CauseKind.ORPHANS, CauseKind.REFUSED):
        fate = RowFate.REFUSED
    if kind == CauseKind.ORPHANS:
        heading = CODE
    wanted = [TOLD.c.export_id == ask.export_id]
    for column, value in (
        (TOLD.c.sheet, sheet or ask.sheet),
        (TOLD.c.heading, heading),
        (TOLD.c.reason, ask.reason),
        (TOLD.c.fate, fate),
    ):
        wanted += [column == value] if value else []
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
    CauseKind.PROPERTIES_END: RowKind.PROPERTY,
    CauseKind.DEBTS_END: RowKind.DEBT,
    CauseKind.DEBT_SUM_ENDS: RowKind.DEBT,
    CauseKind.HOLDS_END: RowKind.HOLD,
    CauseKind.FILES_END: RowKind.FILE,
}


def _asked_cause(session: Session, ask: w.RowsAsk) -> Cause:
    """The import's cause of that key; where it has none such, all that is of its kind."""
    own = session.execute(select(EXPORT).where(EXPORT.c.id == ask.export_id)).mappings().first()
    held = [cause for cause in causes_of(own) if cause.key == ask.cause] if own else []
    kind, _, about_what = ask.cause.partition(":")
    sheet, _, heading = about_what.partition(":")
    return held[0] if held else Cause(CauseKind(kind), sheet, heading)


def _ending_rows(
    session: Session, words: RecordWords, ask: w.RowsAsk, cause: Cause, limit: int
) -> w.RowsAnswer:
    """Rows of the records in force that end, or that the export closes, narrows or empties."""
    kind = _ENDING.get(cause.kind) or next(k for k, t in _TITLES.items() if t == cause.sheet)
    wanted = (
        CHANGE.c.export_id == ask.export_id,
        CHANGE.c.kind == kind.value,
        CHANGE.c.change != NEW,
    )
    counts = counted_by(cause)
    found, total = [], 0
    for row in session.execute(select(CHANGE).where(*wanted).order_by(CHANGE.c.id)).mappings():
        difference = RowChange(kind, row["change"], row["before"], row["after"])
        if not counts(difference, words):
            continue
        if ask.offset <= total < ask.offset + limit:
            found.append(_ending(kind, row, emptied=cause.kind is CauseKind.REFUSED))
        total += 1
    return w.RowsAnswer(rows=found, total=total)


def _ending(kind: RowKind, row: RowMapping, *, emptied: bool) -> w.RowBody:
    said = about(kind, json.loads(row["before"]))
    if emptied:
        said = f"{said}؛ اکنون خالی"
    elif row["after"] is not None:
        after = json.loads(row["after"])
        said = f"{said}؛ اکنون {_now(kind, after)}"
    return w.RowBody(
        sheet=_TITLES[kind],
        number=0,
        heading=row["code"],
        reason=row_key(row["code"], row["before"]),
        fate="",
        about=said,
    )


def _now(kind: RowKind, row: Mapping[str, object]) -> str:
    """What the export says of a row that stays, with that by which it may count for less."""
    row = _short(row)
    match kind:
        case RowKind.DEBT:
            due = f"، سررسید {_day(row['due'])}" if row["due"] else ""
            return f"{about(kind, row)}، {row['status']}{due}"
        case RowKind.HOLD:
            end = f"، پایان {_day(row['ends'])}" if row["ends"] else ""
            return f"{about(kind, row)}، {row['scope']}{end}"
        case RowKind.FILE:
            return f"{about(kind, row)}، جریمه {format_rial(int(str(row['fine'])))}"
        case _:
            return "خالی"


def _short(row: Mapping[str, object]) -> Mapping[str, object]:
    return {name: shown(v) if isinstance(v, str) else v for name, v in row.items()}


def _day(text: object) -> str:
    return format_jalali(date.fromisoformat(str(text)))


def row_key(code: str, text: str) -> str:
    """What names a row of the records that would end."""
    return f"{code}#{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def about(kind: RowKind, row: Mapping[str, object]) -> str:
    """A row of the records in a few words, none of them longer than a line."""
    row = _short(row)
    match kind:
        case RowKind.DEBT:
            total = int(str(row["principal"])) + int(str(row["penalty"]))
            return to_persian_digits(f"{row['kind']} سال {row['year']}، {format_rial(total)}")
        case RowKind.HOLD:
            number = f"، شمارهٔ {row['number']}" if row["number"] else ""
            return to_persian_digits(f"{row['authority'] or 'مرجع نامعلوم'}{number}")
        case RowKind.FILE:
            return to_persian_digits(f"{row['violation']}، {row['status']}")
        case RowKind.PERMIT | RowKind.CERTIFICATE:
            return to_persian_digits(f"{row.get('kind', '')} شمارهٔ {row['number']}".strip())
        case _:
            return str(row.get("address", ""))


def kept(
    session: Session, centre: Centre, device: DeviceRow, ask: w.ActorAsk, __: datetime
) -> w.KeptAnswer:
    """Holds and files that an export lost: those that nobody answered for yet, and how the last
    others ended. Raises Refusal."""
    demand_supervisor(session, centre, device, ask.actor)
    present = in_force.number(session) or 0
    found = [
        w.KeptBody(
            overlay_id=row.overlay_id,
            code=row.code,
            sheet=_TITLES[RowKind(row.kind)],
            about=about(RowKind(row.kind), row.row),
            since=row.since,
        )
        for row in overlay.kept_rows(session, present)
    ]
    ended = [
        w.LiftedBody(
            code=row.code,
            sheet=_TITLES[RowKind(row.kind)],
            about=about(RowKind(row.kind), row.row),
            number=row.word.number,
            by=row.word.by,
            second=row.word.second,
            at=row.word.at,
        )
        for row in lifting.lifted_rows(session, present, _MOST_LIFTED)
    ]
    return w.KeptAnswer(rows=found, lifted=ended)


def alarm(session: Session, city: City, at: datetime) -> str:
    """What the municipality is told when the records grow old; empty while they are young."""
    left, as_of = days_left(session, city, at), in_force.as_of(session)
    if as_of is None or left > city.imports.warning_days:
        return ""
    since = format_jalali(as_of)
    if not left:
        return f"سوابق از {since} است و قدیمی شده؛ همهٔ درخواست‌ها به کارشناس می‌رود."
    shown = to_persian_digits(left)
    return f"سوابق از {since} است؛ {shown} روز دیگر همهٔ درخواست‌ها به کارشناس می‌رود."
