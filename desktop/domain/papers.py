"""The office's unnumbered papers as values: receipt, visit slip, notice of missing documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.day_register import DayRegister
from desktop.domain.letter import LetterHead, Table
from desktop.domain.persian import to_persian_digits
from desktop.domain.report_words import ReportSection


@dataclass(frozen=True)
class PaidLine:
    """One sum taken at the counter, Rial, and how (method and reference)."""

    title: str
    amount: int
    method: str
    reference: str


@dataclass(frozen=True)
class AidLine:
    """What a paper says of the citizen who can't see, hear or read: how the declaration was told,
    who was there as a trusted person, and whether the finger stands for the hand."""

    told: str
    trusted: str
    masked_id: str
    fingerprint: bool


@dataclass(frozen=True)
class Receipt:
    """رسید ثبت درخواست (A5), DOMAIN.md §3.3 f; for a subdivision it starts the three months.

    `copy` counts from 1; a later one says on its face which it is. `id_label` names whose id it is,
    `promise_label` whether the answer is to come or is there. With an `aid` it is in large print.
    """

    head: LetterHead
    tracking_code: str
    service: str
    applicant: str
    id_label: str
    masked_id: str
    property: str
    received_at: datetime
    documents: tuple[str, ...]
    payments: tuple[PaidLine, ...]
    promise_label: str
    promise: str
    clerk: str
    sample: bool
    copy: int = 1
    aid: AidLine | None = None


@dataclass(frozen=True)
class PrinterCheck:
    """The page that a printer is tried with: whose machine, which printer, when, all in words."""

    title: str
    head: LetterHead
    desk: str
    printer: str
    at: str


@dataclass(frozen=True)
class PasswordSlip:
    """برگ گذرواژهٔ یک‌بارمصرف (A5): whose code it is, until when (UTC), and who gives it."""

    head: LetterHead
    name: str
    role: str
    office: str
    code: str
    expires: datetime
    by: str
    sample: bool


@dataclass(frozen=True)
class Slip:
    """برگ نوبت بازدید (A5), DOMAIN.md §3.3 e; `window` is «۸:۰۰ تا ۱۱:۰۰».

    `whose` the place is for the visit, owner or who holds it, and the `paper` that shows it.
    `made_at` tells a slip from the one before it, which holds no more once the visit was moved.
    `large` is print for who sees little, or has it read by another.
    """

    head: LetterHead
    tracking_code: str
    service: str
    applicant: str
    property: str
    address: str
    day: date
    window: str
    district: str
    inspector: str
    attending: str
    whose: str
    paper: str
    fee: str
    made_at: datetime
    sample: bool
    large: bool = False


@dataclass(frozen=True)
class Defect:
    """A document that is missing or wrong, and how to mend it."""

    document: str
    fault: str
    remedy: str


@dataclass(frozen=True)
class NeededPaper:
    """A document that a request asks for: why, and in plain words how to come by it."""

    title: str
    why: str
    remedy: str

    @property
    def words(self) -> str:
        """«وکالت‌نامهٔ رسمی (چون وکیل): اصل آن را بیاورید.»."""
        why = f" ({self.why})" if self.why else ""
        remedy = f": {self.remedy}" if self.remedy else "."
        return to_persian_digits(f"{self.title}{why}{remedy}")


@dataclass(frozen=True)
class Checklist:
    """What a citizen brings for a service in one standing (A5); money in Rial."""

    head: LetterHead
    service: str
    purpose: str
    applicant: str
    needed: tuple[NeededPaper, ...]
    fee: int
    visit_fee: int
    promise: str
    told_on: date
    sample: bool


@dataclass(frozen=True)
class Precheck:
    """What the records would say today (A5), before anything is registered; money in Rial.

    `found` and `answer` are words; `reasons` what stands against a plain answer; `owed` what the
    answer would ask to be paid.
    """

    head: LetterHead
    service: str
    applicant: str
    property: str
    found: str
    answer: str
    reasons: tuple[str, ...]
    missing: tuple[NeededPaper, ...]
    fee: int
    visit_fee: int
    owed: int
    promise: str
    told_on: date
    sample: bool


@dataclass(frozen=True)
class CheckSlip:
    """What was said of a letter whose paper somebody brought (A5).

    `verdict`, `why`, `file` and `differing` are sentences, all but the first perhaps empty; `rows`
    are what the letter says, by label; `voids` says to which day those were looked at.
    """

    head: LetterHead
    verdict: str
    why: str
    file: str
    differing: str
    voids: str
    rows: tuple[tuple[str, str], ...]
    checked_at: datetime
    checked_by: str
    sample: bool


@dataclass(frozen=True)
class CommissionNotice:
    """A referral to the commission of Article `100` or `5`, or its ruling (A5).

    `referred_by` is the expert who sent it there, `note` his reason. `number` is empty until there
    is a ruling; `objection` is the way against it. Of those in `against` each is given a paper of
    his own; a ruling of before names nobody, and its receiver writes himself in.
    """

    head: LetterHead
    tracking_code: str
    service: str
    applicant: str
    property: str
    told_on: date
    article: str
    referred_by: str
    referred_on: date | None
    note: str
    result: str
    number: str
    decided_on: date | None
    objection: str
    clerk: str
    sample: bool
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgendaCase:
    """A case of a commission's session."""

    tracking_code: str
    applicant: str
    property: str
    service: str
    waits: str


