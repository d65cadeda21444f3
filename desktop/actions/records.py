"""Property records at the supervisor's desk: an export sent and read, looked at, put into force."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from desktop.actions import access
from desktop.actions.desk import Seat
from desktop.chance import new_id
from desktop.domain.errors import Refusal, unreadable
from desktop.domain.import_causes import CauseKind
from desktop.reports.whole_file import whole_file
from desktop.wire import calls
from desktop.wire import records as w
from desktop.wire.assent import Assent, Purpose
from desktop.wire.records import (
    CauseBody,
    ForcedBody,
    ImportBody,
    KeptAnswer,
    KeptBody,
    LiftedBody,
    RowBody,
    RowsAnswer,
    StateAnswer,
    ToldGroup,
    UnknownBody,
)

__all__ = [
    "CauseBody", "ForcedBody", "ImportBody", "KeptAnswer", "KeptBody", "LiftedBody", "RowBody",
    "RowsAnswer", "Second", "StateAnswer", "ToldGroup", "UnknownBody", "kept", "lift", "look",
    "put_in_force", "rows", "seconds", "send", "stop", "take_back", "write_list",
]  # fmt: skip

_PAGE = 1_000
_STOPPED = "ارسال به درخواست شما متوقف شد؛ چیزی تغییر نکرد."
_CONTROL = "جمع.csv"


@dataclass(frozen=True)
class Second:
    """The second person, who signs at the same desk with a password of their own."""

    name: str
    password: str


def send(
    seat: Seat,
    source: Path,
    as_of: date,
    *,
    progress: Callable[[int, int], None] = lambda done, whole: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Send the workbook or folder to the centre and have it read there; the import's number.

    `progress` is called with bytes sent and all. Raises Refusal for what is no file or folder, when
    `cancelled` says so, and in the centre's words; LineDown.
    """
    upload_id, actor = new_id(), seat.staff.staff_id
    with _packed(source) as path:
        size, digest, number = path.stat().st_size, hashlib.sha256(), 0
        with path.open("rb") as file:
            while part := file.read(w.CHUNK):
                if cancelled():
                    raise Refusal(_STOPPED)
                digest.update(part)
                ask = w.UploadAsk(
                    actor=actor, upload_id=upload_id, number=number, content=w.content_of(part)
                )
                number = seat.desk.ask(calls.RECORDS_UPLOAD, ask).next
                progress(min(size, number * w.CHUNK), size)
        read = w.ReadAsk(
            actor=actor,
            upload_id=upload_id,
            name=path.name,
            sha256=digest.hexdigest(),
            as_of=as_of,
        )
        return seat.desk.ask(calls.RECORDS_READ, read).export_id


@contextmanager
def _packed(source: Path) -> Iterator[Path]:
    """The file as it travels: a folder, or a workbook with its control totals, as one zip file."""
    beside = source.with_name(_CONTROL)
    try:
        if source.is_dir():
            parts = sorted(path for path in source.iterdir() if path.suffix.lower() == ".csv")
            if not parts:
                raise Refusal(f"در پوشهٔ «{source.name}» فایل CSV نیست؛ پوشهٔ خروجی را بدهید.")
        elif source.is_file():
            parts = [source, beside] if beside.is_file() else []
        else:
            raise Refusal(f"چنین فایل یا پوشه‌ای نیست: «{source.name}»")
        if source.is_file() and not parts:
            yield source
            return
        with tempfile.TemporaryDirectory(prefix="pishkhan-export-") as folder:
            packed = Path(folder) / f"{source.name}.zip"
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
                for part in parts:
                    target.write(part, part.name)
            yield packed
    except OSError as fault:
        raise unreadable(source.name) from fault


def look(seat: Seat) -> StateAnswer:
    """What is in force and what is staged; the desk knows the day of its records from it.

    Raises LineDown.
    """
    state = seat.desk.ask(calls.RECORDS_STATE, w.ActorAsk(actor=seat.staff.staff_id))
    seat.desk.note_records(state.in_force.as_of if state.in_force is not None else None)
    return state


def rows(
    seat: Seat,
    export_id: int,
    *,
    group: ToldGroup | None = None,
    cause: str = "",
    offset: int = 0,
    limit: int = 200,
) -> RowsAnswer:
    """A page of an import's told rows: all, a group's, or those behind a cause. Raises LineDown."""
    ask = w.RowsAsk(
        actor=seat.staff.staff_id,
        export_id=export_id,
        sheet=group.sheet if group else "",
        reason=group.reason if group else "",
        fate=group.fate if group else "",
        cause=cause,
        offset=offset,
        limit=limit,
    )
    return seat.desk.ask(calls.RECORDS_ROWS, ask)


def stop(seat: Seat, export_id: int) -> None:
    """Ask the centre to stop reading. Raises LineDown."""
    ask = w.ExportAsk(actor=seat.staff.staff_id, export_id=export_id)
    seat.desk.ask(calls.RECORDS_STOP, ask)


