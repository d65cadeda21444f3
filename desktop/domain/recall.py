"""A letter that was given out and is in doubt: recalled by one person of the municipality, ended or
upheld by a second, and everybody told who had heard of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from desktop.domain.contest import upheld_words
from desktop.domain.gates import NO_PICTURES
from desktop.domain.letter import LetterHead, LetterKind
from desktop.domain.ruling import REOPENED

if TYPE_CHECKING:
    from desktop.domain.case import Case
    from desktop.domain.case_letters import CaseLetter


def records_hold(found: Mapping[str, str]) -> bool:
    """Whether the records hold what speaks against a letter (by gate its code): then they answer
    anew by themselves, else a person does."""
    return bool(found.items() - {(NO_PICTURES.gate, NO_PICTURES.code)})


@dataclass(frozen=True)
class LetterRecalled:
    """The municipality doubts a released letter: from now on it holds no more until a second person
    decides. `by` is the staff id of the first; `found` by gate the code of what fails now and did
    not when it was issued, empty where it was recalled for another reason.
    """

    kind: ClassVar[str] = "letter-recalled"
    letter_id: str
    reason: str
    by: str
    found: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LetterUpheld:
    """A letter stands: its recall is lifted, or what changed since (`found`, as of the recall) does
    not end it."""

    kind: ClassVar[str] = "letter-upheld"
    letter_id: str
    reason: str
    found: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VoidTold:
    """Who had the letter, or had heard of it, was told that it is void, and how."""

    kind: ClassVar[str] = "void-told"
    letter_id: str
    to: str
    how: str


@dataclass(frozen=True)
class VoidNotice:
    """اعلام ابطال نامه (A5), a page for each of `to`, who had the letter of that number and day.

    `void_since` is the day on which it ended, for `reason`; `check_at` names where letters are
    checked, empty where nobody told; `manager` is who signs for the office.
    """

    head: LetterHead
    tracking_code: str
    to: tuple[str, ...]
    number: str
    issued_on: date
    subject: str
    property: str
    void_since: date
    reason: str
    told_on: date
    check_at: str
    manager: str
    sample: bool


class Telling(StrEnum):
    """How somebody was told that a letter is void."""

    IN_PERSON = "in-person"
    POST = "post"
    OFFICE_LETTER = "office-letter"
    PHONE = "phone"

    @property
    def word(self) -> str:
        """The word on screen."""
        return _TELLINGS[self]


_TELLINGS = {
    Telling.IN_PERSON: "حضوری، با برگ اعلام",
    Telling.POST: "پست سفارشی",
    Telling.OFFICE_LETTER: "نامهٔ اداری",
    Telling.PHONE: "تلفنی",
}


# A copy in a file is nobody's to be told: what the city knows stands there too.
_FILE = "پرونده"


def whom_to_tell(case: Case, held: CaseLetter) -> tuple[str, ...]:
    """Who is to hear that a letter is void that was handed over: whom it answers, who took it, who
    got a copy, the body that was asked by it, the offices that copied it. Nobody of one that never
    left the office, nor of what is owed: that ends whenever it is paid or decided anew.
    """
    if not (held.voided and held.is_out) or held.letter.kind is LetterKind.DEBT:
        return ()
    letter_id = held.letter.letter_id
    copies = (each for each in held.letter.text.copies if not each.startswith(_FILE))
    asked = (one.sent.consultee for one in case.consultations if one.ident == letter_id)
    request = case.request
    elsewhere = (each.place for each in held.given)
    names = (request.body or request.party.name, held.handed_to, *copies, *asked, *elsewhere)
    return tuple(dict.fromkeys(filter(None, names)))


class RecallCause(StrEnum):
    """Why a stamped letter is to end: the municipality recalled it, a payment that it rests on
    never came, an objection was upheld, a ruling is final no more, records were taken back, who
    looked a second time asks for it."""

    MUNICIPALITY = "municipality"
    UNPAID = "unpaid"
    CONTESTED = "contested"
    REOPENED = "reopened"
    RECORDS = "records"
    SECOND_LOOK = "second-look"


def recall_cause(case: Case) -> RecallCause | None:
    """Why the answer is to end (`Case.recalled`); of several the one that stands above the others.
    None where nothing asks for it."""
    if not case.recalled:
        return None
    if case.recall is not None:
        return RecallCause.MUNICIPALITY
    if case.unfounded:
        return RecallCause.UNPAID
    if case.taken_back:
        return _of_its_ground(case)
    return RecallCause.SECOND_LOOK


def _of_its_ground(case: Case) -> RecallCause:
    if case.taken_back == REOPENED:
        return RecallCause.REOPENED
    upheld = (upheld_words(told.contested, told.tracking) for told in case.objections.values())
    return RecallCause.CONTESTED if case.taken_back in upheld else RecallCause.RECORDS


def who_recalled(case: Case) -> str:
    """Who asked for the end of the answer (staff id); empty where nobody there did."""
    if case.recall is not None:
        return case.recall.by
    return case.looked_by if case.looked is not None and case.looked.recall else ""


def why_recalled(case: Case) -> str:
    """Why the answer is to end (`Case.recalled`); empty where nothing asks for it."""
    if case.recall is not None:
        return case.recall.reason
    if case.unfounded:
        return "؛ ".join(case.unfounded.values())
    if case.taken_back:
        return case.taken_back
    return case.looked.comment if case.looked is not None and case.looked.recall else ""


def still_to_tell(case: Case, held: CaseLetter) -> tuple[str, ...]:
    """Those of them who have not been told."""
    return tuple(name for name in whom_to_tell(case, held) if name not in held.told)
