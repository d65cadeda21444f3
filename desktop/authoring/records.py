"""Property records from the command line: brought in at the desk, put into force, taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from desktop.actions import records
from desktop.actions.desk import Seat
from desktop.actions.record_sums import SumLine, source_words, sum_lines
from desktop.actions.records import CauseBody, ImportBody, Second, StateAnswer
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.import_causes import CauseKind
from desktop.domain.money import format_number
from desktop.domain.persian import to_persian_digits

_LOOK_AGAIN = 0.2  # seconds
_SHOWN = 200
_READING, _READ = "reading", "read"

Progress = Callable[[int, int], None]


def bring_in(seat: Seat, source: Path, as_of: date, progress: Progress) -> ImportBody:
    """Send the export and have it read; stopped when the person interrupts. The import, read.

    Raises Refusal in the centre's words where it can't be read, LineDown.
    """
    number, stopped = records.send(seat, source, as_of), False
    while True:
        try:
            staged = _staged(records.look(seat), number)
            progress(staged.done, 1000)
            if staged.state != _READING or staged.silent:
                break
            time.sleep(_LOOK_AGAIN)
        except KeyboardInterrupt:
            stopped = True
            records.stop(seat, number)
    if staged.state != _READ:
        raise Refusal(staged.fault)
    if stopped:
        # It was read before it could be stopped: nothing goes on of itself.
        shown = to_persian_digits(number)
        raise Refusal(f"به درخواست شما متوقف شد؛ خروجی شمارهٔ {shown} خوانده شده و در انتظار است.")
    return staged


def _staged(state: StateAnswer, number: int) -> ImportBody:
    for export in (state.staged, state.in_force):
        if export is not None and export.export_id == number:
            return export
    raise _not_waiting(number)


def waiting(seat: Seat, number: int) -> ImportBody:
    """The import of that number, read and waiting. Raises Refusal, LineDown."""
    staged = records.look(seat).staged
    if staged is None or staged.export_id != number:
        raise _not_waiting(number)
    if staged.state != _READ:
        raise Refusal(staged.fault or "این خروجی هنوز خوانده می‌شود.")
    return staged


def _not_waiting(number: int) -> Refusal:
    return Refusal(f"خروجی شمارهٔ {to_persian_digits(number)} در انتظار نیست.")


def lines_of(seat: Seat, staged: ImportBody, *, rows: bool) -> Iterator[str]:
    """Counts and sums beside those in force, told rows, and what holds it back.

    With `rows` each that would end is named, by the key with which `--lift` gives its letter.
    Raises LineDown.
    """
    yield f"{source_words(staged)}، سوابق تا {format_jalali(staged.as_of)}"
    yield from map(_sum, sum_lines(records.look(seat)))
    for group in staged.told:
        count = format_number(group.count)
        yield f"{group.sheet}: {count} سطر، {group.reason.rstrip('.')}؛ {group.fate}"
    if not staged.causes:
        return
    count = format_number(len(staged.causes))
    yield f"نگه داشته شد، {count} علت دارد؛ سوابق جاری تغییر نکرد:"
    for cause in staged.causes:
        yield f"- {cause.cause}؛ {cause.limit}. اگر اعمال شود: {cause.consequence}."
        if rows and CauseKind(cause.kind).liftable:
            yield from _ending(seat, staged, cause)


def _ending(seat: Seat, staged: ImportBody, cause: CauseBody) -> Iterator[str]:
    found = records.rows(seat, staged.export_id, cause=cause.key, limit=_SHOWN)
    for row in found.rows:
        yield f"    {row.reason}: {row.about}"
    if found.total > len(found.rows):
        rest = format_number(found.total - len(found.rows))
        yield f"    و {rest} ردیف دیگر؛ همه در فهرست ‎--report‎ است."


def _sum(line: SumLine) -> str:
    present, staged = (
        "—" if value is None else format_number(value) for value in (line.present, line.staged)
    )
    more = "، ".join(filter(None, (line.difference, line.measure)))
    return f"{line.title}: {staged} (در سوابق جاری {present})" + (f"، {more}" if more else "")


def put_in_force(
    seat: Seat,
    staged: ImportBody,
    password: str,
    *,
    reason: str = "",
    second: Second | None = None,
    lifted: Mapping[str, str] | None = None,
    end_rest: bool = False,
) -> Iterator[str]:
    """Put it into force over all causes that were told; what came of it.

    Raises Refusal for a key in `lifted` that names no row, and what the centre refuses; LineDown.
    """
    lifts = dict(lifted or {})
    ending = [cause for cause in staged.causes if CauseKind(cause.kind).liftable]
    known = {row.reason for cause in ending for row in _all(seat, staged, cause)} if lifts else ()
    if strange := [key for key in lifts if key not in known]:
        raise Refusal(f"«{strange[0]}» کلید ردیفی نیست که پایان می‌یابد.")
    records.put_in_force(
        seat,
        staged,
        password,
        reason=reason,
        seen=tuple(cause.key for cause in staged.causes),
        lifted=lifts,
        end_rest=end_rest,
        second=second,
    )
    state = records.look(seat)
    number = to_persian_digits(staged.export_id)
    yield f"به کار گرفته شد: خروجی شمارهٔ {number}، سوابق تا {format_jalali(staged.as_of)}"
    if state.kept:
        yield f"{format_number(state.kept)} توقیف یا پروندهٔ بی‌نامه پابرجا ماند."


def _all(seat: Seat, staged: ImportBody, cause: CauseBody) -> Iterator[records.RowBody]:
    offset = 0
    while page := records.rows(seat, staged.export_id, cause=cause.key, offset=offset).rows:
        yield from page
        offset += len(page)


def take_back(seat: Seat, number: int, password: str, reason: str) -> Iterator[str]:
    """Go back to the former records within the day. Raises Refusal, LineDown."""
    records.take_back(seat, number, password, reason)
    state = records.look(seat)
    if state.in_force is not None:
        yield f"سوابق تا {format_jalali(state.in_force.as_of)} دوباره به کار است."
