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
from desktop.domain.persian import to_persian_digits


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


class Need(StrEnum):
    """What a citizen can't do of what a form takes for granted: see, hear, read."""

    BLIND = "blind"
    DEAF = "deaf"
    UNLETTERED = "unlettered"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _NEEDS[self]

    @property
    def told(self) -> str:
        """How the declaration is put to them, as it was done."""
        if self is Need.DEAF:
            return "نوشتهٔ اظهارنامه به متقاضی نشان داده شد"
        return "اظهارنامه برای متقاضی خوانده شد"

    @property
    def fingerprint(self) -> bool:
        """Whether the finger stands for the hand: who can't see or read what they sign."""
        return self is not Need.DEAF


_NEEDS = {
    Need.BLIND: "نابینا",
    Need.DEAF: "ناشنوا",
    Need.UNLETTERED: "توان خواندن ندارد",
}


@dataclass(frozen=True)
class Aid:
    """How a citizen who can't see, hear or read came to know what is declared in their name.

    The trusted person (معتمد) was there: neither the applicant nor who sits at the counter.
    """

    need: Need
    trusted_id: str
    trusted_name: str


@dataclass(frozen=True)
class Request:
    """A request as the form gives it; `received_on` is the day of receipt at the counter.

    `code` is a canonical renewal code or empty; `unchanged` the self-declaration: yes, no, empty;
    `linked_to` the id of the case that it was opened from; `aid` is None for who needed none.
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
    aid: Aid | None = None

    @property
    def has_property(self) -> bool:
        """Whether it names one, by its code or by its plate."""
        return bool(self.code) or self.plate is not None

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


class VisitOpinion(StrEnum):
    """What the inspector thinks of the request, having been there."""

    FITS = "fits"
    UNFIT = "unfit"
    AGAIN = "again"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _OPINIONS[self]


_OPINIONS = {
    VisitOpinion.FITS: "مطابق با درخواست",
    VisitOpinion.UNFIT: "مغایر با درخواست، با دلیل",
    VisitOpinion.AGAIN: "نیازمند بازدید دوم",
}


@dataclass(frozen=True)
class Side:
    """A side of the plot: by deed and as measured (m, decimal text, or empty), and its bound."""

    deed: str
    length: str
    bound: str


@dataclass(frozen=True)
class SeenViolation:
    """A violation that was seen: its kind, on which floor, m² as decimal text, in words.

    `photo` is the page of the report's pictures that shows it, from 1.
    """

    kind: str
    floor: str
    area: str
    words: str
    photo: int

    @property
    def short(self) -> str:
        """«اضافه‌بنا ۱۸٫۵۰ مترمربع»."""
        area = to_persian_digits(self.area.replace(".", "٫"))
        return f"{self.kind} {area} مترمربع" if self.area else self.kind


@dataclass(frozen=True)
class VisitReport:
    """What the inspector saw (DOMAIN.md §4.5); areas and widths are decimal text in m² and m.

    `bounds` are north, east, south, west; `cleared` maps each gate that the visit clears to why.
    `photos` are the pictures taken there, a page each; reports of before have none. `taken` are
    their days, as far as their files say; `photo_reason` tells why one is of another day.

    `sides` are measured in the order of the bounds, none where the plot has not four. `stage` is
    how far a building has come; `violation` and `violation_area` say of all `violations` what is
    printed. `place_reason` tells why the place of the report is far from the property's, or why it
    has none. `sketch` was drawn by hand, where there is one.
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
    sides: tuple[Side, ...] = ()
    stage: str = ""
    violations: tuple[SeenViolation, ...] = ()
    opinion: str = ""
    taken: tuple[date | None, ...] = ()
    photo_reason: str = ""
    place_reason: str = ""
    sketch: DocumentFile | None = None

    @property
    def files(self) -> tuple[DocumentFile, ...]:
        """What is attached to it."""
        return tuple(file for file in (self.photos, self.sketch) if file is not None)

    @property
    def visited_on(self) -> date:
        """The day of the visit, in Yazd."""
        return self.visited_at.astimezone(TEHRAN).date()

    @property
    def unmeasured(self) -> bool:
        """Whether something stands there and its area is not told: that is no bare land."""
        return self.condition in ("built", "underway") and not self.built

    @property
    def counts(self) -> tuple[int | None, int | None]:
        """Floors and units that were counted; None where left open, 0 on bare land."""
        if self.built and not Decimal(self.built):
            return 0, 0
        return self.floors or None, self.units or None
