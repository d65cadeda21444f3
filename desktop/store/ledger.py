"""The print ledger: written before the spooler is asked, so that a crash leaves a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from desktop.store.tables import PrintRow


class PrintState(StrEnum):
    """«در حال ارسال», printed, failed, or unknown after a crash until a person says."""

    SPOOLING = "spooling"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Printing:
    """One sending of a copy to a printer."""

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
            PrintState(r.state), r.started_at, r.ended_at,
        )
        for r in rows
    ]  # fmt: skip
