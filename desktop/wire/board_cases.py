"""The cases behind a figure of the supervisor's board."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from desktop.wire.bounds import Count, Day, Days, Key, Name, Page
from desktop.wire.payloads import Body


class Figure(StrEnum):
    """Which figure's cases are asked for.

    The first ones are of requests received on the asked days, `UNDECIDED` to `REFUSE` by what the
    records answered first; `ISSUED` to `ANSWERED` of letters issued then, `TAKEN` of money paid.
    """

    RECEIVED = "received"
    UNDECIDED = "waiting"
    ANSWER = "answer"
    PAY = "pay"
    VISIT_NO_RECORD = "visit-no-record"
    VISIT = "visit"
    REVIEW = "review"
    REFUSE = "refuse"
    OPEN = "open"
    LATE = "late"
    ESCALATED = "escalated"
    STEP_LATE = "step-late"
    SENT_BACK = "sent-back"
    ISSUED = "issued"
    RELEASED = "released"
    VOIDED = "voided"
    COPIED = "copied"
    ANSWERED = "answered"
    TAKEN = "taken"


class BoardCasesAsk(Body):
    """`/v1/board-cases`: a page of the figure's cases, the newest received first.

    `days` back from `day`, of one service, district, office (its code), clerk (of that office),
    hour, state and late step, and for what the money was, each where it is given. `after_day` and
    `after_case` are the last of the page before; with them nothing is counted.
    """

    actor: Name
    day: Day
    days: Days
    figure: Figure
    service: Key = ""
    district: Count = 0
    office: Name = ""
    clerk: Name = ""
    hour: Count | None = None
    state: Key = ""
    what: Key = ""
    step: Key = ""
    offset: Count = 0
    limit: Page = 200
    after_day: Day | None = None
    after_case: Name = ""


class BoardCase(Body):
    """One case; `office` by its code of today, `district` 0 where it is not known."""

    case_id: str
    tracking: str
    office: str
    applicant: str
    service: str
    district: int
    clerk: str
    state: str
    status: str
    first_outcome: str
    received_on: date
    registered_at: datetime
    due_on: date
    escalated: bool


class BoardCasesAnswer(Body):
    """The page, and how many there are in all: cases, of which some may have several letters."""

    rows: list[BoardCase]
    total: int
