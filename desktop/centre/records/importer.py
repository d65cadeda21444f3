"""Reads an export and stages it beside the records in force, or says why it can't be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic

from sqlalchemy import Engine, insert, select, update

from desktop.centre.records import in_force
from desktop.centre.records.cells import RowRules
from desktop.centre.records.clearing import clear
from desktop.centre.records.holding_back import (
    causes_of,
    corrected_otherwise,
    counts_in_force,
)
from desktop.centre.records.merging import Merging
from desktop.centre.records.overlay import contradicted, prune
from desktop.centre.records.report import ImportResult, Report, ToldRow, report_file
from desktop.centre.records.sheets import open_export
from desktop.centre.records.staging import At, Cancelled, StagingWatch, stage
from desktop.centre.records.tables import EXPORT, TOLD
from desktop.domain.calendar import format_jalali, format_time
from desktop.domain.city import City, ImportLimits
from desktop.domain.errors import Refusal
from desktop.domain.record_words import RecordWords
from desktop.sql.faults import as_refusals
from desktop.sql.spool import Spool

READING, READ, STOPPED, FAILED, DROPPED = "reading", "read", "stopped", "failed", "dropped"
# So long nothing was heard of a reading that its program has ended with it.
SILENT = timedelta(seconds=60)
# Among the totals of what is still read: about how many rows the sheet at work has.
OF = "of"
_HEARD_EVERY = 0.5


@dataclass(frozen=True)
class Rules:
    """What an import is read and held by: the lists of words and the limits of the municipality."""

    words: RecordWords = field(default_factory=RecordWords)
    limits: ImportLimits = field(default_factory=ImportLimits)

    @classmethod
    def of(cls, city: City) -> Rules:
        """Those of the city's figures."""
        return cls(city.words, city.imports)


@dataclass(frozen=True)
class Reader:
    """Who reads an export, and the file's name and content's sha256 as the person sent it."""

    staff_id: str = ""
    name: str = ""
    source: str = ""
    sha256: str = ""


def _now() -> datetime:
    return datetime.now(UTC)


def import_export(
    engine: Engine,
    source: Path,
    as_of: date,
    rules: Rules,
    *,
    clock: Callable[[], datetime] = _now,
    progress: Callable[[int, int], None] = lambda done, whole: None,
    cancelled: Callable[[], bool] = lambda: False,
    report_path: Path | None = None,
) -> ImportResult:
    """Makes the export the records of the day, whatever holds it back: to try, or for a demo.

    Arguments, result and faults as of `stage_export`.
    """
    result = stage_export(
        engine,
        source,
        as_of,
        rules,
        clock=clock,
        progress=progress,
        cancelled=cancelled,
        report_path=report_path,
    )
    if result.export_id is not None:
        with as_refusals(), engine.begin() as connection:
            put_in_force(connection, result.export_id, rules.words, clock(), {})
    return result


def stage_export(
    engine: Engine,
    source: Path,
    as_of: date,
    rules: Rules,
    *,
    reader: Reader | None = None,
    export_id: int | None = None,
    clock: Callable[[], datetime] = _now,
    progress: Callable[[int, int], None] = lambda done, whole: None,
    cancelled: Callable[[], bool] = lambda: False,
    report_path: Path | None = None,
) -> ImportResult:
    """Reads the export in the workbook or folder as the records of the day `as_of`, beside those
    in force, which go on answering; `causes` of the result say what holds it back.

    The export is the whole picture: what it no longer holds would end. Written in short
    transactions; what was staged before and is not in force is dropped. `export_id` is a reading
    that was begun with `begin_reading`. `progress` is called with (done, 1000); the told rows go to
    `report_path` too. Raises Refusal for what is no whole export, for one older than the records,
    while another is read, and (Cancelled) when `cancelled` or a person says so: nothing changes.
    """
    result = ImportResult(as_of)
    with as_refusals():
        if export_id is None:
            with engine.begin() as connection:
                export_id = begin_reading(connection, as_of, reader or Reader(), clock())
        stopper = _Stopper(engine, export_id, clock)
        watch = StagingWatch(progress, lambda: cancelled() or stopper.asked, stopper.seen)
        with _ending(engine, export_id, clock):
            _read(engine, source, export_id, rules, result, watch, report_path)
    watch.progress(1000, 1000)
    return result


