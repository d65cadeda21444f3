"""What a supervisor asks of the second look: what waits, one answer beside its record, the sums."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from desktop.wire.board import CorrectnessBody
from desktop.wire.bounds import Ident, Name
from desktop.wire.payloads import Body

MOST_LATER = 200
"""So many are put off at once."""


class PatternBody(Body):
    """So many faults of one kind, at the newest of these versions of the service."""

    service: str
    part: str
    item: str
    reason: str
    version: str
    count: int


class SecondLooksAsk(Body):
    """`/v1/second-looks`: what waits; those of `later` are put off."""

    actor: Name
    later: Annotated[list[Ident], Field(max_length=MOST_LATER)] = []


class SecondLooksAnswer(Body):
    """`due_drawn` by the lot of all and `due_weighed` for their risk wait; `right` and `wrong` were
    found today. `case_id` is the next one for who asks (empty: none), `own` so many before it are
    not for that person. `correctness` and `patterns` are of what came since the day `since`.
    """

    time: datetime
    due_drawn: int
    due_weighed: int
    right: int
    wrong: int
    own: int
    case_id: str
    correctness: CorrectnessBody
    since: date
    patterns: list[PatternBody]


class InLetter(StrEnum):
    """How a value of the record stands in the letter."""

    SAME = "same"
    OTHER = "other"
    UNSAID = "unsaid"


class RecordValue(Body):
    """A value as the records had it when the answer was given, and as the letter has it."""

    label: str
    recorded: str
    stands: InLetter
    told: str = ""


class LookRecordAsk(Body):
    """`/v1/second-look-record`: the record that an answer rests on, beside its letter."""

    actor: Name
    case_id: Ident


class LookRecordAnswer(Body):
    """`as_of` is the day of the records of then; no values where the answer rests on no record.

    `hindered` says why it is not the asker who looks at it.
    """

    as_of: date | None
    values: list[RecordValue]
    hindered: str = ""
