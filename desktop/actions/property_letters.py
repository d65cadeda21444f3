"""All letters of one property, whichever offices they were given at, as one PDF for a court.

The municipality has no office's files: each letter is drawn anew from its value, and stands there
where it came out as the bytes that were released.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import board, looking, registers
from desktop.actions.binding import bound_letter, write_bound
from desktop.actions.board import QueueRow
from desktop.actions.desk import Seat
from desktop.actions.letters import drawn
from desktop.actions.spreadsheet import Export
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.letter import Table
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.reading import Way, What
from desktop.reports.binder import VOID, BoundLetter
from desktop.wire.canon import content_hash

TITLE = "نامه‌های ملک"
_COLUMNS = ("شماره", "تاریخ", "دفتر", "موضوع", "در این مجموعه")
_EVERY_OFFICE, _EVER = "همهٔ دفترهای شهر", "از آغاز تا امروز"
_IN, _RECALLED, _UNSTAMPED = "هست", "هست؛ فراخوانده شده", "نیست؛ مهر نشده"
_AT_OFFICE = "نیست؛ فایل آن نزد دفتر است"
_ALL_AT_OFFICES = "فایل نامه‌های این ملک نزد دفترهاست؛ هر دفتر نامه‌های خود را گرد می‌آورد."
_TOO_MANY = "پرونده‌های این کد بیش از آن است که یک‌جا گردآوری شود."


@dataclass(frozen=True)
class _Letter:
    """A letter of the property, and its file where it is the one that was released."""

    case: Case
    held: CaseLetter
    pdf: bytes | None

    @property
    def standing(self) -> str:
        """Whether it stands in the bundle, and as what."""
        if self.held.release is None:
            return _UNSTAMPED
        if self.pdf is None:
            return _AT_OFFICE
        if self.held.voided:
            return f"{_IN}؛ {VOID}"
        return _RECALLED if self.case.recalls(self.held) else _IN

    @property
    def line(self) -> tuple[str, ...]:
        """As of `_COLUMNS`."""
        letter = self.held.letter
        day, number = format_jalali(letter.issued_on), to_persian_digits(letter.number)
        return number, day, letter.text.head.office, letter.text.subject, self.standing


def cases_of(seat: Seat, code: str) -> list[QueueRow]:
    """The requests about the property of that code, at all offices. Raises LineDown, Refusal."""
    found: list[QueueRow] = []
    while True:
        page = board.municipal_queue(seat, text=code, order="received", offset=len(found))
        if page.cut:
            raise Refusal(_TOO_MANY)
        found += page.rows
        if len(found) >= page.total or not page.rows:
            # What was typed into a search is found in other cases too.
            return [row for row in found if row.code == code]


def bind_property(
    seat: Seat, path: Path, code: str, cases: Sequence[QueueRow], export: Export
) -> None:
    """Write the letters of these cases behind an index that tells of each, also of what is not in
    it. Raises LineDown, Refusal."""
    letters = sorted(
        _letters(seat, cases, export),
        key=lambda each: (each.held.letter.issued_on, each.held.letter.number),
    )
    if all(each.pdf is None for each in letters) and any(each.held.release for each in letters):
        raise Refusal(_ALL_AT_OFFICES)
    title = f"{TITLE} {isolate(to_persian_digits(code))}"
    table = Table(_COLUMNS, tuple(each.line for each in letters))
    index = registers.sheet(seat, title, _EVER, table, offices=_EVERY_OFFICE)
    write_bound(seat, path, title, index, _bound(seat, letters))


def _letters(seat: Seat, cases: Sequence[QueueRow], export: Export) -> Iterator[_Letter]:
    for row in cases:
        case, _ = board.municipal_case(seat, row.case_id)
        yield from (_Letter(case, held, _file(held)) for held in case.letters)
        export.count()


def _file(held: CaseLetter) -> bytes | None:
    """Its first copy, drawn; None where that is not what was released: an earlier program drew it
    otherwise, and its office has kept the bytes."""
    if held.release is None:
        return None
    try:
        pdf = drawn(held)
    except (Refusal, ValueError):
        return None
    return pdf if content_hash(pdf) == held.sha256 else None


def _bound(seat: Seat, letters: Sequence[_Letter]) -> Iterator[BoundLetter]:
    for each in letters:
        if each.pdf is not None:
            number = each.held.letter.number
            looking.note(seat, What.LETTER, Way.FILE, cases=(each.case.case_id,), about=number)
            yield bound_letter(each.held, each.pdf)
