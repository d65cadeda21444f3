"""Commands: what a person asks to happen to a case, or to the office's day.

Lawful at the office, decided at the centre.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, get_args

from desktop.domain.act import Act
from desktop.domain.commission_commands import ClearFine as ClearFine
from desktop.domain.commission_commands import EndRulingTerm as EndRulingTerm
from desktop.domain.commission_commands import EnterCommissionResult as EnterCommissionResult
from desktop.domain.commission_commands import ObjectToRuling as ObjectToRuling
from desktop.domain.commission_commands import PutOnAgenda as PutOnAgenda
from desktop.domain.commission_commands import SendToCommission as SendToCommission
from desktop.domain.commission_commands import ServeRuling as ServeRuling
from desktop.domain.consultation import Reply
from desktop.domain.contest import Contested, Correction, Stage
from desktop.domain.day_register import CloseDay as CloseDay
from desktop.domain.elsewhere import GiveCopy as GiveCopy
from desktop.domain.elsewhere import TellCopy as TellCopy
from desktop.domain.letter import Proof
from desktop.domain.paper import AnswerCopy as AnswerCopy
from desktop.domain.paper import AskCopy as AskCopy
from desktop.domain.paper import SpoilSheet as SpoilSheet
from desktop.domain.papers import Defect
from desktop.domain.recall_commands import RecallLetter as RecallLetter
from desktop.domain.recall_commands import TellVoid as TellVoid
from desktop.domain.recall_commands import UpholdLetter as UpholdLetter
from desktop.domain.recall_commands import VoidLetter as VoidLetter
from desktop.domain.recall_commands import VoidRecalled as VoidRecalled
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
from desktop.domain.stamped_sheets import DropSheets as DropSheets
from desktop.domain.stamped_sheets import SheetRun
from desktop.domain.stamped_sheets import TakeSheets as TakeSheets
from desktop.domain.step import Step
from desktop.domain.told_paper import TellPaper as TellPaper


@dataclass(frozen=True)
class Register:
    """A request is put in."""

    kind: ClassVar[str] = "register"
    request: Request


@dataclass(frozen=True)
class PayFee:
    """The office's fee (`office`) or the visit's (`visit`) was taken."""

    kind: ClassVar[str] = "pay-fee"
    fee: str
    payment: Payment


@dataclass(frozen=True)
class PayDue:
    """One owed sum, named by its key, was settled."""

    kind: ClassVar[str] = "pay-due"
    key: str
    payment: Payment


@dataclass(frozen=True)
class BookVisit:
    """A free half-day is asked for, and who will be there."""

    kind: ClassVar[str] = "book-visit"
    slot: Slot
    attending: str
    mobile: str


@dataclass(frozen=True)
class MoveVisit:
    """Another half-day in place of the booked one.

    The counter's is one to come; the inspector's the day on which the visit took place. The planner
    may say with whom, too: `inspector` is a staff id.
    """

    kind: ClassVar[str] = "move-visit"
    slot: Slot
    reason: str
    inspector: str = ""


@dataclass(frozen=True)
class MissVisit:
    """The visit did not happen, by one of the causes of `counter.MISSED`.

    `at` is when the inspector stood there (UTC), `photo` what he saw of the door.
    """

    kind: ClassVar[str] = "miss-visit"
    cause: str
    note: str
    at: datetime | None = None
    photo: DocumentFile | None = None


@dataclass(frozen=True)
class ReportVisit:
    """The inspector's report."""

    kind: ClassVar[str] = "report-visit"
    report: VisitReport


@dataclass(frozen=True)
class ClearGates:
    """The expert clears failing gates, each with a reason; the centre decides again.

    `entered` are the values that the service asks of the expert, by field key, as kept; what was
    left empty is there and empty.
    """

    kind: ClassVar[str] = "clear-gates"
    cleared: Mapping[str, str]
    note: str = ""
    entered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Recommend:
    """The expert proposes a letter, positive or negative; another person signs it or disagrees."""

    kind: ClassVar[str] = "recommend"
    recommendation: Recommendation


@dataclass(frozen=True)
class Countersign:
    """The second person agrees with the expert: what was proposed takes effect."""

    kind: ClassVar[str] = "countersign"


@dataclass(frozen=True)
class Challenge:
    """The second person disagrees: about which condition (`item`, its gate; empty for the whole),
    why (`ChallengeReason`), what is wanted instead (`AskedInstead`), and in words."""

    kind: ClassVar[str] = "challenge"
    item: str
    reason: str
    wanted: str
    comment: str


@dataclass(frozen=True)
class AssignCase:
    """Whose the case is to be among the experts, by staff id; empty gives it back to all."""

    kind: ClassVar[str] = "assign-case"
    expert: str
    reason: str = ""


