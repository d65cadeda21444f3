"""Letters of the register as one PDF for an archive or a court: with an index and bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import looking
from desktop.actions.desk import Seat
from desktop.actions.letters import kept
from desktop.actions.spreadsheet import Export
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.reading import Way, What
from desktop.reports.binder import VOID, BoundLetter, bind
from desktop.reports.whole_file import whole_file
from desktop.store.view import of_case

_NOTHING = "هیچ‌یک از این نامه‌ها مهر نشده است؛ چیزی برای گردآوری نیست."


@dataclass(frozen=True)
class ToBind:
    """A letter of the register: its case, and its number."""

    case_id: str
    number: str


def bind_letters(
    seat: Seat, path: Path, title: str, index: bytes, wanted: Sequence[ToBind], export: Export
) -> None:
    """Write the stamped ones of these letters, void ones marked as such, behind the index.

    A file that is there is replaced once all is written. Raises Refusal.
    """
    write_bound(seat, path, title, index, _letters(seat, wanted, export))


def write_bound(
    seat: Seat, path: Path, title: str, index: bytes, letters: Iterator[BoundLetter]
) -> None:
    """Write them behind the index. Raises Refusal where there is none."""
    first = next(letters, None)
    if first is None:
        raise Refusal(_NOTHING)
    looking.note(seat, What.LIST, Way.FILE)
    with whole_file(path) as partial:
        bind(partial, title, index, _after(first, letters))


def _after(first: BoundLetter, others: Iterator[BoundLetter]) -> Iterator[BoundLetter]:
    yield first
    yield from others


def _letters(seat: Seat, wanted: Sequence[ToBind], export: Export) -> Iterator[BoundLetter]:
    for each in wanted:
        export.count()
        held = _held(seat, each)
        if held is None or held.release is None:
            # Nobody has stamped it: there is no letter yet.
            continue
        # Each is a letter that somebody sees, as if it were printed.
        looking.note(seat, What.LETTER, Way.FILE, cases=(each.case_id,), about=each.number)
        yield bound_letter(held, _kept(seat, held, each.number))


def bound_letter(held: CaseLetter, pdf: bytes) -> BoundLetter:
    """A letter's file with what its bookmark says."""
    number, void = held.letter.number, bool(held.voided)
    words = to_persian_digits(f"{isolate(number)}، {held.letter.text.subject}")
    name = number.replace("/", "-")
    return BoundLetter(f"{words}، {VOID}" if void else words, name, pdf, void=void)


def _kept(seat: Seat, held: CaseLetter, number: str) -> bytes:
    try:
        return kept(seat.desk, held)
    except Refusal as no:
        raise Refusal(to_persian_digits(f"نامهٔ {isolate(number)}: {no.words}")) from no


def _held(seat: Seat, wanted: ToBind) -> CaseLetter | None:
    with seat.desk.store.reading() as session:
        case = of_case(session, wanted.case_id, seat.desk.reference.setting_for).settled
    letters = case.letters if case is not None else ()
    return next((held for held in letters if held.letter.number == wanted.number), None)
