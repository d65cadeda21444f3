"""The print ledger: written before the spooler is asked, so that a crash leaves a question.

A sheet that came out is readable or spoiled only when a person says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, insert, literal_column, select, update
from sqlalchemy.orm import Session

from desktop.domain.elsewhere import FIRST
from desktop.domain.stamped_sheets import SheetRun
from desktop.store.tables import UNSAID, PrintRow


class PrintState(StrEnum):
    """«در حال ارسال», printed, failed, or unknown after a crash until a person says."""

    SPOOLING = "spooling"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class SheetSaid(StrEnum):
    """What a person said of a sheet that came out."""

    NOTHING = ""
    READABLE = "readable"
    SPOILED = "spoiled"


@dataclass(frozen=True)
class Printing:
    """One sending of a copy to a printer, to these `sheets` where they have numbers."""

    print_id: int
    case_id: str
    letter_id: str
    copy: int
    sha256: str
    printer: str
    actor: str
    reason: str
    state: PrintState
    started_at: datetime
    ended_at: datetime | None
    said: SheetSaid
    sheets: SheetRun | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether its letter is another office's: nothing of its case is here."""
        return self.copy >= FIRST


def begin(
    session: Session,
    *,
    case_id: str,
    letter_id: str,
    copy: int,
    sha256: str,
    printer: str,
    actor: str,
    reason: str,
    at: datetime,
    sheets: SheetRun | None = None,
) -> int:
    """Write that the copy is being sent; commit before the spooler is asked. The entry's id."""
    entry: int | None = session.scalar(
        insert(PrintRow)
        .values(
            case_id=case_id,
            letter_id=letter_id,
            copy=copy,
            sha256=sha256,
            printer=printer,
            actor=actor,
            reason=reason,
            state=PrintState.SPOOLING.value,
            started_at=at,
            said=SheetSaid.NOTHING.value,
            series=sheets.series if sheets is not None else "",
            sheet_first=sheets.first if sheets is not None else 0,
            sheet_last=sheets.last if sheets is not None else 0,
        )
        .returning(PrintRow.id)
    )
    assert entry is not None
    return entry


def end(session: Session, print_id: int, state: PrintState, at: datetime) -> None:
    """Write how it ended. Raises LookupError for an entry that has ended already, or none."""
    ended = session.scalars(
        update(PrintRow)
        .where(PrintRow.id == print_id, PrintRow.state.in_(_OPEN))
        .values(state=state.value, ended_at=at)
        .returning(PrintRow.id)
    ).all()
    if not ended:
        raise LookupError(f"no open printing {print_id}")


def say(session: Session, print_id: int, said: SheetSaid) -> bool:
    """What a person says of the sheet that came out; whether nobody had spoken of it yet."""
    told = session.scalars(
        update(PrintRow)
        .where(PrintRow.id == print_id, _UNSAID)
        .values(said=said.value)
        .returning(PrintRow.id)
    ).all()
    return bool(told)


def say_readable(session: Session, letter_id: str) -> None:
    """Whoever has the letter's sheet in hand, or goes on to a further copy, can read it."""
    session.execute(
        update(PrintRow)
        .where(PrintRow.letter_id == letter_id, _UNSAID)
        .values(said=SheetSaid.READABLE.value)
    )


def unsaid(session: Session) -> list[Printing]:
    """Sheets that came out and of which nobody has said whether they can be read."""
    return _printings(session, _UNSAID)


_UNSAID = literal_column(UNSAID) & (PrintRow.state == PrintState.PRINTED.value)
_OPEN = (PrintState.SPOOLING.value, PrintState.UNKNOWN.value)


def doubt(session: Session) -> None:
    """At start: what was being sent when the program ended is unknown until a person says."""
    session.execute(
        update(PrintRow)
        .where(PrintRow.state == PrintState.SPOOLING.value)
        .values(state=PrintState.UNKNOWN.value)
    )


def doubted(session: Session) -> list[Printing]:
    """What a person must say of: did paper come out?"""
    return _printings(session, PrintRow.state == PrintState.UNKNOWN.value)


def is_open(session: Session, letter_id: str) -> bool:
    """Whether a copy of it is on its way to a printer, or nobody knows what became of one."""
    return bool(_printings(session, (PrintRow.letter_id == letter_id) & PrintRow.state.in_(_OPEN)))


def of_letter(session: Session, letter_id: str) -> list[Printing]:
    """All sendings of a letter at this desk, in order."""
    return _printings(session, PrintRow.letter_id == letter_id)


def note_receipt(session: Session, case_id: str, *, printer: str, actor: str, at: datetime) -> None:
    """A receipt of the case went to a printer: the next one is a copy.

    It has no number and proves nothing alone, so that nothing is asked of it after a crash.
    """
    session.execute(
        insert(PrintRow).values(
            case_id=case_id,
            letter_id=_RECEIPT,
            copy=receipts(session, case_id) + 1,
            sha256="",
            printer=printer,
            actor=actor,
            reason="",
            state=PrintState.PRINTED.value,
            started_at=at,
            ended_at=at,
            said=SheetSaid.READABLE.value,
        )
    )


def receipts(session: Session, case_id: str) -> int:
    """How many receipts of the case this desk has printed."""
    return len(_printings(session, (PrintRow.case_id == case_id) & _OF_RECEIPTS))


_RECEIPT = "receipt"
_OF_RECEIPTS = PrintRow.letter_id == _RECEIPT


def _printings(session: Session, where: ColumnElement[bool]) -> list[Printing]:
    rows = session.scalars(select(PrintRow).where(where).order_by(PrintRow.id))
    return [
        Printing(
            r.id, r.case_id, r.letter_id, r.copy, r.sha256, r.printer, r.actor, r.reason,
            PrintState(r.state), r.started_at, r.ended_at, SheetSaid(r.said), _sheets(r),
        )
        for r in rows
    ]  # fmt: skip


def _sheets(row: PrintRow) -> SheetRun | None:
    return SheetRun(row.series, row.sheet_first, row.sheet_last) if row.sheet_first else None
