"""A case as one line of a list: short number, chip, next step, deadline, when it was received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.actions.board import QueueCase, Rank
from desktop.domain import commands as c
from desktop.domain.calendar import TEHRAN, format_day_month, format_jalali, jalali
from desktop.domain.identifiers import short_number as short_number
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import ANSWERED, ENDS, State
from desktop.ui import places
from desktop.ui.standing.chips import chip_of
from desktop.ui.standing.next_act import NextAct
from desktop.ui.times import time_of
from desktop.ui.widgets.told.chip import ChipLook

NOTHING = "—"


@dataclass(frozen=True)
class CaseLine:
    """What a list shows of a case; `over` is a deadline that is past or close.

    `office` is told where there are several, `address` and `phone` to who goes there, `sought`
    (Rial) to who looks for it, `came_from` of a case that another office had before.
    """

    case_id: str
    number: str
    chip: ChipLook
    applicant: str
    service: str
    next: NextAct
    deadline: str
    over: bool
    received: str
    office: str = ""
    address: str = ""
    phone: str = ""
    came_from: str = ""
    sought: str = ""


def from_words(line: CaseLine) -> str:
    """«از دفتر پیشخوان ۲۱»; empty for a case that began here."""
    return f"از {line.came_from}" if line.came_from else ""


def whole_code(tracking: str) -> str:
    """«۲۱-۰۵۰۹۰۳-۰۲-۰۰۳۲-۷», with or without its hyphens."""
    return isolate(to_persian_digits(plain_code(tracking)))


def plain_code(tracking: str) -> str:
    """«21-050903-02-0032-7», for other programs."""
    bare = tracking.replace("-", "")
    return "-".join((bare[:-13], bare[-13:-7], bare[-7:-5], bare[-5:-1], bare[-1:]))


def received_words(moment: datetime, today: date) -> str:
    """«امروز ۱۰:۴۴», «دیروز ۹:۱۲», «۲۵ آبان»; with its year when that is another one."""
    day = moment.astimezone(TEHRAN).date()
    if day == today:
        return f"امروز {time_of(moment)}"
    if day == today - timedelta(days=1):
        return f"دیروز {time_of(moment)}"
    same_year = jalali(day)[0] == jalali(today)[0]
    return format_day_month(day) if same_year else isolate(format_jalali(day))


def left_words(due_on: date, today: date) -> str:
    """«۶ روز», «امروز», «۱ روز گذشته»."""
    days = (due_on - today).days
    if days < 0:
        return to_persian_digits(f"{-days} روز گذشته")
    return "امروز" if days == 0 else to_persian_digits(f"{days} روز")


def deadline(state: State, due_on: date, today: date, red_days: int = 0) -> tuple[str, bool]:
    """The deadline in words and whether it is red: past, or among the term's last red days.

    A closed case has none; an answered one only once it is past and not handed over, or where a
    utility is to reply.
    """
    left = (due_on - today).days
    waits_for_none = state in ANSWERED and state is not State.REPLY_DUE
    if state in ENDS or (waits_for_none and left >= 0):
        return NOTHING, False
    return left_words(due_on, today), left < red_days


def step_words(until: date, today: date) -> str:
    """«تا ۱۲ آذر», «تا فردا», «تا امروز», «۲ روز از مهلت گذشته»."""
    days = (until - today).days
    if days < 0:
        return to_persian_digits(f"{-days} روز از مهلت گذشته")
    return f"تا {_NEAR[days]}" if days < len(_NEAR) else f"تا {format_day_month(until)}"


_NEAR = ("امروز", "فردا")


def soonest(
    of_case: tuple[str, bool], due_on: date, step_by: date | None, today: date
) -> tuple[str, bool]:
    """What the column of deadlines tells: of the step, once it was told, where that ends first."""
    if step_by is None or (of_case[0] != NOTHING and due_on < step_by):
        return of_case
    words = left_words(step_by, today) if step_by < today else step_words(step_by, today)
    return words, True


def last_days(service: Service | None) -> int:
    """How many of the last days of the service's term are red."""
    return (service.terms[-1].red_left or 0) if service is not None else 0