def put_in_force(
    seat: Seat,
    staged: ImportBody,
    password: str,
    *,
    reason: str = "",
    seen: tuple[str, ...] = (),
    lifted: dict[str, str] | None = None,
    end_rest: bool = False,
    second: Second | None = None,
) -> None:
    """Put the staged import into force, over the causes that were `seen` and answered for.

    `lifted` names by a row's key the letter that ends it; the others stay active, unless
    `end_rest` ends them by the second person's signature. Raises Refusal beside its cause,
    LineDown.
    """
    access.confirm(seat, password)
    lifts = {key: number.strip() for key, number in (lifted or {}).items() if number.strip()}
    subject = w.force_subject(staged.export_id, staged.sha256, list(seen), lifts, end_rest=end_rest)
    ask = w.ForceAsk(
        export_id=staged.export_id,
        assent=seat.assent(Purpose.PUT_IN_FORCE, subject, reason),
        second=_second(seat, second, Purpose.PUT_IN_FORCE, subject),
        seen=list(seen),
        lifted=lifts,
        end_rest=end_rest,
    )
    seat.desk.ask(calls.RECORDS_FORCE, ask)
    seat.desk.nudge()


def seconds(seat: Seat) -> list[str]:
    """Names of those who may sign as the second person at this desk."""
    own = seat.staff.staff_id
    staff = access.staff(seat.desk)
    return [person.name for person in staff if person.role.signs and person.staff_id != own]


def _second(seat: Seat, second: Second | None, purpose: Purpose, subject: str) -> Assent | None:
    if second is None:
        return None
    try:
        other = access.sign_in(seat.desk, second.name, second.password)
    except Refusal as no:
        raise Refusal(no.words, field="second") from no
    return other.assent(purpose, subject)


def take_back(seat: Seat, export_id: int, password: str, reason: str) -> None:
    """Take back the import that came into force today. Raises Refusal, LineDown."""
    access.confirm(seat, password)
    assent = seat.assent(Purpose.TAKE_BACK, str(export_id), reason)
    seat.desk.ask(calls.RECORDS_BACK, w.BackAsk(export_id=export_id, assent=assent))
    seat.desk.nudge()


def kept(seat: Seat) -> KeptAnswer:
    """Holds and Article 100 files that the export lost: those that stay active, and how the last
    others ended. Raises LineDown."""
    return seat.desk.ask(calls.RECORDS_KEPT, w.ActorAsk(actor=seat.staff.staff_id))


def lift(
    seat: Seat, overlay_id: int, password: str, *, number: str = "", second: Second | None = None
) -> None:
    """End a kept row by its letter's number, or by a second person's word. Raises Refusal."""
    access.confirm(seat, password)
    subject = f"{overlay_id}|{number.strip()}"
    ask = w.LiftAsk(
        overlay_id=overlay_id,
        number=number.strip(),
        assent=seat.assent(Purpose.LIFT, subject),
        second=_second(seat, second, Purpose.LIFT, subject),
    )
    seat.desk.ask(calls.RECORDS_LIFT, ask)


def write_list(seat: Seat, export: ImportBody, path: Path) -> int:
    """Write all told rows, and those in force that would end, as a workbook for those who made the
    export; how many they are.

    Raises Refusal where it can't be written, LineDown.
    """
    ending = [cause for cause in export.causes if CauseKind(cause.kind).ends]
    # A list that came in part must never look whole.
    with (
        whole_file(path, XlsxWriterException) as partial,
        xlsxwriter.Workbook(str(partial), {"constant_memory": True}) as book,
    ):
        told = (
            (row.sheet, row.number, row.heading, row.reason, row.fate, row.about)
            for row in _all_rows(seat, export.export_id)
        )
        written = _write_sheet(book, "ایرادها", _TOLD_HEADINGS, told)
        if ending:
            ended = (
                (cause.cause, row.sheet, row.heading, row.about)
                for cause in ending
                for row in _all_rows(seat, export.export_id, cause.key)
            )
            written += _write_sheet(book, "پایان‌یافته‌ها", _ENDED_HEADINGS, ended)
    return written


def _all_rows(seat: Seat, export_id: int, cause: str = "") -> Iterator[RowBody]:
    offset = 0
    while page := rows(seat, export_id, cause=cause, offset=offset, limit=_PAGE).rows:
        yield from page
        offset += len(page)


def _write_sheet(
    book: xlsxwriter.Workbook,
    title: str,
    headings: tuple[tuple[str, int], ...],
    lines: Iterable[tuple[str | int, ...]],
) -> int:
    sheet = book.add_worksheet(title)
    sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDE7DC"})
    for column, (heading, width) in enumerate(headings):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, head)
    place = 0
    for place, cells in enumerate(lines, start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(place, column, cell)
            else:
                sheet.write_string(place, column, cell)
    return place


_TOLD_HEADINGS = (
    ("برگه", 14), ("ردیف", 8), ("ستون", 22), ("علت", 60), ("نتیجه", 16), ("نوشتهٔ خانه", 40),
)  # fmt: skip
_ENDED_HEADINGS = (
    ("علت", 50), ("برگه", 14), ("کد نوسازی", 24), ("در سوابق جاری", 60),
)  # fmt: skip