@dataclass(frozen=True)
class SessionAgenda:
    """دستور جلسهٔ کمیسیون (A5): the cases of a session, in the order of their referral."""

    head: LetterHead
    article: str
    session: str
    held_on: date
    cases: tuple[AgendaCase, ...]
    sample: bool


@dataclass(frozen=True)
class DeficiencyNotice:
    """اعلام نقص مدارک (A5), DOMAIN.md §3.3 d; `until` is the last day to mend.

    `answer_by` is the day that the answer is promised for; `comment` says what else lacks, and
    `clerk` of the office is who tells it, in that `capacity`.
    """

    head: LetterHead
    tracking_code: str
    service: str
    applicant: str
    property: str
    told_on: date
    until: date
    answer_by: date
    defects: tuple[Defect, ...]
    comment: str
    capacity: str
    clerk: str
    sample: bool


@dataclass(frozen=True)
class GoesOnNotice:
    """اطلاع به متقاضی (A5): his request goes on at this office; `former` had it before, till `act`.

    `hours` are empty where nobody told them; `answer_by` is the promised day, as it was.
    """

    head: LetterHead
    tracking_code: str
    service: str
    applicant: str
    property: str
    told_on: date
    former: str
    act: str
    name: str
    address: str
    phone: str
    hours: str
    answer_by: date
    clerk: str
    sample: bool


@dataclass(frozen=True)
class TillSheet:
    """برگ صندوق (A5): a day's cash book, Rial.

    `standing` says whether it is closed, `counts` what each side counted, `notes` what was said of
    a difference. `manager` is who answers for the till.
    """

    head: LetterHead
    day: date
    standing: str
    sums: Table
    counts: Table
    entries: Table
    notes: tuple[str, ...]
    manager: str
    told_on: date
    sample: bool


@dataclass(frozen=True)
class RegisterPaper:
    """دفتر روز (A4): a day's register, `by` whom it was closed; nobody yet, it is a draft.

    `gaps` are numbers after which a letter is missing: only a draft can have some.
    """

    head: LetterHead
    register: DayRegister
    by: str
    sample: bool
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegisterSheet:
    """اندیکاتور نامه‌ها یا فهرست درخواست‌ها (A4): a register of a time, as `title` says; `offices`
    are words for whose it is, empty where the head tells it."""

    head: LetterHead
    title: str
    period: str
    table: Table
    told_on: date
    sample: bool
    offices: str = ""


@dataclass(frozen=True)
class CityReport:
    """گزارش وضعیت شهر (A4): figures of all offices over days; `about` says of which.

    `numbers` are (words, value), `tables` (name, table).
    """

    head: LetterHead
    about: str
    numbers: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, Table], ...]
    told_on: date
    sample: bool


@dataclass(frozen=True)
class FeeStatement:
    """صورت کارمزد دفتر (A4): a month of the office's own fees, Rial.

    `standing` tells until when they are counted where the month is not over; `doubted` is what the
    terminal is said not to have.
    """

    head: LetterHead
    month: str
    standing: str
    holder: str
    licence: str
    services: Table
    days: Table
    total: int
    doubted: int
    told_on: date
    sample: bool


@dataclass(frozen=True)
class PlannedVisit:
    """A visit of a round; `window` is «۸:۰۰ تا ۱۱:۰۰», `attending` who will be there.

    `inspector` is told where the round is not one person's alone.
    """

    window: str
    address: str
    property: str
    applicant: str
    phone: str
    attending: str
    service: str
    tracking_code: str
    inspector: str = ""


