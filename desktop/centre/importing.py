"""An export on its way to the centre: sent in chunks, read beside all else, stopped."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.records.importer import (
    FAILED,
    READING,
    Reader,
    Rules,
    begin_reading,
    note_end,
    refuse_coming,
    stage_export,
)
from desktop.centre.records.tables import EXPORT, UPLOAD
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.wire import records as w

_FORGOTTEN = timedelta(days=1)
# In bytes, on every file system that a centre may have.
_LONGEST_NAME = 255


def demand_supervisor(session: Session, centre: Centre, device: DeviceRow, actor: str) -> PersonRow:
    """The supervisor who asks. Raises Refusal for anybody else."""
    if Role.SUPERVISOR not in municipal(session, centre, device, actor):
        raise Refusal("سوابق شهر با ناظر شهرداری است.")
    return session.get_one(PersonRow, actor)


def upload(
    session: Session, centre: Centre, device: DeviceRow, ask: w.UploadAsk, at: datetime
) -> w.UploadAnswer:
    """Keep a chunk; one that is there already is not kept again. Raises Refusal."""
    demand_supervisor(session, centre, device, ask.actor)
    own = UPLOAD.c.upload_id == ask.upload_id
    if ask.number == 0:
        # What was sent and never read is nobody's any more.
        session.execute(delete(UPLOAD).where(UPLOAD.c.sent_at < at - _FORGOTTEN))
    have = session.scalar(select(func.count()).select_from(UPLOAD).where(own)) or 0
    if ask.number == have:
        try:
            content = w.part_of(ask.content)
        except ValueError:
            raise Refusal("تکه‌ای از فایل ناخوانا رسید؛ دوباره بفرستید.") from None
        session.execute(
            insert(UPLOAD).values(
                upload_id=ask.upload_id,
                number=ask.number,
                content=content,
                sender=ask.actor,
                sent_at=at,
            )
        )
        have += 1
    return w.UploadAnswer(next=have)


def read(
    session: Session, centre: Centre, device: DeviceRow, ask: w.ReadAsk, at: datetime
) -> w.ImportAnswer:
    """Begin to read what was sent; the reading goes on after the call.

    Raises Refusal while another is read, for a day to come, or a file that came otherwise.
    """
    person = demand_supervisor(session, centre, device, ask.actor)
    refuse_coming(ask.as_of, day_of(at))
    name = _file_name(ask.name)
    reader = Reader(person.staff_id, person.name, name, ask.sha256)
    export_id = begin_reading(session, ask.as_of, reader, at)
    rules = Rules.of(centre.reference.city(session, day_of(at)))

    def work() -> None:
        try:
            with _assembled(centre, ask.upload_id, name, ask.sha256) as path:
                stage_export(
                    centre.writer,
                    path,
                    ask.as_of,
                    rules,
                    reader=reader,
                    export_id=export_id,
                    clock=centre.clock,
                )
        except Refusal as no:
            # Told to whoever looks at the reading's state.
            note_end(centre.writer, export_id, FAILED, no.words, centre.clock)

    centre.after(session, work)
    return w.ImportAnswer(export_id=export_id)


def _file_name(told: str) -> str:
    """A name that a file can have here: its end says what it is, its stem which table."""
    name = PurePath(told).name
    if name in ("", "..") or len(name.encode()) > _LONGEST_NAME:
        return "export.xlsx"
    return name


@contextmanager
def _assembled(centre: Centre, upload_id: str, name: str, sha256: str) -> Iterator[Path]:
    """The file that was sent, for as long as it is read; then its chunks are gone."""
    own = UPLOAD.c.upload_id == upload_id
    with tempfile.TemporaryDirectory(prefix="pishkhan-records-") as folder:
        path = Path(folder) / name
        digest = hashlib.sha256()
        with path.open("wb") as file, centre.reading() as session:
            parts = session.execute(
                select(UPLOAD.c.content).where(own).order_by(UPLOAD.c.number)
            ).scalars()
            for part in parts:
                file.write(part)
                digest.update(part)
        try:
            if digest.hexdigest() != sha256:
                raise Refusal("فایل ناقص به مرکز رسید؛ دوباره بفرستید.")
            yield path
        finally:
            with centre.writing() as session:
                session.execute(delete(UPLOAD).where(own))


def stop(
    session: Session, centre: Centre, device: DeviceRow, ask: w.ExportAsk, __: datetime
) -> w.Done:
    """Stop a reading soon. Raises Refusal."""
    demand_supervisor(session, centre, device, ask.actor)
    own = (EXPORT.c.id == ask.export_id, EXPORT.c.state == READING)
    session.execute(update(EXPORT).where(*own).values(stopping=True))
    return w.Done()
