"""What a unit asks of objections: those that wait for it, and one beside what the record says."""

from __future__ import annotations

from datetime import date

from desktop.domain.contest import Contested, Stage, Unit
from desktop.wire.bounds import Ident, Name
from desktop.wire.payloads import Body


class ObjectionsAsk(Body):
    """`/v1/objections`: those that wait for the asker's units, soonest due first."""

    actor: Name


class ObjectionRow(Body):
    """An objection that waits; `second` says that it is answered and waits for a signature, and
    `own` that the answer is the asker's."""

    case_id: str
    tracking: str
    applicant: str
    contested: Contested
    unit: Unit
    state: str
    received_on: date
    due_on: date
    second: bool
    own: bool


class ObjectionsAnswer(Body):
    """The first of them, and how many there are."""

    rows: list[ObjectionRow]
    total: int


class ObjectionAsk(Body):
    """`/v1/objection`: one of them, whole."""

    actor: Name
    case_id: Ident


class OwnerBody(Body):
    """A recorded owner: `key` names him in an answer; of the id its last digits alone."""

    key: str
    name: str
    dang: str
    tail: str


class DebtBody(Body):
    """A debt on record, Rial: principal and penalty together."""

    key: str
    kind: str
    year: int
    total: int


class CorrectedBody(Body):
    """A value that stands on the record by an upheld objection."""

    contested: Contested
    on: date
    tracking: str


class RecordBody(Body):
    """What the records of `as_of` say of the property; areas as decimal text in m²."""

    as_of: date
    code: str
    plate: str
    address: str
    land: str
    built: str
    use: str
    owners: list[OwnerBody]
    debts: list[DebtBody]
    corrected: list[CorrectedBody]


class VisitBody(Body):
    """What the visit that the unit asked for measured, else that of the first case; empty where it
    was left open."""

    visited_on: date
    land: str
    built: str
    use: str


class FirstBody(Body):
    """The case that the objection was opened from; `amount` is what it asks by now, Rial."""

    case_id: str
    tracking: str
    service: str
    version: str
    state: str
    letter: str
    amount: int


class EarlierBody(Body):
    """An earlier objection to the same."""

    tracking: str
    received_on: date
    stage: Stage


class ObjectionAnswer(Body):
    """The objection's facts, the record beside it (None: none), its first case, earlier ones."""

    facts: list[str]
    record: RecordBody | None
    visit: VisitBody | None
    first: FirstBody | None
    earlier: list[EarlierBody]
