"""The registry of offices as the centre sees it at work: desks, people, cases, conversions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.people import Role
from desktop.wire.assent import Assent
from desktop.wire.bounds import Count, Day, Ident, Line, Name, Sha256
from desktop.wire.canon import canon
from desktop.wire.payloads import Body


class OfficesAsk(Body):
    """`/v1/offices`: all offices, or one by its id; a manager is told of his own alone."""

    actor: Name
    office: Name = ""


class DeskBody(Body):
    """A desk and what it last told of itself; `heard_at` is when it last called."""

    device_id: str
    number: int
    heard_at: datetime | None
    revoked_at: datetime | None
    version: str
    unsent_since: datetime | None
    disk_mb: int
    backup_at: datetime | None
    held: int


class PersonBody(Body):
    """A member of staff; `national_id` is masked, `desks` are the numbers of those with their keys.

    Who was put forward and has keys nowhere has not `came`; `code_until` is when the one-time code
    that waits for them, if any, is good for nothing. `locked` are the numbers of desks that keep
    them out for wrong passwords, as those told last, `locked_until` the last moment of it.
    """

    staff_id: str
    name: str
    role: str
    title: str
    national_id: str = ""
    desks: list[int] = []
    came: bool = True
    code_until: datetime | None = None
    locked: list[int] = []
    locked_until: datetime | None = None


class OfficeBody(Body):
    """An office at work, by its id: what is published of it (card, delegations, training) is not
    told again. `undelivered` counts issued letters not yet handed over; while it is `converting` a
    step at least of the path to a پیشخوان is done."""

    office_id: str
    received_today: int
    open_cases: int
    undelivered: int
    desks: list[DeskBody]
    people: list[PersonBody]
    converting: bool = False


class OfficesAnswer(Body):
    """By the code of the day."""

    time: datetime
    offices: list[OfficeBody]


class CodeAsk(Body):
    """`/v1/enrol-code`: a code, good once, for a person's keys, or a `device` and its person.

    `again` is the id of whom the office has by that name and role, `national_id` is the person's
    own, of whom none was kept. `another` said, in programs before, that it is somebody who is new:
    to these no code is given. Signed with `Purpose.CODE`.
    """

    office: Name
    name: Line
    role: Role
    device: bool = False
    again: Name = ""
    another: bool = False
    national_id: Name = ""
    assent: Assent

    @property
    def signed(self) -> str:
        """What is signed."""
        named = (self.office, self.name, self.role, self.again, self.national_id)
        return code_subject(*named, device=self.device, another=self.another)


def code_subject(
    office: str,
    name: str,
    role: Role,
    again: str,
    national_id: str,
    *,
    device: bool,
    another: bool,
) -> str:
    """What is signed to give out a code."""
    return canon([office, name, role.value, again, national_id, device, another])


class CodeAnswer(Body):
    """The code, told this once and kept nowhere, and until when it is good."""

    code: str
    expires: datetime


class RevokeAsk(Body):
    """`/v1/revoke`: nothing more is taken from the device (`Purpose.REVOKE`)."""

    device_id: Ident
    assent: Assent


class RevokeAnswer(Body):
    """When."""

    revoked_at: datetime


class ConversionAsk(Body):
    """`/v1/conversion`: how far an office's conversion is; `day` is the one thought of."""

    actor: Name
    office: Name
    day: Day | None = None


class StepBody(Body):
    """A step as it was done."""

    step: ConversionStep
    number: Line = ""
    dated: Day | None = None
    signed_by: Line = ""
    scan: Sha256 | None = None
    until: Day | None = None
    counter: Annotated[int, Field(ge=0, le=99)] = 0
    fault: Line = ""

    @property
    def value(self) -> StepDone:
        """The step as the program knows it."""
        told = self.model_dump(exclude={"scan"})
        return StepDone(**told, scan=self.scan or "")


def step_body(done: StepDone) -> StepBody:
    """The step as it travels."""
    return StepBody(**{**vars(done), "scan": done.scan or None})


class DoneBody(Body):
    """A step, who told it and when."""

    done: StepBody
    name: str
    at: datetime


class RemainingBody(Body):
    """What a step lacks."""

    step: ConversionStep
    words: str


class ConversionAnswer(Body):
    """The steps in the order of doing, what remains, when it converts or did, the last number.

    `serial` is the last letter's in the Jalali `year`: it goes on under the new code.
    """

    steps: list[DoneBody]
    remaining: list[RemainingBody]
    converted_on: date | None
    year: Count
    serial: Count


class ConversionStepAsk(Body):
    """`/v1/conversion-step`: a step was done (`Purpose.CONVERSION`); a test is the desk's own."""

    office: Name
    done: StepBody
    assent: Assent

    @property
    def signed(self) -> str:
        """What is signed."""
        return step_subject(self.office, self.done)


def step_subject(office: str, done: StepBody) -> str:
    """What is signed of a step."""
    return canon([office, done.model_dump(mode="json")])