@dataclass(frozen=True)
class VisitRound:
    """فهرست بازدیدهای روز (A5): an inspector's visits of a day, in the order they are made.

    Without an `inspector` those of all of them, one after the other, each on pages of his own.
    """

    head: LetterHead
    day: date
    inspector: str
    visits: tuple[PlannedVisit, ...]
    sample: bool


class PackPart(StrEnum):
    """What of a visit the inspector takes along on paper."""

    SLIP = "slip"
    RECORD = "record"
    REPORT = "report"

    @property
    def word(self) -> str:
        """The words on screen."""
        return _PACK_PARTS[self]


_PACK_PARTS = {
    PackPart.SLIP: "برگ نوبت",
    PackPart.RECORD: "سابقهٔ ملک و کروکی",
    PackPart.REPORT: "گزارش خام برای نوشتن",
}


@dataclass(frozen=True)
class PackedVisit:
    """A visit of the pack: what the round's list tells of it, what to look at there, what the
    records hold of the property (label, value); without a record `record` is empty."""

    planned: PlannedVisit
    way: str
    asks: tuple[str, ...]
    record: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class VisitPack:
    """بستهٔ بازدید (A4): of each visit of a day the chosen parts, in the order of the way."""

    head: LetterHead
    day: date
    inspector: str
    parts: tuple[PackPart, ...]
    visits: tuple[PackedVisit, ...]
    sample: bool


@dataclass(frozen=True)
class ReportPaper:
    """گزارش بازدید (A4): what an inspector measured and saw at a property, as he signed it.

    `about` are (label, value) rows of the case and the property.
    """

    head: LetterHead
    tracking_code: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[ReportSection, ...]
    inspector: str
    sample: bool


@dataclass(frozen=True)
class RecordSums:
    """برگهٔ جمع‌ها (A5): an import of the city's records in counts and sums, beside the one in force.

    `pairs` say what is compared, `causes` what holds it back, `told` what of its rows is told.
    """

    head: LetterHead
    pairs: tuple[tuple[str, str], ...]
    sums: Table
    causes: tuple[str, ...]
    told: tuple[str, ...]
    supervisor: str
    told_on: date
    sample: bool


@dataclass(frozen=True)
class OfficeSlip:
    """برگهٔ نشانی (A5): where a citizen goes for a service, when, and with what.

    `head` is the office's that prints it. `hours` are those of the week, `unusual` the coming days
    that are not as the week says; `distance` and `phone` are empty where nobody knows, `opens`
    where it was open when this was printed, at `told`.
    """

    head: LetterHead
    service: str
    office: str
    address: str
    phone: str
    opens: str
    hours: str
    unusual: tuple[str, ...]
    distance: str
    step_free: bool
    bring: tuple[str, ...]
    told: str
    sample: bool


@dataclass(frozen=True)
class WallList:
    """فهرست دیواری (A4): by neighbourhood the offices of a service, whether open now or not.

    `places` has a row a neighbourhood with the two that are nearest, `offices` tells where each of
    these is, its telephone and its hours.
    """

    head: LetterHead
    service: str
    places: Table
    offices: Table
    told_on: date
    sample: bool


@dataclass(frozen=True)
class OfficeList:
    """فهرست دفترها (A4): the registry as it stood; `looked_for` is what it was narrowed to."""

    head: LetterHead
    looked_for: str
    offices: Table
    told_at: datetime
    sample: bool


@dataclass(frozen=True)
class WrongAnswer:
    """An answer of a lesson as it was given and as it is right, with the story's words and rule."""

    label: str
    given: str
    right: str
    why: str
    rule: str


@dataclass(frozen=True)
class LessonExplanation:
    """توضیح درس (A5): the story of a lesson and its wrong answers, for who took it."""

    head: LetterHead
    service: str
    lesson: str
    person: str
    score: str
    told_on: date
    story: tuple[str, ...]
    wrong: tuple[WrongAnswer, ...]
    sample: bool


@dataclass(frozen=True)
class TrainingCard:
    """کارت آموزش (A5): who passed the lessons of which service, as in force from which day, when.

    `known` tells from which day the centre counts it, or that it does not know of it yet.
    """

    head: LetterHead
    person: str
    title: str
    service: str
    in_force_from: date
    lessons: int
    score: str
    passed_on: date
    known: str
    sample: bool


@dataclass(frozen=True)
class TrainingSheet:
    """آموزش متصدیان: which office has how many trained people for which service.

    One table on a sheet of A3, or several, each of some services, on A4; both lie on their side.
    """

    head: LetterHead
    day: date
    count: str
    tables: tuple[Table, ...]
    wide: bool
    sample: bool
