"""The chip of each status of a case: word, icon and colour, in this one table."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.case import Case
from desktop.domain.state import State
from desktop.domain.status import Status, of_state, status_of
from desktop.ui.widgets.told.chip import ChipLook

DRAFT = ChipLook("پیش‌نویس", "edit", "neutral")
UNSETTLED = ChipLook("در صف ارسال", "cloud-upload", "neutral", "dashed")
PAID = ChipLook("پرداخت شد", "circle-check", "ok")
HELD = ChipLook("متوقف نزد مرکز", "alert-triangle", "refuse")
CHIPS: Mapping[Status, ChipLook] = {
    Status.REGISTERED: ChipLook("ثبت شد", "check", "neutral"),
    Status.FEE_DUE: ChipLook("در انتظار کارمزد", "coins", "pay"),
    Status.PAY_DUE: ChipLook("در انتظار پرداخت", "cash-banknote", "pay"),
    Status.CLAIMED: ChipLook("رسید در بررسی مالی", "receipt", "review"),
    Status.DOCUMENTS: ChipLook("نقص مدارک", "paperclip", "pay"),
    Status.RETURNED: ChipLook("برگشت برای اصلاح", "arrow-back-up", "pay"),
    Status.VISIT_DUE: ChipLook("نیازمند نوبت", "calendar-event", "visit"),
    Status.BOOKED: ChipLook("نوبت بازدید", "calendar-check", "visit"),
    Status.MISSED: ChipLook("بازدید انجام نشد", "clock-exclamation", "refuse"),
    Status.IN_REVIEW: ChipLook("در دست بررسی", "eye-check", "review"),
    Status.RECOMMENDED: ChipLook("در انتظار امضای دوم", "user-check", "review"),
    Status.PLAIN: ChipLook("بی‌تغییر، در انتظار امضا", "user-check", "review"),
    Status.LAST_WORD: ChipLook("در انتظار نظر ناظر", "user-check", "review"),
    Status.COMMISSION: ChipLook("در کمیسیون", "gavel", "review"),
    Status.CONSULTING: ChipLook("در انتظار مرجع", "send", "review"),
    Status.REPLY_DUE: ChipLook("در انتظار شرکت", "send", "review", "line"),
    Status.REPLY_LATE: ChipLook("پاسخ مرجع دیر شد", "clock-exclamation", "refuse"),
    Status.ISSUED: ChipLook("در انتظار تأیید", "file-certificate", "ok"),
    Status.RELEASED: ChipLook("آمادهٔ تحویل", "rubber-stamp", "ok"),
    Status.HANDED_OVER: ChipLook("تحویل شد", "circle-check", "neutral", "line"),
    Status.REFUSED: ChipLook("پاسخ منفی", "ban", "refuse"),
    Status.RECALLED: ChipLook("ابطال خواسته شد", "file-off", "refuse"),
    Status.VOIDED: ChipLook("ابطال شد", "file-off", "refuse"),
    Status.WITHDRAWN: ChipLook("انصراف", "x", "neutral"),
    Status.PASSED_ON: ChipLook("سپرده شد", "arrows-exchange", "neutral", "line"),
}
# How far a negative answer is, as of any other, where there is room for it.
REFUSED_UNSTAMPED = ChipLook("پاسخ منفی، در انتظار تأیید", "ban", "refuse")
REFUSED_STAMPED = ChipLook("پاسخ منفی، آمادهٔ تحویل", "ban", "refuse")
_REFUSED = {State.ISSUED: REFUSED_UNSTAMPED, State.RELEASED: REFUSED_STAMPED}


def chip_of(status: Status, *, unsettled: bool = False) -> ChipLook:
    """The chip of a status; that the centre has not settled the last act stands before it."""
    return UNSETTLED if unsettled else CHIPS[status]


def chip_of_state(state: State) -> ChipLook:
    """The chip of a state where no case is at hand: of a filter, of a count."""
    return CHIPS[of_state(state)]


def chip_of_case(case: Case, *, unsettled: bool = False) -> ChipLook:
    """The chip of a case that is known by its facts."""
    status = status_of(case)
    if status is Status.REFUSED and not unsettled:
        return _REFUSED.get(case.state, CHIPS[status])
    return chip_of(status, unsettled=unsettled)
