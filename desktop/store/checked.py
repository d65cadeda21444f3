"""Letters whose paper somebody at this desk checked, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from desktop.store.tables import CheckedLetterRow

_ROW = CheckedLetterRow
# No label of what is compared has it.
_APART = "\n"


@dataclass(frozen=True)
class CheckedLetter:
    """One check; `number` is empty of what nobody signed, `differing` names what was not the same
    on the paper, `scanned` tells that its picture is kept."""

    check_id: int
    at: datetime
    staff: str
    number: str
    verdict: str
    differing: tuple[str, ...]
    scanned: bool = False


def note(session: Session, *, staff: str, number: str, verdict: str, at: datetime) -> int:
    """Keep that the person checked it; the check's id."""
    values = {"at": at, "staff_id": staff, "number": number, "verdict": verdict, "differing": ""}
    found: int | None = session.scalar(insert(_ROW).values(values).returning(_ROW.id))
    assert found is not None
    return found


def note_differing(session: Session, check_id: int, names: Sequence[str], scan: bytes) -> None:
    """Keep what was not the same on the paper, and its picture as PDF; nothing where it is the same
    after all."""
    told = {"differing": _APART.join(names), "scan": scan or None}
    session.execute(update(_ROW).where(_ROW.id == check_id).values(**told))


def scan_of(session: Session, check_id: int) -> bytes | None:
    """The picture of the paper, as PDF; None where none is kept."""
    return session.scalar(select(_ROW.scan).where(_ROW.id == check_id))


def since(session: Session, start: datetime) -> list[CheckedLetter]:
    """Those from then on, the newest first."""
    told = select(
        _ROW.id, _ROW.at, _ROW.staff_id, _ROW.number, _ROW.verdict, _ROW.differing,
        _ROW.scan.is_not(None).label("scanned"),
    )  # fmt: skip
    rows = session.execute(told.where(_ROW.at >= start).order_by(_ROW.at.desc(), _ROW.id.desc()))
    return [
        CheckedLetter(
            row.id, row.at, row.staff_id, row.number, row.verdict,
            tuple(filter(None, row.differing.split(_APART))), row.scanned,
        )
        for row in rows
    ]  # fmt: skip
