"""Whether acts of money are lawful: fees, owed sums, claims, the close of a day, giving back."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.case import Case, what_of
from desktop.domain.cash import TAKEN_BY, back_of, refundable, taken_of
from desktop.domain.errors import Refusal
from desktop.domain.fees import fee
from desktop.domain.gates import Owed
from desktop.domain.money import format_rial
from desktop.domain.people import Role, Staff
from desktop.domain.persian import fold, is_blank
from desktop.domain.request import Payment
from desktop.domain.setting import Facts, Setting
from desktop.domain.state import BESIDE, State
from desktop.domain.stream import office_stream
from desktop.domain.tariff import Purse

_ASKS = BESIDE | {State.PAY_DUE}
_OTHER_PURSE = {
    Purse.OFFICE: "این مبلغ دفتر است و با کارت‌خوان دفتر دریافت می‌شود.",
    Purse.MUNICIPALITY: "این مبلغ شهرداری است و با شناسهٔ قبض و پرداخت به حساب آن واریز می‌شود.",
}


def _demand_payment(payment: Payment, amount: int, purse: Purse, setting: Setting) -> None:
    if payment.method not in TAKEN_BY[purse]:
        raise Refusal(_OTHER_PURSE[purse], field="method")
    if payment.amount != amount:
        raise Refusal(f"مبلغ باید {format_rial(amount)} باشد.", field="amount")
    if payment.paid_on > setting.today:
        raise Refusal("تاریخ پرداخت نمی‌تواند پس از امروز باشد.", field="paid_on")
    if is_blank(payment.reference):
        raise Refusal("شمارهٔ پیگیری پرداخت را وارد کنید.", field="reference")


def _asked(case: Case, key: str) -> Owed:
    """The owed sum, unless it is paid or finance looks for it."""
    if key in case.claims:
        raise Refusal("رسید این مبلغ نزد امور مالی است؛ دوباره دریافت نمی‌شود.")
    owed = next((o for o in case.unpaid if o.key == key), None)
    if owed is None:
        raise Refusal("این مبلغ پیش از این پرداخت شده یا بدهی این پرونده نیست.")
    return owed


def pay_fee(case: Case, payload: c.PayFee, _: Staff, setting: Setting) -> Facts:
    """The fee that is due, whole, into its own purse. Raises Refusal."""
    due = case.due_fee(payload.fee)
    if not due:
        raise Refusal("این هزینه پیش از این دریافت شده یا لازم نیست.")
    if case.state not in (State.FEE_DUE, State.VISIT_DUE) and payload.fee != case.fee_to_take:
        # The case went on meanwhile without it; taken now, nothing would follow from it.
        raise Refusal("وضعیت پرونده تغییر کرده است؛ این هزینه اکنون دریافت نمی‌شود.")
    if fold(payload.payment.reference) in _receipts(case, payload.fee):
        raise Refusal("با همین رسید یک بار در این پرونده پرداخت ثبت شده است.", field="reference")
    _demand_payment(payload.payment, due, _purse_of(case, payload.fee, setting), setting)
    return (f.FeePaid(payload.fee, payload.payment),)


def _receipts(case: Case, what: str) -> set[str]:
    """The references by which the fee was taken, however each was written."""
    taken = ((mark, paid) for mark, paid in case.takings.items() if mark not in case.struck)
    return {fold(paid.reference) for mark, paid in taken if what_of(case, mark) == what}


def _purse_of(case: Case, what: str, setting: Setting) -> Purse:
    """Whose the fee is, as it was told: what has a bill is the municipality's, whatever its tariff
    has come to since."""
    told = case.bills.get(what)
    if told is not None and told.bill_id:
        return Purse.MUNICIPALITY
    charge = fee(setting.service, setting.city, what)
    return charge.purse if charge else Purse.OFFICE


def pay_due(case: Case, payload: c.PayDue, _: Staff, setting: Setting) -> Facts:
    """One owed sum, whole; the last one settles all. Raises Refusal."""
    owed = _asked(case, payload.key)
    _demand_payment(payload.payment, owed.amount, Purse.MUNICIPALITY, setting)
    return _settling(case, payload.key, payload.payment)


def _settling(case: Case, key: str, payment: Payment) -> Facts:
    paid = f.AmountPaid(key, payment)
    left = any(o.key != key for o in case.unpaid)
    return (paid,) if left else (paid, f.AllSettled())


def _demand_own_till(case: Case, mark: str, actor: Staff) -> None:
    """What one office took another has not in its till."""
    if case.tills.get(mark, case.stream) != office_stream(actor.office):
        raise Refusal("این مبلغ را دفتر دیگری گرفته است و در صندوق همان دفتر است.", field="mark")


def _demand_closer(actor: Staff, setting: Setting) -> None:
    if actor.role is not Role.MANAGER and not setting.closes:
        raise Refusal(f"این کار با {Role.MANAGER.word} است.")


def match(case: Case, payload: c.MatchPayment, actor: Staff, setting: Setting) -> Facts:
    """What the close of a day says of a payment. Raises Refusal."""
    _demand_closer(actor, setting)
    backs = {back_of(mark) for mark in case.refunded}
    if payload.mark not in case.takings.keys() | backs:
        raise Refusal("این پرونده چنین پرداختی ندارد.")
    _demand_own_till(case, taken_of(payload.mark), actor)
    if payload.mark in case.struck:
        raise Refusal("ثبت این پرداخت ابطال شده است.")
    if not payload.right and is_blank(payload.note):
        raise Refusal("توضیح این اختلاف را بنویسید.", field="note")
    return (f.PaymentMatched(payload.mark, payload.right, payload.note.strip()),)


def refund(case: Case, payload: c.RefundFee, actor: Staff, _: Setting) -> Facts:
    """A fee of a withdrawn case given back. Raises Refusal."""
    if payload.mark in case.refunded:
        raise Refusal("این هزینه پیش از این بازگردانده شده است.")
    if payload.mark not in refundable(case):
        raise Refusal("تنها کارمزد دفتر، و هزینهٔ بازدیدی که انجام نشده است، بازگردانده می‌شود.")
    _demand_own_till(case, payload.mark, actor)
    if is_blank(payload.reason):
        raise Refusal("دلیل بازگرداندن را بنویسید.", field="reason")
    if is_blank(payload.reference):
        raise Refusal("شمارهٔ پیگیری بازگشت وجه را وارد کنید.", field="reference")
    reason, reference = payload.reason.strip(), payload.reference.strip()
    return (f.FeeRefunded(payload.mark, reason, reference),)


NOT_VOIDED = "پرداختی که کارت‌خوان، بانک یا امور مالی تأیید کرده یا بازگشته است ابطال نمی‌شود."


def voidable(case: Case, till: str = "") -> dict[str, Payment]:
    """Entries of the book that may be voided, by their marks; of one office's till where its stream
    is named, else of all.

    What terminal or bank have came and can only be given back; what finance found is finance's.
    """
    sound = {mark for mark, said in case.matched.items() if said.right}
    ended = sound | case.struck.keys() | case.refunded.keys()
    return {
        mark: paid
        for mark, paid in case.takings.items()
        if mark not in ended and paid.method != "finance" and till in ("", case.tills[mark])
    }


def void(case: Case, payload: c.VoidPayment, actor: Staff, setting: Setting) -> Facts:
    """A wrong entry struck: its sum is due again, and an answer that rests on it falls.

    An answer already released stays in force until the manager voids it. Raises Refusal.
    """
    _demand_closer(actor, setting)
    if payload.mark in case.struck:
        raise Refusal("ثبت این پرداخت پیش از این ابطال شده است.")
    if payload.mark not in voidable(case):
        raise Refusal(NOT_VOIDED, field="mark")
    _demand_own_till(case, payload.mark, actor)
    reason = payload.reason.strip()
    if not reason:
        raise Refusal("دلیل ابطال را بنویسید.", field="reason")
    voided = f.PaymentVoided(payload.mark, reason)
    held = case.answer
    of_fee = what_of(case, payload.mark) in case.fees_due
    # Where the case is by now its answer falls; here nothing more is known of that.
    gone = case.state is State.PASSED_ON
    if of_fee or gone or held is None or held.release is not None:
        return (voided,)
    return (voided, f.LetterVoided(held.letter.letter_id, f"ابطال ثبت پرداخت: {reason}"))


def claim(case: Case, payload: c.ClaimPayment, _: Staff, setting: Setting) -> Facts:
    """A receipt that the records don't know goes to finance; the sum is not asked meanwhile.

    Raises Refusal.
    """
    owed = _asked(case, payload.key)
    _demand_payment(payload.payment, owed.amount, Purse.MUNICIPALITY, setting)
    return (f.PaymentClaimed(payload.key, payload.payment),)


def answer_claim(case: Case, payload: c.AnswerClaim, _: Staff, __: Setting) -> Facts:
    """Finance found the money, then the sum is settled; or not, then it is asked again.

    Raises Refusal.
    """
    claimed = case.claims.get(payload.key)
    if claimed is None:
        raise Refusal("برای این مبلغ رسیدی نزد امور مالی نیست.")
    comment = payload.comment.strip()
    if not comment:
        raise Refusal("شرح بررسی را بنویسید.", field=payload.key)
    answered = f.ClaimAnswered(payload.key, payload.right, comment)
    asked = case.state in _ASKS and any(o.key == payload.key for o in case.unpaid)
    if not payload.right or not asked:
        # What is asked no more, by another decision or because it was paid elsewhere, is only told.
        return (answered,)
    return (answered, *_settling(case, payload.key, replace(claimed, method="finance")))
