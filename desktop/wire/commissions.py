"""What the unit asks of the commissions: which cases wait there, and for what."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from desktop.wire.bounds import Count, Key, Name, Page
from desktop.wire.payloads import Body


class Awaits(StrEnum):
    """What is done next with a case at a commission."""

    SESSION = "session"
    RULING = "ruling"
    SERVICE = "service"
    TERM = "term"
    APPEAL = "appeal"

    @property
    def word(self) -> str:
        """What a list calls it."""
        return _WORDS[self]


_WORDS = {
    Awaits.SESSION: "بدون جلسه",
    Awaits.RULING: "در دستور جلسه",
    Awaits.SERVICE: "در حال ابلاغ",
    Awaits.TERM: "در مهلت اعتراض",
    Awaits.APPEAL: "در تجدیدنظر",
}


class CommissionsAsk(Body):
    """`/v1/commissions`: the cases of a commission (`100`, `5`); empty fields leave none out.

    Rows come in the order of their sessions, then of their referral.
    """

    actor: Name
    article: Key = ""
    awaits: Key = ""
    offset: Count = 0
    limit: Page = 200


class CommissionBody(Body):
    """A case at a commission, or whose ruling is being served; `until` ends the running terms."""

    case_id: str
    tracking: str
    applicant: str
    service: str
    code: str
    article: str
    awaits: str
    sent_on: date
    session: str
    session_on: date | None
    ruling: str
    result: str
    stage: str
    persons: int
    unserved: int
    until: date | None


class CommissionsAnswer(Body):
    """A page of the rows, of how many, and how many await what, in all."""

    time: datetime
    rows: list[CommissionBody]
    total: int
    counts: dict[str, int]