def begin_reading(connection: in_force.Reading, as_of: date, reader: Reader, at: datetime) -> int:
    """Notes that an export is being read; its number.

    Raises Refusal while another is read, and for one older than the records in force.
    """
    in_force.wait_to_hold(connection)
    demand_none_read(connection, at)
    refuse_older(connection, as_of)
    connection.execute(
        update(EXPORT).where(EXPORT.c.state == READING).values(state=FAILED, fault=BROKEN)
    )
    connection.execute(
        update(EXPORT)
        .where(EXPORT.c.state == READ, EXPORT.c.id > (in_force.number(connection) or 0))
        .values(state=DROPPED)
    )
    return int(
        connection.execute(
            insert(EXPORT)
            .values(
                as_of=as_of,
                totals="",
                state=READING,
                source=reader.source,
                sha256=reader.sha256,
                reader=reader.staff_id,
                reader_name=reader.name,
                begun_at=at,
                heard_at=at,
            )
            .returning(EXPORT.c.id)
        ).scalar_one()
    )


def refuse_coming(as_of: date, today: date) -> None:
    """Raises Refusal for records of a day that has not been."""
    if as_of > today:
        raise Refusal("روز سوابق نمی‌تواند پس از امروز باشد.", field="as_of")


def demand_none_read(connection: in_force.Reading, at: datetime) -> None:
    """Raises Refusal while an export is being read."""
    busy = connection.execute(
        select(EXPORT.c.reader_name, EXPORT.c.begun_at).where(
            EXPORT.c.state == READING, EXPORT.c.heard_at > at - SILENT
        )
    ).first()
    if busy is not None:
        who, since = busy.reader_name or "کس دیگری", format_time(busy.begun_at)
        raise Refusal(f"{who} از {since} در حال خواندن است؛ پس از پایان آن دوباره تلاش کنید.")


_SAME = "این خروجی همان سوابق جاری است؛ چیزی تغییر نکرد."
BROKEN = "خواندن نیمه‌کاره ماند و سوابق جاری تغییر نکرد؛ خروجی را دوباره برگزینید."


def refuse_older(connection: in_force.Reading, as_of: date) -> None:
    """Raises Refusal for an export that is older than the records in force."""
    present = in_force.as_of(connection)
    if present is not None and as_of < present:
        raise Refusal(
            f"این خروجی از {format_jalali(as_of)} است و سوابق اکنون از {format_jalali(present)};"
            " خروجی قدیمی جای تازه را نمی‌گیرد."
        )


class _Stopper:
    """Tells the database how far the reading is, and hears from it that a person stops it."""

    def __init__(self, engine: Engine, export_id: int, clock: Callable[[], datetime]) -> None:
        self._engine, self._id, self._clock = engine, export_id, clock
        self._heard = monotonic()
        self.asked = False

    def seen(self, at: At) -> None:
        if monotonic() - self._heard >= _HEARD_EVERY:
            self._heard = monotonic()
            self.asked = note_progress(self._engine, self._id, at, self._clock())


def note_progress(engine: Engine, export_id: int, at: At, moment: datetime) -> bool:
    """Note how far a reading is, for who looks at it; whether a person has asked to stop it."""
    values: dict[str, object] = {"done": at.done, "rows": at.number, "heard_at": moment}
    if at.title:
        values |= {"sheet": at.title, "totals": json.dumps({OF: at.of})}
    with engine.begin() as connection:
        row = connection.execute(
            update(EXPORT)
            .where(EXPORT.c.id == export_id)
            .values(**values)
            .returning(EXPORT.c.stopping)
        ).first()
    return row is None or bool(row.stopping)


