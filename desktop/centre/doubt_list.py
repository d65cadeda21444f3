"""The municipality's list of letters in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.doubt_rows import findings_in
from desktop.centre.doubt_tables import CHANGED, RECALLED, UNTOLD, CopyAskedRow, DoubtedLetterRow
from desktop.centre.people import of_office
from desktop.centre.records import in_force
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.domain.errors import Refusal
from desktop.domain.gates import Finding
from desktop.domain.lawful_recalls import FIRST, SECOND
from desktop.domain.office import MUNICIPALITY
from desktop.domain.words import tell, title_of
from desktop.wire.recalls import ChangeBody, Part, RecallBody, RecallsAnswer, RecallsAsk

_ROW, _COPIES = DoubtedLetterRow, CopyAskedRow
_PARTS: Mapping[Part, str] = {
    Part.CHANGED: CHANGED,
    Part.RECALLED: RECALLED,
    Part.UNTOLD: UNTOLD,
}


def recalls(
    session: Session, centre: Centre, device: DeviceRow, ask: RecallsAsk, at: datetime
) -> RecallsAnswer:
    """A page of a part, or what is known of one case's letters.

    Raises Refusal for all who neither recall nor decide of a recall.
    """
    if (FIRST | SECOND).isdisjoint(municipal(session, centre, device, ask.actor)):
        raise Refusal("نامه‌هایی که باید دوباره دیده شود با کارشناس، امضاکنندهٔ دوم و ناظر است.")
    counts = {part.value: _counted(session, part) for part in _PARTS}
    counts[Part.COPIES.value] = session.scalar(select(func.count()).select_from(_COPIES)) or 0
    if ask.part is Part.COPIES and not ask.case_id:
        return RecallsAnswer(
            time=at,
            rows=list(_copies(session, ask)),
            total=counts[Part.COPIES.value],
            counts=counts,
        )
    which = _ROW.case_id == ask.case_id if ask.case_id else _of(ask.part)
    wanted = (
        select(_ROW, CaseRow)
        .join(CaseRow, CaseRow.case_id == _ROW.case_id)
        .where(which)
        .order_by(_ROW.since, _ROW.letter_id)
        .offset(ask.offset)
        .limit(ask.limit)
    )
    wording = _Wording(session, at, whole=bool(ask.case_id))
    found = session.execute(wanted).all()
    return RecallsAnswer(
        time=at,
        rows=[wording.body(row, case) for row, case in found],
        total=len(found) if ask.case_id else counts[ask.part.value],
        counts=counts,
    )


def _copies(session: Session, ask: RecallsAsk) -> Iterator[RecallBody]:
    """Letters of which more copies are wanted, who waits longest first."""
    wanted = (
        select(_COPIES, CaseRow)
        .join(CaseRow, CaseRow.case_id == _COPIES.case_id)
        .order_by(_COPIES.since, _COPIES.letter_id)
        .offset(ask.offset)
        .limit(ask.limit)
    )
    for row, case in session.execute(wanted):
        yield _body(row, case, state=Part.COPIES.value)


def _body(
    row: DoubtedLetterRow | CopyAskedRow,
    case: CaseRow,
    *,
    state: str,
    changes: Iterable[ChangeBody] = (),
    by: str = "",
    untold: int = 0,
) -> RecallBody:
    """A row with its case's."""
    return RecallBody(
        case_id=row.case_id,
        letter_id=row.letter_id,
        number=row.number,
        tracking=case.tracking,
        service=case.service,
        applicant=case.applicant,
        place=case.place,
        issued_on=row.issued_on,
        state=state,
        handed=row.handed,
        changes=list(changes),
        reason=row.reason,
        by=by,
        since=row.since,
        untold=untold,
    )


def _of(part: Part) -> ColumnElement[bool]:
    return literal_column(f"doubted_letter.{_PARTS[part]}")


def _counted(session: Session, part: Part) -> int:
    return session.scalar(select(func.count()).select_from(_ROW).where(_of(part))) or 0


@dataclass
class _Wording:
    """What is found in words; `whole` tells also what exactly the records say, which is a look at
    the case that was asked for."""

    session: Session
    at: datetime
    whole: bool

    def __post_init__(self) -> None:
        self._as_of = in_force.as_of(self.session) or day_of(self.at)
        self._people = of_office(self.session, MUNICIPALITY)

    def body(self, row: DoubtedLetterRow, case: CaseRow) -> RecallBody:
        """A row with its case's."""
        person = self._people.get(row.by)
        return _body(
            row,
            case,
            state=row.state,
            changes=map(self._change, findings_in(row.found)),
            by=person.name if person is not None else "",
            untold=row.untold,
        )

    def _change(self, found: Finding) -> ChangeBody:
        said = tell(found, self._as_of)
        return ChangeBody(
            gate=found.gate,
            code=found.code,
            title=title_of(found),
            told=f"{said.condition}: {said.seen}" if self.whole else "",
        )
