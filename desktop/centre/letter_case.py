"""A case at the moment of its letter: what its words are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.domain.decision import Decision
from desktop.domain.facts import CommissionDecided
from desktop.domain.letter import LetterHead
from desktop.domain.objection import Objections
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Request, VisitReport


@dataclass(frozen=True)
class LetterCase:
    """A case at the moment of its letter.

    `refusal` holds an expert's own reasons; `report` the visit's, if there was one; `record` is the
    property's, overlaid, or None when the records hold none; `valid_until` is None when the letter
    has no end; `replaces` the number of the voided letter that this one stands in for; `ruling` is
    that of the commission of `article`; `paid` are the days on which what the records asked was
    paid at this case; `ways` are the ways to object; `check_at` names where
    the letter is checked.
    """

    request: Request
    decision: Decision
    refusal: tuple[str, ...]
    report: VisitReport | None
    record: PropertyRecord | None
    head: LetterHead
    day: date
    valid_until: date | None
    authority: str
    replaces: str = ""
    article: str = ""
    ruling: CommissionDecided | None = None
    paid: tuple[date, ...] = ()
    sample: bool = False
    ways: Objections = field(default_factory=Objections)
    check_at: str = ""
