"""What an expert, and who signs beside him, is shown of a case beside its facts."""

from __future__ import annotations

from datetime import date

from desktop.domain.state import State
from desktop.wire.bounds import Ident, Name
from desktop.wire.payloads import Body


class ReviewFileAsk(Body):
    """`/v1/review-file`: the record of the case's property, its earlier cases, who has it."""

    actor: Name
    case_id: Ident


class SheetValueBody(Body):
    """A value of the record in words (`domain.record_sheet`)."""

    key: str
    label: str
    value: str
    sign: str = ""


class SheetSectionBody(Body):
    """Values of the record that belong together."""

    title: str
    values: list[SheetValueBody]


class EarlierBody(Body):
    """Another case of the same property."""

    case_id: str
    tracking: str
    service: str
    status: str
    received_on: date
    applicant: str
    # A centre that does not tell it knows no finer status than this program.
    state: str = State.REGISTERED.value


class ExpertBody(Body):
    """An expert at work today, and how many cases are his."""

    staff_id: str
    name: str
    cases: int


class ReviewFileAnswer(Body):
    """The record as of its day (None where none is in force), sections of it, newest cases first.

    `match` is how the look-up ended; `earlier_total` counts them all; `tie` is a code of
    `domain.ties.Tie` where the asker may not decide, else empty; `stands_in_for` are colleagues
    whose cases are the asker's today.
    """

    as_of: date | None
    match: str
    sections: list[SheetSectionBody]
    earlier: list[EarlierBody]
    earlier_total: int
    experts: list[ExpertBody]
    tie: str = ""
    stands_in_for: list[str] = []
