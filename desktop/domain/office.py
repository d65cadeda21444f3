"""An office of the city as its papers show it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.domain.hours import Hours
from desktop.domain.identifiers import tracking_code
from desktop.domain.letter import LetterHead
from desktop.domain.persian import clean, to_persian_digits

CITY = "یزد"
ORGANISATION = f"شهرداری {CITY}"
MUNICIPALITY = "municipality"
FIRST_DAY = date(2026, 1, 10)
"""20 Dey 1404: no office answered for the municipality before (DOMAIN.md §0)."""
_FIRST_BROKERS = date(2011, 3, 21)
"""1390: before it there was no کارگزاری either (DOMAIN.md §0)."""
_AHEAD = timedelta(days=30 * 366)
FAR_DAY = "این روز از کار دفترها دور است؛ سال آن را ببینید."
# Two are what a tracking code needs to be long enough, twenty what every table holds.
_CODE = re.compile(r"[0-9]{2,20}")
_NUMBER = re.compile(r"(1[34][0-9]{2})/([0-9]+)/([0-9]+)")
_TRACKING = re.compile(r"([0-9]+)-([0-9]{6})-([0-9]{2})-([0-9]{4})-[0-9]")


class OfficeKind(StrEnum):
    """What an office is: کارگزاری of the municipality, or پیشخوان."""

    AGENCY = "agency"
    COUNTER = "counter"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _KINDS[self]


_KINDS = {OfficeKind.AGENCY: "کارگزاری", OfficeKind.COUNTER: "پیشخوان"}


class StepFree(StrEnum):
    """Whether one comes in without a step; empty while nobody said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = ""

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _STEP_FREE[self]


_STEP_FREE = {StepFree.YES: "دارد", StepFree.NO: "ندارد", StepFree.UNKNOWN: "نامعلوم"}


@dataclass(frozen=True)
class OfficeCard:
    """Who the office is; `authority` names the act by which it answers for the municipality.

    Papers of a `sample` office say «نمونه», those of a `training` one that they are none. All of it
    holds from a day on but `office_id`, which
    names the office for good: the code of one opened before ids were given. `licence` is the number
    of the provincial working group's, until the day `licence_until`. Latitude and longitude are
    decimal degrees as text, both empty where the place is not known; so is `counters` where it is
    0, and `hours` where they are None.
    """

    code: str
    name: str
    address: str
    phone: str
    postal_code: str
    district: int
    authority: str
    sample: bool
    kind: OfficeKind | None = None
    office_id: str = ""
    holder: str = ""
    licence: str = ""
    licence_until: date | None = None
    neighbourhood: str = ""
    latitude: str = ""
    longitude: str = ""
    hours: Hours | None = None
    counters: int = 0
    step_free: StepFree = StepFree.UNKNOWN
    training: bool = False

    @property
    def has_place(self) -> bool:
        """Whether it is known where it lies."""
        return bool(self.latitude and self.longitude)

    def licensed(self, day: date) -> bool:
        """Whether its licence holds on the day; one whose end nobody told is taken to."""
        return self.licence_until is None or day <= self.licence_until

    @property
    def known_as(self) -> str:
        """What people call it: its name, or where it lies where the name is only its code."""
        numbered = self.name.endswith((self.code, to_persian_digits(self.code)))
        where = self.neighbourhood or within_city(self.address)
        return to_persian_digits(where if numbered and where else self.name)

    @property
    def own_id(self) -> str:
        """What names it for good."""
        return self.office_id or self.code

    @property
    def head(self) -> LetterHead:
        """The head of its letters and papers."""
        head = LetterHead(ORGANISATION, self.name, self.address, self.phone, self.postal_code)
        return head.in_training() if self.training else head


def is_far(day: date, today: date) -> bool:
    """Whether it is no day of an office's work: a slip in its year."""
    return day < _FIRST_BROKERS or day > today + _AHEAD


def converts(before: OfficeCard, after: OfficeCard) -> bool:
    """Whether the later card makes a پیشخوان of what was a کارگزاری."""
    return before.kind is OfficeKind.AGENCY and after.kind is OfficeKind.COUNTER


@dataclass(frozen=True)
class Office:
    """An office through its days: its cards with the day from which each holds, oldest first."""

    office_id: str
    cards: tuple[tuple[date, OfficeCard], ...]

    def on(self, day: date) -> OfficeCard:
        """Its card on the day; before its first day the first."""
        begun = [card for since, card in self.cards if since <= day]
        return begun[-1] if begun else self.cards[0][1]

    def codes(self, upto: date = date.max) -> tuple[str, ...]:
        """The codes that it had up to the day, the newest first."""
        begun = [card.code for since, card in self.cards if since <= upto]
        return tuple(dict.fromkeys(reversed(begun or [self.cards[0][1].code])))


def named_code(typed: str) -> str:
    """The office's code in a letter's number or a tracking code; empty where none is named."""
    text = clean(typed)
    if found := _NUMBER.fullmatch(text):
        return found[2]
    found = _TRACKING.fullmatch(text)
    return found[1] if found else ""


def spelled(typed: str, codes: Collection[str]) -> tuple[str, ...]:
    """A letter's number or a tracking code under each code of its office; other text as it is.

    `codes` are all that the office ever had. A number is one whichever of them it is written with;
    a tracking code was given with one, and who puts another in its place keeps its check digit.
    """
    text = clean(typed)
    if named_code(text) not in codes:
        return (text,)
    if found := _NUMBER.fullmatch(text):
        return tuple(f"{found[1]}/{code}/{found[3]}" for code in codes)
    _, dated, desk, serial = text.split("-")[:4]
    return tuple(tracking_code(code, dated, int(desk), int(serial)) for code in codes)


def is_office_code(text: str) -> bool:
    """Whether an office can go by it: tracking codes and letter numbers begin with it."""
    return bool(_CODE.fullmatch(text))


def within_city(address: str) -> str:
    """An address as one says it inside the city: without the city's own name before it."""
    return address.removeprefix(f"{CITY}، ")
