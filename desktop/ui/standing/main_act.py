"""The main act of a case on the outcome page, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.actions.board import next_step
from desktop.actions.standing import Standing
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.commission_commands import ServeRuling
from desktop.domain.fees import OFFICE_FEE
from desktop.domain.persian import join_and, to_persian_digits
from desktop.domain.serving import unserved
from desktop.domain.state import ANSWERED, State
from desktop.ui.standing.case import reviewer

Does = Literal["letter", "fee", "pay", "book", "case", "next"]


@dataclass(frozen=True)
class MainAct:
    """The main button, what it does, a key beside Ctrl+Enter, and the sentence beside it."""

    does: Does
    words: str
    icon: str
    also: str = ""
    sentence: str = ""


FEE_BUTTONS = {"office": "کارمزد", "visit": "هزینهٔ بازدید"}


def takes_with_visit(case: Case) -> bool:
    """Whether the fee to take is the visit's, taken together with the half-day."""
    return case.state is State.VISIT_DUE and case.fee_to_take != OFFICE_FEE


def main_act(standing: Standing, case: Case, barrier: str) -> MainAct:
    """What this person does next; `barrier` is why they may not stamp the answer, empty when may.

    What waits for somebody else leads to the next citizen.
    """
    settled = standing.view.settled
    if case.fee_to_take and not takes_with_visit(case):
        turn = ""
        if case.state is State.FEE_DUE:
            turn = "پس از پرداخت، درخواست نزد مرکز می‌رود"
        words = f"دریافت {FEE_BUTTONS[case.fee_to_take]}"
        return MainAct("fee", words, "credit-card", "F12", turn)
    if case.state in ANSWERED and case.answer is not None:
        if case.recalls(case.answer):
            turn = "نامه باید ابطال شود و تحویل نمی‌شود"
            return MainAct("letter", "دیدن نامه", "file-off", "F9", turn)
        return _of_letter(standing, case, case.answer, barrier)
    match case.state:
        case State.PAY_DUE if case.asked:
            turn = "پس از آخرین پرداخت، پاسخ خودکار می‌رسد"
            return MainAct("pay", "ثبت پرداخت", "cash-banknote", "F12", turn)
        case State.VISIT_DUE if case.due_fee("visit"):
            turn = "پس از پرداخت، نوبت قطعی و برگ آن چاپ می‌شود"
            return MainAct("book", "دریافت هزینه و چاپ برگ نوبت", "credit-card", "F8", turn)
        case State.VISIT_DUE:
            return MainAct("book", "ثبت نوبت و چاپ برگ آن", "printer", "F8")
        case State.BOOKED if settled is not None and settled.slot is not None:
            return _next("پرونده نزد مأمور بازدید است")
        case State.COMMISSION if next_step(case) == ServeRuling.kind:
            left = to_persian_digits(f"ابلاغ به {unserved(case)} نفر مانده است")
            return MainAct("case", "ابلاغ رأی", "send", "", left)
        case State.RETURNED:
            turn = "اصلاح در صفحهٔ پرونده است"
            return MainAct("case", "اصلاح درخواست", "pencil", "", turn)
        case State.IN_REVIEW:
            return _next(f"پرونده نزد {reviewer(case)} است")
    return _next(_TURNS[case.state])


def _next(turn: str) -> MainAct:
    return MainAct("next", "درخواست بعدی", "file-plus", "F2", turn)


_COMES, _HANDED = "پاسخ مرکز خودکار می‌رسد", "نامه تحویل شده است"
# Whose turn it is where it is not the office's; the office always has its own of the two others.
_TURNS = {
    State.REGISTERED: _COMES,
    State.FEE_DUE: _COMES,
    State.DECIDING: _COMES,
    State.VOIDED: _COMES,
    State.RECOMMENDED: "نظر کارشناس در انتظار امضای دوم است",
    State.COMMISSION: "پرونده نزد کمیسیون است",
    State.CONSULTING: "پاسخ مرجع دیگری مانده است",
    State.PAY_DUE: "رسید نزد امور مالی است",
    State.BOOKED: "نوبت در صف ارسال است؛ برگ آن پس از تأیید مرکز چاپ می‌شود",
    State.ISSUED: "پاسخ آماده شده است",
    State.RELEASED: "پاسخ صادر شده است",
    State.REPLY_DUE: f"{_HANDED}؛ پاسخ شرکت مانده است",
    State.HANDED_OVER: _HANDED,
    State.WITHDRAWN: "پرونده پایان یافته است",
    State.PASSED_ON: "پرونده به دفتر دیگری سپرده شده است",
}


def _of_letter(standing: Standing, case: Case, held: CaseLetter, barrier: str) -> MainAct:
    if held.handed_to:
        return _next(_TURNS[case.state])
    if held.release is not None and held.on_paper:
        return MainAct("letter", "تحویل نامه", "user-check", "F9", "نامه آمادهٔ تحویل است")
    if held.release is not None:
        turn = "نامه مهر شده است؛ چاپ آن مانده است"
        return MainAct("letter", "چاپ نامه", "printer", "F9", turn)
    if against := standing.against(held.letter.letter_id):
        return _next(against)
    if barrier:
        return _next(f"نامه در کارتابل {join_and(list(standing.managers))} است تا مهر شود")
    return MainAct("letter", "خواندن و مهر نامه", "rubber-stamp", "F9", "نامه با شماست تا مهر شود")
