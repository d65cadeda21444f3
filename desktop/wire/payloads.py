"""The bodies of the calls (`/v1/…`) and of their answers, checked on both sides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from desktop.domain.people import Applicant
from desktop.wire.bounds import (
    MOST,
    Code,
    Count,
    Cursors,
    Day,
    Ident,
    Key,
    Line,
    Moment,
    Name,
    Page,
    ServiceCode,
    Signature,
    Text,
)
from desktop.wire.canon import canon, canon_of_composed
from desktop.wire.frame import Purpose, frame

PROTOCOL = 1
_Answer = TypeVar("_Answer", bound="Body")


class Body(BaseModel):
    """A body of a call or an answer; unknown keys of a call are refused."""

    # Of some hundred bodies a start needs ten: each is built when it is first used, under a lock.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def encode(self) -> bytes:
        """The body as canonical JSON bytes."""
        return canon(self.model_dump(mode="json")).encode()


def answer_in(body: str | bytes, kind: type[_Answer]) -> _Answer:
    """The centre's answer. Raises ValidationError.

    A centre of a later program may say more than this one knows of: its answers may gain keys, and
    those are passed over. What is asked is never read so: the centre would do something else.
    """
    return kind.model_validate_json(body, extra="ignore")


class Carrier(Body):
    """A body that carries canonical texts, and no words beside them but names and hashes."""

    def encode(self) -> bytes:
        """The body as canonical JSON bytes."""
        return canon_of_composed(self.model_dump(mode="json")).encode()


class Fault(Body):
    """Why a call was not answered: a code for the program, words for a person.

    `field` is the key of the input that the words stand beside, if there is one; `epoch` the
    centre's own, where the call was meant for another.
    """

    code: str
    words: str
    time: datetime | None = None
    report: str = ""
    field: str = ""
    epoch: str = ""


class LockedBody(Body):
    """Whom wrong passwords keep out of the desk, and until when."""

    staff: Name
    until: Moment


class LearningBody(Body):
    """Who has begun the lessons of a service and not passed all of them yet: `lesson` is the one
    begun last, from 1 on; 0 where an older program does not tell."""

    staff: Name
    service: ServiceCode
    lesson: Count = 0


MOST_LOCKED, MOST_LEARNING = 200, 1_000
"""So many of them a desk tells."""


class HelloAsk(Body):
    """`/v1/hello`: who calls, with which program, how far it is and how it fares.

    `oldest_unsent` is when the first command was made that the centre does not have; `backup_at`
    when the store was last copied elsewhere; `held` counts this desk's acts that an error parked.
    `locked` and `learning` are for who looks after people: nothing follows from them.
    """

    protocol: Count
    client: Key
    device_seq: Count
    cursors: Cursors
    oldest_unsent: Moment | None = None
    disk_free_mb: Count = 0
    backup_at: Moment | None = None
    held: Count = 0
    locked: Annotated[list[LockedBody], Field(max_length=MOST_LOCKED)] = []
    learning: Annotated[list[LearningBody], Field(max_length=MOST_LEARNING)] = []


class HelloAnswer(Body):
    """The centre's state for this device. `records_as_of` is None before the first import.

    `office` is its code on the day; by its id it is named in `home`.
    """

    protocol: int
    least_client: str
    epoch: str
    time: datetime
    office: str
    desk: int
    home: str
    streams: list[str]
    head_seq: int
    head_hash: str
    records_as_of: date | None


class Slice(Body):
    """A stream's facts after a cursor: canonical texts in `pos` order, then the head reached.

    `hash` is the chain's value after the last fact here (or at the cursor when there is none);
    `signature` is that of the centre's key for heads, over `attested`.
    """

    stream: str
    after: int
    facts: list[str]
    pos: int
    hash: str
    more: bool
    epoch: str
    time: datetime
    signature: str


def attested(centre: str, stream: str, pos: int, chain: str, epoch: str, time: datetime) -> bytes:
    """What the centre with that id signs of a slice."""
    return frame(Purpose.HEAD, centre, stream, pos, chain, time.isoformat(), epoch=epoch)


class PushAsk(Carrier):
    """`/v1/push`: commands as canonical texts in `device_seq` order, and the cursors."""

    # What a text may hold is looked at one by one: one that is amiss is no reason to refuse all.
    commands: Annotated[list[Annotated[str, Field(max_length=MOST)]], Field(max_length=10_000)]
    cursors: Cursors


class PushAnswer(Carrier):
    """What is settled, and exactly what a pull from these cursors would give."""

    accepted_to: int
    streams: list[Slice]


class PullAsk(Body):
    """`/v1/pull`."""

    cursors: Cursors


class PullAnswer(Carrier):
    """The streams after the cursors."""

    streams: list[Slice]


class WaitAsk(Body):
    """`/v1/wait`: answered when a stream has grown beyond its cursor, else after a while."""

    cursors: Cursors


class WaitAnswer(Body):
    """Whether there is something to pull."""

    grown: bool


class PlateBody(Body):
    """A registration plate."""

    section: Count
    main: Count
    sub: Count


class PrecheckAsk(Body):
    """`/v1/precheck`: applicant, capacity and property, before any fee (DESIGN.md §5)."""

    service: ServiceCode
    actor: Name
    applicant: Applicant
    person_id: Name
    represented_id: Name
    code: Code
    plate: PlateBody | None
    unchanged: Key
    answers: Annotated[dict[Key, Text], Field(max_length=500)]


class PropertyPlaceAsk(Body):
    """`/v1/property-place`: where the property of a renewal code lies, for the nearest office."""

    actor: Name
    service: ServiceCode
    code: Code


class PropertyPlaceAnswer(Body):
    """Its neighbourhood and place by the records of the day; empty where they don't say.

    Latitude and longitude are decimal degrees.
    """

    found: bool
    as_of: date
    neighbourhood: str
    latitude: str
    longitude: str


class FindingBody(Body):
    """One gate's finding in words: as a «چرا؟» row shows it."""

    gate: str
    effect: str
    condition: str
    seen: str
    source: str
    article: str