_ACTS: Mapping[str, NextAct] = {
    c.PayDue.kind: NextAct("ثبت پرداخت", True, "ثبت پرداخت", "cash-banknote", places.Outcome),
    c.BookVisit.kind: NextAct("گرفتن نوبت", True, "گرفتن نوبت", "calendar-event", places.Outcome),
    c.ServeRuling.kind: NextAct("ابلاغ رأی", True, "ابلاغ رأی", "send", places.Case),
    c.Amend.kind: NextAct("اصلاح", True, "اصلاح درخواست", "pencil", places.Case),
    c.ReleaseLetter.kind: NextAct(
        "تأیید و مهر", True, "تأیید و مهر نامه", "rubber-stamp", places.Letter
    ),
    c.PrintLetter.kind: NextAct("چاپ نامه", True, "چاپ نامه", "printer", places.Letter),
    c.HandOver.kind: NextAct("تحویل", True, "تحویل نامه", "user-check", places.Letter),
}
_FEE = NextAct("کارمزد", True, "دریافت کارمزد", "coins", places.Outcome)
_VISIT_FEE = NextAct("هزینهٔ بازدید", True, "هزینهٔ بازدید و نوبت", "calendar-event", places.Outcome)
_LOOK = NextAct("دیدن پاسخ مرکز", True, "دیدن پاسخ مرکز", "alert-triangle", places.Case)
VOID_LETTER = NextAct("ابطال نامه", True, "ابطال نامه", "file-off", places.Letter)
_ELSEWHERE: Mapping[State, str] = {
    State.REGISTERED: "پاسخ مرکز",
    State.DECIDING: "پاسخ مرکز",
    State.VOIDED: "تصمیم دوباره",
    State.RECOMMENDED: "امضای دوم",
    State.COMMISSION: "کمیسیون",
    State.CONSULTING: "پاسخ مرجع",
    State.REPLY_DUE: "پاسخ شرکت",
    State.BOOKED: NOTHING,
    State.HANDED_OVER: NOTHING,
    State.WITHDRAWN: NOTHING,
    State.PASSED_ON: NOTHING,
}
_OTHERS: Mapping[State, str] = {
    **_ELSEWHERE,
    State.FEE_DUE: NOTHING,
    State.VISIT_DUE: NOTHING,
    State.RETURNED: NOTHING,
    State.ISSUED: NOTHING,
    State.RELEASED: NOTHING,
    State.IN_REVIEW: "بررسی شهرداری",
    State.PAY_DUE: "امور مالی",
}
CITY_WAITS: Mapping[State, str] = {
    **_ELSEWHERE,
    State.FEE_DUE: "کارمزد دفتر",
    State.PAY_DUE: "پرداخت",
    State.VISIT_DUE: "گرفتن نوبت",
    State.RETURNED: "اصلاح در دفتر",
    State.IN_REVIEW: "کارشناس",
    State.ISSUED: "مهر دفتر",
    State.RELEASED: "تحویل",
}
"""What the municipality's list says that a case waits for, where nothing of it is one's own."""


def next_act(
    kind: str, state: State, *, slot_day: date | None = None, may_release: bool = True
) -> NextAct:
    """The next step by the kind of the counter's command; empty means it waits for others."""
    if kind == c.PayFee.kind:
        return _VISIT_FEE if state is State.VISIT_DUE else _FEE
    if kind == c.ReleaseLetter.kind and not may_release:
        return NextAct("مهر مسئول دفتر", False)
    if kind:
        return _ACTS[kind]
    if state is State.BOOKED and slot_day is not None:
        return NextAct(f"بازدید {format_day_month(slot_day)}", False)
    return NextAct(_OTHERS[state], False)


def next_of(case: QueueCase, *, may_release: bool) -> NextAct:
    """The next step of a case in the office's queue."""
    if case.recall:
        return VOID_LETTER
    if case.refused:
        return _LOOK
    if case.provisional and case.rank is not Rank.OURS:
        return NextAct("ارسال خودکار", False)
    # A debt letter waits for its stamp while the payment is the counter's next step.
    kind = c.ReleaseLetter.kind if may_release and case.to_release else case.next_step
    return next_act(kind, case.state, slot_day=case.slot_day, may_release=may_release)


def line_of(
    case: QueueCase, services: Mapping[str, Service], releases: frozenset[str], today: date
) -> CaseLine:
    """A case of the office as a line; `releases` are the services whose letters one may release."""
    service = services.get(case.service)
    whole = deadline(case.state, case.due_on, today, last_days(service))
    words, over = soonest(whole, case.due_on, case.step_by, today)
    return CaseLine(
        case_id=case.case_id,
        number=short_number(case.tracking),
        chip=chip_of(case.status, unsettled=case.provisional),
        applicant=to_persian_digits(case.applicant),
        service=service.short if service else case.service,
        next=next_of(case, may_release=case.service in releases),
        deadline=words,
        over=over,
        received=received_words(case.received_at, today),
        came_from=to_persian_digits(case.came_from),
    )
