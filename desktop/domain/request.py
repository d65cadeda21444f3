"""What commands ask with and facts tell: request, payment, slot, visit report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from desktop.domain.calendar import TEHRAN
from desktop.domain.identifiers import Plate
from desktop.domain.people import Applicant, Party


@dataclass(frozen=True)
class DocumentFile:
    """The PDF of a document's pages: its name is the sha256 of its content, its size in bytes."""

    sha256: str
    size: int
    pages: int


@dataclass(frozen=True)
class SeenDocument:
    """A document as it was shown: the original seen or not; number, date, file if it has them."""

    key: str
    title: str
    seen: bool
    number: str = ""
    dated: date | None = None
    file: DocumentFile | None = None


@dataclass(frozen=True)
class Consent:
    """A co-owner who consents to the request."""

    person_id: str
    name: str


@dataclass(frozen=True)
class Request:
    """A request as the form gives it; `received_on` is the day of receipt at the counter.

    `code` is a canonical renewal code or empty; `unchanged` the self-declaration: yes, no, empty;
    `linked_to` the id of the case that it was opened from.
    """

    service: str
    version: str
    tracking: str
    received_on: date
    party: Party
    code: str
    plate: Plate | None
    unchanged: str
    answers: Mapping[str, str]
    documents: tuple[SeenDocument, ...]
    consents: tuple[Consent, ...] = ()
    duplicate_reason: str = ""
    linked_to: str = ""

    @property
    def applicant(self) -> Applicant:
        """In what standing the request is made."""
        return self.party.kind

    @property
    def conditions(self) -> Mapping[str, str]:
        """The answers as the conditions of a service see them."""
        return {**self.answers, "applicant": str(self.applicant)}

    @property
    def body(self) -> str:
        """Who asks by letter: the applying body itself, or the one that the form names."""
        return self.party.name if self.party.kind.is_body else self.answers.get("body", "")

    @property
    def letter_number(self) -> str:
        """The number of the asking body's letter; empty where nobody asks by letter."""
        return self.answers.get("letter_number", "")


@dataclass(frozen=True)
class Payment:
    """A sum in Rial: by `terminal`, `bill`, `deposit` at صندوق ثبت, or `finance` decision."""

    amount: int
    method: str
    reference: str
    paid_on: date


class Shared(StrEnum):
    """What two open cases have in common."""

    PROPERTY = "property"
    LETTER = "letter"


def mark_of(what: str, payment: Payment) -> str:
    """What names a payment within its case: the fee or owed sum, and the reference."""
    return f"{what}/{payment.reference}"


@dataclass(frozen=True, order=True)
class Slot:
    """Half a working day (1 or 2) of the inspectors of a district."""

    day: date
    half: int
    district: int


PHOTOS = 2
"""A report has at least so many pictures of the place (DOMAIN.md §4.5)."""


@dataclass(frozen=True)
class VisitReport:
    """What the inspector saw (DOMAIN.md §4.5); areas and widths are decimal text in m² and m.

    `bounds` are north, east, south, west; `cleared` maps each gate that the visit clears to why.
    `photos` are the pictures taken there, a page each; reports of before have none.
    """

    visited_at: datetime
    present: str
    land: str
    built: str
    floors: int
    units: int
    use: str
    condition: str
    bounds: tuple[str, str, str, str]
    lane_width: str
    advance: str
    violation: str
    violation_area: str
    latitude: str
    longitude: str
    result: str
    cleared: Mapping[str, str]
    photos: DocumentFile | None = None

    @property
    def visited_on(self) -> date:
        """The day of the visit, in Yazd."""
        return self.visited_at.astimezone(TEHRAN).date()

    @property
    def counts(self) -> tuple[int | None, int | None]:
        """Floors and units that were counted; None where left open, 0 on bare land."""
        if self.built and not Decimal(self.built):
            return 0, 0
        return self.floors or None, self.units or None