@contextmanager
def _ending(engine: Engine, export_id: int, clock: Callable[[], datetime]) -> Iterator[None]:
    """However the reading ends otherwise than well, that is noted and nothing of it stays."""
    try:
        yield
    except Refusal as no:
        state = STOPPED if isinstance(no, Cancelled) else FAILED
        note_end(engine, export_id, state, no.words, clock)
        raise
    except BaseException:
        note_end(engine, export_id, FAILED, BROKEN, clock)
        raise


def note_end(
    engine: Engine, export_id: int, state: str, words: str, clock: Callable[[], datetime]
) -> None:
    """Note how a reading ended that did not end well; nothing of it stays."""
    own = (EXPORT.c.id == export_id, EXPORT.c.state == READING)
    values = {"state": state, "fault": words, "heard_at": clock()}
    with engine.begin() as connection:
        connection.execute(update(EXPORT).where(*own).values(**values))
    clear(engine)


def _read(
    engine: Engine,
    source: Path,
    export_id: int,
    rules: Rules,
    result: ImportResult,
    watch: StagingWatch,
    report_path: Path | None,
) -> None:
    clear(engine)
    told_so_far = 0

    def keep(rows: list[ToldRow]) -> None:
        nonlocal told_so_far
        _keep_told(engine, export_id, told_so_far, rows)
        told_so_far += len(rows)

    with Spool() as spool, report_file(report_path) as files:
        report = Report(result, (keep, *files))
        # Closed before the writing begins: a workbook's texts are a third of all the memory.
        with open_export(source) as export:
            by = RowRules(rules.words, result.as_of)
            staged = stage(export, spool, result, report, watch, by)
        with engine.connect() as connection:
            base = in_force.number(connection)
        result.first = base is None
        Merging(engine, export_id, base, result, rules.words).write(staged, spool, report, watch)
        report.flush()
    _conclude(engine, export_id, base, result, rules)


def _keep_told(engine: Engine, export_id: int, before: int, rows: Sequence[ToldRow]) -> None:
    if not rows:
        return
    values = [
        {
            "export_id": export_id,
            "number": before + i,
            "sheet": row.sheet,
            "row": row.number,
            "heading": row.heading,
            "reason": row.reason,
            "fate": row.fate.value,
            "about": row.about,
        }
        for i, row in enumerate(rows)
    ]
    with engine.begin() as connection:
        connection.execute(insert(TOLD), values)


def _conclude(
    engine: Engine, export_id: int, base: int | None, result: ImportResult, rules: Rules
) -> None:
    own = EXPORT.c.id == export_id
    with engine.begin() as connection:
        present = in_force.as_of(connection)
        if present == result.as_of and not result.changed:
            connection.execute(
                update(EXPORT).where(own).values(state=DROPPED, done=1000, fault=_SAME)
            )
            return
        counted = None if base is None else counts_in_force(connection, base)
        result.causes = (
            *causes_of(result, counted, rules.limits),
            *corrected_otherwise(contradicted(connection, export_id)),
        )
        result.export_id = export_id
        connection.execute(
            update(EXPORT)
            .where(own)
            .values(
                state=READ,
                done=1000,
                base=base,
                totals=json.dumps(result.totals(), sort_keys=True),
                causes=json.dumps([asdict(cause) for cause in result.causes], ensure_ascii=False),
            )
        )


def put_in_force(
    connection: in_force.Reading,
    export_id: int,
    words: RecordWords,
    at: datetime,
    said: Mapping[str, object],
) -> None:
    """From here on the staged import answers; what it holds of the counter's own notes is done."""
    former = in_force.number(connection)
    in_force.note(connection, export_id, former, in_force.FORCED, at, said)
    prune(connection, export_id, words)