@dataclass(frozen=True)
class RefuseCase:
    """The expert refuses, with numbered reasons and their articles."""

    kind: ClassVar[str] = "refuse-case"
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ReturnCase:
    """Back to the counter: for missing documents (`defects`) or for correction (`comment`)."""

    kind: ClassVar[str] = "return-case"
    comment: str
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True)
class Amend:
    """Changed answers by key (party keys `party.…`) and documents."""

    kind: ClassVar[str] = "amend"
    changes: Mapping[str, str]
    documents: tuple[SeenDocument, ...] = ()


@dataclass(frozen=True)
class ReleaseLetter:
    """First print with stamp: the sha256 of the drawn copy 1, its layout, stamp and day.

    `signature` is the person's own over letter, layout, copy and sha256, by the key for releases;
    empty from who has none. `proof` is what the copy itself carries of that person.

    The day stands on the drawn copy: it is the desk's, and the fact repeats it. `unseen` says that
    the person stamped it without having had it on screen to its end, and was asked.
    """

    kind: ClassVar[str] = "release-letter"
    letter_id: str
    sha256: str
    layout: int
    stamp: str
    on: date
    unseen: bool = False
    signature: str = ""
    proof: Proof | None = None


@dataclass(frozen=True)
class PrintLetter:
    """A copy went to paper, on so many `pages`; copies after the first have a reason. `sheets` are
    the stamped ones on which it stands, None where they have no numbers."""

    kind: ClassVar[str] = "print-letter"
    letter_id: str
    copy: int
    sha256: str
    printer: str
    reason: str = ""
    pages: int = 1
    sheets: SheetRun | None = None


@dataclass(frozen=True)
class HandOver:
    """The letter given to a person, with what was seen of them."""

    kind: ClassVar[str] = "hand-over"
    letter_id: str
    receiver: str
    receiver_id: str
    seen: tuple[str, ...]


@dataclass(frozen=True)
class Withdraw:
    """The applicant withdraws before an answer is issued."""

    kind: ClassVar[str] = "withdraw"
    reason: str


@dataclass(frozen=True)
class SecondLook:
    """The supervisor's second look at an instant answer: right, or returned with a comment.

    `part`, `item` and `reason` as of `facts.SecondLooked`.
    """

    kind: ClassVar[str] = "second-look"
    right: bool
    comment: str = ""
    part: str = ""
    item: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ClaimPayment:
    """The applicant holds a receipt of an owed sum that the records don't know yet."""

    kind: ClassVar[str] = "claim-payment"
    key: str
    payment: Payment


@dataclass(frozen=True)
class AnswerClaim:
    """Finance says whether the money is there."""

    kind: ClassVar[str] = "answer-claim"
    key: str
    right: bool
    comment: str = ""


@dataclass(frozen=True)
class MatchPayment:
    """The close of a day says of a payment whether terminal or bank have it."""

    kind: ClassVar[str] = "match-payment"
    mark: str
    right: bool
    note: str = ""


@dataclass(frozen=True)
class RefundFee:
    """A fee is given back, with the reason and the reference of its purse."""

    kind: ClassVar[str] = "refund-fee"
    mark: str
    reason: str
    reference: str


@dataclass(frozen=True)
class VoidPayment:
    """An entry of the book is wrong: the money never came. With the reason."""

    kind: ClassVar[str] = "void-payment"
    mark: str
    reason: str


@dataclass(frozen=True)
class TellDouble:
    """The centre saw an open case for the same thing at another office: its name and code."""

    kind: ClassVar[str] = "tell-double"
    office: str
    tracking: str
    shared: Shared = Shared.PROPERTY


@dataclass(frozen=True)
class TakeRecordsBack:
    """The centre took back the records that the case's letters rest on, with the reason."""

    kind: ClassVar[str] = "take-records-back"
    reason: str


@dataclass(frozen=True)
class Escalate:
    """The day by which a case was to be answered after its visit is over, and it is not.

    With a `step` it is what is promised of that one that ends soon, or ended.
    """

    kind: ClassVar[str] = "escalate"
    step: Step | None = None


@dataclass(frozen=True)
class Consult:
    """The expert asks another body by letter; `consultee` is its published name."""

    kind: ClassVar[str] = "consult"
    consultation_id: str
    consultee: str
    question: str


@dataclass(frozen=True)
class RemindConsultee:
    """A body that has not replied is asked again, by a day of its own."""

    kind: ClassVar[str] = "remind-consultee"
    consultation_id: str


@dataclass(frozen=True)
class EnterReply:
    """The reply of a body that was asked, with its scan."""

    kind: ClassVar[str] = "enter-reply"
    consultation_id: str
    reply: Reply


