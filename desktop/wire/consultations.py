"""Questions to other bodies as the unit follows them: who is asked, since when, until when."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from desktop.wire.bounds import Count, Line, Name, Page
from desktop.wire.payloads import Body


class Part(StrEnum):
    """Which of them: those that await a reply, those whose day went by, those that ended."""

    OPEN = "open"
    LATE = "late"
    ENDED = "ended"


class ConsultationsAsk(Body):
    """`/v1/consultations`: a page of them, who is to reply soonest first, what ended last first.

    `consultee` leaves those of one body, by its name.
    """

    actor: Name
    part: Part = Part.OPEN
    consultee: Line = ""
    offset: Count = 0
    limit: Page = 200


class ConsultationBody(Body):
    """One of them with its case; `number` and `reply_by` are of the letter that was sent last.

    `state` is `open`, `replied` or `dropped`, `reply` the kind of the reply; `after_answer` says
    that a utility decides after the answer was handed over.
    """

    case_id: str
    consultation_id: str
    tracking: str
    applicant: str
    service: str
    consultee: str
    number: str
    asked_on: date
    reply_by: date
    reminders: int
    state: str
    late: bool
    reply: str
    ended_on: date | None
    after_answer: bool


class ConsultationsAnswer(Body):
    """The page, how many there are of the part, and how many by part (of all bodies)."""

    time: datetime
    rows: list[ConsultationBody]
    total: int
    counts: dict[str, int]
