"""A case of another office, for who shows its code and an id: its state, a copy of its letter."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from desktop.wire.assent import Assent
from desktop.wire.bounds import Ident, Key, Name
from desktop.wire.payloads import Body


class Hold(StrEnum):
    """Whether a letter is in force, as whoever brings its paper is told."""

    IN_FORCE = "in-force"
    UNSTAMPED = "unstamped"
    RECALLED = "recalled"
    EXPIRED = "expired"
    ENDED = "ended"


class LetterElsewhere(Body):
    """A letter of the case; `given` are its copies at other offices than the case's."""

    letter_id: str
    number: str
    kind: str
    issued_on: date
    valid_until: date | None
    hold: Hold
    given: int


class ElsewhereAsk(Body):
    """`/v1/elsewhere`: the case of the tracking code, one of whose people has the id."""

    actor: Name
    tracking: Key
    person_id: Key


class ElsewhereAnswer(Body):
    """What its people may know at any office. `office` is the id of the one that has it, `name`,
    `phone` and `address` are that office's; `status` as of `domain.status`."""

    case_id: str
    office: str
    name: str
    phone: str
    address: str
    service: str
    applicant: str
    status: str
    state: str
    received_on: date
    answer_by: date | None
    letters: list[LetterElsewhere]


class CopyAsk(Body):
    """`/v1/copy-elsewhere`: the next copy of a letter in force, for this office to print and hand
    over. The assent's reason says what for; `ask_id` is new for each copy and the same when asked
    again."""

    actor: Name
    tracking: Key
    person_id: Key
    letter_id: Ident
    ask_id: Ident
    assent: Assent


class CopyAnswer(Body):
    """The copy's number, and the facts of the letter's issue and release, as their texts."""

    copy_number: int = Field(ge=1)
    issued: str
    released: str


def subject_of(ask_id: str, letter_id: str, person_id: str) -> str:
    """What a person signs who asks for a copy: which letter, for whom, which question."""
    return f"{ask_id} {letter_id} {person_id}"