@dataclass(frozen=True)
class DropConsultation:
    """The question is taken back, with the reason."""

    kind: ClassVar[str] = "drop-consultation"
    consultation_id: str
    reason: str


@dataclass(frozen=True)
class TellLateReply:
    """The day by which a body was to reply is over, and it has not."""

    kind: ClassVar[str] = "tell-late-reply"
    consultation_id: str


@dataclass(frozen=True)
class FailMessage:
    """The gateway said that a message to the citizen did not arrive (`facts.MessageFailed`)."""

    kind: ClassVar[str] = "fail-message"
    message_id: str
    occasion: str
    mobile: str
    cause: str


@dataclass(frozen=True)
class ResendMessage:
    """The counter mends the number to which a message did not arrive; it is sent again."""

    kind: ClassVar[str] = "resend-message"
    message_id: str
    mobile: str


@dataclass(frozen=True)
class KeepTheirs:
    """Of two values that stand side by side the centre's stays (`facts.ConflictSettled`)."""

    kind: ClassVar[str] = "keep-theirs"
    item: str
    key: str


@dataclass(frozen=True)
class AnswerObjection:
    """The unit's answer to an objection.

    `reason` is from the service's list. Upheld: `corrections`, the `paper` that they rest on, from
    which day (`since`), and why one that came too late is `excused`. Rejected: `next` is the ground
    on which it can be taken further (`objection.Ground`).
    """

    kind: ClassVar[str] = "answer-objection"
    upheld: bool
    reason: str
    corrections: tuple[Correction, ...] = ()
    paper: str = ""
    since: date | None = None
    next: str = ""
    excused: str = ""
    comment: str = ""


@dataclass(frozen=True)
class OrderVisit:
    """The unit of an objection wants a visit before it answers: what is to be seen there."""

    kind: ClassVar[str] = "order-visit"
    reason: str


@dataclass(frozen=True)
class SignObjection:
    """The second person's word on the answer to an objection; not agreed needs a comment."""

    kind: ClassVar[str] = "sign-objection"
    agreed: bool
    comment: str = ""


@dataclass(frozen=True)
class TellObjection:
    """The centre tells a case how far an objection to it is (`facts.ObjectionTold`)."""

    kind: ClassVar[str] = "tell-objection"
    tracking: str
    contested: Contested
    stage: Stage


@dataclass(frozen=True)
class PassOn:
    """The centre gives the case to another office (its id), which finishes it, by that act."""

    kind: ClassVar[str] = "pass-on"
    office: str
    act: Act


CasePayload = (
    Register
    | PayFee
    | PayDue
    | BookVisit
    | MoveVisit
    | MissVisit
    | ReportVisit
    | ClearGates
    | Recommend
    | Countersign
    | Challenge
    | AssignCase
    | RefuseCase
    | ReturnCase
    | SendToCommission
    | EnterCommissionResult
    | PutOnAgenda
    | ServeRuling
    | ObjectToRuling
    | EndRulingTerm
    | ClearFine
    | Amend
    | ReleaseLetter
    | PrintLetter
    | HandOver
    | VoidLetter
    | RecallLetter
    | UpholdLetter
    | VoidRecalled
    | TellVoid
    | SpoilSheet
    | AskCopy
    | AnswerCopy
    | GiveCopy
    | Withdraw
    | SecondLook
    | ClaimPayment
    | AnswerClaim
    | MatchPayment
    | RefundFee
    | VoidPayment
    | TellDouble
    | TakeRecordsBack
    | Escalate
    | Consult
    | RemindConsultee
    | EnterReply
    | DropConsultation
    | TellLateReply
    | FailMessage
    | ResendMessage
    | KeepTheirs
    | AnswerObjection
    | OrderVisit
    | SignObjection
    | TellObjection
    | PassOn
)
"""What is asked of one case."""
OfficePayload = CloseDay | TakeSheets | DropSheets | TellPaper | TellCopy
"""What is of no case: its envelope's `case_id` is a name that nothing else bears."""
Payload = CasePayload | OfficePayload
PAYLOADS: Mapping[str, type[Payload]] = {payload.kind: payload for payload in get_args(Payload)}
SCHEMA = 1


@dataclass(frozen=True)
class Command:
    """The whole envelope (SYNC.md "What is kept"); `made_at` is the desk's corrected UTC time.

    `person_signature` is hex over the canonical envelope without it; empty where none is asked.
    """

    command_id: str
    case_id: str
    device_id: str
    device_seq: int
    actor: str
    base_rev: int
    made_at: datetime
    payload: Payload
    schema: int = SCHEMA
    person_signature: str = field(default="")

    @property
    def kind(self) -> str:
        """The payload's kind."""
        return self.payload.kind