class PrecheckAnswer(Body):
    """Found or not; the read-only fields and today's answer only if that person's standing passes.

    `fields` maps record paths to stored text; `summary` is one Persian line. Money in Rial.
    `several` says that code and plate, or the plate alone, point at more than one property;
    `outside` where the code belongs when it is not the city's, else it is empty; `left` how many
    other properties this desk may still ask for today.
    """

    found: bool
    as_of: date
    standing: bool
    fields: dict[str, str]
    summary: str
    share: str
    outcome: str
    amount: int
    findings: list[FindingBody]
    several: bool = False
    outside: str = ""
    left: int = 0


class SlotsAsk(Body):
    """`/v1/slots`: free half-days of a district after today, soonest first."""

    district: Count
    count: Page


class SlotBody(Body):
    """A half-day with places left."""

    day: date
    half: int
    district: int
    left: int
    inspector: str


class SlotsAnswer(Body):
    """Free half-days."""

    slots: list[SlotBody]


class QueueAsk(Body):
    """`/v1/queue`: a municipal desk's work, by the asker's role (scoped at the centre).

    `status` leaves of the cases of the one `state` those that stand so (`domain.status`), `overdue`
    open cases whose promised day is past, `recall` letters to be voided, `escalated` what was not
    answered in time after its visit, or waits longer in a step than is promised, `office` (its
    code) the cases of one office, `clerk` those that this person of the office registered,
    `received_from` and `received_to` those of these days, `mine` visits that are the asker's own.
    `order` is `due`, `received`, `state`, `service` or `office`; empty for the list's own. `holder`
    leaves the cases of an expert: `mine` (the asker's, also those done for colleagues today),
    `free` for those of nobody, or those of a staff id; `district` those of one district. `role` is
    that of whom the asker stands in for; empty for the asker's own.
    """

    actor: Name
    text: Line
    state: Key
    service: Key
    offset: Count
    limit: Page
    overdue: bool = False
    recall: bool = False
    escalated: bool = False
    office: Name = ""
    clerk: Name = ""
    received_from: Day | None = None
    received_to: Day | None = None
    mine: bool = False
    order: Key = ""
    descending: bool = False
    holder: Name = ""
    district: Count = 0
    status: Key = ""
    role: Key = ""


class QueueRow(Body):
    """One case as a queue shows it; `stream` is its office's.

    For who goes there, or plans it, also where it is, whom to call, who will be there, and who
    goes; for who searched where it is; for finance the Rial that it is to look for, `sought`.
    `step_by` is the last day of the step in which it waits, once it was warned of; `step_to` the
    role that it escalated to after that day.
    """

    case_id: str
    stream: str
    tracking: str
    state: str
    status: str
    outcome: str
    service: str
    applicant: str
    code: str
    received_at: datetime
    due_on: date
    updated_at: datetime
    slot_day: date | None
    slot_half: int
    recall: bool
    claimed: bool = False
    doubted: bool = False
    address: str = ""
    phone: str = ""
    attending: str = ""
    district: int = 0
    expert: str = ""
    expert_name: str = ""
    inspector: str = ""
    step: str = ""
    step_by: date | None = None
    step_to: str = ""
    sought: int = 0


class QueueAnswer(Body):
    """A page of the queue; `counts` by state, `overdue`, `recalled` and `escalated` over all that
    the asker may see (of the asked office, or of the asker's own visits). `clerks` are the asked
    office's people. For experts `mine` and `free` count their own cases and those of nobody,
    `districts` are the city's. `last_word` counts for supervisors what waits for theirs. `cut` says
    that more match what was typed than the `total` that is listed.
    """

    rows: list[QueueRow]
    total: int
    cut: bool = False
    counts: dict[str, int]
    overdue: int
    recalled: int = 0
    escalated: int = 0
    clerks: list[str] = []
    mine: int = 0
    free: int = 0
    districts: list[int] = []
    last_word: int = 0


class CaseAsk(Body):
    """`/v1/case`: the facts of one case that the asker may see."""

    actor: Name
    case_id: Ident


class CaseAnswer(Body):
    """Canonical texts in `rev` order; to the municipality also where the property is."""

    facts: list[str]
    address: str = ""


class VerifyAsk(Body):
    """`/v1/verify`: is the letter with this number and signature in force?"""

    number: Key
    signature: Signature


class VerifyAnswer(Body):
    """`issued`, `released`, `voided` or `unknown`."""

    state: str
