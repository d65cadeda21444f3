"""An export of property records, read into a centre's database of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from desktop.centre.context import CENTRE_ACTOR, Centre, day_of
from desktop.centre.records import in_force
from desktop.centre.records.importer import (
    Reader,
    Rules,
    import_export,
    put_in_force,
    refuse_coming,
    stage_export,
)
from desktop.centre.records.lookup import find
from desktop.centre.records.report import ImportResult
from desktop.centre.signing import CentreKeys
from desktop.centre.tick import decide_waiting
from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.property import Found
from desktop.domain.record_words import RecordWords
from desktop.forms.requests import Find
from desktop.forms.shipped import shipped_city
from desktop.premises.clocks import SystemClock
from desktop.premises.embedded import open_centre

Progress = Callable[[int, int], None]


@contextmanager
def fresh_centre() -> Iterator[Centre]:
    """A centre in a temporary folder, without records."""
    with tempfile.TemporaryDirectory(prefix="pishkhan-rules-") as folder:
        keys = CentreKeys.new(demo=True)
        centre = open_centre(Path(folder) / "centre.db", keys, SystemClock())
        try:
            yield centre
        finally:
            centre.close()


@contextmanager
def looked_up(export: Path, day: date, progress: Progress, words: RecordWords) -> Iterator[Find]:
    """Import the export as of the day into a centre of its own, and look properties up there.

    Raises Refusal for an export that can't be read.
    """
    with fresh_centre() as centre:
        import_export(centre.writer, export, day, Rules(words), progress=progress)
        with centre.reading() as session:

            def look(code: RenewalCode | None, plate: Plate | None) -> Found:
                return find(session, code, plate)

            yield look


def try_records(
    export: Path, day: date, report: Path | None, database: Path | None, progress: Progress
) -> ImportResult:
    """Read an export into a centre's database (a fresh one when none is named) and put it into
    force there, unless something holds it back.

    Raises Refusal for what is no whole export.
    """
    if database is None:
        with fresh_centre() as centre:
            return _staged(centre, export, day, report, progress)
    centre = open_centre(database, CentreKeys.new(demo=True), SystemClock())
    try:
        return _staged(centre, export, day, report, progress)
    finally:
        centre.close()


def bring_in(
    centre: Centre, export: Path, day: date, report: Path | None, progress: Progress
) -> tuple[ImportResult, bool]:
    """Read an export at the centre, as the records of the day; whether they are in force.

    Only the first of all comes into force so, where nothing holds it back: who puts another in its
    place signs for it at a municipal desk. Raises Refusal.
    """
    at = centre.clock()
    refuse_coming(day, day_of(at))
    with centre.reading() as session:
        rules = Rules.of(centre.reference.city(session, day_of(at)))
        is_first = in_force.number(session) is None
    result = stage_export(
        centre.writer,
        export,
        day,
        rules,
        reader=Reader(CENTRE_ACTOR.staff_id, CENTRE_ACTOR.name, export.name),
        clock=centre.clock,
        progress=progress,
        report_path=report,
    )
    if result.export_id is None or result.causes or not is_first:
        return result, False
    with centre.writing() as session:
        words = {"by": CENTRE_ACTOR.name, "causes": []}
        put_in_force(session, result.export_id, rules.words, centre.clock(), words)
    # What was registered before there were any records waits for them.
    decide_waiting(centre)
    return result, True


def _staged(
    centre: Centre, export: Path, day: date, report: Path | None, progress: Progress
) -> ImportResult:
    rules = Rules.of(shipped_city())
    result = stage_export(centre.writer, export, day, rules, progress=progress, report_path=report)
    if result.export_id is not None and not result.causes:
        with centre.writing() as session:
            put_in_force(session, result.export_id, rules.words, centre.clock(), {})
    return result
