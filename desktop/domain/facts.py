"""Facts: what the centre says has happened to a case. Appended, numbered, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from desktop.domain.commission_facts import CommissionDecided as CommissionDecided
from desktop.domain.commission_facts import FineCleared as FineCleared
from desktop.domain.commission_facts import OnAgenda as OnAgenda
from desktop.domain.commission_facts import RulingFinal as RulingFinal
from desktop.domain.commission_facts import RulingObjected as RulingObjected
from desktop.domain.commission_facts import RulingServed as RulingServed
from desktop.domain.commission_facts import SentToCommission as SentToCommission
from desktop.domain.consultation import (
    ConsultationDropped,
    Consulted,
    ConsulteeReminded,
    ConsulteeReplied,
    ReplyLate,
)
from desktop.domain.decision import Decision
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.gates import Owed
from desktop.domain.letter import Letter, Release
from desktop.domain.objection_facts import ObjectionAnswered as ObjectionAnswered
from desktop.domain.objection_facts import ObjectionLaid as ObjectionLaid
from desktop.domain.objection_facts import ObjectionSigned as ObjectionSigned
from desktop.domain.objection_facts import ObjectionTold as ObjectionTold
from desktop.domain.objection_facts import VisitOrdered as VisitOrdered
from desktop.domain.paper import CopyAnswered, CopyAsked, SheetSpoiled
from desktop.domain.papers import Defect
from desktop.domain.passing_facts import ActedElsewhere as ActedElsewhere
from desktop.domain.passing_facts import PassedOn as PassedOn
from desktop.domain.passing_facts import TakenOver as TakenOver
from desktop.domain.people import Role
from desktop.domain.promise import StepWarned as StepWarned
from desktop.domain.recall import LetterRecalled, LetterUpheld, VoidTold
from desktop.domain.recommendation import Recommendation
from desktop.domain.request import (
    DocumentFile,
    Payment,
    Request,
    SeenDocument,
    Shared,
    Slot,
    VisitReport,
)
from desktop.domain.stamped_sheets import SheetRun
from desktop.domain.step import Step


@dataclass(frozen=True)
class Registered:
    """The request is registered; `due_on` is the promised day.

    `received_at` is the desk's UTC moment at the counter, which the receipt bears; the fact itself
    may come hours later, when there was no line. `late` says that the day of receipt lies before
    what the centre can know of: it is the office's word alone.
    """

    kind: ClassVar[str] = "registered"
    request: Request
    due_on: date
    received_at: datetime | None = None
    late: bool = False


@dataclass(frozen=True)
class Decided:
    """The centre put the request to the records, or an expert refused it.

    `sampled` is why a second look is due: `draw`, `boundary` and its like, or empty; `own` comes
    with the release (`LetterReleased`). It is that or a risk (`domain.lot.Risk`); `drawn` is the
    percent of all answers that the lot took, where it took this one (0: it did not). `refusal`
    holds the expert's own reasons.
    """

    kind: ClassVar[str] = "decided"
    decision: Decision
    sampled: str = ""
    refusal: tuple[str, ...] = ()
    drawn: int = 0


@dataclass(frozen=True)
class VisitDue:
    """A visit is needed; `no_record` tells the supervisor's two kinds of visits apart."""

    kind: ClassVar[str] = "visit-due"
    no_record: bool


@dataclass(frozen=True)
class SlotBooked:
    """A half-day is the case's."""

    kind: ClassVar[str] = "slot-booked"
    slot: Slot
    inspector: str
    attending: str
    mobile: str


@dataclass(frozen=True)
class SlotMoved:
    """Another half-day, or another inspector, in place of the booked one.

    `by_city` says that the municipality moved it: his inspector fell away, or the day was closed.
    """

    kind: ClassVar[str] = "slot-moved"
    slot: Slot
    inspector: str
    reason: str
    by_city: bool = False


@dataclass(frozen=True)
class VisitMissed:
    """The visit did not happen; `at` and `photo` as of `MissVisit`, none in facts of before."""

    kind: ClassVar[str] = "visit-missed"
    cause: str
    note: str
    at: datetime | None = None
    photo: DocumentFile | None = None


@dataclass(frozen=True)
class VisitReported:
    """The inspector's report is in.

    `answer_by` is the last day on which a request without a record is to be answered after it, so
    many working `days` after the visit; None and 0 where there is a record, and in facts of before.
    """

    kind: ClassVar[str] = "visit-reported"
    report: VisitReport
    answer_by: date | None = None
    days: int = 0


@dataclass(frozen=True)
class Escalated:
    """That day is over and the municipality has not answered: the supervisor looks.

    With a `step` it was the last day of what is promised of that one, and the role `to` looks.
    """

    kind: ClassVar[str] = "escalated"
    answer_by: date
    step: Step | None = None
    to: str = Role.SUPERVISOR.value


