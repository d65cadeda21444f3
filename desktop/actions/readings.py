"""Who looked at which case or property: told by the centre, on paper, asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from desktop.actions import offices, registers, spreadsheet
from desktop.actions.desk import Seat
from desktop.actions.spreadsheet import Export, Heading
from desktop.domain.calendar import TEHRAN, format_jalali, format_time
from desktop.domain.errors import Refusal
from desktop.domain.letter import Table
from desktop.domain.money import format_number
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.reading import Mark, Way
from desktop.domain.reading_words import (
    NO_CASE,
    OFF_HOURS,
    WRONG,
    place_words,
    seen_words,
    work_words,
)
from desktop.store import meta, people, readings
from desktop.wire import calls
from desktop.wire.readings import (
    MOST_LINES,
    ReadingBody,
    ReadingsAnswer,
    ReadingsAsk,
)

MOST = 5_000
"""So many lines go on a paper."""
_TOO_MANY = (
    "این فهرست {} سطر است و بیش از {} سطر روی کاغذ نمی‌آید؛ بازه را تنگ‌تر کنید یا خروجی اکسل بگیرید."
)


@dataclass(frozen=True)
class Wanted:
    """Which lines are looked for: days, a property or a case or a letter as typed, by whom, what
    of them stands out."""

    first: date
    last: date
    about: str = ""
    staff: str = ""
    what: str = ""
    mark: Mark = Mark.ALL


def log(seat: Seat, wanted: Wanted, offset: int, limit: int) -> ReadingsAnswer:
    """A page of the lines that this person may see. Raises LineDown, Refusal."""
    return seat.desk.ask(calls.READING_LOG, _ask(seat, wanted, offset, limit))


def for_paper(seat: Seat, wanted: Wanted, order: str) -> list[ReadingBody]:
    """All of the lines for a court's paper; the centre writes that they were taken, and by whose
    order. Raises LineDown; Refusal where they are more than a paper takes."""
    demand_for_paper(log(seat, wanted, 0, 1).total)
    rows = [row for page in every(seat, wanted, Way.PRINT, order) for row in page]
    demand_for_paper(len(rows))
    return rows


def demand_for_paper(count: int) -> None:
    """Raise Refusal where so many lines are more than a paper takes."""
    if count > MOST:
        raise Refusal(_TOO_MANY.format(format_number(count), format_number(MOST)))


def every(seat: Seat, wanted: Wanted, way: Way, order: str = "") -> Iterator[list[ReadingBody]]:
    """All of the lines page by page, the newest first, for a paper or a file; the centre writes
    that they were taken, and by whose order. Raises LineDown, Refusal."""
    ask = _ask(seat, wanted, 0, MOST_LINES).model_copy(update={"way": way.value, "order": order})
    # Of the day that is being told.
    told: set[tuple[str, int]] = set()
    while True:
        page = seat.desk.ask(calls.READING_LOG, ask).rows
        # What was looked at meanwhile came before the others of its day, and moved them on.
        yield [row for row in page if (row.chain, row.seq) not in told]
        if len(page) < MOST_LINES:
            return
        last = page[-1].at.astimezone(TEHRAN).date()
        if last != ask.last:
            ask, told = ask.model_copy(update={"last": last, "offset": 0}), set()
        of_day = [row for row in page if row.at.astimezone(TEHRAN).date() == last]
        told |= {(row.chain, row.seq) for row in of_day}
        ask = ask.model_copy(update={"offset": ask.offset + len(of_day)})


def _ask(seat: Seat, wanted: Wanted, offset: int, limit: int) -> ReadingsAsk:
    return ReadingsAsk(
        actor=seat.staff.staff_id,
        first=wanted.first,
        last=wanted.last,
        about=wanted.about,
        staff=wanted.staff,
        what=wanted.what,
        mark=wanted.mark.value,
        offset=offset,
        limit=limit,
    )


def of_desk(seat: Seat, wanted: Wanted) -> ReadingsAnswer:
    """The newest looks at this desk of those days, as far as this person may see them; no line is
    needed, and nothing else is looked for."""
    desk, own = seat.desk, seat.staff
    since = datetime.combine(wanted.first, time(), TEHRAN)
    before = datetime.combine(wanted.last + timedelta(days=1), time(), TEHRAN)
    with desk.store.reading() as session:
        looks, _ = readings.between(session, since, before, MOST)
        staff = {each.staff_id: each for each in people.everybody(session)}
        identity = meta.get(session).identity
        numbers = readings.numbers(session, {look.case_id for look in looks} - {""})
        now = desk.moment(session)
    rows = []
    for look in looks:
        who = staff.get(look.actor)
        if own.role is not Role.MANAGER and look.actor != own.staff_id:
            continue
        rows.append(
            ReadingBody(
                chain=identity.device_id,
                seq=0,
                at=look.at,
                until=look.at,
                times=1,
                actor=look.actor,
                name=who.name if who is not None else "",
                role=who.role.value if who is not None else "",
                office=identity.office,
                desk=identity.desk,
                what=look.what.value,
                way=look.way.value,
                case_id=look.case_id,
                tracking=numbers.get(look.case_id, ""),
                code=look.code,
                about=look.about,
                no_case=False,
                off_hours=False,
                right=True,
            )
        )
    counts = {mark.value: 0 for mark in Mark} | {Mark.ALL.value: len(rows)}
    return ReadingsAnswer(time=now, rows=rows, total=len(rows), counts=counts, breaks=[], people=[])


# Paper and files.

HEADINGS = (
    Heading("روز", 12),
    Heading("ساعت", 8),
    Heading("چه کسی", 24),
    Heading("سمت و میز", 30),
    Heading("چه دید", 30),
    Heading("برای چه کاری", 30),
    Heading("شیوه", 10),
    Heading("بار", 6),
    Heading("کد نوسازی", 24),
    Heading("نشان", 30),
)
_PAPER = 7
_SHEET = "گزارش مشاهده‌ها"


def told(row: ReadingBody, codes: Mapping[str, str]) -> tuple[str, ...]:
    """The line in words, as of `HEADINGS`; `codes` are the offices' by their ids."""
    day = row.at.astimezone(TEHRAN).date()
    marks = [row.no_case and NO_CASE, row.off_hours and OFF_HOURS, not row.right and WRONG]
    return (
        format_jalali(day),
        format_time(row.at),
        row.name,
        place_words(row.role, codes.get(row.office, ""), row.desk),
        seen_words(row.what, row.about),
        work_words(row.what, row.way, row.about, row.tracking, no_case=row.no_case),
        Way(row.way).word if row.way else "",
        to_persian_digits(row.times),
        to_persian_digits(row.code),
        "، ".join(words for words in marks if words),
    )


def paper(seat: Seat, rows: Sequence[ReadingBody], period: str, order: str) -> bytes:
    """The lines as PDF, for a court by its order or for the office's own file. Raises Refusal on
    an unprintable character."""
    lines = [told(row, _codes(seat)) for row in rows]
    columns = tuple(heading.words for heading in HEADINGS[:_PAPER])
    table = Table(columns, tuple(line[:_PAPER] for line in lines))
    words = f"{_SHEET}، دستور دادگاه {isolate(to_persian_digits(order))}" if order else _SHEET
    return registers.sheet(seat, words, f"{period}، {format_number(len(rows))} سطر", table)


def write(seat: Seat, path: Path, wanted: Wanted, export: Export) -> None:
    """Write all of the lines for other programs, as `spreadsheet.write`. Raises LineDown,
    Refusal."""
    codes = _codes(seat)
    rows = export.rows(every(seat, wanted, Way.FILE), lambda row: told(row, codes))
    spreadsheet.write(path, _SHEET, HEADINGS, rows)


def _codes(seat: Seat) -> dict[str, str]:
    """By id, the offices' codes; the municipality's own has none."""
    return {of: card.code for of, card in offices.offices(seat.desk).items()}