@dataclass(frozen=True)
class InReview:
    """An expert must look; `comment` says why when a person sent it there."""

    kind: ClassVar[str] = "in-review"
    comment: str = ""


@dataclass(frozen=True)
class GatesCleared:
    """The expert cleared gates, each with a reason, and entered what the service asks of him."""

    kind: ClassVar[str] = "gates-cleared"
    cleared: Mapping[str, str]
    note: str = ""
    entered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Assigned:
    """An expert has the case, by staff id and name; empty: it is all experts' again.

    `by_rule` says that the centre chose, since who wanted it has to do with the case; `reason` is
    why somebody else has it.
    """

    kind: ClassVar[str] = "assigned"
    expert: str
    name: str
    reason: str = ""
    by_rule: bool = False


@dataclass(frozen=True)
class Recommended:
    """The expert proposed what is to come of the case.

    `signer` is the role that signs it next; empty where a second signature is not enforced: then
    it took effect at once.
    """

    kind: ClassVar[str] = "recommended"
    recommendation: Recommendation
    by: str
    by_name: str
    signer: str = ""


@dataclass(frozen=True)
class Countersigned:
    """A second person agreed with what was proposed."""

    kind: ClassVar[str] = "countersigned"


@dataclass(frozen=True)
class Challenged:
    """A second person did not agree, as in `commands.Challenge`; `to` is the role whose turn it is:
    the expert's, or the supervisor's once two did not agree."""

    kind: ClassVar[str] = "challenged"
    item: str
    reason: str
    wanted: str
    comment: str
    to: str


@dataclass(frozen=True)
class RefusedByExpert:
    """The expert refused; the centre writes the letter."""

    kind: ClassVar[str] = "refused-by-expert"
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Returned:
    """Back at the counter, for documents or correction, until a day."""

    kind: ClassVar[str] = "returned"
    comment: str
    defects: tuple[Defect, ...]
    until: date


@dataclass(frozen=True)
class Amended:
    """Answers and documents changed."""

    kind: ClassVar[str] = "amended"
    changes: Mapping[str, str]
    documents: tuple[SeenDocument, ...]


@dataclass(frozen=True)
class LetterIssued:
    """The centre issued words, number and signature."""

    kind: ClassVar[str] = "letter-issued"
    letter: Letter


@dataclass(frozen=True)
class LetterReleased:
    """The letter may be printed: who released it and the sha256 of copy 1.

    `unseen` and `signature` as in `ReleaseLetter`; `key` is the public half that proves it, so that
    it can be checked whoever the person is by then. Both are empty in facts of before. `own` says
    that nobody else was at work: who registered it released it, and it is looked at again.
    """

    kind: ClassVar[str] = "letter-released"
    letter_id: str
    release: Release
    sha256: str
    layout: int
    unseen: bool = False
    signature: str = ""
    key: str = ""
    own: bool = False


@dataclass(frozen=True)
class LetterPrinted:
    """A copy came out on paper, on so many `pages` (facts of before take each for one), which are
    those `sheets` where they have numbers."""

    kind: ClassVar[str] = "letter-printed"
    letter_id: str
    copy: int
    sha256: str
    printer: str
    reason: str
    pages: int = 1
    sheets: SheetRun | None = None


@dataclass(frozen=True)
class HandedOver:
    """The letter was given to a person; `void` says that it no longer was in force by then, which
    who gave it had not heard."""

    kind: ClassVar[str] = "handed-over"
    letter_id: str
    receiver: str
    receiver_id: str
    seen: tuple[str, ...]
    void: bool = False


@dataclass(frozen=True)
class LetterVoided:
    """The letter is no longer in force; its number is spent.

    `witness` is the staff id of the office's second person, where the manager ended it; `alone`
    says that nobody else was at work.
    """

    kind: ClassVar[str] = "letter-voided"
    letter_id: str
    reason: str
    witness: str = ""
    alone: bool = False


@dataclass(frozen=True)
class Withdrawn:
    """The applicant withdrew."""

    kind: ClassVar[str] = "withdrawn"
    reason: str


@dataclass(frozen=True)
class SecondLooked:
    """A supervisor looked again. `recall` asks the manager to void a letter already released.

    Where it is wrong, `part` and `reason` say what (`domain.second_look.FAULTS`), `item` of which
    condition or value of the record; all three are empty in facts of before.
    """

    kind: ClassVar[str] = "second-looked"
    right: bool
    comment: str
    recall: bool = False
    part: str = ""
    item: str = ""
    reason: str = ""


@dataclass(frozen=True)
class DoubleTold:
    """Another office has an open case for the same property or inquiry letter; both are told."""

    kind: ClassVar[str] = "double-told"
    office: str
    tracking: str
    shared: Shared = Shared.PROPERTY


@dataclass(frozen=True)
class RecordsTakenBack:
    """The records that the case's letters rest on were taken back; a released one is to be void."""

    kind: ClassVar[str] = "records-taken-back"
    reason: str


@dataclass(frozen=True)
class MessageFailed:
    """A message to the citizen did not arrive: of which occasion, to which number, and why.

    `message_id` is the id of the fact that it told of.
    """

    kind: ClassVar[str] = "message-failed"
    message_id: str
    occasion: str
    mobile: str
    cause: str


@dataclass(frozen=True)
class MessageResent:
    """The number was mended at the counter, and what had not arrived is told again.

    `until` is the last day of the term that it tells, which holidays may have put off since.
    """

    kind: ClassVar[str] = "message-resent"
    message_id: str
    occasion: str
    mobile: str
    until: date | None = None


@dataclass(frozen=True)
class ConflictSettled:
    """Of two values that stood side by side the centre's stays: nobody need choose any more.

    `item` is the id of the fact that told of them (`CommandRefused`), `key` the answer's.
    """

    kind: ClassVar[str] = "conflict-settled"
    item: str
    key: str


# Money: what is due, taken, claimed, matched, given back, or was never taken.


@dataclass(frozen=True)
class FeeDue:
    """The office's fee or a visit's must be taken, Rial; the municipality's by these ids."""

    kind: ClassVar[str] = "fee-due"
    fee: str
    amount: int
    bill_id: str = ""
    payment_id: str = ""


@dataclass(frozen=True)
class FeePaid:
    """The fee was taken; `taken_at` when (UTC), where the centre heard of it on another day."""

    kind: ClassVar[str] = "fee-paid"
    fee: str
    payment: Payment
    taken_at: datetime | None = None


@dataclass(frozen=True)
class AmountsDue:
    """What is owed before an answer, each with its ids; `beside` what is awaited besides."""

    kind: ClassVar[str] = "amounts-due"
    owed: tuple[Owed, ...]
    beside: bool = False


@dataclass(frozen=True)
class AmountPaid:
    """One owed sum was settled; `taken_at` as of `FeePaid`."""

    kind: ClassVar[str] = "amount-paid"
    key: str
    payment: Payment
    taken_at: datetime | None = None


@dataclass(frozen=True)
class AllSettled:
    """The last owed sum was settled: the centre decides again."""

    kind: ClassVar[str] = "all-settled"


@dataclass(frozen=True)
class PaymentClaimed:
    """The applicant says that an owed sum is paid, and the records don't know it: finance looks."""

    kind: ClassVar[str] = "payment-claimed"
    key: str
    payment: Payment


@dataclass(frozen=True)
class ClaimAnswered:
    """Finance found the payment, or not; `comment` says what it saw."""

    kind: ClassVar[str] = "claim-answered"
    key: str
    right: bool
    comment: str


@dataclass(frozen=True)
class PaymentMatched:
    """At the close of a day: terminal or bank have the payment, or not, and what is known of it."""

    kind: ClassVar[str] = "payment-matched"
    mark: str
    right: bool
    note: str = ""


@dataclass(frozen=True)
class FeeRefunded:
    """A fee was given back from the purse it came into; `taken_at`, back by the citizen, as of
    `FeePaid`."""

    kind: ClassVar[str] = "fee-refunded"
    mark: str
    reason: str
    reference: str
    taken_at: datetime | None = None


@dataclass(frozen=True)
class PaymentVoided:
    """An entry of the book was wrong: that money never came, and its sum is due again."""

    kind: ClassVar[str] = "payment-voided"
    mark: str
    reason: str


CaseFact = (
    Registered
    | FeeDue
    | FeePaid
    | Decided
    | AmountsDue
    | AmountPaid
    | AllSettled
    | VisitDue
    | SlotBooked
    | SlotMoved
    | VisitMissed
    | VisitReported
    | Escalated
    | InReview
    | GatesCleared
    | Assigned
    | Recommended
    | Countersigned
    | Challenged
    | RefusedByExpert
    | SentToCommission
    | CommissionDecided
    | OnAgenda
    | RulingServed
    | RulingObjected
    | RulingFinal
    | FineCleared
    | Returned
    | Amended
    | LetterIssued
    | LetterReleased
    | LetterPrinted
    | HandedOver
    | LetterVoided
    | LetterRecalled
    | LetterUpheld
    | VoidTold
    | SheetSpoiled
    | CopyAsked
    | CopyAnswered
    | CopyGiven
    | Withdrawn
    | SecondLooked
    | PaymentClaimed
    | ClaimAnswered
    | PaymentMatched
    | FeeRefunded
    | PaymentVoided
    | DoubleTold
    | RecordsTakenBack
    | MessageFailed
    | MessageResent
    | ConflictSettled
    | Consulted
    | ConsulteeReminded
    | ConsulteeReplied
    | ConsultationDropped
    | ReplyLate
    | StepWarned
    | ObjectionLaid
    | ObjectionAnswered
    | ObjectionSigned
    | ObjectionTold
    | VisitOrdered
    | PassedOn
    | TakenOver
    | ActedElsewhere
)
